//! Giant digits: five rows of full blocks, to be read at 4 m.

/// Rows of one giant character.
const ROWS: usize = 5;

/// A character as five rows of dots.
const fn dots(c: char) -> [&'static str; ROWS] {
    match c {
        '0' => ["###", "# #", "# #", "# #", "###"],
        '1' => [" # ", "## ", " # ", " # ", "###"],
        '2' => ["###", "  #", "###", "#  ", "###"],
        '3' => ["###", "  #", "###", "  #", "###"],
        '4' => ["# #", "# #", "###", "  #", "  #"],
        '5' => ["###", "#  ", "###", "  #", "###"],
        '6' => ["###", "#  ", "###", "# #", "###"],
        '7' => ["###", "  #", "  #", "  #", "  #"],
        '8' => ["###", "# #", "###", "# #", "###"],
        '9' => ["###", "# #", "###", "  #", "###"],
        ':' => [" ", "#", " ", "#", " "],
        '/' => ["  #", "  #", " # ", "#  ", "#  "],
        '-' => ["   ", "   ", "###", "   ", "   "],
        '?' => ["###", "  #", " ##", "   ", " # "],
        'a' => ["   ", "###", "  #", "###", "###"],
        'p' => ["   ", "###", "# #", "###", "#  "],
        'm' => ["     ", "#####", "# # #", "# # #", "# # #"],
        _ => [" ", " ", " ", " ", " "],
    }
}

/// A text in giant characters: each dot two columns wide, for cells are twice as high as wide.
#[must_use]
pub(super) fn rows(text: &str) -> [String; ROWS] {
    std::array::from_fn(|row| {
        let line: Vec<String> = text
            .chars()
            .map(|c| dots(c)[row].chars().map(|dot| if dot == '#' { "\u{2588}\u{2588}" } else { "  " }).collect())
            .collect();
        line.join("  ")
    })
}

//! Text that does not fit ends in an ellipsis: cut text must not read as if it were whole.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text in at most `columns` columns.
#[must_use]
pub(super) fn clip(text: &str, columns: u16) -> String {
    let columns = usize::from(columns);
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        // One column is kept for the ellipsis.
        if used + width + 1 > columns {
            break;
        }
        used += width;
        out.push(c);
    }
    if columns > 0 {
        out.push('\u{2026}');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("whole", 5, "whole")]
    #[case("longer", 5, "long\u{2026}")]
    #[case("\u{4e2d}\u{6587}\u{540d}", 5, "\u{4e2d}\u{6587}\u{2026}")]
    #[case("any", 0, "")]
    #[case("any", 1, "\u{2026}")]
    fn clipped(#[case] text: &str, #[case] columns: u16, #[case] expected: &str) {
        assert_eq!(clip(text, columns), expected);
    }
}

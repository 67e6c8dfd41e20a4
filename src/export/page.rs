//! A page of 80 columns. Names may be of any script, so columns are counted as a terminal counts them.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::session::text::is_dropped;

/// Columns of the page.
pub(super) const WIDTH: usize = 80;
/// Columns that a label takes.
const LABEL: usize = 12;
/// Joins emoji: a line is not cut after one.
const JOINER: char = '\u{200d}';

/// A page as it is written: what stands on it, whatever it is set in.
#[derive(Debug, Default)]
pub(super) struct Page {
    blocks: Vec<Block>,
}

/// What stands on a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading, with room before it.
    Heading(String),
    /// A text with what stands before its first line, column by column, and the indent of the others.
    Text {
        /// Before the first line.
        first: String,
        /// Before the others.
        rest: String,
        /// The text.
        text: String,
    },
}

impl Page {
    /// One line as it is, wrapped where it is too long.
    pub(super) fn line(&mut self, line: &str) {
        self.wrapped("", "", line);
    }

    /// An empty line and a heading.
    pub(super) fn heading(&mut self, heading: &str) {
        self.blocks.push(Block::Heading(kept(heading)));
    }

    /// A label and its value.
    pub(super) fn field(&mut self, label: &str, value: &str) {
        self.wrapped(&format!("{label:LABEL$}"), &" ".repeat(LABEL), value);
    }

    /// A text with the indent of its first line and that of the rest. What moves a terminal is left out.
    pub(super) fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        self.blocks.push(Block::Text { first: kept(first), rest: rest.to_owned(), text: kept(text) });
    }

    /// What stands on it.
    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// The page as text.
    pub(super) fn into_text(self) -> String {
        let mut out = String::new();
        for block in self.blocks {
            let (first, rest, text) = match block {
                Block::Heading(heading) => {
                    out.push('\n');
                    (String::new(), String::new(), heading)
                }
                Block::Text { first, rest, text } => (first, rest, text),
            };
            for line in wrap(&first, &rest, &text) {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
        out
    }
}

fn kept(text: &str) -> String {
    text.chars().filter(|c| !is_dropped(*c)).collect()
}

/// Breaks at blanks; a word that is longer than a line is cut. Blanks inside a line stay as many as they are.
fn wrap(first: &str, rest: &str, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut begun = false;
    let mut gap = String::new();
    for word in text.split(' ') {
        if word.is_empty() {
            gap.push(' ');
            continue;
        }
        let gap = std::mem::replace(&mut gap, " ".to_owned());
        let longer = if begun { format!("{line}{gap}{word}") } else { format!("{line}{word}") };
        if longer.width() <= WIDTH {
            line = longer;
        } else {
            if begun {
                lines.push(std::mem::replace(&mut line, rest.to_owned()));
            }
            line = cut(&mut lines, line, rest, word);
        }
        begun = true;
    }
    lines.push(line);
    lines
}

/// Puts a word on as many lines as it needs; gives the last one back, still open.
fn cut(lines: &mut Vec<String>, mut line: String, rest: &str, mut word: &str) -> String {
    while format!("{line}{word}").width() > WIDTH {
        let at = cut_at(&line, word);
        line.push_str(&word[..at]);
        lines.push(std::mem::replace(&mut line, rest.to_owned()));
        word = &word[at..];
    }
    line.push_str(word);
    line
}

/// The longest piece of a word that fits, not cut before a mark that belongs to the letter before it. At least one
/// character, so that it ends.
fn cut_at(line: &str, word: &str) -> usize {
    let mut best = None;
    let mut so_far = line.to_owned();
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        so_far.push(c);
        if so_far.width() > WIDTH {
            break;
        }
        let next_stands_alone = chars.peek().is_none_or(|(_, next)| next.width().unwrap_or(0) > 0);
        if next_stands_alone && c != JOINER {
            best = Some(at + c.len_utf8());
        }
    }
    best.unwrap_or_else(|| word.chars().next().map_or(word.len(), char::len_utf8))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn breaks_at_blanks_and_keeps_those_inside() {
        let mut page = Page::default();
        page.wrapped("#1  ", "    ", &format!("BP 120/80  HR 72 {} end", "x".repeat(60)));
        assert_eq!(page.into_text(), format!("#1  BP 120/80  HR 72\n    {} end\n", "x".repeat(60)));
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_between_letters() {
        let mut page = Page::default();
        // A letter with its accent as a mark of its own: the two stay together.
        page.line(&"e\u{301}".repeat(200));
        let text = page.into_text();
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().all(|line| line.starts_with('e') && line.width() <= WIDTH));
    }

    proptest! {
        #[test]
        fn never_wider_than_the_page_and_nothing_lost(text in "([ a-zé漢字👩\u{200d}⚕️❤️1️⃣\u{301}ﷺ]|\\PC){0,500}") {
            let mut page = Page::default();
            page.wrapped("#1  ", "    ", &text);
            let out = page.into_text();
            prop_assert!(out.lines().all(|line| line.width() <= WIDTH), "{out}");
            let visible = |s: &str| -> String { s.chars().filter(|c| !c.is_whitespace() && !is_dropped(*c)).collect() };
            prop_assert_eq!(visible(&out), format!("#1{}", visible(&text)));
        }
    }
}

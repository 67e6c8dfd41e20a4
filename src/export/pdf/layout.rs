//! Where each line stands: paragraphs are broken between words, and pages between lines.

use super::face::width_pt;
use super::{Paper, Paragraph};

/// What a paragraph is for a reader who hears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The title of the document.
    Title,
    /// A heading.
    Heading,
    /// Text.
    Text,
}

/// What a paragraph is and how it looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// Size of the letters, points.
    pub size_pt: f32,
    /// Bold.
    pub bold: bool,
    /// Indent from the left margin, points.
    pub indent_pt: f32,
    /// Space before it, points.
    pub before_pt: f32,
}

/// Margins, points.
pub(super) const MARGIN_PT: f32 = 56.0;
/// The head of a page takes so much below the margin, points.
const HEAD_PT: f32 = 24.0;
/// From one line to the next, in sizes of the letters.
const LEADING: f32 = 1.35;

/// A line in its place; the baseline's, from the left and from the top, points. Of a figure it is the left upper corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The piece that it belongs to.
    pub(super) piece: usize,
    pub(super) x_pt: f32,
    pub(super) y_pt: f32,
    pub(super) text: String,
}

/// Pages while they fill.
pub(super) struct Layout {
    width_pt: f32,
    bottom_pt: f32,
    y_pt: f32,
    pages: Vec<Vec<Line>>,
}

impl Layout {
    pub(super) fn new(paper: Paper) -> Self {
        let (width, height) = paper.size_pt();
        let (width_pt, bottom_pt) = (width - 2.0 * MARGIN_PT, height - MARGIN_PT);
        Self { width_pt, bottom_pt, y_pt: MARGIN_PT + HEAD_PT, pages: vec![Vec::new()] }
    }

    /// Sets a paragraph under the one before.
    pub(super) fn set(&mut self, index: usize, paragraph: &Paragraph) {
        let style = paragraph.style;
        self.y_pt += style.before_pt;
        // A heading stands on the page of what it heads.
        let follows = if style.role == Role::Heading { 2.0 * style.size_pt * LEADING } else { 0.0 };
        for (nth, text) in broken(&paragraph.text, self.width_pt - style.indent_pt, style).into_iter().enumerate() {
            self.y_pt += style.size_pt * LEADING;
            if self.y_pt + follows > self.bottom_pt {
                self.next_page();
                self.y_pt += style.size_pt * LEADING;
            }
            let lead: &[_] = if nth == 0 { &paragraph.lead } else { &[] };
            for (x_pt, text) in lead {
                self.put(index, MARGIN_PT + x_pt, text.clone());
            }
            if !text.is_empty() || lead.is_empty() {
                self.put(index, MARGIN_PT + style.indent_pt, text);
            }
        }
    }

    /// Keeps room for a figure, which is never broken.
    pub(super) fn reserve(&mut self, index: usize, height_pt: f32) {
        if self.y_pt + height_pt > self.bottom_pt {
            self.next_page();
        }
        self.put(index, MARGIN_PT, String::new());
        self.y_pt += height_pt;
    }

    fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y_pt = MARGIN_PT + HEAD_PT;
    }

    fn put(&mut self, piece: usize, x_pt: f32, text: String) {
        let line = Line { piece, x_pt, y_pt: self.y_pt, text };
        if let Some(page) = self.pages.last_mut() {
            page.push(line);
        }
    }

    pub(super) fn into_pages(self) -> Vec<Vec<Line>> {
        self.pages
    }
}

/// Breaks between words; a word that is wider than the line breaks where it must.
fn broken(text: &str, width: f32, style: Style) -> Vec<String> {
    let fits = |line: &str| width_pt(line, style.size_pt, style.bold) <= width;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(c);
            }
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { role: Role::Text, size_pt: 11.0, bold: false, indent_pt: 0.0, before_pt: 0.0 };

    #[test]
    fn no_line_is_wider_than_the_page_and_no_letter_is_lost() {
        let long = "w".repeat(300);
        for text in ["a few words that are longer than the line is wide", &long, &format!("before {long} after"), ""] {
            let lines = broken(text, 120.0, STYLE);
            assert!(lines.iter().all(|line| width_pt(line, STYLE.size_pt, STYLE.bold) <= 120.0), "{lines:?}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }

    #[test]
    fn a_full_page_goes_on_at_the_next() {
        let mut layout = Layout::new(Paper::A4);
        let paragraph = Paragraph { style: STYLE, lead: Vec::new(), text: "a line".to_owned() };
        for index in 0..120 {
            layout.set(index, &paragraph);
        }
        let pages = layout.into_pages();
        assert!(pages.len() > 1);
        assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 120);
        assert!(pages.iter().flatten().all(|line| line.y_pt <= 841.89 - MARGIN_PT && line.y_pt > MARGIN_PT));
    }
}

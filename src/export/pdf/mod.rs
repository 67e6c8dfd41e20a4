//! PURE. Pages of a PDF: paragraphs are set, broken and tagged, with the identity and `page n/N` on each. Black on white,
//! an embedded font, the same input the same bytes.

mod face;
mod layout;
mod write;

pub use face::can_be_set;
pub use layout::{Role, Style};

use layout::Layout;

/// The paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// 8.5 x 11 in.
    Letter,
}

impl Paper {
    /// Width and height, points.
    const fn size_pt(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfTrouble {
    /// The font has no such letter.
    #[error("the letter {letter:?} cannot be set: print the text card instead (--format text)")]
    NoLetter {
        /// The letter.
        letter: char,
    },
    /// The document did not pass its own checks.
    #[error("the PDF could not be made ({0}): print the text instead (--format text)")]
    Refused(String),
}

/// What stands on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The title of the document.
    pub title: String,
    /// Who and what it is about.
    pub line: String,
    /// The language, as in BCP 47.
    pub language: String,
    /// Names the document: the same session, the same document.
    pub id: String,
}

impl Identity {
    /// The first part of the line: whom it is about.
    #[must_use]
    pub fn name(&self) -> &str {
        self.line.split("   ").next().unwrap_or_default()
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// What it is and how it looks.
    pub style: Style,
    /// Its text.
    pub text: String,
}

/// The document.
///
/// # Errors
/// A letter that the font does not have.
pub fn pdf(identity: &Identity, paragraphs: &[Paragraph], paper: Paper) -> Result<Vec<u8>, PdfTrouble> {
    let texts = paragraphs.iter().map(|paragraph| &paragraph.text).chain([&identity.title, &identity.line]);
    if let Some(letter) = texts.flat_map(|text| text.chars()).find(|letter| !face::has(*letter)) {
        return Err(PdfTrouble::NoLetter { letter });
    }
    let mut layout = Layout::new(paper);
    for (index, paragraph) in paragraphs.iter().enumerate() {
        layout.set(index, paragraph);
    }
    write::write(identity, paragraphs, &layout.into_pages(), paper)
}

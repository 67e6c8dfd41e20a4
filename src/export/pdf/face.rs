//! The two faces of the font, as far as they must be known to break lines: which letters there are, and how wide a text is.

use std::fmt::Write;
use std::sync::LazyLock;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

/// DejaVu Sans: Latin, Greek, Cyrillic, Arabic, Hebrew and more; no Chinese, Japanese or Korean.
pub(super) const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans-Bold.ttf");

static FACES: LazyLock<[Face<'static>; 2]> =
    LazyLock::new(|| [REGULAR, BOLD].map(|font| Face::from_slice(font, 0).expect("an embedded font is one")));

fn face(bold: bool) -> &'static Face<'static> {
    &FACES[usize::from(bold)]
}

/// Whether a letter can be set, in both faces.
pub(super) fn has(letter: char) -> bool {
    FACES.iter().all(|face| face.glyph_index(letter).is_some())
}

/// Whether every letter of a text can be set.
#[must_use]
pub fn can_be_set(text: &str) -> bool {
    text.chars().all(has)
}

/// The text with each letter that cannot be set as its number, `[U+738B]`: what cannot be shown is not left out.
#[must_use]
pub fn settable(text: &str) -> String {
    if can_be_set(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if has(letter) {
            out.push(letter);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "[U+{:04X}]", u32::from(letter));
        }
    }
    out
}

/// The plain letters of both faces: their glyphs, and how wide each is in the units of the face.
static PLAIN: LazyLock<[[(u16, u16); 128]; 2]> = LazyLock::new(|| {
    std::array::from_fn(|face| {
        std::array::from_fn(|letter| {
            let glyph = FACES[face].glyph_index(char::from(letter as u8)).unwrap_or_default();
            (glyph.0, FACES[face].glyph_hor_advance(glyph).unwrap_or_default())
        })
    })
});

/// The glyphs of a text of plain letters, side by side; `None` for any other text, which must be shaped. To shape a line takes longer
/// than everything else that is done with it.
pub(super) fn plain_glyphs(text: &str, bold: bool) -> Option<Vec<KrillaGlyph>> {
    if !text.is_ascii() {
        return None;
    }
    let units = face(bold).units_per_em() as f32;
    let glyph = |(at, letter): (usize, u8)| {
        let (glyph, width) = PLAIN[usize::from(bold)][usize::from(letter)];
        KrillaGlyph::new(GlyphId::new(glyph.into()), f32::from(width) / units, 0.0, 0.0, 0.0, at..at + 1, None)
    };
    Some(text.bytes().enumerate().map(glyph).collect())
}

/// How wide a text is, points, as it is drawn.
pub(super) fn width_pt(text: &str, size_pt: f32, bold: bool) -> f32 {
    let face = face(bold);
    if text.is_ascii() {
        let widths = &PLAIN[usize::from(bold)];
        let units: u32 = text.bytes().map(|letter| u32::from(widths[usize::from(letter)].1)).sum();
        return units as f32 / face.units_per_em() as f32 * size_pt;
    }
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(face, &[], buffer);
    let units: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
    units as f32 / face.units_per_em() as f32 * size_pt
}

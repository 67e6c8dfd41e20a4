//! A drawing: lines, dots and letters, black on white, with its words for a reader who cannot see it.

use krilla::color::luma;
use krilla::geom::{Path, PathBuilder};
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;

use super::face::width_pt;
use super::write::{Fonts, draw};

/// A drawing, as wide as the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Height, points.
    pub height_pt: f32,
    /// What it shows, in words.
    pub alt: String,
    /// What is drawn, in order.
    pub marks: Vec<Mark>,
}

/// A part of a drawing; points are from its left upper corner.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line through points.
    Line {
        /// The points.
        points: Vec<(f32, f32)>,
        /// Its width, points.
        width_pt: f32,
        /// Dashed.
        dashed: bool,
        /// How light: 0 black, 255 white.
        grey: u8,
    },
    /// A filled dot.
    Dot {
        /// Its centre.
        at: (f32, f32),
        /// Its radius, points.
        radius_pt: f32,
    },
    /// A filled box.
    Area {
        /// Left upper corner.
        from: (f32, f32),
        /// Right lower corner.
        to: (f32, f32),
        /// How light: 0 black, 255 white.
        grey: u8,
    },
    /// Letters.
    Text {
        /// The end of them that stands fast, on their line.
        at: (f32, f32),
        /// Which end that is.
        anchor: Anchor,
        /// Their size, points.
        size_pt: f32,
        /// Bold.
        bold: bool,
        /// The letters.
        text: String,
    },
}

/// Which end of a text stands fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The left one.
    Left,
    /// The middle.
    Middle,
    /// The right one.
    Right,
}

impl Figure {
    pub(super) fn texts(&self) -> impl Iterator<Item = &String> {
        let letters = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text { text, .. } => Some(text),
            _ => None,
        });
        letters.chain([&self.alt])
    }

    /// Draws it with its left upper corner at a place.
    pub(super) fn draw(&self, surface: &mut Surface<'_>, fonts: &Fonts, (left, top): (f32, f32)) {
        let placed = |(x, y): (f32, f32)| (left + x, top + y);
        for mark in &self.marks {
            match mark {
                Mark::Line { points, width_pt, dashed, grey } => {
                    let points: Vec<_> = points.iter().copied().map(placed).collect();
                    stroke(surface, &points, *width_pt, *dashed, *grey);
                }
                Mark::Dot { at, radius_pt } => fill(surface, dot(placed(*at), *radius_pt), 0),
                Mark::Area { from, to, grey } => fill(surface, area(placed(*from), placed(*to)), *grey),
                Mark::Text { at, anchor, size_pt, bold, text } => {
                    let width = || width_pt(text, *size_pt, *bold);
                    let before = match anchor {
                        Anchor::Left => 0.0,
                        Anchor::Middle => width() / 2.0,
                        Anchor::Right => width(),
                    };
                    let (x, y) = placed(*at);
                    draw(surface, fonts, text, (x - before, y), *size_pt, *bold);
                }
            }
        }
    }
}

fn stroke(surface: &mut Surface<'_>, points: &[(f32, f32)], width: f32, dashed: bool, grey: u8) {
    let mut path = PathBuilder::new();
    for (index, (x, y)) in points.iter().enumerate() {
        if index == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
    }
    let Some(path) = path.finish() else { return };
    let dash = dashed.then(|| StrokeDash { array: vec![2.0, 2.0], offset: 0.0 });
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: luma::Color::new(grey).into(), width, dash, ..Stroke::default() }));
    surface.draw_path(&path);
    back_to_letters(surface);
}

fn fill(surface: &mut Surface<'_>, path: Option<Path>, grey: u8) {
    let Some(path) = path else { return };
    surface.set_stroke(None);
    let paint = luma::Color::new(grey).into();
    surface.set_fill(Some(Fill { paint, rule: FillRule::NonZero, ..Fill::default() }));
    surface.draw_path(&path);
    back_to_letters(surface);
}

/// Letters are filled black and have no outline.
fn back_to_letters(surface: &mut Surface<'_>) {
    surface.set_stroke(None);
    surface.set_fill(None);
}

fn area((left, top): (f32, f32), (right, bottom): (f32, f32)) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(left, top);
    path.line_to(right, top);
    path.line_to(right, bottom);
    path.line_to(left, bottom);
    path.close();
    path.finish()
}

/// Four curves that no eye tells from a circle.
fn dot((x, y): (f32, f32), r: f32) -> Option<Path> {
    let k = 0.552_285 * r;
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.close();
    path.finish()
}

//! The pages as a tagged PDF (PDF/UA-1): a reader who cannot see them hears title, headings and text in their order.

use std::num::NonZeroU16;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagKind, TagTree};
use krilla::text::{Font, TextDirection};
use unicode_bidi::BidiInfo;

use super::face::{BOLD, REGULAR, width_pt};
use super::layout::{Line, MARGIN_PT, Role};
use super::{Identity, Paper, Paragraph, PdfTrouble};
use crate::words;

/// Letters of the head of a page, points.
const HEAD_SIZE_PT: f32 = 9.0;

/// The two faces, as the PDF embeds them.
struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    fn new() -> Result<Self, PdfTrouble> {
        let font = |data: &'static [u8]| Font::new(data.into(), 0);
        let (Some(regular), Some(bold)) = (font(REGULAR), font(BOLD)) else {
            return Err(PdfTrouble::Refused("no font".to_owned()));
        };
        Ok(Self { regular, bold })
    }
}

pub(super) fn write(
    identity: &Identity,
    paragraphs: &[Paragraph],
    pages: &[Vec<Line>],
    paper: Paper,
) -> Result<Vec<u8>, PdfTrouble> {
    let refused = |why: String| PdfTrouble::Refused(why);
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| refused(format!("{why:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let fonts = Fonts::new()?;
    let mut groups: Vec<TagGroup> = paragraphs.iter().map(|paragraph| TagGroup::new(tag(paragraph))).collect();
    let (width, height) = paper.size_pt();
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| refused("no such paper".to_owned()))?;
    for (index, lines) in pages.iter().enumerate() {
        let mut page = document.start_page_with(settings.clone());
        let mut surface = page.surface();
        head(&mut surface, &fonts, identity, &words::page_of(index + 1, pages.len()), width);
        for line in lines {
            let style = paragraphs[line.paragraph].style;
            let content = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            draw(&mut surface, &fonts, &line.text, (line.x_pt, line.y_pt), style.size_pt, style.bold);
            surface.end_tagged();
            groups[line.paragraph].push(content);
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(identity.language.clone()));
    for group in groups {
        tree.push(group);
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(identity.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.set_metadata(
        Metadata::new()
            .title(identity.title.clone())
            .language(identity.language.clone())
            .document_id(identity.id.clone())
            .creator("bedside".to_owned()),
    );
    document.finish().map_err(|why| refused(format!("{why:?}")))
}

fn tag(paragraph: &Paragraph) -> TagKind {
    let heading = |level| Tag::Hn(level, Some(paragraph.text.clone())).into();
    match paragraph.style.role {
        Role::Title => heading(NonZeroU16::MIN),
        Role::Heading => heading(NonZeroU16::MIN.saturating_add(1)),
        Role::Text => Tag::P.into(),
    }
}

/// The identity at the left, the page at the right: no part of what is read, but on each page.
fn head(surface: &mut Surface<'_>, fonts: &Fonts, identity: &Identity, page: &str, width: f32) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)));
    let y = MARGIN_PT;
    let right = width - MARGIN_PT - width_pt(page, HEAD_SIZE_PT, false);
    draw(
        surface,
        fonts,
        &cut_to(&identity.line, right - MARGIN_PT - HEAD_SIZE_PT),
        (MARGIN_PT, y),
        HEAD_SIZE_PT,
        false,
    );
    draw(surface, fonts, page, (right, y), HEAD_SIZE_PT, false);
    surface.end_tagged();
}

/// A line of the head as far as there is room; a long name stands whole on the first page.
fn cut_to(line: &str, room_pt: f32) -> String {
    let fits = |text: &str| width_pt(text, HEAD_SIZE_PT, false) <= room_pt;
    if fits(line) {
        return line.to_owned();
    }
    let mut shown: String = line.to_owned();
    while shown.pop().is_some() && !fits(&format!("{shown}...")) {}
    shown + "..."
}

/// What stands between the parts of an identity: name, number, date.
const BETWEEN: &str = "   ";

/// A line, its parts from left to right: an Arabic name turns no number that stands beside it.
fn draw(surface: &mut Surface<'_>, fonts: &Fonts, text: &str, at: (f32, f32), size_pt: f32, bold: bool) {
    let (mut x, y) = at;
    for part in text.split(BETWEEN) {
        draw_part(surface, fonts, part, (x, y), size_pt, bold);
        x += width_pt(part, size_pt, bold) + width_pt(BETWEEN, size_pt, bold);
    }
}

/// Its runs in the order in which they are seen: an Arabic name in an English line stands right.
fn draw_part(surface: &mut Surface<'_>, fonts: &Fonts, text: &str, at: (f32, f32), size_pt: f32, bold: bool) {
    let (mut x, y) = at;
    let bidi = BidiInfo::new(text, None);
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_rtl = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
            let direction = if is_rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
            let piece = &text[run];
            let font = if bold { &fonts.bold } else { &fonts.regular };
            surface.draw_text(Point::from_xy(x, y), font.clone(), size_pt, piece, false, direction);
            x += width_pt(piece, size_pt, bold);
        }
    }
}

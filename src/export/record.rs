//! The record to keep on paper: the chart, what its numbers mean, and the whole record after it, as a PDF.

use super::chart::{Chart, Happened};
use super::page::Block;
use super::pdf::{Identity, Paper, Paragraph, PdfTrouble, Piece, Role, Style, can_be_set, pdf, settable};
use super::{summary, text};
use crate::guidance::{Guidance, gaps};
use crate::protocol::Protocol;
use crate::session::{Session, Zone};
use crate::words::{self, ClockStyle, chart as said, record_page};

/// Letters of the record, points.
const SIZE: f32 = 8.5;
/// A column of the page of text, points: what stands in columns there, stands in columns here.
const COLUMN: f32 = 5.3;
/// Where the words of an event on the chart begin, columns.
const EVENT: [f32; 3] = [0.0, 4.0, 10.0];
const EVENT_WORDS: f32 = 20.0;

/// The document. The same session gives the same bytes.
///
/// # Errors
/// A document that does not pass its own checks. Letters that the font does not have are written as their numbers.
pub fn record_pdf(
    protocol: &Protocol,
    session: &Session,
    zone: &Zone,
    style: ClockStyle,
    paper: Paper,
) -> Result<Vec<u8>, PdfTrouble> {
    let (opening, description) = (session.opening(), &session.state().description);
    let opened = session.opening_entry().fields.recorded_at;
    let identity = Identity {
        title: settable(&said::document_title(&opening.number)),
        line: settable(&said::document_line(&record_page::patient_line(description), &opening.number, zone, opened)),
        language: "en".to_owned(),
        id: session.session_id().to_string(),
    };
    let blocks = text::page(protocol, session, zone, style, true).into_blocks();
    let mut pieces = head(&identity, opening.rehearsal, &blocks);
    pieces.extend(chart(protocol, session, zone, style, paper));
    pieces.extend(blocks.into_iter().map(piece));
    pdf(&identity, &pieces, paper)
}

fn head(identity: &Identity, rehearsal: bool, blocks: &[Block]) -> Vec<Piece> {
    let mut pieces = vec![paragraph(Role::Title, 15.0, true, 0.0, &identity.title)];
    if rehearsal {
        pieces.push(paragraph(Role::Text, 12.0, true, 0.0, words::REHEARSAL));
    }
    let cannot = |block: &Block| match block {
        Block::Heading(text) => !can_be_set(text),
        Block::Text { first, text, .. } => !can_be_set(first) || !can_be_set(text),
    };
    if blocks.iter().any(cannot) {
        pieces.push(paragraph(Role::Text, SIZE, false, 2.0, said::letters_as_numbers()));
    }
    pieces
}

/// The chart with what its numbers mean.
fn chart(protocol: &Protocol, session: &Session, zone: &Zone, style: ClockStyle, paper: Paper) -> Vec<Piece> {
    let now = session.state().left.unwrap_or_else(|| session.at(&session.last_entry().stamp()));
    let guidance = Guidance::of(protocol, session, zone, now);
    let gaps = gaps(protocol, session, &guidance.history, now);
    let events: Vec<Happened> = session
        .standing()
        .filter(|row| summary::is_course(row.event) || summary::is_call(row.event))
        .map(|row| Happened { at: row.item.at, said: words::row(&row, zone, style) })
        .collect();
    let chart = Chart { session, guidance: &guidance, events: &events, gaps: &gaps, zone, style };
    let mut pieces = vec![
        paragraph(Role::Heading, 10.0, true, 8.0, said::TITLE),
        Piece::Figure(chart.figure(paper.text_width_pt())),
        paragraph(Role::Text, 7.0, false, 0.0, said::KEY),
    ];
    if !events.is_empty() {
        pieces.push(paragraph(Role::Heading, 10.0, true, 8.0, said::EVENTS));
    }
    pieces.extend(events.iter().enumerate().map(|(index, event)| {
        let minute = words::t_plus(session.state().infusion.t_plus_min(event.at.session_ms));
        let place = said::event_place(index + 1, &minute, event.at.utc_ms, zone, style);
        let lead = EVENT.iter().zip(place).map(|(column, text)| (column * COLUMN, text));
        Piece::Paragraph(Paragraph {
            style: Style {
                role: Role::Text,
                size_pt: SIZE,
                bold: false,
                indent_pt: EVENT_WORDS * COLUMN,
                before_pt: 0.0,
            },
            lead: lead.filter(|(_, text)| !text.is_empty()).collect(),
            text: settable(&event.said),
        })
    }));
    pieces
}

fn paragraph(role: Role, size_pt: f32, bold: bool, before_pt: f32, text: &str) -> Piece {
    let style = Style { role, size_pt, bold, indent_pt: 0.0, before_pt };
    Piece::Paragraph(Paragraph { style, lead: Vec::new(), text: settable(text) })
}

/// A block of the page of text: what stands before its first line keeps its columns.
fn piece(block: Block) -> Piece {
    let (first, rest, text) = match block {
        Block::Heading(heading) => return paragraph(Role::Heading, 10.0, true, 8.0, &heading),
        // The title of the page of text is a heading among others here.
        Block::Text { first, text, .. } if first.is_empty() && record_page::TITLES.contains(&text.as_str()) => {
            return paragraph(Role::Heading, 10.0, true, 8.0, &text);
        }
        Block::Text { first, rest, text } => (first, rest, text),
    };
    let columns = if first.trim().is_empty() { first.len().max(rest.len()) } else { first.chars().count() };
    Piece::Paragraph(Paragraph {
        style: Style {
            role: Role::Text,
            size_pt: SIZE,
            bold: false,
            indent_pt: columns as f32 * COLUMN,
            before_pt: 0.0,
        },
        lead: cells(&first),
        text: settable(&text),
    })
}

/// What stands in columns, each at its place.
fn cells(first: &str) -> Vec<(f32, String)> {
    let mut cells: Vec<(f32, String)> = Vec::new();
    let mut blanks = 0;
    for (column, letter) in first.chars().enumerate() {
        match cells.last_mut() {
            _ if letter == ' ' => {
                blanks += 1;
                continue;
            }
            Some((_, cell)) if blanks == 0 => cell.push(letter),
            // `Ride home`, `2:05 pm`: one cell; what begins with a number is the next one.
            Some((_, cell)) if blanks == 1 && letter.is_alphabetic() => cell.extend([' ', letter]),
            _ => cells.push((column as f32 * COLUMN, letter.to_string())),
        }
        blanks = 0;
    }
    cells.into_iter().map(|(at, cell)| (at, settable(&cell))).collect()
}

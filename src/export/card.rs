//! The card that the patient takes home: plain words of the clinic's, the two times, whom to call. As text for any printer
//! and as a PDF, out of the same lines. It names no drug and no diagnosis.

use super::pdf::{Identity, Paper, Paragraph, PdfTrouble, Piece, Role, Style, pdf};
use crate::guidance::{AfterEnd, discharge};
use crate::protocol::{CardWords, Protocol};
use crate::session::{Session, Zone};
use crate::words::{self, ClockStyle};

/// Columns of the text.
const COLUMNS: usize = 80;
/// What surely has room in the head of a page, characters.
const HEAD_CHARS: usize = 72;
/// How far text stands in from the left, columns.
const INDENT: &str = "  ";

/// Whom the patient may call: the room's numbers; a line to be filled in where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    /// The clinic.
    pub clinic: Option<String>,
    /// The crisis line.
    pub crisis: Option<String>,
}

/// Why there is no card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCard {
    /// The protocol has no wording for one.
    NoWords,
    /// There is no END to count from.
    NoEnd,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    identity: Identity,
    lines: Vec<Line>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Title(String),
    Heading(String),
    /// A time, large.
    Time(String),
    Text(String),
    Item(String),
}

/// The card of a session, in the zone and clock of its room.
///
/// # Errors
/// A protocol without a card's wording, a session without an end.
pub fn card(
    protocol: &Protocol,
    session: &Session,
    numbers: &Numbers,
    zone: &Zone,
    style: ClockStyle,
) -> Result<Card, NoCard> {
    let said = protocol.card.as_ref().ok_or(NoCard::NoWords)?;
    let after = discharge::after_end(protocol, session, zone).ok_or(NoCard::NoEnd)?;
    let opening = session.opening();
    let patient = session.state().description.patient.as_str();
    let identity = Identity {
        title: said.title.clone(),
        line: words::card_identity(patient, &opening.number, zone, after.end_utc_ms),
        language: "en".to_owned(),
        id: session.session_id().to_string(),
    };
    let mut lines = vec![Line::Title(said.title.clone())];
    if identity.line.chars().count() > HEAD_CHARS {
        lines.push(Line::Text(identity.line.clone()));
    }
    if session.told_has_changed(protocol) {
        lines.push(Line::Text(words::card_supersedes().to_owned()));
    }
    times(&mut lines, said, &after, zone, style);
    lines.push(Line::Heading(said.after_care.clone()));
    lines.extend(protocol.after_care.iter().map(|sentence| Line::Item(sentence.say.clone())));
    lines.push(Line::Heading(said.normal_heading.clone()));
    lines.extend(said.normal.iter().cloned().map(Line::Item));
    lines.push(Line::Heading(said.call_heading.clone()));
    lines.extend(said.call.iter().cloned().map(Line::Item));
    let numbers = [(&said.clinic_number, &numbers.clinic), (&said.crisis, &numbers.crisis)];
    lines.extend(numbers.map(|(label, number)| {
        Line::Text(format!("{label} {}", number.as_deref().unwrap_or(words::to_be_filled_in())))
    }));
    lines.push(Line::Text(said.emergency.clone()));
    Ok(Card { identity, lines })
}

fn times(lines: &mut Vec<Line>, said: &CardWords, after: &AfterEnd, zone: &Zone, style: ClockStyle) {
    let time = |utc_ms| words::part_of_day_in(said.calendar.as_ref(), zone, utc_ms, style);
    let driving = if after.clinician_sets_driving { &said.clinician_sets_driving } else { &said.no_driving };
    lines.push(Line::Heading(driving.clone()));
    lines.push(Line::Time(time(after.no_driving_until_utc_ms)));
    if after.after_sleep {
        lines.push(Line::Text(said.after_sleep.clone()));
    }
    lines.push(Line::Heading(said.baseline.clone()));
    lines.push(Line::Time(time(after.baseline_utc_ms)));
    lines.push(Line::Text(said.baseline_note.clone()));
}

impl Card {
    /// For any printer: 80 columns, and nothing but what the clinic and the names say beside ASCII.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = vec![wrapped(&format!("{}   {}", self.identity.line, words::page_of(1, 1)), "", "")];
        for line in &self.lines {
            match line {
                Line::Title(text) => out.extend([String::new(), wrapped(text, "", ""), String::new()]),
                Line::Heading(text) => out.extend([String::new(), wrapped(text, "", "")]),
                // Room around it, for text knows no large letters.
                Line::Time(text) => out.extend([String::new(), wrapped(text, "        ", "        "), String::new()]),
                Line::Text(text) => out.push(wrapped(text, INDENT, INDENT)),
                Line::Item(text) => out.push(wrapped(text, "  - ", "    ")),
            }
        }
        // One empty line is enough.
        out.dedup_by(|line, before| line.is_empty() && before.is_empty());
        out.join("\n") + "\n"
    }

    /// As a PDF of one page, or more where a clinic has much to say.
    ///
    /// # Errors
    /// A letter that the font does not have: the name of somebody whose script it cannot set.
    pub fn pdf(&self, paper: Paper) -> Result<Vec<u8>, PdfTrouble> {
        let paragraphs: Vec<Piece> = self.lines.iter().map(paragraph).collect();
        pdf(&self.identity, &paragraphs, paper)
    }
}

fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(COLUMNS).initial_indent(first).subsequent_indent(rest);
    textwrap::fill(text, options)
}

fn paragraph(line: &Line) -> Piece {
    let style = |role, size_pt, bold, indent_pt, before_pt| Style { role, size_pt, bold, indent_pt, before_pt };
    let (style, text) = match line {
        Line::Title(text) => (style(Role::Title, 20.0, true, 0.0, 0.0), text.clone()),
        Line::Heading(text) => (style(Role::Heading, 12.5, true, 0.0, 14.0), text.clone()),
        Line::Time(text) => (style(Role::Text, 17.0, true, 12.0, 4.0), text.clone()),
        Line::Text(text) => (style(Role::Text, 11.5, false, 12.0, 3.0), text.clone()),
        Line::Item(text) => (style(Role::Text, 11.5, false, 12.0, 3.0), format!("- {text}")),
    };
    Piece::Paragraph(Paragraph { style, lead: Vec::new(), text })
}

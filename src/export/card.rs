//! The card that the patient takes home: plain words of the clinic's, the two times, whom to call. As text for any printer
//! and as a PDF, out of the same lines. It names no drug and no diagnosis.

use super::ascii::ascii;
use super::pdf::{Identity, Paper, Paragraph, PdfTrouble, Role, Style, can_be_set, pdf};
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
    /// The identity where the letters of the name cannot be set: the code, or a line for a pen.
    without_name: String,
    lines: Vec<Line>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// Whose card it is, where that is too long for the head of a page.
    Identity,
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
    let description = &session.state().description;
    let (number, version) = (&session.opening().number, session.card_version(protocol));
    let whose = |name: &str| words::card_identity(name, number, zone, after.end_utc_ms, version);
    let identity = Identity {
        title: said.title.clone(),
        line: whose(&description.patient),
        language: said.language.clone().unwrap_or_else(|| "en".to_owned()),
        id: session.session_id().to_string(),
    };
    let without_name = whose(&words::name_not_set(description.code.as_deref()));
    let mut lines = vec![Line::Title(said.title.clone())];
    if identity.line.chars().count() > HEAD_CHARS {
        lines.push(Line::Identity);
    }
    if session.opening().rehearsal {
        lines.push(Line::Text(words::REHEARSAL.to_owned()));
    }
    if session.state().wall_is_wrong {
        lines.push(Line::Text(words::card_by_wrong_clock().to_owned()));
    }
    if let Some(replaced) = session.replaced_card(protocol) {
        let at = replaced.at.utc_ms;
        let made = said.calendar.as_ref().map_or_else(
            || words::card_time(zone, at, after.end_utc_ms, style),
            |calendar| words::part_of_day_in(Some(calendar), zone, at, style),
        );
        lines.push(Line::Text(words::card_replaces(said.replaces.as_deref(), &made)));
    } else if session.told_has_changed(protocol) {
        lines.push(Line::Text(words::card_replaces_any().to_owned()));
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
    Ok(Card { identity, without_name, lines })
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
    /// For any printer: 80 columns of ASCII. A name in another script has no such form: the code or a line for a pen stands
    /// in its place, and why. Wording that the clinic wrote in such a script stands as it is.
    #[must_use]
    pub fn text(&self) -> String {
        let folded = ascii(&self.identity.line);
        let why = folded.is_none().then(|| wrapped(words::name_not_set_why(), "", ""));
        let whose = folded.unwrap_or_else(|| ascii(&self.without_name).unwrap_or_else(|| self.number_alone()));
        let head = wrapped(&format!("{whose}   {}", words::page_of(1, 1)), "", "");
        let mut out = vec![head];
        out.extend(why);
        for line in &self.lines {
            let plain = |text: &String| ascii(text).unwrap_or_else(|| text.clone());
            match line {
                // It stands whole in the head already.
                Line::Identity => {}
                Line::Title(text) => out.extend([String::new(), wrapped(&plain(text), "", ""), String::new()]),
                Line::Heading(text) => out.extend([String::new(), wrapped(&plain(text), "", "")]),
                // Room around it, for text knows no large letters.
                Line::Time(text) => {
                    out.extend([String::new(), wrapped(&plain(text), "        ", "        "), String::new()]);
                }
                Line::Text(text) => out.push(wrapped(&plain(text), INDENT, INDENT)),
                Line::Item(text) => out.push(wrapped(&plain(text), "  - ", "    ")),
            }
        }
        // One empty line is enough.
        out.dedup_by(|line, before| line.is_empty() && before.is_empty());
        out.join("\n") + "\n"
    }

    /// A code may be of another script as well.
    fn number_alone(&self) -> String {
        self.without_name.chars().filter(char::is_ascii).collect::<String>().trim().to_owned()
    }

    /// As a PDF of one page, or more where a clinic has much to say. A name whose letters the font does not have: the code
    /// or a line for a pen stands in its place, and why.
    ///
    /// # Errors
    /// A letter of the clinic's own wording that the font does not have.
    pub fn pdf(&self, paper: Paper) -> Result<Vec<u8>, PdfTrouble> {
        let is_set = can_be_set(&self.identity.line);
        let mut identity = self.identity.clone();
        let mut lines = self.lines.clone();
        if !is_set {
            let can_be = can_be_set(&self.without_name);
            identity.line = if can_be { self.without_name.clone() } else { self.number_alone() };
            lines.insert(1, Line::Text(words::name_not_set_why().to_owned()));
        }
        let paragraphs: Vec<Paragraph> = lines.iter().map(|line| paragraph(line, &identity)).collect();
        pdf(&identity, &paragraphs, paper)
    }
}

fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(COLUMNS)
        .initial_indent(first)
        .subsequent_indent(rest)
        // A date is not broken at its hyphens.
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

fn paragraph(line: &Line, identity: &Identity) -> Paragraph {
    let style = |role, size_pt, bold, indent_pt, before_pt| Style { role, size_pt, bold, indent_pt, before_pt };
    let (style, text) = match line {
        Line::Title(text) => (style(Role::Title, 20.0, true, 0.0, 0.0), text.clone()),
        Line::Heading(text) => (style(Role::Heading, 12.5, true, 0.0, 14.0), text.clone()),
        Line::Time(text) => (style(Role::Text, 17.0, true, 12.0, 4.0), text.clone()),
        Line::Identity => (style(Role::Text, 11.5, false, 12.0, 3.0), identity.name().to_owned()),
        Line::Text(text) => (style(Role::Text, 11.5, false, 12.0, 3.0), text.clone()),
        Line::Item(text) => (style(Role::Text, 11.5, false, 12.0, 3.0), format!("- {text}")),
    };
    Paragraph { style, text }
}

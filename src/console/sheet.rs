//! What is read at the gate: what is missing, the times, the card. Lines that are scrolled, with a heading.

use super::model::{Live, Model};
use crate::export::{Card, NoCard, card};
use crate::guidance::{Missing, missing};
use crate::words;

/// Something to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// What is missing while everybody is still here.
    Missing,
    /// The times for the patient, and the half-life for staff.
    Times,
    /// The card that the patient takes home.
    Card,
}

/// One line of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetLine {
    /// What stands out.
    Strong(String),
    /// Text.
    Text(String),
    /// Text, and a bar of this share of the room beside it, 0 to 1.
    Bar(String, f64),
}

impl Sheet {
    /// Its lines now, each wrapped to so many columns.
    #[must_use]
    pub fn lines(self, model: &Model, live: &Live, columns: usize) -> Vec<SheetLine> {
        let lines = match self {
            Self::Missing => missing_lines(model, live),
            Self::Times => times_lines(model, live),
            Self::Card => card_lines(model, live),
        };
        lines.into_iter().flat_map(|line| wrapped(line, columns)).collect()
    }
}

/// Long lines go on under themselves.
fn wrapped(line: SheetLine, columns: usize) -> Vec<SheetLine> {
    let wrap = |text: &str| -> Vec<String> {
        let indent: String = text.chars().take_while(|c| *c == ' ').collect();
        let options = textwrap::Options::new(columns.max(1)).subsequent_indent(&indent);
        textwrap::wrap(text, options).into_iter().map(String::from).collect()
    };
    match line {
        SheetLine::Strong(text) => wrap(&text).into_iter().map(SheetLine::Strong).collect(),
        SheetLine::Text(text) => wrap(&text).into_iter().map(SheetLine::Text).collect(),
        bar @ SheetLine::Bar(..) => vec![bar],
    }
}

/// Everything that is missing now.
#[must_use]
pub fn missing_now(model: &Model, live: &Live) -> Vec<Missing> {
    let crisis = model.settings.card.numbers.crisis.as_deref();
    missing(&live.protocol, &live.session, &live.guidance, live.durable_through, crisis)
}

fn missing_lines(model: &Model, live: &Live) -> Vec<SheetLine> {
    let (zone, style) = (&model.settings.zone, model.settings.clock);
    let found = missing_now(model, live);
    let line = |found: &Missing| {
        let said = words::missing_line(found, &live.protocol, &live.session, &live.guidance, zone, style);
        SheetLine::Text(format!("   {said}"))
    };
    let heading = SheetLine::Strong(format!(" {}", words::missing_heading(found.len())));
    std::iter::once(heading).chain(found.iter().map(line)).collect()
}

/// What the patient is told, then the curve for staff.
fn times_lines(model: &Model, live: &Live) -> Vec<SheetLine> {
    let (zone, style) = (&model.settings.zone, model.settings.clock);
    let mut lines: Vec<SheetLine> = Vec::new();
    if let Some(stairs) = &live.guidance.staircase {
        lines.push(SheetLine::Strong(format!(" {} {}", words::for_staff(), words::staircase_now(stairs))));
        let step = |(said, share): (String, f64)| SheetLine::Bar(said, share);
        lines.extend(words::staircase_steps(stairs, zone, style).into_iter().map(step));
        lines.push(SheetLine::Text(format!(" {}", words::staircase_caption(stairs))));
    }
    lines.push(SheetLine::Strong(format!(" {}", words::for_the_patient())));
    let times = words::after_lines(&live.protocol, &live.session, &live.guidance, zone, style);
    lines.extend(times.into_iter().map(|line| SheetLine::Text(format!("   {line}"))));
    if live.guidance.after.is_some() {
        lines.extend(live.protocol.after_care.iter().map(|care| SheetLine::Text(format!("   {}", care.say))));
    }
    lines
}

/// The card as it would be made now.
pub(super) fn card_now(model: &Model, live: &Live) -> Result<Card, NoCard> {
    let settings = &model.settings;
    card(&live.protocol, &live.session, &settings.card.numbers, &settings.zone, settings.clock)
}

/// Which of its numbers are lines to be filled in.
pub(super) fn blank_numbers(model: &Model) -> Option<&'static str> {
    let numbers = &model.settings.card.numbers;
    words::blank_numbers(numbers.clinic.is_none(), numbers.crisis.is_none())
}

fn card_lines(model: &Model, live: &Live) -> Vec<SheetLine> {
    // To whoever prints it: it is no line of the card.
    let blank = blank_numbers(model).map(|said| SheetLine::Strong(said.to_owned()));
    match card_now(model, live) {
        // The head says whose card it is, up to the first empty line.
        Ok(card) if model.veil() > 0 => {
            let text = card.text();
            let below = text.lines().skip_while(|line| !line.is_empty());
            let lines = std::iter::once(words::name_hidden()).chain(below).map(|line| SheetLine::Text(line.to_owned()));
            blank.into_iter().chain(lines).collect()
        }
        Ok(card) => {
            let text = card.text();
            blank.into_iter().chain(text.lines().map(|line| SheetLine::Text(line.to_owned()))).collect()
        }
        Err(why) => vec![SheetLine::Strong(no_card(&why, live))],
    }
}

/// Why there is no card.
#[must_use]
pub fn no_card(why: &NoCard, live: &Live) -> String {
    match why {
        NoCard::NoWords => words::no_card(&live.protocol.name),
        NoCard::NoEnd => words::no_times(&live.session),
    }
}

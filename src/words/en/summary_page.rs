//! The headings, labels and marks of the visit on one page.

use super::evidence::gate_answer;
use super::names::capitalized;
use crate::guidance::GateItem;
use crate::protocol::{Route, Scale};
use crate::session::{Event, GateAnswer, Row};

/// The page's first line.
#[must_use]
pub const fn title(route: Route) -> &'static str {
    if route.has_pump() { "KETAMINE INFUSION SUMMARY" } else { "TREATMENT SUMMARY" }
}

/// Label: what was asked in preparation.
pub const PREPARED: &str = "Prepared";

/// The times of the visit in one line, after the label "Started".
#[must_use]
pub fn times_line(started: &str, ended: &str, left: &str) -> String {
    format!("{started}; ended {ended}; left {left}")
}

/// The protocol in force, and whether a clinician has approved it.
#[must_use]
pub fn protocol_line(name: &str, version: &str, approval: &str) -> String {
    format!("{name}, version {version}, {approval}")
}

/// Under the table: what its signs mean.
pub const VITALS_KEY: &str = "x not taken, ? unobtainable, - not tried; b baseline l late a amended u unsure";
/// Heading: grades of the scales.
pub const GRADES: &str = "OBSERVATIONS (minute since the start, then the grade)";
/// Heading: what happened and what was given.
pub const COURSE: &str = "COURSE";
/// Heading: what was amended or withdrawn.
pub const CORRECTED: &str = "AMENDED AND WITHDRAWN";

/// A scale with its range, as a label.
#[must_use]
pub const fn scale_label(scale: Scale) -> &'static str {
    match scale {
        Scale::Nausea => "Nausea 0-3",
        Scale::Anxiety => "Anxiety /10",
        Scale::Dissociation => "Dissoc. 0-3",
        Scale::Sedation => "MOAA/S 5-0",
        Scale::Pain => "Pain /10",
    }
}

/// The marks of a reading, a letter each: `b` baseline, `u` unconfirmed, `l` late, `a` amended.
#[must_use]
pub fn vitals_marks(is_baseline: bool, unconfirmed: bool, row: Option<&Row<'_>>) -> String {
    let marks = [
        ('b', is_baseline),
        ('u', unconfirmed),
        ('l', row.is_some_and(|row| row.item.is_late && row.by_person())),
        ('a', row.is_some_and(|row| !row.item.amended_by.is_empty())),
    ];
    marks.into_iter().filter_map(|(mark, holds)| holds.then_some(mark)).collect()
}

/// Why an entry was amended or withdrawn.
#[must_use]
pub fn reason_of(event: &Event) -> Option<&str> {
    match event {
        Event::EntryAmended { reason, .. } | Event::EntryWithdrawn { reason, .. } => Some(reason),
        _ => None,
    }
}

/// The gate by answer: `Met` and its items, `Not met`, `Open`, and each item that a clinician let pass. One whose answer holds no
/// more is open.
#[must_use]
pub fn gate_lines(gate: &[GateItem]) -> Vec<(&'static str, String)> {
    let listed = |label, chosen: &dyn Fn(Option<&GateAnswer>) -> bool| {
        let items = gate.iter().filter(|item| chosen(item.holding()));
        let items: Vec<String> = items
            .map(|item| {
                let against = if item.answered_against.is_some() { " (against the record)" } else { "" };
                let id = format!("{}{against}", item.id.replace('-', " "));
                match item.holding() {
                    Some(GateAnswer::Met { name: Some(name) }) => format!("{id} ({name})"),
                    None if item.is_asked_again() => format!("{id} (asked again)"),
                    _ => id,
                }
            })
            .collect();
        (!items.is_empty()).then(|| (label, items.join(", ")))
    };
    let mut lines = Vec::new();
    lines.extend(listed("Met", &|answer| matches!(answer, Some(GateAnswer::Met { .. }))));
    lines.extend(listed("Not met", &|answer| matches!(answer, Some(GateAnswer::NotMet))));
    for item in gate {
        if let Some(answer @ GateAnswer::Overridden { .. }) = item.holding() {
            lines.push(("Overridden", format!("{}: {}", item.id.replace('-', " "), gate_answer(answer))));
        }
    }
    lines.extend(listed("Open", &|answer| answer.is_none()));
    lines
}

/// Whose page it is, above the hash that ends its chain.
#[must_use]
pub fn foot(session: &str, entries: usize) -> String {
    format!("{session}, entries: {entries}, SHA-256 of the last:")
}

/// Reasons that nobody has given yet.
#[must_use]
pub fn owed(count: usize) -> String {
    capitalized(&format!("reasons still owed: {count}"))
}

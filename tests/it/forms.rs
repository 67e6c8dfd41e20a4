//! The forms in which a session leaves: the page, the table. Whole visits, hostile text, the same bytes each time.

mod csv;
mod fhir;
mod summary;

use bedside::session::{Command, Description, DrugGiven, Event};

use crate::visit::Visit;

/// Text that does something wherever it is not cleaned: a terminal, a spreadsheet, a page, a program.
const HOSTILE: &[&str] = &[
    "\x1b[31mred\x1b]52;c;aGk=\x07",
    "\u{202e}desrever\u{2066}\u{200f}",
    "a\u{200d}b\0c\u{7f}\u{9b}31m",
    "=cmd|' /C calc'!A0",
    "@SUM(1)\t-1+1",
    "two\r\nlines, \"quoted\", 'and' so;on",
    "<script>alert(1)</script> & </div> ]]>",
    "\u{feff}\u{2028}end",
    "   ",
];

/// A visit in which each text that somebody types is this one.
fn saying(text: &str) -> Visit {
    let mut visit = Visit::open(text);
    let some = || Some(text.to_owned());
    let described = Description {
        patient: text.into(),
        code: some(),
        born: some(),
        allergies: some(),
        ride: some(),
        ..Description::default()
    };
    visit.does(&Command::Describe(Box::new(described)));
    visit.vitals("124/78 72 98 14");
    visit.pump(bedside::session::PumpAct::Start);
    // As a program of somebody else's may have stored it: not through the door that cleans.
    let drug = DrugGiven {
        drug: text.into(),
        dose: text.into(),
        given_by: text.into(),
        ordered_by: text.into(),
        sedating: true,
    };
    let now = visit.utc_ms();
    for event in [
        Event::NoteTaken { text: text.into(), patients_words: false },
        Event::NoteTaken { text: text.into(), patients_words: true },
        Event::DrugGiven(Box::new(drug)),
        Event::ClinicianCalled { said: text.into(), rung: Some(1), whom: some() },
        Event::EmergencyBegan,
        Event::EmergencyMarked { mark: text.into(), checklist: false },
        Event::EntryWithdrawn { about: 3, reason: text.into() },
    ] {
        visit.record(event, crate::visit::sitter(), now);
    }
    visit
}

/// Every hostile text, and one of five hundred characters.
fn hostile() -> Vec<Visit> {
    let long = "long ".repeat(100);
    HOSTILE.iter().copied().chain([long.as_str()]).map(saying).collect()
}

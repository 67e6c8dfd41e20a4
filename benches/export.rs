//! A session of 500 entries in each form in which it leaves, side by side in one run. Promise: below 50 ms in any of them.

use bedside::export::pdf::Paper;
use bedside::export::{csv, fhir, jsonl, record_pdf, rems, summary};
use bedside::words::ClockStyle;

#[path = "measured/busy.rs"]
mod busy;
#[path = "measured/side.rs"]
mod side;

const ENTRIES: usize = 500;

fn main() {
    let (console, nasal) = (busy::busy(ENTRIES), busy::busy_with("esketamine-nasal", ENTRIES));
    let nasal = nasal.model().live().expect("a session");
    let (zone, live) = (&console.model().settings.zone, console.model().live().expect("a session"));
    let (protocol, session) = (&live.protocol, &live.session);
    assert!(session.entries().len() >= ENTRIES && nasal.session.entries().len() >= ENTRIES);
    side::side_by_side(
        "a session of 500 entries; promise: below 50,000 us",
        40,
        &mut [
            ("jsonl", &mut || jsonl(session.entries().iter().map(|entry| &entry.line))),
            ("csv", &mut || csv(session, zone)),
            ("text", &mut || summary(protocol, session, zone, ClockStyle::H24).into_bytes()),
            ("rems", &mut || {
                let form = rems(&nasal.protocol, &nasal.session, zone, ClockStyle::H24);
                form.unwrap_or_else(|_| panic!("a nasal visit")).into_bytes()
            }),
            ("fhir", &mut || fhir(protocol, session, zone)),
            ("pdf", &mut || record_pdf(protocol, session, zone, ClockStyle::H24, Paper::A4).expect("a PDF")),
        ],
    );
}

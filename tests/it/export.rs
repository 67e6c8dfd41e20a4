//! The record as text and as JSON: whole pages, the same bytes each time, 80 columns whatever the name.

use bedside::console::Settings;
use bedside::export;
use bedside::session::{Command, Description, Entry, Event, Session};
use bedside::words::ClockStyle;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::afternoon::whole;
use crate::sim::{Sim, settings, shipped, zone};
use crate::visit::{OPENED_UTC_MS, Visit, sitter};

fn text(visit: &Visit, style: ClockStyle) -> String {
    export::text(&visit.protocol, &visit.session, &visit.zone, style)
}

/// Without the hashes, which change whenever a protocol that is shipped does.
fn without_hashes(visit: &Visit, shown: &str) -> String {
    let fingerprint = &visit.protocol.fingerprint;
    let shown = shown.replace(fingerprint, "FINGERPRINT").replace(&fingerprint[..12], "FINGERPRINT");
    visit.session.entries().iter().fold(shown, |shown, entry| shown.replace(&entry.hash.hex(), "HASH"))
}

#[test]
fn a_whole_visit_as_text() {
    let visit = whole();
    insta::assert_snapshot!(without_hashes(&visit, &text(&visit, ClockStyle::H12)));
}

#[test]
fn a_whole_visit_as_json() {
    let visit = whole();
    let json = export::json(&visit.protocol, &visit.session, &visit.zone);
    insta::assert_snapshot!(without_hashes(&visit, &serde_json::to_string_pretty(&json).expect("JSON")));
}

#[test]
fn an_empty_rehearsal_as_text() {
    let visit = Visit::open_at("Patient R1", OPENED_UTC_MS, true);
    insta::assert_snapshot!(without_hashes(&visit, &text(&visit, ClockStyle::H24)));
}

#[test]
fn a_replayed_session_gives_the_same_bytes() {
    let visit = whole();
    let lines = visit.session.entries().iter().map(|entry| Entry::read(entry.line.clone()).expect("an entry"));
    let replayed = Session::replay(lines).expect("a session");
    let again = export::text(&visit.protocol, &replayed, &visit.zone, ClockStyle::H24);
    assert_eq!(again, text(&visit, ClockStyle::H24));
    let json = |session| export::json(&visit.protocol, session, &visit.zone).to_string();
    assert_eq!(json(&replayed), json(&visit.session));
}

#[test]
fn an_entry_of_a_newer_version_is_shown_and_passed_on_as_it_was() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.record(Event::ConsoleLeft, sitter(), visit.utc_ms());
    let line = String::from_utf8(visit.session.last_entry().line.clone()).expect("UTF-8");
    let newer = line.replace(r#"{"kind":"console_left"}"#, r#"{"kind":"mood_noted","mood":7}"#);
    assert_ne!(newer, line);
    let entries = [visit.session.opening_entry().clone(), Entry::read(newer.into_bytes()).expect("an entry")];
    let session = Session::replay(entries).expect("a session");
    let page = export::text(&visit.protocol, &session, &visit.zone, ClockStyle::H24);
    assert!(page.contains("entry of a newer version: mood_noted"), "{page}");
    assert!(page.contains("not understood: 1"), "{page}");
    let json = export::json(&visit.protocol, &session, &visit.zone);
    assert_eq!(json["entries"][1]["event"], serde_json::json!({ "kind": "mood_noted", "mood": 7 }));
    assert_eq!(json["entries"][1]["kind"], "mood_noted");
}

#[test]
fn an_approved_protocol_names_its_clinician() {
    let visit = Visit::open("Ana Ruiz");
    assert!(text(&visit, ClockStyle::H24).contains("NOT APPROVED BY A CLINICIAN"));
    let mut approved = visit;
    approved.protocol.approval =
        Some(bedside::protocol::Approval { approved_by: "Dr Lee".into(), on: "2026-11-01".into() });
    assert!(text(&approved, ClockStyle::H24).contains("approved by Dr Lee on 2026-11-01"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn eighty_columns_whatever_the_names(
        name in "\\PC{0,500}",
        other in "[a-z漢字مح👩\u{200d}⚕️❤️1️⃣\u{301}\u{1b}\u{202e}\n]{0,500}",
        twelve: bool,
    ) {
        let style = if twelve { ClockStyle::H12 } else { ClockStyle::H24 };
        let mut visit = Visit::open(&name);
        visit.vitals("124/78 72 98 14");
        visit.does(&Command::Describe(Box::new(Description {
            patient: other.clone(),
            allergies: Some(name.clone()),
            ride: Some(other.clone()),
            ..Description::default()
        })));
        let text_typed = if other.trim().is_empty() { "x".to_owned() } else { format!("x{other}") };
        visit.does(&Command::Note { text: text_typed, patients_words: true });
        visit.does(&Command::Call { said: other.clone(), rung: None, whom: None });
        let page = text(&visit, style);
        for line in page.lines() {
            prop_assert!(line.width() <= 80, "{} columns: {line:?}", line.width());
            prop_assert!(!line.chars().any(bedside::session::text::is_dropped), "{line:?}");
        }
    }
}

/// Item 9 of a score is no answer to the screening: both are said, and that the clinician's word is missing.
#[test]
fn what_came_up_stands_beside_what_was_not_asked() {
    let protocol = shipped("standard-iv-40");
    let mut sim = Sim::with(Settings { protocol: protocol.clone(), ..settings() }, (80, 24));
    sim.open().press("i<c-e>s14<tab>2<c-s><esc>");
    let text = |sim: &Sim| export::text(&protocol, sim.session(), &zone("America/New_York"), ClockStyle::H24);
    let summary = |sim: &Sim| export::summary(&protocol, sim.session(), &zone("America/New_York"), ClockStyle::H24);
    let before = text(&sim);
    for line in [
        "Thoughts of suicide or self-harm: NOT ASKED\n",
        "Thoughts of self-harm came up: PHQ-9 item 9 = 2, 14:00\n",
        "The clinician's word on it: NOT RECORDED\n",
    ] {
        assert!(before.contains(line), "{line}\n{before}");
    }
    assert!(summary(&sim).contains("PHQ-9 item 9 = 2, 14:00"), "{}", summary(&sim));
    sim.press("xmDr Kim<enter>");
    let after = text(&sim);
    assert!(after.contains("The clinician's word on it: met: Dr Kim, 14:00\n"), "{after}");
    sim.press("<esc>wk");
    let again = text(&sim);
    assert!(again.contains("met: Dr Kim, 14:00: NOT RECORDED since they came up"), "{again}");
}

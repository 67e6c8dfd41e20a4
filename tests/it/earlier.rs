//! The look-up of earlier visits: what a name is compared without, and what is said where it fails.

use bedside::console::{Effect, Msg};
use bedside::journal::{Journal, JournalError, Reply, Request};
use bedside::session::{Description, Event, Identity};

use crate::journal::sample::Sample;
use crate::sim::{Sim, minutes};

fn who(patient: &str, code: Option<&str>) -> Identity {
    Identity { patient: patient.into(), code: code.map(str::to_owned), born: None }
}

fn visit(id: u128, patient: &str, code: Option<&str>, opened_at: i64) -> Sample {
    let mut sample = Sample::opened(id, "1123-1", opened_at);
    let code = code.map(str::to_owned);
    sample.add(Event::PatientDescribed(Box::new(Description {
        patient: patient.into(),
        code,
        ..Description::default()
    })));
    sample
}

#[test]
fn a_patient_is_found_however_the_name_was_typed() {
    let mut journal = Journal::in_memory().expect("memory");
    for (id, name) in [(1, "Jos\u{e9}  RUIZ"), (2, "jose\u{301} ruiz"), (3, "JOS\u{c9} Ruiz "), (4, "Jose Ruiz")] {
        journal.append(&visit(id, name, Some("\u{c9}17"), i64::try_from(id).expect("small")).entries).expect("stored");
    }
    journal.append(&visit(5, "Ben Okafor", Some("B2"), 5).entries).expect("stored");
    let asked = who("JOSE\u{301} Ruiz", Some("e\u{301}17"));
    let found = journal.of_patient(&asked, None, None).expect("an answer");
    // The fourth bears another name under the same code: perhaps the same, and not read.
    assert_eq!((found.sessions.len(), found.perhaps), (3, 1));
    let without = found.sessions[0][0].fields.session;
    assert_eq!(journal.of_patient(&asked, Some(without), None).expect("an answer").sessions.len(), 2);
    assert_eq!(journal.of_patient(&asked, None, Some(2)).expect("an answer").sessions.len(), 1);
}

/// Every question about earlier visits that a message brings up.
fn asked(effects: &[Effect]) -> Vec<Request> {
    let asks = |effect: &Effect| match effect {
        Effect::Journal(request @ Request::Earlier { .. }) => Some(request.clone()),
        _ => None,
    };
    effects.iter().filter_map(asks).collect()
}

#[test]
fn a_look_up_that_fails_is_said_and_made_again() {
    let mut sim = Sim::new();
    sim.open().press("i<tab>A17<c-s>");
    let (session, now_ms) = (sim.session().session_id(), sim.session().opening_entry().fields.recorded_at);
    let request = Request::Earlier { session, who: Box::new(who("Ana Ruiz", Some("A17"))), before: None };
    let why = JournalError::NoSession { asked: "1123-1".into() };
    let failed = Msg::Journal(Reply::Failed { request: request.clone(), why });
    let said = "The earlier sessions could not be looked up";
    assert!(!sim.screen().contains(said));
    assert!(asked(&sim.console_mut().effects_of(failed.clone())).is_empty());
    assert!(sim.screen().contains(said), "{}", sim.screen());
    sim.press("i<c-e>");
    assert!(sim.screen().contains("no session 1123-1") || sim.screen().contains("1123-1"), "{}", sim.screen());
    sim.press("<esc>v120/78 70 98 14<enter>ss<enter>").advance(1000);
    assert!(sim.screen().contains(said), "where last time would stand:\n{}", sim.screen());
    // Half a minute later it is asked again; until the answer comes it stays said.
    sim.console().clock().advance(minutes(1));
    assert_eq!(asked(&sim.console_mut().effects_of(Msg::Tick)), std::slice::from_ref(&request));
    assert!(sim.screen().contains(said));
    assert!(asked(&sim.console_mut().effects_of(Msg::Tick)).is_empty(), "one question at a time");
    // It fails again, and then it is answered.
    sim.console_mut().send(failed);
    assert!(sim.screen().contains(said));
    sim.console_mut().send(Msg::Journal(Reply::Earlier {
        session,
        found: Box::new(bedside::journal::OfPatient {
            who: who("Ana Ruiz", Some("A17")),
            sessions: vec![visit(9, "Ana Ruiz", Some("a17"), now_ms - 1).entries],
            ..bedside::journal::OfPatient::default()
        }),
    }));
    assert!(!sim.screen().contains(said), "{}", sim.screen());
}

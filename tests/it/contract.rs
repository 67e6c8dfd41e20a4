//! What the rooms promise each other in places where one of them once broke its word.

use bedside::guidance::Evidence;
use bedside::session::{Command, Event, MINUTE_MS, Observation, PumpAct, vitals_line};

use crate::afternoon::{doctor, nausea, top};
use crate::visit::Visit;

fn amended(about: u64, event: Event) -> Command {
    Command::Amend { about, observed_at: None, event: Some(Box::new(event)), reason: "typed wrong".into() }
}

#[test]
fn the_driving_time_that_was_told_stands_while_the_clocks_drift_by_a_millisecond() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.vitals("124/78 72 98");
    visit.pump(PumpAct::Start);
    visit.wait_min(40);
    visit.pump(PumpAct::End);
    let told = visit.guidance().after.map(|after| after.no_driving_until_utc_ms);
    visit.does(&Command::GiveGuidance { no_driving_until: told });
    visit.wait_min(1);
    visit.drift_ms(1);
    visit.sees(Observation::Looked);
    assert_eq!(visit.guidance().after.map(|after| after.no_driving_until_utc_ms), told);
    let unchanged = |evidence: &Evidence| matches!(evidence, Evidence::Guidance { changed_since: false, .. });
    assert!(visit.guidance().gate.iter().any(|item| unchanged(&item.evidence)));
}

#[test]
fn an_amended_note_is_cleaned_as_a_new_one_is() {
    let mut visit = Visit::open("Ana Ruiz");
    let about = visit.does(&Command::Note { text: "a word".into(), patients_words: false });
    let hostile = Event::NoteTaken { text: "\u{1b}[2J".into(), patients_words: false };
    assert!(visit.attempt(0, &amended(about, hostile)).is_err(), "nothing is left of it once cleaned");
}

#[test]
fn an_amendment_does_not_take_a_deviation_away() {
    let mut visit = Visit::open("Ana Ruiz");
    let about = visit.pump(PumpAct::Start);
    assert_eq!(visit.session.state().owed.len(), 1);
    let _ = visit.attempt(
        0,
        &amended(about, Event::InfusionStarted { route: bedside::protocol::Route::Iv, deviations: Vec::new() }),
    );
    assert_eq!(visit.session.state().owed.len(), 1);
}

#[test]
fn an_unlikely_value_typed_in_an_amendment_is_unconfirmed() {
    let mut visit = Visit::open("Ana Ruiz");
    let about = visit.vitals("124/78");
    let vitals = vitals_line::parse("280/101").expect("a line");
    let event = Event::VitalsRecorded { vitals, typed: "280/101".into(), doubts: Vec::new() };
    visit.does(&amended(about, event));
    assert_eq!(visit.session.state().unconfirmed, [about]);
}

#[test]
fn a_settled_prompt_names_who_settled_it_at_that_time() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.sees(nausea(2));
    let prompt = top(&visit);
    visit.does(&Command::Acknowledge(prompt.clone()));
    visit.wait_min(2);
    visit.by(doctor(), &Command::Answer { prompt, response: 1 });
    let guidance = visit.guidance();
    let settled = guidance.prompts.settled.first().and_then(|prompt| prompt.settled.clone()).expect("settled");
    // June acknowledged at minute 0, Dr Lee answered at minute 2: "minute 2, jd" is neither.
    assert_ne!((settled.0.session_ms, settled.1.as_str()), (2 * MINUTE_MS, "jd"));
}

#[test]
fn moving_an_entry_back_asks_for_no_second_reason() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.wait_min(20);
    let about = visit.sees(Observation::Looked);
    let observed_at = Some(visit.utc_ms() - 10 * MINUTE_MS);
    visit.does(&Command::Amend { about, observed_at, event: None, reason: "wrong time".into() });
    assert_eq!(visit.session.state().owed, []);
}

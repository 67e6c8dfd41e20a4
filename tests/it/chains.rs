//! Chains of escalation, and what a second look means, where values are amended, withdrawn or become better.

use bedside::guidance::{Alarms, Prompt};
use bedside::protocol::shipped;
use bedside::session::{Anxiety, Change, Command, Event, Mark, Observation, PumpAct};

use crate::visit::{Visit, vitals};

fn infusing() -> Visit {
    let mut visit = Visit::open("Patient T1");
    visit.vitals("124/78 74 98 14");
    visit.pump(PumpAct::Start);
    visit.wait_min(10);
    visit
}

fn anxiety(grade: i64) -> Observation {
    Observation::Anxiety(Anxiety::try_from(grade).expect("a grade"))
}

fn amend(about: u64, event: Event) -> Command {
    Command::Amend { about, observed_at: None, event: Some(Box::new(event)), reason: "misread".into() }
}

fn amend_vitals(about: u64, line: &str) -> Command {
    let Command::Vitals { vitals, typed } = vitals(line) else { unreachable!("a line of vitals") };
    amend(about, Event::VitalsRecorded { vitals, typed, doubts: Vec::new() })
}

fn open(visit: &Visit) -> Vec<String> {
    visit.guidance().prompts.open.into_iter().map(|prompt| prompt.id.rule).collect()
}

fn top(visit: &Visit) -> Prompt {
    visit.guidance().prompts.open.first().cloned().expect("an open prompt")
}

fn answers(visit: &mut Visit) {
    let prompt = top(visit).id;
    visit.does(&Command::Answer { prompt, response: 1 });
}

fn looks(visit: &mut Visit, change: Change) {
    let prompts = visit.guidance().prompts;
    let prompt = prompts.settled.first().or(prompts.open.first()).cloned().expect("a prompt").id;
    visit.does(&Command::LookAgain { prompt, change });
}

#[test]
fn a_call_that_was_raised_by_a_misread_value_is_no_step_up_of_the_amended_one() {
    let mut visit = infusing();
    let read = visit.vitals("185/95 80 98 14");
    assert_eq!(open(&visit), ["blood-pressure-call"]);
    visit.does(&amend_vitals(read, "165/95 80 98 14"));
    assert_eq!(open(&visit), ["blood-pressure"]);
}

#[test]
fn a_step_up_comes_though_a_misread_value_had_raised_its_response_before() {
    let mut visit = infusing();
    let noted = visit.sees(anxiety(8));
    visit.does(&amend(noted, Event::ObservationRecorded { observation: anxiety(5) }));
    assert_eq!(open(&visit), ["anxiety"]);
    for _ in 0..2 {
        answers(&mut visit);
        visit.wait_min(6);
        looks(&mut visit, Change::Same);
    }
    assert_eq!(open(&visit), ["anxiety-strong"]);
    assert_eq!(top(&visit).id.round, 1);
    // Nobody has dealt with this one yet: there is nothing that it could be better than.
    assert!(!top(&visit).can_be_told);
}

#[test]
fn an_alarm_that_was_never_acknowledged_is_back_when_the_one_after_it_was_an_error() {
    let mut visit = infusing();
    visit.vitals("124/78 74 90 14");
    visit.wait_min(1);
    visit.vitals("124/78 74 97 14");
    assert_eq!(open(&visit), ["spo2-call"]);
    let first = top(&visit).id;
    visit.wait_min(1);
    let misread = visit.vitals("124/78 74 79 14");
    assert_ne!(top(&visit).id, first);
    visit.does(&Command::Withdraw { about: misread, reason: "misread".into() });
    assert_eq!(open(&visit), ["spo2-call"]);
    assert_eq!(top(&visit).id, first);
}

#[test]
fn a_second_look_that_found_less_is_no_reason_to_step_up() {
    let mut visit = infusing();
    visit.sees(anxiety(6));
    for grade in [5, 4] {
        if open(&visit).is_empty() {
            assert_eq!(visit.guidance().prompts.settled.len(), 1);
        } else {
            answers(&mut visit);
        }
        visit.wait_min(6);
        visit.sees(anxiety(grade));
        assert_eq!(open(&visit), [""; 0], "anxiety {grade}");
    }
    // It waits for the next look, and the same is the same.
    visit.wait_min(6);
    visit.sees(anxiety(4));
    assert_eq!(open(&visit), ["anxiety"]);
}

#[test]
fn what_is_found_once_more_after_it_was_better_begins_at_its_own_step() {
    let mut visit = infusing();
    visit.sees(anxiety(6));
    answers(&mut visit);
    visit.wait_min(6);
    looks(&mut visit, Change::Same);
    answers(&mut visit);
    visit.wait_min(1);
    looks(&mut visit, Change::Better);
    assert_eq!(open(&visit), [""; 0]);
    visit.wait_min(3);
    visit.sees(anxiety(4));
    assert_eq!(open(&visit), ["anxiety"]);
}

#[test]
fn a_reading_before_leaving_is_none_of_the_fortieth_minute() {
    let mut visit = Visit::open_with("esketamine-nasal");
    visit.vitals("124/78 74 98 14");
    visit.pump(PumpAct::Start);
    visit.wait_min(10);
    visit.pump(PumpAct::End);
    visit.wait_min(108);
    visit.vitals("124/78 74 98 14");
    assert_eq!(visit.session.state().missed_marks, [Mark::AfterStart(40)]);
}

#[test]
fn no_alarms_an_hour_of_infusion_are_counted_where_nothing_is_infused() {
    for (name, counted) in [("standard-iv-40", true), ("intramuscular", false), ("esketamine-nasal", false)] {
        let mut visit = Visit::open_with(name);
        visit.vitals("124/78 74 98 14");
        visit.pump(PumpAct::Start);
        visit.wait_min(10);
        visit.sees(anxiety(8));
        let alarms = Alarms::of(&visit.session, visit.now());
        assert_eq!((alarms.medium.raised, alarms.per_hour_tenths.is_some()), (1, counted), "{name}");
    }
}

#[test]
fn what_no_source_was_read_for_says_so() {
    for name in ["standard-iv-40", "pain-iv-60", "intramuscular", "esketamine-nasal"] {
        let text = shipped(name).expect("it is shipped");
        let origins = text.split("[origin.limits.respiratory_rate]").nth(1).expect("origins");
        for key in ["notify_at_least", "notify_at_most"] {
            let line = origins.lines().find(|line| line.starts_with(key)).expect("an origin");
            assert_eq!(line, format!("{key} = \"default\""), "{name}");
        }
    }
}

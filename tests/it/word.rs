//! The clinician's word on thoughts of self-harm: what waits for it, under which protocol, and what ends with it.

use bedside::export;
use bedside::guidance::{Evidence, Prompt, Stands};
use bedside::journal::Journal;
use bedside::protocol::{self, Protocol, Sign};
use bedside::session::{Command, Deviation, Event, GateAnswer, Leaving, MINUTE_MS, Observation, PumpAct};
use bedside::words::ClockStyle;

use crate::journal::sample::Sample;
use crate::sim::{AFTERNOON_MS, Sim, settings};
use crate::visit::{Visit, sitter};

const SEEN: Observation = Observation::Seen(Sign::SelfHarm);

/// The standard protocol with something else in it.
fn edited(edits: &[(&str, &str)]) -> Protocol {
    let mut text = protocol::shipped("standard-iv-40").expect("a shipped protocol").to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    Protocol::load(&text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn begun(protocol: Protocol) -> Visit {
    let mut visit = Visit::under(protocol);
    visit.vitals("124/78 74 98 14");
    visit.pump(PumpAct::Start);
    visit.wait_min(5);
    visit
}

/// The prompts about it, open or dealt with.
fn about(visit: &Visit) -> Vec<Prompt> {
    let prompts = visit.guidance().prompts;
    prompts.open.into_iter().chain(prompts.settled).filter(|prompt| prompt.id.rule.starts_with("self-harm")).collect()
}

/// The item of the gate that asks for the word.
fn item(visit: &Visit) -> String {
    let gate = visit.guidance().gate;
    gate.into_iter().find(|item| matches!(item.evidence, Evidence::SelfHarm { .. })).expect("it is asked").id
}

fn word(visit: &Visit) -> Command {
    let answer = GateAnswer::Met { name: Some("Dr Kim".into()) };
    Command::AnswerGate { item: item(visit), answer, against: None }
}

#[test]
fn a_protocol_that_does_not_ask_for_it_has_it_asked() {
    let text = protocol::shipped("standard-iv-40").expect("a shipped protocol");
    let from = text.find("[[gate]]\nid = \"self-harm-word\"").expect("its item");
    let to = from + text[from + 1..].find("[[gate]]").expect("one after it") + 1;
    let mut visit = begun(edited(&[(&text[from..to], "")]));
    let asked =
        |visit: &Visit| visit.guidance().gate.iter().any(|item| matches!(item.evidence, Evidence::SelfHarm { .. }));
    assert!(!asked(&visit), "only where they came up");
    visit.sees(SEEN);
    assert_eq!(about(&visit).iter().map(|prompt| prompt.stands).collect::<Vec<_>>(), [Stands::UntilWord]);
    visit.does(&word(&visit));
    assert!(asked(&visit) && about(&visit).is_empty());
    assert!(visit.session.state().asked.self_harm.standing().is_none());
}

#[test]
fn one_that_raises_no_alarm_stands_as_well() {
    let quiet = "priority = \"low\"\nsay = \"Thoughts of self-harm: call";
    let again = "\"Stayed with the patient\"]\nlook_again_min = 5\norigin = { say = \"default\", look_again_min = \"default\" }";
    let mut visit = begun(edited(&[
        ("priority = \"high\"\nsay = \"Thoughts of self-harm: call", quiet),
        (again, "\"Stayed with the patient\"]\norigin = { say = \"default\" }"),
    ]));
    visit.sees(SEEN);
    let prompt = about(&visit).remove(0).id;
    visit.does(&Command::Answer { prompt, response: 1 });
    visit.wait_min(30);
    assert_eq!(about(&visit).len(), 1, "one answer does not end it");
    visit.does(&word(&visit));
    assert!(about(&visit).is_empty());
}

#[test]
fn what_the_word_was_given_on_is_not_raised_any_more() {
    let mut visit = begun(edited(&[]));
    let now = visit.utc_ms();
    // Both came while the console was away: nobody was told between them.
    visit.record(Event::ObservationRecorded { observation: SEEN }, sitter(), now);
    visit.record(
        Event::GateAnswered {
            item: "self-harm-word".into(),
            answer: GateAnswer::Met { name: Some("Dr Kim".into()) },
            against: None,
            word_on: Some(protocol::OnlyIf::SelfHarm),
        },
        sitter(),
        now,
    );
    assert!(visit.guidance().prompts.to_raise.is_empty());
    visit.wait_min(1);
    assert!(about(&visit).is_empty());
}

#[test]
fn one_that_is_entered_late_or_moved_after_the_word_stands() {
    let mut visit = begun(edited(&[]));
    let first = visit.sees(SEEN);
    visit.wait_min(2);
    visit.does(&word(&visit));
    visit.wait_min(2);
    assert!(about(&visit).is_empty());
    let late = visit.did(6 * MINUTE_MS, &Command::Observe(SEEN));
    assert_eq!(about(&visit).iter().map(|prompt| prompt.id.cause).collect::<Vec<_>>(), [late]);
    visit.does(&word(&visit));
    assert!(about(&visit).is_empty());
    let observed_at = Some(visit.utc_ms() - 3 * MINUTE_MS);
    visit.does(&Command::Amend { about: first, observed_at, event: None, reason: "read wrongly".into() });
    assert_eq!(visit.session.state().asked.self_harm.standing().map(|mention| mention.seq), Some(first));
    assert_eq!(about(&visit).iter().map(|prompt| prompt.id.cause).collect::<Vec<_>>(), [first]);
}

/// The gate is open where they came up again after the word, whatever else was met.
#[rstest::rstest]
#[case::once(false)]
#[case::again_after_the_word(true)]
fn leaving_with_a_word_that_holds_no_more_is_leaving_with_the_gate_open(#[case] again: bool) {
    let mut visit = begun(edited(&[]));
    visit.sees(SEEN);
    let met = GateAnswer::Met { name: Some("Dr Kim".into()) };
    for item in visit.protocol.gate.clone() {
        visit.does(&Command::AnswerGate { item: item.id, answer: met.clone(), against: None });
    }
    if again {
        visit.sees(SEEN);
    }
    visit.does(&Command::Leave(Leaving::Discharged));
    let left = visit.session.standing().find_map(|row| match row.event {
        Event::PatientLeft { deviations, .. } => Some(deviations.contains(&Deviation::GateOpen)),
        _ => None,
    });
    assert_eq!(left, Some(again));
}

/// The first screen lists the newest of very many that wait for it, and says how many there are.
#[test]
fn the_first_screen_counts_those_that_it_does_not_list() {
    let mut journal = Journal::in_memory().expect("memory");
    for session in 1..=43_u32 {
        let opened_at = AFTERNOON_MS - (10 * 24 * 60 - i64::from(session)) * MINUTE_MS;
        let mut sample = Sample::opened(session.into(), &format!("1120-{session}"), opened_at);
        sample.add(Event::ObservationRecorded { observation: SEEN });
        sample.add(Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: None });
        journal.append(&sample.entries).expect("it is stored");
    }
    let sim = Sim::opening(settings(), (80, 24), AFTERNOON_MS, journal);
    assert!(sim.screen().contains("SELF-HARM: CALL in 43 sessions: the newest 40 are here"), "{}", sim.screen());
    assert!(sim.screen().contains(">1120-43"), "{}", sim.screen());
}

/// Nowhere is a word that holds no more a plain "met".
#[test]
fn a_word_that_holds_no_more_is_said_to_be_asked_for_again() {
    let mut visit = begun(edited(&[]));
    let told = |visit: &Visit| {
        let (protocol, session, zone) = (&visit.protocol, &visit.session, &visit.zone);
        let json = export::json(protocol, session, zone);
        let item = json["gate"].as_array().expect("items").iter().find(|item| item["id"] == "self-harm-word").cloned();
        let item = item.expect("its item");
        let text = export::text(protocol, session, zone, ClockStyle::H24);
        let line =
            text.lines().find(|line| line.contains("the clinician's word, by name")).expect("its line").to_owned();
        let summary = export::summary(protocol, session, zone, ClockStyle::H24);
        let is_met = summary.contains("self harm word (Dr Kim)");
        let is_asked = summary.contains("self harm word (asked again)");
        (
            item["answer"].clone(),
            item["asked_again"].clone(),
            line.split_whitespace().next().map(str::to_owned),
            is_met,
            is_asked,
        )
    };
    visit.sees(SEEN);
    visit.does(&word(&visit));
    assert_eq!(told(&visit), ("met".into(), false.into(), Some("met".into()), true, false));
    visit.sees(SEEN);
    assert_eq!(told(&visit), ("open".into(), true.into(), Some("again".into()), false, true));
}

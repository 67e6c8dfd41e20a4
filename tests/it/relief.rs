//! Who sat when, limits of one patient, the protocol in force, alarms counted: as the record has them.

use bedside::export;
use bedside::guidance::{AlarmCount, Alarms, Brief, Guidance};
use bedside::protocol::{LimitKind, Protocol, Vital, shipped};
use bedside::session::{
    Actor, Command, Event, LimitsSet, Observation, PromptId, ProtocolCopy, PumpAct, Refusal, Role, Session,
};
use bedside::words::{self, ClockStyle};

use crate::visit::{Visit, new_york, vitals};

fn sign_on() -> Command {
    Command::SignOn { sitter: sitter_b(), without_pin: false }
}

fn sitter_b() -> Actor {
    Actor { id: "sb".into(), name: "Sitter B".into(), role: Role::Sitter }
}

fn limits(vital: Vital, limits: &[(LimitKind, u16)]) -> Command {
    let (by, reason) = ("Dr B".to_owned(), "usual for her".to_owned());
    Command::SetLimits(Box::new(LimitsSet { vital, limits: limits.iter().copied().collect(), by, reason }))
}

fn record(visit: &Visit) -> String {
    export::text(&visit.protocol, &visit.session, &visit.zone, ClockStyle::H24)
}

/// A page without its line breaks and indents.
fn one_line(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn edited(from: &str, to: &str) -> Protocol {
    let text = shipped("standard-iv-40").expect("it is shipped");
    assert!(text.contains(from), "the protocol has no {from:?}");
    Protocol::load(&text.replacen(from, to, 1)).expect("it is sound")
}

fn accept(protocol: &Protocol) -> Command {
    Command::AcceptProtocol { protocol: Box::new(ProtocolCopy::of(protocol)), by: "Dr B".into() }
}

fn infusing() -> Visit {
    let mut visit = Visit::open("Ana Ruiz");
    visit.vitals("124/78 74 98 14");
    visit.pump(PumpAct::Start);
    visit.wait_min(10);
    visit
}

#[test]
fn who_sat_when_is_told_with_its_gap() {
    let mut visit = infusing();
    assert!(record(&visit).contains("Sitter      June Doe\n"), "one sitter is her name alone");
    visit.does(&Command::StepOut);
    visit.wait_min(4);
    assert!(record(&visit).contains("nobody signed on since 14:15"));
    let noted = visit.does(&Command::Observe(Observation::Looked));
    visit.by(sitter_b(), &sign_on());
    assert_eq!(visit.session.sitter(), &sitter_b());
    assert_eq!(visit.session.opening_entry().fields.actor.name, "June Doe");
    visit.wait_min(6);
    let later = visit.by(sitter_b(), &Command::Observe(Observation::Looked));
    let said = |seq: u64| words::row(&visit.session.row(seq).expect("a row"), &visit.zone, ClockStyle::H24);
    assert!(said(noted).ends_with("while stepped out"), "{}", said(noted));
    assert!(!said(later).contains("while stepped out"));
    let page = one_line(&record(&visit));
    for line in [
        "Sitter June Doe, 14:05 to 14:15 nobody signed on, 14:15 to 14:19 Sitter B, from 14:19",
        "looked: resting quietly while stepped out [June Doe, sitter]",
        "looked: resting quietly [Sitter B, sitter]",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let json = export::json(&visit.protocol, &visit.session, &visit.zone);
    assert_eq!(json["sitter"]["name"], "Sitter B");
    assert_eq!(json["sitters"][0]["to"], json["nobody_signed_on"][0]["from"]);
    assert_eq!(json["sitters"][1]["from"], json["nobody_signed_on"][0]["to"]);
    assert_eq!(json["sitters"][1]["to"], serde_json::Value::Null);
    // The state taken entry by entry is the state worked out anew.
    let replayed = Session::replay(visit.session.entries().to_vec()).expect("a session");
    assert_eq!(replayed, visit.session);
}

#[test]
fn a_relief_without_an_absence_has_no_gap() {
    let mut visit = infusing();
    visit.by(sitter_b(), &sign_on());
    let page = record(&visit);
    assert!(page.contains("June Doe, 14:05 to 14:15") && page.contains("Sitter B, from 14:15"), "{page}");
    assert!(!page.contains("nobody signed on"), "{page}");
    let again = visit.attempt(0, &sign_on());
    assert_eq!(again, Err(Refusal::SignedOnAlready));
    assert_eq!(visit.attempt(0, &Command::ComeBack), Err(Refusal::NotOut));
    visit.does(&Command::StepOut);
    assert_eq!(visit.attempt(0, &Command::StepOut), Err(Refusal::SteppedOutAlready));
    assert_eq!(visit.attempt(60_000, &Command::ComeBack), Err(Refusal::BeforeLastTurn));
}

#[test]
fn limits_hold_from_the_moment_they_were_set_and_over_the_protocols_own() {
    let mut visit = infusing();
    let before = visit.vitals("162/88 80 98 14");
    visit.wait_min(1);
    visit
        .does(&limits(Vital::Systolic, &[(LimitKind::NotifyAtLeast, 170), (LimitKind::NotifyOverBaselinePercent, 60)]));
    visit.wait_min(1);
    let inside = visit.vitals("164/88 80 98 14");
    let raised = |visit: &Visit, cause: u64| visit.session.state().prompts.keys().any(|prompt| prompt.cause == cause);
    assert!(raised(&visit, before) && !raised(&visit, inside));
    // The prompt of the reading before stands until somebody has acknowledged it.
    assert_eq!(visit.guidance().prompts.open.len(), 1);
    visit.wait_min(1);
    let past = visit.vitals("171/88 80 98 14");
    assert!(raised(&visit, past));
    let page = record(&visit);
    let line = "Limits      from 14:16, by Dr B: systolic pressure: notify at or above 170 mmHg,";
    assert!(page.contains(line), "{page}");
    let json = export::json(&visit.protocol, &visit.session, &visit.zone);
    assert_eq!(json["limits_set"][0]["limits"]["notify_at_least"], 170);
    assert_eq!(json["limits_set"][0]["by"], "Dr B");
}

#[test]
fn the_prompt_says_which_limit_spoke_and_none_while_it_only_waits() {
    let mut visit = infusing();
    visit.does(&limits(Vital::Systolic, &[(LimitKind::NotifyAtLeast, 170), (LimitKind::CallAtLeast, 190)]));
    let headline = |visit: &Visit| {
        let guidance = visit.guidance();
        words::headline(&guidance.prompts.open[0], &visit.protocol, &visit.session, &guidance)
    };
    visit.wait_min(1);
    visit.vitals("192/88 80 98 14");
    assert!(headline(&visit).ends_with(", limit 190 by Dr B"), "{}", headline(&visit));
    // Within five of its limit the alarm stands, and that limit is not what the value is past.
    visit.wait_min(1);
    visit.vitals("188/88 80 98 14");
    assert!(!headline(&visit).contains("limit"), "{}", headline(&visit));
    // What the protocol says of the other pressure is the protocol's.
    visit.wait_min(1);
    visit.vitals("168/112 80 98 14");
    assert!(headline(&visit).ends_with(", limit 110"), "{}", headline(&visit));
}

#[rstest::rstest]
#[case::reversed(Vital::Systolic, LimitKind::NotifyAtLeast, 180, "must lie below")]
#[case::overlapping(Vital::Spo2, LimitKind::NotifyAtMost, 91, "must lie below")]
#[case::impossible(Vital::Systolic, LimitKind::CallAtLeast, 400, "cannot be")]
#[case::silent(Vital::Spo2, LimitKind::NotifyAtLeast, 99, "nothing would answer it")]
#[case::the_same(Vital::Systolic, LimitKind::NotifyAtLeast, 160, "No limit differs")]
fn limits_that_cannot_stand_are_refused_with_a_sentence(
    #[case] vital: Vital,
    #[case] kind: LimitKind,
    #[case] value: u16,
    #[case] said: &str,
) {
    let mut visit = infusing();
    let refused = visit.attempt(0, &limits(vital, &[(kind, value)])).expect_err("refused");
    assert!(words::refusal(&refused).contains(said), "{}", words::refusal(&refused));
}

#[test]
fn limits_before_a_start_stay_the_protocols() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.does(&limits(Vital::Systolic, &[(LimitKind::NotifyAtLeast, 175)]));
    let seq = visit.vitals("150/84 74 98 14");
    assert!(
        visit.session.state().prompts.keys().any(|prompt| prompt.cause == seq),
        "whether to start is asked as ever"
    );
}

#[test]
fn nobody_answers_for_limits_or_a_protocol_without_a_name() {
    let mut visit = infusing();
    let set = LimitsSet {
        vital: Vital::Systolic,
        limits: [(LimitKind::NotifyAtLeast, 170)].into(),
        by: " \u{1b}[0m".into(),
        reason: "usual".into(),
    };
    assert_eq!(visit.attempt(0, &Command::SetLimits(Box::new(set))), Err(Refusal::NoWords));
    let newer = edited("2026.1", "2026.2");
    let by = String::new();
    let command = Command::AcceptProtocol { protocol: Box::new(ProtocolCopy::of(&newer)), by };
    assert_eq!(visit.attempt(0, &command), Err(Refusal::NoWords));
}

#[test]
fn a_protocol_is_in_force_once_it_is_accepted_and_from_then_on() {
    let mut visit = infusing();
    let began = visit.session.protocol_copy().clone();
    assert_eq!(visit.attempt(0, &accept(&visit.protocol.clone())), Err(Refusal::ProtocolInForce));
    let newer = edited("version = \"2026.1\"", "version = \"2026.2\"");
    visit.does(&accept(&newer));
    assert_eq!(visit.session.protocol_copy().fingerprint, newer.fingerprint);
    assert_eq!(visit.session.protocol_copy().text, newer.text);
    assert_eq!(visit.session.opening().protocol, began);
    let page = export::text(&newer, &visit.session, &visit.zone, ClockStyle::H24);
    let joined = one_line(&page);
    assert!(joined.contains("Protocol Standard IV, 40 minutes, version 2026.1"), "{page}");
    assert!(joined.contains("version 2026.2 (SHA-256") && joined.contains("from 14:15, accepted by Dr B"), "{page}");
    let json = export::json(&newer, &visit.session, &visit.zone);
    assert_eq!(json["protocol"]["version"], "2026.2");
    assert_eq!(json["protocols_accepted"][0]["by"], "Dr B");
    let shown = json["entries"].as_array().expect("entries").last().expect("an entry");
    assert_eq!(shown["event"]["protocol"]["text"], serde_json::Value::Null, "its fingerprint stands for the text");
    assert_eq!(Session::replay(visit.session.entries().to_vec()).expect("a session"), visit.session);
}

#[test]
fn a_protocol_that_is_none_or_leaves_the_limits_of_the_patient_nowhere_is_refused() {
    let mut visit = infusing();
    let mut broken = ProtocolCopy::of(&edited("2026.1", "2026.2"));
    broken.text.push_str("\nnonsense = 1\n");
    let command = |copy: ProtocolCopy| Command::AcceptProtocol { protocol: Box::new(copy), by: "Dr B".into() };
    assert_eq!(visit.attempt(0, &command(broken)), Err(Refusal::ProtocolFaulty));
    let mut forged = ProtocolCopy::of(&edited("2026.1", "2026.2"));
    forged.fingerprint = "0".repeat(64);
    assert_eq!(visit.attempt(0, &command(forged)), Err(Refusal::ProtocolFaulty));
    visit.does(&limits(Vital::Systolic, &[(LimitKind::NotifyAtLeast, 175)]));
    let stricter = edited("call_at_least = 180", "call_at_least = 170");
    let refused = visit.attempt(0, &accept(&stricter)).expect_err("refused");
    assert!(words::refusal(&refused).contains("175 must lie below"), "{}", words::refusal(&refused));
}

#[test]
fn alarms_are_counted_by_priority_and_by_what_became_of_them() {
    let mut visit = infusing();
    let none = Alarms::of(&visit.session, visit.now());
    assert_eq!(words::alarm_lines(&none), ["none"]);
    visit.sees(Observation::Nausea(2.try_into().expect("a grade")));
    visit.wait_ms(20_000);
    let prompt = |visit: &Visit| -> PromptId { visit.guidance().prompts.open[0].id.clone() };
    let nausea = prompt(&visit);
    visit.does(&Command::Answer { prompt: nausea, response: 1 });
    visit.wait_min(9);
    visit.does(&vitals("184/101 92 97 16"));
    visit.wait_ms(40_000);
    let pressure = prompt(&visit);
    visit.does(&Command::Acknowledge(pressure));
    let alarms = Alarms::of(&visit.session, visit.now());
    assert_eq!(alarms.medium, AlarmCount { raised: 1, answered: 1, ..AlarmCount::default() });
    assert_eq!(alarms.high, AlarmCount { raised: 1, acknowledged: 1, ..AlarmCount::default() });
    assert_eq!(alarms.low, AlarmCount::default());
    assert_eq!(alarms.median_to_acknowledge_ms, Some(20_000));
    // Two in twenty minutes are six an hour.
    assert_eq!(alarms.per_hour_tenths, Some(60));
    let page = one_line(&record(&visit));
    assert!(page.contains("Alarms 1 high, 1 medium, 0 low; 6.0 an hour of infusion"), "{page}");
    assert!(page.contains("1 answered, 1 acknowledged only; 0 came back; acknowledged after 0:20"), "{page}");
}

#[test]
fn the_brief_is_said_in_forty_words_and_read_on_one_screen() {
    let mut visit = infusing();
    visit.does(&vitals("184/101 92 97 16"));
    visit.sees(Observation::Nausea(3.try_into().expect("a grade")));
    visit.sees(Observation::Anxiety(8.try_into().expect("a grade")));
    visit.sees(Observation::Nausea(2.try_into().expect("a grade")));
    visit.wait_min(2);
    let guidance: Guidance = visit.guidance();
    let brief = Brief::of(&visit.protocol, &visit.session, &guidance, &new_york());
    assert_eq!((brief.standing.len(), brief.happened.len(), brief.open), (3, 0, 3));
    let lines = words::brief(&brief, &visit.protocol, &visit.session, &guidance, false, &visit.zone, ClockStyle::H24);
    let spoken = lines.spoken.join(" ");
    assert!(spoken.split_whitespace().count() <= 40, "{} words: {spoken}", spoken.split_whitespace().count());
    assert!(lines.spoken.len() + lines.read.len() <= 9);
    let hidden = words::brief(&brief, &visit.protocol, &visit.session, &guidance, true, &visit.zone, ClockStyle::H24);
    assert!(!hidden.spoken.join(" ").contains("Ana"), "a hidden name is not told");
}

#[test]
fn an_entry_of_relief_keeps_its_stored_form() {
    let event = Event::SitterSignedOn { sitter: sitter_b(), without_pin: false };
    let line = serde_json::to_string(&event).expect("JSON");
    assert_eq!(line, r#"{"kind":"sitter_signed_on","sitter":{"id":"sb","name":"Sitter B","role":"sitter"}}"#);
    let Command::SetLimits(set) = limits(Vital::Spo2, &[(LimitKind::NotifyAtMost, 90)]) else { unreachable!() };
    let line = serde_json::to_string(&Event::LimitsSet(set)).expect("JSON");
    let expected =
        r#"{"kind":"limits_set","vital":"spo2","limits":{"notify_at_most":90},"by":"Dr B","reason":"usual for her"}"#;
    assert_eq!(line, expected);
}

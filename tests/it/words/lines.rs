//! Lines that stand on the screen in the course of a visit.

use bedside::guidance::{Check, Due, Evidence, Staircase, Step};
use bedside::protocol::{ReadingKind, Scale, Sign};
use bedside::session::{At, Command, DrugGiven, MINUTE_MS, Mark, Observation, Owed, OwedReason, PumpAct, SECOND_MS};
use bedside::words::{self, ClockStyle};

use super::assert_good;
use crate::afternoon::{anxiety, infusing, nausea, sedation, top, whole};
use crate::visit::{Visit, new_york};

const H24: ClockStyle = ClockStyle::H24;

/// A visit ten minutes into its infusion.
fn started() -> Visit {
    let mut visit = Visit::open("Ana Ruiz");
    visit.vitals("124/78 72 98 14");
    visit.wait_min(5);
    visit.pump(PumpAct::Start);
    visit.wait_min(10);
    visit
}

fn headline(visit: &Visit) -> String {
    let guidance = visit.guidance();
    let prompt = guidance.prompts.open.first().expect("a prompt is open");
    words::headline(prompt, &visit.protocol, &visit.session, &guidance)
}

fn settled(visit: &Visit) -> Vec<String> {
    let guidance = visit.guidance();
    let lines = |prompt| words::settled_lines(prompt, &visit.protocol, &visit.session, &guidance, &visit.zone, H24);
    guidance.prompts.settled.iter().map(|prompt| lines(prompt)[0].clone()).collect()
}

fn card(visit: &Visit) -> String {
    let guidance = visit.guidance();
    let card = words::call_card(&visit.protocol, &visit.session, &guidance, Some("Room 2"), &visit.zone, H24);
    assert!(card.spoken_words() <= words::MAX_SPOKEN_WORDS && card.spoken_ms() <= words::MAX_SPOKEN_MS, "{card:?}");
    let besides = (!card.besides.is_empty()).then(|| format!("+ {}", card.besides));
    let lines: Vec<String> =
        card.spoken.iter().map(|(letter, said)| format!("{letter} {said}")).chain(besides).collect();
    for line in &lines {
        assert_good(line);
    }
    lines.join("\n")
}

#[rstest::rstest]
#[case::pressure(vec!["164/101"], "BP 164/101 (baseline 124/78)")]
#[case::doubted(vec!["210/101"], "BP 210/101 (baseline 124/78), unconfirmed")]
#[case::saturation(vec!["124/78 72 91"], "SpO2 91 %, unconfirmed")]
#[case::another_is_doubted(vec!["164/101 88 94"], "BP 164/101 (baseline 124/78)")]
#[case::rate(vec!["124/78 112 98"], "HR 112 (baseline 72)")]
#[case::breathing(vec!["124/78 72 98 10"], "RR 10")]
#[case::unobtainable(vec!["? 72 ?"], "Reading unobtainable: BP, SpO2")]
#[case::in_two_lines(vec!["?", "124/78 ? 98", "? 70 98"], "Reading unobtainable: BP")]
#[case::gone_but_not_acknowledged(vec!["164/101", "130/80"], "BP 164/101 at T+10, now BP 130/80: not acknowledged yet")]
fn what_was_measured(#[case] lines: Vec<&str>, #[case] expected: &str) {
    let mut visit = started();
    for line in lines {
        visit.vitals(line);
    }
    assert_eq!(headline(&visit), expected);
}

#[rstest::rstest]
#[case::nausea(vec![nausea(2)], "Nausea 2 moderate")]
#[case::anxiety(vec![anxiety(10)], "Anxiety 10 of 10")]
#[case::anxiety_again(vec![anxiety(8), anxiety(9)], "Anxiety 9 of 10, found again")]
#[case::sedation(vec![sedation(2)], "MOAA/S 2 only after mild prodding")]
#[case::dissociation(vec![Observation::Dissociation(3.try_into().expect("a grade"))], "Dissociation 3 no contact")]
#[case::vomiting(vec![Observation::Vomiting], "Vomiting at T+10")]
#[case::vomiting_sedated(vec![sedation(3), Observation::Vomiting], "Vomiting at T+10, MOAA/S 3")]
#[case::sign(vec![Observation::Seen(Sign::ChestPain)], "Chest pain at T+10")]
fn what_was_seen(#[case] seen: Vec<Observation>, #[case] expected: &str) {
    let mut visit = started();
    for observation in seen {
        visit.sees(observation);
    }
    assert_eq!(headline(&visit), expected);
}

#[test]
fn before_the_start_there_is_no_baseline_and_no_minute() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.vitals("164/104 72 98");
    assert_eq!(headline(&visit), "BP 164/104");
    visit.does(&Command::Acknowledge(top(&visit)));
    visit.sees(Observation::Vomiting);
    assert_eq!(headline(&visit), "Vomiting before the start");
}

#[test]
fn nausea_that_lasts_says_for_how_long() {
    let mut visit = started();
    visit.sees(nausea(1));
    visit.wait_min(2);
    visit.does(&Command::Acknowledge(top(&visit)));
    visit.sees(nausea(1));
    visit.wait_min(10);
    assert_eq!(headline(&visit), "Nausea for 12 min, now 1 mild");
}

#[test]
fn a_settled_prompt_says_when_by_whom_and_when_to_look_again() {
    let mut visit = started();
    visit.vitals("164/101");
    visit.wait_ms(10 * SECOND_MS);
    visit.does(&Command::Acknowledge(top(&visit)));
    // Acknowledged at 14:20:10: the second look is due at 14:25:10, and the screen says 14:26.
    assert_eq!(settled(&visit), ["ACK 14:20 JD, look again 14:26 - BP 164/101 (baseline 124/78)"]);
}

#[test]
fn call_cards() {
    let before = Visit::open("Ana Ruiz");
    let mut quiet = started();
    quiet.pump(PumpAct::Pause);
    quiet.wait_min(2);
    let mut high = started();
    high.vitals("184/112 88 97 14");
    high.sees(nausea(2));
    high.does(&Command::Answer { prompt: top(&high), response: 2 });
    let mut after = whole();
    after.wait_min(1);
    let rehearsal = Visit::open_at("Patient R1", crate::visit::OPENED_UTC_MS, true);
    let cards = [card(&before), card(&quiet), card(&high), card(&infusing()), card(&after), card(&rehearsal)];
    insta::assert_snapshot!(cards.join("\n\n"));
}

#[rstest::rstest]
#[case(Check::Baseline, None, true, false, "Baseline BP before the start")]
#[case(Check::Vitals, Some(4 * MINUTE_MS), false, false, "BP due in 4 min")]
#[case(Check::Vitals, Some(1), false, false, "BP due in 1 min")]
#[case(Check::Vitals, Some(0), true, false, "BP due")]
#[case(Check::Vitals, Some(-3 * MINUTE_MS - 59_000), true, true, "BP overdue 3 min")]
#[case(Check::Mark(Mark::End), Some(MINUTE_MS + 1), false, false, "BP at END due in 2 min")]
#[case(Check::Mark(Mark::AfterEnd(15)), Some(-MINUTE_MS), true, false, "BP at END+15 due")]
#[case(Check::Mark(Mark::Discharge), None, false, false, "BP before leaving")]
#[case(Check::Look, Some(2 * MINUTE_MS), false, false, "look due in 2 min")]
#[case(Check::Look, Some(0), true, false, "look due")]
#[case(Check::Look, None, true, false, "look due")]
fn checks_due(
    #[case] check: Check,
    #[case] at_ms: Option<i64>,
    #[case] due: bool,
    #[case] overdue: bool,
    #[case] expected: &str,
) {
    assert_eq!(words::due(&Due { check, at_ms, due, overdue }, 0), expected);
}

#[test]
fn lacking() {
    assert_eq!(words::lacking(&[]), None);
    let said = words::lacking(&[ReadingKind::HeartRate, ReadingKind::Spo2]);
    assert_eq!(said.as_deref(), Some("needs HR, SpO2"));
}

#[test]
fn owed_reasons_ask_about_what_happened() {
    let mut visit = Visit::open("Ana Ruiz");
    visit.pump(PumpAct::Start);
    visit.wait_min(10);
    visit.vitals("x 72 x");
    visit.did(7 * MINUTE_MS, &Command::Observe(nausea(1)));
    visit.does(&Command::Answer { prompt: top(&visit), response: 0 });
    visit.pump(PumpAct::End);
    visit.wait_min(20);
    let session = &visit.session;
    let mut asked: Vec<String> = session.state().owed.iter().map(|reason| words::owed(reason, session)).collect();
    asked.sort();
    assert_eq!(
        asked,
        [
            "BP, SpO2 not taken at T+10: why?",
            "Infusion ended - before the planned time: why?",
            "Infusion started - no baseline within the protocol's time: why?",
            "Nausea 1 mild - entered 7 min afterwards: why?",
            "Prompt nausea-mild declined or not applicable: why?",
            "The reading at END was missed: why?",
        ]
    );
    let first = |about, owed| words::quick_reasons_for(&OwedReason { about, owed }, session).first().copied();
    assert_eq!(first(2, Owed::Deviation), Some("clinician's instruction"));
    assert_eq!(first(99, Owed::Deviation), Some("clinician's instruction"));
    assert_good(&words::owed(&OwedReason { about: 99, owed: Owed::Late }, session));
}

fn after(visit: &Visit) -> Vec<String> {
    words::after_lines(&visit.protocol, &visit.session, &visit.guidance(), &visit.zone, ClockStyle::H12)
}

#[test]
fn without_an_end_it_says_why_there_are_no_times() {
    let mut visit = Visit::open("Ana Ruiz");
    let waiting = after(&visit);
    visit.pump(PumpAct::Start);
    visit.wait_min(20);
    let running = after(&visit);
    visit.does(&Command::Leave(bedside::session::Leaving::AgainstAdvice));
    let gone = after(&visit);
    let mut closed = Visit::open("Ana Ruiz");
    closed.does(&Command::CloseWithoutInfusion { reason: "no ride".into() });
    let mut never = Visit::open("Ana Ruiz");
    never.does(&Command::Leave(bedside::session::Leaving::AgainstAdvice));
    insta::assert_snapshot!([waiting, running, gone, after(&closed), after(&never)].concat().join("\n"));
}

#[test]
fn a_sedating_drug_leaves_the_time_to_the_clinician_and_keeps_the_floor() {
    let mut visit = started();
    visit.wait_min(15);
    visit.pump(PumpAct::Pause);
    visit.wait_min(2);
    visit.pump(PumpAct::End);
    let midazolam = DrugGiven {
        drug: "midazolam".into(),
        dose: "1 mg".into(),
        given_by: "Dr Lee".into(),
        ordered_by: "Dr Lee".into(),
        sedating: true,
    };
    visit.does(&Command::Drug(Box::new(midazolam)));
    let lines = after(&visit);
    for line in &lines {
        assert_good(line);
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_staircase_says_what_it_is() {
    let zone = new_york();
    let staircase = Staircase { half_life_h: 2.2, now: 1.0, at_end_of_given: 0.9, steps: Vec::new() };
    assert_eq!(words::staircase_caption(&staircase), "simple model, half-life 2.2 h; not a measure of fitness");
    let step = Step { utc_ms: crate::visit::OPENED_UTC_MS, share: 0.5, hours: None };
    assert_eq!(words::staircase_step(&step, &zone, H24), "14:05 50 %");
    let left = [1.0, 0.3886, 0.0228, 0.0099, 0.0, f64::NAN].map(words::share_left);
    assert_eq!(left[..5], ["100 %", "39 %", "2 %", "1 %", "below 1 %"]);
}

#[test]
fn gate_evidence() {
    let visit = whole();
    let guidance = visit.guidance();
    let nothing = [
        Evidence::None,
        Evidence::Grade(Scale::Sedation, None),
        Evidence::Nausea(None, None),
        Evidence::BloodPressure { last: None, baseline: None },
        Evidence::BloodPressure { last: guidance.history.baseline, baseline: guidance.history.baseline },
        Evidence::BloodPressure { last: guidance.history.baseline, baseline: None },
        Evidence::HeartAndBreathing([None; 3]),
        Evidence::HeartAndBreathing([guidance.history.baseline.map(|taken| (72, taken)), None, None]),
        Evidence::SinceEnd { since_ms: None, asked_min: None },
        Evidence::SinceEnd { since_ms: Some(72 * MINUTE_MS), asked_min: Some(120) },
        Evidence::Ride(None),
        Evidence::Guidance { given: None, changed_since: false },
        Evidence::Guidance {
            given: Some(At { session_ms: 0, utc_ms: crate::visit::OPENED_UTC_MS }),
            changed_since: true,
        },
    ];
    let told = guidance.gate.iter().map(|item| &item.evidence).chain(&nothing);
    let lines: Vec<String> = told.map(|evidence| words::evidence(evidence, &visit.zone, H24, visit.now())).collect();
    for line in &lines {
        assert_good(line);
    }
    insta::assert_snapshot!(lines.join("\n"));
}

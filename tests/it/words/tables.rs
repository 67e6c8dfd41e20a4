//! One sentence for every variant: none panics, none is empty, and a person reads them here all at once.

use std::fmt::Write as _;

use bedside::protocol::{
    LimitKind, Limits, Priority, ReadingKind, Scale, ScreeningKind, Sign, Vital, faults_of_limits,
};
use bedside::session::vitals_line::{self, LineFault};
use bedside::session::{
    Actor, AwayCause, Change, CheckedBack, Comfort, ComfortPlan, Deviation, Diastolic, DoseUg, Doubt, DurationMin,
    Event, GateAnswer, HeartRate, LastValues, Leaving, LimitsSet, Mark, Moaas, Nausea, Observation, OutOfRange, Owed,
    Phase, PromptId, ProtocolCopy, PumpAct, PumpState, Quantity, Rate, Refusal, Reversed, Role, Scores, Screened,
    Screening, Signature, Since, Systolic, Vitals, WeightG, Wish, doubts,
};
use bedside::words;

use super::assert_good;
use crate::afternoon::{ana, nausea, ondansetron, sedation};

/// A table of what was asked and what was answered; each answer must be a good sentence.
fn table<T: std::fmt::Debug>(cases: &[T], words: impl Fn(&T) -> String) -> String {
    let mut out = String::new();
    for case in cases {
        let said = words(case);
        assert_good(&said);
        writeln!(out, "{said}").expect("a string");
    }
    out
}

const ACTS: [PumpAct; 4] = [PumpAct::Start, PumpAct::Pause, PumpAct::Resume, PumpAct::End];
const STATES: [PumpState; 4] = [PumpState::Waiting, PumpState::Running, PumpState::Paused, PumpState::Ended];

#[test]
fn refusals() {
    let order = ACTS.iter().flat_map(|act| STATES.map(|state| Refusal::PumpOrder { act: act.clone(), state }));
    let rate = Rate { thousandths: 1000, unit: String::new() };
    let rates = STATES.map(|state| Refusal::PumpOrder { act: PumpAct::Rate { from: None, to: rate.clone() }, state });
    let others = [
        Refusal::PatientHasLeft,
        Refusal::NotOver,
        Refusal::SignedAlready,
        Refusal::RecordSigned,
        Refusal::InTheFuture,
        Refusal::LongBeforeOpening,
        Refusal::NoSuchEntry { about: 12 },
        Refusal::WithdrawnAlready { about: 12 },
        Refusal::CannotChange { about: 1 },
        Refusal::OtherKind,
        Refusal::NothingChanged,
        Refusal::NoWords,
        Refusal::NotOwed,
        Refusal::RaisedAlready,
        Refusal::NotRaised,
        Refusal::NoSuchResponse { response: 7 },
        Refusal::NoCall,
        Refusal::NoSuchGateItem,
        Refusal::InfusionStarted,
        Refusal::MissedAlready,
        Refusal::SteppedOutAlready,
        Refusal::NotOut,
        Refusal::SignedOnAlready,
        Refusal::BeforeLastTurn,
        Refusal::SameLimits,
        Refusal::NoSuchLimit { vital: Vital::Spo2, kind: LimitKind::NotifyAtLeast },
        Refusal::ProtocolFaulty,
        Refusal::ProtocolInForce,
        Refusal::ShorterThanInfused { infused_min: 31 },
    ];
    let all: Vec<Refusal> = order.chain(rates).chain(others).chain(limits()).collect();
    insta::assert_snapshot!(table(&all, words::refusal));
}

/// Limits that cannot stand, each kind of fault once.
fn limits() -> impl Iterator<Item = Refusal> {
    let both = |notify_at_least, notify_at_most, clears_within| Limits {
        notify_at_least: Some(notify_at_least),
        notify_at_most: Some(notify_at_most),
        clears_within,
        ..Limits::default()
    };
    let percent = Limits { notify_over_baseline_percent: Some(500), ..Limits::default() };
    let faulty = [
        (Vital::Systolic, both(120, 120, 5)),
        (Vital::Spo2, both(200, 90, 0)),
        (Vital::HeartRate, both(62, 60, 3)),
        (Vital::Diastolic, percent),
    ];
    faulty.into_iter().flat_map(|(vital, limits)| {
        let faults = faults_of_limits(vital, &limits);
        assert!(!faults.is_empty(), "{vital:?} {limits:?} could stand");
        faults.into_iter().map(move |fault| Refusal::Limits { vital, fault })
    })
}

#[test]
fn line_faults() {
    let lines = [
        "",
        "12080",
        "9060",
        "120100",
        "99999",
        "1208072",
        "128",
        "80/128",
        "120/120",
        "29/128",
        "29/10",
        "301/80",
        "120/9",
        "120/80 301",
        "120/80 72 101",
        "120/80 72 98 81",
        "120/80 72 98 14 98.6",
        "120/80 72 98 14 24.9",
        "120/80 72 98 14 36 5",
        "abc",
        "120/8o",
        "120/80 99999999999999999999999999",
    ];
    let typed: Vec<LineFault> = lines.iter().map(|line| vitals_line::parse(line).expect_err("refused")).collect();
    insta::assert_snapshot!(table(&typed, words::line_fault));
}

#[test]
fn faults_that_no_line_gives_have_their_sentence_too() {
    let quantities = [
        Quantity::Systolic,
        Quantity::Diastolic,
        Quantity::HeartRate,
        Quantity::Spo2,
        Quantity::RespiratoryRate,
        Quantity::TemperatureTenthsCel,
        Quantity::WeightG,
        Quantity::DoseUg,
        Quantity::DurationMin,
        Quantity::Nausea,
        Quantity::Anxiety,
        Quantity::Dissociation,
        Quantity::Moaas,
        Quantity::Pain,
    ];
    for quantity in quantities {
        assert_good(&words::line_fault(&LineFault::OutOfRange(OutOfRange { quantity, value: -1, min: 0, max: 5 })));
    }
    let said = |fault: OutOfRange| words::line_fault(&LineFault::OutOfRange(fault));
    assert_eq!(
        said(WeightG::try_from(12_350).expect_err("too light")),
        "Weight 12.35 kg cannot be: type a value from 20 to 350 kg."
    );
    assert_eq!(
        said(DoseUg::try_from(0).expect_err("nothing")),
        "Dose 0 mg cannot be: type a value from 0.001 to 1000 mg."
    );
    assert_eq!(said(Moaas::try_from(6).expect_err("no such grade")), "MOAA/S 6 cannot be: type a value from 0 to 5.");
    assert_eq!(
        said(HeartRate::try_from(-7).expect_err("negative")),
        "Heart rate -7/min cannot be: type a value from 0 to 300/min."
    );
    let reversed = LineFault::Reversed(Reversed { systolic: 5, diastolic: 400 });
    assert_eq!(words::line_fault(&reversed), "Diastolic 400 is not below systolic 5: type both again.");
    let hostile = LineFault::NotANumber { token: "\u{1b}[31m\u{202e}".repeat(40) };
    assert_good(&words::line_fault(&hostile));
    let (sys, dia) = (Systolic::MAX, Diastolic::MAX);
    assert_eq!((sys, dia), (300, 220), "the ranges that the sentences name");
}

#[test]
fn doubts_ask_about_each_reading_once() {
    let asked = |line: &str| {
        let vitals = vitals_line::parse(line).expect("a line");
        words::doubt(&doubts(&vitals, &LastValues::default()), &vitals)
    };
    assert_eq!(asked("280/101"), "BP 280/101: as read?");
    assert_eq!(asked("280/120 140 80 30 41"), "BP 280/120, HR 140, SpO2 80 %, RR 30, Temp 41.0 C: as read?");
    assert_eq!(words::doubt(&[], &Vitals::default()), "As read?");
    assert_eq!(words::doubt(&[Doubt::Spo2], &Vitals::default()), "As read?");
}

fn observations() -> Vec<Event> {
    let mut all = vec![Observation::Vomiting, Observation::RestingNotRoused, Observation::Looked];
    all.extend((0..=3).map(nausea));
    all.extend((0..=3).map(|grade| Observation::Dissociation(grade.try_into().expect("a grade"))));
    all.extend((0..=5).rev().map(sedation));
    all.extend([0, 10].map(|grade| Observation::Anxiety(grade.try_into().expect("a grade"))));
    all.extend([0, 10].map(|grade| Observation::Pain(grade.try_into().expect("a grade"))));
    all.extend(Sign::ALL.map(Observation::Seen));
    all.into_iter().map(|observation| Event::ObservationRecorded { observation }).collect()
}

fn measurements() -> Vec<Event> {
    let lines = ["164/101 88 97 14", "128/80", "x 72", "? 72 98", "128/80 x 98 ?", "128/80 0 0 0 36.8"];
    let read = |line: &&str| (vitals_line::parse(line).expect("a line"), (*line).to_owned());
    let taken = lines.iter().map(read);
    let taken = taken.map(|(vitals, typed)| Event::VitalsRecorded { vitals, typed, doubts: Vec::new() });
    let empty = Event::VitalsRecorded { vitals: Vitals::default(), typed: String::new(), doubts: Vec::new() };
    taken.chain([empty]).collect()
}

const DEVIATIONS: [Deviation; 8] = [
    Deviation::NoBaseline,
    Deviation::BaselineOverLimit,
    Deviation::EndedEarly,
    Deviation::GateOpen,
    Deviation::NoEnd,
    Deviation::ObservedShort,
    Deviation::ScreeningYes,
    Deviation::ScreeningOpen,
];
const COMFORTS: [Comfort; 8] = [
    Comfort::ShadesOn,
    Comfort::ShadesOff,
    Comfort::Music,
    Comfort::Light,
    Comfort::Position,
    Comfort::Water,
    Comfort::Bathroom,
    Comfort::HandHeld,
];
const OWED: [Owed; 5] = [Owed::Deviation, Owed::NotTaken, Owed::Late, Owed::MissedMark, Owed::Declined];
const PRIORITIES: [Priority; 4] = [Priority::Prompt, Priority::Low, Priority::Medium, Priority::High];
const CAUSES: [AwayCause; 4] = [AwayCause::Left, AwayCause::Crash, AwayCause::Reboot, AwayCause::Suspended];

fn leavings() -> [Leaving; 4] {
    let to = |to: &str| Leaving::Transferred { to: to.into() };
    [Leaving::Discharged, Leaving::AgainstAdvice, to("County Hospital"), to("")]
}

fn answers() -> [GateAnswer; 4] {
    [
        GateAnswer::Met { name: None },
        GateAnswer::Met { name: Some("Maria".into()) },
        GateAnswer::NotMet,
        GateAnswer::Overridden { by: "Dr Lee".into(), reason: "walks with a stick".into() },
    ]
}

fn course() -> Vec<Event> {
    let rate = |thousandths, unit: &str| Rate { thousandths, unit: unit.into() };
    let mut all = vec![
        Event::InfusionStarted { route: bedside::protocol::Route::Iv, deviations: Vec::new() },
        Event::InfusionStarted { route: bedside::protocol::Route::Iv, deviations: DEVIATIONS.to_vec() },
        Event::InfusionPaused,
        Event::InfusionResumed,
        Event::RateChanged { from: Some(rate(60_000, "ml/h")), rate: rate(37_500, "ml/h") },
        Event::RateChanged { from: None, rate: rate(5, "") },
        Event::InfusionExtended { planned_min: DurationMin::try_from(55).expect("a duration"), doubts: Vec::new() },
        Event::PumpStillRunning,
        Event::InfusionStarted { route: bedside::protocol::Route::Nasal, deviations: Vec::new() },
        Event::InfusionEnded { route: bedside::protocol::Route::Nasal, deviations: Vec::new() },
        Event::InfusionStarted { route: bedside::protocol::Route::Im, deviations: Vec::new() },
        Event::InfusionEnded { route: bedside::protocol::Route::Im, deviations: Vec::new() },
        Event::InfusionStarted { route: bedside::protocol::Route::Oral, deviations: Vec::new() },
        Event::InfusionEnded { route: bedside::protocol::Route::Oral, deviations: Vec::new() },
        Event::InfusionEnded { route: bedside::protocol::Route::Iv, deviations: Vec::new() },
        Event::InfusionEnded { route: bedside::protocol::Route::Iv, deviations: vec![Deviation::EndedEarly] },
        Event::PatientReady,
        Event::ClosedWithoutInfusion { reason: "prescriber's decision".into() },
        Event::PatientLeft { how: Leaving::Discharged, deviations: vec![Deviation::GateOpen], check_back_at: None },
    ];
    all.extend(leavings().map(|how| Event::PatientLeft { how, deviations: Vec::new(), check_back_at: None }));
    all
}

fn corrections() -> Vec<Event> {
    let mild = || Some(Box::new(Event::ObservationRecorded { observation: nausea(1) }));
    let amended = |observed_at, event| Event::EntryAmended { about: 12, observed_at, event, reason: "typo".into() };
    let mut all = vec![
        Event::ValueConfirmed { about: 12 },
        amended(None, mild()),
        amended(Some(0), None),
        amended(Some(0), mild()),
        Event::EntryWithdrawn { about: 12, reason: "typo".into() },
    ];
    all.extend(OWED.map(|owed| Event::ReasonGiven { about: 12, owed, reason: "resting undisturbed".into() }));
    all
}

fn console() -> Vec<Event> {
    let prompt = |round| PromptId { rule: "blood-pressure".into(), cause: 12, round };
    let mut all: Vec<Event> =
        PRIORITIES.map(|priority| Event::PromptRaised { prompt: prompt(0), priority, from: None }).to_vec();
    all.push(Event::PromptRaised { prompt: prompt(1), priority: Priority::Medium, from: None });
    let up = PromptId { rule: "blood-pressure-call".into(), ..prompt(0) };
    all.push(Event::PromptRaised { prompt: up, priority: Priority::High, from: Some(prompt(1)) });
    let changes = [Change::Better, Change::Same, Change::Worse];
    all.extend(changes.map(|change| Event::LookedAgain { prompt: prompt(0), change }));
    all.push(Event::PromptAcknowledged { prompt: prompt(0) });
    all.push(Event::PromptAnswered { prompt: prompt(0), response: 1, text: "Clinician told".into(), comfort: None });
    all.push(Event::PromptAnswered { prompt: prompt(0), response: 0, text: String::new(), comfort: None });
    all.extend(
        [Mark::AfterStart(40), Mark::End, Mark::AfterEnd(15), Mark::Discharge].map(|mark| Event::MarkMissed { mark }),
    );
    all.extend(answers().map(|answer| Event::GateAnswered {
        item: "ride".into(),
        answer,
        against: None,
        word_on: None,
    }));
    all.push(Event::GuidanceGiven { no_driving_until: Some(0) });
    all.push(Event::GuidanceGiven { no_driving_until: None });
    all.extend(CAUSES.map(|cause| Event::ConsoleReturned { cause, away_ms: 190_000 }));
    all.extend([Event::ConsoleLeft, Event::ClockStepped { by_ms: 125_000 }, Event::ClockStepped { by_ms: i64::MIN }]);
    all.extend(relief());
    all.extend(asked());
    all.push(Event::Unknown { kind: "infusion_doubled".into() });
    all
}

/// Who sits, and what a named person decides about the rules.
fn relief() -> [Event; 8] {
    let sitter = Actor { id: "sb".into(), name: "Sitter B".into(), role: Role::Sitter };
    let limits = [(LimitKind::NotifyAtLeast, 170), (LimitKind::NotifyOverBaselinePercent, 40)].into();
    let set = LimitsSet { vital: Vital::Systolic, limits, by: "Dr B".into(), reason: "usual for her".into() };
    let protocol = ProtocolCopy {
        name: "Standard IV, 40 minutes".into(),
        version: "2026.2".into(),
        fingerprint: String::new(),
        text: String::new(),
        route: bedside::protocol::Route::Iv,
    };
    [
        Event::SitterSteppedOut,
        Event::SitterReturned,
        Event::SitterSignedOn { sitter: sitter.clone(), without_pin: false },
        Event::SitterSignedOn { sitter, without_pin: true },
        Event::LimitsSet(Box::new(set)),
        Event::ProtocolAccepted { protocol: Box::new(protocol), by: "Dr B".into() },
        signed(Vec::new()),
        signed(vec!["1 reason owed".into(), "the end of the infusion".into()]),
    ]
}

fn signed(missing: Vec<String>) -> Event {
    Event::SessionSigned(Box::new(Signature {
        by: Actor { id: "sb".into(), name: "Sitter B".into(), role: Role::Sitter },
        meaning: words::signature_meaning(false).into(),
        covers: "0123456789abcdef".repeat(4),
        through: 61,
        missing,
        with_pin: false,
    }))
}

/// What was asked beside the infusion.
fn asked() -> Vec<Event> {
    let screened = |item: &str, about, answer, unchanged_since| {
        let (item, by) = (item.to_owned(), "Dr B".to_owned());
        Event::ScreeningAnswered(Box::new(Screened { item, about, answer, by, unchanged_since }))
    };
    let since = Since { session: uuid::Uuid::nil(), number: "1116-1".into(), by: "Dr A".into() };
    let scores = Scores {
        phq9: 14.try_into().ok(),
        phq9_item9: 1.try_into().ok(),
        gad7: 9.try_into().ok(),
        mood: 4.try_into().ok(),
    };
    let back = |answer: &str, reached, note: Option<&str>| {
        let (say, answer, by) = ("How was the night?".to_owned(), answer.to_owned(), "Ann Lee".to_owned());
        Event::CheckedBack(Box::new(CheckedBack {
            say,
            answer,
            reached,
            by,
            note: note.map(str::to_owned),
            self_harm: false,
        }))
    };
    vec![
        screened("ketamine-abuse", ScreeningKind::Contraindication, Screening::Yes, None),
        screened("alcohol", ScreeningKind::Interaction, Screening::Unknown, None),
        screened("liver", ScreeningKind::Contraindication, Screening::No, Some(since)),
        screened("thoughts", ScreeningKind::SelfHarm, Screening::No, None),
        Event::ScoresRecorded { scores },
        Event::ScoresRecorded { scores: Scores { phq9: None, gad7: None, mood: None, ..scores } },
        Event::PsychotherapyNoted { date: "2026-11-20".into() },
        back("Nothing reported", true, Some("slept well")),
        back("Not reached", false, None),
    ]
}

fn said_and_given() -> Vec<Event> {
    let bedside::session::Command::Drug(ondansetron) = ondansetron() else { unreachable!("it is a drug") };
    let unknown = bedside::session::DrugGiven {
        drug: "midazolam".into(),
        dose: String::new(),
        given_by: String::new(),
        ordered_by: String::new(),
        sedating: true,
    };
    let note = |text: &str, patients_words| Event::NoteTaken { text: text.into(), patients_words };
    let mut all = COMFORTS.map(|measure| Event::ComfortNoted { measure, deviations: Vec::new() }).to_vec();
    let refused = vec![Deviation::TouchRefused];
    all.push(Event::ComfortNoted { measure: Comfort::HandHeld, deviations: refused });
    let plan = ComfortPlan { touch: Some(Wish::As("hand only".into())), notes: Some(false), ..ComfortPlan::default() };
    all.extend([
        Event::ComfortPlanned(Box::new(plan)),
        Event::ComfortPlanned(Box::default()),
        Event::DrugGiven(ondansetron),
        Event::DrugGiven(Box::new(unknown)),
        note("sick bag at hand", false),
        note("It is all light", true),
        Event::ClinicianCalled {
            said: "BP 164/101 in Room 2".into(),
            rung: Some(2),
            whom: Some("Front desk, 201".into()),
        },
        Event::CallOver,
        Event::EmergencyBegan,
        Event::EmergencyMarked { mark: "Airway, breathing".into(), checklist: true },
        Event::EmergencyMarked { mark: "Help here".into(), checklist: false },
        Event::EmergencyEnded,
        Event::ClinicianCalled { said: String::new(), rung: None, whom: None },
        Event::ClinicianAnswered,
        Event::ClinicianArrived,
        Event::PatientDescribed(Box::new(ana())),
        Event::PatientDescribed(Box::default()),
    ]);
    all
}

#[test]
fn events() {
    let all = [course(), measurements(), observations(), said_and_given(), corrections(), console()].concat();
    insta::assert_snapshot!(table(&all, words::event));
}

#[test]
fn the_comfort_plan_at_the_moment_of_need() {
    let wish = |text: &str| Some(Wish::As(text.into()));
    let full = ComfortPlan {
        touch: wish("hand only"),
        music: Some(Wish::Yes),
        light: wish("dim"),
        words: Some("you are here, breathe".into()),
        intention: Some("letting go".into()),
        notes: Some(false),
    };
    let refused = ComfortPlan { touch: Some(Wish::No), music: Some(Wish::No), ..ComfortPlan::default() };
    let agreed = ComfortPlan { touch: Some(Wish::Yes), ..ComfortPlan::default() };
    let music_only = ComfortPlan { music: wish("cello"), ..ComfortPlan::default() };
    let all = [full, refused, agreed, music_only, ComfortPlan::default()];
    insta::assert_snapshot!(table(&all, |plan| words::plan_line(plan, None)));
    // What an older record has in free words is shown as it was noted, and agrees to nothing.
    let noted = words::plan_line(&ComfortPlan::default(), Some("touch: hand only; music yes"));
    assert_eq!(noted, "Touch not asked: ask first. Noted: touch: hand only; music yes.");
}

#[test]
fn text_that_would_move_a_terminal_does_not_reach_a_line() {
    let hostile = "\u{1b}]52;c;aGk=\u{7}\u{202e}\n\u{9b}2J".to_owned();
    let event = Event::NoteTaken { text: hostile.clone(), patients_words: false };
    assert_good(&words::event(&event));
    assert_good(&words::event(&Event::Unknown { kind: hostile }));
}

#[test]
fn names() {
    for scale in Scale::ALL {
        assert_good(words::scale_name(scale));
        for grade in 0..=scale.max() {
            assert_good(&words::grade(scale, grade));
        }
    }
    for vital in &Vital::ALL {
        assert_good(words::vital_short(*vital));
    }
    for kind in &ReadingKind::ALL {
        assert_good(words::reading_short(*kind));
    }
    for sign in &Sign::ALL {
        assert_good(words::sign_name(*sign));
    }
    for comfort in &COMFORTS {
        assert_good(words::comfort_name(*comfort));
    }
    for deviation in &DEVIATIONS {
        assert_good(words::deviation_sentence(*deviation));
    }
    for owed in &OWED {
        assert_good(words::owed_name(*owed));
    }
    for priority in &PRIORITIES {
        assert_good(words::priority_name(*priority));
    }
    for cause in &CAUSES {
        assert_good(words::away_cause_name(*cause));
    }
    for act in &ACTS {
        assert_good(words::pump_act_name(act));
    }
    for state in &STATES {
        assert_good(words::pump_state_name(*state));
    }
    for role in [Role::Sitter, Role::Clinician, Role::Console] {
        assert_good(words::role_name(role));
    }
    let phases = [Phase::Preparation, Phase::Infusion, Phase::Recovery, Phase::Closed];
    for phase in &phases {
        assert_good(&words::phase_name(phase));
    }
    for how in leavings() {
        assert_good(&words::phase_name(&Phase::Left(how)));
    }
    for answer in answers() {
        assert_good(&words::gate_answer(&answer));
        assert_good(words::gate_answer_word(Some(&answer)));
    }
    assert_good(words::gate_answer_word(None));
    assert_eq!(PRIORITIES.map(words::priority_mark), ["", "! ", "!! ", "!!! "]);
    assert_eq!(words::grade(Scale::Sedation, 4), "MOAA/S 4 lethargic response to name");
    assert_eq!(words::grade(Scale::Anxiety, Nausea::MAX as u8), "anxiety 3 of 10");
}

#[test]
fn every_owed_reason_has_its_quick_answers() {
    for owed in OWED {
        for deviation in DEVIATIONS {
            let reasons = words::quick_reasons(owed, &[deviation]);
            assert!((1..=8).contains(&reasons.len()), "{owed:?} {deviation:?}");
            for reason in reasons {
                assert_good(reason);
            }
        }
        assert!(!words::quick_reasons(owed, &[]).is_empty());
    }
    for reasons in [words::correction_reasons(), words::closing_reasons()] {
        assert!((1..=8).contains(&reasons.len()));
        for reason in reasons {
            assert_good(reason);
        }
    }
}

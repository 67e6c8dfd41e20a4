//! Whatever a sitter does, every line that follows may stand: nothing forbidden, nothing empty, nothing that moves a
//! terminal.

use bedside::export;
use bedside::guidance::{Alarms, Brief};
use bedside::protocol::{LimitKind, ScreeningKind, Sign, Vital};
use bedside::session::{
    Actor, Check, CheckedBack, Comfort, ComfortPlan, Command, DrugGiven, DurationMin, GateAnswer, Leaving, LimitsSet,
    MINUTE_MS, Observation, PumpAct, Rate, Role, Scores, Screened, Screening, Since, Wish, vitals_line,
};
use bedside::words::{self, ClockStyle};
use proptest::prelude::*;

use super::faults;
use crate::visit::{OPENED_UTC_MS, Visit};

/// Something a sitter may try, possible or not; the prompt meant is the one on top.
#[derive(Debug, Clone)]
enum Try {
    Wait(i64),
    Command(i64, Command),
    Answer(u8),
    Acknowledge,
    Amend(u64, i64),
}

fn observation() -> impl Strategy<Value = Observation> {
    prop_oneof![
        (0i64..=3).prop_map(|g| Observation::Nausea(g.try_into().expect("a grade"))),
        (0i64..=10).prop_map(|g| Observation::Anxiety(g.try_into().expect("a grade"))),
        (0i64..=3).prop_map(|g| Observation::Dissociation(g.try_into().expect("a grade"))),
        (0i64..=5).prop_map(|g| Observation::Sedation(g.try_into().expect("a grade"))),
        (0i64..=10).prop_map(|g| Observation::Pain(g.try_into().expect("a grade"))),
        Just(Observation::Vomiting),
        Just(Observation::Looked),
        proptest::sample::select(&Sign::ALL[..]).prop_map(Observation::Seen),
    ]
}

fn vitals() -> impl Strategy<Value = Command> {
    let token = || prop_oneof![Just("x".to_owned()), Just("?".to_owned()), (0i64..=100).prop_map(|n| n.to_string())];
    let pressure =
        prop_oneof![Just("x".to_owned()), Just("?".to_owned()), (60i64..=300).prop_map(|s| format!("{s}/50"))];
    (pressure, token(), token()).prop_map(|(pressure, rate, spo2)| {
        let typed = format!("{pressure} {rate} {spo2}");
        Command::Vitals { vitals: vitals_line::parse(&typed).expect("in range"), typed }
    })
}

fn pump() -> impl Strategy<Value = Command> {
    let rate = |thousandths| Rate { thousandths, unit: "ml/h".into() };
    let acts = vec![
        PumpAct::Start,
        PumpAct::Start,
        PumpAct::Pause,
        PumpAct::Resume,
        PumpAct::Rate { from: Some(rate(60_000)), to: rate(30_000) },
        PumpAct::End,
    ];
    proptest::sample::select(acts).prop_map(Command::Pump)
}

fn rest() -> impl Strategy<Value = Command> {
    let drug = |sedating| {
        let (drug, dose) = ("ondansetron".to_owned(), "4 mg".to_owned());
        Command::Drug(Box::new(DrugGiven {
            drug,
            dose,
            given_by: String::new(),
            ordered_by: "Dr Lee".into(),
            sedating,
        }))
    };
    let reason = || "typed wrong".to_owned();
    prop_oneof![
        any::<bool>().prop_map(drug),
        Just(Command::Comfort(Comfort::ShadesOn)),
        Just(Command::Comfort(Comfort::HandHeld)),
        Just(Command::PlanComfort(Box::new(ComfortPlan { touch: Some(Wish::No), ..ComfortPlan::default() }))),
        Just(Command::PutOff { check: Check::Vitals, until: OPENED_UTC_MS + 30 * MINUTE_MS, reason: "asleep".into() }),
        any::<bool>().prop_map(|patients_words| Command::Note { text: "a word".into(), patients_words }),
        (1u64..40).prop_map(move |about| Command::Withdraw { about, reason: reason() }),
        (1u64..40).prop_map(|about| Command::Confirm { about }),
        (1i64..100).prop_map(|min| Command::Extend(DurationMin::try_from(min).expect("a duration"))),
        Just(Command::Call { said: "please come".into(), rung: None, whom: None }),
        Just(Command::CallAnswered),
        Just(Command::CallOver),
        Just(Command::BeginEmergency),
        Just(Command::MarkEmergency { mark: "Help here".into(), checklist: false }),
        Just(Command::EndEmergency),
        Just(Command::AnswerGate { item: "ride".into(), answer: GateAnswer::NotMet, against: None }),
        Just(Command::GiveGuidance { no_driving_until: None }),
        proptest::sample::select(asked()),
        Just(Command::Leave(Leaving::AgainstAdvice)),
        proptest::sample::select(relief()),
    ]
}

/// The screening, scores, psychotherapy, the day after.
fn asked() -> Vec<Command> {
    let screen = |item: &str, answer, unchanged_since| {
        let (item, by, about) = (item.to_owned(), "Dr B".to_owned(), ScreeningKind::Interaction);
        Command::Screen(Box::new(Screened { item, about, answer, by, unchanged_since }))
    };
    let since = Since { session: uuid::Uuid::nil(), number: "1116-1".into(), by: "Dr A".into() };
    let back = |reached| {
        let (say, answer, by) = ("How was the night?".to_owned(), "Nothing reported".to_owned(), "Ann Lee".to_owned());
        Command::CheckBack(Box::new(CheckedBack {
            say,
            answer,
            reached,
            by,
            note: Some("slept".into()),
            self_harm: false,
        }))
    };
    vec![
        screen("liver", Screening::No, Some(since)),
        screen("thoughts", Screening::Yes, None),
        screen("alcohol", Screening::Unknown, None),
        screen("no-such-item", Screening::Yes, None),
        Command::Score(Scores { phq9_item9: 1.try_into().ok(), mood: 4.try_into().ok(), ..Scores::default() }),
        Command::Score(Scores::default()),
        Command::NotePsychotherapy { date: "2026-11-20".into() },
        back(false),
        back(true),
    ]
}

/// Who sits, and limits for this patient.
fn relief() -> Vec<Command> {
    let set = |vital, kind, value| {
        let (limits, by, reason) = ([(kind, value)].into(), "Dr B".to_owned(), "usual for her".to_owned());
        Command::SetLimits(Box::new(LimitsSet { vital, limits, by, reason }))
    };
    let next = Actor { id: "sb".into(), name: "Sitter B".into(), role: Role::Sitter };
    vec![
        Command::StepOut,
        Command::ComeBack,
        Command::SignOn { sitter: next, without_pin: false },
        set(Vital::Systolic, LimitKind::NotifyAtLeast, 170),
        set(Vital::Systolic, LimitKind::NotifyAtLeast, 190),
        set(Vital::Spo2, LimitKind::CallAtMost, 80),
        set(Vital::HeartRate, LimitKind::NotifyOverBaselinePercent, 20),
    ]
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let ago = prop_oneof![4 => Just(0), 1 => -2 * MINUTE_MS..20 * MINUTE_MS];
    let command = prop_oneof![3 => observation().prop_map(Command::Observe), 3 => vitals(), 2 => pump(), 2 => rest()];
    let one = prop_oneof![
        3 => (1i64..12).prop_map(Try::Wait),
        6 => (ago, command).prop_map(|(ago, command)| Try::Command(ago, command)),
        1 => (0u8..5).prop_map(Try::Answer),
        1 => Just(Try::Acknowledge),
        1 => (1u64..40, 0..20 * MINUTE_MS).prop_map(|(about, ago)| Try::Amend(about, ago)),
    ];
    prop::collection::vec(one, 1..14)
}

fn play(visit: &mut Visit, what: &Try) -> Option<String> {
    let top = visit.guidance().prompts.open.first().map(|prompt| prompt.id.clone());
    let (ago, command) = match (what, top) {
        (Try::Wait(minutes), _) => {
            visit.wait_ms(minutes * MINUTE_MS);
            return None;
        }
        (Try::Command(ago, command), _) => (*ago, command.clone()),
        (Try::Answer(response), Some(prompt)) => (0, Command::Answer { prompt, response: *response }),
        (Try::Acknowledge, Some(prompt)) => (0, Command::Acknowledge(prompt)),
        (Try::Answer(_) | Try::Acknowledge, None) => return None,
        (Try::Amend(about, ago), _) => {
            let observed_at = Some(visit.utc_ms() - ago);
            (0, Command::Amend { about: *about, observed_at, event: None, reason: "wrong time".into() })
        }
    };
    visit.attempt(ago, &command).err().map(|refusal| words::refusal(&refusal))
}

/// Every line that a screen would show of this moment.
fn lines(visit: &Visit, style: ClockStyle) -> Vec<String> {
    let (protocol, session, zone) = (&visit.protocol, &visit.session, &visit.zone);
    let guidance = visit.guidance();
    let prompts = guidance.prompts.open.iter().chain(&guidance.prompts.settled);
    let mut lines: Vec<String> = prompts
        .flat_map(|prompt| {
            let [long, short] = words::settled_lines(prompt, protocol, session, &guidance, zone, style);
            [words::headline(prompt, protocol, session, &guidance), long, short]
        })
        .collect();
    let card = words::call_card(protocol, session, &guidance, None, zone, style);
    assert!(card.spoken_words() <= words::MAX_SPOKEN_WORDS && card.spoken_ms() <= words::MAX_SPOKEN_MS, "{card:?}");
    lines.extend(
        card.spoken.into_iter().map(|(_, said)| said).chain([card.besides].into_iter().filter(|s| !s.is_empty())),
    );
    let due = [guidance.schedule.vitals, guidance.schedule.look];
    lines.extend(due.into_iter().flatten().map(|due| words::due(&due, guidance.now.session_ms)));
    lines.extend(words::lacking(&guidance.schedule.lacking));
    let brief = Brief::of(protocol, session, &guidance, zone);
    let brief = words::brief(&brief, protocol, session, &guidance, false, zone, style);
    lines.extend(brief.spoken.into_iter().chain(brief.read));
    lines.extend(words::absence(session, guidance.now.session_ms, zone, style));
    lines.extend(words::limits_line(&session.state().limits_set, zone, style));
    lines.extend(words::alarm_lines(&Alarms::of(session, guidance.now)));
    lines.extend(session.state().owed.iter().map(|reason| words::owed(reason, session)));
    lines.extend(words::after_lines(protocol, session, &guidance, zone, style));
    lines.extend(guidance.gate.iter().map(|item| words::evidence(&item.evidence, zone, style, guidance.now)));
    lines.extend(session.rows().map(|row| words::row(&row, zone, style)));
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_line_may_stand(tries in tries(), twelve: bool) {
        let style = if twelve { ClockStyle::H12 } else { ClockStyle::H24 };
        let mut visit = Visit::open_with("standard-iv-40");
        for what in &tries {
            if let Some(refused) = play(&mut visit, what) {
                prop_assert_eq!(faults(&refused), Vec::<String>::new());
            }
            for line in lines(&visit, style) {
                prop_assert_eq!(faults(&line), Vec::<String>::new());
            }
        }
        let page = export::text(&visit.protocol, &visit.session, &visit.zone, style);
        for line in page.lines().filter(|line| !line.is_empty()) {
            prop_assert_eq!(faults(line), Vec::<String>::new());
            prop_assert!(line.len() <= 80, "{}", line);
        }
        prop_assert_eq!(export::text(&visit.protocol, &visit.session, &visit.zone, style), page);
        let json = export::json(&visit.protocol, &visit.session, &visit.zone);
        prop_assert_eq!(json["entries"].as_array().map(Vec::len), Some(visit.session.entries().len()));
    }
}

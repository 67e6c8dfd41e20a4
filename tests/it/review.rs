//! What a review found: each as the keys that a sitter would press.

use bedside::console::keymap::Context;
use bedside::session::{Deviation, Event, Observation, Phase, Reading, SessionId};

use super::sim::{Sim, minutes};

fn running() -> Sim {
    let mut sim = Sim::new();
    sim.open().advance(2_000).press("v128/80 72 98 14<enter>ss<enter>").advance(2_000);
    sim
}

fn count(sim: &Sim, fits: impl Fn(&Event) -> bool) -> usize {
    sim.session().standing().filter(|row| fits(row.event)).count()
}

fn is_stepped(event: &Event) -> bool {
    matches!(event, Event::ClockStepped { .. })
}

fn is_look(event: &Event) -> bool {
    matches!(event, Event::ObservationRecorded { observation: Observation::Looked })
}

#[test]
fn a_wall_clock_set_back_by_hours_refuses_nothing() {
    let mut sim = running();
    sim.step_wall(-minutes(5 * 60)).press("l");
    assert_eq!((count(&sim, is_stepped), count(&sim, is_look)), (1, 1), "{}", sim.screen());
    sim.press("e-10<enter>l<esc>").advance(1_000);
    assert_eq!(count(&sim, is_look), 2, "{}", sim.screen());
}

#[test]
fn a_machine_that_comes_back_without_its_date_goes_on_recording() {
    let mut sim = running();
    let before: SessionId = sim.session().session_id();
    // Its battery is dead: the clock says 1970.
    sim.reboot(-bedside_utc(&sim)).press("l");
    assert_eq!(sim.session().session_id(), before);
    assert_eq!(count(&sim, is_look), 1, "{}", sim.screen());
    assert_eq!(count(&sim, |event| matches!(event, Event::ConsoleReturned { .. })), 1);
}

fn bedside_utc(sim: &Sim) -> i64 {
    sim.console().model().now.utc_ms
}

#[test]
fn more_than_four_hours_before_the_opening_is_still_refused() {
    let mut sim = running();
    sim.press("e-250<enter>l");
    assert_eq!(count(&sim, is_look), 0);
    assert!(sim.screen().contains("4 h before"), "{}", sim.screen());
}

/// Ended, every item of the gate met, the times told.
fn ready_to_leave() -> Sim {
    let mut sim = running();
    sim.advance(minutes(40)).press("se<enter>").advance(minutes(31)).press("v124/78 70 98 14<enter>").advance(2_000);
    sim.press("x");
    for _ in 0..15 {
        sim.press("m");
        let context = sim.console().model().context();
        sim.press(match context {
            Context::Form => "Dr. Lee<enter>",
            Context::Confirm => "y",
            _ => "",
        });
    }
    sim.press("<esc>").advance(1_000);
    sim
}

fn left_with(sim: &mut Sim) -> Vec<Deviation> {
    sim.press("xldy");
    assert!(matches!(sim.session().state().phase, Phase::Left(_)), "{}", sim.screen());
    let left = sim.session().standing().find_map(|row| match row.event {
        Event::PatientLeft { deviations, .. } => Some(deviations.clone()),
        _ => None,
    });
    left.unwrap()
}

#[test]
fn leaving_with_the_gate_met_is_no_deviation() {
    let mut sim = ready_to_leave();
    assert_eq!(left_with(&mut sim), [], "{}", sim.screen());
}

#[test]
fn times_that_changed_after_they_were_told_are_an_open_item_when_the_patient_leaves() {
    let mut sim = ready_to_leave();
    sim.press("glorazepam<enter>1 mg<enter>Jo Doe<enter>Dr. Lee<enter>").advance(1_000);
    assert!(sim.session().told_has_changed(&sim.console().model().live().unwrap().protocol));
    assert_eq!(left_with(&mut sim), [Deviation::GateOpen], "{}", sim.screen());
}

#[test]
fn an_amended_value_is_asked_about_as_a_new_one() {
    let mut sim = running();
    sim.press("v130/80 72 98 14<enter>").advance(1_000);
    let seq = sim.session().standing().rfind(|row| matches!(row.event, Event::VitalsRecorded { .. })).unwrap().item.seq;
    let above = sim.session().rows().rev().position(|row| row.item.seq == seq).unwrap();
    sim.press("e").press(&"<down>".repeat(above));
    sim.press("a190/80 72 98 14<enter>typing<enter>");
    assert_eq!(sim.session().state().unconfirmed, [seq], "{}", sim.screen());
    sim.press("y");
    assert_eq!(sim.session().state().unconfirmed, [0; 0], "{}", sim.screen());
}

#[test]
fn what_is_pasted_after_an_offer_to_swap_is_kept() {
    let mut sim = running();
    sim.press("v80/128<enter>");
    sim.console_mut().send(bedside::console::Msg::Paste("/72 98".into()));
    sim.press("<enter>");
    let read =
        |sim: &Sim| sim.session().standing().filter(|row| matches!(row.event, Event::VitalsRecorded { .. })).count();
    assert_eq!(read(&sim), 1, "the whole line is offered first: {}", sim.screen());
    sim.press("<enter>");
    let last = sim.session().standing().rev().find_map(|row| match row.event {
        Event::VitalsRecorded { vitals, .. } => Some(*vitals),
        _ => None,
    });
    let rate = last.unwrap().heart_rate.as_ref().and_then(Reading::value).map(bedside::session::HeartRate::get);
    assert_eq!((read(&sim), rate), (2, Some(72)), "{}", sim.screen());
}

#[test]
fn a_ten_can_be_entered_late() {
    let mut sim = running();
    sim.advance(minutes(10)).press("e-8<enter>a10");
    assert_eq!(
        count(
            &sim,
            |event| matches!(event, Event::ObservationRecorded { observation: Observation::Anxiety(ten) } if ten.get() == 10)
        ),
        1,
        "{}",
        sim.screen()
    );
}

#[test]
fn a_pause_that_was_forgotten_can_be_entered_after_the_end() {
    let mut sim = running();
    sim.advance(minutes(40)).press("se<enter>").advance(minutes(1));
    let infused = |sim: &Sim| sim.session().state().infusion.infused_ms(0) / minutes(1);
    assert_eq!(infused(&sim), 40);
    sim.press("e-20<enter>sp<enter><esc>e-15<enter>sr<enter><esc>");
    assert_eq!(infused(&sim), 35, "{}", sim.screen());
    assert!(!sim.session().state().infusion.ended_in_pause);
    // Without a late time the pump has ended, as before.
    sim.press("s");
    assert!(sim.screen().contains("ended"), "{}", sim.screen());
}

fn raised(sim: &Sim) -> usize {
    count(sim, |event| matches!(event, Event::PromptRaised { .. }))
}

fn is_open(sim: &Sim) -> bool {
    !sim.console().model().live().unwrap().guidance.prompts.open.is_empty()
}

/// What was acknowledged is what was seen then: what is worse signals again, and at once.
#[rstest::rstest]
#[case::sedation("m2", "m0")]
#[case::saturation("v128/80 72 90<enter><esc>", "v128/80 72 70<enter><esc>")]
#[case::pressure("v164/80 72 98<enter><esc>", "v174/80 72 98<enter><esc>")]
#[case::the_other_pressure("v164/80 72 98<enter><esc>", "v164/104 72 98<enter><esc>")]
#[case::the_other_way("v128/80 135 98<enter><esc>", "v128/80 38 98<enter><esc>")]
#[case::nausea("n2", "n3")]
fn worse_than_what_was_acknowledged_signals_again(#[case] first: &str, #[case] worse: &str) {
    let mut sim = running();
    sim.press(first).advance(1_000).press("k").advance(20_000);
    assert_eq!((raised(&sim), is_open(&sim)), (1, false), "{}", sim.screen());
    sim.press(worse).advance(1_000);
    assert_eq!((raised(&sim), is_open(&sim)), (2, true), "{}", sim.screen());
    // Once: and the second acknowledgement holds for it.
    sim.press("k").advance(20_000).press(worse).advance(1_000);
    assert_eq!((raised(&sim), is_open(&sim)), (2, false), "{}", sim.screen());
}

#[rstest::rstest]
#[case::the_same("v164/80 72 98<enter><esc>", "v164/80 72 98<enter><esc>")]
#[case::nearly_the_same("v164/80 72 98<enter><esc>", "v168/80 72 98<enter><esc>")]
#[case::better("m2", "m2")]
#[case::grade("n3", "n2")]
fn as_bad_as_what_was_acknowledged_stays_acknowledged(#[case] first: &str, #[case] then: &str) {
    let mut sim = running();
    sim.press(first).advance(1_000).press("k").advance(20_000).press(then).advance(1_000);
    assert_eq!((raised(&sim), is_open(&sim)), (1, false), "{}", sim.screen());
}

#[test]
fn nobody_leaves_before_the_end_that_is_recorded() {
    let mut sim = running();
    sim.advance(minutes(40)).press("se<enter>").advance(minutes(10)).press("e-20<enter>xlay");
    assert_eq!(sim.session().state().phase, Phase::Recovery, "{}", sim.screen());
    assert!(sim.screen().contains("before the recorded end"), "{}", sim.screen());
    sim.press("<esc><esc>e-4<enter>xlay");
    assert!(matches!(sim.session().state().phase, Phase::Left(_)), "{}", sim.screen());
}

fn answers(sim: &Sim) -> usize {
    count(sim, |event| matches!(event, Event::PromptAnswered { .. }))
}

#[test]
fn a_digit_answers_no_prompt_that_the_question_at_the_planned_end_hides() {
    let mut sim = running();
    sim.advance(minutes(39)).press("a2").advance(minutes(2));
    assert!(!sim.screen().contains("Reassured"), "{}", sim.screen());
    sim.press("1");
    assert_eq!(answers(&sim), 0, "{}", sim.screen());
    // Tab goes on to it: there it can be read, and answered.
    sim.press("<tab>").advance(1_000);
    assert!(sim.screen().contains("Reassured"), "{}", sim.screen());
    sim.press("1");
    assert_eq!(answers(&sim), 1, "{}", sim.screen());
}

#[test]
fn a_digit_at_the_gate_answers_the_prompt_that_is_drawn_there() {
    let mut sim = running();
    sim.advance(minutes(40)).press("se<enter>").advance(1_000);
    sim.press("a8").advance(1_000).press("k").advance(1_000);
    // Dealt with: at the gate the clock times stand in its place.
    sim.press("x").advance(1_000).press("1");
    assert_eq!(answers(&sim), 0, "{}", sim.screen());
    // One that is open behind one that was passed to is drawn, and it is the one that is answered.
    sim.press("<esc>n2").advance(1_000).press("<tab>").advance(1_000).press("x").advance(1_000);
    assert!(sim.screen().contains("Eye shades on"), "{}", sim.screen());
    sim.press("1");
    let said = sim.session().standing().rev().find_map(|row| match row.event {
        Event::PromptAnswered { text, .. } => Some(text.clone()),
        _ => None,
    });
    assert_eq!(said.as_deref(), Some("Eye shades on"), "{}", sim.screen());
}

#[test]
fn a_wall_clock_set_while_nobody_was_at_the_console_becomes_an_entry() {
    let mut sim = running();
    sim.console().clock().step_wall(-minutes(30));
    sim.crash(60_000);
    let steps: Vec<i64> = sim
        .session()
        .standing()
        .filter_map(|row| match row.event {
            Event::ClockStepped { by_ms } => Some(*by_ms),
            _ => None,
        })
        .collect();
    assert_eq!(steps, [-minutes(30)], "{}", sim.screen());
    sim.crash(60_000);
    assert_eq!(count(&sim, is_stepped), 1, "told once");
}

#[test]
fn what_must_be_known_all_the_time_is_seen_from_afar() {
    let mut sim = running();
    sim.press("f");
    assert!(sim.screen().contains("NOT APPROVED BY A CLINICIAN"), "{}", sim.screen());
    let session = sim.session().session_id();
    let why = bedside::journal::JournalError::Full { place: "journal.db".into() };
    let reply = bedside::journal::Reply::NotSaved { session, from_seq: 2, why };
    sim.console_mut().send(bedside::console::Msg::Journal(reply));
    assert!(sim.screen().contains("NOT SAVED SINCE 14:00"), "{}", sim.screen());
}

#[test]
fn the_question_at_the_planned_end_is_asked_from_afar_too() {
    let mut sim = running();
    sim.press("f").advance(minutes(41));
    assert!(sim.screen().to_lowercase().contains("pump stopped"), "{}", sim.screen());
}

#[test]
fn a_late_rate_stands_beside_the_one_that_was_recorded_first() {
    let mut sim = running();
    sim.advance(minutes(20)).press("st50<enter>60<enter>").advance(1_000);
    sim.press("<esc>e-10<enter>st55<enter>").advance(1_000);
    let rates: Vec<u32> = sim.session().state().infusion.segments.iter().map(|segment| segment.rate).collect();
    assert_eq!(rates, [50_000, 55_000, 60_000], "{}", sim.screen());
}

#[test]
fn a_session_closed_without_an_infusion_has_none() {
    let mut sim = Sim::new();
    sim.open().advance(minutes(20)).press("xlcno vein<enter>").advance(1_000);
    sim.press("<esc>e-10<enter>ss<enter>").advance(1_000);
    assert_eq!(sim.session().state().infusion.started, None, "{}", sim.screen());
    assert!(sim.screen().contains("closed without an infusion"), "{}", sim.screen());
}

#[test]
fn a_held_enter_sends_nobody_away() {
    let mut sim = running();
    sim.advance(minutes(40)).press("se<enter>").advance(minutes(1)).press("xltWard 3<enter><enter><enter>");
    assert_eq!(sim.session().state().phase, Phase::Recovery, "{}", sim.screen());
    sim.press("y");
    assert!(matches!(sim.session().state().phase, Phase::Left(_)), "{}", sim.screen());
}

#[test]
fn amending_the_pulse_of_a_line_takes_no_pressure_alarm_away() {
    let mut sim = running();
    sim.press("v190/80 72 98 14<enter>y").advance(1_000);
    let seq = sim.session().standing().rfind(|row| matches!(row.event, Event::VitalsRecorded { .. })).unwrap().item.seq;
    let amend = |sim: &mut Sim, line: &str| {
        let above = sim.session().rows().rev().position(|row| row.item.seq == seq).unwrap();
        sim.press("<esc><esc>e").press(&"<down>".repeat(above)).press(&format!("a{line}<enter>misread<enter>"));
        sim.press("<esc><esc>").advance(1_000);
    };
    amend(&mut sim, "190/80 75 98 14");
    // Nobody has acknowledged it: it stays, although the pressure has come down.
    sim.press("v140/80 75 98 14<enter>y").advance(1_000);
    assert!(is_open(&sim), "{}", sim.screen());
    // The pressure itself was misread: then there is nothing to acknowledge.
    amend(&mut sim, "130/80 75 98 14");
    assert!(!is_open(&sim), "{}", sim.screen());
}

/// On a slow disk the number of a new session takes its time: what is typed meanwhile is for the session.
#[test]
fn keys_typed_while_a_session_opens_are_read_when_it_is_there() {
    let mut sim = Sim::new();
    let console = sim.console_mut();
    for key in bedside::console::input::keys("nPatient T1<tab>Sitter A<enter>lv124/78 74 98 14<enter>").expect("keys") {
        // Nothing is carried out: the journal does not answer yet.
        console.effects_of(bedside::console::Msg::Key(key));
    }
    assert!(console.model().live().is_none());
    let number = bedside::journal::Reply::Numbered { number: "1123-1".to_owned() };
    console.send(bedside::console::Msg::Journal(number));
    assert_eq!(count(&sim, is_look), 1, "{}", sim.screen());
    assert_eq!(count(&sim, |event| matches!(event, Event::VitalsRecorded { .. })), 1, "{}", sim.screen());
}

//! Look, listen, then the cuff: what is due says the least disturbing first, a cuff is put off once, and what was left out is a
//! gap that the record shows.

use bedside::guidance::{Gap, Guidance, NoPutOff, gaps};
use bedside::session::{Check, Command, MINUTE_MS, Mark, Observation, PumpAct, Refusal};
use bedside::words::{self, ClockStyle};

use crate::sim::{AFTERNOON_MS, Sim, minutes, settings};
use crate::visit::Visit;

/// A visit so many minutes into its infusion, with a baseline.
fn infusing(min: i64) -> Visit {
    let mut visit = Visit::open("Patient T1");
    visit.vitals("124/78 72 98 14");
    visit.pump(PumpAct::Start);
    visit.wait_min(min);
    visit
}

fn put_off(visit: &Visit, check: Check, min: i64) -> Command {
    Command::PutOff { check, until: visit.utc_ms() + min * MINUTE_MS, reason: "asleep".into() }
}

/// The gaps of one check: minutes since the start, to the end of each, or none while it is open.
fn found(visit: &Visit, check: Check) -> Vec<(i64, Option<i64>)> {
    let start = visit.session.state().infusion.started.expect("a start").session_ms;
    let minute = |session_ms: i64| (session_ms - start) / MINUTE_MS;
    let guidance = visit.guidance();
    let all = gaps(&visit.protocol, &visit.session, &guidance.history, guidance.now);
    let of_check = all.iter().filter(|gap: &&Gap| gap.check == check);
    of_check.map(|gap| (minute(gap.from.session_ms), gap.to.map(|to| minute(to.session_ms)))).collect()
}

#[test]
fn a_check_may_be_put_off_only_when_it_is_due_and_nothing_speaks_against_it() {
    let may = |visit: &Visit| visit.guidance().put_off.map(drop);
    let before = Visit::open("Patient T1");
    assert_eq!(may(&before), Err(NoPutOff::Required));
    assert_eq!(may(&infusing(9)), Err(NoPutOff::NotDue));
    let mut due = infusing(10);
    assert_eq!(may(&due), Ok(()));
    due.sees(Observation::Nausea(2.try_into().expect("a grade")));
    assert_eq!(may(&due), Err(NoPutOff::AlarmStands));
    due.sees(Observation::Nausea(0.try_into().expect("a grade")));
    // It latches until somebody has acknowledged it.
    assert_eq!(may(&due), Err(NoPutOff::AlarmStands));
    assert_eq!(may(&infusing(15)), Err(NoPutOff::TooLate));
    let mut no_baseline = Visit::open("Patient T1");
    no_baseline.pump(PumpAct::Start);
    no_baseline.wait_min(10);
    assert_eq!(may(&no_baseline), Err(NoPutOff::NoReading));
}

#[test]
fn a_low_saturation_speaks_against_it_and_one_that_was_not_taken_does_not() {
    for (line, expected) in [
        ("124/78 72 93 14", Err(NoPutOff::OutsideLimits)),
        ("124/78 72 ? 14", Err(NoPutOff::OutsideLimits)),
        ("? 72 98 14", Err(NoPutOff::NoReading)),
        ("124/78 72 x 14", Ok(())),
        ("124/78", Ok(())),
    ] {
        let mut visit = infusing(5);
        visit.vitals(line);
        visit.wait_min(10);
        assert_eq!(visit.guidance().put_off.map(drop), expected, "{line}");
    }
}

#[test]
fn a_protocol_without_the_word_allows_none() {
    let mut visit = infusing(10);
    visit.protocol.schedule.put_off_min = None;
    assert_eq!(visit.guidance().put_off, Err(NoPutOff::NotAllowed));
    let refused = visit.attempt(0, &put_off(&visit, Check::Vitals, 5));
    assert_eq!(refused, Err(Refusal::NotPutOff { check: Check::Vitals }));
}

#[test]
fn what_is_put_off_is_bounded_by_the_protocol_and_done_once() {
    let mut visit = infusing(10);
    for check in [Check::Mark(Mark::End), Check::Look, Check::Baseline] {
        let refused = visit.attempt(0, &put_off(&visit, check, 5));
        assert_eq!(refused, Err(Refusal::NotPutOff { check }));
    }
    for min in [-1, 0, 6] {
        let refused = visit.attempt(0, &put_off(&visit, Check::Vitals, min));
        assert_eq!(refused, Err(Refusal::NotPutOff { check: Check::Vitals }), "{min} min");
    }
    visit.does(&put_off(&visit, Check::Vitals, 5));
    let guidance = visit.guidance();
    let due = guidance.schedule.vitals.expect("a check");
    assert!(!due.due && guidance.schedule.put_off.is_some());
    assert_eq!(visit.attempt(0, &put_off(&visit, Check::Vitals, 5)), Err(Refusal::PutOffAlready));
    visit.wait_min(5);
    let guidance = visit.guidance();
    assert!(guidance.schedule.vitals.is_some_and(|due| due.due) && guidance.schedule.put_off.is_none());
    assert_eq!(guidance.put_off, Err(NoPutOff::Already));
    visit.wait_min(3);
    assert!(visit.guidance().schedule.vitals.is_some_and(|due| due.overdue));
    // A reading answers it, and a late one of before it does not.
    visit.did(9 * MINUTE_MS, &crate::visit::vitals("126/80"));
    assert_eq!(visit.guidance().put_off, Err(NoPutOff::Already));
    visit.vitals("126/80");
    assert_eq!(visit.guidance().put_off, Err(NoPutOff::NotDue));
}

#[test]
fn the_planned_end_is_not_moved_by_what_was_put_off_before_it() {
    let mut visit = infusing(27);
    visit.vitals("124/78 72 98 14");
    visit.wait_min(10);
    visit.does(&put_off(&visit, Check::Vitals, 5));
    let due = visit.guidance().schedule.vitals.expect("a check");
    assert_eq!(due.check, Check::Mark(Mark::End));
}

#[test]
fn a_gap_is_a_check_that_was_due_and_neither_made_nor_put_off() {
    let mut visit = infusing(12);
    assert_eq!(found(&visit, Check::Vitals), []);
    assert_eq!(found(&visit, Check::Look), [(5, None)]);
    visit.wait_min(1);
    assert_eq!(found(&visit, Check::Vitals), [(10, None)]);
    visit.wait_min(9);
    let late = visit.vitals("124/78");
    assert_eq!(found(&visit, Check::Vitals), [(10, Some(22))]);
    assert_eq!(found(&visit, Check::Look), [(5, Some(22))]);
    visit.wait_min(10);
    // Put off, the next is due later; a try that gave nothing is no gap either: it is an entry with its reason.
    visit.does(&put_off(&visit, Check::Vitals, 5));
    visit.wait_min(6);
    visit.vitals("x 72");
    assert_eq!(found(&visit, Check::Vitals), [(10, Some(22))]);
    // Entered in error, the reading leaves its gap again; one that is entered afterwards closes it.
    visit.does(&Command::Withdraw { about: late, reason: "another patient".into() });
    assert_eq!(found(&visit, Check::Vitals), [(10, Some(32))]);
    visit.did(27 * MINUTE_MS, &crate::visit::vitals("122/78"));
    assert_eq!(found(&visit, Check::Vitals).first(), Some(&(21, Some(32))));
}

#[test]
fn gaps_end_with_the_infusion() {
    let before = Visit::open("Patient T1");
    let guidance = before.guidance();
    assert_eq!(gaps(&before.protocol, &before.session, &guidance.history, guidance.now), []);
    let mut visit = infusing(25);
    visit.pump(PumpAct::End);
    visit.wait_min(60);
    assert_eq!(found(&visit, Check::Vitals), [(10, Some(25))]);
    assert_eq!(found(&visit, Check::Look), [(5, Some(25))]);
}

/// What stands on the line of checks due, whole, whatever the width.
fn due_line(sim: &Sim) -> String {
    sim.screen().lines().nth(4).unwrap_or_default().trim_end().to_owned()
}

#[test]
fn the_line_of_checks_due_is_whole_at_80_columns() {
    // With and without looks, put off and not, in both styles of the clock, minute by minute through a visit.
    for (clock, looks) in
        [(ClockStyle::H12, "l"), (ClockStyle::H24, "l"), (ClockStyle::H12, ""), (ClockStyle::H12, "j5")]
    {
        let mut settings = settings();
        settings.clock = clock;
        let play = |columns| {
            let mut sim = Sim::starting(settings.clone(), (columns, 24), AFTERNOON_MS);
            sim.open().press("v124/78 74 98 14<enter>ss<enter>");
            let mut lines = Vec::new();
            for minute in 0..70 {
                sim.advance(minutes(1));
                lines.push(due_line(&sim));
                let keys = match minute {
                    17 | 33 => "v126/80 76 98 14<enter>",
                    45 => "y<enter>",
                    46 => "v126/80<enter>",
                    _ if minute % 4 == 0 => looks,
                    _ if minute % 10 < 3 && looks == "j5" => looks,
                    _ => "",
                };
                sim.press(keys);
                lines.push(due_line(&sim));
            }
            lines
        };
        let (narrow, wide) = (play(80), play(160));
        for (narrow, wide) in narrow.iter().zip(&wide) {
            assert_eq!(narrow, wide);
        }
        let seen = |text| wide.iter().any(|line| line.contains(text));
        assert!(seen("overdue") && seen("needs") && seen("put off to") == (looks == "j5"), "{wide:#?}");
    }
}

#[test]
fn words_for_what_cannot_be_put_off() {
    let all = [
        NoPutOff::NotAllowed,
        NoPutOff::NotDue,
        NoPutOff::Required,
        NoPutOff::Already,
        NoPutOff::TooLate,
        NoPutOff::NoReading,
        NoPutOff::OutsideLimits,
        NoPutOff::AlarmStands,
    ];
    for why in all {
        let said = words::no_put_off(why);
        assert!(said.ends_with('.') && said.len() < 156, "{said}");
    }
    let due = |visit: &Visit| {
        let guidance: Guidance = visit.guidance();
        let look = visit.session.state().last_look.map(|at| guidance.now.session_ms - at.session_ms);
        words::vitals_due(&guidance, &guidance.schedule.vitals.expect("a check"), look)
    };
    let mut visit = infusing(10);
    assert_eq!(due(&visit), "BP due: v or j");
    visit.sees(Observation::Looked);
    assert_eq!(due(&visit), "BP due: v, or j puts it off");
    visit.wait_min(2);
    assert_eq!(due(&visit), "BP due: look first; v, or j puts it off");
    visit.wait_min(3);
    assert_eq!(due(&visit), "BP overdue 5 min: v");
}

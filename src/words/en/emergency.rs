//! The emergency's screen. It reminds and asks: what is done is the clinician's to decide.

use super::clock::{ClockStyle, clock, duration, minutes_ago};
use super::screen::short_name;
use crate::guidance::{Guidance, History, OpenCall, Progress};
use crate::session::{At, Emergency, HOUR_MS, Ladder, MINUTE_MS, PumpState, SECOND_MS, Session, Zone};

/// From so many minutes on the clock shows hours.
const HOURS_FROM_MIN: i64 = 100;

/// There is nothing to record it in.
#[must_use]
pub const fn emergency_needs_a_session() -> &'static str {
    "Call for help first. No session is open to record it in: Enter opens the marked one, n begins one."
}

/// `!` a second time, with a form or a menu open.
#[must_use]
pub const fn emergency_is_open() -> &'static str {
    "The emergency has begun already. Esc goes back to its screen."
}

/// A `!` in the middle of a text.
#[must_use]
pub const fn emergency_or_text() -> &'static str {
    "EMERGENCY? ! again, or wait. Go on typing if it belongs to the text."
}

/// The emergency began out of a text.
#[must_use]
pub const fn emergency_out_of_a_text() -> &'static str {
    "The text is kept. Keys count once none was pressed for a moment."
}

/// A key that came on the heels of the text.
#[must_use]
pub const fn key_was_for_the_text() -> &'static str {
    "Not taken: it may have been meant for the text. Pause a moment, then press it."
}

/// A key without a mark.
#[must_use]
pub const fn no_such_mark() -> &'static str {
    "Nothing stands beside that key: press one that is shown."
}

/// After the emergency.
#[must_use]
pub const fn pump_still_recorded_running() -> &'static str {
    "The emergency is over. By the record the pump still runs: s records a pause or the end."
}

/// The emergency is over?
#[must_use]
pub fn end_emergency_question(pump_runs: bool, has_form: bool) -> Vec<String> {
    let mut lines = vec!["Is the emergency over? y ends it, Esc goes back to it.".to_owned()];
    if pump_runs {
        lines.push("By the record the pump still runs.".to_owned());
    }
    if has_form {
        lines.push("What was being typed before it is back then.".to_owned());
    }
    lines
}

/// Room, patient, age, allergies: whoever comes in reads them first. Never hidden.
#[must_use]
pub fn emergency_who(session: &Session, guidance: &Guidance, zone: &Zone) -> String {
    let description = &session.state().description;
    let age = description.age_years(zone.local(guidance.now.utc_ms).date_naive()).map(|years| format!("{years} years"));
    let parts = [
        session.opening().room.clone(),
        Some(short_name(&description.patient, description.code.as_deref())),
        age,
        Some(emergency_allergies(session)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("   ")
}

/// Allergies alone.
#[must_use]
pub fn emergency_allergies(session: &Session) -> String {
    let allergies = session.state().description.allergies.as_deref().filter(|text| !text.is_empty());
    format!("ALLERGIES: {}", allergies.unwrap_or("not recorded"))
}

/// Since when, and how far the infusion is.
#[must_use]
pub fn emergency_head(emergency: &Emergency, progress: &Progress, zone: &Zone, style: ClockStyle) -> (String, String) {
    let minute = progress.elapsed_ms.unwrap_or_default() / MINUTE_MS;
    let infusion = match progress.pump {
        PumpState::Waiting if !progress.route.has_pump() => "nothing given yet".to_owned(),
        PumpState::Running if !progress.route.has_pump() => format!("minute {minute} after the first dose"),
        PumpState::Ended if !progress.route.has_pump() => {
            format!("last dose {}", minutes_ago(progress.since_end_ms.unwrap_or_default()))
        }
        PumpState::Waiting => "infusion not started".to_owned(),
        PumpState::Running => format!("infusion minute {minute}, pump RUNNING"),
        PumpState::Paused => format!("infusion minute {minute}, pump PAUSED"),
        PumpState::Ended => format!("infusion ended {}", minutes_ago(progress.since_end_ms.unwrap_or_default())),
    };
    (format!("EMERGENCY since {}", clock(zone, emergency.began.utc_ms, style)), infusion)
}

/// The large clock: minutes and seconds, from a hundred minutes on hours and minutes.
#[must_use]
pub fn emergency_clock(since_ms: i64) -> String {
    let since_ms = since_ms.max(0);
    if since_ms < HOURS_FROM_MIN * MINUTE_MS {
        format!("{}:{:02}", since_ms / MINUTE_MS, since_ms / SECOND_MS % 60)
    } else {
        format!("{}h{:02}", since_ms / HOUR_MS, since_ms / MINUTE_MS % 60)
    }
}

/// The pump: a reminder until its stop is recorded.
#[must_use]
pub fn emergency_pump(session: &Session, progress: &Progress, zone: &Zone, style: ClockStyle) -> String {
    let infusion = &session.state().infusion;
    let at = |at: Option<At>| at.map(|at| clock(zone, at.utc_ms, style)).unwrap_or_default();
    match progress.pump {
        PumpState::Waiting if !progress.route.has_pump() => "Nothing was given yet.".to_owned(),
        PumpState::Running if !progress.route.has_pump() => {
            "No further dose: what was given cannot be stopped.".to_owned()
        }
        PumpState::Ended if !progress.route.has_pump() => format!("Last dose {}.", at(infusion.ended)),
        PumpState::Waiting => "The infusion was not started.".to_owned(),
        PumpState::Running => "Is the pump stopped?   p  stopped".to_owned(),
        PumpState::Paused => {
            let ago = duration(progress.paused_ms.unwrap_or_default());
            format!("Pump stopped {}, {ago} ago.", at(infusion.paused_since))
        }
        PumpState::Ended => format!("Infusion ended {}.", at(infusion.ended)),
    }
}

/// Whom to call, or what became of the call.
#[must_use]
pub fn emergency_call(
    session: &Session,
    open: Option<&OpenCall>,
    ladder: &Ladder,
    zone: &Zone,
    style: ClockStyle,
) -> Vec<String> {
    let last = session.state().call();
    let coming = ladder.next(last);
    let next = coming.rung.map(|(_, rung)| rung.shown());
    let mut lines = Vec::new();
    lines.extend(last.map(|last| match open {
        Some(open) => super::calls::waiting(last, open),
        None => super::call_state(last, None, zone, style),
    }));
    lines.push(match (next, open) {
        (None, _) => "c  the call card".to_owned(),
        (Some(next), None) => format!("c  call {next}"),
        (Some(next), Some(_)) if coming.from_the_top => format!("END OF THE LADDER   c  again: {next}"),
        (Some(next), Some(open)) if open.next_due => format!("NOBODY YET   c  next: {next}"),
        (Some(next), Some(_)) => format!("c  then {next}"),
    });
    lines
}

/// The room's own number for an emergency.
#[must_use]
pub fn emergency_number(ladder: &Ladder) -> Option<String> {
    ladder.emergency.as_ref().map(|own| format!("Emergency number: {own}"))
}

/// The age of a number: `(now)`, `(4 min)`.
#[must_use]
pub fn number_age(ago_ms: i64) -> String {
    if ago_ms < MINUTE_MS { "(now)".to_owned() } else { format!("({} min)", ago_ms / MINUTE_MS) }
}

/// The age of a number where there is little room: `(now)`, `(4m)`.
#[must_use]
pub fn number_age_short(ago_ms: i64) -> String {
    if ago_ms < MINUTE_MS { number_age(ago_ms) } else { format!("({}m)", ago_ms / MINUTE_MS) }
}

/// The pressure that the last one is measured against.
#[must_use]
pub fn emergency_baseline(history: &History) -> Option<String> {
    let baseline = super::prompt::baseline_pressure(&history.baseline?)?;
    Some(format!("baseline {}", super::pressure(baseline)))
}

/// The last sedation grade.
#[must_use]
pub fn emergency_sedation(grade: Option<u8>) -> String {
    format!("MOAA/S {}", grade.map_or_else(|| "--".to_owned(), |grade| grade.to_string()))
}

/// The protocol has neither a checklist nor marks.
#[must_use]
pub const fn no_emergency_plan() -> &'static str {
    "The protocol has no checklist and no marks: t takes a note with its time."
}

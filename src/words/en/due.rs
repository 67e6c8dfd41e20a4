//! Checks due, as a reminder: what, and in how many minutes; the least disturbing first, with the key that makes it.

use super::clock::{ClockStyle, clock};
use super::names::{mark_name, reading_short};
use crate::guidance::{Due, Guidance};
use crate::protocol::ReadingKind;
use crate::session::{Check, MINUTE_MS, Mark, PutOff, Zone};

/// A look so short a time ago need not be repeated before the cuff, ms.
const JUST_LOOKED_MS: i64 = MINUTE_MS;

/// `BP due in 4 min`, `BP at END+15 due`, `BP overdue 3 min`, `Baseline BP before the start`, `look due`.
#[must_use]
pub fn due(due: &Due, now_session_ms: i64) -> String {
    let what = match due.check {
        Check::Baseline => return "Baseline BP before the start".to_owned(),
        Check::Mark(Mark::Discharge) => return "BP before leaving".to_owned(),
        Check::Vitals => "BP".to_owned(),
        Check::Mark(mark) => format!("BP at {}", mark_name(mark)),
        Check::Look => "look".to_owned(),
    };
    let Some(at_ms) = due.at_ms else { return format!("{what} due") };
    let late_ms = now_session_ms - at_ms;
    if due.overdue {
        format!("{what} overdue {} min", late_ms / MINUTE_MS)
    } else if due.due || late_ms >= 0 {
        format!("{what} due")
    } else {
        // Rounded up: "in 1 min" until it is due.
        format!("{what} due in {} min", (-late_ms + MINUTE_MS - 1) / MINUTE_MS)
    }
}

/// The look that is due, with its key. How long it is overdue stands beside it already, as the time since the last one.
#[must_use]
pub const fn look_due(look: &Due) -> &'static str {
    if look.overdue { "look overdue: l" } else { "look due: l" }
}

/// The check of vital signs, with the least that may come before it and the keys: `BP due: look first, then v`. `ago_ms`: since
/// the last look.
#[must_use]
pub fn vitals_due(guidance: &Guidance, check: &Due, ago_ms: Option<i64>) -> String {
    let said = due(check, guidance.now.session_ms);
    if let Some(lacking) = lacking(&guidance.schedule.lacking) {
        return format!("{said}, {lacking}");
    }
    if !check.due || check.at_ms.is_none() {
        return said;
    }
    let looked = ago_ms.is_some_and(|ago_ms| ago_ms < JUST_LOOKED_MS);
    let look_is_due = guidance.schedule.look.as_ref().is_some_and(|look| look.due);
    match (guidance.put_off.is_ok(), look_is_due) {
        // The look stands before it on the line.
        (true, true) => format!("{said}: v or j"),
        (false, true) => format!("{said}: v"),
        (true, false) if looked => format!("{said}: v, or j puts it off"),
        (false, false) if looked => format!("{said}: v"),
        (true, false) => format!("{said}: look first; v, or j puts it off"),
        (false, false) => format!("{said}: look first, then v"),
    }
}

/// `BP put off to 14:32: resting undisturbed`; without the reason where the line is needed for more.
#[must_use]
pub fn put_off_to(put_off: &PutOff, with_reason: bool, zone: &Zone, style: ClockStyle) -> String {
    let until = clock(zone, put_off.until.utc_ms, style);
    if with_reason { format!("BP put off to {until}: {}", put_off.reason) } else { format!("BP put off to {until}") }
}

/// What the last line of vitals left out although the check needs it: `needs HR, SpO2`; `None` where nothing is lacking.
#[must_use]
pub fn lacking(kinds: &[ReadingKind]) -> Option<String> {
    let names: Vec<&str> = kinds.iter().map(|kind| reading_short(*kind)).collect();
    if names.is_empty() { None } else { Some(format!("needs {}", names.join(", "))) }
}

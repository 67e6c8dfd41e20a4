//! Checks due, as a reminder: what, and in how many minutes.

use super::names::{mark_name, reading_short};
use crate::guidance::{Check, Due};
use crate::protocol::ReadingKind;
use crate::session::{MINUTE_MS, Mark};

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

/// What the last line of vitals left out although the check needs it; `None` where nothing is lacking.
#[must_use]
pub fn lacking(kinds: &[ReadingKind]) -> Option<String> {
    let names: Vec<&str> = kinds.iter().map(|kind| reading_short(*kind)).collect();
    if names.is_empty() { None } else { Some(format!("This check still needs: {}", names.join(", "))) }
}

//! A check that is put off: the reasons that one key gives, why it may not be, and the gap where nobody did either.

use super::clock::{ClockStyle, clock};
use crate::guidance::{Gap, NoPutOff};
use crate::session::{Check, Zone};

/// The usual reasons, one key each, from 1.
pub const PUT_OFF_REASONS: [&str; 6] =
    ["resting undisturbed", "asleep", "refused", "equipment", "clinician's instruction", "busy with the patient"];

/// Why the check that is due may not be put off, and what to do.
#[must_use]
pub const fn no_put_off(why: NoPutOff) -> &'static str {
    match why {
        NoPutOff::NotAllowed => "This protocol lets no check be put off: v takes it; v, x records it as not taken.",
        NoPutOff::NotDue => "No check of vital signs is due by its interval: there is nothing to put off.",
        NoPutOff::Required => "This reading is required and cannot be put off: v takes it; v, x records why not.",
        NoPutOff::Already => "It was put off once already: v takes it; v, x records it as not taken, with the reason.",
        NoPutOff::TooLate => "It is overdue by too much to be put off: v takes it; v, x records it as not taken.",
        NoPutOff::NoReading => "The last attempt gave no blood pressure: this one cannot be put off. v takes it.",
        NoPutOff::OutsideLimits => "A last reading was past its limit: this check cannot be put off. v takes it.",
        NoPutOff::AlarmStands => "An alarm stands: this check cannot be put off. v takes it.",
    }
}

/// A check that was due and not made: `no reading 14:10 to 14:35`.
#[must_use]
pub fn gap(gap: &Gap, zone: &Zone, style: ClockStyle) -> String {
    let what = match gap.check {
        Check::Look => "no look",
        _ => "no reading",
    };
    let from = clock(zone, gap.from.utc_ms, style);
    match gap.to {
        Some(to) => format!("{what} {from} to {}", clock(zone, to.utc_ms, style)),
        None => format!("{what} since {from}"),
    }
}

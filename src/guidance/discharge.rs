//! After the end: when patients feel back at baseline, and until when nobody drives. Both count from the actual END, in
//! elapsed milliseconds, so that a change to or from daylight saving cannot shorten them.

use crate::protocol::Protocol;
use crate::session::{HOUR_MS, MINUTE_MS, Session, Zone};

/// The clock times of the guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterEnd {
    /// END, UTC ms.
    pub end_utc_ms: i64,
    /// About when patients feel back at baseline, UTC ms. How they feel, not clearance.
    pub baseline_utc_ms: i64,
    /// No driving before this, UTC ms, exact.
    pub no_driving_until_utc_ms: i64,
    /// A sedating drug is in the record: the clinician must set the driving time.
    pub clinician_sets_driving: bool,
    /// It falls between 21:00 and 07:00: "not before the morning, after a night's sleep". Or the protocol asks for it.
    pub after_sleep: bool,
}

/// The times, once the end is recorded; `None` before, for then there is nothing to count from.
#[must_use]
pub fn after_end(protocol: &Protocol, session: &Session, zone: &Zone) -> Option<AfterEnd> {
    Some(AfterEnd::of(protocol, session.end_utc_ms()?, session.clinician_sets_driving(), zone))
}

impl AfterEnd {
    /// The times that count from an END.
    #[must_use]
    pub fn of(protocol: &Protocol, end_utc_ms: i64, clinician_sets_driving: bool, zone: &Zone) -> Self {
        let no_driving_until_utc_ms = end_utc_ms + i64::from(protocol.discharge.no_driving_h) * HOUR_MS;
        Self {
            end_utc_ms,
            baseline_utc_ms: end_utc_ms + i64::from(protocol.discharge.baseline_h) * HOUR_MS,
            no_driving_until_utc_ms,
            clinician_sets_driving,
            after_sleep: protocol.discharge.next_day_after_sleep
                || is_night(zone, round_up_to_minute(no_driving_until_utc_ms)),
        }
    }
}

/// Up to the next whole minute, where a person reads it: never earlier than the exact time.
#[must_use]
pub const fn round_up_to_minute(utc_ms: i64) -> i64 {
    utc_ms - utc_ms.rem_euclid(MINUTE_MS) + if utc_ms.rem_euclid(MINUTE_MS) == 0 { 0 } else { MINUTE_MS }
}

/// From 21:00 until before 07:00.
fn is_night(zone: &Zone, utc_ms: i64) -> bool {
    use chrono::Timelike;
    !(7..21).contains(&zone.local(utc_ms).hour())
}

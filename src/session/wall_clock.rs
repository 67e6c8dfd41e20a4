//! Whether the wall clock looks wrong: before the program was made, behind what is recorded already, or long after the last
//! entry of a session that still runs. The console asks a person; nothing is blocked, and the answer is recorded.

use super::fold::Session;
use super::time::{HOUR_MS, MINUTE_MS};

/// This version of the program was not there before: 1 October 2026, UTC ms.
const MADE_UTC_MS: i64 = 1_790_812_800_000;
/// Workstations that share a journal may differ by so much, ms.
const BEHIND_MS: i64 = 30 * MINUTE_MS;
/// No session goes on for so long without an entry, ms.
const AHEAD_MS: i64 = 24 * HOUR_MS;

/// Why the wall clock looks wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallDoubt {
    /// It shows a time at which this program was not made yet.
    BeforeProgram,
    /// It shows a time before something that is recorded already, UTC ms.
    BehindRecord(i64),
    /// It shows a time long after the last entry of the session that runs, UTC ms.
    AheadOfRecord(i64),
}

/// Whether the wall clock looks wrong. `last`: when the last entry was recorded, UTC ms; `runs`: of a session that still runs.
#[must_use]
pub fn wall_doubt(now_utc_ms: i64, last: Option<i64>, runs: bool) -> Option<WallDoubt> {
    match last {
        _ if now_utc_ms < MADE_UTC_MS => Some(WallDoubt::BeforeProgram),
        Some(last) if now_utc_ms < last.saturating_sub(BEHIND_MS) => Some(WallDoubt::BehindRecord(last)),
        Some(last) if runs && now_utc_ms > last.saturating_add(AHEAD_MS) => Some(WallDoubt::AheadOfRecord(last)),
        _ => None,
    }
}

impl Session {
    /// When a session's last entry was recorded, UTC ms.
    #[must_use]
    pub fn last_recorded_utc_ms(&self) -> i64 {
        self.last_entry().fields.recorded_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: i64 = 1_795_460_400_000;
    const YEAR_MS: i64 = 365 * 24 * HOUR_MS;

    #[rstest::rstest]
    #[case(LAST, None, false, None)]
    #[case(LAST - YEAR_MS, None, false, Some(WallDoubt::BeforeProgram))]
    #[case(LAST - 10 * MINUTE_MS, Some(LAST), true, None)]
    #[case(LAST - HOUR_MS, Some(LAST), true, Some(WallDoubt::BehindRecord(LAST)))]
    #[case(LAST + YEAR_MS, Some(LAST), true, Some(WallDoubt::AheadOfRecord(LAST)))]
    // A clinic that was closed for a year is no fault.
    #[case(LAST + YEAR_MS, Some(LAST), false, None)]
    #[case(LAST + HOUR_MS, Some(LAST), true, None)]
    fn doubted(#[case] now: i64, #[case] last: Option<i64>, #[case] runs: bool, #[case] expected: Option<WallDoubt>) {
        assert_eq!(wall_doubt(now, last, runs), expected);
    }
}

//! Until when nobody drives, as far as it follows from the entries: END on the wall, and whether a clinician must set it.

use super::event::Event;
use super::fold::Session;
use super::time::{HOUR_MS, SECOND_MS};
use crate::protocol::Protocol;

/// A wall clock that differs by more than this was set, ms (design.md 4).
const STEP_MS: i64 = 2 * SECOND_MS;

impl Session {
    /// END on the wall, UTC ms. Where the wall clock was set forward since, it may have been slow at END: of the two
    /// readings the later one holds. Drift is no setting: a time that was told must not move by a second.
    #[must_use]
    pub fn end_utc_ms(&self) -> Option<i64> {
        let end = self.state().infusion.ended?;
        let by_last_clock = self.wall_by_last_clock(end.session_ms);
        Some(if by_last_clock - end.utc_ms > STEP_MS { by_last_clock } else { end.utc_ms })
    }

    /// A sedating drug is in the record: the clinician must set the driving time.
    #[must_use]
    pub fn clinician_sets_driving(&self) -> bool {
        self.standing().any(|row| matches!(row.event, Event::DrugGiven(drug) if drug.sedating))
    }

    /// Whether the driving time has changed since it was told: then it must be told again.
    #[must_use]
    pub fn told_has_changed(&self, protocol: &Protocol) -> bool {
        let Some((_, told)) = self.state().guidance_given else { return false };
        let until = self.end_utc_ms().map(|end| end + i64::from(protocol.discharge.no_driving_h) * HOUR_MS);
        told != until.filter(|_| !self.clinician_sets_driving())
    }
}

//! The reasons that entries owe: what was missing, not taken, late, missed or declined is asked about afterwards.

use super::event::{Event, Owed};
use super::timeline::Row;

/// A reason that somebody owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwedReason {
    /// The entry that owes it.
    pub about: u64,
    /// What for.
    pub owed: Owed,
}

/// The reasons that an entry owes.
pub(super) fn owed_by(row: &Row<'_>) -> impl Iterator<Item = OwedReason> + use<> {
    let deviation = !row.event.deviations().is_empty();
    let not_taken = matches!(row.event, Event::VitalsRecorded { vitals, .. } if vitals.has_not_taken());
    let missed = matches!(row.event, Event::MarkMissed { .. });
    let declined = matches!(row.event, Event::PromptAnswered { response: 0, .. });
    let late = row.item.is_late && row.by_person();
    let about = row.item.seq;
    [
        (deviation, Owed::Deviation),
        (not_taken, Owed::NotTaken),
        (missed, Owed::MissedMark),
        (declined, Owed::Declined),
        (late, Owed::Late),
    ]
    .into_iter()
    .filter_map(move |(is_owed, owed)| is_owed.then_some(OwedReason { about, owed }))
}

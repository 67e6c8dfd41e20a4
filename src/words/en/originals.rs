//! What corrected entries said first: struck through, with who corrected them, when and why.

use super::clock::{ClockStyle, clock};
use super::record::{event, printable};
use crate::session::{Entry, Event, Row, Session, Zone};

/// A line under a corrected entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Original {
    /// What it said, and does no longer.
    Struck(String),
    /// Who corrected it, when and why.
    Why(String),
}

/// The forms of an entry that stand no longer, oldest first, each with the correction that ended it. None where it was
/// never corrected.
#[must_use]
pub fn originals(row: &Row<'_>, session: &Session, zone: &Zone, style: ClockStyle) -> Vec<Original> {
    let entry = |seq: u64| usize::try_from(seq).ok()?.checked_sub(1).and_then(|index| session.entries().get(index));
    let at = |utc_ms: i64| clock(zone, utc_ms, style);
    let by = |entry: &Entry| format!("{}, {}", entry.fields.actor.name, at(entry.fields.recorded_at));
    let first = &row.entry.fields;
    let (mut said, mut observed_at, mut writer) = (event(&first.event), first.observed_at, row.entry);
    let mut lines = Vec::new();
    for amendment in row.item.amended_by.iter().filter_map(|seq| entry(*seq)) {
        let Event::EntryAmended { observed_at: moved, event: now, reason, .. } = &amendment.fields.event else {
            continue;
        };
        lines.push(Original::Struck(format!("{said}, {}  [{}]", at(observed_at), by(writer))));
        lines.push(Original::Why(format!("amended by #{} [{}]: {reason}", amendment.seq(), by(amendment))));
        said = now.as_deref().map_or(said, event);
        observed_at = moved.unwrap_or(observed_at);
        writer = amendment;
    }
    let withdrawal = row.item.withdrawn_by.and_then(entry);
    if let Some((withdrawal, Event::EntryWithdrawn { reason, .. })) = withdrawal.map(|e| (e, &e.fields.event)) {
        lines.push(Original::Struck(format!("{said}, {}  [{}]", at(observed_at), by(writer))));
        lines.push(Original::Why(format!("withdrawn by #{} [{}]: {reason}", withdrawal.seq(), by(withdrawal))));
    }
    let clean = |line| match line {
        Original::Struck(said) => Original::Struck(printable(&said)),
        Original::Why(said) => Original::Why(printable(&said)),
    };
    lines.into_iter().map(clean).collect()
}

//! Cards that were made for the patient to take home: the times that stand on them, and whether those still hold.

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::fold::Session;
use super::time::{At, HOUR_MS};
use super::timeline::Row;
use crate::protocol::Protocol;

/// What stood on a card, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardMade {
    /// Counts from 1; a copy has the version of what it copies.
    pub version: u32,
    /// The times that stand on it.
    pub times: CardTimes,
    /// The file that it was written to.
    pub file: String,
    /// Whether the room's printer took it. That is recorded afterwards, for no entry waits for a printer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub printed: bool,
}

/// The times on a card, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardTimes {
    /// About when patients feel as usual again, UTC ms.
    pub baseline: i64,
    /// No driving before, UTC ms.
    pub no_driving_until: i64,
    /// The clinician sets the driving time; the one above is the earliest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clinician_sets: bool,
}

/// A card that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCard {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// What stood on it.
    pub made: CardMade,
    /// When it was recorded that its times no longer hold.
    pub marked: Option<At>,
}

/// Takes the next row of the time line.
pub(super) fn take(cards: &mut Vec<KeptCard>, row: &Row<'_>) {
    match row.event {
        Event::CardMade(made) => {
            cards.push(KeptCard { seq: row.item.seq, at: row.item.at, made: (**made).clone(), marked: None });
        }
        Event::CardPrinted { version } => {
            if let Some(last) = cards.iter_mut().rev().find(|card| card.made.version == *version) {
                last.made.printed = true;
            }
        }
        Event::CardSuperseded { version } => {
            let stale = cards.iter_mut().filter(|card| card.made.version == *version);
            stale.for_each(|card| card.marked = Some(row.item.at));
        }
        _ => {}
    }
}

impl Session {
    /// The times that a card has now; none without an END.
    #[must_use]
    pub fn card_times(&self, protocol: &Protocol) -> Option<CardTimes> {
        let end = self.end_utc_ms()?;
        let after = |hours: u32| end + i64::from(hours) * HOUR_MS;
        Some(CardTimes {
            baseline: after(protocol.discharge.baseline_h),
            no_driving_until: after(protocol.discharge.no_driving_h),
            clinician_sets: self.clinician_sets_driving(),
        })
    }

    /// The last card that was made.
    #[must_use]
    pub fn last_card(&self) -> Option<&KeptCard> {
        self.state().cards.last()
    }

    /// The version of a card that is made now: that of the last one where its times still hold.
    #[must_use]
    pub fn card_version(&self, protocol: &Protocol) -> u32 {
        let Some(last) = self.last_card() else { return 1 };
        if self.superseded_card(protocol).is_some() { last.made.version + 1 } else { last.made.version }
    }

    /// The last card, where its times no longer hold: the end was amended or taken back, a sedating drug came to light.
    #[must_use]
    pub fn superseded_card(&self, protocol: &Protocol) -> Option<&KeptCard> {
        self.last_card().filter(|card| self.card_times(protocol) != Some(card.made.times))
    }

    /// The card that one made now replaces: the last one of another version.
    #[must_use]
    pub fn replaced_card(&self, protocol: &Protocol) -> Option<&KeptCard> {
        let version = self.card_version(protocol);
        self.state().cards.iter().rev().find(|card| card.made.version != version)
    }

    /// The patient has gone home with times that no longer hold, on a card or told, and nobody has told the new ones since.
    #[must_use]
    pub fn must_call_patient(&self, protocol: &Protocol) -> bool {
        let told = self.state().guidance_given.map(|(at, _)| at.session_ms);
        // Where the clinician sets the driving time, what was told holds no time: the card does.
        let is_stale = self.superseded_card(protocol).is_some_and(|card| {
            let marked = card.marked.map(|at| at.session_ms);
            marked.is_none() || told.is_none_or(|told| marked.is_some_and(|marked| told < marked))
        });
        self.state().left.is_some() && (is_stale || self.told_has_changed(protocol))
    }
}

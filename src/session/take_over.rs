//! Taking over: a session that another console held goes on at this one. The entry begins the next tenure.

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::event::{Actor, Event, Role};
use super::fold::Session;

/// A session went from one console to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    /// Who took it over, and sits from here on; where the patient has left, keeps the record.
    pub by: Actor,
    /// Who sat until then, or kept the record.
    pub from: Actor,
    /// The workstation that had written until then.
    pub from_station: String,
    /// Why.
    pub reason: String,
    /// Whoever took it over has a PIN, and had not shown it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_pin: bool,
}

/// Who has had a session since it was taken over last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// Its number: the first is 1.
    pub epoch: u32,
    /// Who took it over; empty where only the console is known.
    pub by: String,
    /// At which workstation.
    pub station: String,
    /// Since when, UTC ms.
    pub since: i64,
}

impl Tenure {
    /// The tenure that an entry begins; none where it begins none.
    #[must_use]
    pub fn begun_by(entry: &Entry) -> Option<Self> {
        let Event::SessionTakenOver(taken) = &entry.fields.event else { return None };
        Some(Self::at(entry, &taken.by.name))
    }

    /// Whoever wrote an entry that stands where another console's was to come.
    #[must_use]
    pub fn of_writer(entry: &Entry) -> Self {
        let actor = &entry.fields.actor;
        let by = if actor.role == Role::Console { "" } else { &actor.name };
        Self::begun_by(entry).unwrap_or_else(|| Self::at(entry, by))
    }

    fn at(entry: &Entry, by: &str) -> Self {
        let fields = &entry.fields;
        let (by, station) = (super::text::clean(by), super::text::clean(&fields.station));
        Self { epoch: fields.epoch, by, station, since: fields.recorded_at }
    }
}

/// The tenure of the entry that follows: a take-over begins the next one, everything else is of the same.
#[must_use]
pub(super) const fn epoch_after(last: &Entry, event: &Event) -> u32 {
    match event {
        Event::SessionTakenOver(_) => last.fields.epoch.saturating_add(1),
        _ => last.fields.epoch,
    }
}

/// What a take-over becomes. It is never refused: whether it comes in time is the journal's to say.
pub(super) fn taken_over(session: &Session, by: &Actor, reason: &str, without_pin: bool) -> Event {
    Event::SessionTakenOver(Box::new(TakenOver {
        by: by.clone(),
        from: session.keeper().clone(),
        from_station: session.last_entry().fields.station.clone(),
        reason: reason.to_owned(),
        without_pin,
    }))
}

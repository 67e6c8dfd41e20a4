//! The one owner of stamps: gives an event its id, sequence number, times and place in the chain.

use uuid::Uuid;

use super::access::{Access, Act};
use super::entry::{Entry, FIRST_PREV_HASH, Fields};
use super::event::{Actor, Event, SessionId};
use super::fold::Session;
use super::opening::Opening;
use super::take_over::epoch_after;
use super::time::Stamp;

/// Writes entries for one station. Ids come from the entry's own time and a seeded generator, so that a simulated session
/// gives the same bytes again.
#[derive(Debug, Clone)]
pub struct Scribe {
    station: String,
    app: String,
    random: fastrand::Rng,
}

impl Scribe {
    /// A scribe for a station. `seed` comes from the system's entropy, or is fixed for a simulation.
    #[must_use]
    pub fn new(station: String, app: String, seed: u64) -> Self {
        Self { station, app, random: fastrand::Rng::with_seed(seed) }
    }

    /// The first entry of a new session, by the sitter who opens it.
    #[must_use]
    pub fn open(&mut self, opening: Opening, sitter: Actor, now: &Stamp) -> Entry {
        let session = self.id(now);
        let event = Event::SessionOpened(Box::new(opening));
        self.seal(session, 1, 1, FIRST_PREV_HASH.to_owned(), event, sitter, now.utc_ms, now)
    }

    /// The next entry of a session. `observed_at`: UTC ms.
    #[must_use]
    pub fn write(&mut self, session: &Session, event: Event, actor: Actor, observed_at: i64, now: &Stamp) -> Entry {
        let last = session.last_entry();
        let epoch = epoch_after(last, &event);
        self.seal(session.session_id(), epoch, last.seq() + 1, last.hash.hex(), event, actor, observed_at, now)
    }

    /// A line for the access log, as this station writes it.
    #[must_use]
    pub fn access(&self, act: Act, session: Option<SessionId>, who: Option<Actor>, now: &Stamp) -> Access {
        Access { act, session, who, at: now.utc_ms, station: self.station.clone(), app: self.app.clone() }
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of an entry are as many as they are")]
    fn seal(
        &mut self,
        session: SessionId,
        epoch: u32,
        seq: u64,
        prev_hash: String,
        event: Event,
        actor: Actor,
        observed_at: i64,
        now: &Stamp,
    ) -> Entry {
        Entry::seal(Fields {
            id: self.id(now),
            session,
            station: self.station.clone(),
            epoch,
            seq,
            observed_at,
            recorded_at: now.utc_ms,
            utc_offset_min: now.utc_offset_min,
            boot_id: now.boot_id,
            boot_ms: now.boot_ms,
            actor,
            while_locked: false,
            app: self.app.clone(),
            event,
            prev_hash,
        })
    }

    fn id(&mut self, now: &Stamp) -> Uuid {
        let mut bytes = [0; 10];
        self.random.fill(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(now.utc_ms.max(0).unsigned_abs(), &bytes).into_uuid()
    }
}

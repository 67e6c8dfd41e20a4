//! Sessions for the journal's tests.

use bedside::session::{Actor, Entry, Event, FIRST_PREV_HASH, Fields, Opening, ProtocolCopy, SessionId};
use uuid::Uuid;

/// A session that grows.
pub(crate) struct Sample {
    pub(crate) session: SessionId,
    pub(crate) entries: Vec<Entry>,
    opened_at: i64,
}

impl Sample {
    pub(crate) fn opened(session: u128, number: &str, opened_at: i64) -> Self {
        let protocol = ProtocolCopy {
            name: "Standard IV, 40 minutes".into(),
            version: "2026.1".into(),
            fingerprint: String::new(),
            text: "format = 1\n".into(),
            route: bedside::protocol::Route::Iv,
        };
        let mut sample = Self { session: Uuid::from_u128(session), entries: Vec::new(), opened_at };
        sample.add(Event::SessionOpened(Box::new(Opening {
            number: number.into(),
            patient: "Ana R.".into(),
            room: None,
            protocol,
            zone: None,
            rehearsal: false,
        })));
        sample
    }

    pub(crate) fn add(&mut self, event: Event) -> Entry {
        let seq = self.entries.len() as u64 + 1;
        let entry = Entry::seal(Fields {
            id: Uuid::from_u128(self.session.as_u128().rotate_left(8) ^ u128::from(seq)),
            session: self.session,
            station: "room-2".into(),
            epoch: 1,
            seq,
            observed_at: self.opened_at,
            recorded_at: self.opened_at + seq as i64 - 1,
            utc_offset_min: -300,
            boot_id: Uuid::nil(),
            boot_ms: 0,
            actor: Actor::console(),
            while_locked: false,
            app: "0".into(),
            event,
            prev_hash: self.entries.last().map_or_else(|| FIRST_PREV_HASH.to_owned(), |last| last.hash.hex()),
        });
        self.entries.push(entry.clone());
        entry
    }

    pub(crate) fn note(&mut self, text: &str) -> Entry {
        self.add(Event::NoteTaken { text: text.into(), patients_words: false })
    }
}

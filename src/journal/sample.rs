//! Entries for this room's tests.

use uuid::Uuid;

use crate::session::{Actor, Entry, Event, FIRST_PREV_HASH, Fields, Opening, ProtocolCopy, SessionId};

/// A session that grows.
pub(super) struct Sample {
    pub(super) session: SessionId,
    pub(super) entries: Vec<Entry>,
}

impl Sample {
    /// A session with its opening.
    pub(super) fn opened(session: u128) -> Self {
        Self::under("format = 1\n".repeat(800), session)
    }

    /// The same, with the text of its protocol.
    pub(super) fn under(text: String, session: u128) -> Self {
        let protocol = ProtocolCopy {
            name: "Standard IV, 40 minutes".into(),
            version: "2026.1".into(),
            fingerprint: String::new(),
            text,
            route: crate::protocol::Route::Iv,
        };
        let mut sample = Self { session: Uuid::from_u128(session), entries: Vec::new() };
        sample.add(Event::SessionOpened(Box::new(Opening {
            number: "1123-1".into(),
            patient: "Ana R.".into(),
            room: None,
            protocol,
            zone: None,
            rehearsal: false,
        })));
        sample
    }

    /// One more entry.
    pub(super) fn add(&mut self, event: Event) -> Entry {
        let seq = self.entries.len() as u64 + 1;
        let entry = Entry::seal(Fields {
            id: Uuid::from_u128(self.session.as_u128() << 64 | u128::from(seq)),
            session: self.session,
            station: "room-2".into(),
            epoch: 1,
            seq,
            observed_at: 1_000,
            recorded_at: 1_000 + seq as i64,
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

    /// One more entry of a given size.
    pub(super) fn note(&mut self, length: usize) -> Entry {
        self.add(Event::NoteTaken { text: "n".repeat(length), patients_words: false })
    }
}

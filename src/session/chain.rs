//! PURE. Whether a session's entries hold together: nothing missing, nothing changed, nothing of another session.

use std::collections::BTreeSet;

use thiserror::Error;

use super::entry::{Entry, Hash};
use super::link::{Kind, Link};

/// What the first entry of a session names as the hash before it.
pub const BEFORE_FIRST: Hash = Hash([0; 32]);

/// The first entry that does not hold. Those before it do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("entry {seq} does not hold: {why}")]
pub struct Break {
    /// The place in the session at which it was found, from 1.
    pub seq: u64,
    /// What is wrong there.
    pub why: Why,
}

/// Why an entry does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Why {
    /// Its number is not the next one: entries are missing, or stand twice.
    #[error("it is numbered {found}")]
    Sequence {
        /// The number it bears.
        found: u64,
    },
    /// It does not name the hash of the entry before: one of the two was changed.
    #[error("it does not follow from the entry before, so one of the two was changed")]
    PreviousHash,
    /// Its bytes do not give its hash: it was changed.
    #[error("it was changed after it was stored")]
    Hash,
    /// It belongs to another session.
    #[error("it belongs to another session")]
    OtherSession,
    /// A session begins with its opening.
    #[error("the session does not begin with its opening")]
    NoOpening,
    /// An entry before it has the same id.
    #[error("an earlier entry has the same id")]
    DuplicateId,
    /// What is stored beside its line is not what stands in the line.
    #[error("what is stored beside it is not what stands in it")]
    Beside,
    /// The time since the boot ran back within one boot.
    #[error("the time since the machine started runs back in it, by {} s", seconds(*.by_ms))]
    BootBack {
        /// By so much, ms.
        by_ms: i64,
    },
    /// The wall clock went back within one boot, and no entry says so.
    #[error("the clock on the wall goes back in it, by {} s, and no entry says that it was set", seconds(*.by_ms))]
    WallBack {
        /// By so much, ms.
        by_ms: i64,
    },
    /// The station's tenure is earlier than that of the entry before.
    #[error("it is of tenure {epoch}, and the entry before of tenure {before}")]
    Epoch {
        /// The tenure.
        epoch: u32,
        /// The one before.
        before: u32,
    },
    /// A signature that does not say what it covers.
    #[error("it is a signature that does not say what it covers")]
    SignatureUnclear,
    /// A signature does not cover what stands there.
    #[error("it is a signature over entry {through}, and that entry is another than the one that was signed")]
    Signature {
        /// The entry that it says it covers.
        through: u64,
    },
    /// A signature is known, and its entry is not there.
    #[error("it was a signature, and it is missing: the end of the record was cut off or changed after it was signed")]
    SignatureMissing,
    /// The stored line cannot be read.
    #[error("it cannot be read ({reason})")]
    Unreadable {
        /// What the reader said.
        reason: String,
    },
}

/// Whole seconds, at least one.
fn seconds(ms: i64) -> i64 {
    (ms / 1_000).max(1)
}

/// Checks a session's entries, from its first.
pub fn check(entries: &[Entry]) -> Result<(), Break> {
    let mut chain = Chain::default();
    entries.iter().try_for_each(|entry| chain.extend(entry))
}

/// Checks entries that were added after one that is known to hold.
pub fn check_after(before: &Entry, entries: &[Entry]) -> Result<(), Break> {
    let mut chain = Chain {
        length: before.seq(),
        session: before.fields.session,
        last_hash: before.hash,
        ids: BTreeSet::from([before.fields.id]),
    };
    entries.iter().try_for_each(|entry| chain.extend(entry))
}

/// Reads and checks a session's stored lines, from its first. A line that cannot be read is a break at its number.
pub fn check_lines<I>(lines: I) -> Result<Vec<Entry>, Break>
where
    I: IntoIterator,
    I::Item: Into<Vec<u8>>,
{
    let mut chain = Chain::default();
    lines
        .into_iter()
        .map(|line| {
            let entry = Entry::read(line.into())
                .map_err(|fault| Break { seq: chain.length + 1, why: Why::Unreadable { reason: fault.to_string() } })?;
            // Its hash was worked out from these bytes when they were read.
            chain.extend_hashed(&entry)?;
            Ok(entry)
        })
        .collect()
}

/// What the next entry must follow from: a session's chain, as far as it was read.
#[derive(Debug)]
pub struct Chain {
    length: u64,
    session: uuid::Uuid,
    last_hash: Hash,
    ids: BTreeSet<uuid::Uuid>,
}

impl Default for Chain {
    fn default() -> Self {
        Self { length: 0, session: uuid::Uuid::nil(), last_hash: BEFORE_FIRST, ids: BTreeSet::new() }
    }
}

/// What the chain asks of an entry.
struct Place {
    id: uuid::Uuid,
    session: uuid::Uuid,
    seq: u64,
    prev_hash: Option<Hash>,
    is_opening: bool,
}

impl Chain {
    /// How many entries it has.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.length
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The hash of its last entry.
    #[must_use]
    pub const fn last_hash(&self) -> Hash {
        self.last_hash
    }

    /// One more entry, of which only what ties it was read, with the hash of its line.
    pub fn extend_link(&mut self, link: &Link, hash: Hash) -> Result<(), Break> {
        let place = Place {
            id: link.id,
            session: link.session,
            seq: link.seq,
            prev_hash: link.prev_hash,
            is_opening: link.kind == Kind::Opening,
        };
        self.take(&place, hash)
    }

    fn extend(&mut self, entry: &Entry) -> Result<(), Break> {
        if Hash::of(&entry.line) != entry.hash {
            return Err(Break { seq: self.length + 1, why: Why::Hash });
        }
        self.extend_hashed(entry)
    }

    fn extend_hashed(&mut self, entry: &Entry) -> Result<(), Break> {
        let fields = &entry.fields;
        let place = Place {
            id: fields.id,
            session: fields.session,
            seq: fields.seq,
            prev_hash: Hash::from_hex(&fields.prev_hash),
            // By its word, so that the opening of a newer version is one too.
            is_opening: fields.seq == 1 && fields.event.kind() == "session_opened",
        };
        self.take(&place, entry.hash)
    }

    fn take(&mut self, place: &Place, hash: Hash) -> Result<(), Break> {
        let seq = self.length + 1;
        if let Some(why) = self.fault(place, seq) {
            return Err(Break { seq, why });
        }
        self.length = seq;
        self.session = place.session;
        self.last_hash = hash;
        self.ids.insert(place.id);
        Ok(())
    }

    fn fault(&self, place: &Place, seq: u64) -> Option<Why> {
        let first = seq == 1;
        if !first && place.session != self.session {
            Some(Why::OtherSession)
        } else if place.seq != seq {
            Some(Why::Sequence { found: place.seq })
        } else if place.prev_hash != Some(self.last_hash) {
            Some(Why::PreviousHash)
        } else if first && !place.is_opening {
            Some(Why::NoOpening)
        } else if self.ids.contains(&place.id) {
            Some(Why::DuplicateId)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::session::{Actor, Event, FIRST_PREV_HASH, Fields, Opening, ProtocolCopy};

    fn opened() -> Event {
        let protocol = ProtocolCopy {
            name: "P".into(),
            version: "1".into(),
            fingerprint: String::new(),
            text: String::new(),
            route: crate::protocol::Route::Iv,
        };
        Event::SessionOpened(Box::new(Opening {
            number: "1123-1".into(),
            patient: "Ana R.".into(),
            room: None,
            protocol,
            zone: None,
            rehearsal: false,
        }))
    }

    fn next(after: Option<&Entry>, event: Event) -> Entry {
        let seq = after.map_or(1, |e| e.seq() + 1);
        Entry::seal(Fields {
            id: Uuid::from_u128(100 + u128::from(seq)),
            session: Uuid::from_u128(1),
            station: "room-2".into(),
            epoch: 1,
            seq,
            observed_at: 0,
            recorded_at: 0,
            utc_offset_min: 0,
            boot_id: Uuid::nil(),
            boot_ms: 0,
            actor: Actor::console(),
            while_locked: false,
            app: "0".into(),
            event,
            prev_hash: after.map_or_else(|| FIRST_PREV_HASH.to_owned(), |e| e.hash.hex()),
        })
    }

    fn three() -> Vec<Entry> {
        let first = next(None, opened());
        let second = next(Some(&first), Event::InfusionPaused);
        let third = next(Some(&second), Event::InfusionResumed);
        vec![first, second, third]
    }

    fn reseal(entry: &Entry, change: impl FnOnce(&mut Fields)) -> Entry {
        let mut fields = entry.fields.clone();
        change(&mut fields);
        Entry::seal(fields)
    }

    #[test]
    fn a_whole_chain_holds_and_so_does_none() {
        assert_eq!(check(&three()), Ok(()));
        assert_eq!(check(&[]), Ok(()));
        let whole = three();
        assert_eq!(check_after(&whole[0], &whole[1..]), Ok(()));
        assert!(check_after(&whole[0], &whole[2..]).is_err());
        assert_eq!(check_lines(three().iter().map(|e| e.line.clone())).unwrap(), three());
    }

    #[test]
    fn each_kind_of_fault_is_found_where_it_is() {
        let whole = three();
        let swapped = |at: usize, entry: Entry| {
            let mut entries = three();
            entries[at] = entry;
            check(&entries).unwrap_err()
        };
        assert_eq!(
            check(&[whole[0].clone(), whole[2].clone()]),
            Err(Break { seq: 2, why: Why::Sequence { found: 3 } })
        );
        assert_eq!(
            swapped(1, reseal(&whole[1], |f| f.recorded_at += 1)),
            Break { seq: 3, why: Why::PreviousHash },
            "a changed entry shows at its follower"
        );
        assert_eq!(
            swapped(2, reseal(&whole[2], |f| f.session = Uuid::from_u128(2))),
            Break { seq: 3, why: Why::OtherSession }
        );
        assert_eq!(
            swapped(2, reseal(&whole[2], |f| f.id = whole[1].fields.id)),
            Break { seq: 3, why: Why::DuplicateId }
        );
        assert_eq!(check(&[next(None, Event::InfusionPaused)]), Err(Break { seq: 1, why: Why::NoOpening }));
        let mut kept_hash = whole[2].clone();
        kept_hash.line[10] ^= 1;
        assert_eq!(swapped(2, kept_hash), Break { seq: 3, why: Why::Hash });
    }

    #[test]
    fn an_unreadable_line_is_named_by_its_number() {
        let mut lines: Vec<Vec<u8>> = three().into_iter().map(|e| e.line).collect();
        lines[1].truncate(40);
        let found = check_lines(lines).unwrap_err();
        assert_eq!(found.seq, 2);
        assert!(matches!(found.why, Why::Unreadable { .. }));
    }

    #[test]
    fn every_single_changed_byte_is_found() {
        let lines: Vec<Vec<u8>> = three().into_iter().map(|e| e.line).collect();
        for at in 0..lines[1].len() {
            let mut changed = lines.clone();
            changed[1][at] ^= 1;
            assert!(check_lines(changed).is_err(), "byte {at}");
        }
    }
}

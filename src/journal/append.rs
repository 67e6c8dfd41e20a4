//! Adding entries: all of them in one transaction, and none of them twice.

use std::path::Path;

use rusqlite::{ErrorCode, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Deserialize;

use super::error::JournalError;
use super::open::Journal;
use super::twin::Kept;
use super::what_stands;
use crate::session::{Entry, Tenure};

impl Journal {
    /// Stores entries, all or none; when it returns, they have reached the disk. An entry that is stored already counts
    /// as stored: a commit that seemed to fail may have succeeded, so the same entries may be given again.
    pub fn append(&mut self, entries: &[Entry]) -> Result<(), JournalError> {
        self.append_all(entries.iter())?;
        self.hand_to_twin();
        Ok(())
    }

    /// The same; what was committed waits for `hand_to_twin`.
    pub(super) fn append_all<'a>(&mut self, entries: impl Iterator<Item = &'a Entry>) -> Result<(), JournalError> {
        let mut entries = entries.peekable();
        if entries.peek().is_none() {
            return Ok(());
        }
        self.is_in_place()?;
        let (place, tails, mut kept) = (&self.place, &mut self.tails, Vec::new());
        let fault = |fault: rusqlite::Error| JournalError::of(place, &fault);
        // Immediate: two consoles wait for each other here, where waiting works, and not at the first INSERT.
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let mut stored = Vec::new();
        for entry in entries {
            kept.push(Kept::of(entry));
            match stored_hash(&transaction, entry).map_err(fault)? {
                None => {
                    // The line that it follows from is known where it was stored here: nothing is read for it.
                    let before = tails.get(&entry.fields.session).filter(|(hash, _)| *hash == entry.fields.prev_hash);
                    if before.is_none_or(|(_, epoch)| *epoch > entry.fields.epoch)
                        && let Some(later) = later_tenure(&transaction, entry, place)?
                    {
                        return Err(later);
                    }
                    insert(&transaction, entry).map_err(|refused| fenced(&transaction, entry, place, &refused))?;
                    tails.insert(entry.fields.session, (entry.hash.hex(), entry.fields.epoch));
                    stored.push(entry);
                }
                // It may have been committed by an attempt that seemed to fail.
                Some(hash) if hash == entry.hash.0 => {}
                Some(_) => {
                    return Err(JournalError::Conflict { session: entry.fields.session, seq: entry.seq() });
                }
            }
        }
        what_stands::after(&transaction, stored.into_iter()).map_err(fault)?;
        transaction.commit().map_err(fault)?;
        self.twin.committed(kept);
        Ok(())
    }
}

/// Why an entry was not stored: one that does not follow from the last one stored may be of a tenure that is over. That the
/// schema refuses it, and that it is asked here, is of one transaction: two consoles can never fork a chain, whichever of them
/// was stopped when and goes on when.
fn fenced(transaction: &Transaction<'_>, entry: &Entry, place: &Path, refused: &rusqlite::Error) -> JournalError {
    let why = refusal(entry, place, refused);
    if !why.is_about_an_entry() {
        return why;
    }
    let later = later_tenure(transaction, entry, place).and_then(|later| match later {
        Some(later) => Ok(Some(later)),
        None => went_on(transaction, entry, place),
    });
    later.map_or_else(|fault| fault, |later| later.unwrap_or(why))
}

/// What is read of a stored line to know its tenure.
#[derive(Deserialize)]
struct OfTenure {
    epoch: u32,
}

/// Whether the session is in a later tenure than an entry.
fn later_tenure(
    transaction: &Transaction<'_>,
    entry: &Entry,
    place: &Path,
) -> Result<Option<JournalError>, JournalError> {
    let fault = |fault: rusqlite::Error| JournalError::of(place, &fault);
    let session = entry.fields.session;
    // The opening, which is long, is of the first tenure. A line that was damaged, and says nothing that could be a tenure,
    // keeps nobody out.
    let mut lines = transaction
        .prepare_cached("SELECT line FROM entry WHERE session = ?1 AND seq > 1 ORDER BY seq DESC")
        .map_err(fault)?;
    let mut lines = lines.query_map([session.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).map_err(fault)?;
    let last = lines.find_map(|line| serde_json::from_slice::<OfTenure>(&line.ok()?).ok());
    if last.is_none_or(|last| last.epoch <= entry.fields.epoch) {
        return Ok(None);
    }
    let by = transaction
        .prepare_cached(
            "SELECT line FROM entry WHERE session = ?1 AND kind = 'session_taken_over' ORDER BY seq DESC LIMIT 1",
        )
        .and_then(|mut last| last.query_row([session.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).optional())
        .map_err(fault)?
        .and_then(|line| Tenure::begun_by(&Entry::read(line).ok()?));
    Ok(Some(JournalError::TakenOver { session, seq: entry.seq(), by: by.map(Box::new) }))
}

/// Whether another console has recorded in this entry's session, in the same tenure: it found the session free, where the lock
/// of this one was missing. Asked once the entry was refused, and at no other time.
fn went_on(transaction: &Transaction<'_>, entry: &Entry, place: &Path) -> Result<Option<JournalError>, JournalError> {
    let (session, seq) = (entry.fields.session, entry.seq());
    let there = transaction
        .prepare_cached("SELECT line FROM entry WHERE session = ?1 AND seq = ?2 AND seq > 1")
        .and_then(|mut there| {
            there.query_row(params![session.as_bytes(), seq as i64], |row| row.get::<_, Vec<u8>>(0)).optional()
        })
        .map_err(|fault| JournalError::of(place, &fault))?;
    Ok(there.map(|line| {
        let by = Entry::read(line).ok().map(|entry| Box::new(Tenure::of_writer(&entry)));
        JournalError::TakenOver { session, seq, by }
    }))
}

fn stored_hash(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<Option<[u8; 32]>> {
    transaction
        .prepare_cached("SELECT hash FROM entry WHERE id = ?1")?
        .query_row([entry.fields.id.as_bytes()], |row| row.get(0))
        .optional()
}

pub(super) fn insert(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
    let fields = &entry.fields;
    transaction
        .prepare_cached(
            "INSERT INTO entry (session, seq, id, kind, recorded_at, line, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            fields.session.as_bytes(),
            fields.seq as i64,
            fields.id.as_bytes(),
            fields.event.kind(),
            fields.recorded_at,
            entry.line,
            entry.hash.0,
        ])
        .map(|_| ())
}

/// What the schema refuses is about the entry; anything else is about the disk.
pub(super) fn refusal(entry: &Entry, place: &Path, fault: &rusqlite::Error) -> JournalError {
    match fault {
        rusqlite::Error::SqliteFailure(failure, reason) if failure.code == ErrorCode::ConstraintViolation => {
            JournalError::Refused {
                session: entry.fields.session,
                seq: entry.seq(),
                reason: reason.clone().unwrap_or_else(|| failure.to_string()),
            }
        }
        _ => JournalError::of(place, fault),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::journal::DataFolder;

    #[test]
    fn a_full_disk_stores_nothing_of_a_batch_and_trying_again_writes_nothing_twice() {
        let base = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(&DataFolder::locate(Some(base.path())).unwrap()).unwrap();
        let mut sample = Sample::opened(1);
        journal.append(&sample.entries).unwrap();
        let pages: i64 = journal.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let limit = |journal: &Journal, pages: i64| {
            journal.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        };
        limit(&journal, pages);
        for _ in 0..40 {
            sample.note(400);
        }
        let full = journal.append(&sample.entries).unwrap_err();
        assert!(matches!(full, JournalError::Full { .. }), "{full:?}");
        assert_eq!(journal.load(sample.session).unwrap().len(), 1);
        limit(&journal, 1_000_000);
        journal.append(&sample.entries).unwrap();
        journal.append(&sample.entries[3..]).unwrap();
        assert_eq!(journal.load(sample.session).unwrap(), sample.entries);
    }

    #[test]
    fn another_entry_under_a_stored_id_is_a_conflict() {
        let mut journal = Journal::in_memory().unwrap();
        let mut sample = Sample::opened(1);
        sample.note(3);
        journal.append(&sample.entries).unwrap();
        let mut fields = sample.entries[1].fields.clone();
        fields.recorded_at += 1;
        let refused = journal.append(&[Entry::seal(fields)]).unwrap_err();
        assert_eq!(refused, JournalError::Conflict { session: sample.session, seq: 2 });
    }

    #[test]
    fn a_gap_a_broken_chain_and_a_second_opening_are_refused_by_the_schema() {
        let mut journal = Journal::in_memory().unwrap();
        let mut sample = Sample::opened(1);
        for _ in 0..3 {
            sample.note(3);
        }
        journal.append(&sample.entries[..2]).unwrap();
        let reason = |refused: JournalError| match refused {
            JournalError::Refused { reason, .. } => reason,
            other => panic!("{other:?}"),
        };
        let gap = journal.append(&sample.entries[3..]).unwrap_err();
        assert!(reason(gap).contains("not the next"));
        let mut other = Sample::opened(1);
        other.add(crate::session::Event::InfusionPaused);
        other.note(5);
        let broken = journal.append(&other.entries[2..]).unwrap_err();
        assert!(reason(broken).contains("does not follow"));
        let headless = Sample::opened(2).note(1);
        assert!(reason(journal.append(&[headless]).unwrap_err()).contains("not the next"));
        journal.append(&sample.entries).unwrap();
    }
}

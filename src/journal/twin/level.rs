//! The two copies of a session are compared, and each is healed from the other where that holds.

use std::io;

use super::super::error::JournalError;
use super::super::folder::DataFolder;
use super::super::open::Journal;
use super::file::{self, Transcript};
use super::keeper::bring_level;
use super::{Told, TranscriptTrouble};
use crate::session::twin::{Comparison, JournalAct, Side, Stitch, StoredRow, TranscriptAct};
use crate::session::{Entry, SessionId};

/// So many entries are put back in one transaction.
const BATCH: usize = 5_000;

impl Journal {
    /// Compares a session's two copies, and changes neither.
    pub fn compare(&self, folder: &DataFolder, session: SessionId) -> Result<Comparison, JournalError> {
        // First the transcript, then the journal, which is never behind it.
        let bytes = super::read(folder, session)?;
        let journal = Side::journal(session, &self.stored(session)?);
        Ok(Comparison::of(session, journal, Side::transcript(session, bytes.as_deref())))
    }

    /// Compares the two copies of sessions and heals each from the other. What was found is told; nothing of it keeps the
    /// journal from being used.
    ///
    /// # Errors
    /// Where the journal's file itself cannot be read.
    pub fn level(&mut self, sessions: impl IntoIterator<Item = SessionId>) -> Result<(), JournalError> {
        let Some(folder) = self.folder().cloned() else { return Ok(()) };
        // Sessions that the journal lost are put back together: one by one they would each wait for the disk.
        let mut lost: Vec<(SessionId, Vec<Entry>)> = Vec::new();
        for session in sessions {
            match self.level_one(&folder, session) {
                Ok(entries) if entries.is_empty() => {}
                Ok(entries) => lost.push((session, entries)),
                Err(why @ (JournalError::Corrupt { .. } | JournalError::NotAJournal { .. })) => return Err(why),
                Err(why) => self.twin.told.push(Told::NotHealed { session, why }),
            }
            if lost.iter().map(|(_, entries)| entries.len()).sum::<usize>() > BATCH {
                self.put_back(std::mem::take(&mut lost))?;
            }
        }
        self.put_back(lost)
    }

    /// Heals one session. What it returns is to be put back into the journal, which knows nothing of that session.
    fn level_one(&mut self, folder: &DataFolder, session: SessionId) -> Result<Vec<Entry>, JournalError> {
        let unusable =
            |fault: io::Error| JournalError::Transcript(TranscriptTrouble::of(file::path(folder, session), &fault));
        if !file::path(folder, session).exists() && self.last_hash(session)?.is_none() {
            return Ok(Vec::new());
        }
        let Some(mut transcript) = Transcript::try_open(folder, session).map_err(unusable)? else {
            // Another console is writing it now: it is the one that keeps the two level.
            return Ok(Vec::new());
        };
        let bytes = transcript.read().map_err(unusable)?;
        let rows = self.stored(session)?;
        let journal = Side::journal(session, &rows);
        let comparison = Comparison::of(session, journal, Side::transcript(session, Some(&bytes)));
        let found = comparison.findings().into_iter().filter(|finding| finding.what.is_trouble());
        self.twin.told.extend(found.map(Told::Found));
        let lost = self.heal_journal(folder, &comparison, &rows)?;
        heal_transcript(&comparison, transcript).map_err(unusable)?;
        Ok(lost)
    }

    fn heal_journal(
        &mut self,
        folder: &DataFolder,
        comparison: &Comparison,
        rows: &[StoredRow],
    ) -> Result<Vec<Entry>, JournalError> {
        let session = comparison.session;
        match comparison.journal_act() {
            JournalAct::Leave => {}
            JournalAct::Add if rows.is_empty() => return Ok(entries(&comparison.best)),
            JournalAct::Add => {
                let added = self.append(&entries(&comparison.best[comparison.journal.holds..]));
                added.map_err(|why| self.damage_behind(why))?;
            }
            JournalAct::Replace => {
                let damaged: Vec<u8> = rows.iter().flat_map(|(_, line, _)| [line.as_slice(), b"\n"].concat()).collect();
                file::keep_beside(folder, session, "journal-damaged", &damaged).map_err(|fault| {
                    JournalError::Transcript(TranscriptTrouble::of(file::path(folder, session), &fault))
                })?;
                let replaced = self.replace(session, &entries(&comparison.best));
                replaced.map_err(|why| self.damage_behind(why))?;
            }
        }
        Ok(Vec::new())
    }

    fn put_back(&mut self, lost: Vec<(SessionId, Vec<Entry>)>) -> Result<(), JournalError> {
        if self.append_all(lost.iter().flat_map(|(_, entries)| entries)).is_ok() {
            self.hand_to_twin();
            return Ok(());
        }
        // One that is refused must not keep the others out.
        for (session, entries) in lost {
            match self.append(&entries).map_err(|why| self.damage_behind(why)) {
                Ok(()) => {}
                Err(why @ JournalError::Corrupt { .. }) => return Err(why),
                Err(why) => self.twin.told.push(Told::NotHealed { session, why }),
            }
        }
        Ok(())
    }

    /// Why an entry was refused that the rows do not hold: where a page of the table is damaged, and the index still knows
    /// what stood there, it is the file that does not hold.
    fn damage_behind(&self, why: JournalError) -> JournalError {
        let is_of_the_schema = matches!(why, JournalError::Refused { .. } | JournalError::Conflict { .. });
        let holds = || {
            let found = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
            found.is_ok_and(|found| found == "ok")
        };
        if is_of_the_schema && !holds() { JournalError::Corrupt { place: self.place.clone() } } else { why }
    }
}

fn heal_transcript(comparison: &Comparison, mut transcript: Transcript) -> io::Result<()> {
    let whole =
        || comparison.best.iter().flat_map(|stitch| stitch.line.iter().copied().chain([b'\n'])).collect::<Vec<u8>>();
    match comparison.transcript_act() {
        TranscriptAct::Leave | TranscriptAct::LeaveDamaged => Ok(()),
        TranscriptAct::Add | TranscriptAct::Cut | TranscriptAct::CutAndAdd => bring_level(comparison, &mut transcript),
        TranscriptAct::SetAsideDamaged => transcript.set_aside("damaged", &whole()).map(drop),
        TranscriptAct::SetAsideDisagreeing => transcript.set_aside("disagrees", &whole()).map(drop),
    }
}

/// The entries of a chain: each was read as one when the chain was woven.
fn entries(chain: &[Stitch]) -> Vec<Entry> {
    chain.iter().filter_map(|stitch| Entry::read(stitch.line.clone()).ok()).collect()
}

//! The journal as a console opens it: one that cannot be read is set aside, never overwritten; the sessions that may go on
//! or be looked at are compared with their transcripts.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::super::error::JournalError;
use super::super::folder::{self, DataFolder};
use super::super::open::Journal;
use super::file;
use super::{Told, TranscriptTrouble};
use crate::file::sync_folder;
use crate::session::{HOUR_MS, SECOND_MS, SessionId};

/// Sessions opened within this are compared at the start, the others when they are opened or verified, ms.
const RECENT_MS: i64 = 48 * HOUR_MS;

/// A transcript is made within a second of its session, or when the disk is well again, ms.
const SLACK_MS: i64 = 10 * SECOND_MS;

impl Journal {
    /// Opens the journal of a folder for a console. `now_ms`: UTC.
    pub fn recover(folder: &DataFolder, now_ms: i64) -> Result<Self, JournalError> {
        let mut journal = match Self::open(folder) {
            Err(JournalError::NotAJournal { .. }) if is_foreign(folder) => return Self::open(folder),
            Err(JournalError::NotAJournal { .. } | JournalError::Corrupt { .. }) => Self::begin_anew(folder, now_ms)?,
            opened => opened?,
        };
        match journal.level_recent(folder, now_ms) {
            Err(JournalError::Corrupt { .. } | JournalError::NotAJournal { .. }) => {
                drop(journal);
                journal = Self::begin_anew(folder, now_ms)?;
                journal.level_recent(folder, now_ms)?;
            }
            levelled => levelled?,
        }
        Ok(journal)
    }

    /// Sets aside what cannot be read and begins a new journal; what can still be read of the old one is taken over.
    fn begin_anew(folder: &DataFolder, now_ms: i64) -> Result<Self, JournalError> {
        let aside = set_aside(folder, now_ms)
            .map_err(|fault| JournalError::NotSetAside { place: folder.journal(), fault: fault.to_string() })?;
        let mut journal = Self::open(folder)?;
        journal.take_over(&aside);
        journal.twin.told.push(Told::SetAside { aside });
        Ok(journal)
    }

    /// Copies the sessions that hold in a journal that was set aside. Whatever cannot be read there comes from the
    /// transcripts, or is lost.
    fn take_over(&mut self, aside: &Path) {
        let Ok(old) = Self::open_file_read_only(aside) else { return };
        for head in old.heads().unwrap_or_default() {
            if let Ok(entries) = old.load(head.id) {
                // What is refused here comes from its transcript.
                let _ = self.append(&entries);
            }
        }
    }

    /// Compares the sessions that go on and those of late. Transcripts that the journal may not know of are searched for at
    /// once where one was made after the newest session of the journal, else by `search`.
    fn level_recent(&mut self, folder: &DataFolder, now_ms: i64) -> Result<(), JournalError> {
        let mut open = self.ids("SELECT session FROM open_session", [])?;
        open.sort_unstable();
        let since = now_ms.saturating_sub(RECENT_MS);
        let recent = self.ids("SELECT id FROM session WHERE opened_at >= ?1", [since])?;
        let newest = self.ids("SELECT max(id) FROM session HAVING max(id) IS NOT NULL", [])?.pop();
        // Ids begin with the time at which they were made.
        let from = newest.map_or(Uuid::nil(), |newest| newest.min(first_id_at(since)));
        let mut sessions: BTreeSet<SessionId> = recent.into_iter().chain(open.iter().copied()).collect();
        self.twin.unsearched = Some(from);
        if !newest.is_some_and(|newest| is_older(folder, newest)) {
            sessions.extend(self.found_beside(folder));
        }
        self.level_uneven(folder, sessions, &open)
    }

    /// Levels the sessions whose copies end differently, and those that go on (`open`, sorted): they are compared line by line,
    /// for they will be read; of the others the end tells enough.
    fn level_uneven(
        &mut self,
        folder: &DataFolder,
        sessions: impl IntoIterator<Item = SessionId>,
        open: &[SessionId],
    ) -> Result<(), JournalError> {
        let mut uneven = Vec::new();
        for session in sessions {
            if open.binary_search(&session).is_ok() || !self.ends_alike(folder, session)? {
                uneven.push(session);
            }
        }
        self.level(uneven)
    }

    /// Searches for transcripts of late that the journal does not know of, where that has not been done. To read a folder of
    /// many thousands takes longer than a first screen should wait.
    pub(in crate::journal) fn search(&mut self) -> Result<(), JournalError> {
        let Some(folder) = self.folder().cloned() else { return Ok(()) };
        let found = self.found_beside(&folder);
        self.level_uneven(&folder, found, &[])
    }

    /// The sessions that have a transcript, of late or newer than the journal: once.
    fn found_beside(&mut self, folder: &DataFolder) -> Vec<SessionId> {
        let Some(from) = self.twin.unsearched.take() else { return Vec::new() };
        match file::all(folder) {
            Ok(kept) => kept.into_iter().filter(|id| *id > from).collect(),
            Err(fault) => {
                let trouble = TranscriptTrouble::of(folder.transcripts(), &fault);
                self.twin.told.push(Told::Transcript(trouble));
                Vec::new()
            }
        }
    }

    /// Whether the two copies of a session end with the same line.
    fn ends_alike(&self, folder: &DataFolder, session: SessionId) -> Result<bool, JournalError> {
        let stored = self.last_hash(session)?;
        let kept = file::last_hash(&file::path(folder, session)).ok().flatten();
        Ok(stored.is_some() && stored == kept)
    }
}

/// The first id that can be made at a moment.
fn first_id_at(utc_ms: i64) -> Uuid {
    Uuid::from_u128(u128::from(utc_ms.max(0).unsigned_abs()) << 80)
}

/// Whether no transcript was made, or set aside, since a session began: then the journal knows of them all.
fn is_older(folder: &DataFolder, newest: SessionId) -> bool {
    let began_ms = i64::try_from(newest.as_u128() >> 80).unwrap_or(0);
    file::changed_ms(&folder.transcripts()).is_some_and(|changed_ms| changed_ms <= began_ms + SLACK_MS)
}

/// Whether the file is a sound database of another program: that is not ours to move.
fn is_foreign(folder: &DataFolder) -> bool {
    Journal::is_sound_database(&folder.journal())
}

/// Renames the journal's files to a name that says when. Where the journal is now.
fn set_aside(folder: &DataFolder, now_ms: i64) -> io::Result<PathBuf> {
    let place = folder.journal();
    let when = folder::compact_time(now_ms);
    let names = (1..).map(|n: u32| {
        let more = if n == 1 { String::new() } else { format!("-{n}") };
        folder.path().join(format!("journal-unreadable-{when}{more}.db"))
    });
    let aside = names.into_iter().find(|path| !path.exists()).unwrap_or_else(|| place.clone());
    for suffix in ["-wal", "-shm", ""] {
        let beside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        match fs::rename(beside(&place), beside(&aside)) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            renamed => renamed?,
        }
    }
    sync_folder(folder.path())?;
    Ok(aside)
}

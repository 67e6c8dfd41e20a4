//! What can go wrong with a journal: one sentence each, saying what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

use super::twin::TranscriptTrouble;
use crate::session::chain::Break;
use crate::session::{SessionId, Tenure};

/// Why the journal could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JournalError {
    /// No space left.
    #[error("the disk that holds {} is full: free some space on it", .place.display())]
    Full {
        /// The journal's file.
        place: PathBuf,
    },
    /// The disk failed.
    #[error("the disk that holds {} fails (SQLite error {code}): check the disk and its cable or network", .place.display())]
    Disk {
        /// The journal's file.
        place: PathBuf,
        /// SQLite's extended error code.
        code: i32,
    },
    /// It may not be written.
    #[error("{} may not be written: allow it for this user, or choose another folder with --data-dir", .place.display())]
    ReadOnly {
        /// The journal's file.
        place: PathBuf,
    },
    /// It cannot be opened.
    #[error("{} cannot be opened (SQLite error {code}): check that this user may read it and its folder", .place.display())]
    CannotOpen {
        /// The journal's file.
        place: PathBuf,
        /// SQLite's extended error code.
        code: i32,
    },
    /// Its contents are damaged.
    #[error("{} is damaged: keep the file as it is; the console, when it is started, sets it aside and fills a new one from the transcripts", .place.display())]
    Corrupt {
        /// The journal's file.
        place: PathBuf,
    },
    /// It is something else.
    #[error("{} is not a bedside journal: move it away, or choose another folder with --data-dir", .place.display())]
    NotAJournal {
        /// The file.
        place: PathBuf,
    },
    /// Another program holds it.
    #[error("{} is held by another program: close what else uses it", .place.display())]
    Busy {
        /// The journal's file.
        place: PathBuf,
    },
    /// A backup is being put in its place.
    #[error("{} is being restored: start again when that is done", .place.display())]
    Restoring {
        /// The journal's file.
        place: PathBuf,
    },
    /// Written by a later version.
    #[error("{} was written by a newer bedside (form {found}, this one knows {known}): install that version", .place.display())]
    Newer {
        /// The journal's file.
        place: PathBuf,
        /// Its form.
        found: i64,
        /// The newest form known here.
        known: i64,
    },
    /// SQLite could not switch to the write-ahead log, without which nothing is promised.
    #[error("{} cannot be used safely on this disk (journal mode is {answer}): choose a local disk with --data-dir", .place.display())]
    NotWal {
        /// The journal's file.
        place: PathBuf,
        /// The mode SQLite answered.
        answer: String,
    },
    /// There is none.
    #[error("there is no journal in {}: open a session first, or name the folder with --data-dir", .folder.display())]
    NoJournal {
        /// The folder.
        folder: PathBuf,
    },
    /// There is none, and there are transcripts of sessions that were in it.
    #[error("the journal in {} is gone, and {sessions} transcripts are there: start the console, or run bedside verify --heal, to build it again", .folder.display())]
    Lost {
        /// The folder.
        folder: PathBuf,
        /// How many sessions have a transcript.
        sessions: usize,
    },
    /// Reading it would need a file to be created.
    #[error("{} was not closed properly: open the console there once, so that it is brought in order", .place.display())]
    NotClosed {
        /// The journal's file.
        place: PathBuf,
    },
    /// The open file is no longer the one at its path: what is written there would be lost.
    #[error("{} was moved or deleted while in use: put it back where it was", .place.display())]
    Moved {
        /// Where it was.
        place: PathBuf,
    },
    /// The schema refused an entry.
    #[error("entry {seq} of session {session} was refused by the journal ({reason}): write on paper and report this")]
    Refused {
        /// The session.
        session: SessionId,
        /// The entry.
        seq: u64,
        /// The schema's reason.
        reason: String,
    },
    /// Another entry is stored under the same id.
    #[error("entry {seq} of session {session} is stored with other contents: write on paper and report this")]
    Conflict {
        /// The session.
        session: SessionId,
        /// The entry.
        seq: u64,
    },
    /// Another console has taken the session over.
    #[error("{} taken this session over: what is not saved here stays so: write it on paper, and enter it late there", taker(.by.as_deref()))]
    TakenOver {
        /// The session.
        session: SessionId,
        /// The entry that came too late.
        seq: u64,
        /// Who, where that can be read.
        by: Option<Box<Tenure>>,
    },
    /// The stored entries of a session do not hold together.
    #[error("session {session} is damaged: {at}; see bedside verify {session}")]
    Broken {
        /// The session.
        session: SessionId,
        /// Where.
        at: Break,
    },
    /// Nothing answers to that name.
    #[error("there is no session {asked}: list them with bedside sessions")]
    NoSession {
        /// What was asked for.
        asked: String,
    },
    /// Several sessions answer to that name.
    #[error("{asked} may mean {} sessions: give more of the id, such as {}", .found.len(), .found.first().map(ToString::to_string).unwrap_or_default())]
    Ambiguous {
        /// What was asked for.
        asked: String,
        /// The sessions it may mean, oldest first.
        found: Vec<SessionId>,
    },
    /// A transcript cannot be used.
    #[error(transparent)]
    Transcript(#[from] TranscriptTrouble),
    /// A journal that cannot be read could not be set aside either.
    #[error("{} cannot be read, and could not be set aside ({fault}): choose another folder with --data-dir", .place.display())]
    NotSetAside {
        /// The journal's file.
        place: PathBuf,
        /// What the system said.
        fault: String,
    },
    /// Anything else that SQLite says.
    #[error("{} failed ({reason}): report this", .place.display())]
    Other {
        /// The journal's file.
        place: PathBuf,
        /// What SQLite said.
        reason: String,
    },
}

/// Who has taken a session over.
fn taker(by: Option<&Tenure>) -> String {
    match by {
        Some(Tenure { by, station, .. }) if by.is_empty() => format!("another console, {station}, has"),
        Some(Tenure { by, station, .. }) => format!("{by} at {station} has"),
        None => "another console has".to_owned(),
    }
}

impl JournalError {
    /// What SQLite said, as one of ours.
    pub(super) fn of(place: &Path, fault: &rusqlite::Error) -> Self {
        let place = place.to_owned();
        let rusqlite::Error::SqliteFailure(failure, _) = fault else {
            return Self::Other { place, reason: fault.to_string() };
        };
        let code = failure.extended_code;
        match failure.code {
            ErrorCode::DiskFull => Self::Full { place },
            // The file ends in the middle of a page: it lost its end, and the disk is well.
            ErrorCode::SystemIoFailure if code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ => Self::Corrupt { place },
            ErrorCode::SystemIoFailure => Self::Disk { place, code },
            ErrorCode::ReadOnly => Self::ReadOnly { place },
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::CannotOpen { place, code },
            ErrorCode::DatabaseCorrupt => Self::Corrupt { place },
            ErrorCode::NotADatabase => Self::NotAJournal { place },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                Self::Busy { place }
            }
            _ => Self::Other { place, reason: fault.to_string() },
        }
    }

    /// Whether it is about one entry: other sessions' entries may be saved all the same.
    pub(super) const fn is_about_an_entry(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Conflict { .. } | Self::TakenOver { .. })
    }

    /// Whether a fresh connection might help.
    pub(super) const fn may_mend_by_reopening(&self) -> bool {
        matches!(
            self,
            Self::Disk { .. }
                | Self::ReadOnly { .. }
                | Self::CannotOpen { .. }
                | Self::Corrupt { .. }
                | Self::NotAJournal { .. }
                | Self::Moved { .. }
        )
    }
}

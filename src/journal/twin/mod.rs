//! The transcript beside the database: the very bytes of a session's stored lines, one to a line, only ever added to. It is
//! written after the commit, on a thread of its own, and compared with the journal when that is opened.

mod file;
mod keeper;
mod level;
mod recover;
mod replace;

pub(super) use self::keeper::Kept;

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use tokio::sync::mpsc::UnboundedSender;

use self::keeper::Keeper;
use super::error::JournalError;
use super::folder::DataFolder;
use super::open::Journal;
use super::writer::Reply;
use crate::session::SessionId;
use crate::session::twin::Finding;

/// Why a transcript is not what it should be. The journal is not touched by it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TranscriptTrouble {
    /// It cannot be written or read.
    #[error("the transcript {} cannot be used ({fault}): the journal is saved all the same; check the disk and the folder's rights", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: String,
    },
    /// It does not go with the journal.
    #[error("the transcript {} does not go with the journal, which is saved all the same: leave the console and start it again, so that the two are compared", .path.display())]
    Astray {
        /// The file.
        path: PathBuf,
    },
}

impl TranscriptTrouble {
    fn of(path: PathBuf, fault: &io::Error) -> Self {
        Self::Unusable { path, fault: fault.to_string() }
    }
}

/// The bytes of a session's transcript; none where it has none.
pub(super) fn read(folder: &DataFolder, session: SessionId) -> Result<Option<Vec<u8>>, JournalError> {
    let path = file::path(folder, session);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(TranscriptTrouble::of(path, &fault).into()),
    }
}

/// The sessions that have a transcript, oldest first.
pub fn sessions_kept(folder: &DataFolder) -> Result<Vec<SessionId>, JournalError> {
    let mut kept = file::all(folder).map_err(|fault| TranscriptTrouble::of(folder.transcripts(), &fault))?;
    kept.sort_unstable();
    Ok(kept)
}

/// What the journal has to tell of itself, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A session's two copies were not the same.
    Found(Finding),
    /// A copy could not be healed.
    NotHealed {
        /// The session.
        session: SessionId,
        /// Why.
        why: JournalError,
    },
    /// The journal could not be read, and was set aside; a new one was begun.
    SetAside {
        /// Where it is now.
        aside: PathBuf,
    },
    /// A transcript is in trouble.
    Transcript(TranscriptTrouble),
    /// The transcripts are in order again.
    TranscriptsAgain,
}

/// The journal's hold on its transcripts.
#[derive(Debug, Default)]
pub(super) struct Twin {
    keeper: Option<Keeper>,
    /// Committed, and not handed over yet.
    committed: Vec<Kept>,
    replies: Option<UnboundedSender<Reply>>,
    told: Vec<Told>,
    /// The journal may not know of transcripts after this id: they have not been searched for.
    unsearched: Option<SessionId>,
}

impl Twin {
    /// Takes what was committed; it waits until it is handed over.
    pub(super) fn committed(&mut self, lines: Vec<Kept>) {
        self.committed.extend(lines);
    }
}

impl Journal {
    /// From now on what there is to tell of the transcripts is told there.
    pub(super) fn tell(&mut self, replies: UnboundedSender<Reply>) {
        self.twin.replies = Some(replies);
    }

    /// What there is to tell since the last time.
    pub fn take_told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.twin.told)
    }

    /// Hands what was committed to the thread that keeps the transcripts. Called when nobody waits for the commit any more.
    pub(super) fn hand_to_twin(&mut self) {
        let committed = std::mem::take(&mut self.twin.committed);
        let Some(folder) = self.folder().cloned().filter(|_| !committed.is_empty()) else { return };
        let twin = &mut self.twin;
        let keeper = twin.keeper.get_or_insert_with(|| Keeper::start(folder, twin.replies.clone()));
        keeper.keep(committed);
    }
}

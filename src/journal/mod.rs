//! Where entries are kept: one SQLite file to which entries are only ever added. Knows the session's entries and nothing
//! above them.

mod access;
mod answer;
mod append;
mod backup;
mod error;
mod folder;
mod lock;
mod open;
mod patient;
mod read;
#[cfg(test)]
mod sample;
mod saver;
mod schema;
mod steps;
mod twin;
mod verify;
mod what_stands;
mod writer;

pub use backup::{BackupTrouble, Copied, backup, restore};
pub use error::JournalError;
pub use folder::{DataFolder, FolderTrouble};
pub use lock::{Holder, LockTrouble, SessionLock, is_free};
pub use open::Journal;
pub use patient::{OfPatient, VisitRow};
pub use read::{SessionHead, SessionRow};
pub use twin::{Told, TranscriptTrouble, sessions_kept};
pub use verify::{InFile, Verified, VerifiedFile, verify_file};
pub use writer::{Reply, Request, Unsaved, Writer, WriterGone};

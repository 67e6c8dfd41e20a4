//! One console a session: a lock that the system releases when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::folder::{self, DataFolder, FolderTrouble};
use crate::session::SessionId;

/// How often, and how far apart, a lock is tried that others have for milliseconds.
const ATTEMPTS: u32 = 25;
const PAUSE: Duration = Duration::from_millis(10);

/// Who holds a session: the content of its lock file, for a person to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// The machine.
    pub host: String,
    /// The sitter.
    pub sitter: String,
    /// Since when, UTC ms.
    pub since: i64,
}

impl Holder {
    /// This process on this machine.
    #[must_use]
    pub fn this_process(sitter: &str, since: i64) -> Self {
        Self { pid: std::process::id(), host: host_name(), sitter: sitter.to_owned(), since }
    }
}

/// Why a session's lock was not got.
#[derive(Debug, Error)]
pub enum LockTrouble {
    /// Another console has the session.
    #[error("this session is open in another console{}: close it there first", .holder.as_ref().map(|h| format!(" ({} on {}, process {})", h.sitter, h.host, h.pid)).unwrap_or_default())]
    Held {
        /// Who; none when its file cannot be read.
        holder: Option<Holder>,
    },
    /// The folder of the locks cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderTrouble),
    /// The lock file cannot be used.
    #[error("the lock {} cannot be used ({fault}): allow it for this user", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
}

/// A session's lock, held as long as this value lives. The file stays behind: taking it away would let two consoles
/// hold two files of one name.
#[derive(Debug)]
pub struct SessionLock {
    _file: File,
}

impl SessionLock {
    /// Takes a session's lock, or says who has it. Never waits.
    pub fn take(folder: &DataFolder, session: SessionId, holder: &Holder) -> Result<Self, LockTrouble> {
        folder::create_private_folder(&folder.locks())?;
        let path = folder.locks().join(format!("{session}.lock"));
        let unusable = |fault| LockTrouble::Unusable { path: path.clone(), fault };
        // Not truncated: until the lock is ours the content is another's.
        let mut options = OpenOptions::new();
        let mut file = folder::private(options.read(true).write(true).create(true).truncate(false))
            .open(&path)
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockTrouble::Held { holder: read_holder(&mut file) }),
            Err(TryLockError::Error(fault)) => return Err(unusable(fault)),
        }
        write_holder(&mut file, holder).map_err(unusable)?;
        Ok(Self { _file: file })
    }
}

/// Waits until no other console is making the journal of this folder; held as long as the file lives.
pub(super) fn for_making(folder: &DataFolder) -> Result<File, FolderTrouble> {
    folder::create_private_folder(&folder.locks())?;
    let path = folder.locks().join("making.lock");
    let mut options = OpenOptions::new();
    folder::private(options.write(true).create(true).truncate(false))
        .open(&path)
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|fault| FolderTrouble::Unusable { path, fault })
}

/// Somebody keeps everybody else out of the folder.
pub(super) struct KeptOut;

/// Says that this process works in the folder, for as long as the file lives. A folder where no lock can be had, such as a
/// read-only one, is worked in without.
pub(super) fn share(folder: &DataFolder) -> Result<Option<File>, KeptOut> {
    let Ok(file) = presence(folder) else { return Ok(None) };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Err(KeptOut),
        Err(TryLockError::Error(_)) => Ok(None),
        Ok(()) => Ok(Some(file)),
    }
}

/// Keeps everybody else out of the folder, for as long as the file lives; none where somebody works in it.
pub(super) fn alone(folder: &DataFolder) -> Result<Option<File>, FolderTrouble> {
    let file = presence(folder)?;
    match within_a_moment(|| file.try_lock()) {
        Ok(got) => Ok(got.then_some(file)),
        Err(fault) => Err(FolderTrouble::Unusable { path: folder.locks().join("in-use.lock"), fault }),
    }
}

/// Tries a lock for a quarter of a second: whoever writes has it for milliseconds, and a process that is just being started
/// may hold a copy of it. Whether it was got.
pub(super) fn within_a_moment(take: impl Fn() -> Result<(), TryLockError>) -> io::Result<bool> {
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            std::thread::park_timeout(PAUSE);
        }
        match take() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(fault)) => return Err(fault),
        }
    }
    Ok(false)
}

fn presence(folder: &DataFolder) -> Result<File, FolderTrouble> {
    folder::create_private_folder(&folder.locks())?;
    let path = folder.locks().join("in-use.lock");
    let mut options = OpenOptions::new();
    folder::private(options.write(true).create(true).truncate(false))
        .open(&path)
        .map_err(|fault| FolderTrouble::Unusable { path, fault })
}

fn write_holder(file: &mut File, holder: &Holder) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    let mut text = serde_json::to_vec(holder)?;
    text.push(b'\n');
    file.write_all(&text)
}

fn read_holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    let holder: Holder = serde_json::from_str(&text).ok()?;
    // It comes from a file that anybody with the right to it could have written.
    Some(Holder {
        host: crate::session::text::clean(&holder.host),
        sitter: crate::session::text::clean(&holder.sitter),
        ..holder
    })
}

#[cfg(unix)]
fn host_name() -> String {
    crate::session::text::clean(&rustix::system::uname().nodename().to_string_lossy())
}

#[cfg(not(unix))]
fn host_name() -> String {
    std::env::var("COMPUTERNAME").map(|name| crate::session::text::clean(&name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_holder_at_a_time_and_its_name_is_told() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let long = Holder { sitter: "Sitter with a long name".into(), ..Holder::this_process("", 5) };
        let held = SessionLock::take(&folder, one, &long).unwrap();
        let refused = SessionLock::take(&folder, one, &Holder::this_process("B", 6)).unwrap_err();
        assert!(refused.to_string().contains("Sitter with a long name"), "{refused}");
        assert!(matches!(refused, LockTrouble::Held { holder: Some(holder) } if holder == long));
        SessionLock::take(&folder, other, &long).unwrap();
        drop(held);
        let next = Holder::this_process("B", 7);
        let _held = SessionLock::take(&folder, one, &next).unwrap();
        let refused = SessionLock::take(&folder, one, &long).unwrap_err();
        assert!(matches!(refused, LockTrouble::Held { holder: Some(holder) } if holder == next));
    }
}

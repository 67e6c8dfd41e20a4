//! One console a session: a lock that the system releases when its holder ends, however it ends. Whoever takes a session
//! over puts a lock file of its own in the place of the old one: the old holder sees that it is no longer its own.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::folder::{self, DataFolder, FolderTrouble};
use crate::session::SessionId;

/// How often, and how far apart, a lock is tried that others have for milliseconds.
const ATTEMPTS: u32 = 25;
const PAUSE: Duration = Duration::from_millis(10);
/// The most that is read of what a lock file says, bytes.
const MOST_BYTES: u64 = 1 << 16;

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
    /// The tenure of the session: a take-over begins the next.
    #[serde(default)]
    pub epoch: u32,
}

impl Holder {
    /// This process on this machine.
    #[must_use]
    pub fn this_process(sitter: &str, since: i64) -> Self {
        Self { pid: std::process::id(), host: host_name(), sitter: sitter.to_owned(), since, epoch: 0 }
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
    file: File,
    path: PathBuf,
    holder: Holder,
    /// Whether the file says who holds it. A full disk may take the lock and not its content.
    is_told: bool,
}

impl SessionLock {
    /// Takes a session's lock, or says who has it. Never waits.
    pub fn take(folder: &DataFolder, session: SessionId, holder: &Holder) -> Result<Self, LockTrouble> {
        folder::create_private_folder(&folder.locks())?;
        let path = path_of(folder, session);
        let unusable = |fault| LockTrouble::Unusable { path: path.clone(), fault };
        let mut file = loop {
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
            // A take-over may have put another in its place meanwhile: then that one counts.
            if folder::is_same(&file, &path).map_err(unusable)? {
                break file;
            }
        };
        let before = read_holder(&mut file).map_or(0, |before| before.epoch);
        let holder = Holder { epoch: holder.epoch.max(before), ..holder.clone() };
        let is_told = write_holder(&mut file, &holder).is_ok();
        Ok(Self { file, path, holder, is_told })
    }

    /// Puts a lock of one's own in the place of another's: the journal holds the take-over already, which is what decides.
    /// Refused where a later tenure has its lock there, or another console that found this one's missing.
    pub fn replace(folder: &DataFolder, session: SessionId, holder: &Holder) -> Result<Self, LockTrouble> {
        folder::create_private_folder(&folder.locks())?;
        let path = path_of(folder, session);
        let unusable = |fault| LockTrouble::Unusable { path: path.clone(), fault };
        // One at a time, or the earlier of two take-overs could come out on top.
        let _turn = alone_in(folder, "taking.lock").map_err(unusable)?;
        let there = holder_at(&path);
        let is_later = |there: &Holder| {
            there.epoch > holder.epoch || there.epoch == holder.epoch && is_free(folder, session) == Some(false)
        };
        if there.as_ref().is_some_and(is_later) {
            return Err(LockTrouble::Held { holder: there });
        }
        let beside = path.with_extension(format!("{}.part", std::process::id()));
        let mut options = OpenOptions::new();
        let made = folder::private(options.read(true).write(true).create(true).truncate(true)).open(&beside);
        let made = made.and_then(|mut file| {
            file.try_lock().map_err(io::Error::from)?;
            let is_told = write_holder(&mut file, holder).is_ok();
            fs::rename(&beside, &path)?;
            Ok((file, is_told))
        });
        let (file, is_told) = made.map_err(|fault| {
            // What is left of a failure.
            let _ = fs::remove_file(&beside);
            unusable(fault)
        })?;
        Ok(Self { file, path, holder: holder.clone(), is_told })
    }

    /// Who has put another lock in the place of this one, where somebody has: the session was taken over.
    #[must_use]
    pub fn taken_by(&self) -> Option<Option<Holder>> {
        // A file that somebody took away is no take-over, and one that cannot be looked at tells nothing.
        let is_other = self.path.exists() && folder::is_same(&self.file, &self.path).is_ok_and(|same| !same);
        is_other.then(|| holder_at(&self.path))
    }

    /// Says who sits now and in which tenure, as the journal has it, for whoever finds the session held. What the disk does
    /// not take is said again by `tell`.
    pub fn say(&mut self, sitter: &str, epoch: u32) {
        self.holder = Holder { sitter: sitter.to_owned(), epoch, ..self.holder.clone() };
        self.is_told = false;
        self.tell();
    }

    /// Says who holds it, where the disk has not taken that yet.
    pub fn tell(&mut self) {
        self.is_told = self.is_told || write_holder(&mut self.file, &self.holder).is_ok();
    }
}

/// Whether nobody holds a session; none where that cannot be looked at. It is tried for a moment only.
#[must_use]
pub fn is_free(folder: &DataFolder, session: SessionId) -> Option<bool> {
    let mut options = OpenOptions::new();
    match options.read(true).open(path_of(folder, session)) {
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Some(true),
            Err(TryLockError::WouldBlock) => Some(false),
            Err(TryLockError::Error(_)) => None,
        },
        Err(_) => None,
    }
}

fn path_of(folder: &DataFolder, session: SessionId) -> PathBuf {
    folder.locks().join(format!("{session}.lock"))
}

/// A lock that others have for moments only, held as long as the file lives.
fn alone_in(folder: &DataFolder, name: &str) -> io::Result<File> {
    let file = open_lock(&folder.locks().join(name))?;
    if within_a_moment(|| file.try_lock())? { Ok(file) } else { Err(io::ErrorKind::WouldBlock.into()) }
}

/// Waits until no other console is making the journal of this folder; held as long as the file lives.
pub(super) fn for_making(folder: &DataFolder) -> Result<File, FolderTrouble> {
    lock_file(folder, "making.lock", File::lock)
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
    lock_file(folder, "in-use.lock", |_| Ok(()))
}

/// A lock of the whole folder, once something was done with it.
fn lock_file(
    folder: &DataFolder,
    name: &str,
    then: impl FnOnce(&File) -> io::Result<()>,
) -> Result<File, FolderTrouble> {
    folder::create_private_folder(&folder.locks())?;
    let path = folder.locks().join(name);
    open_lock(&path)
        .and_then(|file| then(&file).map(|()| file))
        .map_err(|fault| FolderTrouble::Unusable { path, fault })
}

/// Opens a lock that says nothing, making it where it is missing.
fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    folder::private(options.write(true).create(true).truncate(false)).open(path)
}

fn write_holder(file: &mut File, holder: &Holder) -> io::Result<()> {
    let mut text = serde_json::to_vec(holder)?;
    text.push(b'\n');
    // Over what stands there: a full disk takes that, where it would not take a file that begins anew.
    file.rewind()?;
    file.write_all(&text)?;
    file.set_len(text.len() as u64)
}

fn read_holder(file: &mut File) -> Option<Holder> {
    let mut text = Vec::new();
    // What stands there is anybody's: without a bound it could be endless.
    file.rewind().and_then(|()| file.take(MOST_BYTES).read_to_end(&mut text)).ok()?;
    parse_holder(&text)
}

fn holder_at(path: &Path) -> Option<Holder> {
    read_holder(&mut File::open(path).ok()?)
}

fn parse_holder(text: &[u8]) -> Option<Holder> {
    let holder: Holder = serde_json::from_slice(text).ok()?;
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

    #[test]
    fn a_lock_that_was_replaced_is_no_longer_its_holders() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        let session = Uuid::from_u128(1);
        let holder = |sitter: &str, epoch| Holder { epoch, ..Holder::this_process(sitter, 5) };
        let mut first = SessionLock::take(&folder, session, &holder("A", 1)).unwrap();
        first.say("A2", 1);
        let refused = SessionLock::take(&folder, session, &holder("C", 1)).unwrap_err();
        assert!(matches!(refused, LockTrouble::Held { holder: Some(found) } if found.sitter == "A2"));
        assert!(first.taken_by().is_none());
        let second = SessionLock::replace(&folder, session, &holder("B", 2)).unwrap();
        assert_eq!(first.taken_by(), Some(Some(holder("B", 2))));
        assert!(second.taken_by().is_none());
        // The earlier of two take-overs does not come out on top, whichever puts its lock there last.
        let third = SessionLock::replace(&folder, session, &holder("C", 3)).unwrap();
        let late = SessionLock::replace(&folder, session, &holder("B", 2)).unwrap_err();
        assert!(matches!(late, LockTrouble::Held { holder: Some(found) } if found.sitter == "C"));
        assert!(third.taken_by().is_none());
        // The old holders' ends change nothing; the last one's frees the session, and its tenure is remembered.
        drop((first, second));
        SessionLock::take(&folder, session, &holder("D", 1)).unwrap_err();
        drop(third);
        let next = SessionLock::take(&folder, session, &holder("D", 1)).unwrap();
        assert_eq!(next.holder.epoch, 3);
        // A file that somebody took away is no take-over.
        fs::remove_file(path_of(&folder, session)).unwrap();
        assert!(next.taken_by().is_none());
    }

    #[test]
    fn a_holder_that_cannot_be_read_is_said_as_such() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        let held = SessionLock::take(&folder, Uuid::from_u128(1), &Holder::this_process("A", 5)).unwrap();
        fs::write(&held.path, "{").unwrap();
        let refused = SessionLock::take(&folder, Uuid::from_u128(1), &Holder::this_process("B", 6)).unwrap_err();
        assert!(matches!(refused, LockTrouble::Held { holder: None }));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_keeps_nobody_from_holding_a_session_and_its_holder_is_told_later() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        let session = Uuid::from_u128(1);
        fs::create_dir_all(folder.locks()).unwrap();
        std::os::unix::fs::symlink("/dev/full", path_of(&folder, session)).unwrap();
        let mut held = SessionLock::take(&folder, session, &Holder::this_process("A", 5)).unwrap();
        held.tell();
        assert!(!held.is_told);
        assert_eq!(is_free(&folder, session), Some(false));
        let refused = SessionLock::take(&folder, session, &Holder::this_process("B", 6)).unwrap_err();
        assert!(matches!(refused, LockTrouble::Held { holder: None }), "{refused}");
        // There is room again.
        held.file = File::options().read(true).write(true).create_new(true).open(base.path().join("room")).unwrap();
        held.tell();
        assert!(held.is_told);
        assert_eq!(read_holder(&mut held.file).unwrap().sitter, "A");
        // A shorter one leaves nothing of the longer one.
        held.say("", 2);
        assert_eq!(read_holder(&mut held.file), Some(held.holder.clone()));
    }
}

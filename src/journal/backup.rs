//! A copy of the data folder (the journal, the transcripts, the patients' cards and the PINs), made while a console may be writing, and put back where nobody is. Nothing is ever
//! overwritten: what is there is refused, or set aside under a name that says when.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use thiserror::Error;

use super::error::JournalError;
use super::folder::{self, DataFolder};
use super::lock;
use super::open::Journal;
use super::verify::Verified;
use crate::file::{folder_of, sync_folder};
use crate::session::SessionId;

/// Why a backup was not made or not put back.
#[derive(Debug, Error)]
pub enum BackupTrouble {
    /// Something is there.
    #[error("{} is not empty: name a folder that does not exist yet, for a backup is never written over", .0.display())]
    Exists(PathBuf),
    /// It would lie in itself.
    #[error("{} lies in the data folder: name a place on another disk", .0.display())]
    Inside(PathBuf),
    /// There is no backup.
    #[error("there is no backup in {}: name the folder that bedside backup made", .0.display())]
    NoBackup(PathBuf),
    /// The copy is not what it should be.
    #[error("the backup in {} does not hold ({why}): nothing was changed; take another one, or restore it all the same with --as-it-is", .folder.display())]
    DoesNotHold {
        /// Where.
        folder: PathBuf,
        /// The first thing that does not hold.
        why: String,
    },
    /// A console is there.
    #[error("a console uses {}: leave it first, then restore", .0.display())]
    InUse(PathBuf),
    /// A file cannot be read or written.
    #[error("{} cannot be used ({fault}): check the disk and that this user may write there", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// A backup that was made or put back.
#[derive(Debug)]
pub struct Copied {
    /// How many sessions are in it.
    pub sessions: usize,
    /// How many entries.
    pub entries: u64,
    /// Sessions that do not hold, in the copy as in what was copied.
    pub broken: Vec<(SessionId, Verified)>,
    /// Where what was there before is now.
    pub aside: Vec<PathBuf>,
}

/// Copies the records of a folder, its cards and PINs into a new one and verifies the copy. A console may go on meanwhile.
pub fn backup(from: &DataFolder, to: &Path) -> Result<Copied, BackupTrouble> {
    let to = std::path::absolute(to).map_err(|fault| file_trouble(to, fault))?;
    if to.starts_with(from.path()) {
        return Err(BackupTrouble::Inside(to));
    }
    let is_empty = match fs::read_dir(&to) {
        Ok(mut there) => there.next().is_none(),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => true,
        Err(fault) => return Err(file_trouble(&to, fault)),
    };
    if !is_empty {
        return Err(BackupTrouble::Exists(to));
    }
    let journal = Journal::open_read_only(from)?;
    // Whole or not at all: it gets its name when it was verified.
    let part = beside(&to, "part");
    let copied = copy(from, &journal, &part).and_then(|()| look(&part));
    let named = copied.and_then(|copied| {
        if to.exists() {
            fs::remove_dir(&to).map_err(|fault| file_trouble(&to, fault))?;
        }
        fs::rename(&part, &to).map_err(|fault| file_trouble(&to, fault))?;
        sync_parent(&to)?;
        Ok(copied)
    });
    if named.is_err() {
        // It holds nothing that is not in the data folder.
        let _ = fs::remove_dir_all(&part);
    }
    named
}

/// Puts a backup in the place of what a folder holds. A folder keeps its cards where the backup has none, and its PINs
/// always: a PIN that was set since then is nobody's to take away. `now_ms`: UTC, for the name of what is set aside.
/// `as_it_is`: also where a session in it does not hold.
pub fn restore(from: &Path, to: &DataFolder, now_ms: i64, as_it_is: bool) -> Result<Copied, BackupTrouble> {
    let source =
        DataFolder::locate(Some(from)).map_err(|trouble| file_trouble(from, io::Error::other(trouble.to_string())))?;
    if !source.journal().is_file() {
        return Err(BackupTrouble::NoBackup(source.path().to_owned()));
    }
    if source.path() == to.path() || to.path().starts_with(source.path()) {
        return Err(BackupTrouble::Inside(source.path().to_owned()));
    }
    let found = look(source.path())?;
    if !as_it_is {
        refuse_broken(source.path(), &found)?;
    }
    to.create().map_err(|trouble| file_trouble(to.path(), io::Error::other(trouble.to_string())))?;
    let _alone = lock::alone(to)
        .map_err(|trouble| file_trouble(&to.locks(), io::Error::other(trouble.to_string())))?
        .ok_or_else(|| BackupTrouble::InUse(to.path().to_owned()))?;
    // Copied beside it first: until the copy holds, nothing of what is there is touched.
    let part = to.path().join("restoring");
    if part.exists() {
        fs::remove_dir_all(&part).map_err(|fault| file_trouble(&part, fault))?;
    }
    let journal = Journal::open_read_only(&source)?;
    copy(&source, &journal, &part)?;
    let mut copied = look(&part)?;
    if (copied.sessions, copied.entries, copied.broken.len()) != (found.sessions, found.entries, found.broken.len()) {
        let why = "what was read of it twice is not the same".to_owned();
        return Err(BackupTrouble::DoesNotHold { folder: source.path().to_owned(), why });
    }
    let when = folder::compact_time(now_ms);
    let aside = free(&to.path().join(format!("before-restore-{when}")));
    if to.pins().exists() && part.join("pins.json").exists() {
        fs::remove_file(part.join("pins.json")).map_err(|fault| file_trouble(&part, fault))?;
    }
    forget_locks(to)?;
    for name in ["journal.db", "journal.db-wal", "journal.db-shm", "transcripts", "cards"] {
        let there = to.path().join(name);
        // The files of SQLite beside the journal go with it, whatever the backup has.
        if !name.starts_with("journal.db-") && !part.join(name).exists() {
            continue;
        }
        if there.exists() {
            folder::create_private_folder(&aside)
                .map_err(|trouble| file_trouble(&aside, io::Error::other(trouble.to_string())))?;
            fs::rename(&there, aside.join(name)).map_err(|fault| file_trouble(&there, fault))?;
        }
    }
    for name in ["pins.json", "cards", "transcripts", "journal.db"] {
        let (new, place) = (part.join(name), to.path().join(name));
        if !new.exists() {
            continue;
        }
        fs::rename(&new, &place).map_err(|fault| file_trouble(&place, fault))?;
    }
    sync_parent(&to.journal())?;
    let _ = fs::remove_dir(&part);
    copied.aside.extend(aside.exists().then_some(aside));
    Ok(copied)
}

/// Takes away what says who had which session in which tenure: another record comes in its place, and nobody is here.
fn forget_locks(of: &DataFolder) -> Result<(), BackupTrouble> {
    let failed = |fault| file_trouble(&of.locks(), fault);
    for file in fs::read_dir(of.locks()).map_err(failed)? {
        let path = file.map_err(failed)?.path();
        if path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| SessionId::try_parse(stem).is_ok()) {
            fs::remove_file(&path).map_err(|fault| file_trouble(&path, fault))?;
        }
    }
    Ok(())
}

fn refuse_broken(folder: &Path, found: &Copied) -> Result<(), BackupTrouble> {
    let Some((session, verified)) = found.broken.first() else { return Ok(()) };
    let why = verified.fault.as_ref().map_or_else(String::new, |at| format!(": {at}"));
    Err(BackupTrouble::DoesNotHold { folder: folder.to_owned(), why: format!("session {session}{why}") })
}

/// Copies into a new folder.
fn copy(from: &DataFolder, journal: &Journal, part: &Path) -> Result<(), BackupTrouble> {
    let copy =
        DataFolder::locate(Some(part)).map_err(|trouble| file_trouble(part, io::Error::other(trouble.to_string())))?;
    let private = |path: &Path| {
        folder::create_private_folder(path).map_err(|trouble| file_trouble(path, io::Error::other(trouble.to_string())))
    };
    private(part)?;
    private(&copy.transcripts())?;
    // First the transcripts, then the journal, which is never behind them.
    copy_files(&from.transcripts(), &copy.transcripts())?;
    if from.cards().exists() {
        private(&copy.cards())?;
        copy_files(&from.cards(), &copy.cards())?;
    }
    if from.pins().exists() {
        copy_file(&from.pins(), &copy.pins())?;
    }
    copy.create_journal().map_err(|trouble| file_trouble(&copy.journal(), io::Error::other(trouble.to_string())))?;
    let of_copy = |fault: rusqlite::Error| JournalError::of(&copy.journal(), &fault);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(copy.journal(), flags).map_err(of_copy)?;
    {
        let online = Backup::new(&journal.connection, &mut target).map_err(of_copy)?;
        // All pages in one step: one moment of the journal, whatever a console writes meanwhile.
        match online.step(-1).map_err(of_copy)? {
            StepResult::Done => {}
            _ => return Err(JournalError::Busy { place: journal.place().to_owned() }.into()),
        }
    }
    target.close().map_err(|(_, fault)| of_copy(fault))?;
    sync_all(&copy).map_err(|fault| file_trouble(part, fault))
}

/// Everything that was copied reaches the disk: thousands of transcripts at once, not one by one.
#[cfg(target_os = "linux")]
fn sync_all(copy: &DataFolder) -> io::Result<()> {
    Ok(rustix::fs::syncfs(fs::File::open(copy.path())?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_all(copy: &DataFolder) -> io::Result<()> {
    let transcripts = fs::read_dir(copy.transcripts())?.map(|file| Ok(file?.path()));
    let cards = fs::read_dir(copy.cards()).into_iter().flatten().map(|file| Ok(file?.path()));
    let others = [copy.pins(), copy.cards()].into_iter().filter(|path| path.exists()).map(Ok);
    let folders = [copy.journal(), copy.transcripts(), copy.path().to_owned()].map(Ok);
    let files = transcripts.chain(cards).chain(others).chain(folders);
    files.into_iter().try_for_each(|path: io::Result<PathBuf>| fs::File::open(path?)?.sync_all())
}

/// The files of a folder; none where it is not there. A card that is just being written has a hidden name until it is whole.
fn copy_files(from: &Path, to: &Path) -> Result<(), BackupTrouble> {
    let files = match fs::read_dir(from) {
        Ok(files) => files,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(file_trouble(from, fault)),
    };
    for file in files {
        let file = file.map_err(|fault| file_trouble(from, fault))?;
        let is_hidden = file.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden && file.path().is_file() {
            copy_file(&file.path(), &to.join(file.file_name()))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<(), BackupTrouble> {
    let mut options = OpenOptions::new();
    let copied = fs::File::open(from).and_then(|mut source| {
        let mut target = folder::private(options.write(true).create_new(true)).open(to)?;
        io::copy(&mut source, &mut target)
    });
    copied.map(drop).map_err(|fault| file_trouble(from, fault))
}

/// Verifies every session of a folder, in both copies, and the pages of its database.
fn look(folder: &Path) -> Result<Copied, BackupTrouble> {
    let home = DataFolder::locate(Some(folder))
        .map_err(|trouble| file_trouble(folder, io::Error::other(trouble.to_string())))?;
    let journal = Journal::open_read_only(&home)?;
    let sound: String = journal
        .connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|fault| journal.fault(&fault))?;
    if sound != "ok" {
        return Err(BackupTrouble::DoesNotHold { folder: folder.to_owned(), why: sound });
    }
    let mut copied = Copied { sessions: 0, entries: 0, broken: Vec::new(), aside: Vec::new() };
    for head in journal.heads()? {
        let verified = journal.verify(&home, head.id)?;
        copied.sessions += 1;
        copied.entries += verified.entries;
        if !verified.holds() {
            copied.broken.push((head.id, verified));
        }
    }
    Ok(copied)
}

fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.{what}", std::process::id()));
    path.with_file_name(name)
}

fn free(path: &Path) -> PathBuf {
    let name = path.as_os_str().to_owned();
    let others = (2..).map(|n: u32| {
        let mut name = name.clone();
        name.push(format!("-{n}"));
        PathBuf::from(name)
    });
    std::iter::once(path.to_owned()).chain(others).find(|path| !path.exists()).unwrap_or_else(|| path.to_owned())
}

fn sync_parent(path: &Path) -> Result<(), BackupTrouble> {
    let parent = folder_of(path);
    sync_folder(parent).map_err(|fault| file_trouble(parent, fault))
}

fn file_trouble(path: &Path, fault: io::Error) -> BackupTrouble {
    BackupTrouble::File { path: path.to_owned(), fault }
}

//! Opening a journal: to write, to read only, or in memory. SQLite is believed only where it is checked.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::JournalError;
use super::folder::{DataFolder, FolderTrouble};
use super::lock;
use super::schema::{self, Found};
use super::twin::Twin;
use crate::session::SessionId;

/// How many pages of 4 KiB the log holds before it is written back into the file and begun anew; an entry takes two to five.
/// (When nothing comes for a minute, the writer does it too.)
const LOG_PAGES: u32 = 128;
/// The cache, pages: small, for an entry touches four.
const CACHE_PAGES: u32 = 64;
/// How long the log is made at once, bytes. What stays in the cache does not reach it, so that is added.
const LOG_ROOM: u32 = (LOG_PAGES + CACHE_PAGES) * 4096;

/// How long to wait for another console that is writing.
const BUSY: Duration = Duration::from_secs(5);

/// How long a command that only reads waits to log that it did.
const LOG_BUSY: Duration = Duration::from_millis(500);

/// An open journal: one connection, owned by one thread.
#[derive(Debug)]
pub struct Journal {
    pub(super) connection: Connection,
    /// The file, for messages.
    pub(super) place: PathBuf,
    /// The folder, and which file it held at opening; none in memory.
    home: Option<(DataFolder, FileIdentity)>,
    /// The transcripts; in memory and to read only there are none.
    pub(super) twin: Twin,
    /// The last line that was stored here of each session: its hash, and its tenure.
    pub(super) tails: BTreeMap<SessionId, (String, u32)>,
    /// Says, for as long as it is open, that the folder is in use.
    in_use: Option<File>,
}

impl Journal {
    /// Opens the journal of a folder, making folder and journal where they are missing.
    pub fn open(folder: &DataFolder) -> Result<Self, JournalError> {
        Self::open_to_write(folder).map_err(|why| match why {
            // SQLite says no more than that it cannot open a file.
            JournalError::CannotOpen { place, .. } if may_not_be_written(folder.path()) => {
                JournalError::ReadOnly { place }
            }
            why => why,
        })
    }

    fn open_to_write(folder: &DataFolder) -> Result<Self, JournalError> {
        let unusable = |trouble| refused_by_the_system(folder, &trouble);
        folder.create().map_err(unusable)?;
        let in_use = lock::share(folder).map_err(|_| JournalError::Restoring { place: folder.journal() })?;
        folder.create_journal().map_err(unusable)?;
        let mut journal = Self::connect(folder)?;
        if journal.look()? == Found::Empty {
            // One console makes the tables, the others wait here: SQLite itself would not wait while the log is new.
            let _alone = lock::for_making(folder).map_err(unusable)?;
            journal.use_log()?;
            schema::create(&mut journal.connection).map_err(|fault| JournalError::of(&journal.place, &fault))?;
        }
        journal = journal.ready()?;
        journal.in_use = in_use;
        Ok(journal)
    }

    fn connect(folder: &DataFolder) -> Result<Self, JournalError> {
        let place = folder.journal();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&place, flags).map_err(|fault| JournalError::of(&place, &fault))?;
        let home = Some((folder.clone(), FileIdentity::of(&place)));
        let journal = Self { connection, place, home, twin: Twin::default(), tails: BTreeMap::new(), in_use: None };
        journal.settle_connection()?;
        Ok(journal)
    }

    /// Refuses what is not ours before anything is written to it, makes sure that what is committed lasts, and brings an
    /// earlier form to the one known here.
    fn ready(mut self) -> Result<Self, JournalError> {
        let found = self.holds_a_journal()?;
        self.use_log()?;
        if let Found::Older(_) = found {
            schema::migrate(&mut self.connection).map_err(|fault| JournalError::of(&self.place, &fault))?;
        }
        Ok(self)
    }

    fn use_log(&self) -> Result<(), JournalError> {
        let answer: String = self
            .connection
            .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
            .map_err(|fault| self.fault(&fault))?;
        if answer.eq_ignore_ascii_case("wal") {
            Ok(())
        } else {
            // SQLite answers the old mode instead of failing.
            Err(JournalError::NotWal { place: self.place.clone(), answer })
        }
    }

    /// Opens the journal of a folder to read, and creates no file there. Meant for one command or one look: where no
    /// console has the journal open, it is read as it lies there, without noticing one that starts meanwhile.
    pub fn open_read_only(folder: &DataFolder) -> Result<Self, JournalError> {
        if !folder.journal().exists() {
            return Err(JournalError::NoJournal { folder: folder.path().to_owned() });
        }
        Self::open_file_read_only(&folder.journal())
    }

    /// The same for a file of any name.
    pub(super) fn open_file_read_only(file: &Path) -> Result<Self, JournalError> {
        let place = file.to_owned();
        let beside = |suffix: &str| {
            let mut name = place.clone().into_os_string();
            name.push(suffix);
            std::fs::metadata(PathBuf::from(name)).ok()
        };
        let query = match (beside("-wal").map(|log| log.len()), beside("-shm")) {
            (Some(_), Some(_)) => "?mode=ro",
            // SQLite would have to create the index of the log.
            (Some(1..), None) => return Err(JournalError::NotClosed { place }),
            // With no log beside it the file is complete; to read it, SQLite would create one, so it is told not to.
            _ => "?mode=ro&immutable=1",
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(uri(&place) + query, flags)
            .map_err(|fault| JournalError::of(&place, &fault))?;
        let journal =
            Self { connection, place, home: None, twin: Twin::default(), tails: BTreeMap::new(), in_use: None };
        journal.settle_connection()?;
        if let Found::Older(form) = journal.holds_a_journal()? {
            schema::stand_in(&journal.connection, form).map_err(|fault| journal.fault(&fault))?;
        }
        Ok(journal)
    }

    /// Opens a journal that is there to add to its access log; none where that may not or cannot be done. It makes
    /// nothing and changes no form: whoever only reads leaves everything else as it lies.
    #[must_use]
    pub fn open_to_log(folder: &DataFolder) -> Option<Self> {
        let journal = Self::connect(folder).ok()?;
        journal.wait_at_most(LOG_BUSY).ok()?;
        (journal.look().ok()? == Found::Journal).then_some(journal)
    }

    /// A journal that lives as long as the value: tests and simulations.
    pub fn in_memory() -> Result<Self, JournalError> {
        let place = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory().map_err(|fault| JournalError::of(&place, &fault))?;
        let mut journal =
            Self { connection, place, home: None, twin: Twin::default(), tails: BTreeMap::new(), in_use: None };
        schema::create(&mut journal.connection).map_err(|fault| JournalError::of(&journal.place, &fault))?;
        Ok(journal)
    }

    /// Whether a file is a database that SQLite can read, of whatever program. Opened to read only.
    pub(super) fn is_sound_database(file: &Path) -> bool {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(uri(file) + "?mode=ro&immutable=1", flags)
            .and_then(|connection| schema::look(&connection))
            .is_ok()
    }

    /// The folder that it was opened in to be written.
    pub(super) fn folder(&self) -> Option<&DataFolder> {
        self.home.as_ref().map(|(folder, _)| folder)
    }

    /// The journal's file.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// FULL: a commit has reached the disk before it is reported.
    fn settle_connection(&self) -> Result<(), JournalError> {
        self.connection
            .busy_timeout(BUSY)
            .and_then(|()| {
                self.connection.execute_batch(&format!(
                    "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {LOG_PAGES};
                     PRAGMA cache_size = {CACHE_PAGES}; PRAGMA cell_size_check = ON;"
                ))
            })
            .map_err(|fault| self.fault(&fault))
    }

    fn look(&self) -> Result<Found, JournalError> {
        schema::look(&self.connection).map_err(|fault| self.fault(&fault))
    }

    /// What was found, if that is a journal that can be worked with.
    fn holds_a_journal(&self) -> Result<Found, JournalError> {
        let place = || self.place.clone();
        match self.look()? {
            found @ (Found::Journal | Found::Older(_)) => Ok(found),
            Found::Newer(found) => Err(JournalError::Newer { place: place(), found, known: schema::FORM }),
            Found::Foreign => Err(JournalError::NotAJournal { place: place() }),
            Found::Empty => {
                Err(JournalError::NoJournal { folder: self.place.parent().map_or_else(place, Path::to_owned) })
            }
        }
    }

    pub(super) fn fault(&self, fault: &rusqlite::Error) -> JournalError {
        JournalError::of(&self.place, fault)
    }

    /// Replaces the connection by a fresh one, where that succeeds: an old one may hold on to a disk that came back.
    /// Makes nothing: with the disk gone, its empty mount point must not get a journal of its own.
    pub(super) fn reopen(&mut self) -> Result<(), JournalError> {
        if let Some((folder, _)) = &self.home {
            let fresh = Self::connect(folder)?.ready()?;
            (self.connection, self.home) = (fresh.connection, fresh.home);
        }
        Ok(())
    }

    /// Waits less for other consoles: the program is ending.
    pub(super) fn wait_at_most(&self, wait: Duration) -> Result<(), JournalError> {
        self.connection.busy_timeout(wait).map_err(|fault| self.fault(&fault))
    }

    /// Makes the log as long as a busy hour needs, with blocks of its own: a commit into it then changes neither its size nor
    /// where it lies, so that the disk has one thing to write and not two. (A transaction that outgrows the cache is written
    /// to the log, and what is rolled back is room.) On a disk that fills up, that room is kept for entries.
    pub(super) fn make_room(&self) -> Result<(), JournalError> {
        let made = self.connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; CREATE TABLE room (bytes BLOB); INSERT INTO room VALUES (zeroblob({LOG_ROOM}));"
        ));
        let undone = self.connection.execute_batch("ROLLBACK");
        made.and(undone).map_err(|fault| self.fault(&fault))
    }

    /// Writes the log back into the file, as far as no reader needs it.
    pub(super) fn checkpoint(&self) -> Result<(), JournalError> {
        self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).map_err(|fault| self.fault(&fault))
    }

    /// SQLite goes on writing to a file that was moved or deleted, and would call that durable.
    pub(super) fn is_in_place(&self) -> Result<(), JournalError> {
        match &self.home {
            Some((_, identity)) if *identity != FileIdentity::of(&self.place) => {
                Err(JournalError::Moved { place: self.place.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// Whether the folder is there and may be read, but not written: also where its disk is mounted so.
#[cfg(unix)]
fn may_not_be_written(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::READ_OK).is_ok() && access(folder, Access::WRITE_OK).is_err()
}

#[cfg(not(unix))]
fn may_not_be_written(_: &Path) -> bool {
    false
}

fn refused_by_the_system(folder: &DataFolder, trouble: &FolderTrouble) -> JournalError {
    let place = folder.journal();
    match trouble {
        FolderTrouble::Unusable { fault, .. } if fault.kind() == ErrorKind::StorageFull => JournalError::Full { place },
        FolderTrouble::Unusable { fault, .. } if fault.kind() == ErrorKind::ReadOnlyFilesystem => {
            JournalError::ReadOnly { place }
        }
        _ => JournalError::CannotOpen { place, code: rusqlite::ffi::SQLITE_CANTOPEN },
    }
}

/// Tells one file from another at the same path.
#[derive(Debug, PartialEq, Eq)]
struct FileIdentity(Option<(u64, u64)>);

impl FileIdentity {
    #[cfg(unix)]
    fn of(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino())))
    }

    #[cfg(not(unix))]
    fn of(path: &Path) -> Self {
        Self(path.exists().then_some((0, 0)))
    }
}

/// The address of a file as SQLite reads it, whatever bytes are in its name.
fn uri(path: &Path) -> String {
    path.as_os_str().as_encoded_bytes().iter().fold(String::from("file:"), |mut out, &byte| {
        // Writing to a String cannot fail.
        let _ = match byte {
            b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => write!(out, "{}", char::from(byte)),
            _ => write!(out, "%{byte:02x}"),
        };
        out
    })
}

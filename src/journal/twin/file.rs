//! A transcript's file: opened for one act, locked while it lasts, so that two consoles never write into it at once.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::super::folder::{self, DataFolder};
use super::super::lock;
use crate::file::sync_folder;
use crate::session::{Hash, SessionId};

/// The last line is looked for in so many bytes; a longer one means reading the whole file.
const TAIL: u64 = 16 * 1024;

/// Where a session's transcript is.
pub(super) fn path(folder: &DataFolder, session: SessionId) -> PathBuf {
    folder.transcripts().join(format!("{session}.jsonl"))
}

/// An open transcript, locked.
pub(super) struct Transcript {
    file: File,
    path: PathBuf,
    folder: PathBuf,
}

impl Transcript {
    /// Opens a transcript, making it where it is missing; none where another console still has it after a moment: it may have
    /// been stopped in the middle.
    pub(super) fn try_open(folder: &DataFolder, session: SessionId) -> io::Result<Option<Self>> {
        let path = path(folder, session);
        let home = make_folder(folder)?;
        loop {
            let is_new = !path.exists();
            let mut options = OpenOptions::new();
            let file = folder::private(options.read(true).append(true).create(true)).open(&path)?;
            if is_new {
                sync_folder(&home)?;
            }
            if !lock::within_a_moment(|| file.try_lock())? {
                return Ok(None);
            }
            // It may have been set aside while this one waited for it.
            if folder::is_same(&file, &path)? {
                return Ok(Some(Self { file, path, folder: home }));
            }
        }
    }

    pub(super) fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    pub(super) fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Adds whole lines; when it returns, they have reached the disk. What was written of them in vain is cut off again.
    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let before = self.length()?;
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // Where even that fails, the next one finds a torn end.
            let _ = self.file.set_len(before);
        }
        written
    }

    /// Cuts off what comes after so many bytes.
    pub(super) fn cut(&self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        self.file.sync_data()
    }

    /// Gives the file a name that says what is wrong with it and puts another with these lines in its place. The name.
    pub(super) fn set_aside(self, what: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let aside = free_name(&self.path, what);
        fs::rename(&self.path, &aside)?;
        let new = self.path.with_extension("new");
        write_new(&new, bytes)?;
        fs::rename(&new, &self.path)?;
        sync_folder(&self.folder)?;
        Ok(aside)
    }
}

/// Writes lines that are kept beside a transcript because they are no longer in the journal.
pub(super) fn keep_beside(folder: &DataFolder, session: SessionId, what: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let home = make_folder(folder)?;
    let path = free_name(&path(folder, session), what);
    write_new(&path, bytes)?;
    sync_folder(&home)?;
    Ok(path)
}

/// The folder of the transcripts, made where it is missing.
fn make_folder(folder: &DataFolder) -> io::Result<PathBuf> {
    let home = folder.transcripts();
    if !home.is_dir() {
        folder::create_private_folder(&home).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    }
    Ok(home)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = folder::private(options.write(true).create(true).truncate(true)).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// `ID.what-1.jsonl`, or the next number that is free.
fn free_name(path: &Path, what: &str) -> PathBuf {
    let names = (1..).map(|n: u32| path.with_extension(format!("{what}-{n}.jsonl")));
    names.into_iter().find(|path| !path.exists()).unwrap_or_else(|| path.to_owned())
}

/// The hash of the last line, where the file ends with one; read without the rest.
pub(super) fn last_hash(path: &Path) -> io::Result<Option<Hash>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let Some((b'\n', lines)) = bytes.split_last() else { return Ok(None) };
    let begins = lines.iter().rposition(|byte| *byte == b'\n');
    // In a longer file the line's beginning must have been read.
    Ok(match begins {
        Some(at) => Some(Hash::of(&lines[at + 1..])),
        None if length <= TAIL => Some(Hash::of(lines)),
        None => None,
    })
}

/// The sessions that have a transcript, in no order.
pub(super) fn all(folder: &DataFolder) -> io::Result<Vec<SessionId>> {
    let names = match fs::read_dir(folder.transcripts()) {
        Ok(names) => names,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    };
    let mut found = Vec::new();
    for name in names {
        let name = name?.file_name();
        // A name of another length is of something that was set aside.
        found.extend(name.to_str().and_then(|name| name.strip_suffix(".jsonl")).and_then(as_written));
    }
    Ok(found)
}

fn as_written(name: &str) -> Option<SessionId> {
    SessionId::try_parse(name).ok().filter(|_| name.len() == 36)
}

/// When something in a folder was last made, renamed or removed, UTC ms; whole seconds, rounded down.
#[cfg(unix)]
pub(super) fn changed_ms(path: &Path) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|folder| folder.mtime().saturating_mul(1000))
}

#[cfg(not(unix))]
pub(super) fn changed_ms(_: &Path) -> Option<i64> {
    None
}

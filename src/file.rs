//! Writing a file whole or not at all: what is there already is replaced only where that was asked for, and never by a half.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a file was not written.
#[derive(Debug, Error)]
pub enum FileTrouble {
    /// It is there.
    #[error("{} exists: add --force to write over it, or name another", .0.display())]
    Exists(PathBuf),
    /// It could not be read.
    #[error("{} cannot be read ({fault}): check its name, and that this user may read it", .path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
    /// It is a folder, a device or a pipe.
    #[error("{} is no ordinary file: name another", .0.display())]
    NoFile(PathBuf),
    /// It could not be written.
    #[error("{} cannot be written ({fault}): name another place", .path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
}

/// A file could not be read.
pub(crate) fn unreadable(path: &Path, fault: io::Error) -> FileTrouble {
    FileTrouble::Unread { path: path.to_owned(), fault }
}

/// Writes a file, readable by its owner only: it names a patient.
pub(crate) fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), FileTrouble> {
    let failed = |fault| FileTrouble::Failed { path: path.to_owned(), fault };
    if !force && path.symlink_metadata().is_ok() {
        return Err(FileTrouble::Exists(path.to_owned()));
    }
    let target;
    let path = match fs::metadata(path) {
        // A device must not become a file; what a link leads to is written, the link stays.
        Ok(there) if !there.is_file() => return Err(FileTrouble::NoFile(path.to_owned())),
        Ok(_) => {
            target = fs::canonicalize(path).map_err(failed)?;
            target.as_path()
        }
        Err(_) => path,
    };
    let beside = beside(path).ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
    let written =
        fill(&beside, bytes).and_then(|()| put(&beside, path, force)).and_then(|()| sync_folder(folder_of(path)));
    if written.is_err() {
        // What is left of a failure; after a success there is nothing.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(|fault| match fault.kind() {
        io::ErrorKind::AlreadyExists => FileTrouble::Exists(path.to_owned()),
        _ => failed(fault),
    })
}

fn fill(beside: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(beside)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A link fails where the name has been taken meanwhile; a rename replaces it.
fn put(beside: &Path, path: &Path, force: bool) -> io::Result<()> {
    if force {
        return fs::rename(beside, path);
    }
    match fs::hard_link(beside, path) {
        // A memory stick knows no links. That nobody takes the name within this microsecond has to do there.
        Err(fault) if fault.kind() != io::ErrorKind::AlreadyExists && path.symlink_metadata().is_err() => {
            fs::rename(beside, path)
        }
        linked => linked.and_then(|()| fs::remove_file(beside)),
    }
}

/// Names that were made, changed or taken away in a folder outlast a power loss from here on, as bytes do that were synced.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some filesystems cannot sync a folder.
        Err(fault) if fault.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

/// The folder that holds a file.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A name in the same folder that nobody else uses.
fn beside(path: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name()?);
    name.push(format!(".{}.part", std::process::id()));
    Some(path.with_file_name(name))
}

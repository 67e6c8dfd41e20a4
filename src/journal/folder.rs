//! The data folder: where it is, and that nobody else may look into it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use thiserror::Error;

use crate::file::{folder_of, sync_folder};

/// Why the data folder cannot be used.
#[derive(Debug, Error)]
pub enum FolderTrouble {
    /// Nobody says where it is.
    #[error("no home folder is known to keep the journal in: give --data-dir or set BEDSIDE_DATA_DIR")]
    NoHome,
    /// It cannot be made or read.
    #[error("the folder {} cannot be used ({fault}): allow it for this user, or give another with --data-dir", .path.display())]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
}

/// A folder that holds a journal, its locks and its transcripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder {
    path: PathBuf,
}

impl DataFolder {
    /// The given folder, or the platform's: `$XDG_DATA_HOME/bedside`, else `~/.local/share/bedside`. Creates nothing.
    pub fn locate(given: Option<&Path>) -> Result<Self, FolderTrouble> {
        let path = match given {
            Some(path) => path.to_owned(),
            None => default_path().ok_or(FolderTrouble::NoHome)?,
        };
        // Absolute, so that it stays the same folder, and so that no name is taken for one of SQLite's addresses.
        let path = std::path::absolute(&path).map_err(|fault| FolderTrouble::Unusable { path, fault })?;
        Ok(Self { path })
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The journal's file.
    #[must_use]
    pub fn journal(&self) -> PathBuf {
        self.path.join("journal.db")
    }

    /// The sessions' locks.
    #[must_use]
    pub fn locks(&self) -> PathBuf {
        self.path.join("locks")
    }

    /// The cards that patients took home.
    #[must_use]
    pub fn cards(&self) -> PathBuf {
        self.path.join("cards")
    }

    /// The hashes of the PINs.
    #[must_use]
    pub fn pins(&self) -> PathBuf {
        self.path.join("pins.json")
    }

    /// Makes the folder of the cards, where it is missing, for this user alone.
    pub fn create_cards(&self) -> Result<(), FolderTrouble> {
        create_private_folder(&self.cards())
    }

    /// The sessions' transcripts.
    #[must_use]
    pub fn transcripts(&self) -> PathBuf {
        self.path.join("transcripts")
    }

    /// Makes the folder, where it is missing, for this user alone.
    pub fn create(&self) -> Result<(), FolderTrouble> {
        create_private_folder(&self.path)
    }

    /// Makes an empty journal file that only this user may read; true when it was not there before. SQLite gives the
    /// files beside it the same mode. An existing file is never opened here: closing it again would drop the locks that
    /// this process holds on it through SQLite.
    pub(super) fn create_journal(&self) -> Result<bool, FolderTrouble> {
        let path = self.journal();
        match private(OpenOptions::new().write(true).create_new(true)).open(&path) {
            Ok(_) => {}
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            Err(fault) => return Err(FolderTrouble::Unusable { path, fault }),
        }
        // The file's name must outlast a power cut as its contents do.
        sync_folder(&self.path).map_err(|fault| FolderTrouble::Unusable { path: self.path.clone(), fault })?;
        Ok(true)
    }
}

/// A folder that only this user may enter, with those above it that are missing. Its name outlasts a power cut, as what is
/// written in it does.
pub(super) fn create_private_folder(path: &Path) -> Result<(), FolderTrouble> {
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|fault| FolderTrouble::Unusable { path: path.to_owned(), fault })?;
    for made in missing.into_iter().rev() {
        match sync_folder(folder_of(made)) {
            // Whoever may make a folder there need not be allowed to read what else there is.
            Err(fault) if fault.kind() == io::ErrorKind::PermissionDenied => {}
            synced => synced.map_err(|fault| FolderTrouble::Unusable { path: made.to_owned(), fault })?,
        }
    }
    Ok(())
}

/// A file that only this user may read, if opening makes it.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Whether an open file is still the one at its path.
#[cfg(unix)]
pub(super) fn is_same(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let here = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(there) => Ok((here.dev(), here.ino()) == (there.dev(), there.ino())),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(fault) => Err(fault),
    }
}

#[cfg(not(unix))]
pub(super) fn is_same(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// A moment (UTC ms) for the name of a file, such as `20261127T143000Z`.
pub(super) fn compact_time(utc_ms: i64) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(utc_ms).unwrap_or_default();
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

fn default_path() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?.data_dir();
    // With an empty HOME the path would be relative to wherever the program was started.
    base.is_absolute().then(|| base.join("bedside"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("it was just made").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_for_this_user_alone() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(&base.path().join("a/b"))).unwrap();
        folder.create().unwrap();
        assert!(folder.create_journal().unwrap());
        assert!(!folder.create_journal().unwrap(), "an existing file is left alone");
        assert_eq!((mode(folder.path()), mode(&folder.journal())), (0o700, 0o600));
        assert_eq!(mode(&base.path().join("a")), 0o700);
    }

    #[test]
    fn locating_creates_nothing_and_is_absolute() {
        let folder = DataFolder::locate(Some(Path::new("no/such/folder"))).unwrap();
        assert!(folder.path().is_absolute());
        assert!(!folder.path().exists());
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let base = tempfile::NamedTempFile::new().unwrap();
        let folder = DataFolder::locate(Some(&base.path().join("x"))).unwrap();
        let trouble = folder.create().unwrap_err();
        assert!(trouble.to_string().contains("--data-dir"), "{trouble}");
    }
}

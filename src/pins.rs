//! PINs: `pins.json` in the data folder holds for each person who has one its argon2id hash, and is readable by its owner
//! only. A PIN itself is never written anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use thiserror::Error;

use crate::journal::{DataFolder, FolderTrouble};
use crate::session::{NotAPin, Pin};

/// What is wrong with PINs, or with their file.
#[derive(Debug, Error)]
pub enum PinTrouble {
    /// It cannot be one.
    #[error(transparent)]
    NotAPin(#[from] NotAPin),
    /// The file cannot be read.
    #[error("the PINs in {} cannot be read ({fault}): put the file right, or take it away and set them anew", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// The file cannot be written.
    #[error("the PINs in {} cannot be written ({fault}): allow it for this user", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
    /// The folder cannot be made.
    #[error(transparent)]
    Folder(#[from] FolderTrouble),
}

/// Tells one state of the file from another, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinsMark(Option<[i64; 3]>);

/// The PINs of a data folder: a hash for each person's id.
#[derive(Debug, Clone, Default)]
pub struct Pins {
    hashes: BTreeMap<String, String>,
}

impl Pins {
    /// Reads them; none where nobody has set one.
    pub fn load(folder: &DataFolder) -> Result<Self, PinTrouble> {
        let path = folder.pins();
        let unreadable = |fault: String| PinTrouble::Unreadable { path: path.clone(), fault };
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(fault) => return Err(unreadable(fault.to_string())),
        };
        let hashes: BTreeMap<String, String> =
            serde_json::from_slice(&bytes).map_err(|fault| unreadable(fault.to_string()))?;
        match hashes.iter().find(|(_, hash)| PasswordHash::new(hash).is_err()) {
            Some((id, _)) => Err(unreadable(format!("the hash of {id} is none"))),
            None => Ok(Self { hashes }),
        }
    }

    /// What tells one state of their file from another.
    #[must_use]
    pub fn mark(folder: &DataFolder) -> PinsMark {
        PinsMark(fs::metadata(folder.pins()).ok().map(|file| of_file(&file)))
    }

    /// The ids of those who have one.
    #[must_use]
    pub fn ids(&self) -> BTreeSet<String> {
        self.hashes.keys().cloned().collect()
    }

    /// Whether a person has one, and this is it. Takes tens of milliseconds, on purpose.
    #[must_use]
    pub fn holds(&self, id: &str, pin: &Pin) -> bool {
        let hash = self.hashes.get(id).and_then(|hash| PasswordHash::new(hash).ok());
        hash.is_some_and(|hash| Argon2::default().verify_password(pin.bytes(), &hash).is_ok())
    }

    /// Gives a person a PIN, or another one, and writes the file.
    pub fn set(&mut self, folder: &DataFolder, id: &str, pin: &Pin) -> Result<(), PinTrouble> {
        pin.check()?;
        let hashed: Result<PasswordHash, _> = Argon2::default().hash_password(pin.bytes());
        let hash = hashed.map_err(|fault| {
            // Only the system's chance can fail here.
            PinTrouble::Unwritable { path: folder.pins(), fault: io::Error::other(fault.to_string()) }
        })?;
        self.hashes.insert(id.to_owned(), hash.to_string());
        self.write(folder)
    }

    /// Takes a person's PIN away, and writes the file. Says whether there was one.
    pub fn remove(&mut self, folder: &DataFolder, id: &str) -> Result<bool, PinTrouble> {
        let had = self.hashes.remove(id).is_some();
        if had {
            self.write(folder)?;
        }
        Ok(had)
    }

    /// Whole or not at all, and for this user alone.
    fn write(&self, folder: &DataFolder) -> Result<(), PinTrouble> {
        folder.create()?;
        let path = folder.pins();
        let beside = path.with_extension(format!("{}.part", std::process::id()));
        let written = serde_json::to_vec_pretty(&self.hashes)
            .map_err(io::Error::other)
            .and_then(|bytes| fill(&beside, &bytes))
            .and_then(|()| fs::rename(&beside, &path))
            .and_then(|()| File::open(folder.path())?.sync_all());
        if written.is_err() {
            // What is left of a failure.
            let _ = fs::remove_file(&beside);
        }
        written.map_err(|fault| PinTrouble::Unwritable { path, fault })
    }
}

/// The file is replaced as a whole when it is written here, and may be edited by hand.
#[cfg(unix)]
fn of_file(file: &fs::Metadata) -> [i64; 3] {
    use std::os::unix::fs::MetadataExt;
    [file.ino().cast_signed(), file.mtime(), file.mtime_nsec()]
}

#[cfg(not(unix))]
fn of_file(file: &fs::Metadata) -> [i64; 3] {
    [file.len().cast_signed(), 0, 0]
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_kept_as_a_hash_for_this_user_alone() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(&base.path().join("data"))).unwrap();
        let mut pins = Pins::load(&folder).unwrap();
        assert!(pins.ids().is_empty());
        pins.set(&folder, "sa", &Pin::new("4711")).unwrap();
        pins.set(&folder, "b", &Pin::new("correct horse")).unwrap();
        let text = fs::read_to_string(folder.path().join("pins.json")).unwrap();
        assert!(text.contains("$argon2id$v=19$") && !text.contains("4711") && !text.contains("horse"), "{text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("pins.json")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let mut read = Pins::load(&folder).unwrap();
        assert!(read.holds("sa", &Pin::new("4711")) && read.holds("b", &Pin::new("correct horse")));
        assert!(!read.holds("sa", &Pin::new("4712")) && !read.holds("b", &Pin::new("4711")));
        assert!(!read.holds("nobody", &Pin::new("4711")));
        assert!(read.remove(&folder, "sa").unwrap() && !read.remove(&folder, "sa").unwrap());
        assert_eq!(Pins::load(&folder).unwrap().ids(), BTreeSet::from(["b".to_owned()]));
    }

    #[test]
    fn a_damaged_file_is_said_and_left_alone() {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(base.path())).unwrap();
        for text in ["not json", "{\"sa\": \"4711\"}"] {
            fs::write(base.path().join("pins.json"), text).unwrap();
            let said = Pins::load(&folder).unwrap_err().to_string();
            assert!(said.contains("pins.json") && said.contains("set them anew"), "{said}");
        }
    }
}

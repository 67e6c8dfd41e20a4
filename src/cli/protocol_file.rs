//! The protocol that somebody means: the name of a shipped one, or a file.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Globals;
use crate::config::{Config, read_text};
use crate::protocol::{Fault, MAX_BYTES, Protocol, SHIPPED, shipped};
use crate::words;

/// The protocol of a room that names none.
const DEFAULT: &str = "standard-iv-40";

/// Why there is no protocol to work by.
#[derive(Debug, Error)]
pub enum ProtocolTrouble {
    /// Neither a shipped one nor a file.
    #[error("there is no protocol \"{}\": name a file, or one of {}", .asked.display(), shipped_names())]
    Unknown {
        /// What was asked for.
        asked: PathBuf,
    },
    /// The file cannot be read.
    #[error("the protocol {} cannot be read ({fault}): make it readable, or name another with --protocol", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        fault: io::Error,
    },
    /// The file is wrong: one line a fault.
    #[error("{}", words::faults_of_protocol(&.path.display().to_string(), .faults))]
    Faults {
        /// The file.
        path: PathBuf,
        /// All that is wrong, in the order of the file.
        faults: Vec<Fault>,
    },
}

/// The protocol by which a new session is run: `--protocol`, else the configuration's, else the standard one.
pub fn protocol_source(globals: &Globals, config: &Config) -> Result<Protocol, ProtocolTrouble> {
    let named = globals.protocol.as_deref().or(config.protocol.as_deref());
    read(named.unwrap_or(Path::new(DEFAULT)))
}

/// The shipped protocol of that name, else the one in that file. (A file named like a shipped one: `./NAME`.)
pub(super) fn read(asked: &Path) -> Result<Protocol, ProtocolTrouble> {
    lint(asked).map(|(protocol, _)| protocol)
}

/// The same, with what a clinician should know of it.
pub(super) fn lint(asked: &Path) -> Result<(Protocol, Vec<Fault>), ProtocolTrouble> {
    let text = match asked.to_str().and_then(shipped) {
        Some(text) => text.to_owned(),
        None => read_file(asked)?,
    };
    Protocol::lint(&text).map_err(|faults| ProtocolTrouble::Faults { path: asked.to_owned(), faults })
}

fn read_file(path: &Path) -> Result<String, ProtocolTrouble> {
    let path = || path.to_owned();
    read_text(&path(), MAX_BYTES).map_err(|fault| match fault.kind() {
        io::ErrorKind::NotFound => ProtocolTrouble::Unknown { asked: path() },
        _ => ProtocolTrouble::Unreadable { path: path(), fault },
    })
}

fn shipped_names() -> String {
    SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

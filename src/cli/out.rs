//! What goes to the standard output and to the standard error: the last door before a terminal, where nothing that it
//! would obey gets past, and where a reader that has gone is no fault.

use std::io::{self, Write};

use serde::Serialize;
use thiserror::Error;

use crate::session::text;

/// Why the output was not written.
#[derive(Debug, Error)]
pub enum OutputTrouble {
    /// The reader has read enough: `bedside show last | head`.
    #[error("nobody reads the output any more")]
    Closed,
    /// Anything else, such as a full disk behind a redirection.
    #[error("the output cannot be written ({0}): check where it goes")]
    Failed(io::Error),
}

impl From<io::Error> for OutputTrouble {
    fn from(fault: io::Error) -> Self {
        if fault.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Failed(fault) }
    }
}

/// Writes text, and a line end where it has none. Records are clean already; a damaged one, or one that another program
/// wrote, may not be.
pub(super) fn print(text: &str) -> Result<(), OutputTrouble> {
    let mut shown: String = text.chars().filter(|&c| c == '\n' || !text::is_dropped(c)).collect();
    if !shown.ends_with('\n') {
        shown.push('\n');
    }
    print_bytes(shown.as_bytes())
}

/// Writes a value as indented JSON.
pub(super) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    Ok(print(&serde_json::to_string_pretty(value)?)?)
}

/// Writes what the program itself has made for another one, byte for byte.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), OutputTrouble> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// Writes a sentence for a person to the standard error, without what a terminal would obey.
pub(super) fn complain(text: &str) {
    let lines: Vec<String> = text.lines().map(clean).collect();
    // With the standard error gone too there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

/// A line of any length that may quote an argument, its indentation kept.
pub(super) fn clean(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches(' ').len();
    format!("{}{}", &line[..indent], text::clean_to(line, usize::MAX))
}

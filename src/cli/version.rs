//! `bedside --version`: this program, what it stands on, and what it is not.

use std::process::ExitCode;

use super::out;
use crate::{words, zones};

/// Prints the versions and the statement.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    out::print(&format!(
        "bedside {}\nSQLite {}\ntime zones: {}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        rusqlite::version(),
        zones::describe(),
        words::statement().join("\n")
    ))?;
    Ok(ExitCode::SUCCESS)
}

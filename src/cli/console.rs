//! `bedside`: opens the console.

use std::process::ExitCode;

use super::Globals;

/// Opens the console on the journal of the data folder; a running session opens directly.
pub fn open(_globals: &Globals) -> anyhow::Result<ExitCode> {
    anyhow::bail!("the console is not wired yet")
}

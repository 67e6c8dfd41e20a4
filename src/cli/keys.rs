//! `bedside keys`: the keys of the console, from the one table that the console itself obeys.

use std::process::ExitCode;

/// Prints the keys.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    anyhow::bail!("the table of keys is not wired yet")
}

//! `bedside completions`: what a shell needs to complete the commands.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, out};

/// For which shell.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

pub(super) fn run(asked: &Completions) -> anyhow::Result<ExitCode> {
    // Into memory first: clap_complete panics when its output is closed.
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut Cli::command(), "bedside", &mut script);
    out::print_bytes(&script)?;
    Ok(ExitCode::SUCCESS)
}

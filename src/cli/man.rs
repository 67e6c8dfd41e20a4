//! `bedside man`: the manual page, for `man -l` or a package.

use std::process::ExitCode;

use clap::CommandFactory;

use super::{Cli, out};

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    out::print_bytes(&page)?;
    Ok(ExitCode::SUCCESS)
}

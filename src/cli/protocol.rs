//! `bedside protocol`: checks a protocol's file, or prints a protocol as a page that a clinician can sign.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::protocol_file::{self, ProtocolTrouble, protocol_source};
use super::{Globals, out, trouble};
use crate::config::Config;
use crate::words;

/// What to do with a protocol.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check a file: every fault with its line and column
    Check(Check),
    /// Print a protocol with the origin of each number, to be read and signed
    Show(Show),
}

/// Which file to check.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The file
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Which protocol to print.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The name of a shipped protocol, or a file [default: the protocol of new sessions]
    #[arg(value_name = "NAME|FILE")]
    asked: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(globals: &Globals, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check(asked) => check(asked),
        Command::Show(asked) => show(globals, asked),
    }
}

/// The faults are the answer here, not trouble: they go to the standard output.
fn check(asked: &Check) -> anyhow::Result<ExitCode> {
    let file = asked.file.display().to_string();
    let (text, value, code) = match protocol_file::read(&asked.file) {
        Ok(protocol) => {
            let value = json!({
                "file": file, "holds": true, "name": protocol.name, "version": protocol.version,
                "approval": protocol.approval, "fingerprint": protocol.fingerprint, "faults": [],
            });
            (words::protocol_holds(&file, &protocol), value, ExitCode::SUCCESS)
        }
        Err(ProtocolTrouble::Faults { faults, .. }) => {
            let listed = faults
                .iter()
                .map(|fault| json!({ "line": fault.line, "column": fault.column, "says": words::fault(fault) }));
            let value = json!({ "file": file, "holds": false, "faults": listed.collect::<Vec<_>>() });
            (words::faults_of_protocol(&file, &faults), value, trouble::does_not_hold())
        }
        Err(trouble) => return Err(trouble.into()),
    };
    if asked.json {
        out::print_json(&value)?;
    } else {
        out::print(&text)?;
    }
    Ok(code)
}

fn show(globals: &Globals, asked: &Show) -> anyhow::Result<ExitCode> {
    let protocol = match &asked.asked {
        Some(named) => protocol_file::read(named)?,
        None => protocol_source(globals, &Config::load(globals.config.as_deref())?)?,
    };
    if asked.json {
        out::print_json(&protocol)?;
    } else {
        out::print(&words::protocol_page(&protocol))?;
    }
    Ok(ExitCode::SUCCESS)
}

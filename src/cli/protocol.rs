//! `bedside protocol`: checks a protocol's file, prints a protocol as a page that a clinician can sign, or plays it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::protocol_file::{self, ProtocolTrouble, protocol_source};
use super::simulate::{self, Simulate};
use super::{Globals, out, trouble};
use crate::config::Config;
use crate::protocol::Fault;
use crate::words;

/// What to do with a protocol.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check a file: every fault with its line and column
    Check(Check),
    /// Print a protocol with the origin of each number, to be read and signed
    Show(Show),
    /// Play a protocol against a scripted patient: what it would ask when, and how often
    Simulate(Simulate),
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
        Command::Simulate(asked) => simulate::run(globals, asked),
    }
}

/// The faults are the answer here, not trouble: they go to the standard output.
fn check(asked: &Check) -> anyhow::Result<ExitCode> {
    let file = asked.file.display().to_string();
    let (text, value, code) = match protocol_file::lint(&asked.file) {
        Ok((protocol, warnings)) => {
            let value = json!({
                "file": file, "holds": true, "name": protocol.name, "version": protocol.version,
                "approval": protocol.approval, "fingerprint": protocol.fingerprint, "faults": [],
                "warnings": listed(&warnings),
            });
            (words::protocol_holds(&file, &protocol, &warnings), value, ExitCode::SUCCESS)
        }
        Err(ProtocolTrouble::Faults { faults, .. }) => {
            let value = json!({ "file": file, "holds": false, "faults": listed(&faults) });
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

/// Faults or warnings, for a program.
fn listed(faults: &[Fault]) -> Vec<Value> {
    let one = |fault: &Fault| json!({ "line": fault.line, "column": fault.column, "says": words::fault(fault) });
    faults.iter().map(one).collect()
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

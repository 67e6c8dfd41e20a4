//! `bedside show`: the record of a session.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::data::{self, Record};
use super::{Globals, access, out, trouble};
use crate::config::Config;
use crate::export;
use crate::journal::Journal;
use crate::session::access::Act;
use crate::session::{Session, SessionId};
use crate::words;

/// Which session to print.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// A session's number, the beginning of its id, or `last`
    id: String,
    /// Show what corrected entries said first, with who corrected them, when and why
    #[arg(long, conflicts_with = "json")]
    originals: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(globals: &Globals, asked: &Show) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let folder = data::folder(globals)?;
    let journal = data::journal_that_is_there(&folder)?;
    let id = journal.resolve(&asked.id)?;
    let (session, damage) = match Record::read(&journal, id)? {
        Record::Whole(entries) => (Session::replay(entries), None),
        Record::Damaged { at, lines } => (data::salvage(id, &lines), Some(at)),
    };
    let mut warnings = Vec::new();
    if let Some(at) = &damage {
        warnings.push(words::damaged_record(&number_of(&journal, id)?, at));
    }
    match &session {
        Ok(session) => {
            let protocol = data::protocol_of(session, globals, &config, &mut warnings)?;
            let zone = data::zone_of(session.opening(), &config.zone()?);
            if asked.json {
                print_json(export::json(&protocol, session, &zone), &warnings)?;
            } else {
                let made = if asked.originals { export::text_with_originals } else { export::text };
                warnings.push(made(&protocol, session, &zone, config.clock));
                out::print(&warnings.join("\n\n"))?;
            }
        }
        // Damaged at its head, or opened by a version that writes an opening of another shape.
        Err(_) => print_lines(&journal.lines(id)?, asked.json, warnings)?,
    }
    let holds = damage.is_none() && session.is_ok();
    // Nothing is added to a journal that is damaged.
    if holds {
        access::log(&folder, &config, Act::Shown, Some(id));
    }
    Ok(if holds { ExitCode::SUCCESS } else { trouble::does_not_hold() })
}

/// The number as the list has it: the opening may be what is damaged.
fn number_of(journal: &Journal, id: SessionId) -> anyhow::Result<String> {
    let head = journal.heads()?.into_iter().find(|head| head.id == id);
    Ok(head.map_or_else(|| id.to_string(), |head| head.number))
}

/// The warnings stand in the value, for the program, and on the standard error, for whoever runs it.
fn print_json(mut record: Value, warnings: &[String]) -> anyhow::Result<()> {
    if !warnings.is_empty() {
        record["warnings"] = json!(warnings);
        out::complain(&warnings.join("\n"));
    }
    out::print_json(&record)
}

/// The stored lines themselves, where they make no session.
fn print_lines(lines: &[Vec<u8>], as_json: bool, mut warnings: Vec<String>) -> anyhow::Result<()> {
    let lines: Vec<String> = lines.iter().map(|line| out::clean(&String::from_utf8_lossy(line))).collect();
    warnings.push(words::bare_lines());
    if as_json {
        return print_json(json!({ "lines": lines }), &warnings);
    }
    Ok(out::print(&format!("{}\n{}", warnings.join("\n\n"), lines.join("\n")))?)
}

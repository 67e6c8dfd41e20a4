//! `bedside export`: a session in a form that others read, to the standard output or to a file that is written whole or not
//! at all.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::card::Sheet;
use super::data::{self, Record};
use super::trouble;
use super::{Globals, out};
use crate::config::Config;
use crate::export;
use crate::file;
use crate::journal::Journal;
use crate::protocol::Protocol;
use crate::session::chain::Break;
use crate::session::{Session, SessionId, Zone};
use crate::words::{self, ClockStyle};

/// Which session, in which form.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A session's number, the beginning of its id, or `last`
    id: String,
    /// The form
    #[arg(long, value_enum)]
    format: Format,
    /// The paper of a PDF
    #[arg(long, value_enum, default_value_t = Sheet::A4)]
    paper: Sheet,
    /// Write it to a file, which must not exist [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over an existing file
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One page to paste into any record system
    Text,
    /// One row an observation, for a spreadsheet
    Csv,
    /// The stored entries, byte for byte, as `verify` reads them
    Jsonl,
    /// A FHIR R4 bundle, for other systems
    Fhir,
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let journal = data::journal_that_is_there(&data::folder(globals)?)?;
    let id = journal.resolve(&asked.id)?;
    if asked.format == Format::Jsonl {
        return lines(&journal, id, asked);
    }
    let session = match Record::read(&journal, id)? {
        Record::Whole(entries) => Session::replay(entries)?,
        Record::Damaged { at, .. } => return Ok(damaged(&at, asked)),
    };
    let mut warnings = Vec::new();
    let protocol = data::protocol_of(&session, globals, &config, &mut warnings)?;
    for warning in &warnings {
        out::complain(warning);
    }
    let zone = data::zone_of(session.opening(), &config.zone()?);
    let source = Source { protocol: &protocol, session: &session, zone: &zone, style: config.clock };
    put(asked, &source.made(asked))?;
    Ok(ExitCode::SUCCESS)
}

/// What an export is made of.
struct Source<'a> {
    protocol: &'a Protocol,
    session: &'a Session,
    zone: &'a Zone,
    style: ClockStyle,
}

impl Source<'_> {
    fn made(&self, asked: &Asked) -> Vec<u8> {
        let Self { protocol, session, zone, style } = *self;
        match asked.format {
            Format::Text => export::summary(protocol, session, zone, style).into_bytes(),
            Format::Csv => export::csv(session, zone),
            Format::Fhir => export::fhir(protocol, session, zone),
            Format::Jsonl => export::jsonl(session.entries().iter().map(|entry| &entry.line)),
        }
    }
}

/// The lines as they are stored: of a damaged record too, for whoever looks into it.
fn lines(journal: &Journal, id: SessionId, asked: &Asked) -> anyhow::Result<ExitCode> {
    let (lines, damage) = match Record::read(journal, id)? {
        Record::Whole(entries) => (entries.into_iter().map(|entry| entry.line).collect(), None),
        Record::Damaged { at, lines } => (lines, Some(at)),
    };
    put(asked, &export::jsonl(&lines))?;
    let Some(at) = damage else { return Ok(ExitCode::SUCCESS) };
    out::complain(&words::exported_damaged(&asked.id, &at));
    Ok(trouble::does_not_hold())
}

/// A record that does not hold is given to nobody as if it did.
fn damaged(at: &Break, asked: &Asked) -> ExitCode {
    out::complain(&words::not_exported(&asked.id, at));
    trouble::does_not_hold()
}

/// To the file, or to the standard output. To a terminal goes only what moves none.
fn put(asked: &Asked, bytes: &[u8]) -> anyhow::Result<()> {
    match &asked.output {
        Some(path) => file::write(path, bytes, asked.force)?,
        None if stdout().is_terminal() => out::print(&String::from_utf8_lossy(bytes))?,
        None => out::print_bytes(bytes)?,
    }
    Ok(())
}

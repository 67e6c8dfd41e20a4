//! `bedside export`: a session in a form that others read, to the standard output or to a file that is written whole or not
//! at all.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::data::{self, Record};
use super::destination::Destination;
use super::trouble::{self, Usage};
use super::{Globals, access, out};
use crate::config::Config;
use crate::export;
use crate::export::pdf::Paper;
use crate::journal::Journal;
use crate::protocol::Protocol;
use crate::session::access::Act;
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
    #[command(flatten)]
    destination: Destination,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One page to paste into any record system
    Text,
    /// One row an observation, for a spreadsheet
    Csv,
    /// The stored entries, byte for byte, as `verify` reads them
    Jsonl,
    /// The chart and the whole record, to print and to keep
    Pdf,
    /// A FHIR R4 bundle, for other systems
    Fhir,
    /// The fields of the esketamine monitoring form, of a nasal visit
    Rems,
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    if asked.format == Format::Pdf {
        asked.destination.check_pdf("record.pdf")?;
    }
    let config = Config::load(globals.config.as_deref())?;
    let folder = data::folder(globals)?;
    let journal = data::journal_that_is_there(&folder)?;
    let id = journal.resolve(&asked.id)?;
    let log = || {
        let format = asked.format.to_possible_value().map(|value| value.get_name().to_owned());
        access::log_aloud(&folder, &config, Act::Exported { format: format.unwrap_or_default() }, id);
    };
    if asked.format == Format::Jsonl {
        let code = lines(&journal, id, asked)?;
        // Nothing is added to a journal that is damaged.
        if code == ExitCode::SUCCESS {
            log();
        }
        return Ok(code);
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
    let source = Source {
        protocol: &protocol,
        session: &session,
        zone: &zone,
        style: config.clock,
        paper: asked.destination.paper(&config),
    };
    asked.destination.put(&source.made(asked)?)?;
    log();
    Ok(ExitCode::SUCCESS)
}

/// What an export is made of.
struct Source<'a> {
    protocol: &'a Protocol,
    session: &'a Session,
    zone: &'a Zone,
    style: ClockStyle,
    paper: Paper,
}

impl Source<'_> {
    fn made(&self, asked: &Asked) -> anyhow::Result<Vec<u8>> {
        let Self { protocol, session, zone, style, paper } = *self;
        Ok(match asked.format {
            Format::Pdf => export::record_pdf(protocol, session, zone, style, paper)?,
            Format::Text => export::summary(protocol, session, zone, style).into_bytes(),
            Format::Csv => export::csv(session, zone),
            Format::Rems => {
                let form = export::rems(protocol, session, zone, style);
                form.map_err(|_| Usage(words::rems::not_nasal().to_owned()))?.into_bytes()
            }
            Format::Fhir => export::fhir(protocol, session, zone),
            Format::Jsonl => export::jsonl(session.entries().iter().map(|entry| &entry.line)),
        })
    }
}

/// The lines as they are stored: of a damaged record too, for whoever looks into it.
fn lines(journal: &Journal, id: SessionId, asked: &Asked) -> anyhow::Result<ExitCode> {
    let (lines, damage) = match Record::read(journal, id)? {
        Record::Whole(entries) => (entries.into_iter().map(|entry| entry.line).collect(), None),
        Record::Damaged { at, lines } => (lines, Some(at)),
    };
    asked.destination.put(&export::jsonl(&lines))?;
    let Some(at) = damage else { return Ok(ExitCode::SUCCESS) };
    out::complain(&words::exported_damaged(&asked.id, &at));
    Ok(trouble::does_not_hold())
}

/// A record that does not hold is given to nobody as if it did.
fn damaged(at: &Break, asked: &Asked) -> ExitCode {
    out::complain(&words::not_exported(&asked.id, at));
    trouble::does_not_hold()
}

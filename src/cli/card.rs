//! `bedside card`: the page that the patient takes home.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::trouble::Usage;
use super::{Globals, console, data, out};
use crate::config::Config;
use crate::export::pdf::Paper;
use crate::export::{NoCard, card};
use crate::file;
use crate::session::Session;
use crate::words;

/// Whose card, and in which form.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A session's number, the beginning of its id, or `last`
    id: String,
    /// Text for any printer, or a PDF
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The paper of a PDF [default: the room's, else a4]
    #[arg(long, value_enum)]
    paper: Option<Sheet>,
    /// Write it to a file, which must not exist
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over an existing file
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Pdf,
}

/// The paper of a PDF.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Sheet {
    /// 210 x 297 mm
    A4,
    /// 8.5 x 11 in
    Letter,
}

impl From<Sheet> for Paper {
    fn from(sheet: Sheet) -> Self {
        match sheet {
            Sheet::A4 => Self::A4,
            Sheet::Letter => Self::Letter,
        }
    }
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let journal = data::journal_that_is_there(&data::folder(globals)?)?;
    let session = Session::replay(journal.load(journal.resolve(&asked.id)?)?)?;
    let mut warnings = Vec::new();
    let protocol = data::protocol_of(&session, globals, &config, &mut warnings)?;
    for warning in &warnings {
        out::complain(warning);
    }
    let zone = data::zone_of(session.opening(), &config.zone()?);
    let numbers = console::card_room(&config).numbers;
    let card = card(&protocol, &session, &numbers, &zone, config.clock).map_err(|why| {
        Usage(match why {
            NoCard::NoWords => words::no_card(&protocol.name),
            NoCard::NoEnd => words::no_times(&session),
        })
    })?;
    if session.told_has_changed(&protocol) && session.state().left.is_some() {
        out::complain(words::call_about_card());
    }
    let force = asked.force;
    match (asked.format, &asked.output) {
        (Format::Text, None) => out::print(&card.text())?,
        (Format::Text, Some(path)) => file::write(path, card.text().as_bytes(), force)?,
        (Format::Pdf, Some(path)) => {
            file::write(path, &card.pdf(asked.paper.map_or(config.paper, Paper::from))?, force)?;
        }
        (Format::Pdf, None) => return Err(Usage(words::pdf_needs_a_file()).into()),
    }
    Ok(ExitCode::SUCCESS)
}

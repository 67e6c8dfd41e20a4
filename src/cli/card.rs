//! `bedside card`: the page that the patient takes home.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::destination::Destination;
use super::trouble::Usage;
use super::{Globals, access, console, data, out};
use crate::config::Config;
use crate::export::{NoCard, card};
use crate::session::Session;
use crate::session::access::Act;
use crate::words;

/// Whose card, and in which form.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A session's number, the beginning of its id, or `last`
    id: String,
    /// Text for any printer, or a PDF
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Pdf,
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    if matches!(asked.format, Format::Pdf) {
        asked.destination.check_pdf("card.pdf")?;
    }
    let config = Config::load(globals.config.as_deref())?;
    let folder = data::folder(globals)?;
    let journal = data::journal_that_is_there(&folder)?;
    let id = journal.resolve(&asked.id)?;
    let session = Session::replay(journal.load(id)?)?;
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
    // A program that prints many cards is told of it where it may matter for a life.
    let blank = words::blank_numbers(numbers.clinic.is_none(), numbers.crisis.is_none());
    if let Some(blank) = blank.filter(|_| session.state().asked.self_harm.came_up()) {
        out::complain(blank);
    }
    let (format, bytes) = match asked.format {
        Format::Text => ("text", card.text().into_bytes()),
        Format::Pdf => ("pdf", card.pdf(asked.destination.paper(&config))?),
    };
    asked.destination.put(&bytes)?;
    access::log_aloud(&folder, &config, Act::CardPrinted { format: format.to_owned() }, id);
    Ok(ExitCode::SUCCESS)
}

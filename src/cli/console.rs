//! `bedside`: opens the console.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::{Globals, data, protocol_source, rehearse};
use crate::clock::{SystemClock, entropy_seed};
use crate::config::Config;
use crate::console::Settings;
use crate::console::settings::CardRoom;
use crate::console::theme::Theme;
use crate::export::Numbers;
use crate::journal::DataFolder;
use crate::pins::Pins;
use crate::protocol::Protocol;
use crate::run::{Ending, Keyboard, Shell};
use crate::session::{Actor, Role, Scribe, Session, Zone};
use crate::words;

/// Opens the console on the journal of the data folder; a running session opens directly. A rehearsal that is asked for
/// there is played, and the console opened again.
pub fn open(globals: &Globals) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let folder = data::folder(globals)?;
    let zone = config.zone()?;
    let clock = SystemClock::new(zone.clone());
    let mut keyboard = Keyboard::default();
    loop {
        let (protocol, trouble) = room_protocol(globals, &config, &folder)?;
        // PINs that cannot be read must not keep a running session from its sitter: nobody is asked, and that is said.
        let (pins, unread) = match Pins::load(&folder) {
            Ok(pins) => (pins.ids(), None),
            Err(why) => (BTreeSet::new(), Some(words::pins_unread(&why.to_string()))),
        };
        let settings = Settings {
            pins,
            pin_trouble: unread,
            protocol_trouble: trouble,
            ..settings(&config, protocol, zone.clone())
        };
        let scribe = Scribe::new(station(&config), version(), entropy_seed());
        match Shell::run(folder.clone(), settings, scribe, &clock, &mut keyboard, None)? {
            Ending::Left => return Ok(ExitCode::SUCCESS),
            Ending::Rehearse => rehearse::run(globals, &rehearse::Rehearse::default(), &mut keyboard)?,
        };
    }
}

/// What the room's configuration and the arguments give to the console.
pub(super) fn settings(config: &Config, protocol: Protocol, zone: Zone) -> Settings {
    let actor = |id: &String, name: &String, role| Actor { id: id.clone(), name: name.clone(), role };
    let sitters = config.sitters.iter().map(|person| actor(&person.id, &person.name, Role::Sitter));
    let clinicians = config.clinicians.iter().map(|person| actor(&person.id, &person.name, Role::Clinician));
    Settings {
        room: config.room.clone(),
        sitters: sitters.collect(),
        clinicians: clinicians.collect(),
        clock: config.clock,
        bell: config.bell,
        lock_after_min: config.lock_after_min,
        theme: theme(),
        card: card_room(config),
        ladder: config.ladder(),
        ..Settings::of(protocol, zone)
    }
}

/// What the room gives to the card that the patient takes home.
pub(super) fn card_room(config: &Config) -> CardRoom {
    let numbers = Numbers { clinic: config.clinic_number.clone(), crisis: config.crisis_number.clone() };
    CardRoom { numbers, paper: config.paper, print: config.print.clone() }
}

/// The protocol of the room. Where it cannot be read and a session runs, that session goes on by the copy that it keeps,
/// and why is said; without one there is nothing to open, and it is an error.
fn room_protocol(
    globals: &Globals,
    config: &Config,
    folder: &DataFolder,
) -> anyhow::Result<(Protocol, Option<String>)> {
    let trouble = match protocol_source(globals, config) {
        Ok(protocol) => return Ok((protocol, None)),
        Err(trouble) => trouble,
    };
    match kept_protocol(folder)? {
        Some(protocol) => Ok((protocol, Some(words::protocol_unread_why(&trouble.to_string())))),
        None => Err(trouble.into()),
    }
}

/// The protocol in force in the session that runs, where there is one and its copy can be read.
fn kept_protocol(folder: &DataFolder) -> anyhow::Result<Option<Protocol>> {
    let Some(journal) = data::journal(folder)? else { return Ok(None) };
    let Some(running) = journal.open_sessions()?.pop() else { return Ok(None) };
    let Ok(session) = Session::replay(journal.load(running.id)?) else { return Ok(None) };
    Ok(Protocol::load(&session.protocol_copy().text).ok())
}

/// No colours where the user asked for none (`NO_COLOR`, not empty).
fn theme() -> Theme {
    let asked = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if asked { Theme::Mono } else { Theme::Colour }
}

/// The name of this workstation: the configuration's, else the machine's.
pub(super) fn station(config: &Config) -> String {
    let host = || crate::session::text::clean(&rustix::system::uname().nodename().to_string_lossy());
    config.station.clone().unwrap_or_else(host)
}

/// The program's version, as each entry carries it.
pub(super) fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

//! `bedside`: opens the console.

use std::process::ExitCode;

use super::{Globals, data, protocol_source, rehearse};
use crate::clock::{SystemClock, entropy_seed};
use crate::config::Config;
use crate::console::Settings;
use crate::console::theme::Theme;
use crate::run::{Ending, Keyboard, Shell};
use crate::session::{Actor, Role, SECOND_MS, Scribe, Zone};

/// Opens the console on the journal of the data folder; a running session opens directly. A rehearsal that is asked for
/// there is played, and the console opened again.
pub fn open(globals: &Globals) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let folder = data::folder(globals)?;
    let zone = config.zone()?;
    let clock = SystemClock::new(zone.clone());
    let mut keyboard = Keyboard::default();
    loop {
        let settings = settings(globals, &config, zone.clone())?;
        let scribe = Scribe::new(station(&config), version(), entropy_seed());
        match Shell::run(folder.clone(), settings, scribe, &clock, &mut keyboard, None)? {
            Ending::Left => return Ok(ExitCode::SUCCESS),
            Ending::Rehearse => rehearse::run(globals, &rehearse::Rehearse::default(), &mut keyboard)?,
        };
    }
}

/// What the room's configuration and the arguments give to the console.
pub(super) fn settings(globals: &Globals, config: &Config, zone: Zone) -> anyhow::Result<Settings> {
    let sitter =
        |person: &crate::config::Person| Actor { id: person.id.clone(), name: person.name.clone(), role: Role::Sitter };
    Ok(Settings {
        room: config.room.clone(),
        sitters: config.sitters.iter().map(sitter).collect(),
        clock: config.clock,
        zone,
        protocol: protocol_source(globals, config)?,
        theme: theme(),
        ladder: config.ladder(),
        rehearsal: false,
        tick_ms: SECOND_MS,
    })
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

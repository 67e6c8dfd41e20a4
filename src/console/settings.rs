//! What the console is told of its room before it begins.

use std::collections::BTreeSet;

use super::theme::Theme;
use crate::export::Numbers;
use crate::export::pdf::Paper;
use crate::protocol::Protocol;
use crate::session::{Actor, Ladder, SECOND_MS, Zone};
use crate::words::ClockStyle;

/// What the room's configuration and the command line give.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The room's name.
    pub room: Option<String>,
    /// Sitters who can be chosen with one key.
    pub sitters: Vec<Actor>,
    /// Clinicians who can be named with one key.
    pub clinicians: Vec<Actor>,
    /// 12 or 24 hours.
    pub clock: ClockStyle,
    /// The zone in which clock times are read.
    pub zone: Zone,
    /// The protocol of a new session.
    pub protocol: Protocol,
    /// Why the room's protocol cannot be read, where that is so: then `protocol` is the copy of the session that runs, and
    /// no new session begins.
    pub protocol_trouble: Option<String>,
    /// Ring the terminal's bell, once, when a high alarm is raised.
    pub bell: bool,
    /// The ids of those who have a PIN.
    pub pins: BTreeSet<String>,
    /// Why PINs cannot be read, where that is so: then nobody is asked for one.
    pub pin_trouble: Option<String>,
    /// After so many minutes without a key names are hidden; `None`: never.
    pub lock_after_min: Option<u32>,
    /// Colours, or none.
    pub theme: Theme,
    /// Whom to call.
    pub ladder: Ladder,
    /// What the room gives to the card that the patient takes home.
    pub card: CardRoom,
    /// A rehearsal: watermarked.
    pub rehearsal: bool,
    /// How long one tick of the clock is, ms: 1000, more on a scaled clock.
    pub tick_ms: i64,
    /// How long a second at the keyboard is on the console's clock, ms: 1000, more on a scaled clock. A hand types as fast as ever.
    pub hand_second_ms: i64,
}

/// What the room gives to a card.
#[derive(Debug, Clone, Default)]
pub struct CardRoom {
    /// Whom the patient may call.
    pub numbers: Numbers,
    /// The paper of the printer.
    pub paper: Paper,
    /// The command that prints a file, with its arguments; empty: there is none.
    pub print: Vec<String>,
}

impl Settings {
    /// A room that has no configuration: 24 hours, colours, nobody to choose, no PIN, no printer.
    #[must_use]
    pub fn of(protocol: Protocol, zone: Zone) -> Self {
        Self {
            room: None,
            sitters: Vec::new(),
            clinicians: Vec::new(),
            clock: ClockStyle::H24,
            zone,
            protocol,
            protocol_trouble: None,
            bell: false,
            pins: BTreeSet::new(),
            pin_trouble: None,
            lock_after_min: None,
            theme: Theme::Colour,
            ladder: Ladder::default(),
            card: CardRoom::default(),
            rehearsal: false,
            tick_ms: SECOND_MS,
            hand_second_ms: SECOND_MS,
        }
    }

    /// Everybody of the configuration, sitters first.
    pub fn everybody(&self) -> impl Iterator<Item = &Actor> {
        self.sitters.iter().chain(&self.clinicians)
    }
}

//! What reaches the model, and the orders that it gives. Every message comes with the time it came.

use std::collections::BTreeSet;

use crossterm::event::KeyEvent;

use crate::export::Card;
use crate::journal::{Holder, Reply, Request};
use crate::session::{CardTimes, Pin, SessionId};

/// Something that happened outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key.
    Key(KeyEvent),
    /// Pasted text.
    Paste(String),
    /// A click, at column and row.
    Click(u16, u16),
    /// The terminal's size, columns and rows.
    Resize(u16, u16),
    /// Time has passed.
    Tick,
    /// The journal answered.
    Journal(Reply),
    /// The journal's writer has ended.
    JournalLost,
    /// The session's lock was got, or who has it.
    Lock(SessionId, Result<(), Option<Holder>>),
    /// Another console has put its lock in the place of this one's: the session was taken over.
    LostTo(SessionId, Option<Holder>),
    /// Nobody holds a session that was taken over from here, as far as can be seen; or somebody does.
    LockFree(SessionId, bool),
    /// The disk gives this console no lock: nothing keeps others out of the session. Or it does again.
    Unguarded(bool),
    /// Who has a PIN now, or why that cannot be read.
    Pins(Result<BTreeSet<String>, String>),
    /// Whether a person's PIN was right, or why that cannot be said.
    PinChecked(String, Result<bool, String>),
    /// A card was written, or why not.
    Card(Box<CardOrder>, Result<CardKept, String>),
    /// What became of a card at the room's printer.
    CardPrinted(CardAtPrinter),
    /// A rehearsal's scripted patient does or says something.
    Patient(PatientMoment),
}

/// What a scripted patient shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PatientMoment {
    /// What is seen or heard; empty: no change.
    pub shows: String,
    /// What the monitor reads.
    pub monitor: String,
}

/// A card that is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct CardOrder {
    /// The session that it belongs to.
    pub session: SessionId,
    /// The name of its files, without an ending.
    pub stem: String,
    /// The card.
    pub card: Card,
    /// Its version.
    pub version: u32,
    /// The times that stand on it.
    pub times: CardTimes,
}

/// Where a card is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardKept {
    /// The file that is to be printed.
    pub file: String,
    /// Whether the room has a printer: then what becomes of it there is told by itself.
    pub is_printing: bool,
}

/// What became of a card at the room's printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAtPrinter {
    /// The session that it belongs to.
    pub session: SessionId,
    /// Its version.
    pub version: u32,
    /// The file that was to be printed.
    pub file: String,
    /// Whether the printer took it.
    pub printed: Result<(), NotPrinted>,
}

/// Why a card was not printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPrinted {
    /// The printer's program had not ended after so many seconds, and was stopped.
    NoAnswer {
        /// Seconds.
        after_s: u64,
    },
    /// It ended with a fault, in its own words.
    Failed(String),
}

/// An order to the shell.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the journal.
    Journal(Request),
    /// Take the session's lock for this sitter.
    Lock {
        /// The session.
        session: SessionId,
        /// Who will hold it.
        sitter: String,
        /// Another console had it when this one looked last: only a lock that was really got says that it has ended.
        looks_on: bool,
    },
    /// Check a person's PIN: answered by `PinChecked`.
    CheckPin {
        /// The person's id.
        person: String,
        /// What was typed.
        pin: Pin,
    },
    /// Put this console's lock in the place of the one from which the session was taken over.
    TakeLock {
        /// The session.
        session: SessionId,
        /// Who holds it.
        sitter: String,
        /// Which tenure.
        epoch: u32,
    },
    /// Say in the lock who sits now.
    HoldAs {
        /// Who.
        sitter: String,
        /// Which tenure it is, as the journal has it.
        epoch: u32,
    },
    /// Look whether anybody holds a session that was taken over from here: answered by `LockFree`.
    ProbeLock(SessionId),
    /// Let the lock go.
    Unlock,
    /// Write a card, and print it where the room has a printer.
    MakeCard(Box<CardOrder>),
    /// Ring the terminal's bell, once.
    Bell,
    /// End the console.
    Quit,
    /// End the console and begin a rehearsal.
    Rehearse,
}

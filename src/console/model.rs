//! Everything that the screen is drawn from. The model is a local variable of the loop: one owner, no locks.

use std::collections::{BTreeMap, VecDeque};

use crossterm::event::KeyEvent;

pub use super::earlier::Earlier;
use super::form::Form;
use super::held::{ReadOnly, Taking};
use super::input::Chord;
use super::keymap::Context;
use super::message::PatientMoment;
pub use super::overlay::{Confirm, Overlay};
pub use super::settings::Settings;
use super::sheet::Sheet;
pub use super::top::{SETTLE_MS, Top};
use crate::guidance::Guidance;
use crate::journal::{Holder, SessionRow};
use crate::protocol::Protocol;
use crate::session::{Actor, SECOND_MS, Scribe, Session, Stamp};
use crate::words::{CallCard, call_card};

/// The whole state of the console.
#[derive(Debug)]
pub struct Model {
    /// Configuration.
    pub settings: Settings,
    /// The last reading of the clocks.
    pub now: Stamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the screen shows.
    pub screen: Screen,
    /// What lies over the screen; the last one has the keys.
    pub overlays: Vec<Overlay>,
    /// A word to the sitter, for a few seconds or until the next key.
    pub notice: Option<Notice>,
    /// A word that stands until the next key: whoever was looking at the patient sees it. Others are said over it.
    pub standing: Option<String>,
    /// The sessions of today and those still open, for the first screen.
    pub listed: Vec<SessionRow>,
    /// How many sessions wait for the clinician's word on thoughts of self-harm, listed or not.
    pub waiting: usize,
    /// Why nothing can be saved, and since when (UTC ms), while that is so.
    pub not_saved: Option<NotSaved>,
    /// What was found of the journal and its transcripts, for the first screen.
    pub told: Vec<String>,
    /// The first of it in one line, until it was said in a session.
    pub told_short: Option<String>,
    /// What a person said of a wall clock that looks wrong, until it stands in a record.
    pub wall_is_right: Option<bool>,
    /// What the wall clock is held against, until somebody has answered whether it is right, or put that off.
    pub wall_beside: Option<WallBeside>,
    /// What a scripted patient shows, in a rehearsal.
    pub patient: PatientMoment,
    /// Gives entries their ids and places.
    pub scribe: Scribe,
    /// Names are hidden because nobody has pressed a key for a while, or nobody has shown the sitter's PIN yet.
    pub is_locked: bool,
    /// Whose PIN shows them again, where that person has one.
    pub locked_for: Option<Actor>,
    /// Who has signed in at this console since it was started; none where nobody has said who they are.
    pub signed_in: Option<Actor>,
    /// When the last key was pressed (boot ms).
    pub last_key_boot_ms: i64,
    /// Wrong PINs, by the person's id, until a right one.
    pub wrong_pins: BTreeMap<String, WrongPins>,
    /// Keys typed while a session is being opened, or a PIN checked: they are read when that is done.
    pub ahead: VecDeque<KeyEvent>,
    /// Something on the screen may have changed since it was last drawn.
    pub changed: bool,
    /// The console is to end.
    pub leaving: bool,
}

/// What the wall clock is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallBeside {
    /// When the last entry that is known was recorded, UTC ms.
    pub last: Option<i64>,
    /// Whether that entry is of a session that still runs.
    pub runs: bool,
    /// Whether it was asked: a question that gave way to something comes back when nobody types.
    pub was_asked: bool,
}

/// Wrong PINs of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPins {
    /// How many.
    pub count: u32,
    /// Until when the next try waits (boot ms).
    pub until_boot_ms: i64,
}

/// Entries that are only in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSaved {
    /// When the first of them was recorded, UTC ms.
    pub since_utc_ms: i64,
    /// Why.
    pub why: String,
}

/// A word to the sitter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// When it was said (boot ms), for it goes by itself.
    pub said_boot_ms: i64,
}

/// The screen under the overlays.
#[derive(Debug)]
pub enum Screen {
    /// The first screen: sessions of today.
    First(First),
    /// A session is being read from the journal.
    Opening(Awaited),
    /// A session.
    Live(Box<Live>),
}

/// The first screen.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// Which line is marked.
    pub mark: usize,
    /// Whether the list has come.
    pub listed: bool,
}

/// What is awaited from the journal.
#[derive(Debug, Clone)]
pub enum Awaited {
    /// The number for a new session, with what was typed.
    Number {
        /// The patient.
        patient: String,
        /// The sitter.
        sitter: Actor,
    },
    /// The entries of a stored session.
    Entries {
        /// Whether its lock was got; who holds it otherwise.
        lock: Option<Result<(), Option<Holder>>>,
        /// Whether it is opened to ask how the patient is, on the day after.
        check_back: bool,
    },
}

/// A session on the screen.
#[derive(Debug)]
pub struct Live {
    /// The session.
    pub session: Session,
    /// Its protocol in force, as kept with it.
    pub protocol: Protocol,
    /// What it means now.
    pub guidance: Guidance,
    /// The last entry that is on the disk.
    pub durable_through: u64,
    /// Why this console may only read it.
    pub read_only: Option<ReadOnly>,
    /// It is recorded here, and no lock keeps other consoles out of it.
    pub is_unguarded: bool,
    /// It was taken over from here, and nobody holds it now.
    pub is_free: bool,
    /// A take-over that was confirmed, until the journal has answered.
    pub taking: Option<Taking>,
    /// What is shown of it.
    pub page: Page,
    /// Names hidden: 0 no, 1 names, 2 all but clock and alarms.
    pub hidden: u8,
    /// The prompt that is drawn on top.
    pub top: Top,
    /// The next observation was made at this time, UTC ms.
    pub late: Option<i64>,
    /// Who adds to the record since it is signed: asked once each time that it is opened.
    pub author: Option<Actor>,
    /// The record shows what corrected entries said first.
    pub originals: bool,
    /// The card that is being written.
    pub card: CardWork,
    /// What an emergency interrupted.
    pub aside: Aside,
    /// The patient's earlier visits.
    pub earlier: Earlier,
    /// Who decides the answers of the screening that follow, until somebody else is named.
    pub decided_by: Option<String>,
    /// When the last key of an answer of the screening was pressed (boot ms).
    pub answer_key_boot_ms: Option<i64>,
    /// An anxiety or pain of 1 that a `0` in time makes 10: the entry, and when (boot ms).
    pub one: Option<(u64, i64)>,
}

/// What is shown of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The session.
    #[default]
    Main,
    /// The record, with the marked entry; none is the newest. By its number, so that a new entry does not move the mark.
    Record(Option<u64>),
    /// The gate, with the marked item.
    Gate(usize),
    /// The screening, with the marked item.
    Screening(usize),
    /// The series, from the line that stands first.
    Series(usize),
    /// Four giant lines.
    Far,
    /// Only what matters in an emergency.
    Emergency,
}

/// What is being done about the card. One is written at a time: its number and its file follow from those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CardWork {
    /// Nothing.
    #[default]
    None,
    /// It is being written.
    Writing,
    /// It is being written, and another was asked for meanwhile.
    Another,
}

/// What an emergency interrupted: it is back as it was when the emergency is over.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// The half-typed form.
    pub form: Option<Form>,
    /// The time of a late entry that was chosen, UTC ms.
    pub late: Option<i64>,
    /// The emergency came out of a text that was being typed: the last key that may still have been meant for it, boot ms.
    pub text_key_boot_ms: Option<i64>,
}

impl Model {
    /// A console on its first screen.
    #[must_use]
    pub fn new(settings: Settings, scribe: Scribe, now: Stamp, size: (u16, u16)) -> Self {
        let said = |text: &String| Notice { text: text.clone(), said_boot_ms: now.boot_ms };
        let notice = settings.pin_trouble.as_ref().map(said);
        Self {
            settings,
            now,
            size,
            screen: Screen::First(First::default()),
            overlays: Vec::new(),
            notice,
            standing: None,
            listed: Vec::new(),
            waiting: 0,
            not_saved: None,
            told: Vec::new(),
            told_short: None,
            wall_is_right: None,
            wall_beside: None,
            patient: PatientMoment::default(),
            scribe,
            is_locked: false,
            locked_for: None,
            signed_in: None,
            last_key_boot_ms: now.boot_ms,
            wrong_pins: BTreeMap::new(),
            ahead: VecDeque::new(),
            changed: true,
            leaving: false,
        }
    }

    /// The session on the screen.
    #[must_use]
    pub fn live(&self) -> Option<&Live> {
        match &self.screen {
            Screen::Live(live) => Some(live),
            _ => None,
        }
    }

    /// The session on the screen.
    pub fn live_mut(&mut self) -> Option<&mut Live> {
        match &mut self.screen {
            Screen::Live(live) => Some(live),
            _ => None,
        }
    }

    /// The context in which the next key is read.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.overlays.last() {
            Some(Overlay::Keys(context, _)) => *context,
            Some(Overlay::Form(_)) => Context::Form,
            Some(Overlay::Help(_)) => Context::Help,
            Some(Overlay::Brief(..)) => Context::Brief,
            Some(Overlay::Call(_)) => Context::Call,
            Some(Overlay::Sheet(Sheet::Card, _)) => Context::Card,
            Some(Overlay::Sheet(..)) => Context::Sheet,
            Some(Overlay::Reason(..)) => Context::Reason,
            Some(Overlay::AsRead(_)) => Context::AsRead,
            Some(Overlay::Held) => Context::Held,
            Some(Overlay::WallClock(..)) => Context::WallClock,
            Some(Overlay::Confirm(..)) => Context::Confirm,
            None => self.page_context(),
        }
    }

    /// The context of the screen under the overlays.
    #[must_use]
    pub fn page_context(&self) -> Context {
        match &self.screen {
            Screen::First(_) | Screen::Opening(_) => Context::First,
            Screen::Live(live) => match live.shown_page() {
                Page::Emergency => Context::Emergency,
                Page::Main => Context::Session,
                Page::Record(_) => Context::Record,
                Page::Gate(_) => Context::Gate,
                Page::Screening(_) => Context::Screening,
                Page::Series(_) => Context::Series,
                Page::Far => Context::Far,
            },
        }
    }

    /// Whether the question on the screen has only just come, so that a digit was meant for something else.
    #[must_use]
    pub fn is_fresh(&self, chord: Chord) -> bool {
        let is_digit = matches!(chord, Chord::Char('0'..='9'));
        let (Some(Overlay::Reason(_, asked) | Overlay::WallClock(_, asked)), true) = (self.overlays.last(), is_digit)
        else {
            return false;
        };
        self.now.boot_ms - asked < SETTLE_MS
    }

    /// Whether the room has another protocol than the one that the session is run by.
    #[must_use]
    pub fn has_other_protocol(&self) -> bool {
        let room = &self.settings;
        let other = |live: &Live| !live.is_over() && live.protocol.fingerprint != room.protocol.fingerprint;
        room.protocol_trouble.is_none() && self.live().is_some_and(other)
    }

    /// The call card of this minute.
    #[must_use]
    pub fn call_card(&self) -> Option<CallCard> {
        let (live, settings) = (self.live()?, &self.settings);
        let room = live.session.opening().room.as_deref().or(settings.room.as_deref());
        Some(call_card(&live.protocol, &live.session, &live.guidance, room, &settings.zone, settings.clock))
    }

    /// What is hidden: 0 nothing, 1 names, 2 all but clock and alarms.
    #[must_use]
    pub fn veil(&self) -> u8 {
        self.live().map_or(0, |live| live.hidden).max(u8::from(self.is_locked))
    }

    /// A time at the keyboard, ms, on the console's clock.
    #[must_use]
    pub const fn by_hand(&self, ms: i64) -> i64 {
        ms * self.settings.hand_second_ms / SECOND_MS
    }

    /// A word to the sitter.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), said_boot_ms: self.now.boot_ms });
    }

    /// A word that nobody asked for just now, and that must not be missed: it stands until the next key.
    pub fn say_until_key(&mut self, text: String) {
        self.standing = Some(text.clone());
        self.say(text);
    }
}

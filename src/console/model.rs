//! Everything that the screen is drawn from. The model is a local variable of the loop: one owner, no locks.

use crossterm::event::KeyEvent;

pub use super::earlier::Earlier;
use super::form::Form;
use super::input::Chord;
use super::keymap::Context;
use super::message::PatientMoment;
pub use super::settings::Settings;
use super::sheet::Sheet;
pub use super::top::{SETTLE_MS, Top};
use crate::guidance::{Guidance, OpenCall, Prompt};
use crate::journal::SessionRow;
use crate::protocol::{Priority, Protocol};
use crate::session::{Actor, Event, OwedReason, Phase, Row, Scribe, Session, Stamp, WallDoubt};
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
    /// A word to the sitter, until the next key.
    pub notice: Option<Notice>,
    /// The sessions of today and those still open, for the first screen.
    pub listed: Vec<SessionRow>,
    /// Why nothing can be saved, and since when (UTC ms), while that is so.
    pub not_saved: Option<NotSaved>,
    /// What was found of the journal and its transcripts, for the first screen.
    pub told: Vec<String>,
    /// The first of it in one line, until it was said in a session.
    pub told_short: Option<String>,
    /// What a person said of a wall clock that looks wrong, until it stands in a record.
    pub wall_is_right: Option<bool>,
    /// What a scripted patient shows, in a rehearsal.
    pub patient: PatientMoment,
    /// Gives entries their ids and places.
    pub scribe: Scribe,
    /// Keys typed while a session is being opened: they are read when it is there.
    pub ahead: Vec<KeyEvent>,
    /// Something on the screen may have changed since it was last drawn.
    pub changed: bool,
    /// The console is to end.
    pub leaving: bool,
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
        lock: Option<Result<(), String>>,
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
    /// Who holds the session, when this console may only read.
    pub read_only: Option<String>,
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
    /// What an emergency interrupted.
    pub aside: Aside,
    /// The patient's earlier visits.
    pub earlier: Earlier,
    /// Who decides the answers of the screening that follow, until somebody else is named.
    pub decided_by: Option<String>,
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

/// What an emergency interrupted: it is back as it was when the emergency is over.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// The half-typed form.
    pub form: Option<Form>,
    /// The time of a late entry that was chosen, UTC ms.
    pub late: Option<i64>,
}

/// What lies over the screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// One more key: a grade or a menu. With the time of the first key.
    Keys(Context, Stamp),
    /// A form.
    Form(Form),
    /// The keys, scrolled.
    Help(u16),
    /// What the next sitter reads before she signs on; shown since then (boot ms).
    Brief(Actor, i64),
    /// The call card of this minute.
    Call,
    /// Something to be read, scrolled.
    Sheet(Sheet, u16),
    /// Pick a reason; asked since then (boot ms).
    Reason(OwedReason, i64),
    /// An unlikely value: as read?
    AsRead(u64),
    /// The wall clock looks wrong: is it right?
    WallClock(WallDoubt),
    /// A question before something that is not taken back lightly.
    Confirm(Confirm),
}

/// What is asked before it is done: kept as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirm {
    /// Leave the console while the session goes on.
    LeaveConsole,
    /// The patient left.
    Leave(crate::session::Leaving),
    /// Take back an observation that is not the last thing done.
    Undo(u64),
    /// The patient was told the clock times.
    GiveGuidance,
    /// An item of the gate is met, although the record does not say so.
    MetAgainst,
    /// The emergency is over.
    EndEmergency,
}

impl Model {
    /// A console on its first screen.
    #[must_use]
    pub fn new(settings: Settings, scribe: Scribe, now: Stamp, size: (u16, u16)) -> Self {
        Self {
            settings,
            now,
            size,
            screen: Screen::First(First::default()),
            overlays: Vec::new(),
            notice: None,
            listed: Vec::new(),
            not_saved: None,
            told: Vec::new(),
            told_short: None,
            wall_is_right: None,
            patient: PatientMoment::default(),
            scribe,
            ahead: Vec::new(),
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
            Some(Overlay::Call) => Context::Call,
            Some(Overlay::Sheet(Sheet::Card, _)) => Context::Card,
            Some(Overlay::Sheet(..)) => Context::Sheet,
            Some(Overlay::Reason(..)) => Context::Reason,
            Some(Overlay::AsRead(_)) => Context::AsRead,
            Some(Overlay::WallClock(_)) => Context::WallClock,
            Some(Overlay::Confirm(_)) => Context::Confirm,
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
        is_digit
            && matches!(self.overlays.last(), Some(Overlay::Reason(_, asked)) if self.now.boot_ms - asked < SETTLE_MS)
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

    /// A word to the sitter.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), said_boot_ms: self.now.boot_ms });
    }
}

impl Live {
    /// Prompts in the order in which Tab goes through them: open ones, then those that were dealt with.
    pub fn queue(&self) -> impl ExactSizeIterator<Item = &Prompt> + Clone {
        let open = &self.guidance.prompts.open;
        let settled = &self.guidance.prompts.settled;
        (0..open.len() + settled.len()).map(move |i| open.get(i).unwrap_or_else(|| &settled[i - open.len()]))
    }

    /// The prompt on top.
    #[must_use]
    pub fn on_top(&self) -> Option<&Prompt> {
        let mut queue = self.queue();
        let count = queue.len();
        if count == 0 { None } else { queue.nth(self.top.passed % count) }
    }

    /// Whether the banner asks, at the planned end, if the pump was stopped: before everything but a high or medium alarm,
    /// until Tab goes on to the prompts behind it.
    #[must_use]
    pub fn asks_whether_stopped(&self) -> bool {
        let alarmed = self.guidance.prompts.open.first().is_some_and(|prompt| prompt.priority >= Priority::Medium);
        self.guidance.progress.ask_whether_stopped && !alarmed && self.top.passed == 0
    }

    /// The prompt that is drawn, and the only one that a key answers. At the gate the clock times stand in the place of
    /// one that was dealt with, but never of one that is open behind it; from afar the worst open one is what matters.
    #[must_use]
    pub fn drawn(&self) -> Option<&Prompt> {
        let worst = self.guidance.prompts.open.first();
        match self.shown_page() {
            _ if self.asks_whether_stopped() => None,
            Page::Far => worst.or_else(|| self.on_top()),
            Page::Gate(_) => self.on_top().filter(|prompt| prompt.settled.is_none()).or(worst),
            Page::Main | Page::Record(_) | Page::Screening(_) | Page::Series(_) | Page::Emergency => self.on_top(),
        }
    }

    /// The page that is on the screen: an emergency stands before all others, for as long as it lasts.
    #[must_use]
    pub fn shown_page(&self) -> Page {
        if self.session.state().emergency().is_some() { Page::Emergency } else { self.page }
    }

    /// The call that somebody still waits on.
    #[must_use]
    pub fn open_call(&self) -> Option<OpenCall> {
        OpenCall::of(&self.protocol, &self.session, self.guidance.now)
    }

    /// Whether the visit is over: the patient left, or the session was closed.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.session.state().phase, Phase::Left(_) | Phase::Closed)
    }

    /// How many entries are not on the disk yet.
    #[must_use]
    pub fn unsaved(&self) -> u64 {
        self.session.last_entry().seq().saturating_sub(self.durable_through)
    }

    /// The rows of the record, newest first.
    pub fn record_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.session.rows().rev()
    }

    /// Where the marked entry stands among the rows of the record; the newest where none is marked.
    #[must_use]
    pub fn marked_index(&self, marked: Option<u64>) -> usize {
        marked.and_then(|seq| self.record_rows().position(|row| row.item.seq == seq)).unwrap_or(0)
    }

    /// The last entries as the session shows them, newest first: that a prompt was raised is left out, for the banner
    /// shows it.
    pub fn last_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.record_rows().filter(|row| !matches!(row.event, Event::PromptRaised { .. } | Event::ValueConfirmed { .. }))
    }
}

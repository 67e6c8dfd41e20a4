//! A console without a terminal: the real model, update and view, a clock that is moved by hand, a journal in the same
//! thread. Rehearsals at full speed and the tests work through it, so both press the keys that a person would.

use std::collections::BTreeMap;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::clock::{Clock, ManualClock};
use crate::console::input;
use crate::console::message::CardKept;
use crate::console::{Effect, Model, Msg, PatientMoment, Settings, settle, start, take, update, view};
use crate::journal::{Holder, Journal, JournalError, Reply, Request};
use crate::rehearsal::Player;
use crate::session::{Entry, Pin, Scribe, SessionId};

/// A console that is driven by calls.
#[derive(Debug)]
pub struct Headless {
    model: Model,
    clock: ManualClock,
    journal: Journal,
    tick_ms: i64,
    /// Entries that the journal refused: tried again with each tick, in order.
    waiting: Vec<Entry>,
    /// What the lock answers, in place of a file.
    lock: Result<(), Option<Holder>>,
    /// The console asked to end, or to begin a rehearsal.
    ended: Option<Effect>,
    /// How often the bell was rung.
    rung: usize,
    /// PINs, in place of a file.
    pins: BTreeMap<String, Pin>,
}

impl Headless {
    /// A console on its first screen.
    pub fn new(settings: Settings, scribe: Scribe, clock: ManualClock, journal: Journal, size: (u16, u16)) -> Self {
        Self::beside(settings, scribe, clock, journal, size, Ok(()))
    }

    /// The same, beside another console: what the session locks answer from the beginning.
    pub fn beside(
        settings: Settings,
        scribe: Scribe,
        clock: ManualClock,
        journal: Journal,
        size: (u16, u16),
        lock: Result<(), Option<Holder>>,
    ) -> Self {
        let tick_ms = settings.tick_ms;
        let model = Model::new(settings, scribe, clock.now(), size);
        let (waiting, ended, rung, pins) = (Vec::new(), None, 0, BTreeMap::new());
        let mut headless = Self { model, clock, journal, tick_ms, waiting, lock, ended, rung, pins };
        let effects = start(&headless.model);
        headless.carry_out(effects);
        headless
    }

    /// The model.
    #[must_use]
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// The clock, to be stepped or rebooted.
    #[must_use]
    pub const fn clock(&self) -> &ManualClock {
        &self.clock
    }

    /// The journal.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The journal back, as after the program ended: for the next console.
    #[must_use]
    pub fn into_parts(self) -> (ManualClock, Journal) {
        (self.clock, self.journal)
    }

    /// What the session locks answer from now on.
    pub fn set_lock(&mut self, lock: Result<(), Option<Holder>>) {
        self.lock = lock;
    }

    /// What the session locks answer now.
    pub const fn lock(&self) -> &Result<(), Option<Holder>> {
        &self.lock
    }

    /// What the PINs are from now on, by the person's id.
    pub fn set_pins(&mut self, pins: BTreeMap<String, Pin>) {
        self.pins = pins;
    }

    /// The order with which the console ended, if it has.
    #[must_use]
    pub const fn ended(&self) -> Option<&Effect> {
        self.ended.as_ref()
    }

    /// How often the bell would have been rung.
    #[must_use]
    pub const fn rung(&self) -> usize {
        self.rung
    }

    /// One message, and the orders that it gives: whoever calls carries them out.
    pub fn effects_of(&mut self, msg: Msg) -> Vec<Effect> {
        update(&mut self.model, self.clock.now(), msg)
    }

    /// As `effects_of`, with what was entered apart from what the guidance adds: so the shell hands them over.
    pub fn effects_in_turn(&mut self, msg: Msg, mut carry_out: impl FnMut(Vec<Effect>)) {
        carry_out(take(&mut self.model, self.clock.now(), msg));
        let mut effects = Vec::new();
        settle(&mut self.model, &mut effects);
        carry_out(effects);
    }

    /// One message, and everything that follows from it.
    pub fn send(&mut self, msg: Msg) {
        let effects = self.effects_of(msg);
        self.carry_out(effects);
    }

    /// Presses keys, as in `v 128/80 72 98<enter>` (see `console::input::keys`).
    ///
    /// # Panics
    /// Where a key in angle brackets does not exist.
    pub fn press(&mut self, keys: &str) {
        for key in input::keys(keys).expect("keys that exist") {
            self.send(Msg::Key(key));
        }
    }

    /// Lets time pass, tick by tick.
    pub fn advance(&mut self, ms: i64) {
        let mut left = ms;
        while left > 0 {
            let step = left.min(self.tick_ms);
            self.clock.advance(step);
            if !self.waiting.is_empty() {
                self.append(Vec::new());
            }
            self.send(Msg::Tick);
            left -= step;
        }
    }

    /// Plays a rehearsal with its scripted sitter until the script is over. Says whether it came to its end.
    pub fn play(&mut self, player: &mut Player, at_most_ms: i64) -> bool {
        self.play_watched(player, at_most_ms, |_| {})
    }

    /// The same; `watch` looks at the console after each tick and what was pressed in it.
    pub fn play_watched(&mut self, player: &mut Player, at_most_ms: i64, mut watch: impl FnMut(&Self)) -> bool {
        let mut passed = 0;
        while !player.is_over() && passed < at_most_ms {
            self.advance(self.tick_ms);
            passed += self.tick_ms;
            while let Some(step) = self.next_step(player) {
                self.send(Msg::Patient(PatientMoment { shows: step.shows, monitor: step.monitor }));
                self.press(&step.keys.unwrap_or_default());
            }
            watch(self);
        }
        player.is_over()
    }

    fn next_step(&self, player: &mut Player) -> Option<crate::rehearsal::Step> {
        let live = self.model.live()?;
        player.next(&live.session, live.session.at(&self.clock.now()).session_ms)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Journal(Request::Append(entries)) => self.append(entries),
                Effect::Journal(request) => {
                    let reply = self.journal.answer(request);
                    let told = self.journal.take_told();
                    if !told.is_empty() {
                        self.send(Msg::Journal(Reply::Told(told)));
                    }
                    if let Some(reply) = reply {
                        self.send(Msg::Journal(reply));
                    }
                }
                Effect::Lock { session, .. } => self.send(Msg::Lock(session, self.lock.clone())),
                Effect::CheckPin { person, pin } => {
                    let right = self.pins.get(&person) == Some(&pin);
                    self.send(Msg::PinChecked(person, Ok(right)));
                }
                Effect::TakeLock { .. } => self.lock = Ok(()),
                Effect::ProbeLock(session) => self.send(Msg::LockFree(session, self.lock.is_ok())),
                Effect::HoldAs { .. } | Effect::Unlock => {}
                Effect::MakeCard(order) => {
                    // No file here: the name is where it would be.
                    let kept = CardKept { file: format!("cards/{}.pdf", order.stem), is_printing: false };
                    self.send(Msg::Card(order, Ok(kept)));
                }
                Effect::Bell => self.rung += 1,
                Effect::Quit | Effect::Rehearse => self.ended = Some(effect),
            }
        }
    }

    fn append(&mut self, entries: Vec<Entry>) {
        self.waiting.extend(entries);
        let Some(last) = self.waiting.last() else { return };
        let (session, through): (SessionId, u64) = (last.fields.session, last.seq());
        let reply = match self.journal.append(&self.waiting) {
            Ok(()) => {
                self.waiting.clear();
                Reply::Durable { session, through }
            }
            Err(why @ JournalError::TakenOver { .. }) => {
                let reply = self.refused(session, why);
                // They can never be stored; on the screen they stand as not saved.
                self.waiting.clear();
                reply
            }
            Err(why) => self.refused(session, why),
        };
        self.send(Msg::Journal(reply));
    }

    fn refused(&self, session: SessionId, why: JournalError) -> Reply {
        Reply::NotSaved { session, from_seq: self.waiting.first().map_or(0, Entry::seq), why }
    }

    /// The screen as it would be drawn now.
    ///
    /// # Panics
    /// Never: drawing into memory cannot fail.
    #[must_use]
    pub fn buffer(&self) -> Buffer {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("memory cannot fail");
        terminal.draw(|frame| view::draw(&self.model, frame)).expect("memory cannot fail");
        terminal.backend().buffer().clone()
    }

    /// The screen as text, a line a row, without trailing spaces.
    #[must_use]
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let area = *buffer.area();
        let rows = (0..area.height).map(|y| {
            let row: String = (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }
}

//! The loop: one owner of the model, one way for everything to happen. Wait, update, carry out, draw.

use std::io;
use std::time::Duration;

use thiserror::Error;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use super::card;
use super::events::{Events, Woken};
use super::keyboard::Keyboard;
use super::locks::Locks;
use super::terminal::{NoTerminal, Screen, give_back, is_alive};
use crate::clock::Clock;
use crate::console::{Effect, Model, Msg, PatientMoment, Settings, input, model, settle, start, take};
use crate::journal::{DataFolder, Holder, Journal, JournalError, Unsaved, Writer};
use crate::pins::{Pins, PinsMark};
use crate::rehearsal::Player;
use crate::session::{Pin, Scribe};

/// How often the loop wakes by itself: the clock on the screen shows seconds.
const TICK: Duration = Duration::from_secs(1);

/// How the console ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The sitter left, or a signal asked for it.
    Left,
    /// The sitter asked for a rehearsal.
    Rehearse,
}

/// What keeps the console from running, or went wrong at its end.
#[derive(Debug, Error)]
pub enum Trouble {
    /// There is no terminal.
    #[error(transparent)]
    NoTerminal(#[from] NoTerminal),
    /// The journal cannot be opened.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Entries were not saved.
    #[error(transparent)]
    Unsaved(#[from] Unsaved),
    /// The terminal or the system failed.
    #[error("the terminal failed ({0}): start bedside again; what was shown as saved is saved")]
    Io(io::Error),
}

/// Not as its source: the sentence holds it already.
impl From<io::Error> for Trouble {
    fn from(fault: io::Error) -> Self {
        Self::Io(fault)
    }
}

/// A scripted patient at the console.
#[derive(Debug)]
pub struct Rehearsing {
    /// The script, as far as it is played.
    pub player: Player,
    /// Whether the sitter is scripted too.
    pub is_auto: bool,
    /// How often the loop wakes by itself: its clock runs faster.
    pub tick: Duration,
}

/// A console with its surroundings.
pub struct Shell<'a> {
    folder: DataFolder,
    clock: &'a dyn Clock,
    writer: Writer,
    locks: Locks,
    /// Where other threads put what they made: cards, answers to PINs.
    others: mpsc::UnboundedSender<Msg>,
    rehearsal: Option<Rehearsing>,
    /// As the file of the PINs was when it was read last.
    pins: Option<PinsMark>,
    ending: Option<Ending>,
    /// The bell is to be rung, between this frame and the next.
    ring: bool,
}

impl<'a> Shell<'a> {
    /// Runs the console until it ends.
    pub fn run(
        folder: DataFolder,
        settings: Settings,
        scribe: Scribe,
        clock: &'a dyn Clock,
        keyboard: &mut Keyboard,
        rehearsal: Option<Rehearsing>,
    ) -> Result<Ending, Trouble> {
        Screen::check()?;
        let tick = rehearsal.as_ref().map_or(TICK, |rehearsal| rehearsal.tick);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async move {
            outlast_file_limit()?;
            let journal = Journal::recover(&folder, clock.now().utc_ms)?;
            let (reply, replies) = mpsc::unbounded_channel();
            let (others, made) = mpsc::unbounded_channel();
            let events = Events::new(keyboard, replies, made, tick)?;
            let writer = Writer::start(journal, reply)?;
            let locks = Locks::new(folder.clone());
            let (pins, ending, ring) = (None, None, false);
            let shell = Shell { folder, clock, writer, locks, others, rehearsal, pins, ending, ring };
            shell.work(settings, scribe, events).await
        })
    }

    async fn work(mut self, settings: Settings, scribe: Scribe, mut events: Events<'_>) -> Result<Ending, Trouble> {
        let mut screen = Screen::take()?;
        events.listen()?;
        let mut model = Model::new(settings, scribe, self.clock.now(), screen.size()?);
        let effects = start(&model);
        self.carry_out(&mut model, effects);
        self.begin_rehearsal(&mut model);
        let mut is_starting = true;
        let ending = loop {
            if let Some(ending) = self.ending {
                break ending;
            }
            // At the start nothing is shown that the journal's first answers replace at once.
            if model.changed && !(is_starting && awaits_journal(&model)) {
                is_starting = false;
                model.changed = false;
                if screen.draw(&model).is_err() {
                    break Ending::Left;
                }
            }
            if std::mem::take(&mut self.ring) && screen.ring().is_err() {
                break Ending::Left;
            }
            let woken = events.next().await;
            // Before anything that was pressed, also while the program was stopped, could be recorded.
            self.notice_locks(&mut model);
            self.notice_pins(&mut model);
            match woken {
                Woken::Msg(first) => {
                    // A slow journal is not waited for longer than to the first tick, or the first key.
                    is_starting &= matches!(first, Msg::Journal(_));
                    let waiting = events.waiting();
                    self.deliver_all(&mut model, std::iter::once(first).chain(waiting));
                }
                Woken::Stop => stop(&mut screen, &mut model)?,
                Woken::GoOn => {
                    screen.take_again()?;
                    let (columns, rows) = screen.size()?;
                    self.deliver(&mut model, Msg::Resize(columns, rows));
                }
                Woken::End => {
                    // What was pressed before the signal came is entered.
                    let last = events.last_keys().await;
                    self.deliver_all(&mut model, last);
                    break Ending::Left;
                }
                Woken::TerminalGone => break Ending::Left,
            }
        };
        drop(screen);
        self.writer.stop()?;
        Ok(ending)
    }

    fn deliver_all(&mut self, model: &mut Model, messages: impl IntoIterator<Item = Msg>) {
        for msg in messages {
            self.deliver(model, msg);
        }
    }

    fn deliver(&mut self, model: &mut Model, msg: Msg) {
        if self.ending.is_some() {
            return;
        }
        if msg == Msg::Tick {
            if !is_alive() {
                self.ending = Some(Ending::Left);
                return;
            }
            if let Some((session, holder)) = self.locks.try_again() {
                self.deliver(model, Msg::LostTo(session, holder));
            }
            self.play(model);
        }
        let effects = take(model, self.clock.now(), msg);
        self.carry_out(model, effects);
        // While the journal's thread wakes.
        let mut effects = Vec::new();
        settle(model, &mut effects);
        self.carry_out(model, effects);
    }

    fn carry_out(&mut self, model: &mut Model, effects: Vec<Effect>) {
        // What is answered at once is heard after all of them: it may record more, and entries are handed over in their order.
        let mut answers = Vec::new();
        for effect in effects {
            match effect {
                Effect::Journal(request) => {
                    if self.writer.send(request).is_err() {
                        answers.push(Msg::JournalLost);
                    }
                }
                Effect::Lock { session, sitter, looks_on } => {
                    let holder = Holder::this_process(&sitter, self.clock.now().utc_ms);
                    let got = if looks_on {
                        self.locks.take_if_free(session, holder)
                    } else {
                        self.locks.take(session, holder)
                    };
                    answers.push(Msg::Lock(session, got));
                }
                Effect::CheckPin { person, pin } => self.check_pin(person, pin),
                Effect::TakeLock { session, sitter, epoch } => {
                    let holder = Holder { epoch, ..Holder::this_process(&sitter, self.clock.now().utc_ms) };
                    let held = self.locks.replace(session, holder);
                    answers.extend(held.err().map(|holder| Msg::LostTo(session, holder)));
                }
                Effect::HoldAs { sitter, epoch } => self.locks.say(&sitter, epoch),
                Effect::ProbeLock(session) => answers.push(Msg::LockFree(session, self.locks.is_free(session))),
                Effect::Unlock => self.locks.release(),
                Effect::MakeCard(order) => {
                    card::make(order, &self.folder, model.settings.card.clone(), self.others.clone());
                }
                Effect::Bell => self.ring = true,
                Effect::Quit => self.ending = Some(Ending::Left),
                Effect::Rehearse => self.ending = Some(Ending::Rehearse),
            }
        }
        self.deliver_all(model, answers);
    }

    /// Whoever took the session over has put another lock in the place of this console's: nothing is recorded here any more.
    /// And where the disk gives this console none, that is said.
    fn notice_locks(&mut self, model: &mut Model) {
        if let Some((session, holder)) = self.locks.taken() {
            self.deliver(model, Msg::LostTo(session, holder));
        }
        let is_missing = self.locks.is_missing();
        if model.live().is_some_and(|live| live.is_unguarded != is_missing) {
            self.deliver(model, Msg::Unguarded(is_missing));
        }
    }

    /// A PIN that was set or taken away elsewhere counts from the next key on.
    fn notice_pins(&mut self, model: &mut Model) {
        let mark = Pins::mark(&self.folder);
        if self.pins != Some(mark) {
            self.pins = Some(mark);
            let read = Pins::load(&self.folder).map(|pins| pins.ids()).map_err(|why| why.to_string());
            self.deliver(model, Msg::Pins(read));
        }
    }

    /// On a thread of its own: it takes tens of milliseconds, and the clock on the screen must not wait for it.
    fn check_pin(&self, person: String, pin: Pin) {
        let (folder, checked) = (self.folder.clone(), self.others.clone());
        let check = move || {
            let right = Pins::load(&folder).map(|pins| pins.holds(&person, &pin)).map_err(|why| why.to_string());
            // The console may have ended meanwhile.
            let _ = checked.send(Msg::PinChecked(person, right));
        };
        // Without a thread nothing comes back, and the form says after a while that it can be tried again.
        let _ = std::thread::Builder::new().name("pin".into()).spawn(check);
    }

    /// A rehearsal opens its own session: there is nothing to choose.
    fn begin_rehearsal(&mut self, model: &mut Model) {
        let Some(rehearsal) = &self.rehearsal else { return };
        let script = rehearsal.player.script();
        let keys = format!("n{}<tab>{}<enter>", script.patient, script.sitter);
        self.press(model, &keys);
    }

    fn press(&mut self, model: &mut Model, keys: &str) {
        for key in input::keys(keys).unwrap_or_default() {
            self.deliver(model, Msg::Key(key));
        }
    }

    /// What the scripted patient does now, and the scripted sitter where there is one: one moment a tick, for a prompt
    /// must have been on the screen before it is answered.
    fn play(&mut self, model: &mut Model) {
        let now = self.clock.now();
        let Some((rehearsal, live)) = self.rehearsal.as_mut().zip(model.live()) else { return };
        let Some(step) = rehearsal.player.next(&live.session, live.session.at(&now).session_ms) else { return };
        let is_auto = rehearsal.is_auto;
        self.deliver(model, Msg::Patient(PatientMoment { shows: step.shows, monitor: step.monitor }));
        if let (true, Some(keys)) = (is_auto, step.keys) {
            self.press(model, &keys);
        }
    }
}

/// Whether the list, or the session that it opens, has still to come.
fn awaits_journal(model: &Model) -> bool {
    match &model.screen {
        model::Screen::First(first) => !first.listed,
        model::Screen::Opening(_) => true,
        model::Screen::Live(_) => false,
    }
}

/// A file that may not grow is an answer of the disk (NOT SAVED), not the end of the program: SIGXFSZ is heard, and ignored.
fn outlast_file_limit() -> io::Result<()> {
    signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw())).map(drop)
}

/// Stops as asked, with the terminal given back; goes on with it taken over again.
fn stop(screen: &mut Screen, model: &mut Model) -> Result<(), Trouble> {
    give_back();
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
    screen.take_again()?;
    model.changed = true;
    Ok(())
}

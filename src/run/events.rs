//! What wakes the loop: signals, the journal, keys, the tick; and the order in which they are heard.

use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::keyboard::Keyboard;
use crate::console::Msg;
use crate::journal::Reply;

/// So many waiting events are taken before the screen is drawn: a flood of keys cannot starve the clock.
const DRAIN: usize = 256;
/// At the end: how long after the last key another one may still be on its way.
const LAST_KEY: Duration = Duration::from_millis(30);

/// Why the loop woke.
#[derive(Debug)]
pub(super) enum Woken {
    /// A message for the model.
    Msg(Msg),
    /// Asked to end: SIGINT, SIGTERM, SIGHUP.
    End,
    /// Asked to stop: SIGTSTP.
    Stop,
    /// Going on after a stop: SIGCONT.
    GoOn,
    /// The terminal is gone.
    TerminalGone,
}

/// Everything that can wake the loop.
pub(super) struct Events<'a> {
    keyboard: &'a mut Keyboard,
    replies: UnboundedReceiver<Reply>,
    /// Cards that were written; the shell holds the other end for as long as there is a loop.
    cards: UnboundedReceiver<Msg>,
    /// The writer has ended, and that has been said.
    lost: bool,
    tick: Interval,
    end: [Signal; 3],
    stop: Signal,
    go_on: Signal,
}

impl<'a> Events<'a> {
    /// Begins to listen.
    pub(super) fn new(
        keyboard: &'a mut Keyboard,
        replies: UnboundedReceiver<Reply>,
        cards: UnboundedReceiver<Msg>,
        tick: Duration,
    ) -> io::Result<Self> {
        let mut tick = interval(tick);
        // After a sleep one tick is enough: what was missed is worked out from the clock.
        tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
        // The first one comes when one has passed.
        tick.reset();
        Ok(Self {
            keyboard,
            replies,
            cards,
            lost: false,
            tick,
            end: [signal(SignalKind::terminate())?, signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?],
            stop: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
            go_on: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
        })
    }

    /// Begins to read keys: the terminal is taken.
    pub(super) fn listen(&mut self) -> io::Result<()> {
        self.keyboard.listen()
    }

    /// Waits for the next thing.
    pub(super) async fn next(&mut self) -> Woken {
        let [terminate, hang_up, interrupt] = &mut self.end;
        loop {
            tokio::select! {
                biased;
                _ = terminate.recv() => return Woken::End,
                _ = hang_up.recv() => return Woken::End,
                _ = interrupt.recv() => return Woken::End,
                _ = self.stop.recv() => return Woken::Stop,
                _ = self.go_on.recv() => return Woken::GoOn,
                reply = self.replies.recv(), if !self.lost => {
                    // A closed channel is a message, not a dead arm.
                    self.lost = reply.is_none();
                    return Woken::Msg(reply.map_or(Msg::JournalLost, Msg::Journal));
                }
                card = self.cards.recv(), if !self.cards.is_closed() => if let Some(card) = card { return Woken::Msg(card) },
                event = self.keyboard.next() => match event {
                    Some(event) => if let Some(msg) = message(event) { return Woken::Msg(msg) },
                    None => return Woken::TerminalGone,
                },
                _ = self.tick.tick() => return Woken::Msg(Msg::Tick),
            }
        }
    }

    /// Keys that are waiting already, at most so many: they are drawn together.
    pub(super) fn waiting(&mut self) -> Vec<Msg> {
        let events = std::iter::from_fn(|| self.keyboard.waiting());
        events.filter_map(message).take(DRAIN).collect()
    }

    /// At the end: keys that were pressed before it and are still on their way.
    pub(super) async fn last_keys(&mut self) -> Vec<Msg> {
        let mut keys = Vec::new();
        while keys.len() < DRAIN
            && let Ok(Some(event)) = timeout(LAST_KEY, self.keyboard.next()).await
        {
            keys.extend(message(event));
        }
        keys
    }
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Key(key)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
        Event::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
            Some(Msg::Click(mouse.column, mouse.row))
        }
        _ => None,
    }
}

//! What wakes the loop: signals, the journal, keys, the tick; and the order in which they are heard.

use std::time::Duration;

use crossterm::event::{Event, EventStream, KeyEventKind, MouseButton, MouseEventKind};
use futures_util::StreamExt;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::console::Msg;
use crate::journal::Reply;

/// So many waiting events are taken before the screen is drawn: a flood of keys cannot starve the clock.
const DRAIN: usize = 256;

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
pub(super) struct Events {
    terminal: EventStream,
    replies: UnboundedReceiver<Reply>,
    /// The writer has ended, and that has been said.
    lost: bool,
    tick: Interval,
    end: [Signal; 3],
    stop: Signal,
    go_on: Signal,
}

impl Events {
    /// Begins to listen.
    pub(super) fn new(replies: UnboundedReceiver<Reply>, tick: Duration) -> std::io::Result<Self> {
        let mut tick = interval(tick);
        // After a sleep one tick is enough: what was missed is worked out from the clock.
        tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
        Ok(Self {
            terminal: EventStream::new(),
            replies,
            lost: false,
            tick,
            end: [signal(SignalKind::terminate())?, signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?],
            stop: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
            go_on: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
        })
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
                event = self.terminal.next() => match event {
                    Some(Ok(event)) => if let Some(msg) = message(event) { return Woken::Msg(msg) },
                    Some(Err(_)) | None => return Woken::TerminalGone,
                },
                _ = self.tick.tick() => return Woken::Msg(Msg::Tick),
            }
        }
    }

    /// What is waiting already, at most so many; stops at the first that is no message.
    pub(super) async fn waiting(&mut self) -> (Vec<Msg>, Option<Woken>) {
        let mut messages = Vec::new();
        while messages.len() < DRAIN {
            // Biased and at once: ready or not.
            let woken = tokio::select! {
                biased;
                woken = self.next() => woken,
                () = std::future::ready(()) => break,
            };
            match woken {
                Woken::Msg(msg) => messages.push(msg),
                other => return (messages, Some(other)),
            }
        }
        (messages, None)
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

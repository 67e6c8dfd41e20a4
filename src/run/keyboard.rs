//! The keyboard: one thread that waits for what the terminal sends and hands it over, so that a flood of keys is waiting in
//! one place and can be taken at once. (crossterm's own stream gives one event each time its thread is woken.)

use std::io;
use std::thread;

use crossterm::event::{Event, read};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, error::TryRecvError, unbounded_channel};

/// What the terminal sends. One for the whole program: the reader cannot be called back, and it serves the next console too.
#[derive(Debug, Default)]
pub struct Keyboard {
    events: Option<UnboundedReceiver<Event>>,
}

impl Keyboard {
    /// Begins to read, where it does not yet. The terminal should be taken already.
    pub(super) fn listen(&mut self) -> io::Result<()> {
        if self.events.is_none() {
            let (sender, events) = unbounded_channel();
            thread::Builder::new().name("keyboard".into()).spawn(move || hand_over(&sender))?;
            self.events = Some(events);
        }
        Ok(())
    }

    /// The next event; none when the terminal is gone.
    pub(super) async fn next(&mut self) -> Option<Event> {
        self.events.as_mut()?.recv().await
    }

    /// The next event, if it is here already.
    pub(super) fn waiting(&mut self) -> Option<Event> {
        match self.events.as_mut().map(UnboundedReceiver::try_recv) {
            Some(Ok(event)) => Some(event),
            // That it is gone is heard by whoever waits for the next one.
            None | Some(Err(TryRecvError::Empty | TryRecvError::Disconnected)) => None,
        }
    }
}

/// Reads until the terminal or the program has gone.
fn hand_over(events: &UnboundedSender<Event>) {
    while let Ok(event) = read() {
        if events.send(event).is_err() {
            return;
        }
    }
}

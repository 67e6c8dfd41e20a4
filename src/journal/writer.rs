//! The writer's handle: what it is asked, what it answers, and how it ends. The thread itself is in `saver.rs`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

use thiserror::Error;
use tokio::sync::mpsc::UnboundedSender;

use super::error::JournalError;
use super::open::Journal;
use super::patient::OfPatient;
use super::read::SessionRow;
use super::saver::{Left, Saver};
use super::twin::Told;
use crate::session::access::Access;
use crate::session::{Entry, Identity, SessionId};

/// How long the end of the program waits for the last entries.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// What the writer is asked. Answers come in the order of the questions.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Save entries: answered by `Durable` or `NotSaved`.
    Append(Vec<Entry>),
    /// The sessions opened since a moment (UTC ms), and those still open: answered by `Listed`.
    List {
        /// The moment.
        since: i64,
    },
    /// A session's entries: answered by `Loaded`.
    Load {
        /// The session.
        session: SessionId,
    },
    /// A session's entries after one of them: answered by `Tailed`.
    Tail {
        /// The session.
        session: SessionId,
        /// The entry after which.
        after_seq: u64,
    },
    /// The earlier sessions of a patient: answered by `Earlier`.
    Earlier {
        /// The session that asks.
        session: SessionId,
        /// The patient.
        who: Box<Identity>,
        /// Opened before this, UTC ms; `None`: all of them but the session itself.
        before: Option<i64>,
    },
    /// Take a session over with these entries, the first of which says so: answered by `TookOver` or `NotTakenOver`. Tried
    /// once, and nothing of it waits.
    TakeOver {
        /// The session.
        session: SessionId,
        /// The entries.
        entries: Vec<Entry>,
    },
    /// The next short number of a day: answered by `Numbered`.
    Number {
        /// The day, as in `1123`.
        month_day: String,
        /// Now, UTC ms.
        now_ms: i64,
    },
    /// Add a line to the access log: not answered.
    Log(Box<Access>),
    /// Save what is left and end.
    Stop,
}

/// What the writer answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The session's entries up to this one have reached the disk.
    Durable {
        /// The session.
        session: SessionId,
        /// The entry.
        through: u64,
    },
    /// The session's entries from this one on are in memory only; they are tried again about once a second. Said once,
    /// and again when the reason is another.
    NotSaved {
        /// The session.
        session: SessionId,
        /// The first entry that is not saved.
        from_seq: u64,
        /// Why.
        why: JournalError,
    },
    /// The sessions opened since a moment and those still open, oldest first.
    Listed {
        /// The moment.
        since: i64,
        /// The sessions.
        rows: Vec<SessionRow>,
        /// How many wait for the clinician's word on thoughts of self-harm, those too that are not among them.
        waiting: usize,
    },
    /// A session's saved entries, checked.
    Loaded {
        /// The session.
        session: SessionId,
        /// Its entries.
        entries: Vec<Entry>,
    },
    /// A session's saved entries after one of them, checked.
    Tailed {
        /// The session.
        session: SessionId,
        /// The entry after which.
        after_seq: u64,
        /// The entries.
        entries: Vec<Entry>,
    },
    /// The earlier sessions of a patient.
    Earlier {
        /// The session that asked.
        session: SessionId,
        /// Them, and whose they are.
        found: Box<OfPatient>,
    },
    /// The next short number of a day.
    Numbered {
        /// Such as `1123-2`.
        number: String,
    },
    /// The session is taken over: the entries that say so have reached the disk.
    TookOver {
        /// The session.
        session: SessionId,
        /// The entries.
        entries: Vec<Entry>,
    },
    /// The session is not taken over: nothing was stored.
    NotTakenOver {
        /// The session.
        session: SessionId,
        /// Why.
        why: JournalError,
    },
    /// What the journal has to tell of its two copies.
    Told(Vec<Told>),
    /// A question that could not be answered.
    Failed {
        /// The question.
        request: Request,
        /// Why.
        why: JournalError,
    },
}

/// The writer's thread has ended: nothing more is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the journal's writer has stopped: write on paper and start the program again")]
pub struct WriterGone;

/// What was not saved when the writer ended.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{entries} entries were not saved: {}", .why.as_ref().map_or("the journal did not answer in time".to_owned(), ToString::to_string))]
pub struct Unsaved {
    /// How many entries.
    pub entries: usize,
    /// The first unsaved entry of each session; empty when the writer did not answer.
    pub from: Vec<(SessionId, u64)>,
    /// Why; none when the writer did not answer.
    pub why: Option<JournalError>,
}

/// The one thread that writes the journal, seen from outside.
#[derive(Debug)]
pub struct Writer {
    requests: mpsc::Sender<Request>,
    waiting: Arc<AtomicUsize>,
    left: mpsc::Receiver<Left>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread, which owns the journal from here on. Replies end (`recv` gives `None`) only with the thread.
    pub fn start(journal: Journal, replies: UnboundedSender<Reply>) -> std::io::Result<Self> {
        let (requests, inbox) = mpsc::channel();
        let (outcome, left) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let saver = Saver::new(journal, inbox, replies, Arc::clone(&waiting));
        let thread = std::thread::Builder::new().name("journal".into()).spawn(move || {
            // Nobody is listening any more only when the program ended without waiting.
            let _ = outcome.send(saver.run());
        })?;
        Ok(Self { requests, waiting, left, thread: Some(thread) })
    }

    /// Hands over a question or entries. Never waits.
    pub fn send(&self, request: Request) -> Result<(), WriterGone> {
        let count = if let Request::Append(entries) = &request { entries.len() } else { 0 };
        self.waiting.fetch_add(count, Ordering::SeqCst);
        self.requests.send(request).map_err(|_| WriterGone)
    }

    /// How many entries were handed over and have not reached the disk.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Saves what is left, for five seconds at most, and ends the thread.
    pub fn stop(mut self) -> Result<(), Unsaved> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), Unsaved> {
        let Some(thread) = self.thread.take() else { return Ok(()) };
        // An error means that the thread has ended already, which the outcome tells.
        let _ = self.requests.send(Request::Stop);
        let outcome = self.left.recv_timeout(LAST_WAIT);
        if outcome != Err(RecvTimeoutError::Timeout) {
            // A panic there leaves no outcome; the count of what was waiting tells the rest.
            let _ = thread.join();
        }
        let entries = self.waiting();
        if entries == 0 {
            return Ok(());
        }
        let Left { from, why } = outcome.unwrap_or_default();
        Err(Unsaved { entries, from, why })
    }
}

/// The program may be on its way out by a panic: what was entered is saved all the same.
impl Drop for Writer {
    fn drop(&mut self) {
        // Whoever wants to know what was not saved calls `stop`.
        let _ = self.finish();
    }
}

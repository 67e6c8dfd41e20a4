//! The writer's thread: it takes what has come in, saves it in one transaction, and says so. Entries that could not be
//! saved stay in memory, in order, and are tried again.

use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::error::JournalError;
use super::open::Journal;
use super::writer::{Reply, Request};
use crate::session::{Entry, SessionId};

/// How long after a failure the next attempt comes.
const RETRY: Duration = Duration::from_secs(1);
/// How long nothing must have come in before the log is written back into the file.
const QUIET: Duration = Duration::from_mins(1);
/// The most that is taken in at once, so that a flood cannot keep a commit waiting.
const BATCH: usize = 1024;
/// At the end: attempts, the pause between two, and the wait for another console in each. Together below five seconds.
const LAST_ATTEMPTS: u32 = 5;
const LAST_PAUSE: Duration = Duration::from_millis(700);
const LAST_BUSY: Duration = Duration::from_millis(200);

/// What the thread leaves behind.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Left {
    /// The first unsaved entry of each session.
    pub(super) from: Vec<(SessionId, u64)>,
    /// Why they are not saved.
    pub(super) why: Option<JournalError>,
}

/// The entries of one session that are not on the disk.
#[derive(Debug, Default)]
struct Pending {
    entries: Vec<Entry>,
    /// The kind of failure that was last reported.
    reported: Option<Discriminant<JournalError>>,
}

impl Pending {
    /// In the order of the chain, whatever the order in which they come: one that stood in the way of another would keep all
    /// of them off the disk.
    fn add(&mut self, entry: Entry) {
        let place = self.entries.partition_point(|before| before.seq() <= entry.seq());
        self.entries.insert(place, entry);
    }
}

/// The thread's own state.
pub(super) struct Saver {
    journal: Journal,
    inbox: Receiver<Request>,
    replies: UnboundedSender<Reply>,
    waiting: Arc<AtomicUsize>,
    pending: BTreeMap<SessionId, Pending>,
    last_failure: Option<JournalError>,
    /// Entries of sessions that were taken over: they are kept to be counted, and never tried again.
    too_late: Vec<(SessionId, u64, JournalError)>,
    /// Where the chain of each such session ended here, by the hash of its last entry: what follows from it is too late as well.
    lost: BTreeMap<SessionId, String>,
    log_to_write_back: bool,
    ending: bool,
}

impl Saver {
    pub(super) fn new(
        mut journal: Journal,
        inbox: Receiver<Request>,
        replies: UnboundedSender<Reply>,
        waiting: Arc<AtomicUsize>,
    ) -> Self {
        journal.tell(replies.clone());
        Self {
            journal,
            inbox,
            replies,
            waiting,
            pending: BTreeMap::new(),
            last_failure: None,
            too_late: Vec::new(),
            lost: BTreeMap::new(),
            log_to_write_back: false,
            ending: false,
        }
    }

    /// Works until it is told to stop, or until nobody asks or listens any more.
    pub(super) fn run(mut self) -> Left {
        let mut has_room = false;
        while !self.ending {
            let questions = self.take_in();
            self.save();
            // After the answer: nobody waits for the transcript.
            self.journal.hand_to_twin();
            for question in questions {
                self.answer(question);
            }
            // After the first answers, for which the first screen waits. Without room every entry is saved all the same, only
            // slower; and why there is none is said by the first entry that cannot be saved.
            if !has_room {
                has_room = true;
                let _ = self.journal.make_room();
                self.search();
            }
        }
        self.drain();
        let waiting = self.pending.iter().filter_map(|(&s, p)| Some((s, p.entries.first()?.seq())));
        let too_late = self.too_late.iter().map(|(session, seq, _)| (*session, *seq));
        let from = too_late.chain(waiting).collect();
        let why = self.last_failure.filter(|_| !self.pending.is_empty());
        Left { from, why: why.or_else(|| self.too_late.pop().map(|(_, _, why)| why)) }
    }

    /// Passes on what the journal has to tell of itself.
    fn tell(&mut self) {
        let told = self.journal.take_told();
        if !told.is_empty() {
            self.reply(Reply::Told(told));
        }
    }

    /// Looks for transcripts that the journal does not know of, and tells. Whatever cannot be read says so where it is asked for.
    fn search(&mut self) {
        let _ = self.journal.search();
        self.tell();
    }

    /// Waits for something to do, then takes what has come in. Entries go to `pending`, the questions are returned.
    fn take_in(&mut self) -> Vec<Request> {
        let mut questions = Vec::new();
        let first = if !self.pending.is_empty() {
            self.inbox.recv_timeout(RETRY)
        } else if self.log_to_write_back {
            self.inbox.recv_timeout(QUIET)
        } else {
            // Nothing to do at all: not even a timer runs.
            self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match first {
            Ok(request) => self.take(request, &mut questions),
            Err(RecvTimeoutError::Timeout) if self.pending.is_empty() => self.write_back(),
            Err(RecvTimeoutError::Timeout) => {}
            // The handle went without a word: the end all the same.
            Err(RecvTimeoutError::Disconnected) => self.ending = true,
        }
        for _ in 1..BATCH {
            let Ok(request) = self.inbox.try_recv() else { break };
            self.take(request, &mut questions);
        }
        questions
    }

    fn take(&mut self, request: Request, questions: &mut Vec<Request>) {
        match request {
            Request::Append(entries) => {
                for entry in entries {
                    match self.lost.get_mut(&entry.fields.session) {
                        Some(end) if *end == entry.fields.prev_hash => *end = entry.hash.hex(),
                        _ => self.pending.entry(entry.fields.session).or_default().add(entry),
                    }
                }
            }
            Request::Stop => self.ending = true,
            question => questions.push(question),
        }
    }

    /// Saves everything that is pending, in one transaction. If an entry itself is refused, each session on its own:
    /// one session's trouble must not keep another's entries off the disk.
    fn save(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        self.mend();
        match self.journal.append_all(self.pending.values().flat_map(|pending| &pending.entries)) {
            Ok(()) => {
                for (session, pending) in std::mem::take(&mut self.pending) {
                    self.saved(session, &pending);
                }
                self.last_failure = None;
            }
            Err(why) if why.is_about_an_entry() && self.pending.len() > 1 => {
                for (session, pending) in std::mem::take(&mut self.pending) {
                    match self.journal.append(&pending.entries) {
                        Ok(()) => self.saved(session, &pending),
                        Err(why) => self.not_saved(session, pending, why),
                    }
                }
            }
            Err(why) => {
                for (session, pending) in std::mem::take(&mut self.pending) {
                    self.not_saved(session, pending, why.clone());
                }
            }
        }
    }

    /// After a failure of the disk, a fresh connection is tried first.
    fn mend(&mut self) {
        if self.last_failure.as_ref().is_some_and(JournalError::may_mend_by_reopening) {
            // If it does not open, the old connection says why when it is used.
            let _ = self.journal.reopen();
        }
    }

    fn saved(&mut self, session: SessionId, pending: &Pending) {
        self.log_to_write_back = true;
        self.waiting.fetch_sub(pending.entries.len(), Ordering::SeqCst);
        if let Some(last) = pending.entries.last() {
            self.reply(Reply::Durable { session, through: last.seq() });
        }
    }

    fn not_saved(&mut self, session: SessionId, mut pending: Pending, why: JournalError) {
        let kind = Some(discriminant(&why));
        if pending.reported != kind
            && let Some(first) = pending.entries.first()
        {
            pending.reported = kind;
            self.reply(Reply::NotSaved { session, from_seq: first.seq(), why: why.clone() });
        }
        if let JournalError::TakenOver { .. } = why {
            // The chain went on without them: they can never be stored, and the disk is well.
            self.too_late.extend(pending.entries.first().map(|first| (session, first.seq(), why)));
            self.lost.extend(pending.entries.last().map(|last| (session, last.hash.hex())));
            return;
        }
        self.last_failure = Some(why);
        self.pending.insert(session, pending);
    }

    fn answer(&mut self, request: Request) {
        let reply = self.journal.answer(request);
        // Nothing of it waits to be tried again with a fresh connection: the next one that asks has it.
        if let Some(Reply::NotTakenOver { why, .. }) = &reply
            && why.may_mend_by_reopening()
        {
            let _ = self.journal.reopen();
        }
        self.tell();
        if let Some(reply) = reply {
            self.reply(reply);
        }
    }

    fn reply(&mut self, reply: Reply) {
        if self.replies.send(reply).is_err() {
            self.ending = true;
        }
    }

    /// Done even when it fails: trying again without end would write to an idle disk. The next commit comes first.
    fn write_back(&mut self) {
        self.log_to_write_back = false;
        // A checkpoint that fails loses nothing: the log keeps what was committed.
        let _ = self.journal.checkpoint();
    }

    /// The last attempts, a bounded number of them.
    fn drain(&mut self) {
        while let Ok(request) = self.inbox.try_recv() {
            // Nobody waits for answers any more.
            self.take(request, &mut Vec::new());
        }
        // Without it the attempts would only take longer.
        let _ = self.journal.wait_at_most(LAST_BUSY);
        for attempt in 0..LAST_ATTEMPTS {
            if attempt > 0 {
                std::thread::park_timeout(LAST_PAUSE);
            }
            self.save();
            self.journal.hand_to_twin();
            if self.pending.is_empty() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;

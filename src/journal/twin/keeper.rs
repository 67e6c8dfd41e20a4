//! The thread that keeps the transcripts: it takes what was committed, waits a moment for more, and adds it to each
//! session's file. What cannot be written is brought level from the journal when it can be.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::super::folder::DataFolder;
use super::super::open::Journal;
use super::super::writer::Reply;
use super::file::{self, Transcript};
use super::{Told, TranscriptTrouble};
use crate::session::twin::{Comparison, Side, TranscriptAct};
use crate::session::{Entry, Hash, SessionId, chain};

/// How long more is waited for, so that a burst is synced once: the promise is a second.
const GATHER: Duration = Duration::from_millis(300);
/// How long after a failure the next attempt comes.
const RETRY: Duration = Duration::from_secs(2);

/// A committed line.
#[derive(Debug)]
pub(in crate::journal) struct Kept {
    session: SessionId,
    seq: u64,
    follows: String,
    hash: Hash,
    line: Vec<u8>,
}

impl Kept {
    pub(in crate::journal) fn of(entry: &Entry) -> Self {
        Self {
            session: entry.fields.session,
            seq: entry.seq(),
            follows: entry.fields.prev_hash.clone(),
            hash: entry.hash,
            line: entry.line.clone(),
        }
    }
}

/// The thread, seen from outside.
#[derive(Debug)]
pub(super) struct Keeper {
    lines: Option<Sender<Kept>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(super) fn start(folder: DataFolder, replies: Option<UnboundedSender<Reply>>) -> Self {
        let (lines, inbox) = mpsc::channel();
        let keeping =
            Keeping { folder, inbox, replies, tails: BTreeMap::new(), behind: BTreeSet::new(), is_told: false };
        // Without a thread the transcripts lag behind, and are caught up at the next opening.
        let thread = thread::Builder::new().name("transcripts".into()).spawn(move || keeping.run()).ok();
        Self { lines: Some(lines), thread }
    }

    /// Hands lines over. Never waits.
    pub(super) fn keep(&self, lines: Vec<Kept>) {
        for line in lines {
            // A thread that has ended leaves the rest to the next opening.
            let _ = self.lines.as_ref().map(|inbox| inbox.send(line));
        }
    }
}

/// What was handed over is written before the journal is closed.
impl Drop for Keeper {
    fn drop(&mut self) {
        self.lines = None;
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A panic there has lost nothing that is not in the journal.
            let _ = thread.join();
        }
    }
}

/// Where a transcript ended when it was last written.
struct Tail {
    length: u64,
    seq: u64,
    hash: Hash,
}

/// The thread's own state.
struct Keeping {
    folder: DataFolder,
    inbox: Receiver<Kept>,
    replies: Option<UnboundedSender<Reply>>,
    tails: BTreeMap<SessionId, Tail>,
    /// Sessions whose transcripts lack something.
    behind: BTreeSet<SessionId>,
    is_told: bool,
}

impl Keeping {
    fn run(mut self) {
        let mut is_last = false;
        while !is_last {
            let first = if self.behind.is_empty() {
                self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.inbox.recv_timeout(RETRY)
            };
            is_last = matches!(first, Err(RecvTimeoutError::Disconnected));
            if first.is_ok() {
                // The end of the program cuts this short.
                thread::park_timeout(GATHER);
            }
            let mut sessions: BTreeMap<SessionId, Vec<Kept>> = BTreeMap::new();
            for line in first.ok().into_iter().chain(self.inbox.try_iter()) {
                sessions.entry(line.session).or_default().push(line);
            }
            for session in std::mem::take(&mut self.behind) {
                sessions.entry(session).or_default();
            }
            let done: Vec<_> = sessions.iter().map(|(session, lines)| (*session, self.add(*session, lines))).collect();
            self.tell(done);
        }
    }

    /// Says once that something is wrong, and once that nothing is any more.
    fn tell(&mut self, done: Vec<(SessionId, Result<(), TranscriptTrouble>)>) {
        for (session, outcome) in done {
            let Err(trouble) = outcome else { continue };
            self.tails.remove(&session);
            self.behind.insert(session);
            if !std::mem::replace(&mut self.is_told, true) {
                self.say(Told::Transcript(trouble));
            }
        }
        if self.behind.is_empty() && std::mem::take(&mut self.is_told) {
            self.say(Told::TranscriptsAgain);
        }
    }

    fn say(&self, told: Told) {
        // Nobody listens any more at the end of the program.
        let _ = self.replies.as_ref().map(|replies| replies.send(Reply::Told(vec![told])));
    }

    fn add(&mut self, session: SessionId, lines: &[Kept]) -> Result<(), TranscriptTrouble> {
        let path = || file::path(&self.folder, session);
        let unusable = |fault: io::Error| TranscriptTrouble::of(path(), &fault);
        // One that another console has and does not let go (it may have been stopped in the middle) is tried again.
        let opened = Transcript::try_open(&self.folder, session).map_err(unusable)?;
        let mut transcript = opened
            .ok_or_else(|| TranscriptTrouble::Unusable { path: path(), fault: "another console has it".into() })?;
        let length = transcript.length().map_err(unusable)?;
        let tail = match self.tails.get(&session) {
            Some(tail) if tail.length == length => Some((tail.seq, tail.hash)),
            None if length == 0 => Some((0, chain::BEFORE_FIRST)),
            _ => None,
        };
        let tail = if let Some((bytes, seq, hash)) = tail.and_then(|(seq, hash)| following(lines, seq, hash)) {
            transcript.add(&bytes).map_err(unusable)?;
            Tail { length: length + bytes.len() as u64, seq, hash }
        } else {
            level(&self.folder, session, &mut transcript)?
        };
        self.tails.insert(session, tail);
        Ok(())
    }
}

/// The bytes of the lines that follow, with the place and hash of the last; none where they do not follow, or where there
/// are none. What was committed twice, for the first time seemed to fail, is written once.
fn following(lines: &[Kept], mut seq: u64, mut hash: Hash) -> Option<(Vec<u8>, u64, Hash)> {
    let mut bytes = Vec::new();
    for kept in lines {
        if kept.seq <= seq {
            continue;
        }
        if kept.seq != seq + 1 || Hash::from_hex(&kept.follows) != Some(hash) {
            return None;
        }
        (seq, hash) = (kept.seq, kept.hash);
        bytes.extend_from_slice(&kept.line);
        bytes.push(b'\n');
    }
    (!bytes.is_empty()).then_some((bytes, seq, hash))
}

/// Adds what the journal has and the transcript has not: after a failure, and for a session of an earlier start.
fn level(folder: &DataFolder, session: SessionId, transcript: &mut Transcript) -> Result<Tail, TranscriptTrouble> {
    let path = || file::path(folder, session);
    let unusable = |fault: io::Error| TranscriptTrouble::of(path(), &fault);
    // First the transcript, then the journal, which is never behind it.
    let bytes = transcript.read().map_err(unusable)?;
    let rows = Journal::open_read_only(folder)
        .and_then(|journal| journal.stored(session))
        .map_err(|fault| TranscriptTrouble::Unusable { path: path(), fault: fault.to_string() })?;
    let sides = (Side::journal(session, &rows), Side::transcript(session, Some(&bytes)));
    let comparison = Comparison::of(session, sides.0, sides.1);
    match comparison.transcript_act() {
        TranscriptAct::Leave | TranscriptAct::Add | TranscriptAct::Cut | TranscriptAct::CutAndAdd => {
            bring_level(&comparison, transcript).map_err(unusable)?;
        }
        TranscriptAct::SetAsideDamaged | TranscriptAct::SetAsideDisagreeing | TranscriptAct::LeaveDamaged => {
            return Err(TranscriptTrouble::Astray { path: path() });
        }
    }
    let length = transcript.length().map_err(unusable)?;
    let last = comparison.best.last().ok_or_else(|| TranscriptTrouble::Astray { path: path() })?;
    Ok(Tail { length, seq: last.link.seq, hash: last.hash })
}

/// Cuts off a torn end and adds what is missing.
pub(super) fn bring_level(comparison: &Comparison, transcript: &mut Transcript) -> io::Result<()> {
    let side = &comparison.transcript;
    if transcript.length()? > side.ended_bytes {
        transcript.cut(side.ended_bytes)?;
    }
    let missing = comparison.best.get(side.ended..).unwrap_or_default();
    let bytes: Vec<u8> = missing.iter().flat_map(|stitch| stitch.line.iter().copied().chain([b'\n'])).collect();
    if bytes.is_empty() { Ok(()) } else { transcript.add(&bytes) }
}

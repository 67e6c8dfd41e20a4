//! PURE. One of a session's two copies: as far as it holds, and whatever else in it can be read.

use std::collections::BTreeSet;

use super::super::chain::{Break, Chain, Why};
use super::super::entry::{Entry, Hash};
use super::super::event::{Event, SessionId};
use super::super::link::Link;
use super::decide::{Against, State};

/// A row of the journal: its place, its line, and the hash that was stored beside it.
pub type StoredRow = (u64, Vec<u8>, [u8; 32]);

/// A stored line that can be read, with its hash and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Stitch {
    /// The line, without a line feed.
    pub line: Vec<u8>,
    /// SHA-256 of the line.
    pub hash: Hash,
    /// What ties it.
    pub link: Link,
}

impl Stitch {
    fn read(line: &[u8]) -> Result<Self, Why> {
        let link = Link::read(line).map_err(|fault| Why::Unreadable { reason: fault.to_string() })?;
        Ok(Self { line: line.to_vec(), hash: Hash::of(line), link })
    }

    /// The session's short number, where this is an opening.
    pub(super) fn number(&self) -> Option<String> {
        match Entry::read_hashed(self.line.clone(), self.hash).ok()?.fields.event {
            Event::SessionOpened(opening) => Some(super::super::text::clean(&opening.number)),
            _ => None,
        }
    }
}

/// One copy of a session.
#[derive(Debug)]
pub struct Side {
    /// How it is.
    pub state: State,
    /// So many entries hold, from the first on.
    pub holds: usize,
    /// So many of them end with a line feed, where the copy is a transcript.
    pub ended: usize,
    /// So many bytes they take there.
    pub ended_bytes: u64,
    /// The first entry that does not hold.
    pub fault: Option<Break>,
    /// Whatever can be read, in the order in which it is stored; the first `holds` of them are the chain.
    pub stitches: Vec<Stitch>,
}

impl Side {
    /// The rows of the journal: each line with the place and the hash that were stored beside it, in the order of their
    /// places.
    #[must_use]
    pub fn journal(session: SessionId, rows: &[StoredRow]) -> Self {
        let mut reading = Reading::of(session);
        let read: Vec<_> = rows.iter().map(|(_, line, _)| Stitch::read(line)).collect();
        let named = named(&read);
        for ((seq, _, hash), stitch) in rows.iter().zip(read) {
            let beside = match &stitch {
                Ok(stitch) if stitch.hash != Hash(*hash) => Some(Why::Hash),
                Ok(stitch) if stitch.link.seq != *seq => Some(Why::Sequence { found: stitch.link.seq }),
                _ => None,
            };
            match (stitch, beside) {
                // Its own hash speaks against it, and no entry after it speaks for it.
                (Ok(stitch), Some(Why::Hash)) if !named.contains(&stitch.hash) => reading.take(Err(Why::Hash), None),
                (stitch, beside) => reading.take(stitch, beside),
            }
        }
        let state = match (&reading.fault, rows.is_empty()) {
            (_, true) => State::Absent,
            (None, _) => State::Whole,
            (Some(_), _) => State::Broken,
        };
        reading.done(state, 0, 0)
    }

    /// The bytes of a transcript; none where there is no file.
    #[must_use]
    pub fn transcript(session: SessionId, bytes: Option<&[u8]>) -> Self {
        let mut reading = Reading::of(session);
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
            return reading.done(State::Absent, 0, 0);
        };
        let ends = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let (ended, tail) = bytes.split_at(ends);
        let mut ended_bytes = 0;
        let lines: Vec<&[u8]> = ended.split_inclusive(|byte| *byte == b'\n').collect();
        let read: Vec<_> = lines.iter().map(|line| Stitch::read(&line[..line.len() - 1])).collect();
        let named = named(&read);
        let last = lines.len().saturating_sub(1);
        for (index, (line, stitch)) in lines.iter().zip(read).enumerate() {
            match stitch {
                // Something stands after it that does not follow from it: one of the two was changed.
                Ok(stitch) if index != last && !named.contains(&stitch.hash) => reading.doubt(),
                stitch => reading.take(stitch, None),
            }
            if reading.fault.is_none() {
                ended_bytes += line.len() as u64;
            }
        }
        let (ended, damaged) = (reading.holds, reading.fault.clone());
        if !tail.is_empty() {
            // Cut short in the middle of a write; where only the line feed is missing, the entry counts.
            reading.take(Stitch::read(tail), None);
        }
        let state = match (&damaged, tail.is_empty()) {
            (Some(_), _) => State::Broken,
            (None, true) => State::Whole,
            (None, false) => State::Torn,
        };
        let mut side = reading.done(state, ended, ended_bytes);
        side.fault = damaged;
        side
    }

    /// How the part that holds stands beside a chain.
    #[must_use]
    pub fn against(&self, best: &[Stitch]) -> Against {
        if best.is_empty() {
            return Against::Nothing;
        }
        let is_part = match self.holds.checked_sub(1) {
            None => true,
            // The last hash stands for all before it.
            Some(last) => best.get(last).is_some_and(|stitch| stitch.hash == self.stitches[last].hash),
        };
        match (is_part, self.holds == best.len()) {
            (true, true) => Against::Level,
            (true, false) => Against::Behind,
            (false, _) => Against::Forked,
        }
    }

    /// So many entries it has in common with a chain.
    pub(super) fn parts_from(&self, best: &[Stitch]) -> usize {
        let held = &self.stitches[..self.holds];
        held.iter().zip(best).take_while(|(one, other)| one.hash == other.hash).count()
    }
}

/// The hashes that some line names as that of the one before it.
fn named(read: &[Result<Stitch, Why>]) -> BTreeSet<Hash> {
    read.iter().flatten().filter_map(|stitch| stitch.link.prev_hash).collect()
}

/// A copy that is being read.
struct Reading {
    session: SessionId,
    chain: Chain,
    holds: usize,
    fault: Option<Break>,
    stitches: Vec<Stitch>,
}

impl Reading {
    fn of(session: SessionId) -> Self {
        Self { session, chain: Chain::default(), holds: 0, fault: None, stitches: Vec::new() }
    }

    /// One more line. `beside`: what is wrong with what was stored beside it.
    fn take(&mut self, stitch: Result<Stitch, Why>, beside: Option<Why>) {
        let seq = self.holds as u64 + 1;
        let fault = match &stitch {
            Err(why) => Some(Break { seq, why: why.clone() }),
            Ok(stitch) if stitch.link.session != self.session => Some(Break { seq, why: Why::OtherSession }),
            Ok(_) if self.fault.is_some() => None,
            Ok(stitch) => match beside {
                Some(why) => Some(Break { seq, why }),
                None => self.chain.extend_link(&stitch.link, stitch.hash).err(),
            },
        };
        match fault {
            Some(fault) => self.fault = self.fault.take().or(Some(fault)),
            None if self.fault.is_none() => self.holds += 1,
            None => {}
        }
        self.stitches.extend(stitch.ok().filter(|stitch| stitch.link.session == self.session));
    }

    /// The next line is passed over: the one after it does not follow from it.
    fn doubt(&mut self) {
        let at = Break { seq: self.holds as u64 + 2, why: Why::PreviousHash };
        self.fault = self.fault.take().or(Some(at));
    }

    fn done(self, state: State, ended: usize, ended_bytes: u64) -> Side {
        Side { state, holds: self.holds, ended, ended_bytes, fault: self.fault, stitches: self.stitches }
    }
}

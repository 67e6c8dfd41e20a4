//! PURE. A session is stored twice: as rows of the journal and as lines of a transcript. Here the two are compared: what
//! each holds, the longest chain that both together give, what is to be done with each, and what is to be said of it.

mod decide;
mod side;
mod weave;

pub use decide::{Against, JournalAct, State, TranscriptAct, journal_act, transcript_act};
pub use side::{Side, Stitch, StoredRow};

use super::SessionId;
use super::chain::Break;

/// What was found of a session's two copies, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The session.
    pub session: SessionId,
    /// Its short number; none where its opening cannot be read.
    pub number: Option<String>,
    /// What it is.
    pub what: What,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The journal knows nothing of the session; its transcript holds so many entries.
    OnlyTranscript {
        /// How many.
        entries: u64,
    },
    /// The journal lacks the last entries; the transcript has them.
    JournalLacks {
        /// The first.
        from: u64,
        /// The last.
        through: u64,
    },
    /// The journal is damaged; the transcript gives what is missing, up to an entry.
    JournalDamaged {
        /// Where.
        at: Break,
        /// The last entry that the two give together.
        through: u64,
    },
    /// The journal is damaged, and the transcript does not know better.
    JournalLost {
        /// Where.
        at: Break,
    },
    /// The transcript is damaged; the journal holds.
    TranscriptDamaged {
        /// Where.
        at: Break,
    },
    /// The transcript lacks the last entries, as after a crash. Nothing is lost.
    TranscriptLacks {
        /// How many.
        entries: u64,
    },
    /// Both hold, and they say different things.
    Disagree {
        /// The first entry in which they differ.
        seq: u64,
        /// How many entries the journal holds.
        journal: u64,
        /// How many entries the transcript holds.
        transcript: u64,
    },
}

impl What {
    /// Whether something of the record was lost or changed. A transcript that lags behind is caught up without a word.
    #[must_use]
    pub const fn is_trouble(&self) -> bool {
        !matches!(self, Self::TranscriptLacks { .. })
    }
}

/// The two copies of a session side by side.
#[derive(Debug)]
pub struct Comparison {
    /// The session.
    pub session: SessionId,
    /// The journal's.
    pub journal: Side,
    /// The transcript's.
    pub transcript: Side,
    /// The longest chain that the two give together, beginning with whichever is in force.
    pub best: Vec<Stitch>,
}

impl Comparison {
    /// Compares.
    #[must_use]
    pub fn of(session: SessionId, journal: Side, transcript: Side) -> Self {
        let best = weave::best(&journal, &transcript);
        Self { session, journal, transcript, best }
    }

    /// What is to be done with the journal.
    #[must_use]
    pub fn journal_act(&self) -> JournalAct {
        journal_act(self.journal.state, self.journal.against(&self.best))
    }

    /// What is to be done with the transcript.
    #[must_use]
    pub fn transcript_act(&self) -> TranscriptAct {
        transcript_act(self.transcript.state, self.transcript.against(&self.best))
    }

    /// What is to be said.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let number = self.best.first().and_then(Stitch::number);
        let found = self.of_journal().into_iter().chain(self.of_transcript());
        found.map(|what| Finding { session: self.session, number: number.clone(), what }).collect()
    }

    fn of_journal(&self) -> Option<What> {
        let (best, holds) = (self.best.len() as u64, self.journal.holds as u64);
        match (self.journal_act(), &self.journal.fault) {
            (JournalAct::Add, _) if self.journal.state == State::Absent => Some(What::OnlyTranscript { entries: best }),
            (JournalAct::Add, _) => Some(What::JournalLacks { from: holds + 1, through: best }),
            (JournalAct::Replace, Some(at)) => Some(What::JournalDamaged { at: at.clone(), through: best }),
            (JournalAct::Leave, Some(at)) => Some(What::JournalLost { at: at.clone() }),
            (JournalAct::Leave | JournalAct::Replace, _) => None,
        }
    }

    fn of_transcript(&self) -> Option<What> {
        let lacks = (self.best.len() - self.transcript.holds.min(self.best.len())) as u64;
        match self.transcript_act() {
            TranscriptAct::Leave | TranscriptAct::Cut => None,
            TranscriptAct::Add | TranscriptAct::CutAndAdd => Some(What::TranscriptLacks { entries: lacks }),
            TranscriptAct::SetAsideDamaged | TranscriptAct::LeaveDamaged => {
                self.transcript.fault.clone().map(|at| What::TranscriptDamaged { at })
            }
            TranscriptAct::SetAsideDisagreeing => Some(What::Disagree {
                seq: self.transcript.parts_from(&self.best) as u64 + 1,
                journal: self.journal.holds as u64,
                transcript: self.transcript.holds as u64,
            }),
        }
    }
}

#[cfg(test)]
mod tests;

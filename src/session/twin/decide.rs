//! PURE. What is to be done with each copy of a session: a table of how it is and how it stands beside the longest chain.
//! Every row is written out; a new state does not compile until it has its rows.

/// How a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is none, or nothing is in it.
    Absent,
    /// All of it holds.
    Whole,
    /// All of it holds but its end, which was cut short in the middle of a write. Transcripts only.
    Torn,
    /// Something in it does not hold.
    Broken,
}

/// How the part of a copy that holds stands beside the longest chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// There is no chain: no copy has even a first entry that holds.
    Nothing,
    /// It is the chain.
    Level,
    /// It is the chain's beginning.
    Behind,
    /// It is another chain, from some entry on.
    Forked,
}

/// What is to be done with the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalAct {
    /// Nothing.
    Leave,
    /// The entries that it lacks are added.
    Add,
    /// Its rows are written into a file beside the transcript and replaced by the chain.
    Replace,
}

/// What is to be done with the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranscriptAct {
    /// Nothing.
    Leave,
    /// The entries that it lacks are added.
    Add,
    /// Its torn end is cut off: the chain has that entry, or nobody was told that it was saved.
    Cut,
    /// Its torn end is cut off, and the entries that it lacks are added.
    CutAndAdd,
    /// It is set aside as damaged and written anew.
    SetAsideDamaged,
    /// It is set aside as one that disagrees, and written anew.
    SetAsideDisagreeing,
    /// It is damaged, and there is nothing to put in its place.
    LeaveDamaged,
}

/// The journal's rows of the table.
#[must_use]
#[expect(clippy::match_same_arms, reason = "each row of the table stands for itself")]
pub const fn journal_act(state: State, against: Against) -> JournalAct {
    use Against::{Behind, Forked, Level, Nothing};
    match (state, against) {
        // Nothing is there: all that the transcript holds is added.
        (State::Absent, Behind) => JournalAct::Add,
        (State::Absent, Nothing | Level | Forked) => JournalAct::Leave,
        // It holds and is in force: it can lack entries, and is never contradicted.
        (State::Whole, Behind) => JournalAct::Add,
        (State::Whole, Nothing | Level | Forked) => JournalAct::Leave,
        // A row changed or missing: replaced where the transcript knows better, left as it is where it does not.
        (State::Broken | State::Torn, Behind | Forked) => JournalAct::Replace,
        (State::Broken | State::Torn, Nothing | Level) => JournalAct::Leave,
    }
}

/// The transcript's rows of the table.
#[must_use]
#[expect(clippy::match_same_arms, reason = "each row of the table stands for itself")]
pub const fn transcript_act(state: State, against: Against) -> TranscriptAct {
    use Against::{Behind, Forked, Level, Nothing};
    match (state, against) {
        (State::Absent, Behind) => TranscriptAct::Add,
        (State::Absent, Nothing | Level | Forked) => TranscriptAct::Leave,
        // The console writes here after the journal: behind is what a crash leaves.
        (State::Whole, Behind) => TranscriptAct::Add,
        (State::Whole, Nothing | Level) => TranscriptAct::Leave,
        // Both hold and differ: nobody here can say which is right, so both are kept and it is said.
        (State::Whole | State::Torn, Forked) => TranscriptAct::SetAsideDisagreeing,
        (State::Torn, Level) => TranscriptAct::Cut,
        (State::Torn, Behind) => TranscriptAct::CutAndAdd,
        // Not even a first line was finished.
        (State::Torn, Nothing) => TranscriptAct::Cut,
        (State::Broken, Level | Behind | Forked) => TranscriptAct::SetAsideDamaged,
        (State::Broken, Nothing) => TranscriptAct::LeaveDamaged,
    }
}

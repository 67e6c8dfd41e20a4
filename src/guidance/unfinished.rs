//! What a record lacks when somebody is about to sign it. It is said before, and never a reason to refuse the signature.

use super::finding::findings;
use super::history::History;
use super::prompt::{Case, prompts};
use super::{GateItem, Guidance};
use crate::protocol::Protocol;
use crate::session::{PumpState, Session};

/// Something that a record lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// The infusion was started and its end is not recorded.
    NoEnd,
    /// Items of the gate that were neither met nor let pass.
    GateItems(usize),
    /// Prompts that nobody had dealt with when the patient left.
    Prompts(usize),
    /// Prompts that were dealt with, and whose second look had not come when the patient left.
    LooksAgain(usize),
    /// Reasons that are owed.
    Reasons(usize),
    /// Unlikely values that nobody has confirmed.
    Values(usize),
}

/// What the record of a visit lacks, gravest first.
#[must_use]
pub fn unfinished(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Vec<Unfinished> {
    let state = session.state();
    // Once the patient has left no prompt is open any more: asked is how it was at that moment.
    let then = state.left.unwrap_or(guidance.now);
    let history = History::of(session);
    let case = Case { protocol, session, history: &history, now: then };
    let left_open = prompts(case, &findings(protocol, session, &history, then));
    let waiting = left_open.settled.iter().filter(|prompt| prompt.look_again_ms.is_some()).count();
    let started = state.infusion.state != PumpState::Waiting;
    let open_items = if started { guidance.gate.iter().filter(|item| !GateItem::is_settled(item)).count() } else { 0 };
    let no_end = matches!(state.infusion.state, PumpState::Running | PumpState::Paused);
    let counted = [
        Unfinished::GateItems(open_items),
        Unfinished::Prompts(left_open.open.len()),
        Unfinished::LooksAgain(waiting),
        Unfinished::Reasons(state.owed.len()),
        Unfinished::Values(state.unconfirmed.len()),
    ];
    let counted = counted.into_iter().filter(|lacks| lacks.count() > 0);
    no_end.then_some(Unfinished::NoEnd).into_iter().chain(counted).collect()
}

impl Unfinished {
    /// How many.
    #[must_use]
    pub const fn count(self) -> usize {
        match self {
            Self::NoEnd => 1,
            Self::GateItems(n) | Self::Prompts(n) | Self::LooksAgain(n) | Self::Reasons(n) | Self::Values(n) => n,
        }
    }
}

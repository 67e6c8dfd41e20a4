//! The call that somebody still waits on: since when, and whether the next rung of the ladder is due.

use crate::protocol::Protocol;
use crate::session::{At, MINUTE_MS, Phase, Session};

/// What is awaited of an open call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// An answer.
    Answer,
    /// Somebody in the room.
    Arrival,
}

/// An open call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenCall {
    /// What is awaited.
    pub awaited: Awaited,
    /// Since the call was made, ms.
    pub since_call_ms: i64,
    /// Since the wait began (the call, or its answer), ms.
    pub waiting_ms: i64,
    /// Whether it has lasted as long as the protocol says: then the next rung stands first.
    pub next_due: bool,
}

impl OpenCall {
    /// The open call: of a visit that is over only one that was made after it.
    #[must_use]
    pub fn of(protocol: &Protocol, session: &Session, now: At) -> Option<Self> {
        let state = session.state();
        let call = state.call().filter(|call| call.is_open())?;
        let is_over = matches!(state.phase, Phase::Left(_) | Phase::Closed);
        if is_over && state.left.is_none_or(|left| call.called.session_ms <= left.session_ms) {
            return None;
        }
        let since = |at: At| (now.session_ms - at.session_ms).max(0);
        let (awaited, waiting_ms) = match call.answered {
            None => (Awaited::Answer, since(call.called)),
            Some(answered) => (Awaited::Arrival, since(answered)),
        };
        let limit_min = protocol.call.map(|rules| match awaited {
            Awaited::Answer => rules.answer_min,
            Awaited::Arrival => rules.arrive_min,
        });
        let next_due = limit_min.is_some_and(|min| waiting_ms >= i64::from(min) * MINUTE_MS);
        Some(Self { awaited, since_call_ms: since(call.called), waiting_ms, next_due })
    }
}

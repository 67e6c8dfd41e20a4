//! Which protocol governs the session: the one that it began with, until a named person accepts another.
//!
//! Accepting changes what is asked from that moment on. The last readings are judged anew by what is then in force: a
//! value past a limit of the new protocol speaks at once.

use super::command::Refusal;
use super::event::Event;
use super::fold::{Phase, Session};
use super::limits_set;
use super::opening::ProtocolCopy;
use super::time::At;
use crate::protocol::{Protocol, Route};

/// The protocol that was accepted last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The entry that holds it.
    pub seq: u64,
    /// Since when.
    pub at: At,
    /// Who accepted it.
    pub by: String,
}

impl Session {
    /// The copy of the protocol in force: accepted last, or that of the opening.
    #[must_use]
    pub fn protocol_copy(&self) -> &ProtocolCopy {
        let accepted = self.state().accepted.last().and_then(|accepted| self.accepted_copy(accepted));
        accepted.unwrap_or_else(|| &self.opening().protocol)
    }

    /// The route of the protocol that holds: the one it began with, or the last that was accepted.
    #[must_use]
    pub fn route(&self) -> Route {
        let accepted = self.state().accepted.last().and_then(|accepted| self.accepted_copy(accepted));
        accepted.unwrap_or(&self.opening().protocol).route
    }

    /// The copy that was accepted.
    #[must_use]
    pub fn accepted_copy(&self, accepted: &Accepted) -> Option<&ProtocolCopy> {
        let index = usize::try_from(accepted.seq).ok()?.checked_sub(1)?;
        match &self.entries().get(index)?.fields.event {
            Event::ProtocolAccepted { protocol, .. } => Some(protocol),
            _ => None,
        }
    }
}

/// Decides whether another protocol can be accepted: one that can be read, is another, and leaves the limits that were set
/// for this patient standing.
pub(super) fn accept(session: &Session, copy: &ProtocolCopy, by: &str, at: At) -> Result<Event, Refusal> {
    if matches!(session.state().phase, Phase::Left(_) | Phase::Closed) {
        return Err(Refusal::PatientHasLeft);
    }
    let Ok(protocol) = Protocol::load(&copy.text) else { return Err(Refusal::ProtocolFaulty) };
    if protocol.fingerprint != copy.fingerprint {
        return Err(Refusal::ProtocolFaulty);
    }
    if copy.fingerprint == session.protocol_copy().fingerprint {
        return Err(Refusal::ProtocolInForce);
    }
    limits_set::can_stand_over(session, &protocol, at)?;
    Ok(Event::ProtocolAccepted { protocol: Box::new(copy.clone()), by: by.to_owned() })
}

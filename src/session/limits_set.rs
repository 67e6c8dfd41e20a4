//! Limits that a named clinician set for this patient, in this session: what was set, and what stands at some moment.
//!
//! They lie over the protocol's `limits`. What the protocol says for the time before a start (`before_start`) stands as it
//! is: whether to start is another question, and the prescriber's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::Refusal;
use super::event::Event;
use super::fold::{Phase, Session};
use super::time::At;
use crate::protocol::{LimitKind, Limits, Protocol, Vital, faults_of_limits};

/// Other limits of one vital sign, from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsSet {
    /// The vital sign.
    pub vital: Vital,
    /// The limits that change, in the vital sign's own unit (percent where they count from the baseline).
    pub limits: BTreeMap<LimitKind, u16>,
    /// The clinician.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl LimitsSet {
    /// These limits laid over others.
    #[must_use]
    pub fn over(&self, usual: Limits) -> Limits {
        self.limits.iter().fold(usual, |limits, (kind, value)| limits.with(*kind, *value))
    }
}

/// The limits that stand for a vital sign at some moment, once those of the patient are laid over the protocol's.
#[must_use]
pub fn limits_standing(set: &[(At, LimitsSet)], usual: Limits, vital: Vital, at: At) -> Limits {
    let earlier = set.iter().filter(|(since, set)| set.vital == vital && since.session_ms <= at.session_ms);
    earlier.fold(usual, |limits, (_, set)| set.over(limits))
}

/// The clinician who set one limit of a vital sign as it stands at some moment; `None` where it is the protocol's.
#[must_use]
pub fn set_by(set: &[(At, LimitsSet)], vital: Vital, kind: LimitKind, at: At) -> Option<&LimitsSet> {
    let mut earlier = set.iter().filter(|(since, set)| set.vital == vital && since.session_ms <= at.session_ms);
    earlier.rfind(|(_, set)| set.limits.contains_key(&kind)).map(|(_, set)| set)
}

/// Decides whether these limits can stand: of a limit that the protocol has, and by the same checks as its own.
pub(super) fn set_limits(session: &Session, protocol: &Protocol, set: &LimitsSet, at: At) -> Result<Event, Refusal> {
    if matches!(session.state().phase, Phase::Left(_) | Phase::Closed) {
        return Err(Refusal::PatientHasLeft);
    }
    // A limit that the protocol does not have is one that no response of it answers: it would be silent.
    let usual = protocol.limits.get(&set.vital).copied().unwrap_or_default();
    if let Some(kind) = set.limits.keys().find(|kind| usual.get(**kind).is_none()) {
        return Err(Refusal::NoSuchLimit { vital: set.vital, kind: *kind });
    }
    let standing = limits_standing(&session.state().limits_set, usual, set.vital, at);
    let then = set.over(standing);
    if then == standing {
        return Err(Refusal::SameLimits);
    }
    can_stand(set.vital, &then)?;
    Ok(Event::LimitsSet(Box::new(set.clone())))
}

fn can_stand(vital: Vital, limits: &Limits) -> Result<(), Refusal> {
    match faults_of_limits(vital, limits).into_iter().next() {
        Some(fault) => Err(Refusal::Limits { vital, fault }),
        None => Ok(()),
    }
}

/// Whether the limits that were set for this patient can stand over those of another protocol.
pub(super) fn can_stand_over(session: &Session, protocol: &Protocol, at: At) -> Result<(), Refusal> {
    let set = &session.state().limits_set;
    for vital in Vital::ALL.into_iter().filter(|vital| set.iter().any(|(_, set)| set.vital == *vital)) {
        let usual = protocol.limits.get(&vital).copied().unwrap_or_default();
        let mut kinds = set.iter().filter(|(_, set)| set.vital == vital).flat_map(|(_, set)| set.limits.keys());
        if let Some(kind) = kinds.find(|kind| usual.get(**kind).is_none()) {
            return Err(Refusal::NoSuchLimit { vital, kind: *kind });
        }
        can_stand(vital, &limits_standing(set, usual, vital, at))?;
    }
    Ok(())
}

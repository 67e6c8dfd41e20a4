//! A check that was put off, once, with its reason: so that a patient who rests is not woken by a cuff. Whether it may be is
//! the protocol's word; whether the last readings allow it, guidance says.

use serde::{Deserialize, Serialize};

use super::command::Refusal;
use super::decide::Context;
use super::event::{Event, Mark};
use super::fold::Session;
use super::time::{At, MINUTE_MS};
use super::timeline::Row;
use crate::protocol::ReadingKind;

/// What is to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The baseline, before the start.
    Baseline,
    /// Vital signs by the interval.
    Vitals,
    /// Vital signs at a required mark.
    Mark(Mark),
    /// A look at the patient.
    Look,
}

/// The vital signs by the interval, put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    /// When that was decided.
    pub at: At,
    /// Until when.
    pub until: At,
    /// Why.
    pub reason: String,
}

impl PutOff {
    /// What a row puts off.
    #[must_use]
    pub fn of(row: &Row<'_>) -> Option<Self> {
        let Event::CheckPutOff { until, reason, .. } = row.event else { return None };
        let at = row.item.at;
        // Both times are of one entry and one clock: their distance holds whatever the clock was set to since.
        let until = At { session_ms: at.session_ms.saturating_add(until.saturating_sub(at.utc_ms)), utc_ms: *until };
        Some(Self { at, until, reason: reason.clone() })
    }
}

impl Session {
    /// The check that is put off since the last attempt at a blood pressure, or since the start.
    #[must_use]
    pub fn put_off(&self) -> Option<PutOff> {
        let answers = |row: &Row<'_>| match row.event {
            Event::VitalsRecorded { vitals, .. } => vitals.outcome(ReadingKind::BloodPressure).is_some(),
            Event::InfusionStarted { .. } | Event::CheckPutOff { .. } => true,
            _ => false,
        };
        self.standing().rev().find(answers).and_then(|row| PutOff::of(&row))
    }
}

/// Decides it: only the check by interval, only as far as the protocol allows, and once in a row.
pub(super) fn put_off(context: &Context<'_>, check: Check, until: i64, reason: &str) -> Result<Event, Refusal> {
    let most = context.protocol.schedule.put_off_min.map(|min| i64::from(min) * MINUTE_MS);
    let allowed = most.is_some_and(|most| (1..=most).contains(&until.saturating_sub(context.observed_at)));
    if check != Check::Vitals || !allowed {
        return Err(Refusal::NotPutOff { check });
    }
    if context.session.put_off().is_some() {
        return Err(Refusal::PutOffAlready);
    }
    Ok(Event::CheckPutOff { check, until, reason: reason.to_owned() })
}

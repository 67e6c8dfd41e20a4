//! Whether the check that is due may be put off now: only one by interval, once, while the last readings were inside every
//! limit and no alarm stands.

use super::history::History;
use super::prompt::Prompts;
use super::schedule::Schedule;
use crate::protocol::{Priority, Protocol, Reach, ReadingKind};
use crate::session::{At, Check, MINUTE_MS, Outcome, Session};

/// Why it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPutOff {
    /// The protocol does not allow it.
    NotAllowed,
    /// No check of vital signs is due by its interval.
    NotDue,
    /// The check is required, or the baseline.
    Required,
    /// It was put off once already.
    Already,
    /// It was due so long ago that putting it off would lead into the past.
    TooLate,
    /// There is no reading to rest on: the last attempt gave none.
    NoReading,
    /// A last reading is past a limit.
    OutsideLimits,
    /// An alarm stands.
    AlarmStands,
}

/// Until when it may be put off, session time, ms: counted from when it was due.
pub(super) fn put_off(
    protocol: &Protocol,
    session: &Session,
    history: &History,
    schedule: &Schedule,
    prompts: &Prompts,
    now: At,
) -> Result<i64, NoPutOff> {
    let put_off_min = protocol.schedule.put_off_min.ok_or(NoPutOff::NotAllowed)?;
    let due = schedule.vitals.as_ref().ok_or(NoPutOff::NotDue)?;
    let (Check::Vitals, Some(due_ms)) = (due.check, due.at_ms) else { return Err(NoPutOff::Required) };
    if session.put_off().is_some() {
        return Err(NoPutOff::Already);
    }
    if !due.due {
        return Err(NoPutOff::NotDue);
    }
    let until_ms = due_ms + i64::from(put_off_min) * MINUTE_MS;
    if now.session_ms >= until_ms {
        return Err(NoPutOff::TooLate);
    }
    last_readings_are_inside(protocol, history)?;
    let is_alarm = |priority: Priority| priority > Priority::Prompt;
    if prompts.standing().any(|prompt| is_alarm(prompt.priority)) {
        return Err(NoPutOff::AlarmStands);
    }
    Ok(until_ms)
}

fn last_readings_are_inside(protocol: &Protocol, history: &History) -> Result<(), NoPutOff> {
    let pressure = history.last_attempt(ReadingKind::BloodPressure).map(|(outcome, _)| outcome);
    if pressure != Some(Outcome::Read) {
        return Err(NoPutOff::NoReading);
    }
    let is_outside = |kind: &ReadingKind| match history.last_attempt(*kind) {
        Some((Outcome::Read, taken)) => history.reach(protocol, *kind, &taken, Reach::Inside) > Some(Reach::Inside),
        Some((Outcome::Unobtainable, _)) => true,
        Some((Outcome::NotTaken, _)) | None => false,
    };
    if ReadingKind::ALL.iter().any(is_outside) { Err(NoPutOff::OutsideLimits) } else { Ok(()) }
}

//! Which checks are due, counted from the last reading. A check due is a reminder, never an alarm.

use super::history::History;
use super::progress::Progress;
use crate::protocol::{Protocol, ReadingKind};
use crate::session::{At, Check, MINUTE_MS, Mark, Phase, PumpState, PutOff, Session};

/// A check with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub check: Check,
    /// When, session time, ms; `None`: before the next step (start, leaving), at no clock time.
    pub at_ms: Option<i64>,
    /// Whether its time has come.
    pub due: bool,
    /// Whether it is overdue.
    pub overdue: bool,
}

/// The checks of this moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schedule {
    /// The next check of vital signs.
    pub vitals: Option<Due>,
    /// The next look at the patient.
    pub look: Option<Due>,
    /// Required marks that have passed without their reading and are not recorded as missed yet.
    pub to_miss: Vec<Mark>,
    /// What that check was put off by, while it is.
    pub put_off: Option<PutOff>,
    /// Readings that the last line left out although a required mark needs them.
    pub lacking: Vec<ReadingKind>,
}

/// What the marks are asked of.
#[derive(Clone, Copy)]
struct Case<'a> {
    protocol: &'a Protocol,
    session: &'a Session,
    now: At,
}

/// What is due now.
#[must_use]
pub(super) fn schedule(
    protocol: &Protocol,
    session: &Session,
    history: &History,
    progress: &Progress,
    now: At,
) -> Schedule {
    let mut out = Schedule::default();
    let case = Case { protocol, session, now };
    match session.state().phase {
        Phase::Preparation => out.vitals = baseline_due(protocol, history, now),
        Phase::Infusion => {
            infusing(&mut out, case, history, progress);
            let put_off = session.put_off();
            let by_interval = out.vitals.is_some_and(|due| due.check == Check::Vitals && !due.due);
            out.put_off = put_off.filter(|_| by_interval);
            out.look = look_due(protocol, session, now);
        }
        Phase::Recovery | Phase::Left(_) => {
            recovery(&mut out, case, history);
            out.look = look_due(protocol, session, now);
        }
        Phase::Closed => {}
    }
    out
}

fn due_at(protocol: &Protocol, check: Check, at_ms: i64, now: At) -> Due {
    let late = now.session_ms - at_ms;
    let overdue = late >= i64::from(protocol.schedule.overdue_after_min) * MINUTE_MS;
    Due { check, at_ms: Some(at_ms), due: late >= 0, overdue }
}

fn baseline_due(protocol: &Protocol, history: &History, now: At) -> Option<Due> {
    let missing = history.fresh_baseline(protocol, now).is_none();
    missing.then_some(Due { check: Check::Baseline, at_ms: None, due: true, overdue: false })
}

/// The interval from the last blood pressure (the baseline counts from the start), or what is sooner: the planned end, a
/// mark after the start.
fn infusing(out: &mut Schedule, case: Case<'_>, history: &History, progress: &Progress) {
    let (protocol, now) = (case.protocol, case.now);
    let Some(start) = history.started else { return };
    let tried = |taken: &&super::history::Taken| taken.vitals.outcome(ReadingKind::BloodPressure).is_some();
    let start_ms = start.session_ms;
    let last = history.vitals.iter().rev().find(tried).map_or(start_ms, |taken| taken.at.session_ms.max(start_ms));
    let by_interval = last + i64::from(protocol.schedule.every_min) * MINUTE_MS;
    // A required mark is not put off with it.
    let put_off = case.session.put_off();
    let by_interval = put_off.map_or(by_interval, |put_off| put_off.until.session_ms.max(by_interval));
    let early = i64::from(protocol.schedule.counts_early_min) * MINUTE_MS;
    // A reading just before the planned end has satisfied the end already.
    let end = progress.planned_end_ms.filter(|end| last < end - early && *end >= now.session_ms);
    let end = end.filter(|end| *end <= by_interval).map(|end| (Mark::End, end));
    let mark = open_mark(out, case, history, &marks(protocol, Some(start), None), None);
    let sooner = [end, mark].into_iter().flatten().min_by_key(|(_, at_ms)| *at_ms);
    out.vitals = Some(match sooner {
        Some((mark, at_ms)) if at_ms <= by_interval => due_at(protocol, Check::Mark(mark), at_ms, now),
        _ => due_at(protocol, Check::Vitals, by_interval, now),
    });
}

/// While infusing; after the end as well, where the protocol asks for it.
fn look_due(protocol: &Protocol, session: &Session, now: At) -> Option<Due> {
    let state = session.state();
    let (from, every_min) = match state.infusion.state {
        PumpState::Running | PumpState::Paused => (state.infusion.started?, protocol.schedule.look_every_min),
        PumpState::Ended if state.left.is_none() => (state.infusion.ended?, protocol.schedule.look_after_end_min?),
        PumpState::Waiting | PumpState::Ended => return None,
    };
    let last = state.last_look.map_or(from.session_ms, |look| look.session_ms.max(from.session_ms));
    Some(due_at(protocol, Check::Look, last + i64::from(every_min) * MINUTE_MS, now))
}

/// The marks after the start and after the actual end, in order, with their session time.
fn marks(protocol: &Protocol, start: Option<At>, end: Option<At>) -> Vec<(Mark, i64)> {
    let schedule = &protocol.schedule;
    let after = |from: At, min: u32| from.session_ms + i64::from(min) * MINUTE_MS;
    let mut marks = Vec::new();
    if let Some(start) = start {
        marks.extend(schedule.at_min.iter().map(|min| (Mark::AfterStart(*min), after(start, *min))));
    }
    if let Some(end) = end {
        marks.extend(schedule.at_end.then_some((Mark::End, end.session_ms)));
        marks.extend(schedule.after_end_min.iter().map(|min| (Mark::AfterEnd(*min), after(end, *min))));
    }
    marks.sort_by_key(|(_, at_ms)| *at_ms);
    marks
}

fn recovery(out: &mut Schedule, case: Case<'_>, history: &History) {
    let state = case.session.state();
    let Some(end) = state.infusion.ended else { return };
    let left_ms = state.left.map(|at| at.session_ms);
    if let Some((mark, at_ms)) =
        open_mark(out, case, history, &marks(case.protocol, state.infusion.started, Some(end)), left_ms)
    {
        let early = i64::from(case.protocol.schedule.counts_early_min) * MINUTE_MS;
        out.vitals = Some(due_at(case.protocol, Check::Mark(mark), at_ms, case.now));
        out.lacking = lacking(&case.protocol.schedule.required, history, at_ms - early);
    }
    discharge_mark(out, case.protocol, case.session, history, case.now);
}

/// The first mark that waits for its reading. Each has a window, from a little before it to a little before the next; the
/// last one's lasts until leaving. Those whose window closed without it are to be recorded as missed.
fn open_mark(
    out: &mut Schedule,
    case: Case<'_>,
    history: &History,
    marks: &[(Mark, i64)],
    left_ms: Option<i64>,
) -> Option<(Mark, i64)> {
    let early = i64::from(case.protocol.schedule.counts_early_min) * MINUTE_MS;
    let required = &case.protocol.schedule.required;
    let mut open = None;
    for (index, (mark, at_ms)) in marks.iter().enumerate() {
        let closes = marks.get(index + 1).map_or(i64::MAX, |(_, next)| next - early);
        if history.complete_in(required, at_ms - early, closes).is_some() {
            continue;
        }
        if left_ms.is_some() || case.now.session_ms >= closes {
            // Those who leave before a mark have not missed it.
            let missed = &case.session.state().missed_marks;
            if left_ms.is_none_or(|left| left >= *at_ms) && !missed.contains(mark) {
                out.to_miss.push(*mark);
            }
        } else if open.is_none() {
            open = Some((*mark, *at_ms));
        }
    }
    open
}

/// Before leaving: a complete reading, not older than the protocol's time for a baseline.
fn discharge_mark(out: &mut Schedule, protocol: &Protocol, session: &Session, history: &History, now: At) {
    let state = session.state();
    let until = state.left.map_or(now.session_ms, |at| at.session_ms);
    let window = i64::from(protocol.schedule.discharge_within_min) * MINUTE_MS;
    let from = state.infusion.ended.map_or(until, |end| end.session_ms).max(until - window);
    if history.complete_in(&protocol.schedule.required, from, until + 1).is_some() {
        return;
    }
    if state.left.is_some() {
        if !state.missed_marks.contains(&Mark::Discharge) {
            out.to_miss.push(Mark::Discharge);
        }
    } else if out.vitals.is_none() {
        out.vitals = Some(Due { check: Check::Mark(Mark::Discharge), at_ms: None, due: false, overdue: false });
    }
}

/// What the last line since the window opened left out.
fn lacking(required: &[ReadingKind], history: &History, from_ms: i64) -> Vec<ReadingKind> {
    let Some(last) = history.vitals.last().filter(|taken| taken.at.session_ms >= from_ms) else { return Vec::new() };
    required.iter().filter(|kind| last.vitals.outcome(**kind).is_none()).copied().collect()
}

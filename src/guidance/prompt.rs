//! From findings to prompts: which are to be raised now, which are open, which were dealt with and wait for a second look.
//!
//! A prompt is raised once for each (rule, cause, round). It is settled by an answer or an acknowledgement. It comes back,
//! one round later, when nobody looked again in time, when the second look found the same, or at once when a medium or high
//! one has become worse than it was when it was settled. A medium or high one that cleared by itself stays until a named
//! person has acknowledged it.

use super::finding::{Finding, raised_rounds};
use super::history::{Happened, History};
use super::worse;
use crate::protocol::{Priority, Protocol, Reach, ReadingKind, Response, Subject, When};
use crate::session::{At, MINUTE_MS, Outcome, PromptId, PromptState, Session};

/// A prompt on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Its identity.
    pub id: PromptId,
    /// Index into the protocol's responses.
    pub rule: usize,
    /// How loudly.
    pub priority: Priority,
    /// When it was raised.
    pub raised: At,
    /// The entry whose value stands beside it: the last of its subject.
    pub latest: u64,
    /// When it was dealt with, and by whom.
    pub settled: Option<(At, String)>,
    /// When somebody should look again, session time, ms.
    pub look_again_ms: Option<i64>,
    /// Whether the finding has gone: it stays because nobody acknowledged it.
    pub latched_only: bool,
}

/// Prompts by what is to be done with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompts {
    /// To be raised now, each with its priority.
    pub to_raise: Vec<(PromptId, Priority)>,
    /// Open: worst first, the newest of equals first.
    pub open: Vec<Prompt>,
    /// Dealt with, while the finding still holds or a second look is due; worst first.
    pub settled: Vec<Prompt>,
}

/// Sorts findings into prompts.
#[must_use]
pub(super) fn prompts(
    protocol: &Protocol,
    session: &Session,
    history: &History,
    holding: &[Finding],
    now: At,
) -> Prompts {
    let mut out = Prompts::default();
    for finding in holding {
        place(&mut out, protocol, session, history, finding, now);
    }
    for (id, state) in &session.state().prompts {
        if let Some(prompt) = latched(protocol, session, history, holding, id, state) {
            out.open.push(prompt);
        }
    }
    // Of equals the newest: what was just entered is what the next digit answers.
    let worst_first = |p: &Prompt| std::cmp::Reverse((p.priority, p.raised.session_ms, p.id.cause));
    out.open.sort_by_key(worst_first);
    out.settled.sort_by_key(worst_first);
    out
}

fn place(out: &mut Prompts, protocol: &Protocol, session: &Session, history: &History, finding: &Finding, now: At) {
    let response = &protocol.responses[finding.rule];
    let name = |round| PromptId { rule: response.id.clone(), cause: finding.cause, round };
    let Some((round, state)) = raised_rounds(session, &response.id, finding.cause).next_back() else {
        out.to_raise.push((name(0), response.priority));
        return;
    };
    let settled = state.settled_at();
    let look_again_ms = settled.and_then(|at| look_again(response, finding, at));
    let prompt = Prompt {
        id: name(round),
        rule: finding.rule,
        priority: state.priority,
        raised: state.raised,
        latest: finding.latest.seq,
        settled: state.settled().map(|(at, by)| (at, by.to_owned())),
        look_again_ms,
        latched_only: false,
    };
    let Some(settled) = settled else {
        out.open.push(prompt);
        return;
    };
    if is_event(finding.subject) && looked_after(session, settled) {
        return;
    }
    let is_worse = response.priority.latches() && worse::is_worse(protocol, history, finding, settled);
    if is_worse || is_back(response, finding, state, settled, look_again_ms, now) {
        out.to_raise.push((name(round + 1), response.priority));
    } else if response.look_again_min.is_some() || response.priority > Priority::Prompt {
        out.settled.push(prompt);
    }
}

/// When somebody should look again: counted from the answer, or from the last look at the same thing after it.
fn look_again(response: &Response, finding: &Finding, settled: At) -> Option<i64> {
    let from = settled.session_ms.max(finding.latest.at.session_ms);
    Some(from + i64::from(response.look_again_min?) * MINUTE_MS)
}

/// Nobody looked in time, or the second look, late enough to be one, found the same.
fn is_back(
    response: &Response,
    finding: &Finding,
    state: &PromptState,
    settled: At,
    look_again_ms: Option<i64>,
    now: At,
) -> bool {
    let (Some(due), Some(wait_min)) = (look_again_ms, response.look_again_min) else { return false };
    let looked_at = finding.latest.at.session_ms;
    let same_again =
        looked_at > settled.session_ms && looked_at >= state.raised.session_ms + i64::from(wait_min) * MINUTE_MS;
    now.session_ms >= due || same_again
}

/// Whether the subject is something that happens, rather than something that has a value from now on.
const fn is_event(subject: Subject) -> bool {
    matches!(subject, Subject::Vomiting | Subject::Sign(_))
}

fn looked_after(session: &Session, settled: At) -> bool {
    session.state().last_look.is_some_and(|look| look.session_ms > settled.session_ms)
}

/// A medium or high prompt whose finding has gone, and that nobody has acknowledged. Not where its cause was entered in
/// error, and not where the same subject has spoken since, as loudly or louder.
fn latched(
    protocol: &Protocol,
    session: &Session,
    history: &History,
    holding: &[Finding],
    id: &PromptId,
    state: &PromptState,
) -> Option<Prompt> {
    if !state.priority.latches() || state.settled_at().is_some() {
        return None;
    }
    let (rule, response) = protocol.responses.iter().enumerate().find(|(_, r)| r.id == id.rule)?;
    let subject = response.when.subject();
    let still_holds = holding.iter().any(|f| f.rule == rule && f.cause == id.cause);
    let cause = session.row(id.cause)?;
    let amended = !cause.item.amended_by.is_empty();
    let in_error = !cause.stands() || (amended && !still_says(protocol, history, response, id.cause));
    let spoken_since = session.state().prompts.iter().any(|(other, later)| {
        other != id
            && later.raised.session_ms >= state.raised.session_ms
            && (other.round > id.round || other.cause > id.cause || other.rule != id.rule)
            && later.priority >= state.priority
            && protocol.responses.iter().any(|r| r.id == other.rule && r.when.subject() == subject)
    });
    if still_holds || in_error || spoken_since {
        return None;
    }
    Some(Prompt {
        id: id.clone(),
        rule,
        priority: state.priority,
        raised: state.raised,
        latest: latest_of(history, subject).map_or(id.cause, |happened| happened.seq),
        settled: None,
        look_again_ms: None,
        latched_only: true,
    })
}

/// Whether an amended entry still says what raised the prompt: another of its values, or its time, may have been amended.
fn still_says(protocol: &Protocol, history: &History, response: &Response, cause: u64) -> bool {
    let taken = history.vitals.iter().find(|taken| taken.seq == cause);
    match response.when {
        When::Graded { scale, at_least, at_most, .. } => history.grades.get(&scale).is_some_and(|all| {
            all.iter().any(|graded| graded.seq == cause && (at_least..=at_most).contains(&graded.grade))
        }),
        When::Vital { reading, reaches } => taken
            .and_then(|taken| history.reach(protocol, reading, taken, Reach::Inside))
            .is_some_and(|reach| reach >= reaches),
        When::Measured { vital, band, .. } => {
            taken.and_then(|taken| history.is_in_band(vital, &band, taken)).unwrap_or(false)
        }
        When::Unobtainable => taken.is_some_and(|taken| {
            ReadingKind::ALL.iter().any(|kind| taken.vitals.outcome(*kind) == Some(Outcome::Unobtainable))
        }),
        When::Vomiting { .. } | When::Seen { .. } | When::Known { .. } => true,
    }
}

fn latest_of(history: &History, subject: Subject) -> Option<Happened> {
    let happened = |seq, at| Happened { seq, at };
    match subject {
        Subject::Scale(scale) => history.last_grade(scale).map(|g| happened(g.seq, g.at)),
        Subject::Vomiting => history.vomits.last().copied(),
        Subject::Sign(sign) => history.signs.get(&sign)?.last().copied(),
        Subject::Reading(kind) => history.last_attempt(kind).map(|(_, taken)| happened(taken.seq, taken.at)),
        Subject::Past(past) => history.pasts.get(&past).copied(),
        Subject::Unobtainable => None,
    }
}

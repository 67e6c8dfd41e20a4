//! Prompts whose finding has gone: a medium or high one stays until a named person has acknowledged it, and what it was is
//! told beside what is now.

use super::dealt::dealt_with;
use super::escalation;
use super::finding::{Finding, raised_rounds};
use super::history::{Happened, History};
use super::prompt::{Case, Prompt, Stands};
use crate::protocol::{Protocol, Reach, ReadingKind, Response, Sign, Subject, When};
use crate::session::{At, Outcome, PromptId, PromptState, Session};

/// A medium or high prompt whose finding has gone, and that nobody has acknowledged. Not where its cause was entered in
/// error, and not where the same subject has spoken since, as loudly or louder.
pub(super) fn latched(
    case: Case<'_>,
    holding: &[(Finding, usize)],
    id: &PromptId,
    state: &PromptState,
) -> Option<Prompt> {
    if !state.priority.latches() || state.settled_at().is_some() {
        return None;
    }
    let Case { protocol, session, .. } = case;
    let (rule, _) = protocol.response(&id.rule)?;
    let (_, found) = escalation::found_by(case, id)?;
    let subject = found.when.subject();
    let still_holds = holding.iter().any(|(f, _)| f.rule == rule && f.cause == id.cause);
    let spoken_since = session.state().prompts.iter().any(|(other, later)| {
        other != id
            && later.raised.session_ms >= state.raised.session_ms
            && (other.round > id.round || other.cause > id.cause || other.rule != id.rule)
            && later.priority >= state.priority
            && escalation::found_by(case, other).is_some_and(|(_, response)| {
                response.when.subject() == subject && !is_in_error(case, response, other.cause)
            })
    });
    let has_word =
        subject == Subject::Sign(Sign::SelfHarm) && session.state().asked.self_harm.word_on(id.cause).is_some();
    // A call is not recorded with the prompt, and deals with it all the same.
    let was_called = dealt_with(session, &protocol.responses[rule], state).is_some();
    if has_word || was_called || still_holds || spoken_since {
        return None;
    }
    gone(case, id, state)
}

/// A prompt whose finding has gone, as it is told: not where its cause was entered in error.
pub(super) fn gone(case: Case<'_>, id: &PromptId, state: &PromptState) -> Option<Prompt> {
    let (rule, _) = case.protocol.response(&id.rule)?;
    let (found_by, found) = escalation::found_by(case, id)?;
    if is_in_error(case, found, id.cause) {
        return None;
    }
    Some(Prompt {
        id: id.clone(),
        rule,
        found_by,
        priority: state.priority,
        raised: state.raised,
        latest: latest_of(case.history, found.when.subject()).map_or(id.cause, |happened| happened.seq),
        settled: None,
        dealt_before: dealt_before(case.session, id),
        look_again_ms: None,
        done: Vec::new(),
        next_step: None,
        can_be_told: false,
        stands: Stands::No,
        latched_only: true,
    })
}

/// When somebody last dealt with it before it came back, and who.
fn dealt_before(session: &Session, id: &PromptId) -> Option<(At, String)> {
    let rounds = raised_rounds(session, &id.rule, id.cause).filter(|(round, _)| *round < id.round);
    let settled = rounds.filter_map(|(_, state)| state.settled());
    settled.max_by_key(|(at, _)| at.session_ms).map(|(at, by)| (at, by.to_owned()))
}

/// Whether the entry that raised a prompt was withdrawn, or says something else now.
pub(super) fn is_in_error(case: Case<'_>, response: &Response, cause: u64) -> bool {
    case.session.row(cause).is_none_or(|row| {
        let amended = !row.item.amended_by.is_empty();
        !row.stands() || (amended && !still_says(case.protocol, case.history, response, cause))
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
        When::Seen { sign } => history.signs.get(&sign).is_some_and(|all| all.iter().any(|seen| seen.seq == cause)),
        When::Vomiting { .. } | When::Known { .. } | When::Given { .. } => true,
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
        Subject::Unobtainable | Subject::Drug(_) => None,
    }
}

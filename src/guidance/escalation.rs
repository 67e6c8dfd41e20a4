//! One step up: where a prompt is not answered, or does not help, the response that its rule names takes over. The chain
//! ends where a rule names none; the protocol's check refuses one that comes back to itself.

use super::finding::{Finding, raised_rounds};
use super::prompt::{Case, Raise};
use crate::protocol::{Escalate, Response, Subject};
use crate::session::{MINUTE_MS, PromptId, PromptState};

/// The rule that has taken over from the finding's own, as far as that is recorded. One that spoke by itself, for a value
/// that was amended since, has not taken over.
pub(super) fn followed(case: Case<'_>, finding: &Finding) -> Finding {
    let mut finding = *finding;
    // A bound, for a protocol that somebody's own program made: no chain is longer than the list.
    for _ in 0..case.protocol.responses.len() {
        let Some((rule, up, _)) = next(case, finding.rule) else { break };
        let here = &case.protocol.responses[finding.rule].id;
        let took_over = |state: &PromptState| state.from.as_ref().is_some_and(|from| from.rule == *here);
        if !raised_rounds(case.session, &up.id, finding.cause).any(|(_, state)| took_over(state)) {
            break;
        }
        finding.rule = rule;
    }
    finding
}

/// The response whose finding a prompt is about: its own, or that of the first of its chain.
pub(super) fn found_by<'a>(case: Case<'a>, id: &'a PromptId) -> Option<(usize, &'a Response)> {
    case.protocol.response(&case.session.state().foot_of(id).rule)
}

fn next(case: Case<'_>, rule: usize) -> Option<(usize, &Response, &Escalate)> {
    let escalate = case.protocol.responses.get(rule)?.escalate.as_ref()?;
    let (rule, up) = case.protocol.response(&escalate.to)?;
    Some((rule, up, escalate))
}

/// A prompt that may go one step up.
pub(super) struct Up<'a> {
    pub(super) case: Case<'a>,
    pub(super) finding: &'a Finding,
    pub(super) from: PromptId,
}

impl Up<'_> {
    /// Raised, and for the protocol's minutes nobody answered or acknowledged.
    pub(super) fn unanswered(self, state: &PromptState) -> Option<Raise> {
        let waited_ms = self.case.now.session_ms - state.raised.session_ms;
        self.raise(|escalate| escalate.no_answer_min.is_some_and(|min| waited_ms >= i64::from(min) * MINUTE_MS))
    }

    /// It would come back for the so-manieth time.
    pub(super) fn unimproved(self, times: u32) -> Option<Raise> {
        self.raise(|escalate| escalate.no_improvement.is_some_and(|most| times >= most))
    }

    fn raise(self, is_time: impl Fn(&Escalate) -> bool) -> Option<Raise> {
        let (_, up, escalate) = next(self.case, self.finding.rule)?;
        if !is_time(escalate) || is_too_soon(self.case, self.finding.subject) {
            return None;
        }
        let cause = self.finding.cause;
        // It may have spoken by itself, before the value was amended.
        let last = raised_rounds(self.case.session, &up.id, cause).next_back();
        let prompt = PromptId { rule: up.id.clone(), cause, round: last.map_or(0, |(round, _)| round + 1) };
        Some(Raise { prompt, priority: up.priority, from: Some(self.from) })
    }
}

/// Whether this subject has gone a step up just now: one condition escalates once in the protocol's minutes.
fn is_too_soon(case: Case<'_>, subject: Subject) -> bool {
    let Some(alarms) = case.protocol.alarms else { return false };
    let wait_ms = i64::from(alarms.escalate_every_min) * MINUTE_MS;
    case.session.state().prompts.iter().any(|(id, state)| {
        state.from.is_some()
            && case.now.session_ms - state.raised.session_ms < wait_ms
            && found_by(case, id).is_some_and(|(_, response)| response.when.subject() == subject)
    })
}

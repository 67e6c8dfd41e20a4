//! When a prompt was dealt with. One that says "call now" is dealt with by the call, a "no", a second look or its own key:
//! another of its steps is done beside the call, not instead of it.

use crate::protocol::{Priority, Response};
use crate::session::{At, PromptState, Session};

/// The last moment at which somebody dealt with it, and who.
pub(super) fn dealt_with(session: &Session, response: &Response, state: &PromptState) -> Option<(At, String)> {
    if !waits_for_a_call(response, state) {
        return state.settled().map(|(at, by)| (at, by.to_owned()));
    }
    let settles = |response_no: u8| {
        response_no == 0 || response.steps.get(usize::from(response_no) - 1).is_some_and(|step| step.calls)
    };
    let answers = state.answers.iter().filter(|answer| settles(answer.response));
    let answers = answers.map(|answer| (answer.at, answer.by.clone()));
    let looks = state.looks.iter().map(|look| (look.at, look.by.clone()));
    let calls = session.state().calls.iter().filter(|call| call.called.session_ms >= state.raised.session_ms);
    let calls = calls.filter_map(|call| Some((call.called, session.row(call.seq)?.entry.fields.actor.id.clone())));
    let all = answers.chain(looks).chain(calls).chain(state.acknowledged_alone.clone());
    all.max_by_key(|(at, _)| at.session_ms)
}

/// A high one with a step that calls.
fn waits_for_a_call(response: &Response, state: &PromptState) -> bool {
    state.priority == Priority::High && response.steps.iter().any(|step| step.calls)
}

/// The step that calls, where another was recorded and the call was not.
pub(super) fn call_step(response: &Response, state: &PromptState) -> Option<usize> {
    if !waits_for_a_call(response, state) || state.answers.is_empty() {
        return None;
    }
    response.steps.iter().position(|step| step.calls)
}

//! What a look alone does not end. A high alarm about something that happened (chest pain, a seizure) ends by the word that it
//! is better, by a clinician who came, or by a call that was settled. Thoughts of self-harm end by nothing but the
//! clinician's word, and go on after the patient has left.

use super::finding::{Finding, raised_rounds};
use super::prompt::{Case, Prompts, Raise, Stands, standing};
use crate::protocol::{Priority, Sign, Subject};
use crate::session::{At, ClinicianWord, PromptId, PromptState, Session};

/// Whether a finding stands until a clinician's word is recorded: thoughts of self-harm do.
pub(super) fn waits_for_word(subject: Subject) -> bool {
    subject == Subject::Sign(Sign::SelfHarm)
}

/// The clinician's word on a finding.
pub(super) fn word_on<'a>(case: Case<'a>, finding: &Finding) -> Option<&'a ClinicianWord> {
    if !waits_for_word(finding.subject) {
        return None;
    }
    case.session.state().asked.self_harm.word_on(finding.cause)
}

/// Whether something that happened, and was dealt with at `settled`, has been looked after: any look is enough, but not for
/// a high alarm.
pub(super) fn looked_after(session: &Session, state: &PromptState, settled: At) -> bool {
    if state.priority < Priority::High {
        return session.state().last_look.is_some_and(|look| look.session_ms > settled.session_ms);
    }
    let since = |at: At| at.session_ms >= state.raised.session_ms;
    session.state().calls.iter().any(|call| {
        let settled_by_telephone = since(call.called) && call.over.is_some();
        call.arrived.is_some_and(since) || settled_by_telephone
    })
}

/// What stands once the visit is over: thoughts of self-harm without the clinician's word. Raised where nobody has seen it
/// yet, and never again by itself: nobody looks at a patient who has left.
#[must_use]
pub(super) fn after_leaving(case: Case<'_>, holding: &[Finding]) -> Prompts {
    let mut out = Prompts::default();
    let waiting = |finding: &&Finding| waits_for_word(finding.subject) && word_on(case, finding).is_none();
    for finding in holding.iter().filter(waiting) {
        let response = &case.protocol.responses[finding.rule];
        let Some((round, state)) = raised_rounds(case.session, &response.id, finding.cause).next_back() else {
            let prompt = PromptId { rule: response.id.clone(), cause: finding.cause, round: 0 };
            out.to_raise.push(Raise { prompt, priority: response.priority, from: None });
            continue;
        };
        let mut prompt = standing(case, finding, finding.rule, round, state);
        (prompt.look_again_ms, prompt.can_be_told, prompt.stands) = (None, false, Stands::AfterLeaving);
        let list = if prompt.settled.is_some() { &mut out.settled } else { &mut out.open };
        list.push(prompt);
    }
    out
}

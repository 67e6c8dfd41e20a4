//! From findings to prompts: which are to be raised now, which are open, which were dealt with and wait for a second look.
//!
//! A prompt is raised once for each (rule, cause, round). It is settled by an answer, an acknowledgement or a second look.
//! It comes back, one round and one step later, when the second look found the same or worse, when nobody looked again in
//! time, or at once when a medium or high one has become worse than it was when it was settled. Where the rule says so, the
//! next rule of its chain takes over instead (`escalation`). A medium or high one that cleared by itself stays until a
//! named person has acknowledged it; what a look alone does not end stands in `stands`.

use super::dealt::{call_step, dealt_with};
use super::escalation;
use super::finding::{Finding, raised_rounds};
use super::history::History;
use super::latched::latched;
use super::stands;
use super::worse;
use crate::protocol::{Priority, Protocol, Response, Subject};
use crate::session::{At, Change, MINUTE_MS, PromptId, PromptState, Session};

/// A prompt on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Its identity.
    pub id: PromptId,
    /// Index into the protocol's responses: what is said and offered.
    pub rule: usize,
    /// Index of the response whose finding it is: another than `rule` where that one took over.
    pub found_by: usize,
    /// How loudly.
    pub priority: Priority,
    /// When it was raised.
    pub raised: At,
    /// The entry whose value stands beside it: the last of its subject.
    pub latest: u64,
    /// When it was dealt with, and by whom.
    pub settled: Option<(At, String)>,
    /// Of one whose finding has gone: when it was dealt with before it came back, and by whom.
    pub dealt_before: Option<(At, String)>,
    /// When somebody should look again, session time, ms.
    pub look_again_ms: Option<i64>,
    /// What was done for it in all its rounds: when, and in which words.
    pub done: Vec<(At, String)>,
    /// The step that comes next, after those that did not help: an index into the response's steps.
    pub next_step: Option<usize>,
    /// Whether "better", "same" or "worse" can be said of it: it was dealt with, and is nothing that is measured.
    pub can_be_told: bool,
    /// Whether the finding has gone: it stays because nobody acknowledged it.
    pub latched_only: bool,
    /// Whether it stands until a clinician's word is recorded.
    pub stands: Stands,
}

/// Whether a prompt stands until a clinician's word is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It ends as others do.
    No,
    /// Until then.
    UntilWord,
    /// Until then, and the patient has left: nobody is there to be looked at or stayed with.
    AfterLeaving,
}

/// A prompt that is to be raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// Which.
    pub prompt: PromptId,
    /// How loudly.
    pub priority: Priority,
    /// The prompt that it is the next step up of.
    pub from: Option<PromptId>,
}

/// Prompts by what is to be done with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompts {
    /// To be raised now.
    pub to_raise: Vec<Raise>,
    /// Open: worst first, the newest of equals first.
    pub open: Vec<Prompt>,
    /// Dealt with, while the finding still holds or a second look is due: whose second look comes first stands first.
    pub settled: Vec<Prompt>,
}

impl Prompts {
    /// What is open, and what was dealt with and still holds.
    pub fn standing(&self) -> impl Iterator<Item = &Prompt> {
        self.open.iter().chain(&self.settled)
    }
}

/// What every step here looks at.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) protocol: &'a Protocol,
    pub(super) session: &'a Session,
    pub(super) history: &'a History,
    pub(super) now: At,
}

/// What becomes of a prompt that was dealt with.
enum Course {
    /// Nothing more: better, or looked after.
    Over,
    /// It waits for its second look.
    Waits,
    /// It comes back.
    Again,
    /// It had become better, and was found once more: it comes back, and nothing has failed to help.
    Anew,
}

/// Sorts findings into prompts.
#[must_use]
pub(super) fn prompts(case: Case<'_>, holding: &[Finding]) -> Prompts {
    let mut out = Prompts::default();
    let holding: Vec<(Finding, usize)> =
        holding.iter().map(|finding| (escalation::followed(case, finding), finding.rule)).collect();
    for (finding, found_by) in &holding {
        place(&mut out, case, finding, *found_by);
    }
    for (id, state) in &case.session.state().prompts {
        if let Some(prompt) = latched(case, &holding, id, state) {
            out.open.push(prompt);
        }
    }
    // Of equals the newest: what was just entered is what the next digit answers.
    // By its finding: one that went a step up, or came back, is no newer for it.
    out.open.sort_by_key(|p| std::cmp::Reverse((p.priority, p.id.cause, p.raised.session_ms)));
    out.settled.sort_by_key(|p| (p.look_again_ms.unwrap_or(i64::MAX), std::cmp::Reverse(p.priority), p.id.cause));
    out
}

fn place(out: &mut Prompts, case: Case<'_>, finding: &Finding, found_by: usize) {
    let response = &case.protocol.responses[finding.rule];
    let name = |round| PromptId { rule: response.id.clone(), cause: finding.cause, round };
    // Entered and answered by the word before anybody was told: nothing is told any more.
    if stands::word_on(case, finding).is_some() {
        return;
    }
    let Some((round, state)) = raised_rounds(case.session, &response.id, finding.cause).next_back() else {
        out.to_raise.push(Raise { prompt: name(0), priority: response.priority, from: None });
        return;
    };
    let prompt = standing(case, finding, found_by, round, state);
    let settled = prompt.settled.as_ref().map(|(at, _)| *at);
    let up = |from| escalation::Up { case, finding, from };
    let again = || Raise { prompt: name(round + 1), priority: response.priority, from: None };
    let Some(settled) = settled else {
        match up(prompt.id.clone()).unanswered(state) {
            Some(raise) => out.to_raise.push(raise),
            None => out.open.push(prompt),
        }
        return;
    };
    match course(case, response, finding, state, &prompt, settled) {
        Course::Over => {}
        Course::Waits => out.settled.push(prompt),
        Course::Again => out.to_raise.push(up(prompt.id).unimproved(round + 1).unwrap_or_else(again)),
        Course::Anew => out.to_raise.push(again()),
    }
}

/// A prompt that was raised, as it stands now.
pub(super) fn standing(case: Case<'_>, finding: &Finding, found_by: usize, round: u32, state: &PromptState) -> Prompt {
    let response = &case.protocol.responses[finding.rule];
    let settled_by = dealt_with(case.session, response, state);
    let settled = settled_by.as_ref().map(|(at, _)| *at);
    let next = if round > 0 { next_step(case.session, response, finding.cause) } else { None };
    Prompt {
        id: PromptId { rule: response.id.clone(), cause: finding.cause, round },
        rule: finding.rule,
        found_by,
        priority: state.priority,
        raised: state.raised,
        latest: finding.latest.seq,
        settled: settled_by,
        dealt_before: None,
        look_again_ms: settled.and_then(|at| look_again(response, finding, at)),
        done: done(case.session, response, finding.cause),
        next_step: call_step(response, state).filter(|_| settled.is_none()).or(next),
        can_be_told: finding.subject.is_told()
            && (response.steps.is_empty() || was_dealt_with(case, response, finding)),
        latched_only: false,
        stands: if stands::waits_for_word(finding.subject) { Stands::UntilWord } else { Stands::No },
    }
}

fn was_dealt_with(case: Case<'_>, response: &Response, finding: &Finding) -> bool {
    raised_rounds(case.session, &response.id, finding.cause).any(|(_, state)| state.settled_at().is_some())
}

fn course(
    case: Case<'_>,
    response: &Response,
    finding: &Finding,
    state: &PromptState,
    prompt: &Prompt,
    settled: At,
) -> Course {
    // What was told counts until somebody answers again: a call that was made for something else says nothing about this.
    let answered = state.answers.last().map(|answer| answer.at.session_ms);
    let told = state.looks.last().filter(|look| answered.is_none_or(|answered| answered <= look.at.session_ms));
    let since = finding.latest.at.session_ms > told.map_or(settled, |look| look.at).session_ms;
    let again = match told.map(|look| look.change) {
        Some(Change::Same | Change::Worse) => true,
        // Better is no word of the clinician's: it waits for its next look.
        Some(Change::Better) if prompt.stands != Stands::No => is_back(case, response, finding, state, prompt),
        Some(Change::Better) if since => return Course::Anew,
        Some(Change::Better) => return Course::Over,
        None if is_event(finding.subject)
            && prompt.stands == Stands::No
            && stands::looked_after(case.session, state, settled) =>
        {
            return Course::Over;
        }
        None => {
            (response.priority.latches() && worse::is_worse(case.protocol, case.history, finding, settled))
                || is_back(case, response, finding, state, prompt)
        }
    };
    if again {
        Course::Again
    } else if response.look_again_min.is_some() || response.priority > Priority::Prompt || prompt.stands != Stands::No {
        Course::Waits
    } else {
        Course::Over
    }
}

/// When somebody should look again: counted from the answer, or from the last look at the same thing after it.
fn look_again(response: &Response, finding: &Finding, settled: At) -> Option<i64> {
    let from = settled.session_ms.max(finding.latest.at.session_ms);
    Some(from + i64::from(response.look_again_min?) * MINUTE_MS)
}

/// Nobody looked in time, or the second look, late enough to be one, found the same; one that found less waits for the next.
/// An alarm comes back at its time; what is no alarm waits quietly, as long as any check may be late.
fn is_back(case: Case<'_>, response: &Response, finding: &Finding, state: &PromptState, prompt: &Prompt) -> bool {
    let (Some(due), Some(wait_min)) = (prompt.look_again_ms, response.look_again_min) else { return false };
    let Some((settled, _)) = prompt.settled else { return false };
    let looked_at = finding.latest.at.session_ms;
    let is_second = looked_at >= state.raised.session_ms + i64::from(wait_min) * MINUTE_MS;
    let same_again = looked_at > settled.session_ms && is_second && !worse::has_eased(case.history, finding);
    let patience_min = if response.priority.latches() { 0 } else { case.protocol.schedule.overdue_after_min };
    case.now.session_ms >= due + i64::from(patience_min) * MINUTE_MS || same_again
}

/// The step after the last that was recorded in any round; one that touches is passed over where touch was refused.
fn next_step(session: &Session, response: &Response, cause: u64) -> Option<usize> {
    let rounds = raised_rounds(session, &response.id, cause);
    let done = rounds.flat_map(|(_, state)| &state.answers).map(|answer| usize::from(answer.response)).max();
    let refused = session.state().comfort.refuses_touch();
    (done?..response.steps.len()).find(|next| !(refused && response.steps[*next].touch))
}

fn done(session: &Session, response: &Response, cause: u64) -> Vec<(At, String)> {
    let rounds = raised_rounds(session, &response.id, cause);
    let answers = rounds.flat_map(|(_, state)| &state.answers).filter(|answer| answer.response > 0);
    answers.map(|answer| (answer.at, answer.text.clone())).collect()
}

/// Whether the subject is something that happens, rather than something that has a value from now on.
const fn is_event(subject: Subject) -> bool {
    matches!(subject, Subject::Vomiting | Subject::Sign(_))
}

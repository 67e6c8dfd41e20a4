//! In which order findings are told to somebody who was not there: by gravity and time alone. Whether one was acknowledged
//! meanwhile changes nothing of what is said first, and while a call is open what it began with stays.

use std::cmp::Reverse;

use super::escalation;
use super::latched::gone;
use super::prompt::{Case, Prompt};
use super::{Guidance, OpenCall};
use crate::protocol::{Protocol, Sign, Subject};
use crate::session::{Call, Session};

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// What stands first; while a call is open, what stood first when it was made.
    pub first: Option<Prompt>,
    /// Found since the open call was made, the gravest first.
    pub new: Vec<Prompt>,
    /// Everything else that stands, the gravest first.
    pub others: Vec<Prompt>,
}

impl Told {
    /// What is told now.
    #[must_use]
    pub fn of(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Self {
        let case = Case { protocol, session, history: &guidance.history, now: guidance.now };
        let open = OpenCall::of(protocol, session, guidance.now);
        let standing = standing(case, guidance);
        let Some(call) = session.state().call().filter(|_| open.is_some()) else {
            let mut all = standing.into_iter();
            return Self { first: all.next(), new: Vec::new(), others: all.collect() };
        };
        let (mut known, new): (Vec<Prompt>, Vec<Prompt>) =
            standing.into_iter().partition(|prompt| was_known(case, prompt, call));
        known.extend(gone_since(case, &known, call));
        sort(case, &mut known);
        let mut known = known.into_iter();
        let first = known.next();
        // A call that was made before anything was found has nothing to stay with.
        if first.is_none() {
            let mut new = new.into_iter();
            return Self { first: new.next(), new: Vec::new(), others: new.collect() };
        }
        Self { first, new, others: known.collect() }
    }

    /// What asks for most.
    #[must_use]
    pub fn gravest(&self) -> Option<&Prompt> {
        let all = self.first.iter().chain(&self.new).chain(&self.others);
        // Of equals the first.
        all.reduce(|most, next| if weight(next) > weight(most) { next } else { most })
    }
}

/// How much it asks for.
const fn weight(prompt: &Prompt) -> (bool, crate::protocol::Priority) {
    (!prompt.latched_only, prompt.priority)
}

/// What is open and what was dealt with and still holds, the gravest first.
fn standing(case: Case<'_>, guidance: &Guidance) -> Vec<Prompt> {
    let mut all: Vec<Prompt> = guidance.prompts.standing().cloned().collect();
    sort(case, &mut all);
    all
}

/// By priority; what holds before what has gone; self-harm, then what was seen or said, then what was measured or graded;
/// the newest first.
fn sort(case: Case<'_>, all: &mut [Prompt]) {
    all.sort_by_key(|prompt| {
        let kind = match subject(case, prompt) {
            Some(Subject::Sign(Sign::SelfHarm)) => 0,
            Some(Subject::Sign(_) | Subject::Vomiting) => 1,
            _ => 2,
        };
        let found_ms = case.session.row(prompt.id.cause).map_or(0, |row| row.item.at.session_ms);
        (Reverse(prompt.priority), prompt.latched_only, kind, Reverse((found_ms, prompt.id.cause)))
    });
}

fn subject(case: Case<'_>, prompt: &Prompt) -> Option<Subject> {
    case.protocol.responses.get(prompt.found_by).map(|response| response.when.subject())
}

/// Whether it stood when the call was made: it was found before, or something of its subject was.
fn was_known(case: Case<'_>, prompt: &Prompt, call: &Call) -> bool {
    let subject = subject(case, prompt);
    prompt.id.cause < call.seq
        || (subject.is_some_and(is_measured)
            && case.session.state().prompts.iter().any(|(id, state)| {
                id.cause < call.seq
                    && state.settled_at().is_none_or(|settled| settled.session_ms >= call.called.session_ms)
                    && escalation::found_by(case, id).map(|(_, found)| found.when.subject()) == subject
            }))
}

/// What a value can put an end to, while nobody says a word.
const fn is_measured(subject: Subject) -> bool {
    matches!(subject, Subject::Reading(_) | Subject::Scale(_))
}

/// What the call was about, where a later value has put an end to it: whoever listens is told both.
fn gone_since(case: Case<'_>, known: &[Prompt], call: &Call) -> Vec<Prompt> {
    let mut found: Vec<(Subject, Prompt)> = Vec::new();
    for (id, state) in &case.session.state().prompts {
        let stood_then = id.cause < call.seq
            && state.raised.session_ms <= call.called.session_ms
            && state.settled_at().is_none_or(|settled| settled.session_ms >= call.called.session_ms);
        let Some((_, response)) = escalation::found_by(case, id).filter(|_| stood_then) else { continue };
        let about = response.when.subject();
        let is_told = known.iter().any(|prompt| subject(case, prompt) == Some(about));
        let Some(prompt) = gone(case, id, state).filter(|_| is_measured(about) && !is_told) else { continue };
        match found.iter_mut().find(|(known, _)| *known == about) {
            Some((_, earlier)) if earlier.id.cause <= prompt.id.cause => *earlier = prompt,
            Some(_) => {}
            None => found.push((about, prompt)),
        }
    }
    found.into_iter().map(|(_, prompt)| prompt).collect()
}

//! Which responses hold now: for each subject the most urgent, with the entry that caused it.

use std::collections::BTreeMap;

use super::history::{Happened, History};
use super::only::Fits;
use super::run::{Run, run};
use crate::protocol::{Protocol, Response, Subject};
use crate::session::{At, PromptState, Session};

/// A response that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// Index into the protocol's responses.
    pub rule: usize,
    /// What it is about.
    pub subject: Subject,
    /// The entry that caused it.
    pub cause: u64,
    /// Since when it holds.
    pub since: At,
    /// The last entry about the subject.
    pub latest: Happened,
}

/// Every response that holds now; of several for one subject, the most urgent (of equals, the first in the file).
#[must_use]
pub fn findings(protocol: &Protocol, session: &Session, history: &History, now: At) -> Vec<Finding> {
    let mut worst: BTreeMap<Subject, Finding> = BTreeMap::new();
    for (rule, response) in protocol.responses.iter().enumerate() {
        let Some(fits) = Fits::of(&response.only, session, history) else { continue };
        let Some(run) = run(protocol, history, response, &fits, now) else { continue };
        let Some(cause) = cause(session, response, &run) else { continue };
        let subject = response.when.subject();
        let finding = Finding { rule, subject, cause: cause.seq, since: cause.at, latest: run.latest };
        let louder = |other: &Finding| response.priority > protocol.responses[other.rule].priority;
        if worst.get(&subject).is_none_or(louder) {
            worst.insert(subject, finding);
        }
    }
    worst.into_values().collect()
}

/// The entry that names the prompt: one that was raised already keeps its name, so that a late entry put in before it
/// does not raise it a second time.
fn cause(session: &Session, response: &Response, run: &Run) -> Option<Happened> {
    let raised = |happened: &&Happened| raised_rounds(session, &response.id, happened.seq).next().is_some();
    run.causes.iter().find(raised).or_else(|| run.causes.first()).copied()
}

/// The rounds in which a prompt was raised, in order.
pub(super) fn raised_rounds<'a>(
    session: &'a Session,
    rule: &'a str,
    cause: u64,
) -> impl DoubleEndedIterator<Item = (u32, &'a PromptState)> {
    session
        .state()
        .prompts
        .iter()
        .filter(move |(id, _)| id.cause == cause && id.rule == rule)
        .map(|(id, state)| (id.round, state))
}

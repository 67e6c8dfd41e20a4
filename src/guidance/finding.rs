//! Which responses hold now: for each subject the most urgent, with the entry that caused it.

use std::collections::BTreeMap;

use super::history::{Graded, Happened, History};
use crate::protocol::{Protocol, Reach, ReadingKind, Response, Scale, Subject, When};
use crate::session::{At, MINUTE_MS, Outcome, PromptState, Session};

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

/// A run of entries that satisfy a rule, up to the last one of the subject.
struct Run {
    /// The entries that may stand as its cause, in order.
    causes: Vec<Happened>,
    latest: Happened,
}

/// Every response that holds now; of several for one subject, the most urgent (of equals, the first in the file).
#[must_use]
pub fn findings(protocol: &Protocol, session: &Session, history: &History, now: At) -> Vec<Finding> {
    let mut worst: BTreeMap<Subject, Finding> = BTreeMap::new();
    for (rule, response) in protocol.responses.iter().enumerate() {
        let Some(run) = run(protocol, history, response, now) else { continue };
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

fn run(protocol: &Protocol, history: &History, response: &Response, now: At) -> Option<Run> {
    match response.when {
        When::Graded { scale, at_least, at_most, for_min, readings } => {
            graded(history.grades.get(&scale)?, at_least..=at_most, for_min, readings, now)
        }
        When::Vomiting { sedation_at_most } => {
            let vomited = once(&history.vomits)?;
            // Sedated then: by the grade that stood, or by one noted while the vomiting is still looked after.
            let until_ms = vomited.latest.at.session_ms + i64::from(response.look_again_min.unwrap_or(0)) * MINUTE_MS;
            let grades = history.grades.get(&Scale::Sedation).map_or(&[][..], Vec::as_slice);
            let then = grades.iter().rfind(|graded| graded.at.session_ms <= until_ms);
            let holds = sedation_at_most.is_none_or(|most| then.is_some_and(|graded| graded.grade <= most));
            holds.then_some(vomited)
        }
        When::Seen { sign } => once(history.signs.get(&sign)?),
        When::Vital { reading, reaches } => vital(protocol, history, reading, reaches),
        When::Unobtainable => unobtainable(history),
    }
}

fn once(all: &[Happened]) -> Option<Run> {
    let latest = *all.last()?;
    Some(Run { causes: vec![latest], latest })
}

fn graded(
    all: &[Graded],
    grades: std::ops::RangeInclusive<u8>,
    for_min: Option<u32>,
    readings: Option<u32>,
    now: At,
) -> Option<Run> {
    let begin = all.iter().rposition(|g| !grades.contains(&g.grade)).map_or(0, |outside| outside + 1);
    let run = all.get(begin..)?;
    let (first, last) = (run.first()?, run.last()?);
    if for_min.is_some_and(|min| now.session_ms - first.at.session_ms < i64::from(min) * MINUTE_MS) {
        return None;
    }
    let needed = readings.map_or(1, |n| n.max(1) as usize);
    let causes: Vec<Happened> = run.iter().skip(needed - 1).map(|g| Happened { seq: g.seq, at: g.at }).collect();
    if causes.is_empty() { None } else { Some(Run { causes, latest: Happened { seq: last.seq, at: last.at } }) }
}

/// Walks forward, for an alarm holds on the way back until the value is well inside its limit.
fn vital(protocol: &Protocol, history: &History, kind: ReadingKind, reaches: Reach) -> Option<Run> {
    let mut level = Reach::Inside;
    let mut run: Option<Run> = None;
    for taken in &history.vitals {
        let Some(reach) = history.reach(protocol, kind, taken, level) else { continue };
        let here = Happened { seq: taken.seq, at: taken.at };
        match &mut run {
            Some(run) if reach == level => {
                run.causes.push(here);
                run.latest = here;
            }
            _ => run = Some(Run { causes: vec![here], latest: here }),
        }
        level = reach;
    }
    if level == reaches { run } else { None }
}

fn unobtainable(history: &History) -> Option<Run> {
    let failed = |kind: &ReadingKind| {
        let (outcome, taken) = history.last_attempt(*kind)?;
        (outcome == Outcome::Unobtainable).then_some(Happened { seq: taken.seq, at: taken.at })
    };
    let latest = ReadingKind::ALL.iter().filter_map(failed).max_by_key(|happened| happened.seq)?;
    Some(Run { causes: vec![latest], latest })
}

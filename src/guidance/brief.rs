//! What the next sitter must know in fifteen seconds: who, what happened, what helped, what is open. The readings with
//! their ages and what is due stand in the rest of the guidance.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::latched::is_in_error;
use super::prompt::Case;
use super::{Guidance, Prompt, Told};
use crate::protocol::{Priority, Protocol, Scale, Subject, When};
use crate::session::{At, Call, Change, Description, PromptId, PromptState, Session, Zone};

/// So many findings are told; the rest are counted.
const HAPPENINGS: usize = 3;

/// A finding that spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Index into the protocol's responses.
    pub rule: usize,
    /// The entry that caused it.
    pub cause: u64,
    /// How loudly it spoke.
    pub priority: Priority,
    /// When.
    pub at: At,
}

/// A response, and what came after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helped {
    /// The response's words.
    pub text: String,
    /// What came after it.
    pub after: After,
    /// When it was answered.
    pub at: At,
}

/// What came after a response. Help is claimed of the first two alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Somebody looked again and said that it was better.
    Better,
    /// The next grade, at which no prompt of the scale holds.
    Cleared {
        /// The scale.
        scale: Scale,
        /// The grade when it was answered.
        from: u8,
        /// The next grade after it.
        to: u8,
    },
    /// The next grade, at which one still holds: whether it helped, nobody said.
    Graded {
        /// The scale.
        scale: Scale,
        /// The grade when it was answered.
        from: u8,
        /// The next grade after it.
        to: u8,
    },
}

/// The brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The patient's age, whole years, where the date of birth is known.
    pub age_years: Option<u32>,
    /// What stands now, in the order in which it is told: the gravest first.
    pub standing: Vec<Prompt>,
    /// What else happened, the worst first, as many as have room; of equals the last.
    pub happened: Vec<Happening>,
    /// How many more findings spoke.
    pub more: usize,
    /// What helped last; where nothing did, what was done last, with the grade that came after it.
    pub helped: Option<Helped>,
    /// Prompts that nobody has dealt with.
    pub open: usize,
    /// The next second look at something dealt with, session time, ms.
    pub look_again_ms: Option<i64>,
    /// Reasons owed.
    pub owed: usize,
    /// Unlikely values that nobody has confirmed.
    pub unconfirmed: usize,
    /// A call that nobody has come to yet.
    pub call: Option<Call>,
}

impl Brief {
    /// The brief of this moment.
    #[must_use]
    pub fn of(protocol: &Protocol, session: &Session, guidance: &Guidance, zone: &Zone) -> Self {
        let state = session.state();
        let Told { first, new, others } = Told::of(protocol, session, guidance);
        let standing: Vec<Prompt> =
            first.into_iter().chain(new).chain(others).filter(|told| is_listed(guidance, told)).collect();
        let mut happened = happenings(protocol, session, guidance);
        happened.retain(|happening| !standing.iter().any(|prompt| prompt.id.cause == happening.cause));
        let room = HAPPENINGS - standing.len().min(HAPPENINGS - 1);
        let more = happened.len().saturating_sub(room);
        happened.truncate(room);
        let prompts = &guidance.prompts;
        Self {
            age_years: age_years(&state.description, zone, guidance.now),
            standing,
            happened,
            more,
            helped: helped(protocol, session, guidance),
            open: prompts.open.len(),
            look_again_ms: prompts.settled.iter().filter_map(|prompt| prompt.look_again_ms).min(),
            owed: state.owed.len(),
            unconfirmed: state.unconfirmed.len(),
            call: state.call().filter(|call| call.is_open()).cloned(),
        }
    }
}

/// Whether it is one of those that the banner counts.
fn is_listed(guidance: &Guidance, told: &Prompt) -> bool {
    guidance.prompts.standing().any(|prompt| prompt.id == told.id)
}

/// Each finding that spoke, once for its subject and cause, the worst first; of equals the last. A value that was corrected
/// and says nothing any more, or was withdrawn, has not happened.
fn happenings(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Vec<Happening> {
    let case = Case { protocol, session, history: &guidance.history, now: guidance.now };
    let mut found: BTreeMap<(Subject, u64), Happening> = BTreeMap::new();
    for (id, prompt) in &session.state().prompts {
        // A step up of another prompt tells of the same thing, louder.
        let Some((rule, response)) = protocol.response(&session.state().foot_of(id).rule) else { continue };
        let Some(cause) = session.row(id.cause).filter(|_| !is_in_error(case, response, id.cause)) else { continue };
        let happening = Happening { rule, cause: id.cause, priority: prompt.priority, at: cause.item.at };
        // Two rules may speak of one entry: nausea, and the same nausea ten minutes later. The louder one tells it.
        let told = found.entry((response.when.subject(), id.cause)).or_insert_with(|| happening.clone());
        if happening.priority > told.priority {
            *told = happening;
        }
    }
    let mut all: Vec<Happening> = found.into_values().collect();
    all.sort_by_key(|happening| Reverse((happening.priority, happening.at.session_ms, happening.cause)));
    all
}

/// The last response that helped, by the word of whoever looked again or by a grade that no prompt holds at; else the last
/// one that a grade came after.
fn helped(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Option<Helped> {
    let prompts = session.state().prompts.iter();
    let answers = prompts.flat_map(|(id, prompt)| prompt.answers.iter().map(move |answer| (id, prompt, answer)));
    let helped = answers.filter(|(_, _, answer)| answer.response > 0).filter_map(|(id, prompt, answer)| {
        let graded = || graded_after(protocol, session, guidance, id, answer.at);
        let after = if told_better(prompt, answer.at) { After::Better } else { graded()? };
        Some(Helped { text: answer.text.clone(), after, at: answer.at })
    });
    helped.max_by_key(|helped| (!matches!(helped.after, After::Graded { .. }), helped.at.session_ms))
}

/// The first look after an answer said "better".
pub(super) fn told_better(prompt: &PromptState, answered: At) -> bool {
    let look = prompt.looks.iter().find(|look| look.at.session_ms >= answered.session_ms);
    look.is_some_and(|look| look.change == Change::Better)
}

/// The next grade after an answer, and whether a prompt of the scale holds at it.
fn graded_after(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    id: &PromptId,
    answered: At,
) -> Option<After> {
    let Subject::Scale(scale) = protocol.response(&session.state().foot_of(id).rule)?.1.when.subject() else {
        return None;
    };
    let grades = guidance.history.grades.get(&scale)?;
    let next = grades.iter().position(|graded| graded.at.session_ms > answered.session_ms)?;
    let (from, to) = (grades.get(next.checked_sub(1)?)?.grade, grades[next].grade);
    // Deeper sedation is a lower grade.
    let is_better = if scale == Scale::Sedation { to > from } else { to < from };
    let holds = protocol.responses.iter().any(|response| {
        matches!(response.when, When::Graded { scale: of, at_least, at_most, .. }
            if of == scale && (at_least..=at_most).contains(&to))
    });
    Some(if is_better && !holds { After::Cleared { scale, from, to } } else { After::Graded { scale, from, to } })
}

/// The age on the day that the zone's calendar shows now; one that nobody reaches is a slip of the keys, and not told.
fn age_years(description: &Description, zone: &Zone, now: At) -> Option<u32> {
    description.age_years(zone.local(now.utc_ms).date_naive()).filter(|years| *years <= 130)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case::today("1984-11-23", Some(42))]
    #[case::tomorrow("1984-11-24", Some(41))]
    #[case::leap_day("2004-02-29", Some(22))]
    #[case::to_come("2027-01-01", None)]
    #[case::no_date("March", None)]
    fn ages(#[case] born: &str, #[case] expected: Option<u32>) {
        // 23 November 2026, 19:00 UTC.
        let now = At { session_ms: 0, utc_ms: 1_795_460_400_000 };
        let description = Description { born: Some(born.to_owned()), ..Description::default() };
        assert_eq!(age_years(&description, &Zone::utc(), now), expected);
    }
}

//! What happened in a visit that the next one should know of, at its minute, and what was done about it.

use std::collections::BTreeMap;

use super::brief::told_better;
use super::history::History;
use crate::protocol::{Comfort, Scale, Sign, Vital};
use crate::session::{Event, MINUTE_MS, Observation, PromptId, PromptState, Session};

/// Something that happened, at its minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Minutes since the start of the infusion.
    pub t_plus_min: i64,
    /// What.
    pub what: What,
    /// After which it was better, each once.
    pub helped: Vec<Aid>,
    /// What else was done about it: whether that helped, nobody said.
    pub done: Vec<Aid>,
    /// The grade that came after the last of that.
    pub then: Option<u8>,
}

/// Something done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aid {
    /// A response of the protocol, in its words.
    Response(String),
    /// A comfort measure.
    Comfort(Comfort),
}

/// What can happen again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It began, or became worse, on a scale.
    Grade(Scale, u8),
    /// Vomiting.
    Vomiting,
    /// Something seen or said.
    Seen(Sign),
    /// The highest blood pressure of the infusion.
    PressurePeak {
        /// mmHg.
        systolic: u16,
        /// mmHg.
        diastolic: u16,
    },
}

impl What {
    /// How much it matters to whoever sits there the next time: 0 most.
    #[must_use]
    pub const fn weight(self) -> u8 {
        match self {
            Self::Grade(Scale::Sedation, ..=2)
            | Self::Seen(
                Sign::SelfHarm
                | Sign::Seizure
                | Sign::ChestPain
                | Sign::TroubleBreathing
                | Sign::VisualLoss
                | Sign::SevereHeadache
                | Sign::RashOrSwelling,
            ) => 0,
            Self::Vomiting | Self::Grade(Scale::Sedation, _) => 1,
            Self::Grade(Scale::Nausea, 3..) | Self::Grade(Scale::Anxiety, 7..) => 2,
            Self::PressurePeak { .. }
            | Self::Grade(Scale::Nausea, 2)
            | Self::Grade(Scale::Anxiety, _)
            | Self::Seen(Sign::Challenging | Sign::GetsUp) => 3,
            Self::Grade(..) | Self::Seen(_) => 4,
        }
    }
}

/// Anxiety below this is told in no later visit: the prompt alone, no alarm (protocol-facts 7).
const ANXIETY_FROM: u8 = 4;
/// Sedation above this is told in no later visit: no alarm (protocol-facts 7).
const SEDATION_TO: u8 = 3;
/// A comfort measure so long after it may still be about it, ms.
const COMFORT_WITHIN_MS: i64 = 15 * MINUTE_MS;

/// A moment, with its session time, ms.
type Found = (i64, Moment);

/// Everything from the start on, in order of time.
pub(super) fn moments(session: &Session) -> Vec<Moment> {
    let mut found: Vec<Found> = Vec::new();
    let mut last: BTreeMap<Scale, u8> = BTreeMap::new();
    for row in session.standing() {
        let Event::ObservationRecorded { observation } = row.event else { continue };
        let Some(t_plus_min) = session.state().infusion.t_plus_min(row.item.at.session_ms) else { continue };
        let what = match observation {
            Observation::Vomiting => Some(What::Vomiting),
            Observation::Seen(sign) if sign.is_look() => Some(What::Seen(*sign)),
            other => other.grade().and_then(|(scale, grade)| {
                let before = last.insert(scale, grade);
                is_told(scale, grade, before).then_some(What::Grade(scale, grade))
            }),
        };
        if let Some(what) = what.filter(|_| t_plus_min >= 0) {
            found.push((row.item.at.session_ms, Moment::of(t_plus_min, what)));
        }
    }
    let history = History::of(session);
    for (id, prompt) in &session.state().prompts {
        add_responses(session, &history, id, prompt, &mut found);
    }
    add_comfort(session, &history, &mut found);
    found.extend(peak(session, &history));
    found.sort_by_key(|(at_ms, _)| *at_ms);
    found.into_iter().map(|(_, moment)| moment).collect()
}

/// Whether a grade is told: one that is worse than the one before it.
fn is_told(scale: Scale, grade: u8, before: Option<u8>) -> bool {
    match scale {
        Scale::Nausea => grade > before.unwrap_or(0),
        Scale::Anxiety => grade >= ANXIETY_FROM && grade > before.unwrap_or(0),
        Scale::Sedation => grade <= SEDATION_TO && before.is_none_or(|before| grade < before),
        Scale::Dissociation | Scale::Pain => false,
    }
}

impl Moment {
    const fn of(t_plus_min: i64, what: What) -> Self {
        Self { t_plus_min, what, helped: Vec::new(), done: Vec::new(), then: None }
    }

    /// What was done about it. That it helped is what a second look said, or a next grade at which nothing is left of it:
    /// nothing is taken for help that was only done.
    fn add(&mut self, aid: Aid, helped: bool, then: Option<u8>) {
        if !helped {
            self.then = then.or(self.then);
        }
        if helped {
            self.done.retain(|done| *done != aid);
        }
        if helped && !self.helped.contains(&aid) {
            self.helped.push(aid);
        } else if !helped && !self.helped.contains(&aid) && !self.done.contains(&aid) {
            self.done.push(aid);
        }
    }
}

/// Responses to the prompts that a moment raised.
fn add_responses(session: &Session, history: &History, id: &PromptId, prompt: &PromptState, found: &mut [Found]) {
    let Some(cause) = session.row(id.cause).map(|row| row.event) else { return };
    for answer in prompt.answers.iter().filter(|answer| answer.response > 0) {
        let at_ms = answer.at.session_ms;
        let moment = found.iter_mut().rev().find(|(since_ms, moment)| *since_ms <= at_ms && moment.what.is_of(cause));
        if let Some((_, moment)) = moment {
            let then = graded_after(history, moment.what, at_ms);
            let helped = told_better(prompt, answer.at) || then.is_some_and(|then| moment.what.has_cleared(then));
            moment.add(Aid::Response(answer.text.clone()), helped, then);
        }
    }
}

/// Comfort measures, each with the moment that it came soon after.
fn add_comfort(session: &Session, history: &History, found: &mut [Found]) {
    for row in session.standing() {
        let Event::ComfortNoted { measure, .. } = row.event else { continue };
        // These are no answer to anything.
        if matches!(measure, Comfort::ShadesOff | Comfort::Bathroom) {
            continue;
        }
        let at = row.item.at;
        let within = at.session_ms - COMFORT_WITHIN_MS..=at.session_ms;
        let Some((_, moment)) = found.iter_mut().rev().find(|(since_ms, _)| within.contains(since_ms)) else {
            continue;
        };
        let is_about = |id: &PromptId| session.row(id.cause).is_some_and(|row| moment.what.is_of(row.event));
        let prompts = session.state().prompts.iter().filter(|(id, _)| is_about(id));
        let told = prompts.map(|(_, prompt)| prompt).any(|prompt| told_better(prompt, at));
        let then = graded_after(history, moment.what, at.session_ms);
        let helped = told || then.is_some_and(|then| moment.what.has_cleared(then));
        moment.add(Aid::Comfort(*measure), helped, then);
    }
}

impl What {
    /// Whether nothing is left of it at a later grade: no prompt of any protocol of ours holds there (protocol-facts 7).
    const fn has_cleared(self, then: u8) -> bool {
        match self {
            // MOAA/S counts the other way round.
            Self::Grade(Scale::Sedation, _) => then > SEDATION_TO,
            Self::Grade(..) => then == 0,
            _ => false,
        }
    }

    /// Whether an observation is of the same kind.
    fn is_of(self, event: &Event) -> bool {
        let Event::ObservationRecorded { observation } = event else { return false };
        match (self, observation) {
            (Self::Grade(scale, _), other) => other.grade().is_some_and(|(of, _)| of == scale),
            (Self::Vomiting, Observation::Vomiting) => true,
            (Self::Seen(sign), Observation::Seen(of)) => sign == *of,
            _ => false,
        }
    }
}

/// The next grade after some moment.
fn graded_after(history: &History, what: What, at_ms: i64) -> Option<u8> {
    let What::Grade(scale, _) = what else { return None };
    history.grades.get(&scale)?.iter().find(|graded| graded.at.session_ms > at_ms).map(|graded| graded.grade)
}

/// The highest pressure from the start on, where it is above the baseline. One that nobody confirmed is not told as a fact.
fn peak(session: &Session, history: &History) -> Option<Found> {
    let after = history.vitals.iter().filter(|taken| history.has_begun(taken.at) && !taken.unconfirmed);
    let pressures = after.filter_map(|taken| {
        let (systolic, diastolic) = (taken.vitals.value(Vital::Systolic)?, taken.vitals.value(Vital::Diastolic)?);
        Some((systolic, diastolic, taken.at))
    });
    let (systolic, diastolic, at) =
        pressures.reduce(|highest, next| if next.0 > highest.0 { next } else { highest })?;
    if history.baseline_value(Vital::Systolic).is_some_and(|baseline| systolic <= baseline) {
        return None;
    }
    let t_plus_min = session.state().infusion.t_plus_min(at.session_ms)?;
    let what = What::PressurePeak { systolic, diastolic };
    Some((at.session_ms, Moment::of(t_plus_min, what)))
}

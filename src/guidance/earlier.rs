//! What one visit leaves for the next: what happened at which minute, what helped, and what was asked.

use std::collections::BTreeMap;

use super::brief::told_better;
use super::history::History;
use crate::protocol::{Scale, Sign, Vital};
use crate::session::{
    CheckedBack, Event, Identity, Observation, PromptId, PromptState, Scores, Screened, Session, SessionId, WeightG,
};

/// One earlier visit.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierVisit {
    /// Its session.
    pub session: SessionId,
    /// Its short number, such as `1116-1`.
    pub number: String,
    /// Whose it is, as it was last described.
    pub who: Identity,
    /// When it was opened, UTC ms.
    pub opened_utc_ms: i64,
    /// By its own times it comes after the visit that it is told in: the clock ran ahead then. They are shown, and not counted from.
    pub clock_ahead: bool,
    /// When the infusion was started, UTC ms; none where there was no infusion.
    pub started_utc_ms: Option<i64>,
    /// Which infusion of how many, where a person typed it.
    pub typed: (Option<u8>, Option<u8>),
    /// What happened, in order.
    pub moments: Vec<Moment>,
    /// The answers of its screening, by item.
    pub screening: BTreeMap<String, Screened>,
    /// Body weight.
    pub weight_g: Option<WeightG>,
    /// Its scores, in order.
    pub scores: Vec<Scores>,
    /// Psychotherapy sessions that were noted in it, as `YYYY-MM-DD`.
    pub psychotherapy: Vec<String>,
    /// What was said on the day after.
    pub checked_back: Option<CheckedBack>,
}

/// Something that happened, at its minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Minutes since the start of the infusion.
    pub t_plus_min: i64,
    /// What.
    pub what: What,
    /// The responses after which it was better, in their words, each once.
    pub helped: Vec<String>,
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

/// Anxiety below this is told in no later visit: the prompt alone, no alarm (protocol-facts 7).
const ANXIETY_FROM: u8 = 4;

impl EarlierVisit {
    /// What a session leaves.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let (state, opening) = (session.state(), session.opening());
        let description = &state.description;
        let asked = &state.asked;
        Self {
            session: session.session_id(),
            number: opening.number.clone(),
            who: Identity::of(description),
            opened_utc_ms: session.opening_entry().fields.recorded_at,
            clock_ahead: false,
            started_utc_ms: state.infusion.started.map(|at| at.utc_ms),
            typed: (description.session_number, description.session_count),
            moments: moments(session),
            screening: asked.screening.iter().map(|(item, (said, _))| (item.clone(), said.clone())).collect(),
            weight_g: description.weight_g,
            scores: asked.scores.iter().map(|(_, scores)| *scores).collect(),
            psychotherapy: asked.psychotherapy.clone(),
            checked_back: asked.checked_back.last().map(|(_, back)| back.clone()),
        }
    }

    /// What happened within some minutes around a minute, and matters most: the first to begin.
    pub fn around(&self, t_plus_min: i64, before_min: i64, after_min: i64) -> impl Iterator<Item = &Moment> {
        let window = t_plus_min - before_min..=t_plus_min + after_min;
        self.moments.iter().filter(move |moment| window.contains(&moment.t_plus_min))
    }

    /// The first nausea or vomiting of the visit.
    #[must_use]
    pub fn nausea(&self) -> Option<&Moment> {
        let is_nausea = |what| matches!(what, What::Grade(Scale::Nausea, _) | What::Vomiting);
        self.moments.iter().find(|moment| is_nausea(moment.what))
    }
}

/// Everything from the start on, in order of time.
fn moments(session: &Session) -> Vec<Moment> {
    let mut found: Vec<(i64, Moment)> = Vec::new();
    let mut last: BTreeMap<Scale, u8> = BTreeMap::new();
    for row in session.standing() {
        let Event::ObservationRecorded { observation } = row.event else { continue };
        let Some(t_plus_min) = session.state().infusion.t_plus_min(row.item.at.session_ms) else { continue };
        let what = match observation {
            Observation::Vomiting => Some(What::Vomiting),
            Observation::Seen(sign) if sign.is_look() => Some(What::Seen(*sign)),
            other => other.grade().and_then(|(scale, grade)| {
                let before = last.insert(scale, grade).unwrap_or(0);
                let least = if scale == Scale::Anxiety { ANXIETY_FROM } else { 1 };
                let is_told = matches!(scale, Scale::Nausea | Scale::Anxiety) && grade >= least && grade > before;
                is_told.then_some(What::Grade(scale, grade))
            }),
        };
        if let Some(what) = what.filter(|_| t_plus_min >= 0) {
            found.push((row.item.at.session_ms, Moment { t_plus_min, what, helped: Vec::new() }));
        }
    }
    let history = History::of(session);
    for (id, prompt) in &session.state().prompts {
        add_helped(session, &history, id, prompt, &mut found);
    }
    found.extend(peak(session, &history));
    found.sort_by_key(|(at_ms, _)| *at_ms);
    found.into_iter().map(|(_, moment)| moment).collect()
}

/// What helped is what a second look, or the next grade, said: nothing is taken for help that was only done.
fn add_helped(session: &Session, history: &History, id: &PromptId, prompt: &PromptState, found: &mut [(i64, Moment)]) {
    let Some(Event::ObservationRecorded { observation }) = session.row(id.cause).map(|row| row.event) else { return };
    let is_about = |what: What| match (what, observation) {
        (What::Grade(scale, _), other) => other.grade().is_some_and(|(of, _)| of == scale),
        (What::Vomiting, Observation::Vomiting) => true,
        (What::Seen(sign), Observation::Seen(of)) => sign == *of,
        _ => false,
    };
    for answer in prompt.answers.iter().filter(|answer| answer.response > 0) {
        let at_ms = answer.at.session_ms;
        let graded = observation.grade().is_some_and(|(scale, _)| is_lower_after(history, scale, at_ms));
        if told_better(prompt, answer.at).is_none() && !graded {
            continue;
        }
        let moment = found.iter_mut().rev().find(|(since_ms, moment)| *since_ms <= at_ms && is_about(moment.what));
        if let Some((_, moment)) = moment
            && !moment.helped.contains(&answer.text)
        {
            moment.helped.push(answer.text.clone());
        }
    }
}

/// Whether the next grade after a moment is lower than the last one before it.
fn is_lower_after(history: &History, scale: Scale, at_ms: i64) -> bool {
    let Some(grades) = history.grades.get(&scale) else { return false };
    let next = grades.iter().position(|graded| graded.at.session_ms > at_ms);
    next.and_then(|next| Some(grades[next].grade < grades.get(next.checked_sub(1)?)?.grade)).unwrap_or(false)
}

/// The highest pressure from the start on, where it is above the baseline. One that nobody confirmed is not told as a fact.
fn peak(session: &Session, history: &History) -> Option<(i64, Moment)> {
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
    Some((at.session_ms, Moment { t_plus_min, what, helped: Vec::new() }))
}

//! What one visit leaves for the next: what happened at which minute, what helped, and what was asked.

use std::collections::BTreeMap;

use super::moments::{Moment, What, moments};
use crate::protocol::Scale;
use crate::session::{CheckedBack, Identity, Scores, Screened, Session, SessionId, WeightG};

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

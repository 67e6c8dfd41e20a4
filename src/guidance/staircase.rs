//! The half-life as a staircase, for staff: each step's clock time and the share of the end amount that is left.
//! A simple model, half-life 2.2 h; not a measure of fitness.

use super::discharge::AfterEnd;
use super::elimination::{Dosed, amount, share_of_end};
use crate::protocol::Protocol;
use crate::session::{At, HOUR_MS, Session};

/// How many half-lives are shown: six reach past 12 hours.
const STEPS: u32 = 6;

/// Hours since END that are asked about (protocol-facts 6): about 3 h patients feel back at baseline, and 12 h is the
/// driving rule; neither follows from the half-life.
const MARKS_H: [u32; 2] = [3, 12];

/// One step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// UTC ms.
    pub utc_ms: i64,
    /// Share of the end amount that is left, 0 to 1.
    pub share: f64,
    /// Whole hours since END, where it is one of the marks that are asked about and no step of the half-life.
    pub hours: Option<u32>,
}

/// The curve after the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Staircase {
    /// Half-life, hours.
    pub half_life_h: f64,
    /// What is left now, as a share of the end amount, 0 to 1.
    pub now: f64,
    /// What was in the body at END, as a share of what was given, 0 to 1.
    pub at_end_of_given: f64,
    /// One step a half-life, and the two marks, in the order of time.
    pub steps: Vec<Step>,
}

/// The curve, where the protocol has a model and the end is recorded.
#[must_use]
pub(super) fn staircase(protocol: &Protocol, session: &Session, after: &AfterEnd, now: At) -> Option<Staircase> {
    let half_life_h = protocol.elimination?.half_life_h;
    let end = session.state().infusion.ended?;
    let half_life_ms = (half_life_h * HOUR_MS as f64).round() as i64;
    let step = |n: u32| Step {
        utc_ms: after.end_utc_ms + i64::from(n) * half_life_ms,
        share: share_of_end(half_life_h, half_life_h * f64::from(n)),
        hours: None,
    };
    let mark = |hours: u32| Step {
        utc_ms: after.end_utc_ms + i64::from(hours) * HOUR_MS,
        share: share_of_end(half_life_h, f64::from(hours)),
        hours: Some(hours),
    };
    let mut steps: Vec<Step> = (1..=STEPS).map(step).chain(MARKS_H.map(mark)).collect();
    steps.sort_by_key(|step| step.utc_ms);
    let dosed = shares(session);
    Some(Staircase {
        half_life_h,
        now: share_of_end(half_life_h, hours(now.session_ms - end.session_ms)),
        at_end_of_given: amount(&dosed, half_life_h, hours(end.session_ms)),
        steps,
    })
}

/// Each segment's share of the dose, from its length and relative rate.
#[must_use]
pub fn shares(session: &Session) -> Vec<Dosed> {
    let segments = session.state().infusion.segments.iter();
    let given = segments.filter_map(|s| Some((s.from_ms, s.to_ms?, s.rate))).filter(|(from, to, _)| to > from);
    let weighted: Vec<Dosed> = given
        .map(|(from_ms, to_ms, rate)| Dosed {
            from_h: hours(from_ms),
            to_h: hours(to_ms),
            amount: (to_ms - from_ms) as f64 * f64::from(rate),
        })
        .collect();
    let total: f64 = weighted.iter().map(|dosed| dosed.amount).sum();
    weighted.into_iter().map(|dosed| Dosed { amount: dosed.amount / total, ..dosed }).collect()
}

fn hours(ms: i64) -> f64 {
    ms as f64 / HOUR_MS as f64
}

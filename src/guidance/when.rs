//! The guidance without a session: END, baseline, driving and what is left, from stretches of infusion that somebody names.
//! Exact: rounding up to the minute is for people.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::discharge::AfterEnd;
use super::elimination::{Dosed, amount};
use crate::protocol::Protocol;
use crate::session::Zone;

/// A constant-rate infusion of a dose, mg. Several may overlap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Given {
    /// Its start.
    pub from: DateTime<Utc>,
    /// Its end, after the start.
    pub to: DateTime<Utc>,
    /// What was given in it, mg.
    pub dose_mg: f64,
}

/// What follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// END: the last stop.
    pub infusion_end: DateTime<Utc>,
    /// About when patients feel back at baseline.
    pub expected_baseline: DateTime<Utc>,
    /// No driving before this.
    pub no_driving_until: DateTime<Utc>,
    /// The same for a sentence.
    pub after: AfterEnd,
    /// Half-life, hours; none where the protocol has no model.
    pub half_life_h: Option<f64>,
    /// What is left, at the moments asked for, in their order; empty where the protocol has no model.
    pub amounts: Vec<Left>,
}

/// What is in the body at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Left {
    /// The moment.
    pub at: DateTime<Utc>,
    /// mg.
    pub amount_mg: f64,
    /// As a share of the amount at END, 0 to 1; none before END.
    pub share_of_end: Option<f64>,
}

/// Works it out; `None` where nothing was given, or where the calendar ends before the answer.
#[must_use]
pub fn when(protocol: &Protocol, given: &[Given], at: &[DateTime<Utc>], zone: &Zone) -> Option<When> {
    let infusion_end = given.iter().map(|given| given.to).max()?;
    let later = |hours: u32| infusion_end.checked_add_signed(TimeDelta::hours(i64::from(hours)));
    // A day to spare, for zones ahead of UTC: times are written with four digits of a year.
    later(protocol.discharge.no_driving_h + 24).filter(|latest| latest.year() <= 9999)?;
    let expected_baseline = later(protocol.discharge.baseline_h)?;
    let no_driving_until = later(protocol.discharge.no_driving_h)?;
    let after = AfterEnd::of(protocol, infusion_end.timestamp_millis(), false, zone);
    let half_life_h = protocol.elimination.map(|model| model.half_life_h);
    let amounts = half_life_h.map(|half_life_h| left(given, infusion_end, half_life_h, at)).unwrap_or_default();
    Some(When { infusion_end, expected_baseline, no_driving_until, after, half_life_h, amounts })
}

fn left(given: &[Given], end: DateTime<Utc>, half_life_h: f64, at: &[DateTime<Utc>]) -> Vec<Left> {
    // Counted from END, so that the figures are small and keep their digits.
    let hours = |moment: DateTime<Utc>| hours(moment - end);
    let dosed: Vec<Dosed> = given
        .iter()
        .map(|given| Dosed { from_h: hours(given.from), to_h: hours(given.to), amount: given.dose_mg })
        .collect();
    let at_end_mg = amount(&dosed, half_life_h, 0.0);
    at.iter()
        .map(|&at| {
            let amount_mg = amount(&dosed, half_life_h, hours(at));
            Left { at, amount_mg, share_of_end: (at >= end).then(|| amount_mg / at_end_mg) }
        })
        .collect()
}

fn hours(span: TimeDelta) -> f64 {
    (span.num_seconds() as f64 + f64::from(span.subsec_nanos()) / 1e9) / 3600.0
}

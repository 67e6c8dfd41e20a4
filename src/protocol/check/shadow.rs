//! Whether one response holds whenever another does: then only the louder of the two is ever heard.

use crate::protocol::response::{Band, Response, When};

/// Whether `other` holds whenever `response` does. Where that cannot be told from the file, it is not said.
pub(super) fn covers(other: &Response, response: &Response) -> bool {
    let conditions = other.only.is_empty() || other.only == response.only;
    // One that clears late still holds when the other has ended.
    let ending = response.clears.is_none() || response.clears == other.clears;
    conditions && ending && holds_with(other.when, response.when)
}

fn holds_with(other: When, when: When) -> bool {
    match (other, when) {
        (
            When::Graded { scale, at_least, at_most, over_baseline, under_baseline, for_min, readings },
            When::Graded {
                scale: its_scale,
                at_least: its_least,
                at_most: its_most,
                over_baseline: its_over,
                under_baseline: its_under,
                for_min: its_for_min,
                readings: its_readings,
            },
        ) => {
            scale == its_scale
                && (at_least..=at_most).contains(&its_least)
                && (at_least..=at_most).contains(&its_most)
                && is_looser(over_baseline, its_over)
                && is_looser(under_baseline, its_under)
                && is_looser(for_min, its_for_min)
                && is_looser(readings.filter(|n| *n > 1), its_readings)
        }
        (
            When::Measured { vital, band, for_min, readings },
            When::Measured { vital: its_vital, band: its_band, for_min: its_for_min, readings: its_readings },
        ) => {
            vital == its_vital
                && is_wider(&band, &its_band)
                && is_looser(for_min, its_for_min)
                && is_looser(readings.filter(|n| *n > 1), its_readings)
        }
        (When::Vomiting { sedation_at_most: most }, When::Vomiting { sedation_at_most: its_most }) => {
            most.is_none_or(|most| its_most.is_some_and(|its| its <= most))
        }
        (other, when) => other == when,
    }
}

/// A bound that is not there, or that is reached sooner than the other one.
fn is_looser<N: PartialOrd>(bound: Option<N>, its: Option<N>) -> bool {
    bound.is_none_or(|bound| its.is_some_and(|its| its >= bound))
}

fn is_wider(band: &Band, its: &Band) -> bool {
    is_looser(band.at_least, its.at_least)
        && band.at_most.is_none_or(|most| its.at_most.is_some_and(|its| its <= most))
        && is_looser(band.over_baseline, its.over_baseline)
        && is_looser(band.over_baseline_percent, its.over_baseline_percent)
        && is_looser(band.under_baseline, its.under_baseline)
        && is_looser(band.under_baseline_percent, its.under_baseline_percent)
}

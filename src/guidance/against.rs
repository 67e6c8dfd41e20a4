//! Where "met" would stand against the record: nothing of the item is recorded, or the record says otherwise. It is asked
//! about once and marked; the person decides, and the answer is recorded all the same.

use super::gate::Evidence;
use super::history::{Graded, History, Taken};
use crate::protocol::{Expects, Protocol, Reach, ReadingKind, Vital};
use crate::session::{Against, At, MINUTE_MS};

/// How the record stands against "met"; `None` where it does not, or where only a person can judge.
pub(super) fn against(
    evidence: &Evidence,
    expects: &Expects,
    protocol: &Protocol,
    history: &History,
    now: At,
) -> Option<Against> {
    match evidence {
        Evidence::None
        | Evidence::SelfHarm { .. }
        | Evidence::Guidance { given: Some(_), changed_since: false }
        | Evidence::Ride(Some(_)) => None,
        Evidence::Grade(_, last) => grade(*last, expects),
        Evidence::Nausea(last, vomited) => {
            let since_ms = vomited.map(|vomited| now.session_ms - vomited.at.session_ms);
            let least_ms = expects.no_vomiting_min.map(|min| i64::from(min) * MINUTE_MS);
            let vomited = since_ms.zip(least_ms).is_some_and(|(since, least)| since < least);
            if vomited { Some(Against::Otherwise) } else { grade(*last, expects) }
        }
        Evidence::BloodPressure { last, baseline } => pressure(last.as_ref(), baseline.as_ref(), expects),
        Evidence::HeartAndBreathing(values) => {
            let reaches = values.iter().flatten().map(|(_, taken)| {
                let kinds = [ReadingKind::HeartRate, ReadingKind::Spo2, ReadingKind::RespiratoryRate];
                let reaches = kinds.into_iter().filter_map(|kind| history.reach(protocol, kind, taken, Reach::Inside));
                reaches.max().unwrap_or(Reach::Inside)
            });
            let is_past = reaches.max().is_some_and(|reach| reach > Reach::Inside);
            otherwise(is_past).or_else(|| values.iter().any(Option::is_none).then_some(Against::NotRecorded))
        }
        Evidence::SinceEnd { since_ms: None, .. } | Evidence::Ride(None) | Evidence::Guidance { given: None, .. } => {
            Some(Against::NotRecorded)
        }
        Evidence::SinceEnd { since_ms: Some(since_ms), asked_min } => {
            otherwise((*asked_min).max(expects.since_end_min).is_some_and(|min| *since_ms < i64::from(min) * MINUTE_MS))
        }
        Evidence::Guidance { changed_since: true, .. } => Some(Against::Otherwise),
    }
}

fn otherwise(is_so: bool) -> Option<Against> {
    is_so.then_some(Against::Otherwise)
}

fn grade(last: Option<Graded>, expects: &Expects) -> Option<Against> {
    let Some(last) = last else { return Some(Against::NotRecorded) };
    let is_low = expects.at_least.is_some_and(|least| last.grade < least);
    otherwise(is_low || expects.at_most.is_some_and(|most| last.grade > most))
}

/// Both pressures must be below their limits and within the band of the baseline; without a baseline there is no band.
fn pressure(last: Option<&Taken>, baseline: Option<&Taken>, expects: &Expects) -> Option<Against> {
    let Some(last) = last else { return Some(Against::NotRecorded) };
    let limits = [(Vital::Systolic, expects.systolic_below), (Vital::Diastolic, expects.diastolic_below)];
    let is_past = limits.into_iter().any(|(vital, below)| {
        let Some(value) = last.vitals.value(vital) else { return false };
        let before = baseline.and_then(|baseline| baseline.vitals.value(vital));
        let band = expects.within_percent.zip(before);
        // Integers: 20 % of 122 is 24.4, and 146 is inside.
        let outside = band.is_some_and(|(percent, before)| {
            u32::from(value.abs_diff(before)) * 100 > u32::from(before) * u32::from(percent)
        });
        outside || below.is_some_and(|below| value >= below)
    });
    let has_no_band = expects.within_percent.is_some() && baseline.is_none_or(|before| before.seq == last.seq);
    otherwise(is_past).or_else(|| has_no_band.then_some(Against::NotRecorded))
}

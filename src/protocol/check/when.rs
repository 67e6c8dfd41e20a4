//! `when`: the finding of a response. One that could never hold, or would always hold, is refused.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::Section;
use super::vitals::measurable;
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::{Reach, Scale};
use crate::protocol::model::Drug;
use crate::protocol::raw::RawWhen;
use crate::protocol::response::{Band, When};
use crate::protocol::vocabulary::{ANY_REACHES, OBSERVATIONS, PASTS, REACHES, SIGNS, VITALS, WHEN_VITALS};

/// How long a finding lasts, minutes.
const FOR_MIN: RangeInclusive<i64> = 1..=480;
/// Readings running.
const READINGS: RangeInclusive<i64> = 1..=10;
/// Above or below the baseline, in the unit of the vital sign.
const FROM_BASELINE: RangeInclusive<i64> = 1..=200;
/// Percent over the baseline.
const OVER_PERCENT: RangeInclusive<i64> = 1..=200;
/// Percent under the baseline.
const UNDER_PERCENT: RangeInclusive<i64> = 1..=99;

/// The keys that go with a graded observation.
const GRADED: &[&str] =
    &["observation", "at_least", "at_most", "over_baseline", "under_baseline", "for_min", "readings"];

/// Stands in for a finding that could not be read; the report keeps it from being used.
pub(super) const STAND_IN: When = When::Unobtainable;

/// The finding that `when` names.
pub(super) fn when(section: &mut Section<'_>, table: &Spanned<RawWhen>, drugs: &[Drug]) -> When {
    let at = table.span().start;
    let raw = table.get_ref();
    let section = &mut Section::new("response.when", at, section.report);
    let subjects = [
        ("observation", raw.observation.is_some()),
        ("seen", raw.seen.is_some()),
        ("vital", raw.vital.is_some()),
        ("given", raw.given.is_some()),
    ];
    let found: Vec<_> = subjects.into_iter().filter(|(_, there)| *there).map(|(key, _)| key).collect();
    match found.as_slice() {
        ["observation"] => observation(section, raw),
        ["seen"] => {
            only_keys(section, raw, "seen", &["seen"]);
            let sign = section.word_if("seen", raw.seen.as_ref(), SIGNS);
            sign.map_or(STAND_IN, |sign| When::Seen { sign })
        }
        ["given"] => given(section, raw, drugs),
        ["vital"] if raw.reaches.is_some() => reached(section, raw),
        ["vital"] => measured(section, raw),
        [] if subjects.iter().any(|(key, _)| section.report.was_dropped(at, key)) => STAND_IN,
        // What is known beforehand may be the finding itself; beside another it is a condition.
        [] if raw.history.is_some() => {
            only_keys(section, raw, "history", &["history"]);
            let past = section.word_if("history", raw.history.as_ref(), PASTS);
            past.map_or(STAND_IN, |past| When::Known { past })
        }
        _ => {
            section.report.add(at, FaultKind::WhenSubjects { found });
            STAND_IN
        }
    }
}

/// So long after a drug on the form was given.
fn given(section: &mut Section<'_>, raw: &RawWhen, drugs: &[Drug]) -> When {
    only_keys(section, raw, "given", &["given", "after_min"]);
    let after_min = section.whole("after_min", raw.after_min.as_ref(), &FOR_MIN);
    let Some(named) = raw.given.as_ref() else { return STAND_IN };
    let name = named.get_ref().to_lowercase();
    let Some(drug) = drugs.iter().position(|drug| drug.name.to_lowercase() == name) else {
        section.report.add(named.span().start, FaultKind::UnknownDrug { name: named.get_ref().clone() });
        return STAND_IN;
    };
    When::Given { drug, after_min }
}

fn observation(section: &mut Section<'_>, raw: &RawWhen) -> When {
    let Some(meaning) = section.word_if("observation", raw.observation.as_ref(), OBSERVATIONS) else {
        return STAND_IN;
    };
    let Some(scale) = meaning else {
        only_keys(section, raw, "vomiting", &["observation", "sedation_at_most"]);
        let range = 0..=i64::from(Scale::Sedation.max());
        let sedation_at_most = section.whole_if("sedation_at_most", raw.sedation_at_most.as_ref(), &range);
        return When::Vomiting { sedation_at_most };
    };
    let subject = raw.observation.as_ref().map_or("observation", |word| word.get_ref());
    only_keys(section, raw, subject, GRADED);
    graded(section, raw, scale)
}

fn graded(section: &mut Section<'_>, raw: &RawWhen, scale: Scale) -> When {
    let (at, max) = (section.at, scale.max());
    let range = 0..=i64::from(max);
    let bounds = [
        ("at_least", &raw.at_least),
        ("at_most", &raw.at_most),
        ("over_baseline", &raw.over_baseline),
        ("under_baseline", &raw.under_baseline),
    ];
    if bounds.iter().all(|(key, field)| field.is_none() && !section.report.was_dropped(at, key)) {
        section.report.add(at, FaultKind::NoGrade { scale });
    }
    in_order(section, raw, &range);
    let from_baseline = 1..=i64::from(max);
    When::Graded {
        scale,
        at_least: section.whole_if("at_least", raw.at_least.as_ref(), &range).unwrap_or(0),
        at_most: section.whole_if("at_most", raw.at_most.as_ref(), &range).unwrap_or(max),
        over_baseline: section.whole_if("over_baseline", raw.over_baseline.as_ref(), &from_baseline),
        under_baseline: section.whole_if("under_baseline", raw.under_baseline.as_ref(), &from_baseline),
        for_min: section.whole_if("for_min", raw.for_min.as_ref(), &FOR_MIN),
        readings: section.whole_if("readings", raw.readings.as_ref(), &READINGS),
    }
}

/// Only where both are written and possible: otherwise the range is the fault.
fn in_order(section: &mut Section<'_>, raw: &RawWhen, range: &RangeInclusive<i64>) {
    let possible = |field: &Option<Spanned<i64>>| {
        field.as_ref().map(|value| *value.get_ref()).filter(|value| range.contains(value))
    };
    if let (Some(at_least), Some(at_most)) = (possible(&raw.at_least), possible(&raw.at_most))
        && at_least > at_most
    {
        section.report.add(section.at, FaultKind::Reversed { at_least, at_most });
    }
}

/// A reading past its limits, or any that could not be obtained.
fn reached(section: &mut Section<'_>, raw: &RawWhen) -> When {
    only_keys(section, raw, "reaches", &["vital", "reaches"]);
    let reaches = raw.reaches.as_ref();
    match section.word_if("vital", raw.vital.as_ref(), WHEN_VITALS) {
        Some(Some(reading)) => {
            let reaches: Option<Reach> = section.word_if("reaches", reaches, REACHES);
            reaches.map_or(STAND_IN, |reaches| When::Vital { reading, reaches })
        }
        Some(None) => {
            section.word_if("reaches", reaches, ANY_REACHES);
            When::Unobtainable
        }
        None => STAND_IN,
    }
}

/// The values of one vital sign.
fn measured(section: &mut Section<'_>, raw: &RawWhen) -> When {
    // Without a bound the limits were meant.
    let bounds = [
        ("at_least", &raw.at_least),
        ("at_most", &raw.at_most),
        ("over_baseline", &raw.over_baseline),
        ("over_baseline_percent", &raw.over_baseline_percent),
        ("under_baseline", &raw.under_baseline),
        ("under_baseline_percent", &raw.under_baseline_percent),
    ];
    if bounds.iter().all(|(_, field)| field.is_none()) {
        let dropped = bounds.iter().any(|(key, _)| section.report.was_dropped(section.at, key));
        section.word_if("vital", raw.vital.as_ref(), WHEN_VITALS);
        if !dropped {
            section.missing("reaches");
        }
        return STAND_IN;
    }
    only_keys(
        section,
        raw,
        "vital",
        &[
            "vital",
            "at_least",
            "at_most",
            "over_baseline",
            "over_baseline_percent",
            "under_baseline",
            "under_baseline_percent",
            "for_min",
            "readings",
        ],
    );
    let Some(vital) = section.word_if("vital", raw.vital.as_ref(), VITALS) else { return STAND_IN };
    let range = measurable(vital);
    in_order(section, raw, &range);
    let mut bound = |key: &str, field: &Option<Spanned<i64>>, range| section.whole_if(key, field.as_ref(), range);
    let band = Band {
        at_least: bound("at_least", &raw.at_least, &range),
        at_most: bound("at_most", &raw.at_most, &range),
        over_baseline: bound("over_baseline", &raw.over_baseline, &FROM_BASELINE),
        over_baseline_percent: bound("over_baseline_percent", &raw.over_baseline_percent, &OVER_PERCENT),
        under_baseline: bound("under_baseline", &raw.under_baseline, &FROM_BASELINE),
        under_baseline_percent: bound("under_baseline_percent", &raw.under_baseline_percent, &UNDER_PERCENT),
    };
    When::Measured {
        vital,
        band,
        for_min: section.whole_if("for_min", raw.for_min.as_ref(), &FOR_MIN),
        readings: section.whole_if("readings", raw.readings.as_ref(), &READINGS),
    }
}

/// Reports the keys that do not go with this finding: they would be believed and do nothing. Phase, since and history go
/// with all.
fn only_keys(section: &mut Section<'_>, raw: &RawWhen, subject: &str, allowed: &'static [&'static str]) {
    let place = |field: &Option<Spanned<i64>>| field.as_ref().map(|value| value.span().start);
    let keys = [
        ("at_least", place(&raw.at_least)),
        ("at_most", place(&raw.at_most)),
        ("over_baseline", place(&raw.over_baseline)),
        ("over_baseline_percent", place(&raw.over_baseline_percent)),
        ("under_baseline", place(&raw.under_baseline)),
        ("under_baseline_percent", place(&raw.under_baseline_percent)),
        ("for_min", place(&raw.for_min)),
        ("readings", place(&raw.readings)),
        ("sedation_at_most", place(&raw.sedation_at_most)),
        ("after_min", place(&raw.after_min)),
        ("reaches", raw.reaches.as_ref().map(|value| value.span().start)),
    ];
    for (key, at) in keys {
        if let Some(at) = at
            && !allowed.contains(&key)
        {
            section.report.add(at, FaultKind::WhenKey { key, subject: subject.to_owned(), allowed });
        }
    }
}

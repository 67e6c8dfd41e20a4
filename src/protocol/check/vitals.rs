//! The limits of the vital signs: in range, in order, able to end, and each with a response.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use toml::Spanned;

use super::responses::is_read;
use super::section::Section;
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::{Priority, Reach, ReadingKind, Vital};
use crate::protocol::model::Limits;
use crate::protocol::raw::{RawLimits, RawProtocol, RawVitals};
use crate::protocol::report::Report;
use crate::protocol::response::{Response, When};

/// Percent over baseline.
const PERCENT: RangeInclusive<i64> = 1..=200;
/// How far back inside a value must come: more would keep an alarm standing over an ordinary value.
const CLEARS_WITHIN: RangeInclusive<i64> = 0..=20;

/// What can be measured at all, in the unit of the vital sign; outside of it an entry is refused.
pub(super) const fn measurable(vital: Vital) -> RangeInclusive<i64> {
    match vital {
        Vital::Systolic => 30..=300,
        Vital::Diastolic => 10..=220,
        Vital::HeartRate => 0..=300,
        Vital::Spo2 => 0..=100,
        Vital::RespiratoryRate => 0..=80,
    }
}

/// The vital signs of a table with their names in the file.
fn rows(raw: &RawVitals) -> [(Vital, &'static str, Option<&Spanned<RawLimits>>); 5] {
    [
        (Vital::Systolic, "systolic", raw.systolic.as_ref()),
        (Vital::Diastolic, "diastolic", raw.diastolic.as_ref()),
        (Vital::HeartRate, "heart_rate", raw.heart_rate.as_ref()),
        (Vital::Spo2, "spo2", raw.spo2.as_ref()),
        (Vital::RespiratoryRate, "respiratory_rate", raw.respiratory_rate.as_ref()),
    ]
}

/// `[limits]` or `[before_start]`.
pub(in crate::protocol) fn limits(name: &str, raw: Option<&RawVitals>, report: &mut Report) -> BTreeMap<Vital, Limits> {
    let mut limits = BTreeMap::new();
    for (vital, key, table) in raw.map(rows).into_iter().flatten() {
        if let Some(table) = table {
            let mut section = Section::new(&format!("{name}.{key}"), table.span().start, report);
            limits.insert(vital, of_one(&mut section, vital, table.get_ref()));
        }
    }
    limits
}

/// What is wrong with limits that a person set one by one, by the same checks as those of a file; nothing where they can
/// stand. The keys are the bare names of the limits.
#[must_use]
pub fn faults_of_limits(vital: Vital, limits: &Limits) -> Vec<FaultKind> {
    let field = |value: Option<u16>| value.map(|value| Spanned::new(0..0, i64::from(value)));
    let raw = RawLimits {
        bold_over_baseline_percent: field(limits.bold_over_baseline_percent),
        notify_at_least: field(limits.notify_at_least),
        notify_at_most: field(limits.notify_at_most),
        notify_over_baseline_percent: field(limits.notify_over_baseline_percent),
        call_at_least: field(limits.call_at_least),
        call_at_most: field(limits.call_at_most),
        clears_within: field(Some(limits.clears_within)),
    };
    let mut report = Report::new("");
    of_one(&mut Section::new("", 0, &mut report), vital, &raw);
    report.into_faults("").into_iter().map(|fault| fault.what).collect()
}

fn of_one(section: &mut Section<'_>, vital: Vital, raw: &RawLimits) -> Limits {
    in_order(section, raw);
    can_end(section, vital, raw);
    let value = measurable(vital);
    let bold = raw.bold_over_baseline_percent.as_ref();
    let notify_over = raw.notify_over_baseline_percent.as_ref();
    Limits {
        bold_over_baseline_percent: section.whole_if("bold_over_baseline_percent", bold, &PERCENT),
        notify_at_least: section.whole_if("notify_at_least", raw.notify_at_least.as_ref(), &value),
        notify_at_most: section.whole_if("notify_at_most", raw.notify_at_most.as_ref(), &value),
        notify_over_baseline_percent: section.whole_if("notify_over_baseline_percent", notify_over, &PERCENT),
        call_at_least: section.whole_if("call_at_least", raw.call_at_least.as_ref(), &value),
        call_at_most: section.whole_if("call_at_most", raw.call_at_most.as_ref(), &value),
        clears_within: section.whole("clears_within", raw.clears_within.as_ref(), &CLEARS_WITHIN),
    }
}

/// From low to high a value passes call, notify, the band, notify, call. Neighbours that are there must rise.
fn in_order(section: &mut Section<'_>, raw: &RawLimits) {
    let ladder = [
        ("call_at_most", raw.call_at_most.as_ref()),
        ("notify_at_most", raw.notify_at_most.as_ref()),
        ("notify_at_least", raw.notify_at_least.as_ref()),
        ("call_at_least", raw.call_at_least.as_ref()),
    ];
    let there: Vec<_> = ladder.into_iter().filter(|(_, value)| value.is_some()).collect();
    for pair in there.windows(2) {
        section.below(pair[0], pair[1]);
    }
    section.below(
        ("bold_over_baseline_percent", raw.bold_over_baseline_percent.as_ref()),
        ("notify_over_baseline_percent", raw.notify_over_baseline_percent.as_ref()),
    );
}

/// Some value must lie far enough inside every limit, or an alarm once raised would stand for ever.
fn can_end(section: &mut Section<'_>, vital: Vital, raw: &RawLimits) {
    let Some(within) = raw.clears_within.as_ref() else { return };
    let (least, most) = (*measurable(vital).start(), *measurable(vital).end());
    let number = |field: &Option<Spanned<i64>>| field.as_ref().map(|value| *value.get_ref());
    let low = number(&raw.notify_at_most).or_else(|| number(&raw.call_at_most));
    let high = number(&raw.notify_at_least).or_else(|| number(&raw.call_at_least));
    // Limits in the wrong order are reported as that.
    if low.zip(high).is_some_and(|(low, high)| low >= high) {
        return;
    }
    let distance = (*within.get_ref()).clamp(*CLEARS_WITHIN.start(), *CLEARS_WITHIN.end()).max(1);
    let lowest = low.map_or(least, |low| low.saturating_add(distance));
    let highest = high.map_or(most, |high| high.saturating_sub(distance));
    if lowest > highest {
        let what = FaultKind::NeverClears { key: section.path("clears_within"), clears_within: *within.get_ref() };
        section.report.add(within.span().start, what);
    }
}

/// The place of a limit of this reach, if there is one.
fn reach_at(raw: &RawLimits, reach: Reach) -> Option<usize> {
    let fields = match reach {
        Reach::Inside => return None,
        Reach::Notify => {
            [raw.notify_at_least.as_ref(), raw.notify_at_most.as_ref(), raw.notify_over_baseline_percent.as_ref()]
        }
        Reach::Call => [raw.call_at_least.as_ref(), raw.call_at_most.as_ref(), None],
    };
    fields.into_iter().flatten().map(|field| field.span().start).min()
}

/// Limits and responses must belong together: a limit that no response answers would be silent, and a response to a
/// reach that no limit gives would never speak.
pub(in crate::protocol) fn answered(raw: &RawProtocol, responses: &[Response], report: &mut Report) {
    let tables: Vec<_> =
        [raw.limits.as_ref(), raw.before_start.as_ref()].into_iter().flatten().flat_map(rows).collect();
    // A finding that could not be read may have been the one that answers.
    let all_read = responses.iter().zip(&raw.response).all(|(response, raw)| is_read(raw.get_ref(), response.when));
    let mut limited: Vec<(ReadingKind, Reach)> = Vec::new();
    for (vital, _, table) in &tables {
        let Some(table) = table else { continue };
        for reach in [Reach::Notify, Reach::Call] {
            let Some(at) = reach_at(table.get_ref(), reach) else { continue };
            let reading = vital.reading();
            limited.push((reading, reach));
            // One that speaks only at times leaves the limit silent at others.
            let answers = |response: &&Response| {
                response.only.is_empty() && response.when == When::Vital { reading, reaches: reach }
            };
            if all_read && !responses.iter().any(|response| answers(&response)) {
                report.add(at, FaultKind::NoResponse { vital: *vital, reach });
            }
        }
    }
    let heard = |response: &Response| {
        response.when == When::Unobtainable && response.only.is_empty() && response.priority == Priority::High
    };
    let measured = responses.iter().any(|response| matches!(response.when, When::Measured { .. }));
    if all_read && (measured || !limited.is_empty()) && !responses.iter().any(heard) {
        report.add(raw.response.first().map_or(0, |first| first.span().start), FaultKind::NoUnobtainable);
    }
    for (response, raw) in responses.iter().zip(&raw.response) {
        if let When::Vital { reading, reaches } = response.when
            && !limited.contains(&(reading, reaches))
        {
            let at = raw.get_ref().when.as_ref().map_or(raw.span().start, |when| when.span().start);
            report.add(at, FaultKind::NoSuchLimit { reading, reach: reaches });
        }
    }
}

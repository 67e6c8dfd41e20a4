//! The responses: an id, a finding that can happen, at most nine steps, and no two for the same finding.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::ladder::{clears, escalate};
use super::lists::LOOK_AGAIN_MIN;
use super::section::{Section, Unique};
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::{Priority, Reach, Scale};
use crate::protocol::model::{Response, Step, When};
use crate::protocol::raw::{RawResponse, RawStep, RawWhen};
use crate::protocol::report::Report;
use crate::protocol::vocabulary::{ANY_REACHES, COMFORTS, OBSERVATIONS, PRIORITIES, REACHES, SIGNS, WHEN_VITALS};

/// The number keys that answer a prompt.
const STEPS: RangeInclusive<usize> = 1..=9;
/// How long a finding lasts, minutes.
const FOR_MIN: RangeInclusive<i64> = 1..=480;
/// Readings running.
const READINGS: RangeInclusive<i64> = 1..=10;

/// Stands in for a finding that could not be read; the report keeps it from being used.
const STAND_IN: When = When::Unobtainable;

/// Every response, in file order.
pub(in crate::protocol) fn responses(raw: &[Spanned<RawResponse>], report: &mut Report) -> Vec<Response> {
    let mut ids = Unique::default();
    let mut responses: Vec<Response> = Vec::with_capacity(raw.len());
    for item in raw {
        let response = one(&mut Section::new("response", item.span().start, report), item.get_ref(), &mut ids);
        // Only what was read on both sides: stand-ins are all alike.
        let first = responses
            .iter()
            .zip(raw)
            .find(|(earlier, first)| earlier.when == response.when && is_read(first.get_ref(), earlier.when));
        if let Some((earlier, first)) = first
            && is_read(item.get_ref(), response.when)
        {
            let what =
                FaultKind::SameFinding { first: earlier.id.clone(), first_line: report.line(first.span().start) };
            let at = item.get_ref().when.as_ref().map_or(item.span().start, |when| when.span().start);
            report.add(at, what);
        }
        responses.push(response);
    }
    responses
}

/// Whether the finding is the one written, and not the stand-in for one that could not be read.
pub(super) fn is_read(raw: &RawResponse, when: When) -> bool {
    let any = || raw.when.as_ref()?.get_ref().vital.as_ref().map(|vital| vital.get_ref() == "any");
    when != STAND_IN || any() == Some(true)
}

fn one(section: &mut Section<'_>, raw: &RawResponse, ids: &mut Unique) -> Response {
    let finding = section.required("when", raw.when.as_ref());
    let when = finding.map_or(STAND_IN, |when| self::when(section, when));
    Response {
        id: ids.id(section, raw.id.as_ref()),
        when,
        priority: section.word_if("priority", raw.priority.as_ref(), PRIORITIES).unwrap_or(Priority::Prompt),
        say: section.text("say", raw.say.as_ref()),
        plan: raw.plan.unwrap_or(false),
        steps: steps(section, raw),
        look_again_min: section.whole_if("look_again_min", raw.look_again_min.as_ref(), &LOOK_AGAIN_MIN),
        escalate: raw.escalate.as_ref().map(|table| escalate(section, table)),
        clears: raw.clears.as_ref().map(|table| clears(section, table, when)),
    }
}

fn steps(section: &mut Section<'_>, raw: &RawResponse) -> Vec<Step> {
    let Some(list) = section.required("steps", raw.steps.as_ref()) else { return Vec::new() };
    let found = list.get_ref().len();
    if !STEPS.contains(&found) {
        section.report.add(list.span().start, FaultKind::StepCount { found });
    }
    list.get_ref().iter().map(|step| self::step(section, step)).collect()
}

fn step(section: &mut Section<'_>, table: &Spanned<RawStep>) -> Step {
    let mut section = Section::new("response.steps", table.span().start, section.report);
    let raw = table.get_ref();
    if raw.say.is_none() {
        section.missing("say");
    }
    Step {
        say: raw.say.clone().unwrap_or_default(),
        touch: raw.touch,
        calls: raw.calls,
        comfort: section.word_if("comfort", raw.comfort.as_ref(), COMFORTS),
    }
}

fn when(section: &mut Section<'_>, table: &Spanned<RawWhen>) -> When {
    let at = table.span().start;
    let raw = table.get_ref();
    let section = &mut Section::new("response.when", at, section.report);
    let subjects =
        [("observation", raw.observation.is_some()), ("seen", raw.seen.is_some()), ("vital", raw.vital.is_some())];
    let found: Vec<_> = subjects.into_iter().filter(|(_, there)| *there).map(|(key, _)| key).collect();
    match found.as_slice() {
        ["observation"] => observation(section, raw),
        ["seen"] => {
            only(section, raw, "seen", &["seen"]);
            let sign = section.word_if("seen", raw.seen.as_ref(), SIGNS);
            sign.map_or(STAND_IN, |sign| When::Seen { sign })
        }
        ["vital"] => vital(section, raw),
        [] if subjects.iter().any(|(key, _)| section.report.was_dropped(at, key)) => STAND_IN,
        _ => {
            section.report.add(at, FaultKind::WhenSubjects { found });
            STAND_IN
        }
    }
}

fn observation(section: &mut Section<'_>, raw: &RawWhen) -> When {
    let Some(meaning) = section.word_if("observation", raw.observation.as_ref(), OBSERVATIONS) else {
        return STAND_IN;
    };
    let Some(scale) = meaning else {
        only(section, raw, "vomiting", &["observation", "sedation_at_most"]);
        let range = 0..=i64::from(Scale::Sedation.max());
        let sedation_at_most = section.whole_if("sedation_at_most", raw.sedation_at_most.as_ref(), &range);
        return When::Vomiting { sedation_at_most };
    };
    let subject = raw.observation.as_ref().map_or("observation", |word| word.get_ref());
    only(section, raw, subject, &["observation", "at_least", "at_most", "for_min", "readings"]);
    graded(section, raw, scale)
}

fn graded(section: &mut Section<'_>, raw: &RawWhen, scale: Scale) -> When {
    let (at, max) = (section.at, scale.max());
    let range = 0..=i64::from(max);
    let dropped = ["at_least", "at_most"].iter().any(|key| section.report.was_dropped(at, key));
    if raw.at_least.is_none() && raw.at_most.is_none() && !dropped {
        section.report.add(at, FaultKind::NoGrade { scale });
    }
    let at_least: u8 = section.whole_if("at_least", raw.at_least.as_ref(), &range).unwrap_or(0);
    let at_most: u8 = section.whole_if("at_most", raw.at_most.as_ref(), &range).unwrap_or(max);
    // Only where both are written and possible: otherwise the range is the fault.
    let possible = |field: &Option<Spanned<i64>>| field.as_ref().is_some_and(|grade| range.contains(grade.get_ref()));
    if at_least > at_most && possible(&raw.at_least) && possible(&raw.at_most) {
        section.report.add(at, FaultKind::GradesReversed { at_least, at_most });
    }
    When::Graded {
        scale,
        at_least,
        at_most,
        for_min: section.whole_if("for_min", raw.for_min.as_ref(), &FOR_MIN),
        readings: section.whole_if("readings", raw.readings.as_ref(), &READINGS),
    }
}

fn vital(section: &mut Section<'_>, raw: &RawWhen) -> When {
    only(section, raw, "vital", &["vital", "reaches"]);
    let reaches = section.required("reaches", raw.reaches.as_ref());
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

/// Reports the keys that do not go with this finding: they would be believed and do nothing.
fn only(section: &mut Section<'_>, raw: &RawWhen, subject: &str, allowed: &'static [&'static str]) {
    let place = |field: &Option<Spanned<i64>>| field.as_ref().map(|value| value.span().start);
    let keys = [
        ("at_least", place(&raw.at_least)),
        ("at_most", place(&raw.at_most)),
        ("for_min", place(&raw.for_min)),
        ("readings", place(&raw.readings)),
        ("sedation_at_most", place(&raw.sedation_at_most)),
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

//! The course of a session: name, approval, infusion, elimination, schedule, and what holds after it.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::Section;
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::ReadingKind;
use crate::protocol::model::{Approval, Discharge, Elimination, InfusionPlan, Route, Schedule};
use crate::protocol::raw::{RawApproval, RawElimination, RawProtocol, RawSchedule};
use crate::protocol::report::Report;
use crate::protocol::vocabulary::{MODELS, READINGS, ROUTES};

/// The format that this program reads.
const FORMAT: i64 = 1;
/// Planned duration, minutes.
const DURATION_MIN: RangeInclusive<i64> = 1..=480;
/// The longest half-life, hours.
const MAX_HALF_LIFE_H: f64 = 100.0;
/// The clinic's rule: no driving for 12 hours; a site may lengthen it, up to a week.
const NO_DRIVING_H: RangeInclusive<i64> = 12..=168;
/// Back at baseline, hours.
const BASELINE_H: RangeInclusive<i64> = 1..=24;
/// The age of a baseline, minutes.
const BASELINE_WITHIN_MIN: RangeInclusive<i64> = 1..=240;
/// Intervals of vital signs and of looks, minutes: longer than an hour is no watch over an infusion.
const INTERVAL_MIN: RangeInclusive<i64> = 1..=60;
/// What counts early, and what is overdue, minutes.
const TOLERANCE_MIN: RangeInclusive<i64> = 1..=30;
/// Marks after the end, minutes.
const AFTER_END_MIN: RangeInclusive<i64> = 1..=480;

/// Name and version.
pub(in crate::protocol) struct Head {
    pub(in crate::protocol) name: String,
    pub(in crate::protocol) version: String,
}

/// Format, name and version.
pub(in crate::protocol) fn head(raw: &RawProtocol, report: &mut Report) -> Head {
    let mut section = Section::new("", 0, report);
    if let Some(format) = section.required("format", raw.format.as_ref())
        && *format.get_ref() != FORMAT
    {
        section.report.add(format.span().start, FaultKind::UnknownFormat { found: *format.get_ref() });
    }
    Head { name: section.text("name", raw.name.as_ref()), version: section.text("version", raw.version.as_ref()) }
}

/// Who approved it: both halves or neither.
pub(in crate::protocol) fn approval(raw: Option<&Spanned<RawApproval>>, report: &mut Report) -> Option<Approval> {
    let raw = raw?;
    let half = |field: &Option<Spanned<String>>| {
        field.as_ref().map(|text| text.get_ref().clone()).filter(|text| !text.trim().is_empty())
    };
    let empty = match (half(&raw.get_ref().approved_by), half(&raw.get_ref().on)) {
        (Some(approved_by), Some(on)) => return Some(Approval { approved_by, on }),
        (None, None) => return None,
        (Some(_), None) => "on",
        (None, Some(_)) => "approved_by",
    };
    let at = raw.span().start;
    if !report.was_dropped(at, empty) {
        report.add(at, FaultKind::HalfApproved { empty });
    }
    None
}

/// Route and planned duration.
pub(in crate::protocol) fn infusion(raw: &RawProtocol, report: &mut Report) -> InfusionPlan {
    let stand_in = InfusionPlan { route: Route::Iv, duration_min: 1 };
    let mut top = Section::new("", 0, report);
    let Some(table) = top.required("infusion", raw.infusion.as_ref()) else { return stand_in };
    let mut section = Section::new("infusion", table.span().start, report);
    let raw = table.get_ref();
    InfusionPlan {
        route: section.word("route", raw.route.as_ref(), ROUTES),
        duration_min: section.whole("duration_min", raw.duration_min.as_ref(), &DURATION_MIN),
    }
}

/// The half-life model: it holds for an intravenous infusion only.
pub(in crate::protocol) fn elimination(
    raw: Option<&Spanned<RawElimination>>,
    route: Route,
    report: &mut Report,
) -> Option<Elimination> {
    let table = raw?;
    let mut section = Section::new("elimination", table.span().start, report);
    let raw = table.get_ref();
    section.word("model", raw.model.as_ref(), MODELS);
    if route != Route::Iv {
        section.report.add(table.span().start, FaultKind::CurveNeedsIv);
    }
    let half_life = section.required("half_life_h", raw.half_life_h.as_ref())?;
    let found = *half_life.get_ref();
    // Written so that a NaN fails too.
    let possible = found > 0.0 && found <= MAX_HALF_LIFE_H;
    if !possible {
        section.report.add(half_life.span().start, FaultKind::HalfLife { found });
    }
    Some(Elimination { half_life_h: found })
}

/// When checks are due.
pub(in crate::protocol) fn schedule(raw: &RawProtocol, report: &mut Report) -> Schedule {
    let mut top = Section::new("", 0, report);
    let Some(table) = top.required("schedule", raw.schedule.as_ref()) else {
        return Schedule {
            baseline_within_min: 1,
            every_min: 1,
            at_min: Vec::new(),
            at_end: true,
            after_end_min: Vec::new(),
            discharge_within_min: 1,
            required: Vec::new(),
            counts_early_min: 1,
            overdue_after_min: 1,
            put_off_min: None,
            look_every_min: 1,
            look_after_end_min: None,
            observe_min: None,
        };
    };
    let mut section = Section::new("schedule", table.span().start, report);
    let raw = table.get_ref();
    // A reading that counts early by a whole interval would satisfy the mark after it, too.
    section.below(("counts_early_min", raw.counts_early_min.as_ref()), ("every_min", raw.every_min.as_ref()));
    // Put off by a whole interval or more, a check would be left out.
    section.below(("put_off_min", raw.put_off_min.as_ref()), ("every_min", raw.every_min.as_ref()));
    Schedule {
        baseline_within_min: section.whole(
            "baseline_within_min",
            raw.baseline_within_min.as_ref(),
            &BASELINE_WITHIN_MIN,
        ),
        every_min: section.whole("every_min", raw.every_min.as_ref(), &INTERVAL_MIN),
        at_min: raw.at_min.as_ref().map(|list| marks(&mut section, "at_min", list)).unwrap_or_default(),
        at_end: raw.at_end.unwrap_or(true),
        after_end_min: section
            .required("after_end_min", raw.after_end_min.as_ref())
            .map(|list| marks(&mut section, "after_end_min", list))
            .unwrap_or_default(),
        required: required_readings(&mut section, raw),
        discharge_within_min: section.whole(
            "discharge_within_min",
            raw.discharge_within_min.as_ref(),
            &BASELINE_WITHIN_MIN,
        ),
        counts_early_min: section.whole("counts_early_min", raw.counts_early_min.as_ref(), &TOLERANCE_MIN),
        overdue_after_min: section.whole("overdue_after_min", raw.overdue_after_min.as_ref(), &TOLERANCE_MIN),
        put_off_min: section.whole_if("put_off_min", raw.put_off_min.as_ref(), &TOLERANCE_MIN),
        look_every_min: section.whole("look_every_min", raw.look_every_min.as_ref(), &INTERVAL_MIN),
        look_after_end_min: section.whole_if("look_after_end_min", raw.look_after_end_min.as_ref(), &INTERVAL_MIN),
        observe_min: section.whole_if("observe_min", raw.observe_min.as_ref(), &AFTER_END_MIN),
    }
}

/// Marks must rise.
fn marks(section: &mut Section<'_>, key: &str, list: &Spanned<Vec<Spanned<i64>>>) -> Vec<u32> {
    let mut marks = Vec::with_capacity(list.get_ref().len());
    let mut before: Option<i64> = None;
    for mark in list.get_ref() {
        let found = *mark.get_ref();
        if let Some(before) = before.filter(|before| *before >= found) {
            let key = section.path(key);
            section.report.add(mark.span().start, FaultKind::NotAscending { key, before, found });
        }
        before = Some(found);
        marks.extend(section.whole_if::<u32>(key, Some(mark), &AFTER_END_MIN));
    }
    marks
}

fn required_readings(section: &mut Section<'_>, raw: &RawSchedule) -> Vec<ReadingKind> {
    let Some(list) = section.required("required", raw.required.as_ref()) else { return Vec::new() };
    let mut unique = super::section::Unique::default();
    let mut readings = Vec::with_capacity(list.get_ref().len());
    for word in list.get_ref() {
        unique.check(section, "required", word);
        readings.extend(section.word_if("required", Some(word), READINGS));
    }
    readings
}

/// Baseline and driving.
pub(in crate::protocol) fn discharge(raw: &RawProtocol, report: &mut Report) -> Discharge {
    let stand_in = Discharge { baseline_h: 1, no_driving_h: 12, next_day_after_sleep: true };
    let mut top = Section::new("", 0, report);
    let Some(table) = top.required("discharge", raw.discharge.as_ref()) else { return stand_in };
    let mut section = Section::new("discharge", table.span().start, report);
    let raw = table.get_ref();
    if raw.next_day_after_sleep.is_none() {
        section.missing("next_day_after_sleep");
    }
    let baseline_h = section.whole("baseline_h", raw.baseline_h.as_ref(), &BASELINE_H);
    let no_driving_h = match raw.no_driving_h.as_ref() {
        Some(hours) if *hours.get_ref() < *NO_DRIVING_H.start() => {
            section.report.add(hours.span().start, FaultKind::DrivingTooSoon { found: *hours.get_ref() });
            stand_in.no_driving_h
        }
        hours => section.whole("no_driving_h", hours, &NO_DRIVING_H),
    };
    Discharge { baseline_h, no_driving_h, next_day_after_sleep: raw.next_day_after_sleep.unwrap_or(true) }
}

//! What follows a response that did not help, or that nobody answered: escalation, and how a finding ends. A chain of
//! escalations must lead upwards and have an end, or nobody would know where it stops.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::Section;
use super::vitals::measurable;
use crate::protocol::fault::FaultKind;
use crate::protocol::model::Alarms;
use crate::protocol::raw::{RawAlarms, RawClears, RawEscalate, RawProtocol, RawResponse};
use crate::protocol::report::Report;
use crate::protocol::response::{Clears, Escalate, Response, When};

/// How long a prompt may wait for its answer, minutes.
const NO_ANSWER_MIN: RangeInclusive<i64> = 1..=60;
/// Looks that found no improvement.
const NO_IMPROVEMENT: RangeInclusive<i64> = 1..=9;
/// Between two escalations of one condition, minutes.
const ESCALATE_EVERY_MIN: RangeInclusive<i64> = 1..=60;
/// Entries running until a finding ends.
const READINGS: RangeInclusive<i64> = 1..=10;

/// `escalate` of one response: where it leads is checked once all responses are read.
pub(super) fn escalate(section: &mut Section<'_>, table: &Spanned<RawEscalate>) -> Escalate {
    let at = table.span().start;
    let raw = table.get_ref();
    let mut section = Section::new("response.escalate", at, section.report);
    let conditions = [("no_answer_min", &raw.no_answer_min), ("no_improvement", &raw.no_improvement)];
    if conditions.iter().all(|(key, field)| field.is_none() && !section.report.was_dropped(at, key)) {
        section.report.add(at, FaultKind::EscalateNever);
    }
    Escalate {
        to: section.text("to", raw.to.as_ref()),
        no_answer_min: section.whole_if("no_answer_min", raw.no_answer_min.as_ref(), &NO_ANSWER_MIN),
        no_improvement: section.whole_if("no_improvement", raw.no_improvement.as_ref(), &NO_IMPROVEMENT),
    }
}

/// `clears` of one response: no value may both hold the finding and count towards its end.
pub(super) fn clears(section: &mut Section<'_>, table: &Spanned<RawClears>, when: When) -> Clears {
    let at = table.span().start;
    let raw = table.get_ref();
    let mut section = Section::new("response.clears", at, section.report);
    let Some((range, holds)) = values(when) else {
        section.report.add(at, FaultKind::ClearsUngraded);
        return Clears::default();
    };
    let keys = ["at_most", "at_least", "readings"];
    let fields = [&raw.at_most, &raw.at_least, &raw.readings];
    if keys.iter().zip(fields).all(|(key, field)| field.is_none() && !section.report.was_dropped(at, key)) {
        section.report.add(at, FaultKind::ClearsNever);
    }
    let clears = Clears {
        at_most: section.whole_if("at_most", raw.at_most.as_ref(), &range),
        at_least: section.whole_if("at_least", raw.at_least.as_ref(), &range),
        readings: section.whole_if("readings", raw.readings.as_ref(), &READINGS),
    };
    let all = || (*range.start()..=*range.end()).filter_map(|value| u16::try_from(value).ok());
    let bounded = clears.at_most.is_some() || clears.at_least.is_some();
    if bounded && all().any(|value| holds(value) && clears.counts(value)) {
        section.report.add(at, FaultKind::ClearsInside);
    } else if !all().any(|value| !holds(value) && clears.counts(value)) {
        section.report.add(at, FaultKind::ClearsNever);
    }
    clears
}

/// The values that a finding can have, and whether one of them is surely such a finding; `None` where it has no values.
/// What counts from a baseline is not known here: then no value is.
fn values(when: When) -> Option<(RangeInclusive<i64>, impl Fn(u16) -> bool)> {
    let range = match when {
        When::Graded { scale, .. } => 0..=i64::from(scale.max()),
        When::Measured { vital, .. } => measurable(vital),
        _ => return None,
    };
    let holds = move |value: u16| match when {
        When::Graded { at_least, at_most, over_baseline, under_baseline, .. } => {
            let from_baseline = over_baseline.is_some() || under_baseline.is_some();
            !from_baseline && (u16::from(at_least)..=u16::from(at_most)).contains(&value)
        }
        When::Measured { band, .. } => band.holds(value, None),
        _ => false,
    };
    Some((range, holds))
}

/// `[alarms]`: needed as soon as one response escalates.
pub(in crate::protocol) fn alarms(raw: &RawProtocol, report: &mut Report) -> Option<Alarms> {
    let escalates = raw.response.iter().any(|response| response.get_ref().escalate.is_some());
    let Some(table) = raw.alarms.as_ref() else {
        if escalates {
            Section::new("", 0, report).missing("alarms");
        }
        return None;
    };
    let mut section = Section::new("alarms", table.span().start, report);
    let RawAlarms { escalate_every_min } = table.get_ref();
    let every = section.whole("escalate_every_min", escalate_every_min.as_ref(), &ESCALATE_EVERY_MIN);
    Some(Alarms { escalate_every_min: every })
}

/// Where every escalation leads: to a response that is there, is not quieter, and does not lead back.
pub(in crate::protocol) fn escalations(raw: &RawProtocol, responses: &[Response], report: &mut Report) {
    for (response, table) in responses.iter().zip(&raw.response) {
        let Some(escalate) = &response.escalate else { continue };
        let Some(to) = place(table.get_ref()) else { continue };
        check_looks(response, escalate, table.get_ref(), report);
        let Some(next) = responses.iter().find(|other| other.id == escalate.to) else {
            // An id that could not be read may have been the one.
            if raw.response.iter().all(|other| other.get_ref().id.is_some()) {
                report.add(to, FaultKind::UnknownResponse { id: escalate.to.clone() });
            }
            continue;
        };
        if next.priority < response.priority {
            report.add(to, FaultKind::QuieterEscalation { id: next.id.clone() });
        }
        if let Some(circle) = circle(responses, response) {
            report.add(to, FaultKind::EscalateCircle { ids: circle });
        }
    }
}

fn place(raw: &RawResponse) -> Option<usize> {
    Some(raw.escalate.as_ref()?.get_ref().to.as_ref()?.span().start)
}

/// "No improvement" needs somebody to look again; a drug that was given asks for that look by itself.
fn check_looks(response: &Response, escalate: &Escalate, raw: &RawResponse, report: &mut Report) {
    let times = raw.escalate.as_ref().and_then(|table| table.get_ref().no_improvement.as_ref());
    let Some(times) = times.filter(|_| escalate.no_improvement.is_some()) else { return };
    let asks_itself = matches!(response.when, When::Given { .. });
    if response.look_again_min.is_none() && raw.look_again_min.is_none() && !asks_itself {
        report.add(times.span().start, FaultKind::NobodyLooks);
    }
}

/// The ids of a chain that comes back to where it began.
fn circle(responses: &[Response], from: &Response) -> Option<Vec<String>> {
    let mut ids = vec![from.id.clone()];
    let mut here = from;
    for _ in responses {
        let to = &here.escalate.as_ref()?.to;
        ids.push(to.clone());
        if *to == from.id {
            return Some(ids);
        }
        here = responses.iter().find(|other| other.id == *to)?;
    }
    None
}

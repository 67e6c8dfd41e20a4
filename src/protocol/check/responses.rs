//! The responses: an id, a finding that can happen, at most nine steps, and no two for the same finding.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::ladder::{clears, escalate};
use super::lists::LOOK_AGAIN_MIN;
use super::only::only;
use super::section::{Section, Unique};
use super::when::{STAND_IN, when};
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::Priority;
use crate::protocol::model::Drug;
use crate::protocol::raw::{RawResponse, RawStep};
use crate::protocol::report::Report;
use crate::protocol::response::{Only, Response, Step, When};
use crate::protocol::vocabulary::{COMFORTS, PRIORITIES};

/// The number keys that answer a prompt.
const STEPS: RangeInclusive<usize> = 1..=9;
/// Every response, in file order.
pub(in crate::protocol) fn responses(
    raw: &[Spanned<RawResponse>],
    drugs: &[Drug],
    report: &mut Report,
) -> Vec<Response> {
    let mut ids = Unique::default();
    let mut responses: Vec<Response> = Vec::with_capacity(raw.len());
    for item in raw {
        let response = one(&mut Section::new("response", item.span().start, report), item.get_ref(), drugs, &mut ids);
        // Only what was read on both sides: stand-ins are all alike.
        let first = responses.iter().zip(raw).find(|(earlier, first)| {
            earlier.when == response.when && earlier.only == response.only && is_read(first.get_ref(), earlier.when)
        });
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

fn one(section: &mut Section<'_>, raw: &RawResponse, drugs: &[Drug], ids: &mut Unique) -> Response {
    let finding = section.required("when", raw.when.as_ref());
    let when = finding.map_or(STAND_IN, |finding| when(section, finding, drugs));
    Response {
        only: finding.map_or_else(Only::default, |finding| only(section, finding)),
        id: ids.id(section, raw.id.as_ref()),
        when,
        priority: section.word_if("priority", raw.priority.as_ref(), PRIORITIES).unwrap_or(Priority::Prompt),
        say: section.text("say", raw.say.as_ref()),
        plan: raw.plan.unwrap_or(false),
        steps: if matches!(when, When::Given { .. }) && raw.steps.is_none() { Vec::new() } else { steps(section, raw) },
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

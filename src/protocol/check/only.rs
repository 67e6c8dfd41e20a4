//! What must hold besides the finding: the phase of the visit, the time since something was done, what is known beforehand.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::{Section, Unique};
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::During;
use crate::protocol::raw::{RawProtocol, RawSince, RawWhen};
use crate::protocol::report::Report;
use crate::protocol::response::{Done, Only, Response, Since};
use crate::protocol::vocabulary::{PASTS, PHASES};

/// Since something was done, minutes.
const SINCE_MIN: RangeInclusive<i64> = 0..=480;

/// The conditions that stand in `when` beside the finding.
pub(super) fn only(section: &mut Section<'_>, table: &Spanned<RawWhen>) -> Only {
    let raw = table.get_ref();
    let mut section = Section::new("response.when", table.span().start, section.report);
    let is_finding = raw.observation.is_none() && raw.seen.is_none() && raw.vital.is_none() && raw.given.is_none();
    Only {
        phases: phases(&mut section, raw),
        since: raw.since.as_ref().and_then(|table| since(&mut section, table)),
        past: section.word_if("history", raw.history.as_ref().filter(|_| !is_finding), PASTS),
    }
}

fn phases(section: &mut Section<'_>, raw: &RawWhen) -> Vec<During> {
    let Some(list) = raw.phase.as_ref() else { return Vec::new() };
    let mut unique = Unique::default();
    let mut phases = Vec::with_capacity(list.get_ref().len());
    for word in list.get_ref() {
        unique.check(section, "phase", word);
        phases.extend(section.word_if("phase", Some(word), PHASES));
    }
    if list.get_ref().is_empty() {
        section.report.add(list.span().start, FaultKind::NoPhase);
    }
    phases
}

fn since(section: &mut Section<'_>, table: &Spanned<RawSince>) -> Option<Since> {
    let at = table.span().start;
    let raw = table.get_ref();
    let mut section = Section::new("response.when.since", at, section.report);
    let of = match (&raw.drug, &raw.response) {
        (Some(drug), None) => Some(Done::Drug(drug.get_ref().clone())),
        (None, Some(response)) => Some(Done::Response(response.get_ref().clone())),
        (None, None) if ["drug", "response"].iter().any(|key| section.report.was_dropped(at, key)) => None,
        _ => {
            section.report.add(at, FaultKind::SinceWhat);
            None
        }
    };
    let after_min = section.whole_if("after_min", raw.after_min.as_ref(), &SINCE_MIN);
    let within_min = section.whole_if("within_min", raw.within_min.as_ref(), &SINCE_MIN);
    section.below(("after_min", raw.after_min.as_ref()), ("within_min", raw.within_min.as_ref()));
    Some(Since { of: of?, after_min, within_min })
}

/// Every response that counts from another names one that is there.
pub(in crate::protocol) fn sinces(raw: &RawProtocol, responses: &[Response], report: &mut Report) {
    let all_named = raw.response.iter().all(|other| other.get_ref().id.is_some());
    for (response, table) in responses.iter().zip(&raw.response) {
        let Some(Since { of: Done::Response(id), .. }) = &response.only.since else { continue };
        let place = || table.get_ref().when.as_ref()?.get_ref().since.as_ref()?.get_ref().response.as_ref();
        if let Some(place) = place()
            && all_named
            && !responses.iter().any(|other| other.id == *id)
        {
            report.add(place.span().start, FaultKind::UnknownResponse { id: id.clone() });
        }
    }
}

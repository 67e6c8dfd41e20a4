//! The cadence: marks that a reading can meet, intervals that leave time to be late, looks that come while the patient is there.

use std::cmp::max;

use toml::Spanned;

use crate::protocol::fault::FaultKind;
use crate::protocol::model::Protocol;
use crate::protocol::raw::{RawProtocol, RawSchedule};
use crate::protocol::report::Report;
use crate::protocol::response::When;

/// Marks so close together that a reading at its own time counts for the next one: the first could not be told from it.
pub(in crate::protocol) fn marks(raw: &RawProtocol, report: &mut Report) {
    let Some(schedule) = raw.schedule.as_ref().map(Spanned::get_ref) else { return };
    let Some(early) = schedule.counts_early_min.as_ref().map(|early| *early.get_ref()) else { return };
    let from_end = schedule.at_end.unwrap_or(true).then_some(0);
    for (key, list, mut before) in
        [("at_min", schedule.at_min.as_ref(), None), ("after_end_min", schedule.after_end_min.as_ref(), from_end)]
    {
        for mark in list.map(Spanned::get_ref).into_iter().flatten() {
            let found = *mark.get_ref();
            if let Some(before) = before.filter(|before| (1..=early).contains(&(found - before))) {
                let key = format!("schedule.{key}");
                report.add(mark.span().start, FaultKind::MarksTooClose { key, before, found, early });
            }
            before = Some(found);
        }
    }
}

/// What a schedule or a response asks for too late to be of use. Asked of a protocol without faults.
pub(super) fn warnings(raw: &RawProtocol, protocol: &Protocol, report: &mut Report) {
    if let Some(schedule) = raw.schedule.as_ref() {
        intervals(schedule.get_ref(), protocol, report);
    }
    let visit_min = visit_min(protocol);
    for (response, table) in protocol.responses.iter().zip(&raw.response) {
        let table = table.get_ref();
        if let Some(again) = table.look_again_min.as_ref().filter(|_| response.look_again_min > Some(visit_min)) {
            let what = FaultKind::LaterThanTheVisit { key: "look_again_min", found: *again.get_ref(), visit_min };
            report.warn(again.span().start, what);
        }
        let for_min = match response.when {
            When::Graded { for_min, .. } | When::Measured { for_min, .. } => for_min,
            _ => None,
        };
        let place = table.when.as_ref().and_then(|when| when.get_ref().for_min.as_ref());
        if let Some(place) = place.filter(|_| for_min > Some(visit_min)) {
            let what = FaultKind::LaterThanTheVisit { key: "for_min", found: *place.get_ref(), visit_min };
            report.warn(place.span().start, what);
        }
    }
}

fn intervals(raw: &RawSchedule, protocol: &Protocol, report: &mut Report) {
    let schedule = &protocol.schedule;
    let intervals = [
        ("every_min", raw.every_min.as_ref(), Some(schedule.every_min)),
        ("look_every_min", raw.look_every_min.as_ref(), Some(schedule.look_every_min)),
        ("look_after_end_min", raw.look_after_end_min.as_ref(), schedule.look_after_end_min),
    ];
    for (key, place, every_min) in intervals {
        if let Some(place) = place
            && every_min.is_some_and(|every| every <= schedule.overdue_after_min)
        {
            let overdue = schedule.overdue_after_min;
            report.warn(place.span().start, FaultKind::DueBeforeOverdue { key, found: *place.get_ref(), overdue });
        }
    }
    let planned = protocol.infusion.duration_min;
    if let Some(place) = raw.every_min.as_ref()
        && protocol.infusion.route.has_pump()
        && schedule.every_min > planned
    {
        report.warn(place.span().start, FaultKind::IntervalTooLong { found: *place.get_ref(), planned });
    }
}

/// How long a visit lasts from the start, by its own plan, minutes.
fn visit_min(protocol: &Protocol) -> u32 {
    let schedule = &protocol.schedule;
    let after_end = max(schedule.after_end_min.last().copied(), schedule.observe_min).unwrap_or(0);
    max(protocol.infusion.duration_min + after_end, schedule.at_min.last().copied().unwrap_or(0))
}

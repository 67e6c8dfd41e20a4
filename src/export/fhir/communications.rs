//! Who was told what: calls to a clinician, and the clock times given to the patient. The console places no call: a person called.

use serde_json::json;

use super::bundle::{Bundle, Id};
use super::case::{Case, STYLE};
use super::codes::local;
use crate::session::{Call, CardMade, Event, Row};
use crate::words::{self, bundle_notes};

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    for row in case.session.rows() {
        match row.event {
            Event::ClinicianCalled { said, whom, .. } => call(case, bundle, &row, said, whom.as_deref()),
            Event::GuidanceGiven { .. } => guidance(case, bundle, &row),
            Event::CardMade(made) => card(case, bundle, &row, made),
            _ => {}
        }
    }
    answered(case, bundle);
    superseded(case, bundle);
}

/// The card that the patient takes home, as a document that is kept elsewhere: its file is named, not held.
fn card(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, made: &CardMade) {
    let mut standing = case.session.standing();
    let is_superseded =
        standing.any(|row| matches!(row.event, Event::CardSuperseded { version } if *version == made.version));
    bundle.put_for(
        row.item.seq,
        Id::part(row.entry.fields.id, "card"),
        "DocumentReference",
        json!({
            "meta": case.tags(),
            "status": if !row.stands() { "entered-in-error" } else if is_superseded { "superseded" } else { "current" },
            "type": local("document", "take-home-card", bundle_notes::CARD),
            "subject": case.patient(),
            "date": case.time(row.item.at.utc_ms),
            "author": [case.who(&row.entry.fields.actor)],
            "description": words::event_at(row.event, case.zone, STYLE),
            "content": [{ "attachment": { "title": bundle_notes::card_title(made), "creation": case.time(row.item.at.utc_ms) } }],
            "context": { "encounter": [case.encounter()] },
        }),
    );
}

/// What says that a card was printed, or no longer holds, belongs to that card.
fn superseded(case: &Case<'_>, bundle: &mut Bundle) {
    for row in case.session.rows() {
        let (Event::CardSuperseded { version } | Event::CardPrinted { version }) = row.event else { continue };
        let of_it = |other: &Row<'_>| matches!(other.event, Event::CardMade(made) if made.version == *version);
        for card in case.session.rows().filter(of_it) {
            bundle.note(row.item.seq, Id::part(card.entry.fields.id, "card"));
        }
    }
}

fn call(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, said: &str, whom: Option<&str>) {
    let calls = &case.session.state().calls;
    let index = calls.iter().position(|call| call.seq == row.item.seq);
    let call = index.map(|index| &calls[index]);
    let is_over = case.session.state().left.is_some();
    let status = match call {
        _ if !row.stands() => "entered-in-error",
        Some(call) if !call.is_open() => "completed",
        // Another was called instead, or the visit is over: nobody is awaited any more.
        _ if is_over || index.is_some_and(|index| index + 1 < calls.len()) => "stopped",
        _ => "in-progress",
    };
    let line = index.zip(call).map(|(index, call)| {
        let now = case.session.at(&case.session.last_entry().stamp());
        json!({ "text": words::call_line(call, calls.get(index + 1), now) })
    });
    let received = call.and_then(|call| call.answered).map(|at| case.time(at.utc_ms));
    bundle.put_for(
        row.item.seq,
        Id::part(row.entry.fields.id, "call"),
        "Communication",
        json!({
            "meta": case.tags(),
            "status": status,
            "category": [local("communication", "call", bundle_notes::CALL)],
            "subject": case.patient(),
            "encounter": case.encounter(),
            "sent": case.time(row.item.at.utc_ms),
            "received": received,
            "recipient": whom.map(|whom| json!([case.named(whom)])),
            "sender": case.who(&row.entry.fields.actor),
            "payload": [{ "contentString": said }],
            "note": line.into_iter().chain(case.notes(row)).collect::<Vec<_>>(),
        }),
    );
}

/// An answer, an arrival and an end belong to the last call before them.
fn answered(case: &Case<'_>, bundle: &mut Bundle) {
    let calls = &case.session.state().calls;
    for row in case.session.rows() {
        let is_about_call = matches!(row.event, Event::ClinicianAnswered | Event::ClinicianArrived | Event::CallOver);
        let before = |call: &&Call| call.called.session_ms <= row.item.at.session_ms;
        let Some(call) = calls.iter().rev().find(before).filter(|_| is_about_call) else { continue };
        for id in bundle.made_by(call.seq).to_vec() {
            bundle.note(row.item.seq, id);
        }
    }
}

fn guidance(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>) {
    bundle.put_for(
        row.item.seq,
        Id::part(row.entry.fields.id, "guidance"),
        "Communication",
        json!({
            "meta": case.tags(),
            "status": if row.stands() { "completed" } else { "entered-in-error" },
            "category": [local("communication", "guidance", bundle_notes::GUIDANCE)],
            "subject": case.patient(),
            "encounter": case.encounter(),
            "sent": case.time(row.item.at.utc_ms),
            "recipient": [case.patient()],
            "sender": case.who(&row.entry.fields.actor),
            "payload": [{ "contentString": words::event_at(row.event, case.zone, STYLE) }],
            "note": case.notes(row),
        }),
    );
}

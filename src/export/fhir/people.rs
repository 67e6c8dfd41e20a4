//! Who and where: the patient, who acted, the program, the room, the visit.

use serde_json::{Value, json};

use super::bundle::{Bundle, Id};
use super::case::Case;
use super::codes::{self, local, local_system};
use crate::session::{Actor, At, Leaving, Phase, Role};
use crate::words;

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    let (session, state) = (case.session, case.session.state());
    let (description, first) = (&state.description, session.opening_entry().seq());
    let patient = case.part("patient");
    bundle.put_for(
        first,
        patient,
        "Patient",
        json!({
            "meta": case.tags(),
            "identifier": description.code.as_ref().filter(|code| is_said(code)).map(|code| json!([{
                "system": local_system("patient-code"),
                "value": code,
            }])),
            "name": [{ "text": description.patient }],
            "birthDate": description.born.as_deref().filter(|born| is_date(born)),
        }),
    );
    for actor in &case.actors {
        bundle.put(case.actor_id(actor), "Practitioner", practitioner(actor));
    }
    bundle.put(
        case.part("device"),
        "Device",
        json!({
            "deviceName": [{ "name": "Bedside", "type": "user-friendly-name" }],
            "version": [{ "value": session.last_entry().fields.app }],
            "identifier": [{
                "system": local_system("station"),
                "value": session.opening_entry().fields.station,
            }],
        }),
    );
    let room = session.opening().room.as_ref().filter(|room| is_said(room));
    if let Some(room) = room {
        bundle.put(case.part("location"), "Location", json!({ "name": room }));
    }
    let encounter = encounter(case, room.map(|_| case.part("location")));
    bundle.put_for(first, case.part("encounter"), "Encounter", encounter);
}

/// Whether there is anything left of a text once it is clean.
fn is_said(text: &str) -> bool {
    !crate::session::text::clean(text).is_empty()
}

fn practitioner(actor: &Actor) -> Value {
    json!({
        "identifier": is_said(&actor.id).then(|| json!([{ "system": local_system("person"), "value": actor.id }])),
        "name": [{ "text": actor.name }],
    })
}

/// A date of birth that is one; anything else is no date, whatever it means.
fn is_date(text: &str) -> bool {
    text.len() == 10 && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn encounter(case: &Case<'_>, room: Option<Id>) -> Value {
    let (session, state) = (case.session, case.session.state());
    let status = match state.phase {
        Phase::Preparation => "arrived",
        Phase::Infusion | Phase::Recovery => "in-progress",
        Phase::Left(_) | Phase::Closed => "finished",
    };
    let opened = At { session_ms: 0, utc_ms: session.opening_entry().fields.recorded_at };
    let turns = state.watch.turns().iter().map(|turn| {
        json!({
            "type": [local("role", words::role_name(Role::Sitter), words::role_name(Role::Sitter))],
            "period": case.period(Some(turn.from), turn.to.or(state.left)),
            "individual": case.who(&turn.sitter),
        })
    });
    json!({
        "meta": case.tags(),
        "identifier": [{ "system": local_system("session-number"), "value": session.opening().number }],
        "status": status,
        "class": codes::hl7("v3-ActCode", "AMB")["coding"][0],
        "subject": case.patient(),
        "participant": turns.collect::<Vec<_>>(),
        "period": case.period(Some(opened), state.left),
        "hospitalization": { "dischargeDisposition": disposition(&state.phase) },
        "location": room.map(|room| json!([{ "location": room.reference() }])),
    })
}

fn disposition(phase: &Phase) -> Value {
    let Phase::Left(how) = phase else { return Value::Null };
    let code = match how {
        Leaving::Discharged => "discharged",
        Leaving::AgainstAdvice => "against-advice",
        Leaving::Transferred { .. } => "transferred",
    };
    local("leaving", code, &words::leaving_name(how))
}

//! What was given and done: the infusion with its pauses, the drug that it gives by stretches of rate, each other drug, each
//! comfort measure, each emergency.

use serde_json::{Value, json};

use super::bundle::{Bundle, Id};
use super::case::{Case, STYLE};
use super::codes::{self, local};
use super::observations::serde_word;
use super::vitals::thousandths;
use crate::protocol::Route;
use crate::session::{Deviation, DrugGiven, Emergency, Event, Infusion, Phase, PumpState, Row, pump_act};
use crate::words::{self, bundle_notes};

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    infusion(case, bundle);
    for row in case.session.rows() {
        match row.event {
            Event::DrugGiven(given) => drug(case, bundle, &row, given),
            Event::ComfortNoted { measure, .. } => {
                let code = local("comfort", &serde_word(measure), words::comfort_name(*measure));
                comfort(case, bundle, &row, &code);
            }
            _ => {}
        }
    }
    for emergency in &case.session.state().emergencies {
        self::emergency(case, bundle, emergency);
    }
}

/// The course of the pump; by another route, from the first device, injection or dose to the last.
fn infusion(case: &Case<'_>, bundle: &mut Bundle) {
    let (state, route) = (case.session.state(), case.session.route());
    let infusion = &state.infusion;
    let id = case.part("infusion");
    let notes: Vec<Value> = acts(case).filter(Row::stands).flat_map(|row| case.notes(&row)).collect();
    let closed = case.session.standing().find_map(|row| match row.event {
        Event::ClosedWithoutInfusion { reason } => Some(json!({ "text": reason })),
        _ => None,
    });
    bundle.put(
        id,
        "Procedure",
        json!({
            "meta": case.tags(),
            "status": procedure_status(case),
            "statusReason": closed,
            "code": local("procedure", &format!("ketamine-{}", serde_word(&route)), bundle_notes::procedure(route)),
            "subject": case.patient(),
            "encounter": case.encounter(),
            "performedPeriod": case.period(infusion.started, infusion.ended),
            "recorder": acts(case).next().map(|row| case.who(&row.entry.fields.actor)),
            "location": case.session.opening().room.as_ref().map(|room| json!({ "display": room })),
            "note": notes,
        }),
    );
    // Started, ended, paused or closed: each of these entries changed it, withdrawn ones too.
    for row in acts(case) {
        bundle.note(row.item.seq, id);
    }
    for row in case.session.rows().filter(|row| matches!(row.event, Event::ClosedWithoutInfusion { .. })) {
        bundle.note(row.item.seq, id);
    }
    pauses(case, bundle, id);
    ketamine(case, bundle, id);
}

fn acts<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Row<'a>> {
    case.session.rows().filter(|row| pump_act(row.event).is_some())
}

fn procedure_status(case: &Case<'_>) -> &'static str {
    let state = case.session.state();
    match (state.infusion.state, &state.phase) {
        (PumpState::Waiting, Phase::Closed | Phase::Left(_)) => "not-done",
        (PumpState::Waiting, _) => "preparation",
        (PumpState::Running, Phase::Left(_)) => "unknown",
        (PumpState::Running, _) => "in-progress",
        (PumpState::Paused, _) => "on-hold",
        (PumpState::Ended, _) if ended_early(case) => "stopped",
        (PumpState::Ended, _) => "completed",
    }
}

fn ended_early(case: &Case<'_>) -> bool {
    case.session.standing().any(|row| {
        matches!(row.event, Event::InfusionEnded { deviations, .. } if deviations.contains(&Deviation::EndedEarly))
    })
}

/// Each pause is a part of the infusion with a period of its own. A pause that the infusion was ended out of is none: END is when
/// it began.
fn pauses(case: &Case<'_>, bundle: &mut Bundle, part_of: Id) {
    let acts: Vec<Row<'_>> = acts(case).filter(Row::stands).collect();
    for (index, row) in acts.iter().enumerate().filter(|(_, row)| matches!(row.event, Event::InfusionPaused)) {
        let end = acts[index + 1..].iter().find(|row| !matches!(row.event, Event::RateChanged { .. }));
        if end.is_some_and(|row| matches!(row.event, Event::InfusionEnded { .. })) {
            continue;
        }
        let id = Id::part(row.entry.fields.id, "pause");
        bundle.put_for(
            row.item.seq,
            id,
            "Procedure",
            json!({
                "meta": case.tags(),
                "partOf": [part_of.reference()],
                "status": if end.is_some() { "completed" } else { "in-progress" },
                "code": local("procedure", "infusion-pause", bundle_notes::PAUSE),
                "subject": case.patient(),
                "encounter": case.encounter(),
                "performedPeriod": case.period(Some(row.item.at), end.map(|row| row.item.at)),
                "recorder": case.who(&row.entry.fields.actor),
            }),
        );
        if let Some(end) = end {
            bundle.note(end.item.seq, id);
        }
    }
}

/// The drug of the infusion: once as a whole with the dose, and once for each stretch whose rate is known.
fn ketamine(case: &Case<'_>, bundle: &mut Bundle, part_of: Id) {
    let (state, route) = (case.session.state(), case.session.route());
    let infusion = &state.infusion;
    if infusion.started.is_none() {
        return;
    }
    let status = match procedure_status(case) {
        "preparation" => "unknown",
        status => status,
    };
    // What was ordered is what was given only where it was given to its end.
    let ordered = state.description.dose_ug.map(crate::session::DoseUg::get);
    let given = ordered.filter(|_| status == "completed");
    let id = case.part("administration");
    let about = |id_part_of: Value, status: &str, period: Value, dosage: Value, note: Value| {
        json!({
            "meta": case.tags(),
            "partOf": [id_part_of],
            "status": status,
            "medicationCodeableConcept": drug_of(case, route),
            "subject": case.patient(),
            "context": case.encounter(),
            "effectivePeriod": period,
            "dosage": dosage,
            "note": note,
        })
    };
    let dosage = given.map(|dose| {
        json!({
            "text": bundle_notes::dose_as_ordered(dose),
            "route": local("route", &serde_word(&route), words::route_name(route)),
            "dose": codes::dose(&thousandths(dose), "mg"),
        })
    });
    let note =
        ordered.filter(|_| given.is_none()).map(|dose| json!([{ "text": bundle_notes::dose_ordered_not_given(dose) }]));
    let whole = case.period(infusion.started, infusion.ended);
    let fields = about(part_of.reference(), status, whole, json!(dosage), json!(note));
    bundle.put(id, "MedicationAdministration", fields);
    for row in acts(case) {
        bundle.note(row.item.seq, id);
    }
    for (index, (from_ms, to_ms, rate)) in stretches(infusion).enumerate() {
        let time = |session_ms| case.time(wall(infusion, session_ms));
        let unit = infusion.rate.as_ref().map(|rate| rate.unit.as_str()).filter(|unit| !unit.is_empty());
        let dosage = json!({
            "route": local("route", &serde_word(&route), words::route_name(route)),
            "rateQuantity": { "value": thousandths(rate), "unit": unit },
        });
        let status = if to_ms.is_some() { "completed" } else { status };
        let period = json!({ "start": time(from_ms), "end": to_ms.map(time) });
        let id = case.part(&format!("administration/{index}"));
        let fields = about(administration(case), status, period, dosage, Value::Null);
        bundle.put(id, "MedicationAdministration", fields);
    }
}

fn administration(case: &Case<'_>) -> Value {
    case.part("administration").reference()
}

/// From, to, and the rate in thousandths of the pump's unit, where it is known.
fn stretches(infusion: &Infusion) -> impl Iterator<Item = (i64, Option<i64>, u32)> {
    infusion.segments.iter().filter_map(|segment| Some((segment.from_ms, segment.to_ms, segment.known_rate()?)))
}

/// The wall clock of a moment of the infusion, by the clock at its start.
fn wall(infusion: &Infusion, session_ms: i64) -> i64 {
    infusion.started.map_or(session_ms, |start| start.utc_ms + (session_ms - start.session_ms))
}

/// Ketamine by its codes. A nasal device holds esketamine, which is another substance and has no code here: the protocol names it.
fn drug_of(case: &Case<'_>, route: Route) -> Value {
    if route == Route::Nasal {
        codes::medication(&case.session.protocol_copy().name)
    } else {
        codes::medication("ketamine")
    }
}

fn drug(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, given: &DrugGiven) {
    let mut notes = case.notes(row);
    notes.insert(0, json!({ "text": words::event_at(row.event, case.zone, STYLE) }));
    let dosage = dose(&given.dose).map(|dose| json!({ "text": given.dose, "dose": dose }));
    bundle.put_for(
        row.item.seq,
        Id::part(row.entry.fields.id, "drug"),
        "MedicationAdministration",
        json!({
            "meta": case.tags(),
            "status": if row.stands() { "completed" } else { "entered-in-error" },
            "medicationCodeableConcept": codes::medication(&given.drug),
            "subject": case.patient(),
            "context": case.encounter(),
            "effectiveDateTime": case.time(row.item.at.utc_ms),
            "performer": [{ "actor": case.named(&given.given_by) }],
            "dosage": dosage,
            "note": notes,
        }),
    );
}

/// A number and its unit, where the words are that and nothing else: `4 mg`. `0,5 mg` and `1/2` are left as they were said.
fn dose(said: &str) -> Option<Value> {
    let said = said.trim();
    let end = said.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = (&said[..end], said[end..].trim());
    let is_unit = !unit.is_empty() && unit.chars().all(|c| c.is_alphabetic() || c == '/');
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with(|c: char| c.is_ascii_digit());
    let value: serde_json::Number = number.parse().ok().filter(|_| is_unit && is_number)?;
    Some(codes::dose(&Value::Number(value), unit))
}

fn comfort(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, code: &Value) {
    bundle.put_for(
        row.item.seq,
        Id::part(row.entry.fields.id, "comfort"),
        "Procedure",
        json!({
            "meta": case.tags(),
            "status": if row.stands() { "completed" } else { "entered-in-error" },
            "code": code,
            "subject": case.patient(),
            "encounter": case.encounter(),
            "performedDateTime": case.time(row.item.at.utc_ms),
            "recorder": case.author(&row.entry.fields.actor),
            "note": case.notes(row),
        }),
    );
}

/// With its marks, each at its time.
fn emergency(case: &Case<'_>, bundle: &mut Bundle, emergency: &Emergency) {
    let Some(row) = case.session.row(emergency.seq) else { return };
    let id = Id::part(row.entry.fields.id, "emergency");
    let marks = emergency.marks.iter().map(|mark| json!({ "time": case.time(mark.at.utc_ms), "text": mark.text }));
    bundle.put_for(
        emergency.seq,
        id,
        "Procedure",
        json!({
            "meta": case.tags(),
            "status": if emergency.ended.is_some() { "completed" } else { "in-progress" },
            "code": local("procedure", "emergency", bundle_notes::EMERGENCY_PROCEDURE),
            "subject": case.patient(),
            "encounter": case.encounter(),
            "performedPeriod": case.period(Some(emergency.began), emergency.ended),
            "recorder": case.author(&row.entry.fields.actor),
            "note": marks.chain(case.notes(&row)).collect::<Vec<_>>(),
        }),
    );
    for mark in &emergency.marks {
        bundle.note(mark.seq, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("4 mg", Some(json!({ "value": 4, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg" })))]
    #[case("0.5mg/kg", Some(json!({ "value": 0.5, "unit": "mg/kg", "system": "http://unitsofmeasure.org", "code": "mg/kg" })))]
    #[case("2 tablets", Some(json!({ "value": 2, "unit": "tablets", "system": null, "code": null })))]
    #[case("0,5 mg", None)]
    #[case("1/2 tablet", None)]
    #[case("4-8 mg", None)]
    #[case("4", None)]
    #[case(".5 mg", None)]
    #[case("1.2.3 mg", None)]
    #[case("05 mg", None)]
    #[case("mg", None)]
    #[case("", None)]
    fn a_dose_is_read_only_where_it_cannot_be_misread(#[case] said: &str, #[case] expected: Option<Value>) {
        assert_eq!(dose(said), expected);
    }
}

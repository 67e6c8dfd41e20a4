//! What was asked: the preparation and the discharge gate, each a questionnaire's answers. An item without an answer was not asked,
//! or is still open.

use serde_json::{Value, json};

use super::bundle::Bundle;
use super::case::Case;
use super::codes::{local_coding, local_system};
use crate::guidance::{GateItem, Guidance};
use crate::session::{Event, GateAnswer, Phase, Row};
use crate::words::{self, bundle_notes, record_page};

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    preparation(case, bundle);
    gate(case, bundle);
}

/// Allergies, screening, ride, comfort plan, as they were last described.
fn preparation(case: &Case<'_>, bundle: &mut Bundle) {
    let is_part = |row: &Row<'_>| matches!(row.event, Event::PatientDescribed(_) | Event::ComfortPlanned(_));
    let rows: Vec<Row<'_>> = case.session.standing().filter(is_part).collect();
    let Some(last) = rows.last() else { return };
    let state = case.session.state();
    let lines = record_page::preparation_lines(&state.description, &state.comfort);
    let items = lines.iter().enumerate().map(|(index, (label, value))| {
        // The first is always there, asked or not.
        let is_answered = index > 0 || state.description.allergies.is_some();
        json!({
            "linkId": format!("{}", label.to_lowercase().replace(' ', "-")),
            "text": label,
            "answer": is_answered.then(|| json!([{ "valueString": value }])),
        })
    });
    let status = if state.phase == Phase::Preparation { "in-progress" } else { "completed" };
    let id = case.part("preparation");
    bundle.put(
        id,
        "QuestionnaireResponse",
        answers(case, "preparation", status, Some(last), &items.collect::<Vec<_>>()),
    );
    for row in rows {
        bundle.note(row.item.seq, id);
    }
}

fn gate(case: &Case<'_>, bundle: &mut Bundle) {
    let rows: Vec<Row<'_>> =
        case.session.standing().filter(|row| matches!(row.event, Event::GateAnswered { .. })).collect();
    let state = case.session.state();
    if rows.is_empty() && !matches!(state.phase, Phase::Recovery | Phase::Left(_)) {
        return;
    }
    let now = state.left.unwrap_or_else(|| case.session.at(&case.session.last_entry().stamp()));
    let guidance = Guidance::of(case.protocol, case.session, case.zone, now);
    let status = match state.phase {
        _ if guidance.gate.iter().all(GateItem::is_settled) => "completed",
        Phase::Left(_) | Phase::Closed => "stopped",
        _ => "in-progress",
    };
    let items: Vec<Value> = guidance.gate.iter().map(|item| gate_item(case, item)).collect();
    let id = case.part("gate");
    bundle.put(id, "QuestionnaireResponse", answers(case, "discharge-gate", status, rows.last(), &items));
    for row in rows {
        bundle.note(row.item.seq, id);
    }
}

fn answers(case: &Case<'_>, name: &str, status: &str, last: Option<&Row<'_>>, items: &[Value]) -> Value {
    json!({
        "meta": case.tags(),
        "identifier": { "system": local_system("answers"), "value": format!("{}/{name}", case.session.session_id()) },
        "status": status,
        "subject": case.patient(),
        "encounter": case.encounter(),
        "authored": last.map(|row| case.time(row.item.at.utc_ms)),
        "author": last.map(|row| case.who(&row.entry.fields.actor)),
        "item": items,
    })
}

/// An item with who answered it and when; with whose name, and why it was let pass.
fn gate_item(case: &Case<'_>, item: &GateItem) -> Value {
    let answer = item.answer.as_ref().map(|(answer, at, by)| {
        let detail = |id: &str, text: &str, value: &str| {
            json!({ "linkId": format!("{}.{id}", item.id), "text": text, "answer": [{ "valueString": value }] })
        };
        let mut details = match answer {
            GateAnswer::Met { name: Some(name) } => vec![detail("name", bundle_notes::GATE_NAME, name)],
            GateAnswer::Overridden { by, reason } => {
                vec![detail("clinician", bundle_notes::GATE_CLINICIAN, by), detail("reason", bundle_notes::GATE_REASON, reason)]
            }
            GateAnswer::Met { name: None } | GateAnswer::NotMet => Vec::new(),
        };
        details.push(detail("by", bundle_notes::GATE_ANSWERED_BY, by));
        details.push(json!({
            "linkId": format!("{}.at", item.id),
            "text": bundle_notes::GATE_ANSWERED_AT,
            "answer": [{ "valueDateTime": case.time(at.utc_ms) }],
        }));
        let word = words::gate_answer_word(Some(answer));
        let mut coding = local_coding("gate-answer", &word.replace(' ', "-"));
        coding["display"] = json!(word);
        json!([{ "valueCoding": coding, "item": details }])
    });
    json!({ "linkId": item.id, "text": item.say, "answer": answer })
}

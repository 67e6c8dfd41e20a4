//! What was asked: the preparation, the screening and the discharge gate, each a questionnaire's answers. An item without an answer
//! was not asked, or is still open.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bundle::Bundle;
use super::case::Case;
use super::codes::{local_coding, local_system};
use crate::guidance::{GateItem, Guidance};
use crate::protocol::ScreeningKind;
use crate::session::{Against, At, Event, GateAnswer, Phase, Row, Screened};
use crate::words::{self, bundle_notes, record_page};

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    preparation(case, bundle);
    screening(case, bundle);
    gate(case, bundle);
}

/// Allergies, screening, ride, comfort plan, as they were last described.
fn preparation(case: &Case<'_>, bundle: &mut Bundle) {
    let is_part = |row: &Row<'_>| matches!(row.event, Event::PatientDescribed(_) | Event::ComfortPlanned(_));
    let rows: Vec<Row<'_>> = case.session.standing().filter(is_part).collect();
    let Some(last) = rows.last() else { return };
    let state = case.session.state();
    let lines = record_page::preparation_lines(&state.description, &state.comfort);
    // An item stands once, with as many answers as it has: a dose in mg and in mg/kg.
    let mut items: Vec<Value> = Vec::new();
    for (index, (label, value)) in lines.iter().enumerate() {
        let answer = json!({ "valueString": value });
        if let Some(item) = items.iter_mut().find(|item| item["text"] == *label) {
            item["answer"].as_array_mut().expect("made below").push(answer);
            continue;
        }
        // The first is always there, asked or not.
        let answers = if index > 0 || state.description.allergies.is_some() { vec![answer] } else { Vec::new() };
        items.push(json!({ "linkId": label.to_lowercase().replace(' ', "-"), "text": label, "answer": answers }));
    }
    let status = if state.phase == Phase::Preparation { "in-progress" } else { "completed" };
    let id = case.part("preparation");
    bundle.put(id, "QuestionnaireResponse", answers(case, "preparation", status, Some(last), &items));
    for row in rows {
        bundle.note(row.item.seq, id);
    }
}

/// The protocol's items, asked or not, and what was answered of one that it does not have.
fn screening(case: &Case<'_>, bundle: &mut Bundle) {
    let rows: Vec<Row<'_>> =
        case.session.standing().filter(|row| matches!(row.event, Event::ScreeningAnswered(_))).collect();
    let Some(last) = rows.last() else { return };
    let state = case.session.state();
    let said = &state.asked.screening;
    let asked = &case.protocol.screening;
    let status = match state.phase {
        _ if asked.iter().all(|item| said.contains_key(&item.id)) => "completed",
        Phase::Preparation => "in-progress",
        _ => "stopped",
    };
    let others = said.keys().filter(|id| asked.iter().all(|item| item.id != **id)).map(|id| (id, id));
    let items = asked.iter().map(|item| (&item.id, &item.say)).chain(others);
    let items: Vec<Value> = items.map(|(id, say)| screening_item(case, id, say, said.get(id))).collect();
    let id = case.part("screening");
    bundle.put(id, "QuestionnaireResponse", answers(case, "screening", status, Some(last), &items));
    for row in rows {
        bundle.note(row.item.seq, id);
    }
}

/// An item with who decided, and the earlier visit where nothing has changed since.
fn screening_item(case: &Case<'_>, id: &str, say: &str, said: Option<&(Screened, At)>) -> Value {
    let answer = said.map(|(screened, at)| {
        let by = match screened.about {
            ScreeningKind::SelfHarm => bundle_notes::SCREENED_ASKED_BY,
            _ => bundle_notes::SCREENED_BY,
        };
        let since = screened.unchanged_since.iter().flat_map(|since| {
            [
                detail(id, "since", bundle_notes::UNCHANGED_SINCE, &since.number),
                detail(id, "there", bundle_notes::DECIDED_THERE_BY, &since.by),
            ]
        });
        let mut details: Vec<Value> = std::iter::once(detail(id, "by", by, &screened.by)).chain(since).collect();
        details.push(answered_at(case, id, *at));
        let coding = worded("screening-answer", &words::screening_word(Some(screened.answer)).to_lowercase());
        json!([{ "valueCoding": coding, "item": details }])
    });
    json!({ "linkId": id, "text": say, "answer": answer })
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
    let against: BTreeMap<&str, Option<Against>> = rows.iter().filter_map(stood_against).collect();
    let items =
        guidance.gate.iter().map(|item| gate_item(case, item, against.get(item.id.as_str()).copied().flatten()));
    let items: Vec<Value> = items.collect();
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

/// How the record stood against an answer when it was given. Of several answers the last one counts.
fn stood_against<'a>(row: &Row<'a>) -> Option<(&'a str, Option<Against>)> {
    let Event::GateAnswered { item, against, .. } = row.event else { return None };
    Some((item, *against))
}

/// An item with who answered it and when; with whose name, why it was let pass, and how the record stood against it.
fn gate_item(case: &Case<'_>, item: &GateItem, against: Option<Against>) -> Value {
    let answer = item.answer.as_ref().map(|(answer, at, by)| {
        let detail = |part: &str, text: &str, value: &str| detail(&item.id, part, text, value);
        let mut details = match answer {
            GateAnswer::Met { name: Some(name) } => vec![detail("name", bundle_notes::GATE_NAME, name)],
            GateAnswer::Overridden { by, reason } => {
                vec![
                    detail("clinician", bundle_notes::GATE_CLINICIAN, by),
                    detail("reason", bundle_notes::GATE_REASON, reason),
                ]
            }
            GateAnswer::Met { name: None } | GateAnswer::NotMet => Vec::new(),
        };
        details.extend(against.map(|how| detail("against", bundle_notes::GATE_AGAINST, words::met_against(how))));
        let holds = !item.is_asked_again();
        details
            .extend((!holds).then(|| detail("since", bundle_notes::GATE_SINCE, words::holds_no_more(&item.evidence))));
        details.push(detail("by", bundle_notes::ANSWERED_BY, by));
        details.push(answered_at(case, &item.id, *at));
        // One that holds no more is no answer to the item as it stands.
        let word = words::gate_answer_word(item.holding());
        json!([{ "valueCoding": worded("gate-answer", word), "item": details }])
    });
    json!({ "linkId": item.id, "text": item.say, "answer": answer })
}

/// Something that belongs to an answer, in words.
fn detail(item: &str, part: &str, text: &str, value: &str) -> Value {
    json!({ "linkId": format!("{item}.{part}"), "text": text, "answer": [{ "valueString": value }] })
}

fn answered_at(case: &Case<'_>, item: &str, at: At) -> Value {
    json!({
        "linkId": format!("{item}.at"),
        "text": bundle_notes::ANSWERED_AT,
        "answer": [{ "valueDateTime": case.time(at.utc_ms) }],
    })
}

/// A code of our own that is its word.
fn worded(system: &str, word: &str) -> Value {
    let mut coding = local_coding(system, &word.replace(' ', "-"));
    coding["display"] = json!(word);
    coding
}

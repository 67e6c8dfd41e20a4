//! What was seen, said and noted: an observation each, in the order of observation. What has no resource of its own in FHIR is an
//! observation in words, so that nothing that was said of the patient is missing.

use serde_json::{Value, json};

use super::bundle::{Bundle, Id};
use super::case::{Case, STYLE, is_about, status};
use super::{codes, vitals};
use crate::protocol::Scale;
use crate::session::{Event, Gad7, Mood, Observation, Phq9, Phq9Item9, Row, Scores};
use crate::words::{self, bundle_notes};

/// What an observation says, beside who, when and how it stands.
pub(super) struct Said<'a> {
    /// Which part of the entry it is.
    pub(super) part: &'a str,
    pub(super) code: Value,
    /// A code of `observation-category`.
    pub(super) category: Option<&'a str>,
    /// Its value, its components, or why there is none.
    pub(super) values: Value,
}

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    for row in case.session.rows() {
        match row.event {
            Event::VitalsRecorded { .. } => vitals::put(case, bundle, &row),
            Event::PatientDescribed(described) => {
                // The rest of it is told as it stands at last; that somebody else was named before would be told nowhere.
                if described.was_patient.is_some() {
                    put_said(case, bundle, &row, in_words(case, &row));
                }
                if let Some(weight) = described.weight_g {
                    vitals::put_weight(case, bundle, &row, weight.get());
                }
            }
            Event::ObservationRecorded { observation } => {
                put_said(case, bundle, &row, observed(*observation));
            }
            Event::ScoresRecorded { scores } => put_scores(case, bundle, &row, *scores),
            event if has_a_place_of_its_own(event) => {}
            _ => put_said(case, bundle, &row, in_words(case, &row)),
        }
    }
}

/// Each score of the line: totals under their own codes, what has none under one of ours.
fn put_scores(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, scores: Scores) {
    let all = [
        ("phq9", scores.phq9.map(Phq9::get)),
        ("phq9-item9", scores.phq9_item9.map(Phq9Item9::get)),
        ("gad7", scores.gad7.map(Gad7::get)),
        ("mood", scores.mood.map(Mood::get)),
    ];
    for (part, value) in all {
        let Some(value) = value else { continue };
        let values = json!({ "valueQuantity": codes::quantity(part, &json!(value)) });
        let code = codes::observed(part, bundle_notes::score(part));
        put_said(case, bundle, row, Said { part, code, category: Some("survey"), values });
    }
}

/// Puts an observation with everything that holds of its entry.
pub(super) fn put_said(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, said: Said<'_>) {
    let mut fields = json!({
        "meta": { "profile": codes::profile(said.part).map(|profile| [profile]), "tag": case.tags()["tag"] },
        "status": status(row),
        "category": said.category.map(|category| json!([codes::hl7("observation-category", category)])),
        "code": said.code,
        "subject": case.patient(),
        "encounter": case.encounter(),
        "effectiveDateTime": case.time(row.item.at.utc_ms),
        "issued": case.issued(row),
        "performer": [case.who(&row.entry.fields.actor)],
        "note": case.notes(row),
    });
    // An observation is made by people; what the program noticed has its provenance.
    if !row.by_person() {
        fields["performer"] = Value::Null;
    }
    if let (Some(fields), Value::Object(values)) = (fields.as_object_mut(), said.values) {
        fields.extend(values);
    }
    bundle.put_for(row.item.seq, Id::part(row.entry.fields.id, said.part), "Observation", fields);
}

fn observed(observation: Observation) -> Said<'static> {
    let yes = json!({ "valueBoolean": true });
    if let Some((scale, grade)) = observation.grade() {
        let part = scale_code(scale);
        let value = codes::quantity(part, &json!(grade));
        let word = words::grade_word(scale, grade);
        let meaning = (!word.is_empty()).then(|| json!([{ "text": word }]));
        let category = if scale == Scale::Pain { "survey" } else { "exam" };
        return Said {
            part,
            code: codes::observed(part, bundle_notes::scale_range(scale)),
            category: Some(category),
            values: json!({ "valueQuantity": value, "interpretation": meaning }),
        };
    }
    let (part, text) = match observation {
        Observation::Vomiting => ("vomiting", words::event(&Event::ObservationRecorded { observation })),
        Observation::RestingNotRoused => {
            ("resting-not-roused", words::event(&Event::ObservationRecorded { observation }))
        }
        Observation::Seen(sign) => {
            let code = codes::local("sign", &serde_word(&sign), words::sign_name(sign));
            return Said { part: "sign", code, category: Some("exam"), values: yes };
        }
        _ => ("looked", words::event(&Event::ObservationRecorded { observation })),
    };
    Said { part, code: codes::observed(part, &text), category: Some("exam"), values: yes }
}

/// The word that the stored line has for it.
pub(super) fn serde_word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

const fn scale_code(scale: Scale) -> &'static str {
    match scale {
        Scale::Nausea => "nausea",
        Scale::Anxiety => "anxiety",
        Scale::Dissociation => "dissociation",
        Scale::Sedation => "sedation",
        Scale::Pain => "pain",
    }
}

/// An entry as one sentence, under its kind.
fn in_words(case: &Case<'_>, row: &Row<'_>) -> Said<'static> {
    let (kind, text) = match row.event {
        // The patient's own words are theirs alone.
        Event::NoteTaken { text, patients_words: true } => ("patients_words".to_owned(), text.clone()),
        Event::NoteTaken { text, patients_words: false } => ("note_taken".to_owned(), text.clone()),
        event => (event.kind(), words::event_at(event, case.zone, STYLE)),
    };
    let code = codes::local("entry", &kind, &kind.replace('_', " "));
    Said { part: "words", code, category: None, values: json!({ "valueString": text }) }
}

/// Whether an entry is told by another resource, is about another entry, or says nothing of the patient: then its provenance tells it.
const fn has_a_place_of_its_own(event: &Event) -> bool {
    is_about(event).is_some()
        || matches!(
            event,
            Event::SessionOpened(_)
                | Event::ComfortPlanned(_)
                | Event::InfusionStarted { .. }
                | Event::InfusionPaused
                | Event::InfusionResumed
                | Event::InfusionEnded { .. }
                | Event::ComfortNoted { .. }
                | Event::DrugGiven(_)
                | Event::PromptRaised { .. }
                | Event::PromptAcknowledged { .. }
                | Event::PromptAnswered { .. }
                | Event::LookedAgain { .. }
                | Event::ClinicianCalled { .. }
                | Event::ClinicianAnswered
                | Event::ClinicianArrived
                | Event::CallOver
                | Event::EmergencyBegan
                | Event::EmergencyMarked { .. }
                | Event::EmergencyEnded
                | Event::GateAnswered { .. }
                | Event::ScreeningAnswered(_)
                | Event::GuidanceGiven { .. }
                | Event::CardMade(_)
                | Event::CardPrinted { .. }
                | Event::CardSuperseded { .. }
                | Event::PatientLeft { .. }
                | Event::ClosedWithoutInfusion { .. }
                | Event::SitterSteppedOut
                | Event::SitterReturned
                | Event::SitterSignedOn { .. }
                | Event::SessionTakenOver(_)
                | Event::SessionSigned(_)
                | Event::PumpStillRunning
                | Event::ConsoleLeft
                | Event::ConsoleReturned { .. }
                | Event::ClockStepped { .. }
                | Event::Unknown { .. }
        )
}

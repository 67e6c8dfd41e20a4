//! A line of vital signs: one observation each, by the vital-signs profile. What was not taken or could not be obtained says so.

use serde_json::{Value, json};

use super::bundle::Bundle;
use super::case::Case;
use super::codes;
use super::observations::{Said, put_said};
use crate::protocol::{ReadingKind, Vital};
use crate::session::{Event, Outcome, Reading, Row, Vitals};
use crate::words::{self, bundle_notes};

/// Every reading of a line that was attempted or said not to be.
pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>) {
    let Event::VitalsRecorded { vitals, .. } = row.event else { return };
    for kind in ReadingKind::ALL {
        let Some(outcome) = vitals.outcome(kind) else { continue };
        let name = kind.id();
        let (values, what) = match kind {
            ReadingKind::BloodPressure => (components(vitals, outcome), words::reading_name(kind)),
            _ => (value(vitals, kind, outcome), words::reading_name(kind)),
        };
        let said = Said { part: name, code: codes::observed(name, what), category: Some("vital-signs"), values };
        put_said(case, bundle, row, said);
    }
}

/// A body weight, as it was described.
pub(super) fn put_weight(case: &Case<'_>, bundle: &mut Bundle, row: &Row<'_>, grams: u32) {
    let value = codes::quantity("weight", &thousandths(grams));
    let code = codes::observed("weight", bundle_notes::WEIGHT);
    let values = json!({ "valueQuantity": value });
    put_said(case, bundle, row, Said { part: "weight", code, category: Some("vital-signs"), values });
}

/// A number with at most three places after its point, exact.
pub(super) fn thousandths(value: u32) -> Value {
    if value.is_multiple_of(1000) { json!(value / 1000) } else { json!(f64::from(value) / 1000.0) }
}

fn value(vitals: &Vitals, kind: ReadingKind, outcome: Outcome) -> Value {
    let read = match kind {
        ReadingKind::Temperature => {
            let tenths = vitals.temperature.as_ref().and_then(Reading::value);
            tenths.map(|tenths| json!(f64::from(tenths.get()) / 10.0))
        }
        _ => kind.vitals().first().and_then(|vital| vitals.value(*vital)).map(|value| json!(value)),
    };
    read.map_or_else(
        || json!({ "dataAbsentReason": absent(outcome) }),
        |read| json!({ "valueQuantity": codes::quantity(kind.id(), &read) }),
    )
}

fn components(vitals: &Vitals, outcome: Outcome) -> Value {
    let component = |vital, name| {
        let mut component = json!({ "code": codes::observed(name, words::vital_name(vital)) });
        match vitals.value(vital) {
            Some(value) => component["valueQuantity"] = codes::quantity(name, &json!(value)),
            None => component["dataAbsentReason"] = absent(outcome),
        }
        component
    };
    let reason = (outcome != Outcome::Read).then(|| absent(outcome));
    json!({
        "dataAbsentReason": reason,
        "component": [component(Vital::Systolic, "systolic"), component(Vital::Diastolic, "diastolic")],
    })
}

/// Not taken was not performed; what was tried has a value that nobody knows.
fn absent(outcome: Outcome) -> Value {
    let (code, text) = match outcome {
        Outcome::NotTaken => ("not-performed", bundle_notes::NOT_TAKEN),
        Outcome::Unobtainable | Outcome::Read => ("unknown", bundle_notes::UNOBTAINABLE),
    };
    let mut reason = codes::hl7("data-absent-reason", code);
    reason["text"] = json!(text);
    reason
}

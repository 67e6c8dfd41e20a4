//! The codes of the export: `assets/codes.toml`, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::session::text::clean;
use crate::words::record_page;

/// The file, as it is shipped.
const TEXT: &str = include_str!("../../../assets/codes.toml");

/// Our own code systems begin so; what follows names one.
const LOCAL: &str = "urn:local:bedside:";

static CODES: LazyLock<Codes> = LazyLock::new(|| toml::from_str(TEXT).expect("the shipped codes are read in a test"));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    systems: BTreeMap<String, String>,
    observation: BTreeMap<String, Observed>,
    medication: BTreeMap<String, Medication>,
    unit: BTreeMap<String, String>,
}

/// How something observed is coded and measured.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Observed {
    coding: Vec<Coding>,
    profile: Option<String>,
    unit: Option<String>,
    unit_shown: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Medication {
    coding: Vec<Coding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Coding {
    system: String,
    code: String,
    display: Option<String>,
}

impl Coding {
    fn json(&self) -> Value {
        json!({ "system": CODES.systems[&self.system], "code": self.code, "display": self.display })
    }
}

/// A concept of our own: `local("sign", "chest_pain", "chest pain")`.
pub(super) fn local(system: &str, code: &str, text: &str) -> Value {
    json!({ "coding": [local_coding(system, code)], "text": text })
}

/// A code of our own.
pub(super) fn local_coding(system: &str, code: &str) -> Value {
    json!({ "system": local_system(system), "code": token(code) })
}

/// A system of our own: for codes and for identifiers.
pub(super) fn local_system(name: &str) -> String {
    format!("{LOCAL}{name}")
}

/// A code has no blanks at its ends and single ones inside.
fn token(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A code of HL7's own vocabulary, which FHIR itself asks for.
pub(super) fn hl7(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code }] })
}

/// What is observed, with its words; its own code where no other is shipped.
pub(super) fn observed(name: &str, text: &str) -> Value {
    let coding: Vec<Value> =
        CODES.observation.get(name).map(|known| known.coding.iter().map(Coding::json).collect()).unwrap_or_default();
    let coding = if coding.is_empty() { vec![local_coding("observation", name)] } else { coding };
    json!({ "coding": coding, "text": text })
}

/// The profile that it must hold to.
pub(super) fn profile(name: &str) -> Option<&'static str> {
    CODES.observation.get(name)?.profile.as_deref()
}

/// A value of it in its unit.
pub(super) fn quantity(name: &str, value: &Value) -> Value {
    let known = CODES.observation.get(name);
    let unit = known.and_then(|known| known.unit.as_deref());
    let system = unit.map(|_| CODES.systems["ucum"].as_str());
    let shown = known.and_then(|known| known.unit_shown.as_deref());
    json!({ "value": value, "unit": shown, "system": system, "code": unit })
}

/// A drug by its name; the name alone where no code is shipped.
pub(super) fn medication(name: &str) -> Value {
    let known = CODES.medication.get(&name.trim().to_lowercase());
    let coding: Vec<Value> = known.map(|known| known.coding.iter().map(Coding::json).collect()).unwrap_or_default();
    // FHIR asks for the drug: where nobody named one, that is what is said.
    let text = if clean(name).is_empty() { record_page::NOT_RECORDED } else { name };
    json!({ "coding": coding, "text": text })
}

/// A dose in the unit that was said, coded where it is one of those shipped.
pub(super) fn dose(value: &Value, unit: &str) -> Value {
    let code = CODES.unit.get(unit);
    let system = code.map(|_| CODES.systems["ucum"].as_str());
    json!({ "value": value, "unit": unit, "system": system, "code": code })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// protocol-facts 10, and nothing else.
    const SHIPPED: &[(&str, &[&str])] = &[
        (
            "loinc",
            &[
                "85354-9", "8480-6", "8462-4", "8867-4", "2708-6", "59408-5", "9279-1", "8310-5", "29463-7", "72514-3",
                "44261-6", "70274-6",
            ],
        ),
        ("snomed", &["422587007", "700471003", "422400008", "48694002", "373464007", "372487007"]),
        ("rxnorm", &["6130", "26225"]),
        ("ucum", &["mm[Hg]", "/min", "%", "Cel", "kg", "mg", "mg/kg", "{score}"]),
    ];

    fn is_shipped(system: &str, code: &str) -> bool {
        SHIPPED.iter().any(|(of, codes)| *of == system && codes.contains(&code))
    }

    #[test]
    fn only_codes_of_the_facts_are_shipped() {
        let codes = &*CODES;
        let observed = codes.observation.values().flat_map(|known| &known.coding);
        let medication = codes.medication.values().flat_map(|known| &known.coding);
        for code in observed.chain(medication) {
            assert!(is_shipped(&code.system, &code.code), "{code:?}");
            assert!(codes.systems.contains_key(&code.system), "{code:?}");
        }
        let units = codes.observation.values().filter_map(|known| known.unit.as_ref()).chain(codes.unit.values());
        for unit in units {
            assert!(is_shipped("ucum", unit), "{unit}");
        }
        assert!(!TEXT.contains("54632-5"), "that is no sedation scale");
    }

    #[test]
    fn what_has_no_code_has_one_of_our_own() {
        assert_eq!(observed("sedation", "MOAA/S")["coding"][0]["system"], "urn:local:bedside:observation");
        assert_eq!(medication("Midazolam")["coding"], json!([]));
        assert_eq!(medication(" Ondansetron ")["coding"][1]["code"], "26225");
        assert_eq!(dose(&json!(4), "mg")["code"], "mg");
        assert_eq!(dose(&json!(1), "tablet")["code"], Value::Null);
    }
}

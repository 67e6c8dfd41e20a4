//! The FHIR bundle: what it says of whole visits, that everything in it holds together, and that validators which others wrote find
//! no fault in it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use bedside::export::fhir;
use bedside::protocol::{Protocol, ScreeningKind, Sign};
use bedside::session::{
    Command, Description, Entry, Event, Gad7, GateAnswer, Mood, Observation, Phq9, Phq9Item9, Scores, Screened,
    Screening, Session, Since, Zone,
};
use serde_json::Value;

use super::hostile;
use crate::afternoon::{infusing, whole};
use crate::scenarios;
use crate::sim::zone;
use crate::visit::{Visit, new_york, sitter};

/// A bundle, read back; the same bytes each time.
pub(super) fn bundle(protocol: &Protocol, session: &Session, zone: &Zone) -> Value {
    let bytes = fhir(protocol, session, zone);
    assert_eq!(bytes, fhir(protocol, session, zone));
    let bundle: Value = serde_json::from_slice(&bytes).expect("JSON");
    holds_together(&bundle);
    bundle
}

fn of(visit: &Visit) -> Value {
    bundle(&visit.protocol, &visit.session, &visit.zone)
}

fn resources(bundle: &Value) -> impl Iterator<Item = &Value> {
    bundle["entry"].as_array().expect("entries").iter().map(|entry| &entry["resource"])
}

fn all<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    resources(bundle).filter(|resource| resource["resourceType"] == kind).collect()
}

/// The observations that have a code.
fn observations<'a>(bundle: &'a Value, code: &str) -> Vec<&'a Value> {
    let has = |value: &&Value| {
        value["code"]["coding"].as_array().is_some_and(|all| all.iter().any(|coding| coding["code"] == code))
    };
    all(bundle, "Observation").into_iter().filter(has).collect()
}

/// Every reference resolves, each resource stands once, nothing is empty, no text moves a terminal, and each code is of a system
/// that may be used.
fn holds_together(bundle: &Value) {
    assert_eq!((bundle["resourceType"].as_str(), bundle["type"].as_str()), (Some("Bundle"), Some("collection")));
    let mut urls = BTreeSet::new();
    for entry in bundle["entry"].as_array().expect("entries") {
        let url = entry["fullUrl"].as_str().expect("a url");
        assert_eq!(url, format!("urn:uuid:{}", entry["resource"]["id"].as_str().expect("an id")));
        assert!(urls.insert(url), "{url} stands twice");
    }
    walk(bundle, "", &mut |path, value| match value {
        Value::Null => panic!("{path} is null"),
        Value::Array(values) => assert!(!values.is_empty(), "{path} is empty"),
        Value::Object(fields) => {
            assert!(!fields.is_empty(), "{path} is empty");
            if let Some(url) = fields.get("reference") {
                assert!(urls.contains(url.as_str().expect("text")), "{path}: {url} leads nowhere");
            }
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let time = |value: &Value| {
                    chrono::DateTime::parse_from_rfc3339(value.as_str().expect("text")).expect("a time")
                };
                assert!(time(start) <= time(end), "{path}: {start} to {end}");
            }
            if let (Some(system), Some(_)) = (fields.get("system"), fields.get("code")) {
                let system = system.as_str().expect("text");
                let begins =
                    ["http://loinc.org", "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"];
                let hl7 = "http://terminology.hl7.org/CodeSystem/";
                let known =
                    begins.contains(&system) || system == "http://unitsofmeasure.org" || system.starts_with(hl7);
                assert!(known || system.starts_with("urn:local:bedside:"), "{path}: {system}");
            }
        }
        Value::String(text) => {
            assert!(!text.trim().is_empty() && text.trim() == text, "{path}: {text:?}");
            assert!(!text.chars().any(bedside::session::text::is_dropped), "{path}: {text:?}");
        }
        _ => {}
    });
}

fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(path, value);
    match value {
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| walk(value, &format!("{path}[{at}]"), visit));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| walk(value, &format!("{path}.{name}"), visit)),
        _ => {}
    }
}

#[test]
fn vital_signs_stand_by_their_profile() {
    let bundle = of(&whole());
    let pressures = observations(&bundle, "85354-9");
    let first = pressures[0];
    assert_eq!(first["meta"]["profile"][0], "http://hl7.org/fhir/StructureDefinition/bp");
    assert_eq!(first["category"][0]["coding"][0]["code"], "vital-signs");
    assert_eq!(first["effectiveDateTime"], "2026-11-23T14:05:00.000-05:00");
    let values: Vec<&Value> =
        first["component"].as_array().expect("components").iter().map(|part| &part["valueQuantity"]["value"]).collect();
    assert_eq!(values, [&Value::from(124), &Value::from(78)]);
    assert_eq!(first["component"][0]["valueQuantity"]["code"], "mm[Hg]");
    assert_eq!(observations(&bundle, "8310-5")[0]["valueQuantity"]["value"], 36.8);
    assert_eq!(observations(&bundle, "29463-7")[0]["valueQuantity"]["value"], 63.5);
    let saturation = observations(&bundle, "2708-6");
    assert_eq!(saturation[0]["code"]["coding"][1]["code"], "59408-5");
}

#[test]
fn what_was_not_read_says_why() {
    let bundle = of(&whole());
    let reason = |value: &Value| value["dataAbsentReason"]["coding"][0]["code"].as_str().map(str::to_owned);
    let breaths: Vec<_> = observations(&bundle, "9279-1").into_iter().filter_map(reason).collect();
    assert_eq!(breaths, ["not-performed"]);
    let unobtainable = observations(&bundle, "85354-9").into_iter().find(|value| reason(value).is_some());
    let unobtainable = unobtainable.expect("a pressure that could not be obtained");
    assert_eq!(reason(&unobtainable["component"][0]).as_deref(), Some("unknown"));
    assert!(unobtainable["component"][0].get("valueQuantity").is_none());
}

#[test]
fn another_name_says_what_it_was() {
    let mut visit = Visit::open("Mario");
    for patient in ["Ada Lovelace", "Mario", "Mario"] {
        let described = Description { patient: patient.into(), ..Description::default() };
        visit.does(&Command::Describe(Box::new(described)));
    }
    let bundle = of(&visit);
    let said: Vec<&Value> = observations(&bundle, "patient_described");
    let said: Vec<&str> = said.iter().filter_map(|one| one["valueString"].as_str()).collect();
    assert_eq!(said, ["patient now: Ada Lovelace, was Mario", "patient now: Mario, was Ada Lovelace"]);
    holds_together(&bundle);
}

#[test]
fn what_was_changed_carries_its_status_and_what_it_said_first() {
    let bundle = of(&whole());
    let statuses = |code| observations(&bundle, code).iter().map(|value| value["status"].clone()).collect::<Vec<_>>();
    assert_eq!(statuses("700471003"), ["amended", "final"]);
    let nausea = observations(&bundle, "700471003")[0];
    let notes = nausea["note"].to_string();
    assert!(notes.contains("nausea 3 severe") && notes.contains("amended: typed wrong"), "{notes}");
    let withdrawn = observations(&bundle, "note_taken")[0];
    assert_eq!(withdrawn["status"], "entered-in-error");
    assert!(withdrawn["note"].to_string().contains("entered in error: entered twice"), "{withdrawn}");
    let activities: Vec<&Value> =
        all(&bundle, "Provenance").iter().map(|value| &value["activity"]["coding"][0]["code"]).collect();
    assert!(activities.contains(&&Value::from("NULLIFY")) && activities.contains(&&Value::from("UPDATE")));
}

#[test]
fn the_infusion_stands_with_its_pause_its_rates_and_no_dose_that_nobody_recorded() {
    let bundle = of(&whole());
    let procedures = all(&bundle, "Procedure");
    assert_eq!(procedures[0]["status"], "stopped", "it ended early");
    assert_eq!(procedures[0]["performedPeriod"]["start"], "2026-11-23T14:10:00.000-05:00");
    let pause =
        procedures.iter().find(|value| value["code"]["coding"][0]["code"] == "infusion-pause").expect("a pause");
    assert!(pause["performedPeriod"]["end"].is_string() && pause["partOf"].is_array());
    let given = all(&bundle, "MedicationAdministration");
    let ketamine = given[0];
    assert_eq!(ketamine["medicationCodeableConcept"]["coding"][1]["code"], "6130");
    assert!(ketamine.get("dosage").is_none() && ketamine["note"].to_string().contains("Ordered: 32 mg"));
    let rates: Vec<f64> = given.iter().filter_map(|value| value["dosage"]["rateQuantity"]["value"].as_f64()).collect();
    assert_eq!(rates, [60.0, 37.5, 37.5]);
    let ondansetron =
        given.iter().find(|value| value["medicationCodeableConcept"]["text"] == "ondansetron").expect("it was given");
    assert_eq!(ondansetron["dosage"]["dose"]["code"], "mg");
    assert_eq!(ondansetron["performer"][0]["actor"]["display"], "Dr Lee");
    assert!(ondansetron["performer"][0]["actor"]["reference"].is_string(), "who gave it acted in the record too");
}

#[test]
fn each_entry_has_its_provenance_with_its_hash() {
    let visit = whole();
    let bundle = of(&visit);
    let hashes: Vec<&Value> =
        all(&bundle, "Provenance").iter().map(|value| &value["entity"][0]["what"]["identifier"]["value"]).collect();
    let expected: Vec<Value> = visit.session.entries().iter().map(|entry| entry.hash.hex().into()).collect();
    assert_eq!(hashes, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_signature_attests_to_the_hash_that_it_covers() {
    let bundle = scenario("110-sign-the-record");
    let is_attested = |value: &&&Value| value["agent"][1]["type"]["coding"][0]["code"] == "attester";
    let provenances = all(&bundle, "Provenance");
    let signed: Vec<_> = provenances.iter().filter(is_attested).collect();
    assert!(!signed.is_empty());
    for signed in signed {
        let covers = &signed["entity"][1]["what"]["identifier"]["value"];
        let covered = provenances.iter().find(|value| value["entity"][0]["what"]["identifier"]["value"] == *covers);
        assert_eq!(covered.expect("an entry")["entity"][0]["what"]["display"], signed["entity"][1]["what"]["display"]);
        assert!(signed["reason"][0]["text"].as_str().is_some_and(|text| text.contains("complete and mine")));
    }
}

#[test]
fn calls_the_gate_and_the_preparation_are_there() {
    let bundle = of(&whole());
    let communications = all(&bundle, "Communication");
    assert_eq!(communications[0]["status"], "completed");
    assert!(communications[0]["received"].is_string());
    let answers = all(&bundle, "QuestionnaireResponse");
    assert_eq!(answers.len(), 2);
    let items = answers[1]["item"].as_array().expect("items");
    let gait = items.iter().find(|item| item["linkId"] == "gait").expect("an item");
    assert_eq!(gait["answer"][0]["valueCoding"]["code"], "overridden");
    assert_eq!(gait["answer"][0]["item"][0]["answer"][0]["valueString"], "Dr Lee");
    assert!(items.iter().any(|item| item.get("answer").is_none()), "what is open has no answer");
    assert_eq!(answers[1]["status"], "stopped", "left with open items");
    let issues = all(&bundle, "DetectedIssue");
    assert!(issues.iter().any(|issue| issue["severity"] == "high"));
    assert!(issues.iter().any(|issue| issue["mitigation"][0]["author"]["display"] == "June Doe"));
}

/// Scores, and two items of the screening of which one says that nothing has changed.
fn asked() -> Visit {
    let no = Screened {
        item: "liver".into(),
        about: ScreeningKind::Contraindication,
        answer: Screening::No,
        by: "Dr Lee".into(),
        unchanged_since: Some(Since { session: uuid::Uuid::from_u128(9), number: "1116-1".into(), by: "Dr B".into() }),
    };
    let harm = Screened {
        item: "thoughts".into(),
        about: ScreeningKind::SelfHarm,
        answer: Screening::Unknown,
        by: "June Doe".into(),
        unchanged_since: None,
    };
    let scores = Scores {
        phq9: Phq9::try_from(14).ok(),
        phq9_item9: Phq9Item9::try_from(2).ok(),
        gad7: Gad7::try_from(9).ok(),
        mood: Mood::try_from(0).ok(),
    };
    let mut visit = Visit::open_with("standard-iv-40");
    let answers = [no, harm].map(|screened| Event::ScreeningAnswered(Box::new(screened)));
    for event in answers.into_iter().chain([Event::ScoresRecorded { scores }]) {
        let now = visit.utc_ms();
        visit.record(event, sitter(), now);
    }
    visit
}

#[test]
fn scores_have_their_codes_and_each_item_of_the_screening_its_answer() {
    let visit = asked();
    let bundle = of(&visit);
    let value = |code| {
        let found = observations(&bundle, code);
        assert_eq!((found.len(), found[0]["category"][0]["coding"][0]["code"].as_str()), (1, Some("survey")), "{code}");
        (found[0]["valueQuantity"]["value"].as_u64(), found[0]["valueQuantity"]["code"].as_str())
    };
    for (code, expected) in [("44261-6", 14), ("70274-6", 9), ("phq9-item9", 2), ("mood", 0)] {
        assert_eq!(value(code), (Some(expected), Some("{score}")), "{code}");
    }
    let screening = all(&bundle, "QuestionnaireResponse")
        .into_iter()
        .find(|value| value["identifier"]["value"].as_str().is_some_and(|name| name.ends_with("/screening")))
        .expect("the screening");
    assert_eq!(screening["status"], "in-progress", "there are items that nobody has asked yet");
    let items = screening["item"].as_array().expect("items");
    assert_eq!(items.len(), visit.protocol.screening.len());
    let item = |id: &str| items.iter().find(|item| item["linkId"] == id).unwrap_or_else(|| panic!("{id}: {items:?}"));
    let texts = |id: &str| {
        let details = item(id)["answer"][0]["item"].as_array().expect("details").iter();
        details.filter_map(|detail| detail["answer"][0]["valueString"].as_str()).collect::<Vec<_>>()
    };
    assert_eq!(item("liver")["answer"][0]["valueCoding"]["code"], "no");
    assert_eq!(texts("liver"), ["Dr Lee", "1116-1", "Dr B"]);
    assert_eq!(item("thoughts")["answer"][0]["valueCoding"]["code"], "unknown");
    assert_eq!(texts("thoughts"), ["June Doe"]);
    assert!(item("pregnancy").get("answer").is_none(), "not asked is no answer");
}

#[test]
fn a_rehearsal_is_test_data_and_a_date_of_birth_is_one_or_is_left_out() {
    let visit = Visit::open_at("Patient R1", crate::visit::OPENED_UTC_MS, true);
    let bundle = of(&visit);
    assert_eq!(bundle["meta"]["tag"][0]["code"], "HTEST");
    for patient in hostile().iter().map(of) {
        assert!(all(&patient, "Patient")[0].get("birthDate").is_none());
    }
    assert_eq!(all(&of(&whole()), "Patient")[0]["birthDate"], "1980-02-03");
}

/// A stored record of an older form, or of this one.
fn golden(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/0.1.0").join(name);
    let bytes = fs::read(path).expect("a golden file");
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let entries = lines.map(|line| Entry::read(line.to_vec()).expect("an entry"));
    let session = Session::replay(entries).expect("a session");
    let protocol = Protocol::load(&session.protocol_copy().text).expect("a protocol");
    bundle(&protocol, &session, &new_york())
}

/// A played scenario.
fn scenario(name: &str) -> Value {
    let sim = scenarios::played(name);
    let journal = sim.console().journal();
    let last = journal.all_sessions().expect("a list").pop().expect("a session");
    let session = Session::replay(journal.load(last.id).expect("entries")).expect("a session");
    let protocol = Protocol::load(&session.protocol_copy().text).expect("a protocol");
    bundle(&protocol, &session, &zone("America/New_York"))
}

/// Bundles of every sort: an ordinary visit, nasal, against advice, amended, unobtainable, closed, running, hostile.
fn bundles() -> Vec<(String, Value)> {
    let scenarios = [
        "01-standard-session",
        "10-against-advice",
        "11-transferred-while-running",
        "12-closed-without-infusion",
        "19-unobtainable",
        "21-amend-and-withdraw",
        "28-clock-set-back",
        "25-not-taken",
        "45-the-ladder",
        "47-emergency",
        "53-limits-for-a-patient",
        "110-sign-the-record",
        "70-nasal-visit",
        "71-intramuscular",
        "90-screening",
        "92-scores",
    ];
    let mut bundles: Vec<(String, Value)> = scenarios.map(|name| (name.to_owned(), scenario(name))).to_vec();
    bundles.push(("whole".into(), of(&whole())));
    bundles.push(("asked".into(), of(&asked())));
    bundles.push(("running".into(), of(&infusing())));
    bundles.push(("opened".into(), of(&Visit::open_at("Patient R1", crate::visit::OPENED_UTC_MS, true))));
    for name in ["whole-visit.jsonl", "closed-visit.jsonl"] {
        bundles.push((format!("golden-{name}"), golden(name)));
    }
    bundles.extend(hostile().iter().enumerate().map(|(index, visit)| (format!("hostile-{index}"), of(visit))));
    bundles
}

/// Where `.ci/run` puts the validators.
fn validators() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fhir");
    let installed = folder.join("node_modules/fhir").is_dir();
    let node = Program::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    if installed && node {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "CI must have the FHIR validators: .ci/run installs them");
    // Aloud: nobody should think that it was tried.
    std::io::stderr()
        .write_all(b"SKIPPED: the FHIR validators are not installed (.ci/run installs them)\n")
        .expect("stderr");
    None
}

#[test]
fn validators_that_others_wrote_find_no_fault() {
    let bundles = bundles();
    let Some(modules) = validators() else { return };
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut files = Vec::new();
    for (name, bundle) in &bundles {
        let file = folder.path().join(format!("{name}.json"));
        fs::write(&file, bundle.to_string()).expect("a file");
        files.push(file);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir/validate.js");
    let validate = |files: &[PathBuf]| {
        let output = Program::new("node").arg(&script).arg(&modules).args(files).output().expect("node runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, said) = validate(&files);
    assert_eq!(code, Some(0), "{said}");
    // And they would find one.
    let mut faulty = bundles[0].1.clone();
    faulty["entry"][0]["resource"]["birthDate"] = "spring".into();
    let file = folder.path().join("faulty.json");
    fs::write(&file, faulty.to_string()).expect("a file");
    assert_eq!(validate(&[file]).0, Some(1));
    if let Some(kept) = std::env::var_os("BEDSIDE_KEEP_FHIR") {
        for file in &files {
            fs::copy(file, Path::new(&kept).join(file.file_name().expect("a name"))).expect("a copy");
        }
    }
}

#[test]
fn a_word_that_holds_no_more_is_no_met_of_its_item() {
    let mut visit = infusing();
    let seen = Command::Observe(Observation::Seen(Sign::SelfHarm));
    let answered = |visit: &Visit| {
        let bundle = of(visit);
        let gate = all(&bundle, "QuestionnaireResponse")
            .into_iter()
            .find(|value| value["identifier"]["value"].as_str().is_some_and(|name| name.ends_with("/discharge-gate")))
            .expect("the gate");
        let item = gate["item"].as_array().expect("items").iter().find(|item| item["linkId"] == "self-harm-word");
        let answer = item.expect("its item")["answer"][0].clone();
        let since =
            answer["item"].as_array().expect("details").iter().find(|part| part["linkId"] == "self-harm-word.since");
        let since = since.and_then(|part| part["answer"][0]["valueString"].as_str().map(str::to_owned));
        (answer["valueCoding"]["code"].as_str().map(str::to_owned), since)
    };
    visit.does(&seen);
    let answer = GateAnswer::Met { name: Some("Dr Kim".into()) };
    visit.does(&Command::AnswerGate { item: "self-harm-word".into(), answer, against: None });
    assert_eq!(answered(&visit), (Some("met".into()), None));
    visit.does(&seen);
    let since = "answered before; they came up again, and no word on that is recorded";
    assert_eq!(answered(&visit), (Some("open".into()), Some(since.into())));
}

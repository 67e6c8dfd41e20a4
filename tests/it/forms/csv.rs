//! The table: read back with a reader of its own, no cell a formula, corrections marked.

use std::collections::BTreeMap;

use bedside::export::csv;

use super::hostile;
use crate::afternoon::whole;
use crate::visit::Visit;

fn rows(visit: &Visit) -> Vec<BTreeMap<String, String>> {
    let bytes = csv(&visit.session, &visit.zone);
    assert_eq!(bytes, csv(&visit.session, &visit.zone));
    let mut reader = ::csv::ReaderBuilder::new().from_reader(bytes.as_slice());
    reader.deserialize().collect::<Result<_, _>>().expect("a table whose rows are as long as its head")
}

fn find<'a>(rows: &'a [BTreeMap<String, String>], entry: &str) -> &'a BTreeMap<String, String> {
    rows.iter().find(|row| row["entry"] == entry).expect("a row")
}

#[test]
fn values_stand_under_their_units() {
    let rows = rows(&whole());
    let baseline = find(&rows, "3");
    for (column, value) in [
        ("kind", "vitals_recorded"),
        ("systolic_mmHg", "124"),
        ("diastolic_mmHg", "78"),
        ("heart_rate_per_min", "72"),
        ("spo2_percent", "98"),
        ("respiratory_rate_per_min", "14"),
        ("temperature_Cel", "36.8"),
        ("not_read", ""),
        ("t_plus_min", "-5"),
        ("status", "final"),
        ("observed_at", "2026-11-23T14:05:00.000-05:00"),
        ("patient", "Ana Ruiz"),
        ("by", "June Doe"),
    ] {
        assert_eq!(baseline[column], value, "{column}");
    }
    assert_eq!(find(&rows, "17")["not_read"], "respiratory_rate: not_taken");
    assert_eq!(find(&rows, "17")["reason"], "resting undisturbed");
    let unobtainable = find(&rows, "36");
    assert_eq!((unobtainable["systolic_mmHg"].as_str(), unobtainable["heart_rate_per_min"].as_str()), ("", "84"));
    assert_eq!(unobtainable["not_read"], "blood_pressure: unobtainable");
    assert_eq!(find(&rows, "8")["sedation_moaas_5_0"], "4");
    assert_eq!(find(&rows, "2")["weight_kg"], "63.5");
}

#[test]
fn what_was_amended_and_withdrawn_is_marked_and_says_why() {
    let rows = rows(&whole());
    let amended = find(&rows, "9");
    assert_eq!((amended["status"].as_str(), amended["nausea_0_3"].as_str()), ("amended", "2"));
    assert_eq!((amended["first_written"].as_str(), amended["reason"].as_str()), ("nausea 3 severe", "typed wrong"));
    assert_eq!(amended["amended_by"], "11");
    let withdrawn = find(&rows, "15");
    assert_eq!((withdrawn["status"].as_str(), withdrawn["reason"].as_str()), ("withdrawn", "entered twice"));
    assert_eq!(find(&rows, "32")["late"], "yes");
    let mut entries: Vec<&String> = rows.iter().map(|row| &row["entry"]).collect();
    entries.dedup();
    assert_eq!(entries.len(), rows.len(), "an entry stands in one row");
}

#[test]
fn lines_end_as_the_standard_says() {
    let bytes = csv(&whole().session, &whole().zone);
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
}

#[test]
fn no_cell_is_a_formula_and_none_moves_a_terminal() {
    for visit in hostile() {
        for cell in rows(&visit).iter().flat_map(BTreeMap::values) {
            let formula = cell.starts_with(['=', '+', '@', '-', '\t', '\r']) && cell.parse::<f64>().is_err();
            assert!(!formula && !cell.chars().any(bedside::session::text::is_dropped), "{cell:?}");
        }
    }
}

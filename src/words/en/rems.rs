//! The labels of the esketamine monitoring form's fields, and why one of them stays blank.

use super::finding_names::{vital_name, vital_unit};
use super::record::thousandths;
use crate::protocol::Vital;

/// The title.
pub const TITLE: &str = "ESKETAMINE MONITORING FORM: THE FIELDS THAT THE RECORD HOLDS";
/// What this is, and what it is not.
pub const NOTE: &str = "To be copied into the programme's own form and checked by the provider. It is not that form, and it sends nothing.";
/// Label.
pub const SESSION: &str = "Record";
/// Heading.
pub const PATIENT: &str = "PATIENT AND CONCOMITANT MEDICATION";
/// Label.
pub const NAME: &str = "Name";
/// Label.
pub const BORN: &str = "Date of birth";
/// Label.
pub const SEX: &str = "Sex";
/// Label.
pub const FIRST: &str = "First treatment";
/// Label.
pub const ENROLLED: &str = "Enrolled in the programme";
/// Labels: what may sedate, slow breathing or change the blood pressure.
pub const CONCOMITANT: [&str; 5] =
    ["Benzodiazepines", "Other sedative hypnotics", "Opioids", "Psychostimulants", "MAO inhibitors"];
/// Label.
pub const SCREENING: &str = "Screening, as it was noted";
/// Heading.
pub const PROVIDER: &str = "PROVIDER AND SETTING";
/// Label.
pub const MONITORED_BY: &str = "Monitored by";
/// Label.
pub const CONTACT: &str = "Telephone, e-mail";
/// Label.
pub const SETTING: &str = "Setting, name and address";
/// Heading.
pub const TREATMENT: &str = "TREATMENT SESSION";
/// Label.
pub const DATE: &str = "Date (MM/DD/YYYY)";
/// Label.
pub const DOSE: &str = "Dose administered";
/// Label.
pub const LOT: &str = "Lot number";
/// Label.
pub const FIRST_DEVICE: &str = "First device";
/// Label.
pub const LAST_DEVICE: &str = "Last device";
/// Label.
pub const TOTAL: &str = "First device to end, total";
/// Label.
pub const READY: &str = "Ready to leave after";
/// Heading.
pub const VITALS: &str = "VITAL SIGNS";
/// Label.
pub const ACCEPTABLE_BEFORE: &str = "Acceptable before";
/// Label.
pub const ACCEPTABLE_AFTER: &str = "Acceptable at the end";
/// Label.
pub const BP_BEFORE: &str = "BP before administration";
/// Label.
pub const BP_40: &str = "BP 40 min after it";
/// Label.
pub const BP_AFTER: &str = "BP before the end";
/// Heading.
pub const EVENTS: &str = "EVENTS";
/// Label.
pub const SEDATION: &str = "Sedation (MOAA/S below 5)";
/// Label.
pub const DISSOCIATION: &str = "Dissociation (1 or more)";
/// Label.
pub const BREATHING: &str = "Respiratory depression";
/// Label.
pub const LOWEST: &str = "Lowest recorded";
/// Label.
pub const SERIOUS: &str = "Serious adverse event";
/// Label.
pub const SIGNED: &str = "Signature and date";
/// After a value.
pub const UNCONFIRMED: &str = ", unconfirmed";

/// Why blank: no field of the record.
pub const NOT_HELD: &str = "the record does not hold it";
/// Why blank: a field that nobody filled in.
pub const NOT_ENTERED: &str = "not entered (i)";
/// Why blank: no question of the preparation asks it as the form does.
pub const NOT_ASKED: &str = "the record does not ask it by class: see the screening";
/// Why blank.
pub const NO_START: &str = "no first device recorded";
/// Why blank.
pub const NO_END: &str = "no last device recorded";
/// Why blank.
pub const NOT_LEFT: &str = "leaving is not recorded";
/// Why blank.
pub const NOT_READY: &str = "ready to leave is not recorded";
/// Why blank.
pub const NO_READING: &str = "no such reading recorded";
/// Why blank.
pub const NO_READING_THEN: &str = "no BP recorded 37 to 50 min after the first device";
/// Why blank.
pub const NO_GRADE: &str = "nobody graded it after the first device";
/// Why blank.
pub const TO_JUDGE: &str = "for the provider to judge";
/// Why blank.
pub const BY_HAND: &str = "on the programme's own form";

/// A line to be filled in by hand, and why.
#[must_use]
pub fn blank(reason: &str) -> String {
    format!("____________ ({reason})")
}

/// Yes or no.
#[must_use]
pub const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// The dose as it was ordered.
#[must_use]
pub fn dose(micrograms: u32) -> String {
    format!("{} mg, as ordered", thousandths(micrograms))
}

/// Minutes from the first device.
#[must_use]
pub fn minutes(minutes: i64) -> String {
    format!("{minutes} min")
}

/// Graded, and never there.
#[must_use]
pub fn not_seen(times: usize) -> String {
    if times == 1 { "no (graded once)".to_owned() } else { format!("no (graded {times} times)") }
}

/// Seen from when to when, and how strong.
#[must_use]
pub fn seen(from_min: i64, gone_min: Option<i64>, strongest: &str) -> String {
    let until = match gone_min {
        Some(minute) => format!("first recorded as over at {minute} min"),
        None => "not recorded as over".to_owned(),
    };
    format!("yes: first recorded at {from_min} min, {until}; at most {strongest}")
}

/// The lowest values that were recorded.
#[must_use]
pub fn lowest(values: &[(Vital, Option<u16>)]) -> Option<String> {
    let found = values
        .iter()
        .filter_map(|(vital, value)| Some(format!("{} {} {}", vital_name(*vital), (*value)?, vital_unit(*vital))));
    let found: Vec<String> = found.collect();
    (!found.is_empty()).then(|| found.join(", "))
}

/// There is no such form for another route.
#[must_use]
pub const fn not_nasal() -> &'static str {
    "the monitoring form is of nasal esketamine visits, and this was none: take another --format"
}

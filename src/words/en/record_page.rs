//! The headings, labels and fixed sentences of the record as a page of text.

use super::clock::{ClockStyle, clock, date, duration, span};
use super::comfort_plan::plan_parts;
use super::labels::pasts;
use super::names::leaving_name;
use super::record::thousandths;
use crate::protocol::{Protocol, Route};
use crate::session::{ComfortPlan, Description, Leaving, PumpState, Stamp, Zone};

/// The titles of the page: of an infusion, of any other treatment.
pub const TITLES: [&str; 2] = ["KETAMINE INFUSION RECORD", "TREATMENT RECORD"];

/// The page's first line.
#[must_use]
pub const fn title(route: Route) -> &'static str {
    if route.has_pump() { TITLES[0] } else { TITLES[1] }
}

/// Heading: the times.
pub const TIMES: &str = "TIMES";
/// Heading: what holds after the infusion.
#[must_use]
pub const fn after(route: Route) -> &'static str {
    if route.has_pump() { "AFTER THE INFUSION" } else { "AFTER THE LAST DOSE" }
}

/// Heading: the table of vital signs.
pub const VITALS: &str = "VITAL SIGNS (BP mmHg, HR and RR /min, SpO2 %, Temp C)";
/// Under the table: what its signs mean.
pub const VITALS_KEY: &str = "x not taken, ? unobtainable, - not attempted";
/// Instead of the table.
pub const NO_VITALS: &str = "None recorded.";
/// Heading: calls to a clinician.
pub const CALLS: &str = "CALLS TO A CLINICIAN";
/// Heading: emergencies.
pub const EMERGENCY: &str = "EMERGENCY";
/// Heading: all entries.
pub const ENTRIES: &str = "ENTRIES (by the time observed)";
/// Heading: reasons that nobody has given yet.
pub const OWED: &str = "REASONS STILL OWED";
/// Heading: the screening.
pub const SCREENING: &str = "SCREENING (who decided; a yes, an unknown and what was not asked stand here)";
/// Heading: the discharge gate.
pub const GATE: &str = "DISCHARGE GATE";
/// Heading: who signed.
pub const SIGNATURES: &str = "SIGNATURES";
/// What stands for something that nobody recorded.
pub const NOT_RECORDED: &str = "not recorded";
/// A protocol that no clinician has approved.
pub const NOT_APPROVED: &str = "NOT APPROVED BY A CLINICIAN";

/// Label: the patient.
pub const PATIENT: &str = "Patient";
/// Label: the room.
pub const ROOM: &str = "Room";
/// Label: the sitter.
pub const SITTER: &str = "Sitter";
/// Label: the session.
pub const SESSION: &str = "Session";
/// Label: the protocol.
pub const PROTOCOL: &str = "Protocol";
/// Label: limits that were set for this patient.
pub const LIMITS: &str = "Limits";
/// Label: the alarms, counted.
pub const ALARMS: &str = "Alarms";
/// Label: thoughts of self-harm, how they came up.
pub const SELF_HARM: &str = "Self-harm";
/// Label: the opening.
pub const OPENED: &str = "Opened";
/// Label: the start of the infusion.
pub const STARTED: &str = "Started";
/// Label: the end of the infusion.
pub const ENDED: &str = "Ended";
/// Label: ready to leave.
pub const READY: &str = "Ready";
/// Label: leaving.
pub const LEFT: &str = "Left";
/// Label: from the start to the end.
pub const ELAPSED: &str = "Elapsed";
/// Label: pump running.
pub const INFUSED: &str = "Infused";

/// The patient on one line: name, code, date of birth.
#[must_use]
pub fn patient_line(description: &Description) -> String {
    let code = description.code.as_ref().map(|code| format!(", code {code}")).unwrap_or_default();
    let born = description.born.as_ref().map(|born| format!(", born {born}")).unwrap_or_default();
    format!("{}{code}{born}", description.patient)
}

/// What was missing when the record was signed.
#[must_use]
pub fn missing_then(missing: &str) -> String {
    format!("missing then: {missing}")
}

/// An earlier name of the patient, where identity was corrected.
#[must_use]
pub fn earlier_name(name: &str) -> String {
    format!("opened as: {name}")
}

/// The session's numbers: `1123-2, infusion 3 of 6`.
#[must_use]
pub fn session_line(number: &str, description: &Description, route: Route) -> String {
    let visit = super::visit_word(route);
    match (description.session_number, description.session_count) {
        (Some(nth), Some(count)) => format!("{number}, {visit} {nth} of {count}"),
        (Some(nth), None) => format!("{number}, {visit} {nth}"),
        (None, _) => number.to_owned(),
    }
}

/// The protocol with the beginning of its fingerprint.
#[must_use]
pub fn protocol_line(name: &str, version: &str, fingerprint: &str) -> String {
    let short: String = fingerprint.chars().take(12).collect();
    format!("{name}, version {version} (SHA-256 {short})")
}

/// Whether a clinician has approved it.
#[must_use]
pub fn approval_line(protocol: &Protocol) -> String {
    match &protocol.approval {
        Some(approval) => format!("approved by {} on {}", approval.approved_by, approval.on),
        None => NOT_APPROVED.to_owned(),
    }
}

/// Preparation, each with its label; allergies always.
#[must_use]
pub fn preparation_lines(description: &Description, plan: &ComfortPlan) -> Vec<(&'static str, String)> {
    let given = |value: &Option<String>| value.clone().filter(|v| !v.is_empty());
    let allergies = given(&description.allergies).unwrap_or_else(|| NOT_RECORDED.to_owned());
    let optional = [
        ("Screening", given(&description.screening)),
        ("Ride home", given(&description.ride)),
        ("Escort", given(&description.escort)),
        ("Comfort", given(&description.comfort_plan)),
        ("Comfort", (!plan.is_empty()).then(|| plan_parts(plan))),
        ("Had before", description.history.as_deref().map(pasts)),
        ("Weight", description.weight_g.map(|weight| format!("{} kg", thousandths(weight.get())))),
        ("Dose", description.dose_ug.map(|dose| format!("{} mg", thousandths(dose.get())))),
        ("Dose", description.dose_per_kg_ug.map(|dose| format!("{} mg/kg", thousandths(dose.get())))),
        ("Prepared", given(&description.pump_set_by)),
        ("Checked", given(&description.pump_checked_by)),
    ];
    let optional = optional.into_iter().filter_map(|(label, value)| Some((label, value?)));
    std::iter::once(("Allergies", allergies)).chain(optional).collect()
}

/// The opening with its date, zone and offset from UTC: every other time of the page is read in that zone.
#[must_use]
pub fn opened_line(zone: &Zone, opened: &Stamp, style: ClockStyle) -> String {
    let offset = zone.local(opened.utc_ms).format("UTC%:z");
    let name = zone.name().map(|name| format!("{name}, ")).unwrap_or_default();
    format!("{}, {} ({name}{offset})", date(zone, opened.utc_ms), clock(zone, opened.utc_ms, style))
}

/// What the two figures of the infusion mean: `40:00 from start to END`.
#[must_use]
pub fn elapsed_line(ms: i64, pump: PumpState) -> String {
    let until = if pump == PumpState::Ended { "from start to END" } else { "since the start, up to the last entry" };
    format!("{}, {until}", duration(ms))
}

/// `38:00, pump running`, with the length of the pauses where there were any.
#[must_use]
pub fn infused_line(infused_ms: i64, elapsed_ms: i64) -> String {
    let rest_ms = elapsed_ms - infused_ms;
    let paused = if rest_ms > 0 { format!(" (pauses: {})", span(rest_ms)) } else { String::new() };
    format!("{}, pump running{paused}", duration(infused_ms))
}

/// When and how the patient left.
#[must_use]
pub fn left_line(at: &str, how: Option<&Leaving>) -> String {
    match how {
        Some(how) => format!("{at}, {}", leaving_name(how)),
        None => format!("{at}, closed without an infusion"),
    }
}

/// END was taken from the beginning of a pause.
#[must_use]
pub fn ended_line(at: &str, in_pause: bool) -> String {
    if in_pause { format!("{at} (ended while paused: END is when that pause began)") } else { at.to_owned() }
}

/// Entries that this version cannot read.
#[must_use]
pub fn unknown_line(count: usize) -> String {
    format!("Entries kept and shown but not understood: {count}")
}

/// How many entries there are, and the hash that ends their chain.
#[must_use]
pub fn last_lines(entries: usize, hash: &str) -> [String; 2] {
    [format!("Entries: {entries}. SHA-256 of the last:"), hash.to_owned()]
}

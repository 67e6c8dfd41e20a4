//! Titles of forms, questions before something that is not taken back lightly, the first screen.

use super::clock::{ClockStyle, clock};
use super::{doubt, leaving_name};
use crate::protocol::Protocol;
use crate::session::{Description, Doubt, Event, Leaving, WeightG, Zone};

/// Labels and hints of a form's fields.
pub(super) type Labels = &'static [(&'static str, &'static str)];

/// A new session.
#[must_use]
pub fn title_new_session(protocol: &str) -> String {
    format!("New session   {protocol}")
}

/// Amending.
#[must_use]
pub fn title_amend(seq: u64, said: &str) -> String {
    format!("Amend #{seq} {said}")
}

/// Withdrawing.
#[must_use]
pub fn title_withdraw(seq: u64, said: &str) -> String {
    format!("Withdraw #{seq} {said}: it stays in the record, marked")
}

/// A reason.
#[must_use]
pub fn title_reason(seq: u64, said: &str) -> String {
    format!("Reason for #{seq} {said}")
}

/// An item of the gate.
#[must_use]
pub fn title_gate(say: &str, is_override: bool) -> String {
    if is_override { format!("Let pass by a clinician: {say}") } else { say.to_owned() }
}

/// A drug: under its first line stand the allergies, and whether they name the one that is typed.
#[must_use]
pub fn title_drug(allergies: Option<&str>, named: bool) -> String {
    let allergies = allergies.unwrap_or("not asked");
    let said = if named { "ALLERGIES NAME IT" } else { "ALLERGIES" };
    format!("Drug given, on a clinician's order\n{said}: {allergies}")
}

/// The recorded allergies name the drug that was given.
#[must_use]
pub fn allergies_name_it(drug: &str) -> String {
    format!("ALLERGIES NAME IT: {drug}. Given all the same? Enter records it.")
}

/// Vitals.
#[must_use]
pub const fn title_vitals() -> &'static str {
    "Vital signs"
}

/// Identity.
#[must_use]
pub const fn title_identity() -> &'static str {
    "Identity and preparation: empty stays as it was"
}

/// A rate.
#[must_use]
pub const fn title_rate() -> &'static str {
    "Rate changed, in the pump's own unit"
}

/// A planned time.
#[must_use]
pub const fn title_extend() -> &'static str {
    "Planned infused time, on the prescriber's word"
}

/// A late entry.
#[must_use]
pub const fn title_late() -> &'static str {
    "Late entry: when was it observed?"
}

/// A transfer.
#[must_use]
pub const fn title_transferred() -> &'static str {
    "Transferred"
}

/// Closing.
#[must_use]
pub const fn title_close() -> &'static str {
    "Close without an infusion"
}

/// An unlikely value.
#[must_use]
pub fn as_read(event: &Event) -> String {
    match event {
        Event::VitalsRecorded { vitals, doubts, .. } => doubt(doubts, vitals),
        Event::PatientDescribed(description) => {
            let doubted: Vec<String> = description.doubts.iter().filter_map(|d| described(*d, description)).collect();
            format!("{}: as read?", doubted.join(", "))
        }
        other => format!("{}: as read?", super::event(other)),
    }
}

/// An unlikely weight or dose, with what makes it so; a second person who is the first.
fn described(doubt: Doubt, description: &Description) -> Option<String> {
    let kg = |weight: WeightG| f64::from(weight.get()) / 1000.0;
    let weight_kg = description.weight_g.map(kg);
    let dose_mg = description.dose_ug.map(|dose| f64::from(dose.get()) / 1000.0);
    let per_kg = description.dose_per_kg_ug.map(|dose| f64::from(dose.get()) / 1000.0);
    let last_kg = description.last_weight_g.map(kg);
    Some(match doubt {
        Doubt::Dose => match (dose_mg.zip(weight_kg), per_kg) {
            (Some((mg, kg)), _) if !(0.3..=1.0).contains(&(mg / kg)) => {
                format!("dose {mg} mg for {kg} kg is {:.2} mg/kg", mg / kg)
            }
            (_, Some(per_kg)) => format!("dose {per_kg} mg/kg"),
            _ => return None,
        },
        Doubt::DoseDisagrees => {
            format!("dose {} mg and {} mg/kg at {} kg do not agree", dose_mg?, per_kg?, weight_kg?)
        }
        Doubt::WeightChanged => format!("weight {} kg, {} kg at the last visit", weight_kg?, last_kg?),
        Doubt::Pounds => format!("weight {} kg, {} kg at the last visit: pounds", weight_kg?, last_kg?),
        Doubt::SamePerson => format!("{} prepared and checked", description.pump_checked_by.as_ref()?),
        _ => format!("weight {} kg", weight_kg?),
    })
}

/// Beside the question.
#[must_use]
pub const fn alarm_stands() -> &'static str {
    "It is stored already, and its alarm stands."
}

/// Sitters of the configuration.
#[must_use]
pub fn sitter_choice<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.take(9).enumerate().map(|(index, name)| format!("{} {name}", index + 1)).collect::<Vec<_>>().join("   ")
}

/// `   (field 3 of 10)`, in a form of several.
#[must_use]
pub fn field_count(focus: usize, count: usize) -> String {
    if count > 2 { format!("   (field {} of {count})", focus + 1) } else { String::new() }
}

/// Take back an observation that is not the last thing done?
#[must_use]
pub fn undo_question(seq: u64, said: &str) -> Vec<String> {
    vec![format!("Take back #{seq} {said}?"), "It is not the last thing that was recorded.".to_owned()]
}

/// Were the clock times told?
#[must_use]
pub const fn guidance_question() -> &'static str {
    "Were these times told to the patient, and to whoever drives?"
}

/// Leave the console?
#[must_use]
pub fn leave_console_question(over: bool, unsaved: u64) -> Vec<String> {
    let mut lines = vec![if over {
        "Leave the console?".to_owned()
    } else {
        "Leave the console? The session goes on, and opens again where it stands.".to_owned()
    }];
    if unsaved > 0 {
        lines.push(format!("{unsaved} entries are NOT SAVED. Leaving now loses them: write them on paper first."));
    }
    lines
}

/// The patient left?
#[must_use]
pub fn leave_question(how: &Leaving, missing: &[String], observe: Option<String>) -> Vec<String> {
    let mut lines = vec![format!("The patient left: {}?", leaving_name(how))];
    lines.extend(observe.map(|until| format!("TOO SOON by the protocol. {until}.")));
    if !missing.is_empty() {
        lines.push(format!("{}; the reason is asked afterwards:", super::missing_heading(missing.len())));
        lines.extend(missing.iter().map(|line| format!("  {line}")));
    }
    lines
}

/// The title of the first screen.
#[must_use]
pub fn first_title(room: Option<&str>) -> String {
    room.map_or_else(|| "BEDSIDE".to_owned(), |room| format!("BEDSIDE   {room}"))
}

/// The protocol of a new session, and whether it is approved.
#[must_use]
pub fn approval_line(protocol: &Protocol) -> String {
    match &protocol.approval {
        Some(approval) => {
            format!("{} {}, approved by {}, {}", protocol.name, protocol.version, approval.approved_by, approval.on)
        }
        None => format!("{} {}: NOT APPROVED BY A CLINICIAN", protocol.name, protocol.version),
    }
}

/// While a session is read.
#[must_use]
pub const fn opening() -> &'static str {
    "Opening the session ..."
}

/// The heading of the list.
#[must_use]
pub const fn list_heading(listed: bool, count: usize) -> &'static str {
    match (listed, count) {
        (false, _) => "Reading the journal ...",
        (true, 0) => "No session today. n begins a new session, r rehearses with a scripted patient.",
        (true, _) => "Sessions of today, and those still open: opened, patient, by whom",
    }
}

/// The state of a session in the list.
#[must_use]
pub const fn list_state(open: bool, signed: bool) -> &'static str {
    match (open, signed) {
        (true, _) => "OPEN",
        (false, true) => "signed",
        (false, false) => "left",
    }
}

/// One session of the list.
#[must_use]
pub fn list_line(
    number: &str,
    zone: &Zone,
    opened_at: i64,
    style: ClockStyle,
    patient: Option<&str>,
    sitter: &str,
    state: &str,
) -> String {
    let day = zone.local(opened_at).format("%a %-d %b").to_string();
    let time = clock(zone, opened_at, style);
    let patient = patient.unwrap_or("(cannot be read)");
    format!("{number:<8}{state:<7}{day:<10} {time:<9}{patient:<27} {sitter}")
}

/// The title of the help.
#[must_use]
pub const fn help_title() -> &'static str {
    "KEYS   (letters ignore case; every live key also stands below)"
}

/// The product statement (protocol-facts 11).
#[must_use]
pub const fn statement() -> &'static [&'static str] {
    &[
        "Bedside is not a patient monitor: it has no sensors and cannot detect apnoea.",
        "It records and reminds. Thresholds are the clinic's own and need a clinician's",
        "approval. It is not medical advice.",
    ]
}

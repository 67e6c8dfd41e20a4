//! The fields of forms: what each asks for, and a word on how to fill it.

use crate::protocol::Past;
use crate::session::Description;

type Labels = &'static [(&'static str, &'static str)];

/// A new session.
#[must_use]
pub const fn new_session_labels() -> Labels {
    &[("Patient", "name or code"), ("Sitter", "your name")]
}

/// The vitals line.
#[must_use]
pub const fn vitals_labels() -> Labels {
    &[("BP HR SpO2 RR", "128/80 72 98 14   x not taken   ? unobtainable")]
}

/// A note.
#[must_use]
pub const fn note_labels() -> Labels {
    &[("Note", "begin with \" for the patient's own words")]
}

/// A drug given.
#[must_use]
pub const fn drug_labels() -> Labels {
    &[
        ("Drug", "which"),
        ("Dose", "with its unit, such as 4 mg"),
        ("Given by", "name"),
        ("Ordered by", "the clinician's name"),
    ]
}

/// Identity and preparation.
#[must_use]
pub const fn identity_labels() -> Labels {
    &[
        ("Patient", "name"),
        ("Code", "tells people of one name apart"),
        ("Born", "year-month-day"),
        ("Infusion", "number, or 3/6"),
        ("Allergies", "\"none known\" is an answer"),
        ("Screening", "a note; Ctrl-G answers item by item"),
        ("Ride", "who takes the patient home"),
        ("Escort", "who goes along"),
        ("Weight kg", "such as 72.5"),
        ("Dose mg", "as ordered"),
        ("Had before", "n nausea, a anxiety, b high BP; - nothing"),
    ]
}

/// What is known of each field of the identity form, in its order.
#[must_use]
pub fn known(description: &Description) -> [Option<String>; 11] {
    let number = description.session_number.map(|number| match description.session_count {
        Some(count) => format!("{number}/{count}"),
        None => number.to_string(),
    });
    [
        Some(description.patient.clone()),
        description.code.clone(),
        description.born.clone(),
        number,
        description.allergies.clone(),
        description.screening.clone(),
        description.ride.clone(),
        description.escort.clone(),
        description.weight_g.map(|weight| super::record::thousandths(weight.get())),
        description.dose_ug.map(|dose| super::record::thousandths(dose.get())),
        description.history.as_deref().map(pasts),
    ]
}

/// What earlier sessions showed.
#[must_use]
pub fn pasts(history: &[Past]) -> String {
    if history.is_empty() {
        return "nothing".to_owned();
    }
    let names: Vec<&str> = history.iter().map(|past| past_word(*past)).collect();
    names.join(", ")
}

/// What the letters of the field may be.
#[must_use]
pub const fn history_fault() -> &'static str {
    "n for nausea, a for anxiety, b for high blood pressure, as many as fit; - for nothing"
}

const fn past_word(past: Past) -> &'static str {
    match past {
        Past::Nausea => "nausea",
        Past::Anxiety => "strong anxiety",
        Past::BloodPressure => "high blood pressure",
    }
}

/// What is known already, beside an empty field.
#[must_use]
pub fn now_known(value: &str) -> String {
    format!("now: {value}")
}

/// An act on the pump.
#[must_use]
pub const fn pump_labels() -> Labels {
    &[("Minutes ago", "nothing typed = now; or a time such as 14:25")]
}

/// The first change of rate.
#[must_use]
pub const fn rate_labels() -> Labels {
    &[("Rate until now", "as the pump showed it"), ("Rate from now", "as the pump shows it")]
}

/// A later change of rate.
#[must_use]
pub const fn rate_labels_known() -> Labels {
    &[("Rate from now", "as the pump shows it")]
}

/// Another planned time.
#[must_use]
pub const fn extend_labels() -> Labels {
    &[("Planned minutes", "infused minutes in all")]
}

/// A gate item let pass.
#[must_use]
pub const fn override_labels() -> Labels {
    &[("Clinician", "the name of who decides"), ("Reason", "why")]
}

/// A gate item that names somebody.
#[must_use]
pub const fn name_labels() -> Labels {
    &[("Name", "who takes the patient home")]
}

/// A gate item on which a clinician's word is asked.
#[must_use]
pub const fn word_labels() -> Labels {
    &[("Clinician", "whose word it is")]
}

/// A gate item that a clinician releases.
#[must_use]
pub const fn release_labels() -> Labels {
    &[("Clinician", "whose release it is")]
}

/// A transfer.
#[must_use]
pub const fn transferred_labels() -> Labels {
    &[("Transferred to", "where")]
}

/// Closing without an infusion.
#[must_use]
pub const fn close_labels() -> Labels {
    &[("Reason", "why there was no infusion")]
}

/// A reason in own words.
#[must_use]
pub const fn reason_labels() -> Labels {
    &[("Reason", "in own words")]
}

/// A late entry.
#[must_use]
pub const fn late_labels() -> Labels {
    &[("Observed at", "-4 (minutes before now) or 14:25; Enter; then the ordinary key")]
}

/// Withdrawing.
#[must_use]
pub const fn withdraw_labels() -> Labels {
    &[("Reason", "why it was entered in error")]
}

/// Amending a time.
#[must_use]
pub const fn amend_time_labels() -> Labels {
    &[("Observed at", "-4 (minutes before now) or 14:25"), ("Reason", "why")]
}

/// Amending vitals.
#[must_use]
pub const fn amend_vitals_labels() -> Labels {
    &[("BP HR SpO2 RR", "the whole line anew"), ("Reason", "why")]
}

/// Amending a grade.
#[must_use]
pub const fn amend_grade_labels() -> Labels {
    &[("Grade", "the right one"), ("Reason", "why")]
}

/// Amending a note.
#[must_use]
pub const fn amend_note_labels() -> Labels {
    &[("Note", "the whole note anew"), ("Reason", "why")]
}

/// Amending a drug.
#[must_use]
pub const fn amend_drug_labels() -> Labels {
    &[
        ("Drug", "which"),
        ("Dose", "with its unit"),
        ("Given by", "name"),
        ("Ordered by", "the clinician's name"),
        ("Reason", "why"),
    ]
}

/// Amending a rate.
#[must_use]
pub const fn amend_rate_labels() -> Labels {
    &[("Rate", "as the pump showed it"), ("Reason", "why")]
}

/// Amending a planned time.
#[must_use]
pub const fn amend_extend_labels() -> Labels {
    &[("Planned minutes", "infused minutes in all"), ("Reason", "why")]
}

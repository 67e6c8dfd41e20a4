//! What the FHIR bundle says in words, beside its codes.

use super::names::capitalized;
use super::record::{printable, thousandths};
use crate::protocol::{Route, Scale};
use crate::session::{CardMade, Event};

/// What a reading is called that was weighed.
pub const WEIGHT: &str = "body weight";
/// A reading that was not tried.
pub const NOT_TAKEN: &str = "not taken";
/// A reading that was tried.
pub const UNOBTAINABLE: &str = "tried, unobtainable";
/// A pause of the infusion.
pub const PAUSE: &str = "infusion paused";
/// An emergency, as the sitter declared it.
pub const EMERGENCY_PROCEDURE: &str = "emergency";
/// A call to a clinician.
pub const CALL: &str = "call to a clinician";
/// The clock times, told to the patient.
pub const GUIDANCE: &str = "guidance given to the patient";
/// The page that the patient takes home.
pub const CARD: &str = "card to take home";
/// The name that an item of the gate asks for.
pub const GATE_NAME: &str = "name";
/// Who let an item pass.
pub const GATE_CLINICIAN: &str = "let pass by";
/// Why an item was let pass.
pub const GATE_REASON: &str = "reason";
/// How the record stood against an answer of the gate.
pub const GATE_AGAINST: &str = "the record at that moment";
/// What came after an answer of the gate, so that it holds no more.
pub const GATE_SINCE: &str = "since then";
/// Who gave an answer.
pub const ANSWERED_BY: &str = "answered by";
/// When an answer was given.
pub const ANSWERED_AT: &str = "answered at";
/// Who decided an item of the screening.
pub const SCREENED_BY: &str = "decided by";
/// Who asked about thoughts of self-harm.
pub const SCREENED_ASKED_BY: &str = "asked by";
/// The earlier visit whose answer stands.
pub const UNCHANGED_SINCE: &str = "unchanged since";
/// Who decided there.
pub const DECIDED_THERE_BY: &str = "decided there by";

/// What the visit is, by its route.
#[must_use]
pub const fn procedure(route: Route) -> &'static str {
    match route {
        Route::Iv => "intravenous ketamine infusion",
        Route::Im => "intramuscular ketamine",
        Route::Nasal => "nasal treatment",
        Route::Oral => "oral ketamine",
    }
}

/// A scale with its range.
#[must_use]
pub const fn scale_range(scale: Scale) -> &'static str {
    match scale {
        Scale::Nausea => "nausea, 0 none to 3 severe",
        Scale::Anxiety => "anxiety, 0 to 10",
        Scale::Dissociation => "dissociation, 0 none to 3 no contact, in the sitter's judgement (not CADSS)",
        Scale::Sedation => "sedation, MOAA/S 5 responds readily to 0 no response",
        Scale::Pain => "pain, 0 to 10",
    }
}

/// A score with its range.
#[must_use]
pub fn score(name: &str) -> &'static str {
    match name {
        "phq9" => "PHQ-9 total, 0 to 27",
        "phq9-item9" => "PHQ-9 item 9, 0 to 3",
        "gad7" => "GAD-7 total, 0 to 21",
        _ => "mood, 0 to 10",
    }
}

/// What was said about another entry.
#[must_use]
pub fn note(event: &Event) -> Option<String> {
    Some(match event {
        Event::ReasonGiven { reason, .. } => reason.clone(),
        Event::EntryAmended { reason, .. } => format!("amended: {reason}"),
        Event::EntryWithdrawn { reason, .. } => format!("entered in error: {reason}"),
        Event::ValueConfirmed { .. } => "looked at again: as read".to_owned(),
        _ => return None,
    })
}

/// The dose of an infusion that ran to its end.
#[must_use]
pub fn dose_as_ordered(micrograms: u32) -> String {
    format!("{} mg, as ordered", thousandths(micrograms))
}

/// The dose of one that did not, or has not yet.
#[must_use]
pub fn dose_ordered_not_given(micrograms: u32) -> String {
    capitalized(&format!("ordered: {} mg. How much of it was given is not recorded", thousandths(micrograms)))
}

/// A card by its version and the file that it was written to.
#[must_use]
pub fn card_title(made: &CardMade) -> String {
    printable(&format!("version {}, {}", made.version, made.file))
}

/// An entry by its number.
#[must_use]
pub fn entry_number(seq: u64) -> String {
    format!("entry {seq}")
}

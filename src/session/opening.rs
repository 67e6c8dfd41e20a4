//! What a session begins with: its opening, the protocol that it carries, and who the patient is. Their stored form is frozen.

use serde::{Deserialize, Serialize};

use super::event::Doubt;
use super::measure::{DosePerKgUg, DoseUg, WeightG};
use crate::protocol::{Past, Protocol, Route};

/// The first entry of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The short number that people use, such as `1123-2`.
    pub number: String,
    /// The patient: name or code.
    pub patient: String,
    /// The room, where the configuration names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The protocol that holds until another is accepted.
    pub protocol: ProtocolCopy,
    /// The zone in which clock times are read, by its IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// A rehearsal: no patient.
    #[serde(default)]
    pub rehearsal: bool,
}

/// The protocol, kept with the session it governs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtocolCopy {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the text, hexadecimal.
    pub fingerprint: String,
    /// The text itself.
    pub text: String,
    /// The route that it is for.
    #[serde(default, skip_serializing_if = "Route::has_pump")]
    pub route: Route,
}

impl ProtocolCopy {
    /// The copy of a checked protocol.
    #[must_use]
    pub fn of(protocol: &Protocol) -> Self {
        Self {
            name: protocol.name.clone(),
            version: protocol.version.clone(),
            fingerprint: protocol.fingerprint.clone(),
            text: protocol.text.clone(),
            route: protocol.infusion.route,
        }
    }
}

/// Who the patient is and how they are prepared. Every field may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Description {
    /// Name or code.
    pub patient: String,
    /// What stood for `patient` until here, where this says another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_patient: Option<String>,
    /// A code that tells two people of one name apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Date of birth, as `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<String>,
    /// Which infusion of the series this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_number: Option<u8>,
    /// How many infusions are planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_count: Option<u8>,
    /// Allergies; "none known" is an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allergies: Option<String>,
    /// What the screening questions gave, and who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<String>,
    /// What earlier sessions showed; an empty list says that it was asked and there was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<Past>>,
    /// Who takes the patient home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ride: Option<String>,
    /// What the patient agreed to and what helps, in free words: only in records made before there was a comfort plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comfort_plan: Option<String>,
    /// Body weight, grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_g: Option<WeightG>,
    /// Ordered dose, micrograms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_ug: Option<DoseUg>,
    /// Who goes along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escort: Option<String>,
    /// Dose as ordered for each kilogram, micrograms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_per_kg_ug: Option<DosePerKgUg>,
    /// Who set the pump.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pump_set_by: Option<String>,
    /// Who checked the settings: another person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pump_checked_by: Option<String>,
    /// The weight of the last visit, grams, against which this one was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_weight_g: Option<WeightG>,
    /// What is unlikely in it and not yet confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

//! What vital signs, scales, signs, routes and origins are called.

use crate::protocol::{During, Origin, Past, ReadingKind, Route, Scale, Sign, Vital};

/// A vital sign, as in the middle of a sentence.
#[must_use]
pub const fn vital_name(vital: Vital) -> &'static str {
    match vital {
        Vital::Systolic => "systolic pressure",
        Vital::Diastolic => "diastolic pressure",
        Vital::HeartRate => "heart rate",
        Vital::Spo2 => "SpO2",
        Vital::RespiratoryRate => "respiratory rate",
    }
}

/// The unit of a vital sign.
#[must_use]
pub const fn vital_unit(vital: Vital) -> &'static str {
    match vital {
        Vital::Systolic | Vital::Diastolic => "mmHg",
        Vital::HeartRate | Vital::RespiratoryRate => "/min",
        Vital::Spo2 => "%",
    }
}

/// A reading, as in the middle of a sentence.
#[must_use]
pub const fn reading_name(reading: ReadingKind) -> &'static str {
    match reading {
        ReadingKind::BloodPressure => "blood pressure",
        ReadingKind::HeartRate => "heart rate",
        ReadingKind::Spo2 => "SpO2",
        ReadingKind::RespiratoryRate => "respiratory rate",
        ReadingKind::Temperature => "temperature",
    }
}

/// A scale, as in the middle of a sentence.
#[must_use]
pub const fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Nausea => "nausea",
        Scale::Anxiety => "anxiety",
        Scale::Dissociation => "dissociation",
        Scale::Sedation => "MOAA/S",
        Scale::Pain => "pain",
    }
}

/// Something seen or said, as in the middle of a sentence.
#[must_use]
pub const fn sign_name(sign: Sign) -> &'static str {
    match sign {
        Sign::Challenging => "weeping or a challenging experience",
        Sign::Restless => "restless",
        Sign::GetsUp => "tries to get up",
        Sign::ChestPain => "chest pain",
        Sign::SevereHeadache => "severe headache",
        Sign::VisualLoss => "visual loss",
        Sign::TroubleBreathing => "trouble breathing",
        Sign::RashOrSwelling => "rash or swelling",
        Sign::Seizure => "seizure",
        Sign::SelfHarm => "thoughts of self-harm",
        Sign::IvSite => "IV site",
        Sign::PumpAlarm => "pump alarm",
        Sign::OxygenGiven => "oxygen given",
    }
}

/// Something known from before this visit, as in the middle of a sentence.
#[must_use]
pub const fn past_name(past: Past) -> &'static str {
    match past {
        Past::Nausea => "nausea in an earlier session",
        Past::Anxiety => "strong anxiety in an earlier session",
        Past::BloodPressure => "high blood pressure in an earlier session",
    }
}

/// A phase of the visit, as in the middle of a sentence.
#[must_use]
pub const fn during_name(phase: During) -> &'static str {
    match phase {
        During::Preparation => "preparation",
        During::Infusion => "the infusion",
        During::Recovery => "recovery",
    }
}

/// A route, as in the middle of a sentence.
#[must_use]
pub const fn route_name(route: Route) -> &'static str {
    match route {
        Route::Iv => "intravenous",
        Route::Im => "intramuscular",
        Route::Nasal => "nasal",
        Route::Oral => "by mouth",
    }
}

/// The mark beside a number or a sentence: where it comes from.
#[must_use]
pub const fn origin_mark(origin: Origin) -> &'static str {
    match origin {
        Origin::Clinic => "[c]",
        Origin::Published => "[p]",
        Origin::Default => "[d]",
    }
}

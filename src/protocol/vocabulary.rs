//! The words a protocol file may use, each beside what it means. One table a vocabulary.

use super::finding::{Comfort, During, Past, Priority, Reach, ReadingKind, Scale, Sign, Vital};
use super::model::{Origin, Route, Shows};
use super::screening::{OnlyIf, ScreeningKind};

/// A vocabulary: the word in the file, and what it means.
pub(crate) type Words<T> = &'static [(&'static str, T)];

/// `infusion.route`
pub(super) const ROUTES: Words<Route> =
    &[("iv", Route::Iv), ("im", Route::Im), ("nasal", Route::Nasal), ("oral", Route::Oral)];

/// `elimination.model`: one so far, so the word alone is the meaning.
pub(super) const MODELS: Words<()> = &[("iv-constant-rate", ())];

/// `schedule.required`
pub(super) const READINGS: Words<ReadingKind> = &[
    ("blood_pressure", ReadingKind::BloodPressure),
    ("heart_rate", ReadingKind::HeartRate),
    ("spo2", ReadingKind::Spo2),
    ("respiratory_rate", ReadingKind::RespiratoryRate),
    ("temperature", ReadingKind::Temperature),
];

/// `when.vital`: `None` is any of them. Temperature has no limits, so it is not here.
pub(super) const WHEN_VITALS: Words<Option<ReadingKind>> = &[
    ("blood_pressure", Some(ReadingKind::BloodPressure)),
    ("heart_rate", Some(ReadingKind::HeartRate)),
    ("spo2", Some(ReadingKind::Spo2)),
    ("respiratory_rate", Some(ReadingKind::RespiratoryRate)),
    ("any", None),
];

/// `when.vital` where its values stand beside it.
pub(super) const VITALS: Words<Vital> = &[
    ("systolic", Vital::Systolic),
    ("diastolic", Vital::Diastolic),
    ("heart_rate", Vital::HeartRate),
    ("spo2", Vital::Spo2),
    ("respiratory_rate", Vital::RespiratoryRate),
];

/// `when.phase`
pub(super) const PHASES: Words<During> =
    &[("preparation", During::Preparation), ("infusion", During::Infusion), ("recovery", During::Recovery)];

/// `when.history`
pub(super) const PASTS: Words<Past> =
    &[("nausea", Past::Nausea), ("anxiety", Past::Anxiety), ("blood_pressure", Past::BloodPressure)];

/// `when.reaches` of one vital sign.
pub(super) const REACHES: Words<Reach> = &[("notify", Reach::Notify), ("call", Reach::Call)];

/// `when.reaches` of any vital sign.
pub(super) const ANY_REACHES: Words<()> = &[("unobtainable", ())];

/// `when.observation`: `None` is vomiting, which has no grade.
pub(super) const OBSERVATIONS: Words<Option<Scale>> = &[
    ("nausea", Some(Scale::Nausea)),
    ("anxiety", Some(Scale::Anxiety)),
    ("dissociation", Some(Scale::Dissociation)),
    ("sedation", Some(Scale::Sedation)),
    ("pain", Some(Scale::Pain)),
    ("vomiting", None),
];

/// `when.seen`
pub(super) const SIGNS: Words<Sign> = &[
    ("challenging", Sign::Challenging),
    ("restless", Sign::Restless),
    ("gets_up", Sign::GetsUp),
    ("chest_pain", Sign::ChestPain),
    ("severe_headache", Sign::SevereHeadache),
    ("visual_loss", Sign::VisualLoss),
    ("trouble_breathing", Sign::TroubleBreathing),
    ("rash_or_swelling", Sign::RashOrSwelling),
    ("seizure", Sign::Seizure),
    ("self_harm", Sign::SelfHarm),
    ("iv_site", Sign::IvSite),
    ("pump_alarm", Sign::PumpAlarm),
    ("oxygen_given", Sign::OxygenGiven),
];

/// `steps.comfort`
pub(super) const COMFORTS: Words<Comfort> = &[
    ("shades_on", Comfort::ShadesOn),
    ("shades_off", Comfort::ShadesOff),
    ("music", Comfort::Music),
    ("light", Comfort::Light),
    ("position", Comfort::Position),
    ("water", Comfort::Water),
    ("bathroom", Comfort::Bathroom),
    ("hand_held", Comfort::HandHeld),
];

/// `response.priority`. Without it a response is a prompt: that word is not written.
pub(super) const PRIORITIES: Words<Priority> =
    &[("low", Priority::Low), ("medium", Priority::Medium), ("high", Priority::High)];

/// `gate.shows`
pub(super) const SHOWS: Words<Shows> = &[
    ("sedation", Shows::Sedation),
    ("dissociation", Shows::Dissociation),
    ("blood_pressure", Shows::BloodPressure),
    ("heart_and_breathing", Shows::HeartAndBreathing),
    ("nausea", Shows::Nausea),
    ("anxiety", Shows::Anxiety),
    ("since_end", Shows::SinceEnd),
    ("ride", Shows::Ride),
    ("guidance", Shows::Guidance),
];

/// `screening.kind`
pub(super) const SCREENINGS: Words<ScreeningKind> = &[
    ("contraindication", ScreeningKind::Contraindication),
    ("interaction", ScreeningKind::Interaction),
    ("self_harm", ScreeningKind::SelfHarm),
];

/// `gate.only_if`
pub(super) const ONLY_IFS: Words<OnlyIf> = &[("self_harm", OnlyIf::SelfHarm)];

/// Every value under an `origin`.
pub(super) const ORIGINS: Words<Origin> =
    &[("clinic", Origin::Clinic), ("published", Origin::Published), ("default", Origin::Default)];

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::{
        COMFORTS, OBSERVATIONS, ONLY_IFS, ORIGINS, PASTS, PHASES, PRIORITIES, REACHES, READINGS, ROUTES, SCREENINGS,
        SHOWS, SIGNS, VITALS, WHEN_VITALS, Words,
    };
    use crate::protocol::{Comfort, Past, ReadingKind, Scale, ScreeningKind, Sign, Vital};

    fn same_as_serde<T: Serialize>(words: Words<T>) {
        for (word, meaning) in words {
            assert_eq!(serde_json::to_string(meaning).unwrap(), format!("\"{word}\""));
        }
    }

    #[test]
    fn the_words_are_those_that_entries_store() {
        same_as_serde(ROUTES);
        same_as_serde(READINGS);
        same_as_serde(REACHES);
        same_as_serde(SIGNS);
        same_as_serde(COMFORTS);
        same_as_serde(PASTS);
        same_as_serde(PHASES);
        same_as_serde(VITALS);
        same_as_serde(PRIORITIES);
        same_as_serde(SHOWS);
        same_as_serde(ORIGINS);
        same_as_serde(SCREENINGS);
        same_as_serde(ONLY_IFS);
    }

    #[test]
    fn no_meaning_is_without_a_word() {
        assert!(Sign::ALL.iter().all(|sign| SIGNS.iter().any(|(_, meaning)| meaning == sign)));
        assert!(Past::ALL.iter().all(|past| PASTS.iter().any(|(_, meaning)| meaning == past)));
        assert!(Vital::ALL.iter().all(|vital| VITALS.iter().any(|(_, meaning)| meaning == vital)));
        assert!(ScreeningKind::ALL.iter().all(|kind| SCREENINGS.iter().any(|(_, meaning)| meaning == kind)));
        assert!(Comfort::ALL.iter().all(|measure| COMFORTS.iter().any(|(_, meaning)| meaning == measure)));
        assert!(ReadingKind::ALL.iter().all(|kind| READINGS.iter().any(|(_, meaning)| meaning == kind)));
        assert!(Scale::ALL.iter().all(|scale| OBSERVATIONS.iter().any(|(_, meaning)| *meaning == Some(*scale))));
        let limited = ReadingKind::ALL.iter().filter(|kind| !kind.vitals().is_empty());
        assert!(limited.clone().all(|kind| WHEN_VITALS.iter().any(|(_, meaning)| *meaning == Some(*kind))));
    }
}

//! What a protocol can speak about: vital signs, scales, signs seen or said, comfort measures, and alarm priorities.

use serde::{Deserialize, Serialize};

/// A vital sign that has limits. Units: mmHg, mmHg, /min, %, /min.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vital {
    /// Systolic pressure, mmHg.
    Systolic,
    /// Diastolic pressure, mmHg.
    Diastolic,
    /// Heart rate, beats a minute.
    HeartRate,
    /// Oxygen saturation by pulse oximetry, percent.
    Spo2,
    /// Respiratory rate, breaths a minute.
    RespiratoryRate,
}

impl Vital {
    /// All of them, in the order in which they are typed.
    pub const ALL: [Self; 5] = [Self::Systolic, Self::Diastolic, Self::HeartRate, Self::Spo2, Self::RespiratoryRate];

    /// The reading that this vital belongs to: both pressures belong to one.
    #[must_use]
    pub const fn reading(self) -> ReadingKind {
        match self {
            Self::Systolic | Self::Diastolic => ReadingKind::BloodPressure,
            Self::HeartRate => ReadingKind::HeartRate,
            Self::Spo2 => ReadingKind::Spo2,
            Self::RespiratoryRate => ReadingKind::RespiratoryRate,
        }
    }
}

/// One thing that is measured at once: a cuff gives both pressures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// Systolic and diastolic pressure.
    BloodPressure,
    /// Heart rate.
    HeartRate,
    /// Oxygen saturation.
    Spo2,
    /// Respiratory rate.
    RespiratoryRate,
    /// Temperature: recorded, has no limits in a protocol.
    Temperature,
}

impl ReadingKind {
    /// All of them, in the order in which they are typed.
    pub const ALL: [Self; 5] =
        [Self::BloodPressure, Self::HeartRate, Self::Spo2, Self::RespiratoryRate, Self::Temperature];

    /// Its name in protocols, tables and codes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::BloodPressure => "blood_pressure",
            Self::HeartRate => "heart_rate",
            Self::Spo2 => "spo2",
            Self::RespiratoryRate => "respiratory_rate",
            Self::Temperature => "temperature",
        }
    }

    /// The vital signs that this reading gives.
    #[must_use]
    pub const fn vitals(self) -> &'static [Vital] {
        match self {
            Self::BloodPressure => &[Vital::Systolic, Vital::Diastolic],
            Self::HeartRate => &[Vital::HeartRate],
            Self::Spo2 => &[Vital::Spo2],
            Self::RespiratoryRate => &[Vital::RespiratoryRate],
            Self::Temperature => &[],
        }
    }
}

/// A graded observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// 0 none, 1 mild, 2 moderate, 3 severe.
    Nausea,
    /// 0 to 10.
    Anxiety,
    /// One sitter's word, 0 none to 3 no contact; not CADSS.
    Dissociation,
    /// MOAA/S, 5 responds readily to name, 0 no response.
    Sedation,
    /// 0 to 10.
    Pain,
}

impl Scale {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Nausea, Self::Anxiety, Self::Dissociation, Self::Sedation, Self::Pain];

    /// The highest grade of the scale; the lowest is 0 for each.
    #[must_use]
    pub const fn max(self) -> u8 {
        match self {
            Self::Nausea | Self::Dissociation => 3,
            Self::Anxiety | Self::Pain => 10,
            Self::Sedation => 5,
        }
    }
}

/// Something seen or said that has no grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Weeping or another challenging experience (never "bad").
    Challenging,
    /// Restless.
    Restless,
    /// Tries to get up.
    GetsUp,
    /// Chest pain.
    ChestPain,
    /// Severe headache.
    SevereHeadache,
    /// Loss of vision.
    VisualLoss,
    /// Trouble breathing.
    TroubleBreathing,
    /// Rash or swelling.
    RashOrSwelling,
    /// Seizure.
    Seizure,
    /// Thoughts of self-harm, spoken.
    SelfHarm,
    /// Something at the IV site.
    IvSite,
    /// The pump alarms.
    PumpAlarm,
    /// Oxygen was given.
    OxygenGiven,
}

impl Sign {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 13] = [
        Self::Challenging,
        Self::Restless,
        Self::GetsUp,
        Self::ChestPain,
        Self::SevereHeadache,
        Self::VisualLoss,
        Self::TroubleBreathing,
        Self::RashOrSwelling,
        Self::Seizure,
        Self::SelfHarm,
        Self::IvSite,
        Self::PumpAlarm,
        Self::OxygenGiven,
    ];

    /// Whether seeing it means that somebody looked at the patient (a pump is not the patient).
    #[must_use]
    pub const fn is_look(self) -> bool {
        !matches!(self, Self::PumpAlarm | Self::OxygenGiven)
    }
}

/// A phase of the visit in which the patient is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum During {
    /// Before the start.
    Preparation,
    /// From the start to the end, pauses included.
    Infusion,
    /// From the end until the patient leaves.
    Recovery,
}

/// Something known about the patient from before this visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Past {
    /// Nausea or vomiting in an earlier session.
    Nausea,
    /// Strong anxiety in an earlier session.
    Anxiety,
    /// A blood pressure past its limits in an earlier session.
    BloodPressure,
}

impl Past {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::Nausea, Self::Anxiety, Self::BloodPressure];
}

/// A comfort measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comfort {
    /// Eye shades put on.
    ShadesOn,
    /// Eye shades taken off.
    ShadesOff,
    /// Music changed.
    Music,
    /// Light changed.
    Light,
    /// Position changed.
    Position,
    /// Water given.
    Water,
    /// Helped to the bathroom.
    Bathroom,
    /// A hand was held.
    HandHeld,
}

impl Comfort {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 8] = [
        Self::ShadesOn,
        Self::ShadesOff,
        Self::Music,
        Self::Light,
        Self::Position,
        Self::Water,
        Self::Bathroom,
        Self::HandHeld,
    ];
}

/// How loudly a finding speaks. The order is the order of urgency: `High` sorts last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// A response without an alarm.
    Prompt,
    /// `!` low, cyan, steady.
    Low,
    /// `!!` medium, yellow: notify the clinician.
    Medium,
    /// `!!!` high, red: call now.
    High,
}

impl Priority {
    /// Whether it stays until a named person acknowledges it.
    #[must_use]
    pub const fn latches(self) -> bool {
        matches!(self, Self::Medium | Self::High)
    }
}

/// How far a reading has gone past its limits. The order is the order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Inside every limit.
    Inside,
    /// Past a "notify the clinician" limit.
    Notify,
    /// Past a "call now" limit.
    Call,
}

//! Measurements as types: a value that exists is within what can be (protocol-facts 8). Refusing is for what cannot be;
//! what is merely unlikely is stored and doubted (`doubt.rs`).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::protocol::{ReadingKind, Vital};

/// A value outside what can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{quantity:?} {value} is outside {min}..={max}")]
pub struct OutOfRange {
    /// What was measured.
    pub quantity: Quantity,
    /// The value given, in the quantity's own unit (see each type).
    pub value: i64,
    /// The least possible.
    pub min: i64,
    /// The greatest possible.
    pub max: i64,
}

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident: $int:ty, $min:literal..=$max:literal;)+) => {
        /// The kinds of measurement that have limits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Quantity { $($(#[$doc])* $name,)+ }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
            #[serde(try_from = "i64", into = "i64")]
            pub struct $name($int);

            impl $name {
                /// The least possible value.
                pub const MIN: i64 = $min;
                /// The greatest possible value.
                pub const MAX: i64 = $max;

                /// The number, in the unit of the type.
                #[must_use]
                pub const fn get(self) -> $int {
                    self.0
                }
            }

            impl TryFrom<i64> for $name {
                type Error = OutOfRange;

                fn try_from(value: i64) -> Result<Self, OutOfRange> {
                    let refused = OutOfRange { quantity: Quantity::$name, value, min: $min, max: $max };
                    if !($min..=$max).contains(&value) {
                        return Err(refused);
                    }
                    <$int>::try_from(value).map(Self).map_err(|_| refused)
                }
            }

            impl From<$name> for i64 {
                fn from(measure: $name) -> Self {
                    Self::from(measure.0)
                }
            }
        )+
    };
}

measures! {
    /// Systolic pressure, mmHg.
    Systolic: u16, 30..=300;
    /// Diastolic pressure, mmHg.
    Diastolic: u16, 10..=220;
    /// Heart rate, /min. 0 is a value.
    HeartRate: u16, 0..=300;
    /// Oxygen saturation, %.
    Spo2: u8, 0..=100;
    /// Respiratory rate, /min. 0 is a value.
    RespiratoryRate: u8, 0..=80;
    /// Temperature, tenths of a degree Celsius.
    TemperatureTenthsCel: u16, 250..=450;
    /// Body weight, grams.
    WeightG: u32, 20_000..=350_000;
    /// Dose, micrograms: above 0, at most 1000 mg.
    DoseUg: u32, 1..=1_000_000;
    /// Dose as it is ordered for each kilogram, micrograms: at most 50 mg/kg.
    DosePerKgUg: u32, 1..=50_000;
    /// PHQ-9 total.
    Phq9: u8, 0..=27;
    /// Item 9 of the PHQ-9.
    Phq9Item9: u8, 0..=3;
    /// GAD-7 total.
    Gad7: u8, 0..=21;
    /// Mood, 0 to 10.
    Mood: u8, 0..=10;
    /// Duration, minutes.
    DurationMin: u16, 1..=480;
    /// Nausea: 0 none, 1 mild, 2 moderate, 3 severe.
    Nausea: u8, 0..=3;
    /// Anxiety, 0 to 10.
    Anxiety: u8, 0..=10;
    /// Dissociation, the sitter's word: 0 none, 1 slight, 2 marked but answers, 3 no contact. Not CADSS.
    Dissociation: u8, 0..=3;
    /// Sedation, MOAA/S: 5 responds readily to name, 0 no response.
    Moaas: u8, 0..=5;
    /// Pain, 0 to 10.
    Pain: u8, 0..=10;
}

/// Both pressures of one cuff reading. Diastolic is below systolic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPressure", into = "RawPressure")]
pub struct BloodPressure {
    systolic: Systolic,
    diastolic: Diastolic,
}

/// Diastolic at or above systolic: probably typed the wrong way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("diastolic {diastolic} is not below systolic {systolic}")]
pub struct Reversed {
    /// mmHg.
    pub systolic: u16,
    /// mmHg.
    pub diastolic: u16,
}

impl BloodPressure {
    /// Both pressures; refused when diastolic is not below systolic.
    pub const fn new(systolic: Systolic, diastolic: Diastolic) -> Result<Self, Reversed> {
        if diastolic.get() < systolic.get() {
            Ok(Self { systolic, diastolic })
        } else {
            Err(Reversed { systolic: systolic.get(), diastolic: diastolic.get() })
        }
    }

    /// Systolic pressure, mmHg.
    #[must_use]
    pub const fn systolic(self) -> u16 {
        self.systolic.get()
    }

    /// Diastolic pressure, mmHg.
    #[must_use]
    pub const fn diastolic(self) -> u16 {
        self.diastolic.get()
    }
}

#[derive(Serialize, Deserialize)]
struct RawPressure {
    systolic: Systolic,
    diastolic: Diastolic,
}

impl TryFrom<RawPressure> for BloodPressure {
    type Error = Reversed;

    fn try_from(raw: RawPressure) -> Result<Self, Reversed> {
        Self::new(raw.systolic, raw.diastolic)
    }
}

impl From<BloodPressure> for RawPressure {
    fn from(pressure: BloodPressure) -> Self {
        Self { systolic: pressure.systolic, diastolic: pressure.diastolic }
    }
}

/// What became of a reading that was due. Missing is a value, never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading<T> {
    /// It was read.
    Value(T),
    /// It was not tried; the reason is asked afterwards.
    NotTaken,
    /// It was tried and could not be obtained.
    Unobtainable,
}

impl<T: Copy> Reading<T> {
    /// The value, where there is one.
    #[must_use]
    pub const fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::NotTaken | Self::Unobtainable => None,
        }
    }
}

/// One line of vital signs. `None`: not attempted, nothing was said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Vitals {
    /// Blood pressure, mmHg.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blood_pressure: Option<Reading<BloodPressure>>,
    /// Heart rate, /min.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heart_rate: Option<Reading<HeartRate>>,
    /// Oxygen saturation, %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spo2: Option<Reading<Spo2>>,
    /// Respiratory rate, /min.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respiratory_rate: Option<Reading<RespiratoryRate>>,
    /// Temperature, tenths of a degree Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<Reading<TemperatureTenthsCel>>,
}

/// What became of one reading, whatever its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was read.
    Read,
    /// It was not tried.
    NotTaken,
    /// It was tried and could not be obtained.
    Unobtainable,
}

impl<T> Reading<T> {
    const fn outcome(&self) -> Outcome {
        match self {
            Self::Value(_) => Outcome::Read,
            Self::NotTaken => Outcome::NotTaken,
            Self::Unobtainable => Outcome::Unobtainable,
        }
    }
}

impl Vitals {
    /// What became of one reading; `None` when it was not attempted.
    #[must_use]
    pub fn outcome(&self, kind: ReadingKind) -> Option<Outcome> {
        match kind {
            ReadingKind::BloodPressure => self.blood_pressure.as_ref().map(Reading::outcome),
            ReadingKind::HeartRate => self.heart_rate.as_ref().map(Reading::outcome),
            ReadingKind::Spo2 => self.spo2.as_ref().map(Reading::outcome),
            ReadingKind::RespiratoryRate => self.respiratory_rate.as_ref().map(Reading::outcome),
            ReadingKind::Temperature => self.temperature.as_ref().map(Reading::outcome),
        }
    }

    /// The value of one vital sign, in its own unit.
    #[must_use]
    pub fn value(&self, vital: Vital) -> Option<u16> {
        let pressure = self.blood_pressure.as_ref().and_then(Reading::value);
        match vital {
            Vital::Systolic => pressure.map(BloodPressure::systolic),
            Vital::Diastolic => pressure.map(BloodPressure::diastolic),
            Vital::HeartRate => self.heart_rate.as_ref().and_then(Reading::value).map(HeartRate::get),
            Vital::Spo2 => self.spo2.as_ref().and_then(Reading::value).map(|v| u16::from(v.get())),
            Vital::RespiratoryRate => {
                self.respiratory_rate.as_ref().and_then(Reading::value).map(|v| u16::from(v.get()))
            }
        }
    }

    /// Whether any reading was not taken: a reason is owed.
    #[must_use]
    pub fn has_not_taken(&self) -> bool {
        ReadingKind::ALL.iter().any(|kind| self.outcome(*kind) == Some(Outcome::NotTaken))
    }
}

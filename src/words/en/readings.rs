//! Measured values as a record shows them, each with its unit. Missing is a word, never 0.

use crate::protocol::ReadingKind;
use crate::session::{BloodPressure, Outcome, Reading, TemperatureTenthsCel, Vitals};

use super::names::reading_short;

/// Both pressures: `164/101`. The unit, mmHg, goes without saying.
#[must_use]
pub fn pressure(pressure: BloodPressure) -> String {
    format!("{}/{}", pressure.systolic(), pressure.diastolic())
}

/// `36.8 C`.
#[must_use]
pub fn temperature(tenths: TemperatureTenthsCel) -> String {
    format!("{}.{} C", tenths.get() / 10, tenths.get() % 10)
}

/// One reading: `BP 164/101`, `SpO2 97 %`, `BP not taken`, `HR unobtainable`; `None` where it was not attempted.
#[must_use]
pub fn reading(vitals: &Vitals, kind: ReadingKind) -> Option<String> {
    let name = reading_short(kind);
    Some(match vitals.outcome(kind)? {
        Outcome::NotTaken => format!("{name} not taken"),
        Outcome::Unobtainable => format!("{name} unobtainable"),
        Outcome::Read => format!("{name} {}", value(vitals, kind)?),
    })
}

/// The value of one reading with its unit, where it was read.
fn value(vitals: &Vitals, kind: ReadingKind) -> Option<String> {
    Some(match kind {
        ReadingKind::BloodPressure => pressure(vitals.blood_pressure.as_ref()?.value()?),
        ReadingKind::HeartRate => vitals.heart_rate.as_ref().and_then(Reading::value)?.get().to_string(),
        ReadingKind::Spo2 => format!("{} %", vitals.spo2.as_ref().and_then(Reading::value)?.get()),
        ReadingKind::RespiratoryRate => vitals.respiratory_rate.as_ref().and_then(Reading::value)?.get().to_string(),
        ReadingKind::Temperature => temperature(vitals.temperature.as_ref()?.value()?),
    })
}

/// A line of vitals: `BP 164/101  HR 88  SpO2 97 %  RR 14`.
#[must_use]
pub fn readings(vitals: &Vitals) -> String {
    let parts: Vec<String> = ReadingKind::ALL.iter().filter_map(|kind| reading(vitals, *kind)).collect();
    if parts.is_empty() { "vital signs: none recorded".to_owned() } else { parts.join("  ") }
}

/// One reading as the cell of a table whose head names it: `164/101`, `x` not taken, `?` unobtainable, `-` not attempted.
#[must_use]
pub fn reading_cell(vitals: &Vitals, kind: ReadingKind) -> String {
    let cell = match vitals.outcome(kind) {
        None => None,
        Some(Outcome::NotTaken) => Some("x".to_owned()),
        Some(Outcome::Unobtainable) => Some("?".to_owned()),
        Some(Outcome::Read) => value(vitals, kind).map(|value| value.trim_end_matches([' ', '%', 'C']).to_owned()),
    };
    cell.unwrap_or_else(|| "-".to_owned())
}

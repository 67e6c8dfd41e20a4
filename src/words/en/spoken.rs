//! Findings and values as they are read aloud on the telephone: no abbreviation that has to be spelled, no slash.

use super::clock::{ClockStyle, clock};
use super::names::{capitalized, grade};
use super::prompt::headline;
use super::sign_name;
use crate::guidance::{Guidance, Prompt};
use crate::protocol::{Protocol, ReadingKind, Scale, Subject};
use crate::session::{Event, Observation, Outcome, Reading, Row, Session, Vitals, Zone};

/// So many words at most are said of one finding.
const FINDING_WORDS: usize = 14;

/// A reading: `blood pressure 164 over 101`, `oxygen 97 percent`; `None` where it was not attempted.
pub(super) fn spoken_reading(vitals: &Vitals, kind: ReadingKind) -> Option<String> {
    let name = name(kind);
    Some(match vitals.outcome(kind)? {
        Outcome::NotTaken => format!("{name} not taken"),
        Outcome::Unobtainable => format!("{name} unobtainable"),
        Outcome::Read => format!("{name} {}", spoken_value(vitals, kind)?),
    })
}

/// The value of a reading: `164 over 101`, `97 percent`.
pub(super) fn spoken_value(vitals: &Vitals, kind: ReadingKind) -> Option<String> {
    Some(match kind {
        ReadingKind::BloodPressure => {
            let pressure = vitals.blood_pressure.as_ref()?.value()?;
            format!("{} over {}", pressure.systolic(), pressure.diastolic())
        }
        ReadingKind::HeartRate => vitals.heart_rate.as_ref().and_then(Reading::value)?.get().to_string(),
        ReadingKind::Spo2 => format!("{} percent", vitals.spo2.as_ref().and_then(Reading::value)?.get()),
        ReadingKind::RespiratoryRate => vitals.respiratory_rate.as_ref().and_then(Reading::value)?.get().to_string(),
        ReadingKind::Temperature => super::temperature(vitals.temperature.as_ref()?.value()?),
    })
}

const fn name(kind: ReadingKind) -> &'static str {
    match kind {
        ReadingKind::BloodPressure => "blood pressure",
        ReadingKind::HeartRate => "heart rate",
        ReadingKind::Spo2 => "oxygen",
        ReadingKind::RespiratoryRate => "breathing",
        ReadingKind::Temperature => "temperature",
    }
}

/// A finding with its number and its time: `Blood pressure 184 over 101 at 14:21.` One that has gone says what it was and
/// what is now.
pub(super) fn spoken_finding(
    prompt: &Prompt,
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    zone: &Zone,
    style: ClockStyle,
) -> String {
    let subject = protocol.responses.get(prompt.rule).map(|response| response.when.subject());
    let said = subject.and_then(|subject| {
        let of = |seq: u64| {
            let row = session.row(seq)?;
            Some((about(&row, subject, guidance)?, clock(zone, row.item.at.utc_ms, style)))
        };
        let (cause, then) = of(prompt.id.cause)?;
        let (latest, at) = of(prompt.latest).unwrap_or_else(|| (cause.clone(), then.clone()));
        Some(match (prompt.latched_only, prompt.latest == prompt.id.cause) {
            (_, true) => format!("{latest} at {at}"),
            (true, false) => format!("{cause} at {then}, now {}", last_words(&latest, &cause)),
            (false, false) => format!("{latest} at {at}, since {then}"),
        })
    });
    let said = capitalized(&said.unwrap_or_else(|| headline(prompt, protocol, session, guidance)));
    let words: Vec<&str> = said.split_whitespace().take(FINDING_WORDS).collect();
    format!("{}.", words.join(" ").trim_end_matches([',', '.', ';', ':']))
}

/// What one entry says about a subject.
fn about(row: &Row<'_>, subject: Subject, guidance: &Guidance) -> Option<String> {
    Some(match (subject, row.event) {
        (Subject::Reading(kind), Event::VitalsRecorded { vitals, .. }) => {
            let taken = guidance.history.vitals.iter().find(|taken| taken.seq == row.item.seq);
            let doubted = taken.is_some_and(|taken| taken.is_doubted(kind));
            let unconfirmed = if doubted { " unconfirmed" } else { "" };
            format!("{}{unconfirmed}", spoken_reading(vitals, kind)?)
        }
        (Subject::Scale(scale), Event::ObservationRecorded { observation }) => {
            let (found, value) = observation.grade()?;
            if found != scale {
                return None;
            }
            spoken_grade(scale, value)
        }
        (Subject::Vomiting, Event::ObservationRecorded { observation: Observation::Vomiting }) => "vomiting".to_owned(),
        (Subject::Sign(_), Event::ObservationRecorded { observation: Observation::Seen(sign) }) => {
            sign_name(*sign).to_owned()
        }
        (Subject::Sign(sign), asked) => {
            format!("{}, {}", sign_name(sign), super::self_harm_source(asked)?)
        }
        _ => return None,
    })
}

/// A grade: `nausea 2 moderate`, `sedation 3 of 5`.
pub(super) fn spoken_grade(scale: Scale, value: u8) -> String {
    match scale {
        Scale::Sedation => format!("sedation {value} of 5"),
        _ => grade(scale, value),
    }
}

/// `130 over 84` out of `blood pressure 130 over 84` behind one that begins in the same way.
fn last_words<'a>(latest: &'a str, cause: &str) -> &'a str {
    let same = latest.char_indices().zip(cause.chars()).take_while(|((_, a), b)| a == b && !a.is_ascii_digit()).count();
    latest.char_indices().nth(same).map_or(latest, |(at, _)| &latest[at..])
}

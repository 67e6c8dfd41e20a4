//! Reasons that are owed: the sentence that asks for one, and the answers that one key gives.

use super::clock::t_plus;
use super::names::{capitalized, mark_name, owed_name, reading_short};
use super::record::event;
use crate::protocol::ReadingKind;
use crate::session::{Deviation, Event, MINUTE_MS, Outcome, Owed, OwedReason, Row, Session};

/// Asks for a reason: `Infusion started - no baseline within the protocol's time: why?`
#[must_use]
pub fn owed(reason: &OwedReason, session: &Session) -> String {
    let asked = session.row(reason.about).and_then(|row| asked(reason.owed, &row, session));
    format!("{}: why?", asked.unwrap_or_else(|| format!("#{} ({})", reason.about, owed_name(reason.owed))))
}

fn asked(owed: Owed, row: &Row<'_>, session: &Session) -> Option<String> {
    Some(match (owed, row.event) {
        (Owed::NotTaken, Event::VitalsRecorded { vitals, .. }) => {
            let not_taken = |kind: &&ReadingKind| vitals.outcome(**kind) == Some(Outcome::NotTaken);
            let kinds: Vec<&str> = ReadingKind::ALL.iter().filter(not_taken).map(|kind| reading_short(*kind)).collect();
            let minute = session.state().infusion.t_plus_min(row.item.at.session_ms);
            let minute = minute.map(|minute| format!(" at {}", t_plus(Some(minute)))).unwrap_or_default();
            format!("{} not taken{minute}", kinds.join(", "))
        }
        (Owed::Late, said) => {
            let late = (row.item.recorded.session_ms - row.item.at.session_ms) / MINUTE_MS;
            // What was missing then is asked about by itself: two questions under one title could not be told apart.
            format!("{} - entered {late} min afterwards", capitalized(&event(&said.without_deviations())))
        }
        (Owed::MissedMark, Event::MarkMissed { mark }) => format!("The reading at {} was missed", mark_name(*mark)),
        (Owed::Declined, Event::PromptAnswered { prompt, .. }) => {
            format!("Prompt {} declined or not applicable", prompt.rule)
        }
        (Owed::Deviation, said) => capitalized(&event(said)),
        _ => return None,
    })
}

/// The usual reasons, one key each: at most eight. `deviations`: those of the entry, where the reason is for them.
#[must_use]
pub const fn quick_reasons(owed: Owed, deviations: &[Deviation]) -> &'static [&'static str] {
    match owed {
        Owed::NotTaken | Owed::MissedMark => {
            &["resting undisturbed", "refused", "equipment", "clinician's instruction", "busy with the patient"]
        }
        Owed::Late => &[
            "busy with the patient",
            "written on paper first",
            "told afterwards by the patient",
            "told afterwards by a colleague",
            "console was away",
        ],
        Owed::Declined => &[
            "not applicable",
            "patient declined",
            "clinician's instruction",
            "done before",
            "would disturb the patient",
        ],
        Owed::Deviation => for_deviation(deviations),
    }
}

const fn for_deviation(deviations: &[Deviation]) -> &'static [&'static str] {
    match deviations {
        [Deviation::NoBaseline, ..] => &[
            "clinician's instruction",
            "taken but not entered",
            "patient refused",
            "equipment",
            "start entered afterwards",
        ],
        [Deviation::BaselineOverLimit, ..] => &["prescriber decided to start", "usual for this patient"],
        [Deviation::EndedEarly, ..] => {
            &["clinician's instruction", "patient's wish", "side effect", "pump or line", "whole dose given"]
        }
        [Deviation::TouchRefused, ..] => &[
            "the patient reached out",
            "the patient asked for it now",
            "to keep the patient from falling",
            "clinician's instruction",
            "the plan was not known",
        ],
        [Deviation::NoEnd, ..] => &["pump stopped, time not noted", "transferred with the pump running"],
        [Deviation::ScreeningYes, ..] => {
            &["prescriber knows and decided to start", "prescriber was asked by telephone", "known from before"]
        }
        [Deviation::ScreeningOpen, ..] => &[
            "asked on paper",
            "asked by the prescriber",
            "asked at an earlier visit",
            "not asked yet",
            "start entered afterwards",
        ],
        [Deviation::ObservedShort, ..] => &["clinician's decision", "patient did not wait", "transferred"],
        [Deviation::GateOpen, ..] => {
            &["clinician's decision", "patient did not wait", "items checked but not entered", "transferred"]
        }
        [] => &["clinician's instruction", "entered afterwards"],
    }
}

/// The usual reasons for one owed reason of a session.
#[must_use]
pub fn quick_reasons_for(reason: &OwedReason, session: &Session) -> &'static [&'static str] {
    let deviations = session.row(reason.about).map_or(&[][..], |row| row.event.deviations());
    quick_reasons(reason.owed, deviations)
}

/// The usual reasons for an amendment or a withdrawal.
#[must_use]
pub const fn correction_reasons() -> &'static [&'static str] {
    &["typed wrong", "read wrong", "wrong time", "entered twice", "misheard"]
}

/// The usual reasons for closing a session without an infusion.
#[must_use]
pub const fn closing_reasons() -> &'static [&'static str] {
    &["prescriber's decision", "patient's wish", "blood pressure", "no IV access", "no ride home", "patient is ill"]
}

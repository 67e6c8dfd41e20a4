//! What grades, phases, priorities, comforts, deviations and the rest are called. A challenging experience is never a
//! "bad" one.

use crate::protocol::{Priority, ReadingKind, Scale, Vital};
use crate::session::{AwayCause, Comfort, Deviation, Leaving, Mark, Owed, Phase, PumpAct, PumpState, Role};

/// The last line of every call card.
pub const PLACES_NO_CALL: &str = "This console places no call.";

/// The watermark of a rehearsal.
pub const REHEARSAL: &str = "REHEARSAL - NO PATIENT";

/// The words with their first letter as a capital.
#[must_use]
pub fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A vital sign where space is short: `BP sys`, `HR`.
#[must_use]
pub const fn vital_short(vital: Vital) -> &'static str {
    match vital {
        Vital::Systolic => "BP sys",
        Vital::Diastolic => "BP dia",
        Vital::HeartRate => "HR",
        Vital::Spo2 => "SpO2",
        Vital::RespiratoryRate => "RR",
    }
}

/// A reading where space is short: `BP`, `HR`.
#[must_use]
pub const fn reading_short(kind: ReadingKind) -> &'static str {
    match kind {
        ReadingKind::BloodPressure => "BP",
        ReadingKind::HeartRate => "HR",
        ReadingKind::Spo2 => "SpO2",
        ReadingKind::RespiratoryRate => "RR",
        ReadingKind::Temperature => "Temp",
    }
}

/// What a grade means; empty where the number says all (anxiety, pain) or the scale has no such grade.
#[must_use]
pub const fn grade_word(scale: Scale, grade: u8) -> &'static str {
    match (scale, grade) {
        (Scale::Nausea | Scale::Dissociation, 0) => "none",
        (Scale::Nausea, 1) => "mild",
        (Scale::Nausea, 2) => "moderate",
        (Scale::Nausea, 3) => "severe",
        (Scale::Dissociation, 1) => "slight",
        (Scale::Dissociation, 2) => "marked but answers",
        (Scale::Dissociation, 3) => "no contact",
        (Scale::Sedation, 5) => "responds readily to name",
        (Scale::Sedation, 4) => "lethargic response to name",
        (Scale::Sedation, 3) => "only after name called loudly or repeatedly",
        (Scale::Sedation, 2) => "only after mild prodding",
        (Scale::Sedation, 1) => "only after a painful squeeze",
        (Scale::Sedation, 0) => "no response",
        _ => "",
    }
}

/// A scale with its grade: `nausea 2 moderate`, `anxiety 10 of 10`, `MOAA/S 4 lethargic response to name`.
#[must_use]
pub fn grade(scale: Scale, grade: u8) -> String {
    let name = super::scale_name(scale);
    match scale {
        Scale::Anxiety | Scale::Pain => format!("{name} {grade} of {}", scale.max()),
        Scale::Nausea | Scale::Dissociation | Scale::Sedation => {
            format!("{name} {grade} {}", grade_word(scale, grade)).trim_end().to_owned()
        }
    }
}

/// How loudly, as it stands before a line: `!!! `, `!! `, `! `; nothing for a prompt without an alarm.
#[must_use]
pub const fn priority_mark(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "!!! ",
        Priority::Medium => "!! ",
        Priority::Low => "! ",
        Priority::Prompt => "",
    }
}

/// How loudly, in words: what it asks of the sitter.
#[must_use]
pub const fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "call now",
        Priority::Medium => "tell the clinician",
        Priority::Low => "take note",
        Priority::Prompt => "respond",
    }
}

/// A comfort measure, done.
#[must_use]
pub const fn comfort_name(comfort: Comfort) -> &'static str {
    match comfort {
        Comfort::ShadesOn => "eye shades on",
        Comfort::ShadesOff => "eye shades off",
        Comfort::Music => "music changed",
        Comfort::Light => "light changed",
        Comfort::Position => "position changed",
        Comfort::Water => "water given",
        Comfort::Bathroom => "helped to the bathroom",
        Comfort::HandHeld => "hand held",
    }
}

/// Where the visit stands.
#[must_use]
pub fn phase_name(phase: &Phase) -> String {
    match phase {
        Phase::Preparation => "preparation".to_owned(),
        Phase::Infusion => "infusion".to_owned(),
        Phase::Recovery => "recovery".to_owned(),
        Phase::Left(how) => leaving_name(how),
        Phase::Closed => "closed without an infusion".to_owned(),
    }
}

/// How the patient left.
#[must_use]
pub fn leaving_name(how: &Leaving) -> String {
    match how {
        Leaving::Discharged => "discharged home".to_owned(),
        Leaving::AgainstAdvice => "left against advice".to_owned(),
        Leaving::Transferred { to } if to.is_empty() => "transferred".to_owned(),
        Leaving::Transferred { to } => format!("transferred to {to}"),
    }
}

/// What was missing when a fact happened.
#[must_use]
pub const fn deviation_sentence(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::NoBaseline => "no baseline within the protocol's time",
        Deviation::BaselineOverLimit => "baseline BP past the limit for a start",
        Deviation::EndedEarly => "before the planned time",
        Deviation::GateOpen => "items of the discharge gate open",
        Deviation::NoEnd => "no END recorded",
        Deviation::TouchRefused => "touch was refused in the comfort plan",
        Deviation::ObservedShort => "sooner after END than the protocol asks",
        Deviation::ScreeningYes => "a yes or an unknown in the screening",
        Deviation::ScreeningOpen => "screening items not answered",
    }
}

/// What a reason is owed for.
#[must_use]
pub const fn owed_name(owed: Owed) -> &'static str {
    match owed {
        Owed::Deviation => "deviation",
        Owed::NotTaken => "reading not taken",
        Owed::Late => "late entry",
        Owed::MissedMark => "missed check",
        Owed::Declined => "declined",
    }
}

/// A required moment for a reading.
#[must_use]
pub fn mark_name(mark: Mark) -> String {
    match mark {
        Mark::AfterStart(min) => format!("START+{min}"),
        Mark::End => "END".to_owned(),
        Mark::AfterEnd(min) => format!("END+{min}"),
        Mark::Discharge => "leaving".to_owned(),
    }
}

/// The role in which somebody acted.
#[must_use]
pub const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Sitter => "sitter",
        Role::Clinician => "clinician",
        Role::Console => "console",
    }
}

/// Why the console was away.
#[must_use]
pub const fn away_cause_name(cause: AwayCause) -> &'static str {
    match cause {
        AwayCause::Left => "the sitter left the console",
        AwayCause::Crash => "the program had stopped",
        AwayCause::Reboot => "the computer was restarted",
        AwayCause::Suspended => "the computer slept",
    }
}

/// What is done to the pump, as in the middle of a sentence.
#[must_use]
pub const fn pump_act_name(act: &PumpAct) -> &'static str {
    match act {
        PumpAct::Start => "start",
        PumpAct::Pause => "pause",
        PumpAct::Resume => "resume",
        PumpAct::Rate { .. } => "rate change",
        PumpAct::End => "end",
    }
}

/// Where the pump stands.
#[must_use]
pub const fn pump_state_name(state: PumpState) -> &'static str {
    match state {
        PumpState::Waiting => "not started",
        PumpState::Running => "running",
        PumpState::Paused => "paused",
        PumpState::Ended => "ended",
    }
}

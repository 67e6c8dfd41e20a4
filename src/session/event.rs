//! The facts a record is made of, in the past tense. Their stored form is frozen: old journals always open.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::asked::{CheckedBack, Scores, Screened};
use super::card_made::CardMade;
use super::comfort::ComfortPlan;
use super::limits_set::LimitsSet;
use super::measure::{Anxiety, Dissociation, DurationMin, Moaas, Nausea, Pain, Vitals};
use super::opening::{Description, Opening, ProtocolCopy};
use super::put_off::Check;
use super::signature::Signature;
use super::take_over::TakenOver;
use crate::protocol::{Comfort, OnlyIf, Priority, ReadingKind, Route, Scale, Sign};

/// One fact. `kind` names it in the stored line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The session was opened: always the first entry; it carries the protocol.
    SessionOpened(Box<Opening>),
    /// Identity and preparation, as known from here on (replaces what was known).
    PatientDescribed(Box<Description>),
    /// The comfort plan, as known from here on (replaces what was known).
    ComfortPlanned(Box<ComfortPlan>),
    /// An item of the screening was answered.
    ScreeningAnswered(Box<Screened>),
    /// Scores of this visit.
    ScoresRecorded {
        /// What was asked.
        scores: Scores,
    },
    /// A psychotherapy session took place.
    PsychotherapyNoted {
        /// When, as `YYYY-MM-DD`.
        date: String,
    },
    /// The pump was started; by another route, the first dose was given.
    InfusionStarted {
        /// By which route.
        #[serde(default, skip_serializing_if = "Route::has_pump")]
        route: Route,
        /// What was missing at that moment.
        deviations: Vec<Deviation>,
    },
    /// The pump was paused.
    InfusionPaused,
    /// The pump runs again.
    InfusionResumed,
    /// The pump's rate was changed.
    RateChanged {
        /// The rate before, where it had not been recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Rate>,
        /// In the pump's own unit; only ratios matter.
        rate: Rate,
    },
    /// The planned infused time was changed.
    InfusionExtended {
        /// The new plan, infused minutes in all.
        planned_min: DurationMin,
        /// Whether that is unlikely and not yet confirmed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        doubts: Vec<Doubt>,
    },
    /// Asked at the planned end, the sitter said that the pump still runs.
    PumpStillRunning,
    /// The pump was stopped for good; by another route, the last dose was given.
    InfusionEnded {
        /// By which route.
        #[serde(default, skip_serializing_if = "Route::has_pump")]
        route: Route,
        /// Early, for example.
        deviations: Vec<Deviation>,
    },
    /// Vital signs, one line.
    VitalsRecorded {
        /// The readings.
        vitals: Vitals,
        /// What was typed, as typed.
        typed: String,
        /// What is unlikely in it and not yet confirmed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        doubts: Vec<Doubt>,
    },
    /// An observation of the patient.
    ObservationRecorded {
        /// What was observed.
        observation: Observation,
    },
    /// A comfort measure.
    ComfortNoted {
        /// Which.
        measure: Comfort,
        /// Against what the patient said in the comfort plan, for example.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        deviations: Vec<Deviation>,
    },
    /// A drug was given, by a person who may, on a clinician's order.
    DrugGiven(Box<DrugGiven>),
    /// A note.
    NoteTaken {
        /// The words.
        text: String,
        /// The patient's own words, kept apart from the sitter's reading.
        patients_words: bool,
    },
    /// The reason that was owed for a deviation, a late entry, a reading not taken.
    ReasonGiven {
        /// The sequence number of the entry that owed it.
        about: u64,
        /// What it explains.
        owed: Owed,
        /// The reason.
        reason: String,
    },
    /// An unlikely value was looked at again and stands.
    ValueConfirmed {
        /// The sequence number of the entry.
        about: u64,
    },
    /// An entry was corrected; the original stays.
    EntryAmended {
        /// The sequence number of the entry.
        about: u64,
        /// When it was observed, where that changes, UTC ms.
        observed_at: Option<i64>,
        /// What it says, where that changes.
        event: Option<Box<Event>>,
        /// Why.
        reason: String,
    },
    /// An entry was entered in error; the original stays.
    EntryWithdrawn {
        /// The sequence number of the entry.
        about: u64,
        /// Why.
        reason: String,
    },
    /// The console showed a prompt or an alarm.
    PromptRaised {
        /// Which.
        prompt: PromptId,
        /// How loudly.
        priority: Priority,
        /// The prompt that did not help, where this one is its next step up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<PromptId>,
    },
    /// A named person acknowledged a prompt or an alarm.
    PromptAcknowledged {
        /// Which.
        prompt: PromptId,
    },
    /// A prompt was answered with one of its responses.
    PromptAnswered {
        /// Which.
        prompt: PromptId,
        /// The response's number, 1 to 9; 0 is declined or not applicable.
        response: u8,
        /// The response's words, as shown.
        text: String,
        /// The comfort measure that this was, too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comfort: Option<Comfort>,
    },
    /// Somebody looked again after a prompt was dealt with, and said how it is.
    LookedAgain {
        /// Which prompt.
        prompt: PromptId,
        /// How it is.
        change: Change,
    },
    /// The clinician was called (by a person: the console places no call).
    ClinicianCalled {
        /// The sentence that was on the call card.
        said: String,
        /// The rung of the room's ladder, from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rung: Option<u32>,
        /// Who was called: name and extension.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whom: Option<String>,
    },
    /// The clinician answered the call.
    ClinicianAnswered,
    /// The clinician is in the room.
    ClinicianArrived,
    /// The call is over and nobody needs to come: it was settled on the telephone.
    CallOver,
    /// An emergency began: the screen shows only what matters then, until it ends.
    EmergencyBegan,
    /// Something of the emergency's checklist or marks, with its time.
    EmergencyMarked {
        /// Its words, as they stood on the screen.
        mark: String,
        /// Whether it is an item of the checklist.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        checklist: bool,
    },
    /// The emergency was said to be over.
    EmergencyEnded,
    /// A required mark passed without its reading.
    MarkMissed {
        /// Which mark.
        mark: Mark,
    },
    /// A check that was due by its interval was put off, once.
    CheckPutOff {
        /// Which check.
        check: Check,
        /// Until when, UTC ms.
        until: i64,
        /// Why.
        reason: String,
    },
    /// An item of the discharge gate was answered by a person.
    GateAnswered {
        /// The item's id in the protocol.
        item: String,
        /// The answer.
        answer: GateAnswer,
        /// How the record stood against "met" at that moment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        against: Option<Against>,
        /// It is the clinician's word on what came up, as the item asks for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word_on: Option<OnlyIf>,
    },
    /// The patient was told the clock times.
    GuidanceGiven {
        /// No driving before, UTC ms; `None` when the clinician sets it.
        no_driving_until: Option<i64>,
    },
    /// The card was made for the patient to take home.
    CardMade(Box<CardMade>),
    /// The room's printer took the card.
    CardPrinted {
        /// Its version.
        version: u32,
    },
    /// What stands on a card no longer holds.
    CardSuperseded {
        /// Its version.
        version: u32,
    },
    /// The patient was ready to leave (not the same moment as leaving).
    PatientReady,
    /// The patient left.
    PatientLeft {
        /// How.
        how: Leaving,
        /// What was missing at that moment.
        deviations: Vec<Deviation>,
        /// When somebody asks how the patient is, UTC ms.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check_back_at: Option<i64>,
    },
    /// Somebody asked on the day after.
    CheckedBack(Box<CheckedBack>),
    /// The session ended without an infusion.
    ClosedWithoutInfusion {
        /// Why.
        reason: String,
    },
    /// The sitter stepped out: nobody is signed on until somebody comes.
    SitterSteppedOut,
    /// The sitter who stepped out is back.
    SitterReturned,
    /// Another sitter read the brief and signed on.
    SitterSignedOn {
        /// Who sits from here on.
        sitter: Actor,
        /// She has a PIN, and had not shown it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        without_pin: bool,
    },
    /// Another console took the session over from the one that held it.
    SessionTakenOver(Box<TakenOver>),
    /// A named clinician set other limits for this patient.
    LimitsSet(Box<LimitsSet>),
    /// A named person accepted another protocol for the rest of the session.
    ProtocolAccepted {
        /// The protocol.
        protocol: Box<ProtocolCopy>,
        /// Who accepted it.
        by: String,
    },
    /// A named person signed the record; what comes after is an addendum.
    SessionSigned(Box<Signature>),
    /// The sitter left the console; the session goes on.
    ConsoleLeft,
    /// The console is back: nothing was observed meanwhile.
    ConsoleReturned {
        /// Why it was away.
        cause: AwayCause,
        /// For how long at most, milliseconds.
        away_ms: i64,
    },
    /// The wall clock was set while the session ran.
    ClockStepped {
        /// By how much; forward is positive, milliseconds.
        by_ms: i64,
    },
    /// The wall clock looked wrong, and a person said whether it is.
    WallClockJudged {
        /// It is right as it stands.
        is_right: bool,
    },
    /// An event of a newer version: kept and shown, not understood.
    #[serde(skip)]
    Unknown {
        /// Its kind.
        kind: String,
    },
}

/// A rate in the pump's own unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Thousandths of the unit; above 0.
    pub thousandths: u32,
    /// The unit as the pump shows it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// What was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observation {
    /// Nausea, 0 to 3.
    Nausea(Nausea),
    /// The patient vomited.
    Vomiting,
    /// Anxiety, 0 to 10.
    Anxiety(Anxiety),
    /// Dissociation, 0 to 3.
    Dissociation(Dissociation),
    /// Sedation, MOAA/S 5 to 0.
    Sedation(Moaas),
    /// Resting, regular breathing, not roused: a valid sedation entry.
    RestingNotRoused,
    /// Pain, 0 to 10.
    Pain(Pain),
    /// Looked: resting quietly.
    Looked,
    /// Something seen or said.
    Seen(Sign),
}

impl Observation {
    /// Its scale and grade, where it has one.
    #[must_use]
    pub const fn grade(&self) -> Option<(Scale, u8)> {
        Some(match self {
            Self::Nausea(grade) => (Scale::Nausea, grade.get()),
            Self::Anxiety(grade) => (Scale::Anxiety, grade.get()),
            Self::Dissociation(grade) => (Scale::Dissociation, grade.get()),
            Self::Sedation(grade) => (Scale::Sedation, grade.get()),
            Self::Pain(grade) => (Scale::Pain, grade.get()),
            Self::Vomiting | Self::RestingNotRoused | Self::Looked | Self::Seen(_) => return None,
        })
    }
}

/// A drug that was given. The sitter records; a clinician orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrugGiven {
    /// Which.
    pub drug: String,
    /// Dose, as said, with its unit.
    pub dose: String,
    /// Who gave it.
    pub given_by: String,
    /// On whose order.
    pub ordered_by: String,
    /// Whether it sedates, by the protocol; unknown counts as sedating.
    pub sedating: bool,
}

/// What was missing when a fact happened. The fact is recorded all the same; the reason is asked afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deviation {
    /// Started without a baseline within the protocol's time.
    NoBaseline,
    /// Started with a blood pressure past the limits before a start.
    BaselineOverLimit,
    /// Ended before the planned infused time.
    EndedEarly,
    /// Left before every item of the gate was met or overridden.
    GateOpen,
    /// Left while the infusion was not recorded as ended.
    NoEnd,
    /// Touched, although the patient had said no to touch.
    TouchRefused,
    /// Left before the protocol's time of observation after the end.
    ObservedShort,
    /// Started with a yes or an unknown in the screening.
    ScreeningYes,
    /// Started before every item of the screening was answered.
    ScreeningOpen,
}

/// What a reason is owed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// The deviations of the entry.
    Deviation,
    /// Readings that were not taken.
    NotTaken,
    /// Entered more than five minutes after it was observed.
    Late,
    /// A required mark that was missed.
    MissedMark,
    /// A prompt that was declined.
    Declined,
}

/// Something unlikely, stored and asked about once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Systolic below 90, above 180, or more than 40 from the last.
    Systolic,
    /// Diastolic below 50, above 110, or more than 30 from the last.
    Diastolic,
    /// Heart rate 0, below 45, above 130, or more than 40 from the last.
    HeartRate,
    /// SpO2 below 90, or 4 or more below the last.
    Spo2,
    /// Respiratory rate 0, below 9 or above 24.
    RespiratoryRate,
    /// Temperature below 35 or above 38.5.
    Temperature,
    /// Weight below 40 kg or above 200 kg.
    Weight,
    /// Dose outside 0.3 to 1.0 mg/kg.
    Dose,
    /// Planned duration below 30 or above 120 minutes.
    Duration,
    /// Dose, dose for each kilogram and weight do not agree, by more than 2 %.
    DoseDisagrees,
    /// Weight more than 10 % from the last visit's.
    WeightChanged,
    /// Weight about 2.2 times the last visit's: pounds?
    Pounds,
    /// The pump's settings were checked by whoever set them.
    SamePerson,
}

impl Doubt {
    /// The reading that it is about, if it is about one.
    #[must_use]
    pub const fn reading(self) -> Option<ReadingKind> {
        Some(match self {
            Self::Systolic | Self::Diastolic => ReadingKind::BloodPressure,
            Self::HeartRate => ReadingKind::HeartRate,
            Self::Spo2 => ReadingKind::Spo2,
            Self::RespiratoryRate => ReadingKind::RespiratoryRate,
            Self::Temperature => ReadingKind::Temperature,
            Self::Weight
            | Self::Dose
            | Self::Duration
            | Self::DoseDisagrees
            | Self::WeightChanged
            | Self::Pounds
            | Self::SamePerson => return None,
        })
    }
}

impl Event {
    /// Whether it changes what another entry says.
    #[must_use]
    pub const fn corrects(&self) -> bool {
        matches!(self, Self::EntryAmended { .. } | Self::EntryWithdrawn { .. } | Self::ValueConfirmed { .. })
    }

    /// What was missing at its moment.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        match self {
            Self::InfusionStarted { deviations, .. }
            | Self::InfusionEnded { deviations, .. }
            | Self::ComfortNoted { deviations, .. }
            | Self::PatientLeft { deviations, .. } => deviations,
            _ => &[],
        }
    }

    /// The fact alone, without what was missing.
    #[must_use]
    pub fn without_deviations(&self) -> Self {
        let mut fact = self.clone();
        if let Self::InfusionStarted { deviations, .. }
        | Self::InfusionEnded { deviations, .. }
        | Self::ComfortNoted { deviations, .. }
        | Self::PatientLeft { deviations, .. } = &mut fact
        {
            deviations.clear();
        }
        fact
    }

    /// What is unlikely in it; whether that was confirmed stands on the time line.
    #[must_use]
    pub fn doubts(&self) -> &[Doubt] {
        match self {
            Self::VitalsRecorded { doubts, .. } | Self::InfusionExtended { doubts, .. } => doubts,
            Self::PatientDescribed(description) => &description.doubts,
            _ => &[],
        }
    }
}

/// Names one raised prompt: the rule, the entry that caused it, and how often it has come back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PromptId {
    /// The response's id in the protocol.
    pub rule: String,
    /// Sequence number of the entry that caused it.
    pub cause: u64,
    /// 0 the first time; one more each time it comes back because nobody looked again or nothing changed.
    pub round: u32,
}

/// How something is, compared with when it was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Better.
    Better,
    /// The same.
    Same,
    /// Worse.
    Worse,
}

/// A required moment for a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// So many minutes after the start.
    AfterStart(u32),
    /// The actual end of the infusion.
    End,
    /// So many minutes after the actual end.
    AfterEnd(u32),
    /// Before leaving.
    Discharge,
}

/// The answer to an item of the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateAnswer {
    /// Met.
    Met {
        /// A name, where the item asks for one (the ride).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// Not met.
    NotMet,
    /// Let pass by a named clinician.
    Overridden {
        /// The clinician.
        by: String,
        /// Why.
        reason: String,
    },
}

/// How the record stood against the answer "met".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// Nothing of it was recorded.
    NotRecorded,
    /// The record said otherwise.
    Otherwise,
}

/// How the patient left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// Discharged home.
    Discharged,
    /// Left against advice.
    AgainstAdvice,
    /// Transferred.
    Transferred {
        /// Where to.
        to: String,
    },
}

/// Why the console was away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwayCause {
    /// The sitter left the console.
    Left,
    /// The program ended without leaving.
    Crash,
    /// The machine was restarted.
    Reboot,
    /// The machine slept, or the program was stopped.
    Suspended,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Short id from the configuration, or made from the name.
    pub id: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
}

/// The role in which somebody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sits with the patient.
    Sitter,
    /// A clinician.
    Clinician,
    /// The program itself: prompts, clocks.
    Console,
}

impl Actor {
    /// Whether it is the same person, as far as can be known: the id of somebody who is not in the room's configuration is
    /// her initials, which another one may have as well.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        (&self.id, &self.name) == (&other.id, &other.name)
    }

    /// The program itself.
    #[must_use]
    pub fn console() -> Self {
        Self { id: "console".into(), name: "Console".into(), role: Role::Console }
    }
}

/// The identity of a session.
pub type SessionId = Uuid;

//! What somebody wants. Decided against the session it becomes events, or a refusal with its reason.

use super::asked::{CheckedBack, Scores, Screened};
use super::card_made::CardMade;
use super::comfort::ComfortPlan;
use super::event::{
    Actor, Against, AwayCause, Change, DrugGiven, Event, GateAnswer, Leaving, Mark, Observation, Owed, PromptId,
};
use super::infusion::{PumpAct, PumpState};
use super::limits_set::LimitsSet;
use super::measure::{DurationMin, Vitals};
use super::opening::{Description, ProtocolCopy};
use super::put_off::Check;
use crate::protocol::{Comfort, FaultKind, LimitKind, Priority, Subject, Vital};

/// A wish, before it is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Set identity and preparation.
    Describe(Box<Description>),
    /// Set the comfort plan.
    PlanComfort(Box<ComfortPlan>),
    /// Answer an item of the screening.
    Screen(Box<Screened>),
    /// Record scores of this visit.
    Score(Scores),
    /// Record that a psychotherapy session took place.
    NotePsychotherapy {
        /// When, as `YYYY-MM-DD`.
        date: String,
    },
    /// Record what was said on the day after.
    CheckBack(Box<CheckedBack>),
    /// Record what was done to the pump.
    Pump(PumpAct),
    /// Record that the plan is now so many infused minutes.
    Extend(DurationMin),
    /// Record that the pump still runs at its planned end.
    StillRunning,
    /// Record an observation.
    Observe(Observation),
    /// Record a line of vitals.
    Vitals {
        /// The readings.
        vitals: Vitals,
        /// What was typed.
        typed: String,
    },
    /// Record a comfort measure.
    Comfort(Comfort),
    /// Record a drug given.
    Drug(Box<DrugGiven>),
    /// Take a note.
    Note {
        /// The words.
        text: String,
        /// The patient's own words.
        patients_words: bool,
    },
    /// Give an owed reason.
    GiveReason {
        /// The entry.
        about: u64,
        /// What for.
        owed: Owed,
        /// The reason.
        reason: String,
    },
    /// Confirm an unlikely value.
    Confirm {
        /// The entry.
        about: u64,
    },
    /// Correct an entry.
    Amend {
        /// The entry.
        about: u64,
        /// When it was observed, UTC ms.
        observed_at: Option<i64>,
        /// What it says.
        event: Option<Box<Event>>,
        /// Why.
        reason: String,
    },
    /// Withdraw an entry.
    Withdraw {
        /// The entry.
        about: u64,
        /// Why.
        reason: String,
    },
    /// Record that a prompt is on the screen.
    RaisePrompt {
        /// Which.
        prompt: PromptId,
        /// How loudly.
        priority: Priority,
        /// The prompt that it is the next step up of.
        from: Option<PromptId>,
    },
    /// Acknowledge a prompt.
    Acknowledge(PromptId),
    /// Answer a prompt with one of its responses.
    Answer {
        /// Which.
        prompt: PromptId,
        /// The response's number.
        response: u8,
    },
    /// Record how it is, looked at again.
    LookAgain {
        /// The prompt that was dealt with.
        prompt: PromptId,
        /// How it is.
        change: Change,
    },
    /// Record that the clinician was called.
    Call {
        /// The sentence on the card.
        said: String,
        /// The rung of the ladder, from 1.
        rung: Option<u32>,
        /// Who was called: name and extension.
        whom: Option<String>,
    },
    /// Record that the call was answered.
    CallAnswered,
    /// Record that the clinician is in the room.
    CallArrived,
    /// Record that the call is over and nobody needs to come.
    CallOver,
    /// Record that an emergency began.
    BeginEmergency,
    /// Record something of the emergency's checklist or marks.
    MarkEmergency {
        /// Its words.
        mark: String,
        /// Whether it is an item of the checklist.
        checklist: bool,
    },
    /// Record that the emergency is over.
    EndEmergency,
    /// Record that a required mark passed without its reading.
    MissMark(Mark),
    /// Put off a check that is due by its interval.
    PutOff {
        /// Which check.
        check: Check,
        /// Until when, UTC ms.
        until: i64,
        /// Why.
        reason: String,
    },
    /// Answer an item of the gate.
    AnswerGate {
        /// The item.
        item: String,
        /// The answer.
        answer: GateAnswer,
        /// How the record stands against "met".
        against: Option<Against>,
    },
    /// Record that a card was made.
    MakeCard(Box<CardMade>),
    /// Record that the room's printer took the card.
    CardPrinted {
        /// Its version.
        version: u32,
    },
    /// Record that what stands on a card no longer holds.
    SupersedeCard {
        /// Its version.
        version: u32,
    },
    /// Record that the clock times were given.
    GiveGuidance {
        /// No driving before, UTC ms.
        no_driving_until: Option<i64>,
    },
    /// Record that the patient is ready to leave.
    Ready,
    /// Record that the patient left.
    Leave(Leaving),
    /// Close the session without an infusion.
    CloseWithoutInfusion {
        /// Why.
        reason: String,
    },
    /// Record that the sitter steps out.
    StepOut,
    /// Record that the sitter who stepped out is back.
    ComeBack,
    /// Record that another sitter signs on.
    SignOn {
        /// Who.
        sitter: Actor,
        /// She has a PIN, and has not shown it.
        without_pin: bool,
    },
    /// Take the session over from another console.
    TakeOver {
        /// Who takes it over.
        by: Actor,
        /// Why.
        reason: String,
        /// They have a PIN, and have not shown it.
        without_pin: bool,
    },
    /// Set other limits for this patient.
    SetLimits(Box<LimitsSet>),
    /// Accept another protocol for the rest of the session.
    AcceptProtocol {
        /// The protocol.
        protocol: Box<ProtocolCopy>,
        /// Who accepts it.
        by: String,
    },
    /// Sign the record, or what was added since it was signed.
    Sign {
        /// Who signs.
        by: Actor,
        /// What it means, in the words on the screen.
        meaning: String,
        /// What is missing, in the words on the screen.
        missing: Vec<String>,
        /// Whether the person's PIN was asked and right.
        with_pin: bool,
    },
    /// Record that the sitter leaves the console.
    LeaveConsole,
    /// Record that the console is back.
    ReturnConsole {
        /// Why it was away.
        cause: AwayCause,
        /// For how long at most, ms.
        away_ms: i64,
    },
    /// Record whether a wall clock that looks wrong is right.
    JudgeWallClock {
        /// It is right as it stands.
        is_right: bool,
    },
    /// Record that the wall clock was set.
    StepClock {
        /// By how much, ms.
        by_ms: i64,
    },
}

/// Why a command is refused: the impossible only.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The act cannot follow from where the pump stands.
    PumpOrder {
        /// The act.
        act: PumpAct,
        /// Where the pump stood then.
        state: PumpState,
    },
    /// The act lies before the start of the infusion.
    BeforeStart {
        /// The act.
        act: PumpAct,
    },
    /// The patient has left: nothing can be observed now.
    PatientHasLeft,
    /// The session was closed without an infusion: nothing was done to the pump.
    ClosedWithoutInfusion,
    /// The visit is not over: there is nothing whole to sign.
    NotOver,
    /// Everything is covered by a signature already.
    SignedAlready,
    /// The record is signed: it takes addenda only.
    RecordSigned,
    /// The end would stand after the patient had left.
    EndAfterLeft,
    /// The patient cannot have left before the infusion ended.
    LeftBeforeEnd,
    /// More than 60 s ahead of the clock.
    InTheFuture,
    /// More than 4 h before the session was opened.
    LongBeforeOpening,
    /// There is no such entry.
    NoSuchEntry {
        /// The number asked for.
        about: u64,
    },
    /// The entry was withdrawn already.
    WithdrawnAlready {
        /// The entry.
        about: u64,
    },
    /// Entries of this kind are not changed (the opening, the console's own, corrections).
    CannotChange {
        /// The entry.
        about: u64,
    },
    /// The amendment is of another kind than the entry.
    OtherKind,
    /// The amendment changes nothing.
    NothingChanged,
    /// Nothing was typed where words are needed.
    NoWords,
    /// That reason is not owed, or was given.
    NotOwed,
    /// The entry holds no value that is still to be confirmed.
    NotUnconfirmed {
        /// The entry.
        about: u64,
    },
    /// The prompt was raised already.
    RaisedAlready,
    /// The prompt is not raised.
    NotRaised,
    /// Nothing was done about the prompt yet: there is nothing to compare with.
    NotDealtWith,
    /// What the prompt is about has a value: it is looked at again by taking it again.
    MeasureAgain {
        /// What it is about.
        subject: Subject,
    },
    /// The prompt has no such response.
    NoSuchResponse {
        /// The number asked for.
        response: u8,
    },
    /// The response touches, and the patient said no to touch.
    TouchRefused {
        /// The number asked for.
        response: u8,
    },
    /// There was no call that this could belong to.
    NoCall,
    /// The call is over already: somebody is here, or nobody needs to come.
    CallIsOver,
    /// An emergency has begun already.
    EmergencyBegan,
    /// There is no emergency now.
    NoEmergency,
    /// The gate has no such item.
    NoSuchGateItem,
    /// The screening has no such item.
    NoSuchScreeningItem,
    /// No score was given.
    NoScore,
    /// That date is noted already.
    NotedAlready,
    /// The day after is not due: the patient did not go home, or was asked already.
    NoCheckBack,
    /// There was an infusion: it must end with the patient leaving.
    InfusionStarted,
    /// The sitter has stepped out already.
    SteppedOutAlready,
    /// Nobody has stepped out.
    NotOut,
    /// The sitter is the one who is signed on.
    SignedOnAlready,
    /// The moment lies before the last change of who sits.
    BeforeLastTurn,
    /// The limits are those that stand already.
    SameLimits,
    /// The protocol has no such limit, so no response of it would answer.
    NoSuchLimit {
        /// The vital sign.
        vital: Vital,
        /// The limit.
        kind: LimitKind,
    },
    /// The limits contradict each other, by the same check as a protocol's own.
    Limits {
        /// The vital sign.
        vital: Vital,
        /// What is wrong.
        fault: FaultKind,
    },
    /// The protocol cannot be read.
    ProtocolFaulty,
    /// That protocol is in force already.
    ProtocolInForce,
    /// A mark's miss is recorded already.
    MissedAlready,
    /// The check cannot be put off: a required one, or not by the protocol, or not so far.
    NotPutOff {
        /// The check.
        check: Check,
    },
    /// The check was put off once already.
    PutOffAlready,
    /// The plan is shorter than what has been infused.
    ShorterThanInfused {
        /// Whole minutes infused so far.
        infused_min: i64,
    },
}

//! The session: a fold over its entries. `replay(entries)` and the live session are equal by construction, since both only
//! ever add entries to the time line and derive the rest from it.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::call::Call;
use super::card_made::KeptCard;
use super::comfort::ComfortPlan;
use super::doubt::LastValues;
use super::emergency::Emergency;
use super::entry::Entry;
use super::event::{Actor, Event, GateAnswer, Leaving, PromptId, SessionId};
use super::in_force::Accepted;
use super::infusion::{Infusion, PumpAct, PumpState};
use super::limits_set::LimitsSet;
use super::measure::Reading;
use super::opening::{Description, Opening};
use super::owed::{OwedReason, owed_by};
use super::prompt_state::PromptState;
use super::signature::Signed;
use super::time::{At, Stamp};
use super::timeline::{Row, Timeline};
use super::watch::Watch;

/// Where the visit stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Phase {
    /// Before the start.
    #[default]
    Preparation,
    /// From the start to the end, pauses included.
    Infusion,
    /// From the end until the patient leaves.
    Recovery,
    /// The patient left.
    Left(Leaving),
    /// Closed without an infusion.
    Closed,
}

impl Phase {
    /// The word for a program.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Preparation => "preparation",
            Self::Infusion => "infusion",
            Self::Recovery => "recovery",
            Self::Left(_) => "left",
            Self::Closed => "closed",
        }
    }
}

/// What follows from the entries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// Where the visit stands.
    pub phase: Phase,
    /// Identity and preparation as last described.
    pub description: Description,
    /// What the patient agreed to and what helps, as last planned.
    pub comfort: ComfortPlan,
    /// What was asked: screening, scores, psychotherapy, the day after.
    pub asked: Asked,
    /// The pump.
    pub infusion: Infusion,
    /// The planned infused time, where it was changed, minutes.
    pub extended_to_min: Option<u16>,
    /// The last time the sitter said that the pump still runs past the plan.
    pub still_running: Option<At>,
    /// Prompts that were raised.
    pub prompts: BTreeMap<PromptId, PromptState>,
    /// Reasons owed, by entry.
    pub owed: Vec<OwedReason>,
    /// Reasons given: one may stand before what it explains, where that was amended to a later time.
    reasons_given: BTreeSet<OwedReason>,
    /// Answers of the gate, by item, with their time and who gave them.
    pub gate: BTreeMap<String, (GateAnswer, At, String)>,
    /// The calls to a clinician, in order.
    pub calls: Vec<Call>,
    /// The emergencies, in order.
    pub emergencies: Vec<Emergency>,
    /// When the clock times were given, and the driving time told.
    pub guidance_given: Option<(At, Option<i64>)>,
    /// The cards that were made, in order.
    pub cards: Vec<KeptCard>,
    /// A person said that the wall clock is wrong, and it has not been set since.
    pub wall_is_wrong: bool,
    /// When the patient was ready.
    pub ready: Option<At>,
    /// When the patient left, or the session was closed.
    pub left: Option<At>,
    /// Who sat with the patient, and when.
    pub watch: Watch,
    /// Limits that were set for this patient, in order.
    pub limits_set: Vec<(At, LimitsSet)>,
    /// The signatures, in order.
    pub signed: Vec<Signed>,
    /// Protocols that were accepted after the opening, in order.
    pub accepted: Vec<Accepted>,
    /// The last look at the patient.
    pub last_look: Option<At>,
    /// Entries with an unlikely value that nobody has confirmed yet. Of descriptions and plans only the last one stands.
    pub unconfirmed: Vec<u64>,
    /// The description and the plan that stand.
    described_by: Option<u64>,
    planned_by: Option<u64>,
    /// Marks whose miss is recorded already.
    pub missed_marks: Vec<super::event::Mark>,
    /// Entries of a kind that this version does not know.
    pub unknown_entries: usize,
}

/// One visit. Never empty: it begins with its opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    entries: Vec<Entry>,
    timeline: Timeline,
    last_recorded: At,
    state: State,
}

/// Entries that make no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSession {
    /// There are none.
    #[error("the session has no entries")]
    Empty,
    /// The first is no opening.
    #[error("the session does not begin with its opening")]
    NoOpening,
}

impl Session {
    /// The session that these entries make, in the order of their sequence.
    pub fn replay(entries: impl IntoIterator<Item = Entry>) -> Result<Self, NoSession> {
        let mut entries = entries.into_iter();
        let first = entries.next().ok_or(NoSession::Empty)?;
        if !matches!(first.fields.event, Event::SessionOpened(_)) {
            return Err(NoSession::NoOpening);
        }
        let last_recorded = At { session_ms: 0, utc_ms: first.fields.recorded_at };
        let (timeline, state) = (Timeline::default(), State::default());
        let mut session = Self { entries: Vec::new(), timeline, last_recorded, state };
        session.push(first);
        for entry in entries {
            session.push(entry);
        }
        session.state = session.derive();
        Ok(session)
    }

    /// One more entry. Nearly always it comes last on the time line too, and then the state takes it as it is.
    pub fn apply(&mut self, entry: Entry) {
        let corrects = entry.fields.event.corrects();
        let seq = entry.seq();
        self.push(entry);
        match self.timeline.rows(&self.entries).next_back() {
            Some(row) if !corrects && row.item.seq == seq => self.state.take_last(&row),
            _ => self.state = self.derive(),
        }
    }

    fn push(&mut self, entry: Entry) {
        self.last_recorded = self.at(&entry.stamp());
        self.timeline.add(&entry, self.last_recorded);
        self.entries.push(entry);
    }

    /// A reading of the clocks as a moment of this session.
    #[must_use]
    pub fn at(&self, stamp: &Stamp) -> At {
        let since = self.entries.last().map_or(0, |last| stamp.since_ms(&last.stamp()));
        At { session_ms: self.last_recorded.session_ms.saturating_add(since), utc_ms: stamp.utc_ms }
    }

    /// The wall-clock time of a moment on the session's line, by the clock as it stood at the last entry, UTC ms.
    #[must_use]
    pub const fn wall_by_last_clock(&self, session_ms: i64) -> i64 {
        self.last_recorded.utc_ms - self.last_recorded.session_ms + session_ms
    }

    /// Its entries in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first entry: who, where, under which protocol.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        match self.entries.first().map(|e| &e.fields.event) {
            Some(Event::SessionOpened(opening)) => opening,
            _ => unreachable!("a session begins with its opening: replay refuses anything else"),
        }
    }

    /// Its identity.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        self.opening_entry().fields.session
    }

    /// The first entry.
    #[must_use]
    pub fn opening_entry(&self) -> &Entry {
        &self.entries[0]
    }

    /// The last entry.
    #[must_use]
    pub fn last_entry(&self) -> &Entry {
        &self.entries[self.entries.len() - 1]
    }

    /// The sitter now: who signed on last, or stepped out; at first whoever opened the session.
    #[must_use]
    pub fn sitter(&self) -> &Actor {
        self.state.watch.last().map_or(&self.opening_entry().fields.actor, |turn| &turn.sitter)
    }

    /// What follows from the entries.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Every row by the time it was observed, withdrawn ones too.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + Clone {
        self.timeline.rows(&self.entries)
    }

    /// The rows that stand.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + Clone {
        self.rows().filter(Row::stands)
    }

    /// The row of one entry.
    #[must_use]
    pub fn row(&self, seq: u64) -> Option<Row<'_>> {
        self.rows().find(|row| row.item.seq == seq)
    }

    /// The last obtained values up to now.
    #[must_use]
    pub fn last_values(&self) -> LastValues {
        self.last_values_without(0)
    }

    /// The last obtained values up to now, one entry left out.
    #[must_use]
    pub fn last_values_without(&self, seq: u64) -> LastValues {
        let mut last = LastValues::default();
        for row in self.standing().rev().filter(|row| row.item.seq != seq) {
            let Event::VitalsRecorded { vitals, .. } = row.event else { continue };
            last.blood_pressure = last.blood_pressure.or(vitals.blood_pressure.as_ref().and_then(Reading::value));
            last.heart_rate = last.heart_rate.or(vitals
                .heart_rate
                .as_ref()
                .and_then(Reading::value)
                .map(super::measure::HeartRate::get));
            last.spo2 = last.spo2.or(vitals.spo2.as_ref().and_then(Reading::value).map(super::measure::Spo2::get));
            if last.blood_pressure.is_some() && last.heart_rate.is_some() && last.spo2.is_some() {
                break;
            }
        }
        last
    }

    /// The acts on the pump that stand, in order of time.
    pub fn pump_acts(&self) -> impl Iterator<Item = (u64, At, PumpAct)> {
        self.standing().filter_map(|row| Some((row.item.seq, row.item.at, row.pump_act()?)))
    }

    fn derive(&self) -> State {
        let mut state = State { description: self.described_at_opening(), ..State::default() };
        for row in self.standing() {
            state.take(&row);
        }
        state.settle_phase();
        state
    }

    fn described_at_opening(&self) -> Description {
        Description { patient: self.opening().patient.clone(), ..Description::default() }
    }
}

impl State {
    /// Where the visit stands, as the word for a program: `signed` once somebody has signed the record.
    #[must_use]
    pub const fn phase_id(&self) -> &'static str {
        if self.signed.is_empty() { self.phase.id() } else { "signed" }
    }

    /// The last call.
    #[must_use]
    pub fn call(&self) -> Option<&Call> {
        self.calls.last()
    }

    /// The emergency that has begun and not ended.
    #[must_use]
    pub fn emergency(&self) -> Option<&Emergency> {
        self.emergencies.last().filter(|emergency| emergency.ended.is_none())
    }

    fn take_last(&mut self, row: &Row<'_>) {
        self.take(row);
        self.settle_phase();
    }

    fn settle_phase(&mut self) {
        self.phase = match (&self.phase, self.infusion.state) {
            (Phase::Left(_) | Phase::Closed, _) => return,
            (_, PumpState::Waiting) => Phase::Preparation,
            (_, PumpState::Running | PumpState::Paused) => Phase::Infusion,
            (_, PumpState::Ended) => Phase::Recovery,
        };
    }

    /// Takes the next row of the time line.
    fn take(&mut self, row: &Row<'_>) {
        let at = row.item.at;
        self.take_owed(row);
        self.take_doubts(row);
        self.watch.take(row);
        self.asked.take(row);
        if row.is_look() {
            self.last_look = Some(at);
        }
        if let Some(act) = row.pump_act() {
            // Order was checked when the act was decided; a record that was made elsewhere and does not hold is shown
            // as far as it does.
            let _ = self.infusion.apply(at, &act);
        }
        match row.event {
            Event::PatientDescribed(description) => self.description = (**description).clone(),
            Event::ComfortPlanned(plan) => self.comfort = (**plan).clone(),
            Event::InfusionExtended { planned_min, .. } => self.extended_to_min = Some(planned_min.get()),
            Event::PumpStillRunning => self.still_running = Some(at),
            Event::PromptRaised { prompt, priority, from } => {
                self.prompts.insert(prompt.clone(), PromptState::raised(at, *priority, from.clone()));
            }
            Event::PromptAcknowledged { prompt } => self.prompt(prompt, |p| p.acknowledge_alone(at, row)),
            Event::PromptAnswered { prompt, response, text, .. } => {
                self.prompt(prompt, |p| p.answer(at, row, *response, text));
            }
            Event::LookedAgain { prompt, change } => self.prompt(prompt, |p| p.look_again(at, row, *change)),
            Event::ClinicianCalled { .. } | Event::ClinicianAnswered | Event::ClinicianArrived | Event::CallOver => {
                super::call::take(&mut self.calls, row);
            }
            Event::EmergencyBegan | Event::EmergencyMarked { .. } | Event::EmergencyEnded => {
                super::emergency::take(&mut self.emergencies, row);
            }
            Event::MarkMissed { mark } => self.missed_marks.push(*mark),
            Event::GateAnswered { item, answer, .. } => {
                let by = row.entry.fields.actor.name.clone();
                self.gate.insert(item.clone(), (answer.clone(), at, by));
            }
            Event::GuidanceGiven { no_driving_until } => self.guidance_given = Some((at, *no_driving_until)),
            Event::CardMade(_) | Event::CardPrinted { .. } | Event::CardSuperseded { .. } => {
                super::card_made::take(&mut self.cards, row);
            }
            Event::WallClockJudged { is_right } => self.wall_is_wrong = !is_right,
            Event::ClockStepped { .. } => self.wall_is_wrong = false,
            Event::PatientReady => self.ready = Some(at),
            Event::PatientLeft { how, .. } => {
                self.phase = Phase::Left(how.clone());
                self.left = Some(at);
            }
            Event::ClosedWithoutInfusion { .. } => {
                self.phase = Phase::Closed;
                self.left = Some(at);
            }
            Event::SessionSigned(signature) => {
                self.signed.push(Signed { seq: row.item.seq, at, signature: (**signature).clone() });
            }
            Event::LimitsSet(set) => self.limits_set.push((at, (**set).clone())),
            Event::ProtocolAccepted { by, .. } => {
                self.accepted.push(Accepted { seq: row.item.seq, at, by: by.clone() });
            }
            Event::Unknown { .. } => self.unknown_entries += 1,
            _ => {}
        }
    }

    fn prompt(&mut self, id: &PromptId, change: impl FnOnce(&mut PromptState)) {
        if let Some(prompt) = self.prompts.get_mut(id) {
            change(prompt);
        }
    }

    fn take_owed(&mut self, row: &Row<'_>) {
        if let Event::ReasonGiven { about, owed, .. } = row.event {
            let given = OwedReason { about: *about, owed: *owed };
            self.owed.retain(|reason| *reason != given);
            self.reasons_given.insert(given);
        }
        self.owed.extend(owed_by(row).filter(|reason| !self.reasons_given.contains(reason)));
    }

    fn take_doubts(&mut self, row: &Row<'_>) {
        let seq = row.item.seq;
        let replaced = match row.event {
            Event::PatientDescribed(_) => self.described_by.replace(seq),
            Event::InfusionExtended { .. } => self.planned_by.replace(seq),
            _ => None,
        };
        if replaced.is_some() {
            self.unconfirmed.retain(|doubted| Some(*doubted) != replaced);
        }
        if !row.event.doubts().is_empty() && !row.item.confirmed {
            self.unconfirmed.push(seq);
        }
    }
}

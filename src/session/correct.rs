//! Corrections: reasons, confirmations, amendments and withdrawals. Each adds an entry; none erases one.

use super::asked::check_back_at;
use super::command::{Command, Refusal};
use super::decide::{Context, check_left_after_infusion, check_pump_order, check_time};
use super::deviation;
use super::doubt::{doubts, duration_doubts};
use super::event::{Event, Owed};
use super::time::At;
use super::timeline::{Row, pump_act};

/// Decides a correction.
pub(super) fn correct(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    match command {
        Command::GiveReason { about, owed, reason } => give_reason(context, *about, *owed, reason),
        Command::Confirm { about } => {
            standing(context, *about)?;
            if !context.session.state().unconfirmed.contains(about) {
                return Err(Refusal::NotUnconfirmed { about: *about });
            }
            Ok(Event::ValueConfirmed { about: *about })
        }
        Command::Amend { about, observed_at, event, reason } => {
            amend(context, *about, *observed_at, event.as_deref(), reason)
        }
        Command::Withdraw { about, reason } => withdraw(context, *about, reason),
        _ => unreachable!("decide sends only corrections here"),
    }
}

fn give_reason(context: &Context<'_>, about: u64, owed: Owed, reason: &str) -> Result<Event, Refusal> {
    let is_owed = context.session.state().owed.iter().any(|o| o.about == about && o.owed == owed);
    if is_owed { Ok(Event::ReasonGiven { about, owed, reason: reason.to_owned() }) } else { Err(Refusal::NotOwed) }
}

fn standing<'a>(context: &Context<'a>, about: u64) -> Result<Row<'a>, Refusal> {
    let row = context.session.row(about).ok_or(Refusal::NoSuchEntry { about })?;
    if row.stands() { Ok(row) } else { Err(Refusal::WithdrawnAlready { about }) }
}

fn amend(
    context: &Context<'_>,
    about: u64,
    observed_at: Option<i64>,
    event: Option<&Event>,
    reason: &str,
) -> Result<Event, Refusal> {
    let row = standing(context, about)?;
    if !is_changeable(row.event) {
        return Err(Refusal::CannotChange { about });
    }
    if observed_at.is_none_or(|at| at == row.item.at.utc_ms) && event.is_none_or(|e| e == row.event) {
        return Err(Refusal::NothingChanged);
    }
    if event.is_some_and(|e| std::mem::discriminant(e) != std::mem::discriminant(row.event)) {
        return Err(Refusal::OtherKind);
    }
    if let Some(utc_ms) = observed_at {
        check_time(utc_ms, context)?;
    }
    if let Some(act) = pump_act(event.unwrap_or(row.event)) {
        check_pump_order(context.session, Some(about), Some((moved(&row, observed_at), act)))?;
    }
    let at = moved(&row, observed_at);
    if matches!(row.event, Event::PatientLeft { .. }) {
        check_left_after_infusion(context.session, at)?;
    }
    if let (Event::InfusionEnded { .. }, Some(left)) = (row.event, context.session.state().left)
        && left.session_ms < at.session_ms
    {
        return Err(Refusal::EndAfterLeft);
    }
    // An amended time says anew what was missing at that time, and what is due by it.
    let restated = event.or_else(|| observed_at.and(Some(row.event)).filter(|event| depends_on_its_time(event)));
    let event = restated.map(|event| Box::new(as_amended(context, &row, event, at)));
    Ok(Event::EntryAmended { about, observed_at, event, reason: reason.to_owned() })
}

/// What the amendment says. It is doubted as a new value is, and it takes no deviation away that still holds.
fn as_amended(context: &Context<'_>, row: &Row<'_>, event: &Event, at: At) -> Event {
    match (event, row.event) {
        (Event::VitalsRecorded { vitals, typed, .. }, _) => {
            let doubts = doubts(vitals, &context.session.last_values_without(row.item.seq));
            Event::VitalsRecorded { vitals: *vitals, typed: typed.clone(), doubts }
        }
        (Event::InfusionExtended { planned_min, .. }, _) => {
            Event::InfusionExtended { planned_min: *planned_min, doubts: duration_doubts(*planned_min) }
        }
        (Event::InfusionStarted { route, .. }, _) => {
            let deviations = deviation::at_start(context.session, context.protocol, at);
            Event::InfusionStarted { route: *route, deviations }
        }
        (Event::InfusionEnded { route, .. }, _) => {
            let seq = row.item.seq;
            let deviations = deviation::at_amended_end(context.session, context.protocol, seq, at);
            Event::InfusionEnded { route: *route, deviations }
        }
        (Event::PatientLeft { how, .. }, Event::PatientLeft { deviations, .. }) => {
            let check_back_at = check_back_at(context.protocol.check_back.as_ref(), how, at);
            Event::PatientLeft { how: how.clone(), deviations: deviations.clone(), check_back_at }
        }
        (event, _) => event.clone(),
    }
}

const fn depends_on_its_time(event: &Event) -> bool {
    matches!(event, Event::InfusionStarted { .. } | Event::InfusionEnded { .. } | Event::PatientLeft { .. })
}

fn moved(row: &Row<'_>, observed_at: Option<i64>) -> At {
    observed_at.map_or(row.item.at, |utc_ms| At {
        session_ms: row.item.recorded.session_ms - (row.item.recorded.utc_ms - utc_ms),
        utc_ms,
    })
}

fn withdraw(context: &Context<'_>, about: u64, reason: &str) -> Result<Event, Refusal> {
    let row = standing(context, about)?;
    if !is_changeable(row.event) {
        return Err(Refusal::CannotChange { about });
    }
    if row.pump_act().is_some() {
        check_pump_order(context.session, Some(about), None)?;
    }
    Ok(Event::EntryWithdrawn { about, reason: reason.to_owned() })
}

/// What is done instead, where an entry is neither amended nor withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Identity is given anew.
    GivenAnew,
    /// The item of the gate is answered again.
    AnsweredAgain,
    /// The times are told again.
    ToldAgain,
    /// Limits are set again, another protocol is accepted.
    SetAgain,
    /// Who sat when, a reason, an acknowledgement: a note says what is wrong.
    Noted,
    /// The entry that a correction is about is corrected again.
    CorrectedAgain,
    /// A signature is not taken back: something is added, and signed.
    Added,
    /// The emergency is begun again; that the pump still runs is answered by its end.
    HappensAgain,
    /// The console's own: what it noticed stands.
    Stands,
}

/// What is done instead of amending or withdrawing an event; `None` where it can be amended and withdrawn. Every kind is
/// named here, so that a new one cannot be forgotten.
#[must_use]
pub const fn instead_of_changing(event: &Event) -> Option<Instead> {
    match event {
        Event::InfusionStarted { .. }
        | Event::InfusionPaused
        | Event::InfusionResumed
        | Event::RateChanged { .. }
        | Event::InfusionExtended { .. }
        | Event::InfusionEnded { .. }
        | Event::VitalsRecorded { .. }
        | Event::ObservationRecorded { .. }
        | Event::ComfortPlanned(_)
        | Event::ComfortNoted { .. }
        | Event::DrugGiven(_)
        | Event::NoteTaken { .. }
        | Event::CheckPutOff { .. }
        | Event::PatientLeft { .. }
        | Event::ClosedWithoutInfusion { .. }
        | Event::PatientReady
        | Event::ScreeningAnswered(_)
        | Event::ScoresRecorded { .. }
        | Event::PsychotherapyNoted { .. }
        | Event::PromptAnswered { .. }
        | Event::ClinicianCalled { .. }
        | Event::ClinicianAnswered
        | Event::ClinicianArrived
        | Event::CallOver
        | Event::EmergencyBegan
        | Event::EmergencyMarked { .. }
        | Event::LookedAgain { .. } => None,
        Event::SessionOpened(_) | Event::PatientDescribed(_) => Some(Instead::GivenAnew),
        Event::GateAnswered { .. } => Some(Instead::AnsweredAgain),
        Event::GuidanceGiven { .. } | Event::CardMade(_) | Event::CardPrinted { .. } | Event::CardSuperseded { .. } => {
            Some(Instead::ToldAgain)
        }
        Event::LimitsSet(_) | Event::ProtocolAccepted { .. } => Some(Instead::SetAgain),
        Event::SitterSteppedOut
        | Event::SitterReturned
        | Event::SitterSignedOn { .. }
        | Event::SessionTakenOver(_)
        | Event::ReasonGiven { .. }
        | Event::PromptAcknowledged { .. }
        | Event::CheckedBack(_)
        | Event::WallClockJudged { .. } => Some(Instead::Noted),
        Event::ValueConfirmed { .. } | Event::EntryAmended { .. } | Event::EntryWithdrawn { .. } => {
            Some(Instead::CorrectedAgain)
        }
        Event::SessionSigned(_) => Some(Instead::Added),
        Event::PumpStillRunning | Event::EmergencyEnded => Some(Instead::HappensAgain),
        Event::PromptRaised { .. }
        | Event::MarkMissed { .. }
        | Event::ConsoleLeft
        | Event::ConsoleReturned { .. }
        | Event::ClockStepped { .. }
        | Event::Unknown { .. } => Some(Instead::Stands),
    }
}

/// Whether a person may amend or withdraw it: what a person said about the patient and the pump.
#[must_use]
pub const fn is_changeable(event: &Event) -> bool {
    instead_of_changing(event).is_none()
}

/// Whether `u` may take it back without asking for a reason: an observation, a comfort measure, a note
/// or a mark of an emergency.
#[must_use]
pub const fn is_undoable(event: &Event) -> bool {
    matches!(
        event,
        Event::VitalsRecorded { .. }
            | Event::ObservationRecorded { .. }
            | Event::ComfortNoted { .. }
            | Event::NoteTaken { .. }
            | Event::PromptAnswered { .. }
            | Event::CheckPutOff { .. }
            | Event::EmergencyMarked { .. }
            | Event::LookedAgain { .. }
    )
}

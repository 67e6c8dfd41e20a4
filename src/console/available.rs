//! When a key can be used, and the reason when it cannot.

use super::model::{Live, Model, Page, Screen};
use crate::guidance::Stands;
use crate::session::{Phase, PumpState};
pub use crate::words::Unavailable;

/// Asks whether a key can be used.
pub type Available = fn(&Model) -> Result<(), Unavailable>;

type Answer = Result<(), Unavailable>;

/// Always.
#[expect(clippy::unnecessary_wraps, reason = "every row of the table asks in the same way")]
pub(super) const fn always(_: &Model) -> Answer {
    Ok(())
}

fn unless(cannot: bool, why: Unavailable) -> Answer {
    if cannot { Err(why) } else { Ok(()) }
}

fn live(model: &Model, ask: impl Fn(&Live) -> Answer) -> Answer {
    model.live().map_or(Err(Unavailable::NothingListed), ask)
}

pub(super) fn has_listed(model: &Model) -> Answer {
    unless(model.listed.is_empty(), Unavailable::NothingListed)
}

pub(super) fn no_running_session(model: &Model) -> Answer {
    let first = matches!(model.screen, Screen::First(_));
    unless(first && model.listed.iter().any(|row| row.open), Unavailable::SessionRunning)?;
    protocol_is_read(model)
}

fn protocol_is_read(model: &Model) -> Answer {
    unless(model.settings.protocol_trouble.is_some(), Unavailable::NoProtocol)
}

/// A rehearsal begins and ends with a console of its own, which would forget that names are hidden.
pub(super) fn can_rehearse(model: &Model) -> Answer {
    unless(super::update::asks_pin_of(model).is_some(), Unavailable::NamesHidden)?;
    unless(model.settings.rehearsal, Unavailable::InRehearsal)
}

/// Whether entries can be made. After a signature the ordinary keys come back once a late time was chosen for one.
pub(super) fn can_record(model: &Model) -> Answer {
    can_add(model)?;
    live(model, |live| unless(live.session.is_signed() && live.late.is_none(), Unavailable::Signed))
}

/// Whether a prompt, or the call about it, can be answered: once the record is signed only where one stands all the same.
pub(super) fn can_answer(model: &Model) -> Answer {
    can_add(model)?;
    live(model, |live| {
        let stands = live.queue().len() > 0 || live.session.state().asked.self_harm.standing().is_some();
        unless(live.session.is_signed() && live.late.is_none() && !stands, Unavailable::Signed)
    })
}

/// Whether something seen or said can be noted: of a patient who has left only what is said afterwards.
pub(super) fn can_be_seen(model: &Model) -> Answer {
    can_add(model)
}

/// Whether something at the pump or the line can be noted.
pub(super) fn pump_here(model: &Model) -> Answer {
    has_pump(model)?;
    patient_here(model)
}

/// Whether something can be added to the record, a signed one too.
pub(super) fn can_add(model: &Model) -> Answer {
    live(model, |live| live.only_reads().map_or(Ok(()), Err))
}

/// Whether names are hidden until somebody shows a PIN.
pub(super) fn names_need_a_pin(model: &Model) -> Answer {
    unless(super::update::asks_pin_of(model).is_none(), Unavailable::NamesShown)
}

/// Whether another console has the session, so that it could be taken over.
pub(super) fn another_has_it(model: &Model) -> Answer {
    live(model, |live| unless(live.read_only.is_none(), Unavailable::HeldHere))
}

/// Whether there is something to sign: the visit is over, all of it is on the disk, and no signature covers it yet.
pub(super) fn can_sign(model: &Model) -> Answer {
    can_add(model)?;
    live(model, |live| {
        unless(!live.is_over(), Unavailable::NotOver)?;
        let covered = live.session.is_signed() && live.session.unsigned_addenda() == 0;
        unless(covered, Unavailable::SignedAlready)?;
        unless(live.unsaved() > 0, Unavailable::NotSaved)
    })
}

pub(super) fn patient_here(model: &Model) -> Answer {
    // A late entry may still be made of the time before the patient left.
    can_record(model)?;
    live(model, |live| unless(live.is_over() && live.late.is_none(), Unavailable::PatientLeft))
}

fn pump(model: &Model, fits: fn(PumpState) -> bool, why: Unavailable) -> Answer {
    patient_here(model)?;
    // A late act is of another moment: whether it fits there is decided with its time.
    live(model, |live| unless(!fits(live.session.state().infusion.state) && !is_late_act(live), why))
}

fn is_late_act(live: &Live) -> bool {
    live.late.is_some() && live.session.state().infusion.state != PumpState::Waiting
}

pub(super) fn pump_waiting(model: &Model) -> Answer {
    patient_here(model)?;
    let started = |live: &Live| live.session.state().infusion.state != PumpState::Waiting;
    live(model, |live| unless(started(live), Unavailable::AlreadyStarted))
}

/// Whether a pump and a line belong to the protocol's route.
pub(super) fn has_pump(model: &Model) -> Answer {
    live(model, |live| unless(!live.protocol.infusion.route.has_pump(), Unavailable::NoPump))
}

pub(super) fn pump_running(model: &Model) -> Answer {
    has_pump(model)?;
    pump(model, |state| state == PumpState::Running, Unavailable::NotRunning)
}

pub(super) fn pump_paused(model: &Model) -> Answer {
    has_pump(model)?;
    pump(model, |state| state == PumpState::Paused, Unavailable::NotPaused)
}

pub(super) fn pump_on(model: &Model) -> Answer {
    let why = if has_pump(model).is_ok() { Unavailable::NotRunning } else { Unavailable::NotGiving };
    pump(model, |state| matches!(state, PumpState::Running | PumpState::Paused), why)
}

/// A rate or a plan can be changed.
pub(super) fn pump_is_set(model: &Model) -> Answer {
    has_pump(model)?;
    pump_on(model)
}

pub(super) fn infusion_was_started(model: &Model) -> Answer {
    pump(model, |state| state != PumpState::Waiting, Unavailable::NotStarted)
}

pub(super) fn infusion_was_not_started(model: &Model) -> Answer {
    live(model, |live| unless(live.session.state().infusion.state != PumpState::Waiting, Unavailable::AlreadyStarted))?;
    live(model, |live| unless(live.session.state().phase == Phase::Closed, Unavailable::PatientLeft))
}

fn has_end(live: &Live) -> Answer {
    let why = match live.session.state().phase {
        Phase::Closed => Unavailable::NothingGiven,
        Phase::Left(_) => Unavailable::NoEndAfterwards,
        Phase::Preparation | Phase::Infusion | Phase::Recovery => Unavailable::NoEnd,
    };
    unless(live.guidance.after.is_none(), why)
}

pub(super) fn end_is_recorded(model: &Model) -> Answer {
    can_add(model)?;
    live(model, has_end)
}

/// To be read only, so that a session which another console holds shows it too.
pub(super) fn end_was_recorded(model: &Model) -> Answer {
    live(model, has_end)
}

pub(super) fn gate_is_open(model: &Model) -> Answer {
    // A clinician's word on what came up is recorded at any time.
    if live(model, |live| unless(!live.marks_word(), Unavailable::PatientLeft)).is_ok() {
        return can_add(model);
    }
    patient_here(model)?;
    end_is_recorded(model)
}

pub(super) fn asked_whether_stopped(model: &Model) -> Answer {
    can_record(model)?;
    live(model, |live| unless(!live.guidance.progress.ask_whether_stopped, Unavailable::NotAsked))
}

pub(super) fn something_to_acknowledge(model: &Model) -> Answer {
    can_answer(model)?;
    live(model, |live| {
        let why = match live.drawn().filter(|drawn| drawn.settled.is_some()) {
            Some(drawn) if drawn.stands != Stands::No => Unavailable::StandsUntilWord,
            Some(_) => Unavailable::AcknowledgedAlready,
            None => Unavailable::NothingToAcknowledge,
        };
        unless(live.guidance.prompts.open.is_empty(), why)
    })
}

pub(super) fn several_prompts(model: &Model) -> Answer {
    let next = |live: &Live| live.queue().len() > 1 || (live.asks_whether_stopped() && live.queue().len() == 1);
    live(model, |live| unless(!next(live), Unavailable::OnePrompt))
}

/// Something that was dealt with, and that is told in a word: what is measured is measured again.
pub(super) fn something_to_look_at(model: &Model) -> Answer {
    can_answer(model)?;
    live(model, |live| {
        let drawn = live.drawn().ok_or(Unavailable::NothingToLookAt)?;
        let measured = live.protocol.responses.get(drawn.found_by).is_some_and(|r| !r.when.subject().is_told());
        unless(measured, Unavailable::MeasuredAgain)?;
        unless(!drawn.can_be_told, Unavailable::NothingDone)
    })
}

pub(super) fn a_reason_is_owed(model: &Model) -> Answer {
    can_add(model)?;
    live(model, |live| {
        let state = live.session.state();
        unless(state.owed.is_empty() && state.unconfirmed.is_empty(), Unavailable::NoReasonOwed)
    })
}

pub(super) fn can_put_off(model: &Model) -> Answer {
    patient_here(model)?;
    live(model, |live| live.guidance.put_off.map(drop).map_err(Unavailable::PutOff))
}

pub(super) fn sitter_is_here(model: &Model) -> Answer {
    patient_here(model)?;
    live(model, |live| unless(live.session.state().watch.out_since().is_some(), Unavailable::SteppedOut))
}

pub(super) fn sitter_is_out(model: &Model) -> Answer {
    can_record(model)?;
    live(model, |live| unless(live.session.state().watch.out_since().is_none(), Unavailable::NobodyOut))
}

/// Whether no alarm is open that latches: another protocol may not know it, and it must not vanish.
pub(super) fn no_alarm_is_open(model: &Model) -> Answer {
    live(model, |live| {
        let open = live.guidance.prompts.open.iter().any(|prompt| prompt.priority.latches());
        unless(open, Unavailable::AlarmOpen)
    })
}

pub(super) fn protocol_can_be_accepted(model: &Model) -> Answer {
    patient_here(model)?;
    unless(!model.has_other_protocol(), Unavailable::NoOtherProtocol)?;
    no_alarm_is_open(model)
}

/// Whether an earlier visit of this patient holds an answer to the marked item.
pub(super) fn was_screened_before(model: &Model) -> Answer {
    can_add(model)?;
    live(model, |live| {
        let Page::Screening(mark) = live.page else { return Err(Unavailable::NotAskedBefore) };
        let item = live.protocol.screening.get(mark);
        unless(item.and_then(|item| live.earlier.screened(&item.id)).is_none(), Unavailable::NotAskedBefore)
    })
}

/// Whether the patient of the marked session is still to be asked, on the day after. Sooner is allowed.
pub(super) fn check_back_is_due(model: &Model) -> Answer {
    let Screen::First(first) = &model.screen else { return Err(Unavailable::NoCheckBack) };
    let due = model.listed.get(first.mark).is_some_and(|row| row.check_back_at.is_some());
    unless(!due, Unavailable::NoCheckBack)
}

/// Whether the protocol asks anything item by item.
pub(super) fn has_screening(model: &Model) -> Answer {
    can_add(model)?;
    live(model, |live| unless(live.protocol.screening.is_empty(), Unavailable::NoScreening))
}

pub(super) fn call_was_made(model: &Model) -> Answer {
    can_answer(model)?;
    live(model, |live| unless(live.session.state().calls.is_empty(), Unavailable::NoCall))
}

pub(super) fn call_is_open(model: &Model) -> Answer {
    call_was_made(model)?;
    let open = |live: &Live| live.session.state().call().is_some_and(crate::session::Call::is_open);
    live(model, |live| unless(!open(live), Unavailable::CallOver))
}

pub(super) fn call_is_unanswered(model: &Model) -> Answer {
    call_is_open(model)?;
    let answered = |live: &Live| live.session.state().call().is_some_and(|call| call.answered.is_some());
    live(model, |live| unless(answered(live), Unavailable::CallAnswered))
}

/// Whether what lies over the record is longer than its place.
pub(super) fn there_is_more(model: &Model) -> Answer {
    unless(super::view::panel_scroll(model) == 0, Unavailable::AllIsSeen)
}

pub(super) fn only_read(model: &Model) -> Answer {
    live(model, |live| unless(live.read_only.is_none(), Unavailable::EmergencyLasts))
}

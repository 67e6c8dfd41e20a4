//! Commands become events, or a refusal. What has happened is never refused: a missing baseline or an open gate marks the
//! event with a deviation and its reason is asked afterwards. Only impossible values and impossible order are refused.

use super::asked::{Screened, check_back_at};
use super::cleaned::cleaned;
use super::command::{Command, Refusal};
use super::deviation;
use super::doubt::{description_doubts, doubts, duration_doubts};
use super::event::{Event, GateAnswer, Observation, PromptId};
use super::fold::{Phase, Session};
use super::infusion::{Infusion, PumpAct, PumpState};
use super::opening::Description;
use super::time::{At, HOUR_MS, MINUTE_MS, SECOND_MS, Stamp};
use crate::protocol::{Protocol, Sign, Step};

/// How far ahead of the clock something may be said to have been observed, ms (protocol-facts 8).
const AHEAD_MS: i64 = 60 * SECOND_MS;
/// How long before the opening, ms (protocol-facts 8).
const BEFORE_OPENING_MS: i64 = 4 * HOUR_MS;

/// What a decision knows besides the command.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its protocol.
    pub protocol: &'a Protocol,
    /// When the fact was observed, UTC ms.
    pub observed_at: i64,
    /// Now.
    pub now: &'a Stamp,
}

impl Context<'_> {
    /// The observed moment on the session's time line.
    fn observed(&self) -> At {
        let now = self.session.at(self.now);
        At {
            session_ms: now.session_ms.saturating_sub(now.utc_ms.saturating_sub(self.observed_at)),
            utc_ms: self.observed_at,
        }
    }
}

/// Decides a command.
pub fn decide(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    check_time(context.observed_at, context)?;
    cleaned(decided(context, command)?)
}

fn decided(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    super::signature::check_addendum(context.session, context.protocol, command)?;
    match command {
        Command::Describe(_)
        | Command::PlanComfort(_)
        | Command::Extend(_)
        | Command::StillRunning
        | Command::Pump(_)
        | Command::Leave(_)
        | Command::Ready
        | Command::CloseWithoutInfusion { .. } => course(context, command),
        Command::Observe(_)
        | Command::Vitals { .. }
        | Command::Comfort(_)
        | Command::Drug(_)
        | Command::Note { .. } => observation(context, command),
        Command::GiveReason { .. } | Command::Confirm { .. } | Command::Amend { .. } | Command::Withdraw { .. } => {
            super::correct::correct(context, command)
        }
        Command::Screen(_) | Command::Score(_) | Command::NotePsychotherapy { .. } | Command::CheckBack(_) => {
            asked(context, command)
        }
        Command::StepOut | Command::ComeBack | Command::SignOn { .. } => {
            super::relieve::relieve(context.session, command, context.observed())
        }
        Command::SetLimits(set) => {
            super::limits_set::set_limits(context.session, context.protocol, set, context.observed())
        }
        Command::AcceptProtocol { protocol, by } => {
            super::in_force::accept(context.session, protocol, by, context.observed())
        }
        Command::TakeOver { by, reason, without_pin } => {
            Ok(super::take_over::taken_over(context.session, by, reason, *without_pin))
        }
        Command::Sign { .. } => super::signature::sign(context.session, command),
        _ => answer(context, command),
    }
}

/// Whether something may have been observed then: asked of a new entry and of an amended time alike.
pub(super) fn check_time(observed_at: i64, context: &Context<'_>) -> Result<(), Refusal> {
    if observed_at > context.now.utc_ms.saturating_add(AHEAD_MS) {
        return Err(Refusal::InTheFuture);
    }
    // On the session's own line: a wall clock that was set back by hours must not refuse what happens now.
    if (Context { observed_at, ..*context }).observed().session_ms < -BEFORE_OPENING_MS {
        return Err(Refusal::LongBeforeOpening);
    }
    Ok(())
}

/// The course of the visit: preparation, pump, leaving.
fn course(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    let session = context.session;
    let left = matches!(session.state().phase, Phase::Left(_) | Phase::Closed);
    Ok(match command {
        Command::Describe(description) => {
            let doubts = description_doubts(description);
            let before = &session.state().description.patient;
            let was_patient = (*before != description.patient).then(|| before.clone());
            Event::PatientDescribed(Box::new(Description { was_patient, doubts, ..(**description).clone() }))
        }
        Command::PlanComfort(plan) => {
            if **plan == session.state().comfort {
                return Err(Refusal::NothingChanged);
            }
            Event::ComfortPlanned(plan.clone())
        }
        // The other way round it is refused as well: an infusion that was started is not closed without one.
        Command::Pump(_) if session.state().phase == Phase::Closed => return Err(Refusal::ClosedWithoutInfusion),
        Command::Pump(act) => {
            if left && context.observed().session_ms > session.state().left.map_or(i64::MAX, |at| at.session_ms) {
                return Err(Refusal::PatientHasLeft);
            }
            check_pump_order(session, None, Some((context.observed(), act.clone())))?;
            pump_event(context, act)
        }
        _ if left => return Err(Refusal::PatientHasLeft),
        Command::Extend(planned_min) => {
            running(session, &PumpAct::Resume)?;
            let infused_min = session.state().infusion.infused_ms(session.at(context.now).session_ms) / MINUTE_MS;
            if i64::from(planned_min.get()) < infused_min {
                return Err(Refusal::ShorterThanInfused { infused_min });
            }
            Event::InfusionExtended { planned_min: *planned_min, doubts: duration_doubts(*planned_min) }
        }
        Command::StillRunning => {
            running(session, &PumpAct::Resume)?;
            Event::PumpStillRunning
        }
        Command::Ready => Event::PatientReady,
        Command::Leave(how) => {
            check_left_after_infusion(session, context.observed())?;
            let deviations = deviation::at_leaving(context.session, context.protocol, context.observed());
            let check_back_at = check_back_at(context.protocol.check_back.as_ref(), how, context.observed());
            Event::PatientLeft { how: how.clone(), deviations, check_back_at }
        }
        Command::CloseWithoutInfusion { reason } => {
            if session.state().infusion.state != PumpState::Waiting {
                return Err(Refusal::InfusionStarted);
            }
            Event::ClosedWithoutInfusion { reason: reason.clone() }
        }
        _ => unreachable!("decide sends only the course of the visit here"),
    })
}

/// Whether the patient was there for the whole infusion, as far as it is recorded.
pub(super) fn check_left_after_infusion(session: &Session, left: At) -> Result<(), Refusal> {
    let infusion = &session.state().infusion;
    let last = infusion.ended.or(infusion.started);
    if last.is_some_and(|last| left.session_ms < last.session_ms) { Err(Refusal::LeftBeforeEnd) } else { Ok(()) }
}

fn running(session: &Session, act: &PumpAct) -> Result<(), Refusal> {
    match session.state().infusion.state {
        PumpState::Running | PumpState::Paused => Ok(()),
        state => Err(Refusal::PumpOrder { act: act.clone(), state }),
    }
}

/// Whether the acts that stand still make an order when one is left out and another put in.
pub(super) fn check_pump_order(
    session: &Session,
    without: Option<u64>,
    with: Option<(At, PumpAct)>,
) -> Result<(), Refusal> {
    let mut acts: Vec<(At, PumpAct)> =
        session.pump_acts().filter(|(seq, _, _)| Some(*seq) != without).map(|(_, at, act)| (at, act)).collect();
    acts.extend(with);
    // Stable: an act at the same moment as another comes after it, as it will on the time line.
    acts.sort_by_key(|(at, _)| at.session_ms);
    Infusion::of(acts.iter().map(|(at, act)| (*at, act))).map(drop).map_err(|disorder| {
        let has_start = acts.iter().any(|(_, act)| *act == PumpAct::Start);
        if has_start && disorder.state == PumpState::Waiting {
            Refusal::BeforeStart { act: disorder.act }
        } else {
            Refusal::PumpOrder { act: disorder.act, state: disorder.state }
        }
    })
}

fn pump_event(context: &Context<'_>, act: &PumpAct) -> Event {
    let (session, protocol) = (context.session, context.protocol);
    match act {
        PumpAct::Start => {
            let deviations = deviation::at_start(session, protocol, context.observed());
            Event::InfusionStarted { route: protocol.infusion.route, deviations }
        }
        PumpAct::Pause => Event::InfusionPaused,
        PumpAct::Resume => Event::InfusionResumed,
        PumpAct::Rate { from, to } => Event::RateChanged { from: from.clone(), rate: to.clone() },
        PumpAct::End => {
            let deviations = deviation::at_end(session, protocol, context.observed());
            Event::InfusionEnded { route: protocol.infusion.route, deviations }
        }
    }
}

/// What is seen, measured, given or said.
fn observation(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    let session = context.session;
    let gone = session.state().left.is_some_and(|left| context.observed().session_ms > left.session_ms);
    // Somebody who calls afterwards may speak of thoughts of self-harm.
    let may_come_later = matches!(command, Command::Note { .. } | Command::Observe(Observation::Seen(Sign::SelfHarm)));
    if gone && !may_come_later {
        return Err(Refusal::PatientHasLeft);
    }
    Ok(match command {
        Command::Observe(observation) => Event::ObservationRecorded { observation: *observation },
        Command::Vitals { vitals, typed } => {
            let doubts = doubts(vitals, &session.last_values());
            Event::VitalsRecorded { vitals: *vitals, typed: typed.clone(), doubts }
        }
        Command::Comfort(measure) => {
            Event::ComfortNoted { measure: *measure, deviations: deviation::at_comfort(session, *measure) }
        }
        Command::Drug(drug) => Event::DrugGiven(drug.clone()),
        Command::Note { text, patients_words } => {
            Event::NoteTaken { text: text.clone(), patients_words: *patients_words }
        }
        _ => unreachable!("decide sends only observations here"),
    })
}

/// What was asked beside the infusion: before it, between two, after it.
fn asked(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    let asked = &context.session.state().asked;
    Ok(match command {
        Command::Screen(screened) => {
            let known = context.protocol.screening.iter().find(|item| item.id == screened.item);
            let about = known.ok_or(Refusal::NoSuchScreeningItem)?.kind;
            Event::ScreeningAnswered(Box::new(Screened { about, ..(**screened).clone() }))
        }
        Command::Score(scores) if scores.is_empty() => return Err(Refusal::NoScore),
        Command::Score(scores) => Event::ScoresRecorded { scores: *scores },
        Command::NotePsychotherapy { date } if asked.psychotherapy.contains(date) => {
            return Err(Refusal::NotedAlready);
        }
        Command::NotePsychotherapy { date } => Event::PsychotherapyNoted { date: date.clone() },
        Command::CheckBack(back) => {
            asked.check_back_open().ok_or(Refusal::NoCheckBack)?;
            Event::CheckedBack(back.clone())
        }
        _ => unreachable!("decide sends only what was asked here"),
    })
}

/// Answers to what the console asked, and what the console itself noticed.
fn answer(context: &Context<'_>, command: &Command) -> Result<Event, Refusal> {
    let state = context.session.state();
    Ok(match command {
        Command::RaisePrompt { prompt, priority, from } => {
            if state.prompts.contains_key(prompt) {
                return Err(Refusal::RaisedAlready);
            }
            Event::PromptRaised { prompt: prompt.clone(), priority: *priority, from: from.clone() }
        }
        Command::Acknowledge(prompt) => {
            state.prompts.get(prompt).ok_or(Refusal::NotRaised)?;
            Event::PromptAcknowledged { prompt: prompt.clone() }
        }
        Command::Answer { prompt, response } => {
            state.prompts.get(prompt).ok_or(Refusal::NotRaised)?;
            let step = step(context, &prompt.rule, *response)?;
            let text = step.map(|step| step.say.clone()).unwrap_or_default();
            let comfort = step.and_then(|step| step.comfort);
            Event::PromptAnswered { prompt: prompt.clone(), response: *response, text, comfort }
        }
        Command::LookAgain { prompt, change } => {
            check_look_again(context, prompt)?;
            Event::LookedAgain { prompt: prompt.clone(), change: *change }
        }
        Command::Call { .. } | Command::CallAnswered | Command::CallArrived | Command::CallOver => {
            return call(context.session, command);
        }
        Command::BeginEmergency | Command::MarkEmergency { .. } | Command::EndEmergency => {
            return emergency(context.session, command);
        }
        Command::MissMark(mark) => {
            if state.missed_marks.contains(mark) {
                return Err(Refusal::MissedAlready);
            }
            Event::MarkMissed { mark: *mark }
        }
        Command::PutOff { check, until, reason } => super::put_off::put_off(context, *check, *until, reason)?,
        Command::AnswerGate { item, answer, against } => {
            let known = context.protocol.gate.iter().find(|known| known.id == *item).ok_or(Refusal::NoSuchGateItem)?;
            let against = against.filter(|_| matches!(answer, GateAnswer::Met { .. }));
            Event::GateAnswered { item: item.clone(), answer: answer.clone(), against, word_on: known.only_if }
        }
        Command::MakeCard(made) => Event::CardMade(made.clone()),
        Command::CardPrinted { version } => Event::CardPrinted { version: *version },
        Command::SupersedeCard { version } => Event::CardSuperseded { version: *version },
        Command::GiveGuidance { no_driving_until } => Event::GuidanceGiven { no_driving_until: *no_driving_until },
        Command::LeaveConsole => Event::ConsoleLeft,
        Command::ReturnConsole { cause, away_ms } => Event::ConsoleReturned { cause: *cause, away_ms: *away_ms },
        Command::JudgeWallClock { is_right } => Event::WallClockJudged { is_right: *is_right },
        Command::StepClock { by_ms } => Event::ClockStepped { by_ms: *by_ms },
        _ => unreachable!("decide sends only answers here"),
    })
}

/// A call to a clinician, and what became of it. Somebody who turns up is in the room, whatever was said of the call before.
fn call(session: &Session, command: &Command) -> Result<Event, Refusal> {
    let last = || session.state().call().ok_or(Refusal::NoCall);
    Ok(match command {
        Command::Call { said, rung, whom } => {
            Event::ClinicianCalled { said: said.clone(), rung: *rung, whom: whom.clone() }
        }
        Command::CallAnswered => last().map(|_| Event::ClinicianAnswered)?,
        Command::CallArrived => last().map(|_| Event::ClinicianArrived)?,
        _ if last()?.is_open() => Event::CallOver,
        _ => return Err(Refusal::CallIsOver),
    })
}

/// An emergency begins once, and only what happens before its end is marked in it.
fn emergency(session: &Session, command: &Command) -> Result<Event, Refusal> {
    match (command, session.state().emergency()) {
        (Command::BeginEmergency, None) => Ok(Event::EmergencyBegan),
        (Command::BeginEmergency, Some(_)) => Err(Refusal::EmergencyBegan),
        (_, None) => Err(Refusal::NoEmergency),
        (Command::MarkEmergency { mark, checklist }, Some(_)) => {
            Ok(Event::EmergencyMarked { mark: mark.clone(), checklist: *checklist })
        }
        (_, Some(_)) => Ok(Event::EmergencyEnded),
    }
}

/// Better, same or worse than what? Only something that was dealt with has a before. What is measured is measured again.
fn check_look_again(context: &Context<'_>, prompt: &PromptId) -> Result<(), Refusal> {
    let state = context.session.state();
    state.prompts.get(prompt).ok_or(Refusal::NotRaised)?;
    let response = context.protocol.response(&prompt.rule).map(|(_, response)| response);
    if let Some(subject) = response.map(|response| response.when.subject())
        && !subject.is_told()
    {
        return Err(Refusal::MeasureAgain { subject });
    }
    let asks_only = response.is_some_and(|response| response.steps.is_empty());
    let mut rounds = state.prompts.iter().filter(|(id, _)| id.rule == prompt.rule && id.cause == prompt.cause);
    if asks_only || rounds.any(|(_, round)| round.settled_at().is_some()) { Ok(()) } else { Err(Refusal::NotDealtWith) }
}

/// The step that a number stands for; 0 stands for none.
fn step<'a>(context: &Context<'a>, rule: &str, response: u8) -> Result<Option<&'a Step>, Refusal> {
    let Some(index) = usize::from(response).checked_sub(1) else { return Ok(None) };
    let known = context.protocol.response(rule).map(|(_, known)| known);
    let step = known.and_then(|known| known.steps.get(index));
    let step = step.ok_or(Refusal::NoSuchResponse { response })?;
    // What was never offered was not chosen; a hand that was held all the same is recorded as what it is.
    if step.touch && context.session.state().comfort.refuses_touch() {
        return Err(Refusal::TouchRefused { response });
    }
    Ok(Some(step))
}

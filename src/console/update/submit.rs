//! Submitting a form: what was typed becomes a command, or stays in its field with the reason beside it.

use super::super::action::Action;
use super::super::form::{Form, FormKind, PinShown};
use super::super::input::Chord;
use super::super::keymap::Context;
use super::super::message::Effect;
use super::super::model::{Awaited, Confirm, Model, Overlay, Screen};
use super::describe::{self, thousandths};
use super::fault::{Fault, InField};
use super::record::by;
use super::{
    check_back, dose, drug, forms, gate, limits, pin, plan, record, relief, screening, series, sign, take_over,
};
use crate::journal::Request;
use crate::session::{Actor, Command, DurationMin, GateAnswer, Leaving, MINUTE_MS, PumpAct, Rate, vitals_line};
use crate::words;

/// What became of a form.
pub(super) enum Outcome {
    /// A command to record.
    Record(Command),
    /// The next key is of a late entry, observed then (UTC ms).
    Late(i64),
    /// Something to confirm.
    Confirm(Confirm),
    /// Who decides the answers of the screening that follow.
    Decider(String),
    /// A new session.
    Open,
    /// Somebody has signed in, and does no more.
    SignedIn,
    /// The brief, for whoever takes over, and what became of her PIN.
    Brief(Actor, PinShown),
    /// Somebody adds to a signed record, and the key that asked for it goes on.
    Author(Actor, (Context, Action, Chord)),
}

/// Submits the form that is open.
pub(super) fn submit(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && let Some(offered) = form.offer.take()
    {
        form.retype(0, &offered);
    }
    let Some(Overlay::Form(form)) = model.overlays.last().cloned() else { return };
    if matches!(form.kind, FormKind::Pin { .. }) {
        return pin::submit(model, effects);
    }
    match outcome(model, &form) {
        Ok(_) if pin::holds_back(model, &form) => {}
        Ok(Outcome::Record(command)) => record_from(model, &form, &command, effects),
        Ok(Outcome::Late(utc_ms)) => {
            model.overlays.clear();
            super::keys::back(model);
            if let Some(live) = model.live_mut() {
                live.late = Some(utc_ms);
            }
        }
        Ok(Outcome::Confirm(confirm)) => super::session::confirm(model, confirm),
        Ok(Outcome::Decider(by)) => {
            model.overlays.clear();
            screening::name(model, by);
        }
        Ok(Outcome::SignedIn) => model.overlays.clear(),
        Ok(Outcome::Open) => open_session(model, &form, effects),
        Ok(Outcome::Author(author, then)) => sign::go_on_as(model, author, then, effects),
        Ok(Outcome::Brief(next, pin)) => relief::show_brief(model, next, pin),
        Err(fault) => refuse(model, fault),
    }
}

fn refuse(model: &mut Model, fault: Fault) {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.fault = Some(fault.said);
        let names = matches!(form.kind, FormKind::Author(..) | FormKind::Sign) && !form.text(0).is_empty();
        form.is_doubted = fault.is_doubt || names;
        form.focus = fault.field.unwrap_or(form.focus);
        let is_line = matches!(form.kind, FormKind::Vitals);
        form.offer = if is_line { vitals_line::swapped(&form.text(0)) } else { None };
    }
}

fn record_from(model: &mut Model, form: &Form, command: &Command, effects: &mut Vec<Effect>) {
    let mut first_key = form.first_key;
    if let FormKind::Pump(_) = form.kind {
        // "6 min ago" counts from now, not from when the form was opened; "now" is the first key.
        match ago_ms(model, &form.text(0)) {
            Ok(0) => {}
            Ok(ago_ms) => {
                // What is typed in the form is nearer than a late time chosen before it.
                if let Some(live) = model.live_mut() {
                    live.late = None;
                }
                first_key = model.now;
                first_key.boot_ms -= ago_ms;
                first_key.utc_ms -= ago_ms;
            }
            Err(fault) => return refuse(model, fault.into()),
        }
    }
    let actor = pin::acts_as(model, form);
    match by(model, command, actor, &first_key, effects) {
        Ok(seq) => {
            model.overlays.clear();
            if matches!(form.kind, FormKind::GateName { .. } | FormKind::GateOverride { .. }) {
                gate::next_item(model);
            }
            match form.kind {
                FormKind::Pump(PumpAct::Start) => model.say(words::recorded_start()),
                FormKind::Decider(_) => screening::recorded(model, form),
                FormKind::CheckBack => super::idle::named(model, forms::person(model, &form.text(1))),
                FormKind::Sign => {
                    super::idle::named(model, forms::person(model, &form.text(0)));
                    let said = model.live().and_then(|live| live.session.signatures().last().map(words::just_signed));
                    model.say(said.unwrap_or_default());
                }
                FormKind::AcceptProtocol => {
                    let said = model.live().map(|live| words::accepted(&live.session)).unwrap_or_default();
                    model.say(said);
                }
                _ => {}
            }
            // One entry may owe several reasons: the next one follows at once. A value amended is asked about as a new one.
            let asks = match form.kind {
                FormKind::Reason { about, .. } | FormKind::Amend { about } => about,
                _ => seq,
            };
            record::ask_about(model, asks);
        }
        Err(fault) => refuse(model, fault.into()),
    }
}

fn outcome(model: &Model, form: &Form) -> Result<Outcome, Fault> {
    let command = match &form.kind {
        FormKind::NewSession => return new_session(form),
        FormKind::Late => return Ok(Outcome::Late(late(model, &form.text(0))?)),
        FormKind::Transferred => {
            let to = required(form, 0)?;
            return Ok(Outcome::Confirm(Confirm::Leave(Leaving::Transferred { to })));
        }
        FormKind::Vitals => {
            let typed = form.text(0);
            let vitals = vitals_line::parse(&typed).map_err(|fault| words::line_fault(&fault))?;
            Command::Vitals { vitals, typed }
        }
        FormKind::Drug => Command::Drug(Box::new(drug::given(model, form)?)),
        FormKind::Note => note(&form.text(0)),
        FormKind::Identity => Command::Describe(Box::new(describe::description(model, form)?)),
        FormKind::DoseCheck => Command::Describe(Box::new(dose::description(model, form)?)),
        FormKind::Scores => series::scores(form)?,
        FormKind::Psychotherapy => series::psychotherapy(model, form)?,
        FormKind::CheckBack => check_back::command(model, form)?,
        FormKind::Decider(answer) => return screening::decided(model, form, *answer),
        FormKind::ComfortPlan => Command::PlanComfort(Box::new(plan::typed(model, form)?)),
        FormKind::Pump(act) => Command::Pump(act.clone()),
        FormKind::Rate => Command::Pump(rate(form)?),
        FormKind::Extend => Command::Extend(duration(&form.text(0))?),
        FormKind::Reason { about, owed } => Command::GiveReason { about: *about, owed: *owed, reason: form.text(0) },
        FormKind::Amend { about } => super::amend::amend(model, form, *about)?,
        FormKind::AmendTime { about } => {
            let observed_at = Some(late(model, &form.text(0)).in_field(0)?);
            Command::Amend { about: *about, observed_at, event: None, reason: required(form, 1)? }
        }
        FormKind::Withdraw { about } => Command::Withdraw { about: *about, reason: required(form, 0)? },
        FormKind::GateName { item, is_ride } => {
            let name = if *is_ride { required(form, 0)? } else { gate::clinician(model, form)? };
            let answer = GateAnswer::Met { name: Some(name) };
            Command::AnswerGate { item: item.clone(), answer, against: None }
        }
        FormKind::GateOverride { item } => {
            required(form, 0)?;
            let reason = required(form, 1)?;
            let answer = GateAnswer::Overridden { by: gate::clinician(model, form)?, reason };
            Command::AnswerGate { item: item.clone(), answer, against: None }
        }
        FormKind::CloseWithout => Command::CloseWithoutInfusion { reason: required(form, 0)? },
        FormKind::Relief => {
            let next = forms::sitter(model, &required(form, 0)?);
            return Ok(Outcome::Brief(next, form.pin));
        }
        FormKind::Limits(vital) => limits::set(model, form, *vital)?,
        FormKind::AcceptProtocol => limits::accept(model, form)?,
        FormKind::Pin { .. } => return Err(String::new().into()),
        FormKind::TakeOver => return take_over::typed(model, form).map(Confirm::TakeOver).map(Outcome::Confirm),
        FormKind::SignIn => {
            let person = forms::person(model, &required(form, 0)?);
            // Without a PIN anybody could say the name.
            let has_one = model.settings.pins.contains(&person.id);
            return if has_one { Ok(Outcome::SignedIn) } else { Err(words::has_no_pin(&person.name).into()) };
        }
        FormKind::Sign => sign::signature(model, form)?,
        FormKind::Author(context, action, chord) => {
            let typed = required(form, 0)?;
            if !form.is_doubted && sign::is_unlikely(model, &typed) {
                return Err(words::unknown_author(&typed, sign::added(*action)).into());
            }
            let author = forms::person(model, &typed);
            return Ok(Outcome::Author(author, (*context, *action, *chord)));
        }
    };
    Ok(Outcome::Record(command))
}

/// The text of a field that must not be empty.
pub(super) fn required(form: &Form, index: usize) -> Result<String, Fault> {
    let label = form.fields.get(index).map_or("", |field| field.label.as_str());
    form.optional(index).ok_or_else(|| words::field_is_empty(label)).in_field(index)
}

fn new_session(form: &Form) -> Result<Outcome, Fault> {
    required(form, 0)?;
    required(form, 1)?;
    Ok(Outcome::Open)
}

fn open_session(model: &mut Model, form: &Form, effects: &mut Vec<Effect>) {
    let sitter = forms::sitter(model, &form.text(1));
    let local = model.settings.zone.local(model.now.utc_ms);
    let request = Request::Number { month_day: local.format("%m%d").to_string(), now_ms: model.now.utc_ms };
    effects.push(Effect::Journal(request));
    model.screen = Screen::Opening(Awaited::Number { patient: form.text(0), sitter });
    model.overlays.clear();
}

/// How long ago, ms: minutes, or a clock time; empty for now; at most four hours.
pub(in crate::console) fn ago_ms(model: &Model, typed: &str) -> Result<i64, String> {
    let clock = typed.contains(':').then(|| late(model, typed).ok()).flatten();
    let typed = typed.trim().trim_start_matches('-').trim_end_matches("min").trim();
    if typed.is_empty() {
        return Ok(0);
    }
    let ago_ms = match clock {
        Some(utc_ms) => Some(model.now.utc_ms - utc_ms),
        None => typed.parse::<i64>().ok().and_then(|minutes| minutes.checked_mul(MINUTE_MS)),
    };
    let ago_ms = ago_ms.filter(|ago_ms| (0..=240 * MINUTE_MS).contains(ago_ms));
    ago_ms.ok_or_else(|| words::minutes_ago_fault().to_owned())
}

/// `-4` (minutes ago) or `14:25` (the last time that the clock read so), as UTC ms.
fn late(model: &Model, typed: &str) -> Result<i64, String> {
    let typed = typed.trim().to_lowercase();
    let now_ms = model.now.utc_ms;
    let minutes = |text: &str| text.trim().parse::<i64>().ok().filter(|minutes| (0..=1440).contains(minutes));
    if typed.starts_with('-') {
        // The key that opened the form may have been typed again: "--4" is four minutes ago.
        return minutes(typed.trim_start_matches('-'))
            .map(|ago| now_ms - ago * MINUTE_MS)
            .ok_or_else(|| words::late_time_fault().to_owned());
    }
    let (clock, shift) = if let Some(clock) = typed.strip_suffix("pm") {
        (clock.trim(), Some(12))
    } else if let Some(clock) = typed.strip_suffix("am") {
        (clock.trim(), Some(0))
    } else {
        (typed.as_str(), None)
    };
    let (hour, minute) = clock.split_once(':').ok_or_else(|| words::late_time_fault().to_owned())?;
    let (hour, minute) = (hour.parse::<u32>().ok(), minute.parse::<u32>().ok().filter(|_| minute.len() == 2));
    let hour = match (hour, shift) {
        (Some(hour @ 1..=12), Some(shift)) => Some(hour % 12 + shift),
        (Some(hour), None) => Some(hour),
        _ => None,
    };
    let found = hour.zip(minute).and_then(|(hour, minute)| model.settings.zone.last_time_of_day(now_ms, hour, minute));
    found.ok_or_else(|| words::late_time_fault().to_owned())
}

fn note(typed: &str) -> Command {
    let (text, patients_words) = note_words(typed);
    Command::Note { text, patients_words }
}

/// The words of a note, and whether they are the patient's own: `"` first says so.
pub(super) fn note_words(typed: &str) -> (String, bool) {
    let own = typed.strip_prefix('"');
    let text = own.map_or(typed, |words| words.strip_suffix('"').unwrap_or(words));
    (text.trim().to_owned(), own.is_some())
}

pub(super) fn duration(typed: &str) -> Result<DurationMin, String> {
    let minutes = typed.trim().trim_end_matches("min").trim().parse::<i64>().ok();
    minutes.and_then(|minutes| minutes.try_into().ok()).ok_or_else(|| words::duration_fault().to_owned())
}

/// The new rate, and the one before where it has never been recorded. With a unit behind it or none.
fn rate(form: &Form) -> Result<PumpAct, Fault> {
    let both = form.fields.len() > 1;
    let read = |field: usize| one_rate(&required(form, field)?).in_field(field);
    let from = if both { Some(read(0)?) } else { None };
    let to = read(usize::from(both))?;
    Ok(PumpAct::Rate { from, to })
}

pub(super) fn one_rate(typed: &str) -> Result<Rate, String> {
    let split = typed.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(typed.len());
    let (number, unit) = typed.split_at(split);
    let thousandths = thousandths(number).and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0);
    let unit = unit.trim().to_owned();
    thousandths.map(|thousandths| Rate { thousandths, unit }).ok_or_else(|| words::rate_fault().to_owned())
}

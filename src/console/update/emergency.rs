//! The emergency: it begins with one key from anywhere, keeps what was being typed, and is left after a question. It is
//! a state of the session, so a crash opens it again.

use super::super::action::Action;
use super::super::form::FormKind;
use super::super::message::Effect;
use super::super::model::{Aside, Confirm, Model, Overlay};
use super::record::record;
use super::session;
use crate::session::{Command, PumpAct};
use crate::words;

/// Begins an emergency. What was being typed, and the time of a late entry, are put aside: what follows happens now. A `!`
/// that stood in the text meanwhile was the emergency's first key, and no text.
pub(super) fn begin(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(live) = model.live_mut() else {
        model.say(words::emergency_needs_a_session());
        return;
    };
    if live.session.state().emergency().is_some() {
        model.say(words::emergency_is_open());
        return;
    }
    let late = live.late.take();
    let bang = super::bang::take_out(model);
    let first_key = bang.unwrap_or(now);
    if record(model, &Command::BeginEmergency, &first_key, effects).is_none() {
        if let Some(live) = model.live_mut() {
            live.late = late;
        }
        return;
    }
    let form = model.overlays.drain(..).find_map(|overlay| match overlay {
        Overlay::Form(form) => Some(form),
        _ => None,
    });
    if let Some(live) = model.live_mut() {
        live.aside = Aside { form, late, text_key_boot_ms: bang.map(|_| now.boot_ms) };
    }
    if bang.is_some() {
        model.say(words::emergency_out_of_a_text());
    }
}

/// Carries out a key of the emergency.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let now = model.now;
    match action {
        Action::Tick(number) => mark(model, number, true, effects),
        Action::Mark(number) => mark(model, number, false, effects),
        Action::PumpStopped => {
            // A pause: should the infusion end with it, the end is when the pause began.
            record(model, &Command::Pump(PumpAct::Pause), &now, effects);
        }
        Action::LeaveEmergency => session::confirm(model, Confirm::EndEmergency),
        _ => session::act(model, super::super::keymap::Context::Emergency, action, effects),
    }
}

fn mark(model: &mut Model, number: u8, checklist: bool, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(live) = model.live() else { return };
    let plan = &live.protocol.emergency;
    let list = if checklist { &plan.checklist } else { &plan.marks };
    let Some(text) = list.get(usize::from(number)) else {
        model.say(words::no_such_mark());
        return;
    };
    let command = Command::MarkEmergency { mark: text.clone(), checklist };
    record(model, &command, &now, effects);
}

/// The emergency is over: what was put aside is back as it was.
pub(super) fn end(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    if record(model, &Command::EndEmergency, &now, effects).is_none() {
        return;
    }
    let Some(live) = model.live_mut() else { return };
    let aside = std::mem::take(&mut live.aside);
    live.late = aside.late;
    let running = live.guidance.progress.pump_runs();
    if let Some(mut form) = aside.form {
        // The answer came while it was aside, and is not waited for.
        form.checking_since = None;
        // What is confirmed about the pump is confirmed now, and says so; the time under the field is now's.
        if matches!(form.kind, FormKind::Pump(_)) {
            form.first_key = now;
        }
        super::open(model, Overlay::Form(form));
    }
    if running {
        model.say(words::pump_still_recorded_running());
    }
}

//! Who sits: stepping out, coming back, and the next sitter who reads the brief and signs on.

use super::super::action::Action;
use super::super::form::{FormKind, PinShown};
use super::super::message::Effect;
use super::super::model::{Live, Model, Overlay, SETTLE_MS};
use super::record::record;
use super::{forms, idle, open};
use crate::session::{Actor, Command};
use crate::words;

/// Carries out a key of the menu of relief, or of the brief.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let first_key = super::session::first_key(model);
    match action {
        Action::StepOut => {
            model.overlays.clear();
            record(model, &Command::StepOut, &first_key, effects);
        }
        Action::ComeBack => {
            model.overlays.clear();
            record(model, &Command::ComeBack, &first_key, effects);
        }
        Action::Relieve => forms::show(model, FormKind::Relief, words::relief_labels()),
        Action::SignOn => sign_on(model, effects),
        _ => {}
    }
}

/// Shows the brief to the next sitter: only from there can she sign on.
pub(super) fn show_brief(model: &mut Model, next: Actor, pin: PinShown) {
    let shown = model.now.boot_ms;
    open(model, Overlay::Brief(next, pin, shown, 0));
}

fn sign_on(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Brief(next, pin, shown, _)) = model.overlays.last().cloned() else { return };
    let now = model.now;
    if now.boot_ms - shown < SETTLE_MS {
        model.say(words::brief_just_came());
        return;
    }
    let (name, person) = (next.name.clone(), next.clone());
    let without_pin = pin == PinShown::Left;
    if record(model, &Command::SignOn { sitter: next, without_pin }, &now, effects).is_some() {
        model.overlays.clear();
        let epoch = model.live().map_or(0, Live::epoch);
        effects.push(Effect::HoldAs { sitter: name.clone(), epoch });
        idle::signed_in(model, person);
        if without_pin {
            idle::lock_until_signed_on(model);
        }
        model.say(words::signed_on(&name));
    }
}

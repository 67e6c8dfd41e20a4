//! A `!` in a form. It is the emergency key, but in the middle of a text it may belong to the text: there it is asked, and the
//! keys that were typed on behind it record nothing.

use super::super::available;
use super::super::form::{Bang, Form, FormKind};
use super::super::input::Chord;
use super::super::message::Effect;
use super::super::model::{Model, Overlay, SETTLE_MS};
use super::{emergency, keys};
use crate::session::{Event, SECOND_MS, Stamp};
use crate::words;

/// `!` was pressed in a form.
pub(super) fn pressed(model: &mut Model, effects: &mut Vec<Effect>) {
    let (is_text, can_begin, now) = (is_text(model), can_begin(model), model.now);
    match model.overlays.last_mut() {
        // The second one.
        Some(Overlay::Form(form)) if form.bang.is_some() => emergency::begin(model, effects),
        Some(Overlay::Form(form)) if is_text => {
            let before = Box::new(form.clone());
            form.key(&keys::event(Chord::Char('!')));
            form.bang = can_begin.then_some(Bang { at: now, before });
        }
        _ => keys::press(model, Chord::Char('!'), effects),
    }
}

/// No key followed: it was no text.
pub(super) fn tick(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Form(Form { bang: Some(bang), .. })) = model.overlays.last() else { return };
    if model.now.since_ms(&bang.at) >= model.by_hand(SECOND_MS) {
        emergency::begin(model, effects);
    }
}

/// Takes a `!` out of the text again: the form is as it was before. Says when it was pressed.
pub(super) fn take_out(model: &mut Model) -> Option<Stamp> {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return None };
    let Bang { at, before } = form.bang.take()?;
    *form = *before;
    Some(at)
}

/// Whether a key comes so soon after the text out of which the emergency began that it was meant for the text. Each such key
/// begins the wait anew.
pub(super) fn was_for_the_text(model: &mut Model) -> bool {
    let (now_ms, pause_ms) = (model.now.boot_ms, model.by_hand(SETTLE_MS));
    let Some(live) = model.live_mut() else { return false };
    let Some(before_ms) = live.aside.text_key_boot_ms.take() else { return false };
    if now_ms - before_ms >= pause_ms {
        return false;
    }
    live.aside.text_key_boot_ms = Some(now_ms);
    model.say(words::key_was_for_the_text());
    true
}

/// Whether an emergency can begin.
fn can_begin(model: &Model) -> bool {
    let begun = model.live().is_some_and(|live| live.session.state().emergency().is_some());
    !begun && available::can_record(model).is_ok()
}

/// Whether `!` stands in the middle of a text here: the field with the cursor takes words, and has some. Where no session is
/// open no emergency can be recorded, and that is said at once.
pub(in crate::console) fn is_text(model: &Model) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return false };
    let is_empty = form.fields.get(form.focus).is_none_or(|field| field.input.value().trim().is_empty());
    model.live().is_some() && !is_empty && takes_words(model, form)
}

/// Whether the field with the cursor takes words; others take a number, a date, a dose, a PIN, in which `!` is no character.
fn takes_words(model: &Model, form: &Form) -> bool {
    let (focus, last) = (form.focus, form.fields.len().saturating_sub(1));
    match &form.kind {
        FormKind::Vitals
        | FormKind::Pump(_)
        | FormKind::Rate
        | FormKind::Extend
        | FormKind::Late
        | FormKind::Scores
        | FormKind::Psychotherapy
        | FormKind::Pin { .. } => false,
        FormKind::Identity => !matches!(focus, 2 | 3 | 8..=10),
        FormKind::Drug => focus != 1,
        FormKind::DoseCheck => focus > 2,
        // Who sets them, and why.
        FormKind::Limits(_) => focus + 1 >= last,
        FormKind::AmendTime { .. } => focus > 0,
        FormKind::Amend { about } => {
            let row = model.live().and_then(|live| live.session.row(*about));
            focus == last
                || match row.map(|row| row.event) {
                    Some(Event::NoteTaken { .. }) => true,
                    Some(Event::DrugGiven(_)) => focus != 1,
                    _ => false,
                }
        }
        _ => true,
    }
}

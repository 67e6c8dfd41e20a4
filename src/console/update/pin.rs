//! PINs: whoever has one shows it where they sign on, sign, or decide as a clinician. Never to record what happens to the
//! patient, and never so that an infusion stands still: there it can be left out, and the record says so.

use std::collections::BTreeSet;

use crossterm::event::KeyEvent;

use super::super::form::{Field, Form, FormKind, PinShown};
use super::super::input::Chord;
use super::super::message::Effect;
use super::super::model::{Model, Overlay, WrongPins};
use super::journal::log;
use super::{forms, idle, open};
use crate::session::access::Act;
use crate::session::{Actor, Pin, SECOND_MS};
use crate::words;

/// The longest that somebody waits after a wrong PIN, s.
const LONGEST_WAIT_S: i64 = 30;
/// A check that has not come back after so long is not waited for any more, ms.
const STALE_MS: i64 = 5 * SECOND_MS;

/// Whom a form names, and whether their PIN may be left out.
struct Named {
    person: Actor,
    may_be_left: bool,
}

/// Who signs for what a form says.
fn named(model: &Model, form: &Form) -> Option<Named> {
    let must = |person| Some(Named { person, may_be_left: false });
    let may = |person| Some(Named { person, may_be_left: true });
    match &form.kind {
        FormKind::NewSession => must(forms::sitter(model, &form.text(1))),
        FormKind::Relief | FormKind::TakeOver => may(forms::sitter(model, &form.text(0))),
        FormKind::Sign | FormKind::Author(..) | FormKind::SignIn => must(forms::person(model, &form.text(0))),
        FormKind::CheckBack => must(forms::person(model, &form.text(1))),
        _ => may(clinician(model, form)?),
    }
}

/// The clinician who decides what a form says: let an item pass, release, set limits, accept a protocol.
fn clinician(model: &Model, form: &Form) -> Option<Actor> {
    match &form.kind {
        FormKind::GateOverride { .. } | FormKind::AcceptProtocol | FormKind::GateName { is_ride: false, .. } => {
            Some(forms::clinician(model, &form.text(0)))
        }
        FormKind::Limits(_) => Some(forms::clinician(model, &form.text(form.fields.len().checked_sub(2)?))),
        _ => None,
    }
}

/// Whose act it is: the clinician's own, where they have no PIN or have shown it; otherwise the sitter's, who was told.
pub(super) fn acts_as(model: &Model, form: &Form) -> Option<Actor> {
    let clinician = clinician(model, form)?;
    (!model.settings.pins.contains(&clinician.id) || form.pin == PinShown::Right).then_some(clinician)
}

/// Whether the form must wait for a PIN, which is then asked.
pub(super) fn holds_back(model: &mut Model, form: &Form) -> bool {
    let Some(Named { person, may_be_left }) = named(model, form) else { return false };
    if form.pin != PinShown::NotAsked || !model.settings.pins.contains(&person.id) {
        return false;
    }
    ask(model, &person, may_be_left, Some(form.clone()));
    true
}

/// Asks for a PIN. The form that waits for it comes back afterwards.
pub(super) fn ask(model: &mut Model, person: &Actor, may_be_left: bool, waits: Option<Form>) {
    let kind = FormKind::Pin { person: person.clone(), may_be_left };
    let first_key = waits.as_ref().map_or(model.now, |form| form.first_key);
    let mut form = Form::new(kind, &[], first_key);
    form.fields.push(Field { is_secret: true, ..Field::new(words::pin_label().to_owned(), "") });
    form.waits = waits.map(Box::new);
    open(model, Overlay::Form(form));
}

/// The PIN was typed, or left out.
pub(super) fn submit(model: &mut Model, effects: &mut Vec<Effect>) {
    let now_ms = model.now.boot_ms;
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return };
    let FormKind::Pin { person, may_be_left } = form.kind.clone() else { return };
    if form.checking_since.is_some_and(|since| now_ms - since < STALE_MS) {
        return;
    }
    let typed = form.fields[0].input.value().to_owned();
    if typed.is_empty() {
        if may_be_left {
            go_on(model, PinShown::Left, effects);
        } else {
            form.fault = Some(words::pin_is_empty().to_owned());
        }
        return;
    }
    let wait_ms = model.wrong_pins.get(&person.id).map_or(0, |wrong| wrong.until_boot_ms - now_ms);
    if wait_ms > 0 {
        form.fault = Some(words::pin_wait((wait_ms + SECOND_MS - 1) / SECOND_MS));
        return;
    }
    form.checking_since = Some(now_ms);
    form.fault = Some(words::pin_checking().to_owned());
    effects.push(Effect::CheckPin { person: person.id, pin: Pin::new(&typed) });
}

/// Who has a PIN was read anew: it may have been set or taken away while the console runs.
pub(super) fn read(model: &mut Model, read: Result<BTreeSet<String>, String>) {
    let (pins, trouble) = match read {
        Ok(pins) => (pins, None),
        // PINs that cannot be read keep nobody out, and that is said.
        Err(why) => (BTreeSet::new(), Some(words::pins_unread(&why))),
    };
    if let Some(trouble) = trouble.as_ref().filter(|trouble| model.settings.pin_trouble.as_ref() != Some(trouble)) {
        model.say(trouble.clone());
    }
    model.settings.pins = pins;
    model.settings.pin_trouble = trouble;
}

/// Whether a PIN is being checked.
pub(super) fn is_checking(model: &Model) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return false };
    form.checking_since.is_some_and(|since| model.now.boot_ms - since < STALE_MS)
}

/// Keys that are heard all the same: back, and the emergency. What was typed ahead was not meant for what they lead to.
pub(super) fn is_heard_while_checked(model: &mut Model, key: &KeyEvent) -> bool {
    let heard = is_checking(model) && matches!(Chord::of(key), Some(Chord::Esc | Chord::Char('!')));
    if heard {
        model.ahead.clear();
    }
    heard
}

/// Whether a PIN was right, or why that cannot be said.
pub(super) fn checked(model: &mut Model, id: &str, right: Result<bool, String>, effects: &mut Vec<Effect>) {
    // Somebody may have left the form meanwhile; then nobody is signed on by it.
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return };
    let FormKind::Pin { person, .. } = form.kind.clone() else { return };
    if person.id != id || form.checking_since.take().is_none() {
        return;
    }
    form.fault = None;
    form.retype(0, "");
    match right {
        Ok(true) => {
            model.wrong_pins.remove(id);
            log(model, Act::SignedIn, Some(person), effects);
            go_on(model, PinShown::Right, effects);
        }
        Ok(false) => {
            let count = model.wrong_pins.get(id).map_or(0, |wrong| wrong.count).saturating_add(1);
            // 1, 2, 4, 8 s ... : by comparison with now, and only before the next try of this person.
            let wait_s = 2_i64.saturating_pow(count - 1).min(LONGEST_WAIT_S);
            let until_boot_ms = model.now.boot_ms + wait_s * SECOND_MS;
            model.wrong_pins.insert(id.to_owned(), WrongPins { count, until_boot_ms });
            log(model, Act::SignInFailed, Some(person), effects);
            // It was meant for what would have followed.
            model.ahead.clear();
            say_fault(model, words::pin_wrong(count, wait_s));
        }
        Err(why) => say_fault(model, why),
    }
}

fn say_fault(model: &mut Model, fault: String) {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.fault = Some(fault);
    }
}

/// The form that waited goes on; without one, names are shown again.
fn go_on(model: &mut Model, shown: PinShown, effects: &mut Vec<Effect>) {
    let Some(Overlay::Form(form)) = model.overlays.pop() else { return };
    let FormKind::Pin { person, .. } = form.kind else { return };
    match form.waits {
        Some(mut waits) => {
            // A clinician who decides something beside the sitter has not taken her place, and the next sitter has not yet.
            let comes_later = matches!(waits.kind, FormKind::Relief | FormKind::TakeOver);
            if shown == PinShown::Right && !comes_later && clinician(model, &waits).is_none() {
                idle::signed_in(model, person);
            }
            waits.pin = shown;
            model.overlays.push(Overlay::Form(*waits));
            super::submit::submit(model, effects);
        }
        None => idle::signed_in(model, person),
    }
}

/// Leaves the form: what waited for the PIN is back as it was.
pub(super) fn leave(model: &mut Model) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return false };
    let Some(waits) = form.waits.take() else { return false };
    open(model, Overlay::Form(*waits));
    true
}

//! The idle lock: after a while without a key, names are hidden as `h` hides them; never the clock, never an alarm. It
//! stands between nobody and the record: every key goes on meaning what it means, and what is recorded meanwhile says so.
//!
//! After a start of the program in a running session it stands from the beginning, where the sitter has a PIN: who sits now is
//! not known, and must not be asked before the alarm is acknowledged. So nothing waits for the PIN but the names; entries are the
//! sitter's of the record, marked, until she has shown it or another one has signed on (`z`, `r`).

use super::super::form::FormKind;
use super::super::message::Effect;
use super::super::model::Model;
use super::journal::log;
use super::{forms, pin};
use crate::session::access::Act;
use crate::session::{Actor, MINUTE_MS};
use crate::words;

/// Somebody pressed a key. Where nobody's PIN is asked for, that shows the names again.
pub(super) fn key_pressed(model: &mut Model) {
    model.last_key_boot_ms = model.now.boot_ms;
    if model.is_locked && asks(model).is_none() {
        unlock(model);
    }
}

/// Time has passed.
pub(super) fn tick(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(minutes) = model.settings.lock_after_min else { return };
    if !model.is_locked && model.now.boot_ms - model.last_key_boot_ms >= i64::from(minutes) * MINUTE_MS {
        model.is_locked = true;
        model.locked_for = sits(model).or(model.signed_in.as_ref()).or_else(|| sat(model)).cloned();
        model.changed = true;
        log(model, Act::Locked, None, effects);
    }
}

/// Who sits in the session that is recorded here and goes on.
fn sits(model: &Model) -> Option<&Actor> {
    model.live().filter(|live| live.read_only.is_none() && !live.is_over()).map(|live| live.session.sitter())
}

/// Who sat last in the session on the screen, or keeps its record, whatever became of it.
fn sat(model: &Model) -> Option<&Actor> {
    model.live().map(|live| live.session.keeper())
}

/// Whose PIN shows the names again; `None` where any key does. It is kept when the session leaves the screen: the first
/// screen has names as well.
pub(in crate::console) fn asks(model: &Model) -> Option<&Actor> {
    model.locked_for.as_ref().filter(|person| model.is_locked && model.settings.pins.contains(&person.id))
}

/// Somebody is here, and known: names are shown again.
pub(super) fn unlock(model: &mut Model) {
    model.is_locked = false;
    model.locked_for = None;
}

/// Somebody signed in: opened a session, signed on, took one over, showed a PIN.
pub(super) fn signed_in(model: &mut Model, person: Actor) {
    model.signed_in = Some(person);
    unlock(model);
}

/// Somebody was named who is here, and has no PIN: that shows nothing which another one's PIN hides.
pub(super) fn named(model: &mut Model, person: Actor) {
    if asks(model).is_none() {
        model.signed_in = Some(person);
    }
}

/// Names stay hidden until whoever sits by the record has shown her PIN: after a start of the program in a running session,
/// after a relief or a take-over without it.
pub(super) fn lock_until_signed_on(model: &mut Model) {
    let Some(sitter) = sits(model).filter(|sitter| model.settings.pins.contains(&sitter.id)).cloned() else { return };
    model.is_locked = true;
    model.locked_for = Some(sitter);
    // Whoever was here before is not who sits now, as far as anybody knows.
    model.signed_in = None;
}

/// Asks for the PIN that shows the names again: of whoever sits, while a session is recorded here; otherwise of whoever is here.
pub(super) fn ask(model: &mut Model) {
    let Some(person) = asks(model).cloned() else { return };
    if sits(model).is_some() {
        pin::ask(model, &person, false, None);
    } else {
        forms::show(model, FormKind::SignIn, words::sign_in_labels());
    }
}

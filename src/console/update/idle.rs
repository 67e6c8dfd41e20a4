//! The idle lock: after a while without a key, names are hidden as `h` hides them; never the clock, never an alarm. It
//! stands between nobody and the record: every key goes on meaning what it means.

use super::super::message::Effect;
use super::super::model::Model;
use super::journal::log;
use super::pin;
use crate::session::access::Act;
use crate::session::{Actor, MINUTE_MS};

/// Somebody pressed a key. Where the sitter has no PIN, that shows the names again.
pub(super) fn key_pressed(model: &mut Model) {
    model.last_key_boot_ms = model.now.boot_ms;
    if model.is_locked && asks(model).is_none() {
        model.is_locked = false;
    }
}

/// Time has passed.
pub(super) fn tick(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(minutes) = model.settings.lock_after_min else { return };
    if !model.is_locked && model.now.boot_ms - model.last_key_boot_ms >= i64::from(minutes) * MINUTE_MS {
        model.is_locked = true;
        model.changed = true;
        log(model, Act::Locked, None, effects);
    }
}

/// Whose PIN shows the names again; `None` where any key does.
pub(in crate::console) fn asks(model: &Model) -> Option<&Actor> {
    let live = model.live().filter(|live| live.read_only.is_none())?;
    Some(live.session.sitter()).filter(|sitter| model.settings.pins.contains(&sitter.id))
}

/// Names stay hidden until whoever sits by the record has shown her PIN: after a start of the program in a running session,
/// after a relief without it.
pub(super) fn lock_until_signed_on(model: &mut Model) {
    model.is_locked = asks(model).is_some();
}

/// Asks for the PIN that shows the names again.
pub(super) fn ask(model: &mut Model) {
    if let Some(sitter) = asks(model).cloned() {
        pin::ask(model, &sitter, false, None);
    }
}

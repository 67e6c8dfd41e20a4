//! Putting off the check that is due: one key for the menu, one for the reason.

use super::super::available::Unavailable;
use super::super::message::Effect;
use super::super::model::Model;
use super::record::record;
use crate::session::{Check, Command, Stamp};
use crate::words;

/// Records it, with the reason that was picked. What became impossible while the menu stood there is said.
pub(super) fn put_off(model: &mut Model, digit: u8, first_key: &Stamp, effects: &mut Vec<Effect>) {
    model.overlays.clear();
    let now = model.now;
    let Some(live) = model.live() else { return };
    let until_ms = match live.guidance.put_off {
        Ok(until_ms) => until_ms,
        Err(why) => return model.say(words::unavailable(Unavailable::PutOff(why))),
    };
    let at = live.session.at(&now);
    let until = at.utc_ms + (until_ms - at.session_ms);
    let Some(reason) = words::PUT_OFF_REASONS.get(usize::from(digit).wrapping_sub(1)) else { return };
    let command = Command::PutOff { check: Check::Vitals, until, reason: (*reason).to_owned() };
    record(model, &command, first_key, effects);
}

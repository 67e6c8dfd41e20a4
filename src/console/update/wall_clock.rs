//! A wall clock that looks wrong: asked about once a start, answered by a person, recorded in the session that is open or
//! the next one that is.

use super::super::message::Effect;
use super::super::model::{Model, Overlay};
use super::record::by_sitter;
use crate::session::{Command, wall_doubt};
use crate::words;

/// Asks, where the clock looks wrong beside what is recorded. `last`: the last entry that is known, UTC ms; `runs`: of a
/// session that still runs. A rehearsal has a clock of its own.
pub(super) fn ask(model: &mut Model, last: Option<i64>, runs: bool) {
    if model.settings.rehearsal || model.wall_is_right.is_some() || !model.overlays.is_empty() {
        return;
    }
    if let Some(doubt) = wall_doubt(model.now.utc_ms, last, runs) {
        model.overlays.push(Overlay::WallClock(doubt));
        model.changed = true;
    }
}

/// The answer.
pub(super) fn answer(model: &mut Model, is_right: bool, effects: &mut Vec<Effect>) {
    model.overlays.clear();
    model.wall_is_right = Some(is_right);
    record(model, effects);
    model.say(words::wall_clock_answered(is_right));
}

/// Puts the answer into the record of the session that is open, once.
pub(super) fn record(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(is_right) = model.wall_is_right else { return };
    let is_new = model.live().is_some_and(|live| {
        let said = |row: crate::session::Row<'_>| matches!(row.event, crate::session::Event::WallClockJudged { .. });
        live.read_only.is_none() && !live.is_over() && !live.session.rows().any(said)
    });
    if is_new {
        let now = model.now;
        // What is refused here is refused for a reason that the screen shows already (read only).
        let _ = by_sitter(model, &Command::JudgeWallClock { is_right }, &now, effects).is_ok();
    }
}

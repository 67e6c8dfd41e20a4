//! A wall clock that looks wrong: asked about once a start, answered by a person, recorded in the session that is open or
//! the next one that is. The question gives way to a prompt, an alarm and an emergency, and comes back after it: its digits
//! never stand where a prompt's do.

use super::super::message::Effect;
use super::super::model::{Model, Overlay, Page, Screen, WallBeside};
use super::super::view;
use super::record::by_sitter;
use crate::session::{Command, SECOND_MS, WallDoubt, wall_doubt};
use crate::words;

/// A question that gave way comes back when no key was pressed for so long, ms.
const BACK_AFTER_MS: i64 = 10 * SECOND_MS;

/// From here on the clock is held against the last entry that is known (UTC ms); `runs`: of a session that still runs. A
/// rehearsal has a clock of its own.
pub(super) fn hold_against(model: &mut Model, last: Option<i64>, runs: bool) {
    if !model.settings.rehearsal && model.wall_is_right.is_none() {
        model.wall_beside = Some(WallBeside { last, runs, was_asked: false });
    }
}

/// Asks, where the clock looks wrong and nothing else wants the sitter; takes the question away where something does.
pub(super) fn ask(model: &mut Model) {
    let doubt = doubted(model).filter(|_| has_room(model));
    match (model.overlays.last(), doubt) {
        (Some(Overlay::WallClock(asked, _)), doubt) if doubt != Some(*asked) => {
            model.overlays.clear();
            model.changed = true;
        }
        (None, Some(doubt)) => {
            model.overlays.push(Overlay::WallClock(doubt, model.now.boot_ms));
            if let Some(beside) = &mut model.wall_beside {
                beside.was_asked = true;
            }
            model.changed = true;
        }
        _ => {}
    }
}

/// Why the clock looks wrong, while nobody has answered. One that was set right meanwhile is asked about no more.
fn doubted(model: &mut Model) -> Option<WallDoubt> {
    let beside = model.wall_beside.filter(|_| model.wall_is_right.is_none())?;
    let doubt = wall_doubt(model.now.utc_ms, beside.last, beside.runs);
    if doubt.is_none() {
        model.wall_beside = None;
    }
    doubt
}

/// Whether the question would stand over nothing that matters more.
fn has_room(model: &Model) -> bool {
    let is_seen = match &model.screen {
        Screen::First(first) => first.listed,
        Screen::Opening(_) => false,
        Screen::Live(live) => live.shown_page() == Page::Main && live.drawn().is_none(),
    };
    let stands = matches!(model.overlays.last(), Some(Overlay::WallClock(..)));
    let is_quiet = model.now.boot_ms - model.last_key_boot_ms >= BACK_AFTER_MS;
    let is_first = model.wall_beside.is_some_and(|beside| !beside.was_asked);
    is_seen && !view::is_small(model) && (stands || is_first || is_quiet)
}

/// Nobody answers now: it is asked again at the next start.
pub(super) fn put_off(model: &mut Model) {
    model.wall_beside = None;
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

//! The call card: which rung is called, answered, in the room, over. It records; a person calls.

use super::super::action::Action;
use super::super::message::Effect;
use super::super::model::{Model, Overlay};
use super::open;
use super::record::record;
use crate::session::{Call, Command, SECOND_MS};
use crate::words;

/// Two calls within this are one key held too long, ms.
const SAME_CALL_MS: i64 = 2 * SECOND_MS;

/// Opens the card.
pub(super) fn open_card(model: &mut Model) {
    open(model, Overlay::Call(0));
}

/// Carries out a key of the card.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let now = model.now;
    let command = match action {
        Action::Called => {
            let Some(live) = model.live() else { return };
            let last = live.session.state().call();
            if last.is_some_and(|last| live.guidance.now.session_ms - last.called.session_ms < SAME_CALL_MS) {
                model.say(words::call_just_recorded());
                return;
            }
            let rung = model.settings.ladder.next(last).rung;
            call(model, rung.map(|(number, _)| number), rung.map(|(_, rung)| rung.shown()))
        }
        Action::CalledAgain => {
            let last = model.live().and_then(|live| live.session.state().call());
            let Some(Call { rung, whom, .. }) = last.cloned() else { return };
            call(model, rung, whom)
        }
        Action::CallAnswered => Some(Command::CallAnswered),
        Action::CallArrived => Some(Command::CallArrived),
        Action::CallOver => Some(Command::CallOver),
        _ => None,
    };
    let Some(command) = command else { return };
    let ends = matches!(command, Command::CallArrived | Command::CallOver);
    if record(model, &command, &now, effects).is_some() && ends {
        model.overlays.clear();
    }
}

/// A call with what is read out at this minute.
fn call(model: &Model, rung: Option<u32>, whom: Option<String>) -> Option<Command> {
    Some(Command::Call { said: model.call_card()?.said(), rung, whom })
}

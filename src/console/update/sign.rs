//! Signing the record, and who adds to it afterwards.

use super::super::action::Action;
use super::super::form::{Form, FormKind, PinShown};
use super::super::input::Chord;
use super::super::keymap::Context;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::sheet::missing_now;
use super::fault::Fault;
use super::{forms, keys};
use crate::session::{Actor, Command};
use crate::words;

/// Asks who signs.
pub(super) fn ask(model: &mut Model) {
    forms::show(model, FormKind::Sign, words::sign_labels());
}

/// The signature, as a command. What it means and what is missing are kept in the words that stood on the screen.
pub(super) fn signature(model: &Model, form: &Form) -> Result<Command, Fault> {
    let by = forms::person(model, &super::submit::required(form, 0)?);
    let with_pin = form.pin == PinShown::Right;
    let Some(live) = model.live() else { return Err(String::new().into()) };
    if live.unsaved() > 0 {
        return Err(words::unavailable(words::Unavailable::NotSaved).to_owned().into());
    }
    let missing = words::missing_counted(&missing_now(live));
    let meaning = words::signature_meaning(live.session.is_signed()).to_owned();
    Ok(Command::Sign { by, meaning, missing, with_pin })
}

/// Whether somebody must first say who adds to the record: it is signed, and nobody has said so since it was opened.
pub(super) fn asks_author(model: &Model, action: Action) -> bool {
    action.adds() && model.live().is_some_and(|live| live.session.is_signed() && live.author.is_none())
}

/// Asks who adds to the record; the key goes on afterwards.
pub(super) fn ask_author(model: &mut Model, context: Context, action: Action, chord: Chord) {
    forms::show(model, FormKind::Author(context, action, chord), words::author_labels());
}

/// Whoever was named adds from here on, and the key that asked for it goes on.
pub(super) fn go_on_as(
    model: &mut Model,
    author: Actor,
    (context, action, chord): (Context, Action, Chord),
    effects: &mut Vec<Effect>,
) {
    model.overlays.clear();
    if let Some(live) = model.live_mut() {
        live.author = Some(author);
    }
    keys::act(model, context, action, chord, effects);
}

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
use crate::words::{self, Added};

/// Hardly a name has more words than this.
const NAME_WORDS: usize = 4;

/// Asks who signs.
pub(super) fn ask(model: &mut Model) {
    forms::show(model, FormKind::Sign, words::sign_labels());
}

/// The signature, as a command. What it means and what is missing are kept in the words that stood on the screen.
pub(super) fn signature(model: &Model, form: &Form) -> Result<Command, Fault> {
    let typed = super::submit::required(form, 0)?;
    if !form.is_doubted && is_unlikely(model, &typed) {
        return Err(words::unknown_signer(&typed).into());
    }
    let by = forms::person(model, &typed);
    let with_pin = form.pin == PinShown::Right;
    let Some(live) = model.live() else { return Err(String::new().into()) };
    if live.unsaved() > 0 {
        return Err(words::unavailable(words::Unavailable::NotSaved).to_owned().into());
    }
    let missing = words::missing_counted(&missing_now(model, live));
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

/// What a key adds to a signed record.
pub(in crate::console) const fn added(action: Action) -> Added {
    match action {
        Action::Amend | Action::AmendTime | Action::Withdraw => Added::Correction,
        Action::Late => Added::LateEntry,
        Action::Because => Added::Reason,
        Action::Identity => Added::Identity,
        Action::GiveGuidance => Added::Times,
        Action::MakeCard => Added::Card,
        _ => Added::Note,
    }
}

/// Whether what was typed as a name is hardly one: nobody of the room or the record bears it, and either the room says who
/// there is or it reads like a sentence. It is taken all the same, when Enter is pressed again.
pub(super) fn is_unlikely(model: &Model, typed: &str) -> bool {
    let folded = typed.to_lowercase();
    let room: Vec<&Actor> = model.settings.everybody().collect();
    let of_room = room.iter().any(|person| [&person.id, &person.name].iter().any(|name| name.to_lowercase() == folded));
    let of_record = model.live().is_some_and(|live| {
        live.session.entries().iter().any(|entry| entry.fields.actor.name.to_lowercase() == folded)
    });
    let words = typed.split_whitespace().count();
    let is_a_sentence = words > NAME_WORDS || typed.ends_with('.') || typed.chars().any(|c| c.is_ascii_digit());
    !of_room && !of_record && (!room.is_empty() || is_a_sentence)
}

/// Whoever was named adds from here on, and the key that asked for it goes on.
pub(super) fn go_on_as(
    model: &mut Model,
    author: Actor,
    (context, action, chord): (Context, Action, Chord),
    effects: &mut Vec<Effect>,
) {
    model.overlays.clear();
    super::idle::named(model, author.clone());
    if let Some(live) = model.live_mut() {
        live.author = Some(author);
    }
    keys::act(model, context, action, chord, effects);
}

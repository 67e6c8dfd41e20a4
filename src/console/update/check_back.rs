//! The day after: asked from the first screen, and recorded in the chain of the visit that it is about.

use crossterm::event::{KeyCode, KeyEvent};

use super::super::form::{Form, FormKind};
use super::super::message::Effect;
use super::super::model::{Awaited, Model, Overlay, Screen};
use super::fault::{Fault, InField};
use super::forms::show;
use super::submit::required;
use crate::session::{CheckedBack, Command};
use crate::words;

/// From the first screen: the marked session is opened, and asks.
pub(super) fn open_marked(model: &mut Model, effects: &mut Vec<Effect>) {
    let Screen::First(first) = &model.screen else { return };
    let Some(row) = model.listed.get(first.mark) else { return };
    let (session, sitter) = (row.id, words::sitter_of(row.opening.as_ref()));
    model.screen = Screen::Opening(Awaited::Entries { lock: None, check_back: true });
    effects.push(Effect::Lock { session, sitter, looks_on: false });
}

/// The session is there: the question, where it is due.
pub(super) fn ask(model: &mut Model) {
    let Some(live) = model.live() else { return };
    if let Some(why) = live.only_reads() {
        model.say(words::unavailable(why));
    } else if live.session.state().asked.check_back_open().is_none() || live.protocol.check_back.is_none() {
        let said = words::refusal(&crate::session::Refusal::NoCheckBack);
        model.say(said);
    } else {
        show(model, FormKind::CheckBack, words::check_back_labels());
    }
}

/// In the field of the answer one digit is the whole answer: it goes on to the next field.
pub(super) fn picks_answer(model: &mut Model, key: &KeyEvent) -> bool {
    let answers =
        model.live().and_then(|live| live.protocol.check_back.as_ref()).map_or(0, |rule| rule.answers.len() + 1);
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return false };
    let KeyCode::Char(c) = key.code else { return false };
    let is_answer = c.to_digit(10).is_some_and(|digit| (1..=answers).contains(&(digit as usize)));
    if form.kind != FormKind::CheckBack || form.focus != 0 || !form.fields[0].input.value().is_empty() || !is_answer {
        return false;
    }
    form.retype(0, &c.to_string());
    form.focus = 1;
    true
}

/// What was said.
pub(super) fn command(model: &Model, form: &Form) -> Result<Command, Fault> {
    let rule = model.live().and_then(|live| live.protocol.check_back.as_ref());
    let rule = rule.ok_or_else(|| words::refusal(&crate::session::Refusal::NoCheckBack))?;
    let digit = required(form, 0)?;
    let index = digit.parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
    let reached = index.is_some_and(|index| index < rule.answers.len());
    let answer = index.and_then(|index| rule.answers.iter().chain([&rule.not_reached]).nth(index));
    let answer = answer.ok_or_else(|| words::check_back_fault(rule.answers.len() + 1)).in_field(0)?.clone();
    let (by, note) = (required(form, 1)?, form.optional(2));
    let self_harm = index.is_some_and(|index| rule.self_harm_answer == u32::try_from(index + 1).ok());
    Ok(Command::CheckBack(Box::new(CheckedBack { say: rule.say.clone(), answer, reached, by, note, self_harm })))
}

//! The screening: each item answered yes, no or unknown, by whoever decides. Who decides is named once on the page, and again
//! for thoughts of self-harm, where it is who asked.

use crossterm::event::{KeyCode, KeyEvent};

use super::super::action::Action;
use super::super::form::{Form, FormKind};
use super::super::input::Chord;
use super::super::keymap::{Context, bindings};
use super::super::message::Effect;
use super::super::model::{Model, Overlay, Page, SETTLE_MS};
use super::fault::{Fault, InField};
use super::forms::show;
use super::record::record;
use super::submit::{Outcome, required};
use crate::protocol::{ScreeningItem, ScreeningKind};
use crate::session::{Command, Screened, Since};
use crate::words;

/// An item is not read in less, ms.
const READ_MS: i64 = 300;

/// Shows the page, with the first item marked that nobody answered.
pub(super) fn open(model: &mut Model) {
    model.overlays.clear();
    if let Some(live) = model.live_mut() {
        let answered = &live.session.state().asked.screening;
        let open = live.protocol.screening.iter().position(|item| !answered.contains_key(&item.id));
        live.page = Page::Screening(open.unwrap_or(0));
    }
}

/// Carries out a key of the page.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Screen(_) | Action::Unchanged if is_held(model) => model.say(words::one_answer_at_a_time()),
        Action::Screen(_) | Action::Unchanged => {
            let by = model.live().and_then(|live| live.decided_by.clone());
            match by.filter(|_| !asks_of_self_harm(model)) {
                Some(by) => answered(model, action, &by, effects),
                None => ask_who(model, Some(action)),
            }
        }
        Action::Decider => ask_who(model, None),
        _ => {}
    }
}

/// Whether an answer comes so soon after another key of an answer that the item cannot have been read: the key is held down.
fn is_held(model: &mut Model) -> bool {
    let (now_ms, read_ms) = (model.now.boot_ms, model.by_hand(READ_MS));
    let before = model.live_mut().and_then(|live| live.answer_key_boot_ms.replace(now_ms));
    before.is_some_and(|before_ms| now_ms - before_ms < read_ms)
}

fn ask_who(model: &mut Model, answer: Option<Action>) {
    let asker = answer.is_some() && asks_of_self_harm(model);
    let labels = if asker { words::asker_labels() } else { words::decider_labels() };
    show(model, FormKind::Decider(answer), labels);
}

/// Whether the marked item is about thoughts of self-harm.
pub(in crate::console) fn asks_of_self_harm(model: &Model) -> bool {
    marked(model).is_some_and(|item| item.kind == ScreeningKind::SelfHarm)
}

fn marked(model: &Model) -> Option<&ScreeningItem> {
    let live = model.live()?;
    let Page::Screening(mark) = live.page else { return None };
    live.protocol.screening.get(mark)
}

/// Whether a key is one of a hurried row of answers, that was on its way before the form came: no name begins with it. The row
/// goes on for as long as no pause is made and no other key pressed.
pub(super) fn was_on_its_way(model: &mut Model, key: &KeyEvent) -> bool {
    let (now_ms, pause_ms) = (model.now.boot_ms, model.by_hand(SETTLE_MS));
    let Some(Overlay::Form(form)) = model.overlays.last() else { return false };
    let (FormKind::Decider(Some(_)), KeyCode::Char(c)) = (&form.kind, key.code) else { return false };
    let is_answer = form.is_empty() && is_answer_key(c);
    let Some(live) = model.live_mut() else { return false };
    let before = live.answer_key_boot_ms.take().filter(|before_ms| now_ms - before_ms < pause_ms);
    if before.is_none() || !is_answer {
        return false;
    }
    live.answer_key_boot_ms = Some(now_ms);
    model.say(words::name_first());
    true
}

/// Whether a character is the key of an answer.
fn is_answer_key(c: char) -> bool {
    let answers = |action| matches!(action, Action::Screen(_) | Action::Unchanged);
    let chord = Chord::Char(c.to_ascii_lowercase());
    bindings(Context::Screening).any(|binding| answers(binding.action) && binding.chords.contains(&chord))
}

/// Somebody was named: for the answer that waits, or for those that follow.
pub(super) fn decided(model: &Model, form: &Form, answer: Option<Action>) -> Result<Outcome, Fault> {
    let by = required(form, 0)?;
    // One letter that is the key of an answer names nobody, unless the room knows it.
    let is_key = |c: char| bindings(Context::Screening).any(|binding| binding.chords.contains(&Chord::Char(c)));
    let mut letters = by.chars().map(|c| c.to_ascii_lowercase());
    let first = letters.next();
    let is_a_key = answer.is_some() && first.is_some_and(is_key) && letters.all(|c| Some(c) == first);
    let of_room = model
        .settings
        .everybody()
        .any(|person| [&person.id, &person.name].into_iter().any(|known| known.eq_ignore_ascii_case(&by)));
    if is_a_key && !of_room {
        return Err(words::name_first().to_owned()).in_field(0);
    }
    // A row of them may be a name all the same.
    if answer.is_some() && by.chars().all(is_answer_key) && !of_room && !form.is_doubted {
        return Err(Fault::doubt(0, words::is_it_a_name(&by)));
    }
    let command = answer.and_then(|answer| command(model, answer, &by));
    Ok(command.map_or(Outcome::Decider(by), Outcome::Record))
}

/// The answer to the marked item. That nothing has changed names the visit whose answer stands: nothing is copied unseen.
fn command(model: &Model, answer: Action, by: &str) -> Option<Command> {
    let item = marked(model)?;
    let (answer, unchanged_since) = if let Action::Screen(answer) = answer {
        (answer, None)
    } else {
        let (visit, screened) = model.live()?.earlier.screened(&item.id)?;
        let (session, number, by) = (visit.session, visit.number.clone(), screened.by.clone());
        (screened.answer, Some(Since { session, number, by }))
    };
    let (item, about, by) = (item.id.clone(), item.kind, by.to_owned());
    Some(Command::Screen(Box::new(Screened { item, about, answer, by, unchanged_since })))
}

/// Whoever was named for one answer decides those that follow, too. Whoever asked of self-harm only asked that.
pub(super) fn recorded(model: &mut Model, form: &Form) {
    if !asks_of_self_harm(model) {
        name(model, form.text(0));
    }
    next(model);
}

/// From here on this person decides.
pub(super) fn name(model: &mut Model, by: String) {
    if let Some(live) = model.live_mut() {
        live.decided_by = Some(by);
    }
}

fn answered(model: &mut Model, answer: Action, by: &str, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(command) = command(model, answer, by) else { return };
    if record(model, &command, &now, effects).is_some() {
        next(model);
    }
}

/// Marks the next item.
fn next(model: &mut Model) {
    if let Some(live) = model.live_mut()
        && let Page::Screening(mark) = &mut live.page
        && *mark + 1 < live.protocol.screening.len()
    {
        *mark += 1;
    }
}

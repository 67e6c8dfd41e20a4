//! What the keys of the session do: observations, prompts, drugs, notes, the call, undo.

use super::super::action::Action;
use super::super::keymap::Context;
use super::super::message::Effect;
use super::super::model::{Confirm, Live, Model, Overlay, Page, SETTLE_MS};
use super::super::view;
use super::record::{ask_what_is_open, record};
use super::{forms, open};
use crate::guidance::Stands;
use crate::protocol::Scale;
use crate::session::{Change, Command, Event, Observation, PumpState, Refusal, SECOND_MS, Stamp, is_undoable};
use crate::words;

/// A `0` within this makes a 1 a 10, ms.
pub(super) const TEN_WITHIN_MS: i64 = 2 * SECOND_MS;
/// What is taken back within this was taken back at once, ms.
const AT_ONCE_MS: i64 = 90 * SECOND_MS;

/// Carries out a key of the session or of one of its one-key menus.
pub(super) fn act(model: &mut Model, context: Context, action: Action, effects: &mut Vec<Effect>) {
    let first_key = first_key(model);
    match action {
        Action::Grade(scale) => open(model, Overlay::Keys(scale_context(scale), model.now)),
        Action::Menu(Context::Pump)
            if model.live().is_some_and(|l| l.guidance.progress.pump == PumpState::Ended && l.late.is_none()) =>
        {
            model.say(words::ended_already());
        }
        Action::Menu(menu) => open(model, Overlay::Keys(menu, model.now)),
        Action::Digit(reason) if context == Context::PutOff => {
            super::put_off::put_off(model, reason, &first_key, effects);
        }
        Action::Digit(grade) => graded(model, context, grade, &first_key, effects),
        Action::Vomited => observe(model, Observation::Vomiting, &first_key, effects),
        Action::Resting => observe(model, Observation::RestingNotRoused, &first_key, effects),
        Action::Looked => observe(model, Observation::Looked, &first_key, effects),
        Action::Seen(sign) => observe(model, Observation::Seen(sign), &first_key, effects),
        Action::Comfort(measure) => {
            model.overlays.clear();
            record(model, &Command::Comfort(measure), &first_key, effects);
        }
        Action::Answer(response) => answer(model, response, effects),
        Action::Acknowledge => acknowledge(model, effects),
        Action::LookAgain(change) => look_again(model, change, effects),
        Action::NextPrompt => {
            if let Some(live) = model.live_mut() {
                live.top.passed += 1;
            }
        }
        Action::Identity if model.is_locked => model.say(words::names_are_hidden()),
        Action::Vitals | Action::Note | Action::Drug | Action::Identity => forms::open_for(model, action),
        Action::Call => super::calling::open_card(model),
        Action::Undo => undo(model, effects),
        Action::Because => ask_what_is_open(model),
        Action::Yes => super::pump::act(model, Action::End, effects),
        Action::Record => show(model, Page::Record(None)),
        // Where a clinician's word is missing, that is what the gate is opened for.
        Action::Gate => {
            let mark = model.live().and_then(Live::word_item).unwrap_or(0);
            show(model, Page::Gate(mark));
        }
        Action::Far => show(model, Page::Far),
        // Names that somebody's PIN shows are not shown by the key alone.
        Action::Hide if model.is_locked => super::idle::ask(model),
        Action::Hide => {
            if let Some(live) = model.live_mut() {
                live.hidden = (live.hidden + 1) % 3;
            }
        }
        _ => {}
    }
}

/// The time of the first key of what is being entered.
pub(super) fn first_key(model: &Model) -> Stamp {
    match model.overlays.last() {
        Some(Overlay::Keys(_, first_key)) => *first_key,
        _ => model.now,
    }
}

const fn scale_context(scale: Scale) -> Context {
    match scale {
        Scale::Nausea => Context::Nausea,
        Scale::Anxiety => Context::Anxiety,
        Scale::Dissociation => Context::Dissociation,
        Scale::Sedation => Context::Sedation,
        Scale::Pain => Context::Pain,
    }
}

fn show(model: &mut Model, page: Page) {
    model.overlays.clear();
    if let Some(live) = model.live_mut() {
        live.page = page;
    }
}

fn observe(model: &mut Model, observation: Observation, first_key: &Stamp, effects: &mut Vec<Effect>) {
    model.overlays.clear();
    record(model, &Command::Observe(observation), first_key, effects);
}

fn graded(model: &mut Model, context: Context, grade: u8, first_key: &Stamp, effects: &mut Vec<Effect>) {
    let Some(observation) = observation(context, i64::from(grade)) else { return };
    model.overlays.clear();
    let recorded = record(model, &Command::Observe(observation), first_key, effects);
    let now_ms = model.now.boot_ms;
    if let (1, Context::Anxiety | Context::Pain, Some(seq), Some(live)) = (grade, context, recorded, model.live_mut()) {
        live.one = Some((seq, now_ms));
    }
}

fn observation(context: Context, grade: i64) -> Option<Observation> {
    Some(match context {
        Context::Nausea => Observation::Nausea(grade.try_into().ok()?),
        Context::Anxiety => Observation::Anxiety(grade.try_into().ok()?),
        Context::Dissociation => Observation::Dissociation(grade.try_into().ok()?),
        Context::Sedation => Observation::Sedation(grade.try_into().ok()?),
        Context::Pain => Observation::Pain(grade.try_into().ok()?),
        _ => return None,
    })
}

/// The second key of a 10 came: the 1 that is in the record already is amended.
pub(super) fn make_ten(model: &mut Model, about: u64, effects: &mut Vec<Effect>) {
    let Some(row) = model.live().and_then(|live| live.session.row(about)) else { return };
    let observation = match row.event {
        Event::ObservationRecorded { observation: Observation::Anxiety(_) } => observation(Context::Anxiety, 10),
        _ => observation(Context::Pain, 10),
    };
    let event = observation.map(|observation| Box::new(Event::ObservationRecorded { observation }));
    let command = Command::Amend { about, observed_at: None, event, reason: words::ten_reason().to_owned() };
    let now = model.now;
    record(model, &command, &now, effects);
}

/// Only the prompt on top, and only when it has been there long enough to be read.
fn answer(model: &mut Model, response: u8, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(live) = model.live() else { return };
    let Some((prompt, since)) = live.top.shown.clone() else {
        model.say(words::no_prompt_open());
        return;
    };
    if now.boot_ms - since < SETTLE_MS {
        model.say(words::prompt_just_changed());
        return;
    }
    // What is not offered cannot have been meant.
    let step = live.drawn().filter(|drawn| drawn.stands == Stands::AfterLeaving).and_then(|drawn| {
        let steps = &live.protocol.responses.get(drawn.rule)?.steps;
        steps.get(usize::from(response).checked_sub(1)?)
    });
    if step.is_some_and(|step| !step.calls) {
        model.say(words::refusal(&Refusal::NoSuchResponse { response }));
        return;
    }
    if !view::prints_answer(model, response) {
        let steps = live.drawn().and_then(|drawn| live.protocol.responses.get(drawn.rule)).map_or(0, |r| r.steps.len());
        // A number that no step has is refused with the session's own words.
        if usize::from(response) <= steps {
            model.say(words::answer_not_drawn());
            return;
        }
    }
    let command = Command::Answer { prompt: prompt.clone(), response };
    let Some(seq) = record(model, &command, &now, effects) else { return };
    let text = model.live().and_then(|live| live.session.row(seq)).map(|row| words::event(row.event));
    if response != 0 {
        model.say(text.unwrap_or_default());
    }
}

/// Only what is on the screen, and only when it has been there long enough to be read.
fn acknowledge(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(prompt) = model.live().and_then(|live| live.drawn().cloned()) else {
        model.say(words::no_prompt_open());
        return;
    };
    if prompt.settled.is_some() {
        let stands = prompt.stands != Stands::No;
        model.say(if stands { words::acknowledged_and_stands() } else { words::acknowledged_already() });
        return;
    }
    if !model.live().is_some_and(|live| live.top.has_settled(now.boot_ms)) {
        model.say(words::prompt_just_changed());
        return;
    }
    record(model, &Command::Acknowledge(prompt.id), &now, effects);
}

/// How it is with what the drawn prompt is about; only when that has been there long enough to be read.
fn look_again(model: &mut Model, change: Change, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(prompt) = model.live().and_then(|live| live.drawn().cloned()) else { return };
    if !model.live().is_some_and(|live| live.top.has_settled(now.boot_ms)) {
        model.say(words::prompt_just_changed());
        return;
    }
    if let Some(seq) = record(model, &Command::LookAgain { prompt: prompt.id, change }, &now, effects) {
        let text = model.live().and_then(|live| live.session.row(seq)).map(|row| words::event(row.event));
        model.say(text.unwrap_or_default());
    }
}

/// Takes back my last observation or note, once: a second press says so instead of taking another.
fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(live) = model.live() else { return };
    let last = live
        .session
        .entries()
        .iter()
        .rev()
        .find(|entry| is_undoable(&entry.fields.event))
        .and_then(|entry| live.session.row(entry.seq()));
    let Some(row) = last else {
        model.say(words::nothing_to_undo());
        return;
    };
    let (about, stands) = (row.item.seq, row.stands());
    if !stands {
        let in_emergency = live.session.state().emergency().is_some();
        model.say(words::undone_already(about, in_emergency));
        return;
    }
    let is_last_done =
        live.session.rows().filter(crate::session::Row::by_person).map(|row| row.item.seq).max() == Some(about);
    let at_once = model.now.since_ms(&row.entry.stamp()) <= AT_ONCE_MS;
    if is_last_done {
        take_back(model, about, at_once, effects);
    } else {
        confirm(model, Confirm::Undo(about));
    }
}

/// Withdraws an observation or note of the sitter's.
pub(super) fn take_back(model: &mut Model, about: u64, at_once: bool, effects: &mut Vec<Effect>) {
    let now = model.now;
    let text = model.live().and_then(|live| live.session.row(about)).map(|row| words::event(row.event));
    let command = Command::Withdraw { about, reason: words::undo_reason(at_once).to_owned() };
    if record(model, &command, &now, effects).is_some() {
        model.say(words::undone(about, &text.unwrap_or_default()));
    }
}

/// Asks before something that is not taken back lightly.
pub(super) fn confirm(model: &mut Model, confirm: Confirm) {
    open(model, Overlay::Confirm(confirm, 0));
}

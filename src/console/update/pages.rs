//! The first screen, the record, the call card, reasons, confirmations, scrolling, leaving.

use super::super::action::Action;
use super::super::form::FormKind;
use super::super::input::Chord;
use super::super::keymap::Context;
use super::super::message::Effect;
use super::super::model::{Awaited, Confirm, Model, Overlay, Page, Screen};
use super::forms::{amend_labels, show};
use super::record::{ask_what_is_open, record};
use super::{open, to_first};
use crate::journal::Request;
use crate::session::{Command, Event, GateAnswer, SessionId, instead_of_changing};
use crate::words;

/// A step in what is read at the gate, a question or the call card: one line at a time would be slow, and a whole page loses the place.
const SHEET_ROWS: usize = 5;

/// A page of the record.
const PAGE_ROWS: usize = 10;

/// Keys of the first screen.
pub(super) fn first(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::NewSession => show(model, FormKind::NewSession, words::new_session_labels()),
        Action::CheckBack => super::check_back::open_marked(model, effects),
        Action::Hide => super::idle::ask(model),
        Action::Rehearse => effects.push(Effect::Rehearse),
        Action::Enter => {
            let Screen::First(first) = &model.screen else { return };
            if let Some(row) = model.listed.get(first.mark) {
                let (id, sitter) = (row.id, words::sitter_of(row.opening.as_ref()));
                open_stored(model, id, sitter, effects);
            }
        }
        _ => {}
    }
}

/// Asks for a stored session: its lock first, so that what is loaded is not written by another meanwhile.
pub(super) fn open_stored(model: &mut Model, session: SessionId, sitter: String, effects: &mut Vec<Effect>) {
    model.screen = Screen::Opening(Awaited::Entries { lock: None, check_back: false });
    effects.push(Effect::Lock { session, sitter, looks_on: false });
}

/// Keys of the record, the call card, reasons and questions.
pub(super) fn act(model: &mut Model, context: Context, action: Action, chord: Chord, effects: &mut Vec<Effect>) {
    match (context, action) {
        (Context::Reason, Action::Digit(digit)) => pick_reason(model, digit, effects),
        (Context::Reason, Action::OwnWords) => {
            if let Some(Overlay::Reason(owed, _)) = model.overlays.last() {
                let kind = FormKind::Reason { about: owed.about, owed: owed.owed };
                show(model, kind, words::reason_labels());
            }
        }
        (Context::AsRead, Action::Yes) => confirm_value(model, effects),
        (Context::AsRead, Action::No) => {
            if let Some(Overlay::AsRead(about)) = model.overlays.last() {
                correct(model, *about);
            }
        }
        (Context::Confirm, Action::Yes) => confirmed(model, effects),
        (Context::Call, _) => super::calling::act(model, action, effects),
        (Context::Record, _) => on_record(model, action, chord),
        _ => {}
    }
}

fn pick_reason(model: &mut Model, digit: u8, effects: &mut Vec<Effect>) {
    let Some(Overlay::Reason(owed, _)) = model.overlays.last() else { return };
    let owed = *owed;
    let Some(live) = model.live() else { return };
    let reasons = words::quick_reasons_for(&owed, &live.session);
    let Some(reason) = reasons.get(usize::from(digit).wrapping_sub(1)) else {
        model.say(words::no_such_reason());
        return;
    };
    let command = Command::GiveReason { about: owed.about, owed: owed.owed, reason: (*reason).to_owned() };
    let now = model.now;
    model.overlays.clear();
    record(model, &command, &now, effects);
    // One entry may owe several: the next one follows at once.
    super::record::ask_about(model, owed.about);
}

/// The form in which an unlikely value is corrected. A description is given anew; anything else is amended.
fn correct(model: &mut Model, about: u64) {
    let event = model.live().and_then(|live| live.session.row(about)).map(|row| row.event.clone());
    match event.as_ref().and_then(amend_labels) {
        Some(labels) => show(model, FormKind::Amend { about }, labels),
        None => match event.as_ref().and_then(super::dose::doubted) {
            Some(field) => {
                super::dose::open(model);
                cursor_to(model, field);
            }
            // It shows who the patient is, as `i` does.
            None if model.is_locked => model.say(words::names_are_hidden()),
            None => {
                super::forms::open_identity(model);
                cursor_to(model, event.as_ref().map_or(0, super::describe::doubted));
            }
        },
    }
}

/// What is typed next goes into this field.
fn cursor_to(model: &mut Model, field: usize) {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.focus = field;
    }
}

fn confirm_value(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::AsRead(about)) = model.overlays.last() else { return };
    let about = *about;
    let now = model.now;
    model.overlays.clear();
    record(model, &Command::Confirm { about }, &now, effects);
    super::record::ask_about(model, about);
}

fn confirmed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Confirm(confirm, _)) = model.overlays.pop() else { return };
    let now = model.now;
    match confirm {
        Confirm::LeaveConsole => leave_console(model, effects),
        Confirm::Undo(about) => super::session::take_back(model, about, false, effects),
        Confirm::GiveGuidance => super::gate::give_guidance(model, effects),
        Confirm::MetAgainst => super::gate::answer(model, GateAnswer::Met { name: None }, effects),
        Confirm::EndEmergency => super::emergency::end(model, effects),
        Confirm::TakeOver(taking) => super::take_over::begin(model, taking, effects),
        Confirm::ShowAsItIs => super::take_over::show_as_it_is(model, effects),
        Confirm::LeaveUnsaved => super::take_over::leave(model, effects),
        Confirm::Ready(first_key) => super::gate::ready(model, &first_key, effects),
        Confirm::Leave(how) => {
            if record(model, &Command::Leave(how), &now, effects).is_some()
                && let Some(live) = model.live_mut()
            {
                live.page = Page::Main;
            }
        }
    }
}

fn leave_console(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let can_write = model.live().is_some_and(|live| !live.is_over() && live.read_only.is_none());
    if can_write {
        record(model, &Command::LeaveConsole, &now, effects);
    }
    model.leaving = true;
    effects.push(Effect::Quit);
}

/// Leave: at once from the first screen, back to it from a session that is over, after a question from one that runs.
pub(super) fn quit(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(live) = model.live() else {
        model.leaving = true;
        effects.push(Effect::Quit);
        return;
    };
    if live.taking.as_ref().is_some_and(|taking| taking.is_asked) {
        // Stored it would be, and nobody would record.
        model.say(words::taking_over());
        return;
    }
    let all_saved = live.unsaved() == 0 || live.read_only.is_some();
    if live.is_lost() && live.unsaved() > 0 {
        open(model, Overlay::Confirm(Confirm::LeaveUnsaved, 0));
    } else if live.read_only.is_some() || (live.is_over() && all_saved) {
        to_first(model, effects);
    } else {
        open(model, Overlay::Confirm(Confirm::LeaveConsole, 0));
    }
}

fn on_record(model: &mut Model, action: Action, chord: Chord) {
    if action == Action::Because {
        ask_what_is_open(model);
        return;
    }
    if action == Action::Late {
        show(model, FormKind::Late, words::late_labels());
        // The key that opened it is its first character.
        if let (Some(Overlay::Form(form)), Chord::Char(c)) = (model.overlays.last_mut(), chord) {
            form.paste(&c.to_string());
        }
        return;
    }
    if action == Action::Originals {
        if let Some(live) = model.live_mut() {
            live.originals = !live.originals;
        }
        return;
    }
    let Some((about, event)) = marked(model) else { return };
    if let Some(said) = cannot_change(model) {
        model.say(said);
        return;
    }
    match action {
        Action::Withdraw => show(model, FormKind::Withdraw { about }, words::withdraw_labels()),
        Action::AmendTime => show(model, FormKind::AmendTime { about }, words::amend_time_labels()),
        Action::Amend => match amend_labels(&event) {
            Some(labels) => show(model, FormKind::Amend { about }, labels),
            None => show(model, FormKind::AmendTime { about }, words::amend_time_labels()),
        },
        _ => {}
    }
}

/// Why the marked entry can be neither amended nor withdrawn, and what can be done.
fn cannot_change(model: &Model) -> Option<String> {
    let (live, (about, event)) = model.live().zip(marked(model))?;
    let instead = instead_of_changing(&event)?;
    Some(words::cannot_change(about, instead, live.is_over(), live.session.is_signed()))
}

/// Whether a key would only be told that the marked entry cannot be changed: nobody has to say who they are for that.
pub(super) fn is_in_vain(model: &Model, context: Context, action: Action) -> bool {
    let changes = matches!(action, Action::Amend | Action::AmendTime | Action::Withdraw);
    context == Context::Record && changes && cannot_change(model).is_some()
}

fn marked(model: &Model) -> Option<(u64, Event)> {
    let live = model.live()?;
    let Page::Record(marked) = live.page else { return None };
    live.record_rows().nth(live.marked_index(marked)).map(|row| (row.item.seq, row.event.clone()))
}

/// Moves the mark, or scrolls the help.
pub(super) fn scroll(model: &mut Model, action: Action) {
    let by = match action {
        Action::PageUp | Action::PageDown => PAGE_ROWS,
        _ => 1,
    };
    let up = matches!(action, Action::Up | Action::PageUp);
    let moved = |mark: usize, count: usize| {
        if up { mark.saturating_sub(by) } else { (mark + by).min(count.saturating_sub(1)) }
    };
    let most = super::super::view::panel_scroll(model);
    let rows = if matches!(model.overlays.last(), Some(Overlay::Help(_))) { PAGE_ROWS } else { SHEET_ROWS };
    if let Some(
        Overlay::Help(top)
        | Overlay::Sheet(_, top)
        | Overlay::Call(top)
        | Overlay::Brief(.., top)
        | Overlay::Confirm(_, top),
    ) = model.overlays.last_mut()
    {
        let moved = if up { usize::from(*top).saturating_sub(rows) } else { usize::from(*top) + rows };
        *top = moved.min(most) as u16;
        return;
    }
    let listed = model.listed.len();
    let series_tops =
        if model.page_context() == Context::Series { super::super::view::last_series_top(model) + 1 } else { 0 };
    match &mut model.screen {
        Screen::First(first) => first.mark = moved(first.mark, listed),
        Screen::Live(live) => {
            let items = live.guidance.gate.len();
            if let Page::Record(marked) = live.page {
                let index = moved(live.marked_index(marked), live.record_rows().count());
                let seq = live.record_rows().nth(index).map(|row| row.item.seq);
                live.page = Page::Record(seq);
            }
            if let Page::Gate(mark) = &mut live.page {
                *mark = moved(*mark, items);
            }
            if let Page::Series(top) = &mut live.page {
                *top = moved(*top, series_tops);
            }
            let items = live.protocol.screening.len();
            if let Page::Screening(mark) = &mut live.page {
                *mark = moved(*mark, items);
            }
        }
        Screen::Opening(_) => {}
    }
}

/// What follows a session that another console holds: its new entries, and the lock, for that console may have ended. A
/// session that was taken over from here is not taken back without a word.
pub(super) fn follow(model: &Model) -> Vec<Effect> {
    let Some(live) = model.live().filter(|live| live.read_only.is_some()) else { return Vec::new() };
    let session = live.session.session_id();
    let tail = Effect::Journal(Request::Tail { session, after_seq: live.durable_through });
    if live.taking.is_some() {
        return vec![tail];
    }
    if live.is_lost() {
        return vec![tail, Effect::ProbeLock(session)];
    }
    vec![tail, Effect::Lock { session, sitter: live.session.keeper().name.clone(), looks_on: true }]
}

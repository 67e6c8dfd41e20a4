//! Keys, pasted text and clicks. A form takes keys as text; everywhere else the keymap says what a key means.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::action::Action;
use super::super::form::{FormKey, FormKind};
use super::super::input::Chord;
use super::super::keymap::{Context, bindings, lookup};
use super::super::message::Effect;
use super::super::model::{Confirm, Model, Overlay, Screen};
use super::{
    bang, check_back, dose, emergency, forms, gate, limits, pages, plan, pump, relief, screening, series, session,
    sign, take_over,
};
use crate::words;

/// One key. A terminal sends Alt as Esc before the letter, and Esc pressed quickly before a letter looks the same: it is
/// read as the two keys that it is on the wire.
pub(super) fn key(model: &mut Model, key: &KeyEvent, effects: &mut Vec<Effect>) {
    if key.modifiers.contains(KeyModifiers::ALT) && matches!(key.code, KeyCode::Char(_)) {
        one_key(model, &event(Chord::Esc), effects);
        one_key(model, &KeyEvent::new(key.code, key.modifiers - KeyModifiers::ALT), effects);
    } else {
        one_key(model, key, effects);
    }
}

fn one_key(model: &mut Model, key: &KeyEvent, effects: &mut Vec<Effect>) {
    let Some(chord) = Chord::of(key) else {
        if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
            form.bang = None;
            form.key(key);
        }
        return;
    };
    (model.notice, model.standing) = (None, None);
    // Pressed in a form they are no text either.
    let is_control = matches!(chord, Chord::Ctrl('c' | 'z'));
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && !is_control
    {
        if chord == Chord::Char('!') {
            return bang::pressed(model, effects);
        }
        form.bang = None;
        form_key(model, key, effects);
    } else {
        press(model, chord, effects);
    }
}

fn form_key(model: &mut Model, key: &KeyEvent, effects: &mut Vec<Effect>) {
    if beside_identity(model, key, effects) {
        return;
    }
    if screening::was_on_its_way(model, key) {
        return;
    }
    if check_back::picks_answer(model, key) || take_over::picks_reason(model, key) {
        return;
    }
    if forms::picks_person(model, key) {
        // A name is all that this form asks.
        let is_whole = |kind: &FormKind| matches!(kind, FormKind::Relief | FormKind::SignIn | FormKind::Decider(_));
        if matches!(model.overlays.last(), Some(Overlay::Form(form)) if is_whole(&form.kind)) {
            super::submit::submit(model, effects);
        }
        return;
    }
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return };
    match form.key(key) {
        FormKey::Taken => {}
        FormKey::Cancel => {
            let (kept, form_kind) = (!form.is_empty(), form.kind.clone());
            if super::pin::leave(model) {
                return;
            }
            // It was opened from the first screen, and the session behind it is over.
            if form_kind == FormKind::CheckBack {
                super::to_first(model, effects);
            } else {
                back(model);
            }
            if kept {
                model.say(words::form_left());
            }
        }
        FormKey::Submit => super::submit::submit(model, effects),
    }
}

/// Keys beside the form of identity and preparation. Nothing that was typed is thrown away for them.
fn beside_identity(model: &mut Model, key: &KeyEvent, effects: &mut Vec<Effect>) -> bool {
    let Some(chord @ Chord::Ctrl(_)) = Chord::of(key) else { return false };
    let is_bound = bindings(Context::Identity).any(|binding| binding.chords.contains(&chord));
    let Some(Overlay::Form(form)) = model.overlays.last() else { return false };
    if form.kind != FormKind::Identity || !is_bound {
        return false;
    }
    let is_empty = form.is_empty();
    match lookup(model, Context::Identity, chord) {
        // It belongs to preparation: what was typed is recorded on the way.
        Some(Ok(action @ (Action::ComfortPlan | Action::Screening | Action::Series | Action::DoseCheck))) => {
            lead_on(model, action, effects);
        }
        Some(_) if !is_empty => model.say(words::form_holds_text()),
        Some(Ok(action)) => limits::act(model, action),
        Some(Err(why)) => model.say(words::unavailable(why)),
        None => {}
    }
    true
}

/// From the identity form on to the next page of preparation. What was typed is recorded first; where it cannot be read, the
/// form stays.
fn lead_on(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    if matches!(model.overlays.last(), Some(Overlay::Form(form)) if !form.is_empty()) {
        super::submit::submit(model, effects);
    }
    let is_untouched = matches!(model.overlays.last(),
        Some(Overlay::Form(form)) if form.kind == FormKind::Identity && form.is_empty());
    // A question about what was just typed comes first: the next page would be opened over it.
    let asks = matches!(model.overlays.last(), Some(Overlay::AsRead(_) | Overlay::Reason(..)));
    if asks || (matches!(model.overlays.last(), Some(Overlay::Form(_))) && !is_untouched) {
        return;
    }
    match action {
        Action::ComfortPlan => plan::open(model),
        Action::Screening => screening::open(model),
        Action::Series => series::open(model),
        _ => dose::open(model),
    }
}

/// One key outside forms.
pub(super) fn press(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) {
    let context = model.context();
    if let Some(answer) = ten(model, chord, effects) {
        return answer;
    }
    let context = give_way(model, context, chord);
    match lookup(model, context, chord) {
        Some(Ok(_)) if model.is_fresh(chord) => model.say(words::question_just_came()),
        Some(Ok(Action::Digit(_))) if context == Context::Reason && super::super::view::is_small(model) => {
            model.say(words::answer_not_drawn());
        }
        // A held Enter comes out of the form before: what the footer offers to y alone is not confirmed by it.
        Some(Ok(Action::Yes))
            if chord == Chord::Enter
                && matches!(
                    model.overlays.last(),
                    Some(Overlay::Confirm(
                        Confirm::Leave(_)
                            | Confirm::Undo(_)
                            | Confirm::EndEmergency
                            | Confirm::TakeOver(_)
                            | Confirm::ShowAsItIs
                            | Confirm::LeaveUnsaved,
                        _
                    ))
                ) =>
        {
            model.say(words::no_such_key(&chord.shown()));
        }
        Some(Ok(action)) => act(model, context, action, chord, effects),
        Some(Err(why)) => model.say(words::unavailable(why)),
        None => model.say(words::no_such_key(&chord.shown())),
    }
}

/// A question that opened by itself never stands between the sitter and the next entry: a key that does not belong to it,
/// but to the session, puts it off and is read as the session's key.
fn give_way(model: &mut Model, context: Context, chord: Chord) -> Context {
    let asked_by_itself = matches!(context, Context::Reason | Context::AsRead | Context::WallClock);
    let page = model.page_context();
    // What the banner prints can be pressed wherever the banner is drawn.
    let over_the_banner = matches!(
        context,
        Context::Gate
            | Context::Screening
            | Context::Series
            | Context::Call
            | Context::Far
            | Context::Brief
            | Context::Sheet
            | Context::Card
    );
    if over_the_banner && lookup(model, context, chord).is_none() {
        // In an emergency the banner has no numbered answers.
        let banner = if page == Context::Emergency { page } else { Context::Session };
        let meant = lookup(model, banner, chord);
        // From afar the alarm is printed, and not what could be done: only that nothing was done can be said.
        let is_printed = |action: Action| match context {
            Context::Far => matches!(action, Action::Acknowledge | Action::NextPrompt | Action::Answer(0)),
            // A PIN that is typed on there, and a call card over the record: no step is printed that a digit could mean.
            Context::Brief => matches!(action, Action::Acknowledge | Action::NextPrompt),
            _ if page == Context::Record => matches!(action, Action::Acknowledge | Action::NextPrompt),
            _ => action.is_about_the_prompt(),
        };
        if meant.is_some_and(|meant| meant.is_ok_and(is_printed)) {
            return banner;
        }
    }
    // A digit was meant for the question, even one that it does not know.
    let is_answer = matches!(context, Context::Reason | Context::WallClock) && matches!(chord, Chord::Char('0'..='9'));
    let meant = lookup(model, page, chord);
    // Enter means something to a session only where another console has it: otherwise it must not put a question away.
    let is_meant = meant.is_some_and(|meant| chord != Chord::Enter || meant.is_ok());
    if asked_by_itself && !is_answer && lookup(model, context, chord).is_none() && is_meant {
        // A prompt is dealt with beside the question; anything else puts the question off.
        let beside = meant.is_some_and(|meant| meant.is_ok_and(Action::is_about_the_prompt));
        if !beside {
            model.overlays.clear();
        }
        return page;
    }
    context
}

/// A `0` soon after an anxiety or pain of 1 makes it 10.
fn ten(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) -> Option<()> {
    let now_ms = model.now.boot_ms;
    let (about, said_ms) = model.live_mut()?.one.take()?;
    // The question why it is late may have come over it meanwhile.
    let is_free = match model.overlays.last() {
        None => true,
        Some(Overlay::Reason(owed, _)) => owed.about == about,
        Some(_) => false,
    };
    let is_zero = chord == Chord::Char('0') && is_free;
    (is_zero && now_ms - said_ms <= session::TEN_WITHIN_MS).then(|| session::make_ten(model, about, effects))
}

/// Carries out what a key means.
pub(super) fn act(model: &mut Model, context: Context, action: Action, chord: Chord, effects: &mut Vec<Effect>) {
    match action {
        _ if sign::asks_author(model, action) && !pages::is_in_vain(model, context, action) => {
            sign::ask_author(model, context, action, chord);
        }
        Action::Nothing => model.say(words::ctrl_does_nothing()),
        #[cfg(feature = "fault-injection")]
        Action::Panic => panic!("asked to panic"),
        Action::Back => back(model),
        // A second press puts it away again.
        Action::Help if context == Context::Help => back(model),
        Action::Help => super::open(model, Overlay::Help(0)),
        Action::Quit => pages::quit(model, effects),
        Action::Emergency => emergency::begin(model, effects),
        Action::WhoHasIt => take_over::show(model),
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => pages::scroll(model, action),
        _ => match context {
            Context::Held => take_over::act(model, action),
            Context::WallClock => super::wall_clock::answer(model, action == Action::Yes, effects),
            Context::First => pages::first(model, action, effects),
            Context::Emergency => emergency::act(model, action, effects),
            Context::Pump => pump::act(model, action, effects),
            Context::Gate | Context::Leave | Context::Sheet | Context::Card => gate::act(model, action, effects),
            Context::Screening => screening::act(model, action, effects),
            Context::Series => series::act(model, action),
            Context::Relief | Context::Brief => relief::act(model, action, effects),
            Context::Limits => limits::act(model, action),
            Context::Record | Context::Reason | Context::AsRead | Context::Confirm | Context::Call => {
                pages::act(model, context, action, chord, effects);
            }
            _ => session::act(model, context, action, effects),
        },
    }
}

/// Back one step: the overlay, then the page. A late time that was chosen is given up too.
pub(super) fn back(model: &mut Model) {
    if let Some(overlay) = model.overlays.pop() {
        if matches!(overlay, Overlay::WallClock(..)) {
            super::wall_clock::put_off(model);
        }
        return;
    }
    if let Some(live) = model.live_mut() {
        live.late = None;
        live.page = super::super::model::Page::Main;
    }
}

/// Pasted text goes into an open form; elsewhere it could only do harm as keys.
pub(super) fn paste(model: &mut Model, text: &str) {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.paste(text);
    } else {
        model.say(words::paste_needs_a_form());
    }
}

/// A click on a key, a response or a line: the same as the key.
pub(super) fn click(model: &mut Model, column: u16, row: u16, effects: &mut Vec<Effect>) {
    use super::super::view::{Target, hit};
    match hit(model, column, row) {
        // What is printed beside the key is meant, and no character of a text.
        Some(Target::Key(Chord::Char('!'))) => press(model, Chord::Char('!'), effects),
        Some(Target::Key(chord)) => one_key(model, &event(chord), effects),
        Some(Target::Line(line)) => {
            if let Screen::First(first) = &mut model.screen {
                first.mark = line;
                press(model, Chord::Enter, effects);
            }
        }
        None => {}
    }
}

/// The key event of a chord.
#[must_use]
pub(super) fn event(chord: Chord) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match chord {
        Chord::Char(c) => plain(KeyCode::Char(c)),
        Chord::Enter => plain(KeyCode::Enter),
        Chord::Esc => plain(KeyCode::Esc),
        Chord::Tab => plain(KeyCode::Tab),
        Chord::Up => plain(KeyCode::Up),
        Chord::Down => plain(KeyCode::Down),
        Chord::PageUp => plain(KeyCode::PageUp),
        Chord::PageDown => plain(KeyCode::PageDown),
        Chord::Ctrl(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
    }
}

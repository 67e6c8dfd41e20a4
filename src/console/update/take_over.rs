//! Taking a session over from another console, and having one taken over from here. The journal decides: the entry that
//! says so is stored only where it follows from the last one, so that of two consoles one wins, and the other is told.

use super::super::action::Action;
use super::super::form::{Form, FormKind, PinShown};
use super::super::held::{ReadOnly, Taking, held_by, last_tenure};
use super::super::message::Effect;
use super::super::model::{Awaited, Confirm, Live, Model, Overlay, Screen};
use super::fault::Fault;
use super::journal::log;
use super::record::decided;
use super::submit::required;
use super::{STEP_MS, forms, idle, pages, to_first};
use crate::journal::{Holder, JournalError, Request};
use crate::session::access::Act;
use crate::session::{Command, Entry, SessionId, Tenure};
use crate::words;

/// So often a take-over is asked anew because something was recorded meanwhile.
const TRIES: u8 = 3;

/// Shows why the session is only read, and what can be done.
pub(super) fn show(model: &mut Model) {
    if model.live().is_some_and(|live| live.read_only.is_some()) {
        super::open(model, Overlay::Held);
    }
}

/// Keys of what `show` shows.
pub(super) fn act(model: &mut Model, action: Action) {
    if action != Action::TakeOver {
        return;
    }
    match model.live() {
        // What was not saved here must leave the screen before the record as it is can stand there.
        Some(live) if live.is_lost() && live.unsaved() > 0 => {
            super::open(model, Overlay::Confirm(Confirm::ShowAsItIs, 0));
        }
        Some(_) => forms::show(model, FormKind::TakeOver, words::take_over_labels()),
        None => {}
    }
}

/// In the field of the reason one digit is one of the usual reasons.
pub(super) fn picks_reason(model: &mut Model, key: &crossterm::event::KeyEvent) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return false };
    let crossterm::event::KeyCode::Char(c) = key.code else { return false };
    let index = c.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1));
    let reason = index.and_then(|index| words::take_over_reasons().get(index));
    let (FormKind::TakeOver, 1, Some(reason), true) = (&form.kind, form.focus, reason, form.text(1).is_empty()) else {
        return false;
    };
    form.retype(1, reason);
    true
}

/// What was typed, to be confirmed.
pub(super) fn typed(model: &Model, form: &Form) -> Result<Taking, Fault> {
    let by = forms::sitter(model, &required(form, 0)?);
    let reason = required(form, 1)?;
    let from_epoch = model.live().map_or(0, Live::epoch);
    Ok(Taking { by, reason, without_pin: form.pin == PinShown::Left, from_epoch, is_asked: false, tries: 0 })
}

/// It was confirmed: the journal is asked.
pub(super) fn begin(model: &mut Model, taking: Taking, effects: &mut Vec<Effect>) {
    let Some(live) = model.live_mut().filter(|live| live.read_only.is_some()) else { return };
    live.taking = Some(taking);
    model.say(words::taking_over());
    // What the other console has written since the last look comes first.
    effects.extend(pages::follow(model));
}

/// The record as the journal has it now is on the screen: the entry that follows it is handed over.
pub(super) fn ask_journal(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(live) = model.live_mut() else { return };
    let epoch = live.epoch();
    let Some(taking) = live.taking.as_mut().filter(|taking| !taking.is_asked) else { return };
    if epoch != taking.from_epoch {
        return beaten(model);
    }
    taking.is_asked = true;
    taking.tries += 1;
    let taking = taking.clone();
    let by_ms = now.wall_step_ms(&live.session.last_entry().stamp());
    let mut session = live.session.clone();
    let protocol = live.protocol.clone();
    let Taking { by, reason, without_pin, .. } = taking;
    let command = Command::TakeOver { by: by.clone(), reason, without_pin };
    let Ok(entry) = decided(&mut model.scribe, (&session, &protocol), &now, &command, now.utc_ms, by) else { return };
    session.apply(entry.clone());
    let mut entries = vec![entry];
    // The wall clock may have been set while the other console stood still: said in the same moment, as after a crash.
    if by_ms.abs() > STEP_MS {
        let step = Command::StepClock { by_ms };
        let console = crate::session::Actor::console();
        entries.extend(decided(&mut model.scribe, (&session, &protocol), &now, &step, now.utc_ms, console));
    }
    let session = session.session_id();
    effects.push(Effect::Journal(Request::TakeOver { session, entries }));
}

/// The journal has it: from now on the session is recorded here.
pub(super) fn took_over(model: &mut Model, session: SessionId, entries: Vec<Entry>, effects: &mut Vec<Effect>) {
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    let Some(Taking { by, reason, without_pin, .. }) = live.taking.take() else { return };
    let from = live.session.keeper().name.clone();
    for entry in entries {
        live.durable_through = entry.seq();
        live.session.apply(entry);
    }
    live.read_only = None;
    live.is_free = false;
    live.author = None;
    let epoch = live.epoch();
    effects.push(Effect::TakeLock { session, sitter: by.name.clone(), epoch });
    model.not_saved = None;
    model.overlays.clear();
    log(model, Act::TakenOver { reason }, Some(by.clone()), effects);
    idle::signed_in(model, by);
    if without_pin {
        idle::lock_until_signed_on(model);
    }
    model.say(words::took_over(&from));
}

/// The journal has not stored it: another console has written meanwhile, or the disk does not take it.
pub(super) fn not_taken(model: &mut Model, session: SessionId, why: &JournalError, effects: &mut Vec<Effect>) {
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    let Some(taking) = &mut live.taking else { return };
    taking.is_asked = false;
    let was_beaten = matches!(why, JournalError::Refused { .. } | JournalError::TakenOver { .. });
    if was_beaten && taking.tries < TRIES {
        // What was written comes, and it is asked again; or somebody else was quicker.
        effects.extend(pages::follow(model));
        return;
    }
    live.taking = None;
    let holder = match (&live.read_only, why) {
        // Stopped in the middle of writing, most likely: then only its end helps.
        (Some(ReadOnly::Held(Some(holder))), JournalError::Busy { .. }) => Some(held_by(holder)),
        _ => None,
    };
    let said = holder.map_or_else(|| words::not_taken_over(&why.to_string()), words::held_in_writing);
    if was_beaten {
        // What is shown here is not what is stored: the session is read anew, whole.
        let sitter = live.session.keeper().name.clone();
        pages::open_stored(model, session, sitter, effects);
        model.told_short = Some(words::not_taken_over(words::read_anew()));
        return;
    }
    model.say(said);
}

/// Whether anybody holds a session that was taken over from here.
pub(super) fn probed(model: &mut Model, session: SessionId, is_free: bool) {
    let live = model.live_mut().filter(|live| live.session.session_id() == session && live.is_lost());
    if let Some(live) = live {
        live.is_free = is_free;
    }
}

/// What the other console has written could not be read: nothing was taken over.
pub(super) fn unread(model: &mut Model, why: &str) {
    if model.live_mut().and_then(|live| live.taking.take()).is_some() {
        model.say(words::not_taken_over(why));
    }
}

/// Somebody else took it over since this person confirmed it: they decide anew, by what stands there now.
fn beaten(model: &mut Model) {
    let Some(live) = model.live_mut() else { return };
    live.taking = None;
    let tenure = last_tenure(live.session.entries());
    let (zone, style) = (&model.settings.zone, model.settings.clock);
    let said = words::taken_by_another(tenure.as_ref(), zone, style);
    model.say(said);
}

/// Another console has taken the session over: its lock stands in the place of this one's, or the journal refused an entry.
pub(super) fn lost(model: &mut Model, session: SessionId, tenure: Option<Tenure>, effects: &mut Vec<Effect>) {
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    // Whoever took it over puts a lock in the place of this one: until then nobody else is to find the session free. Where another
    // console only went on in the same tenure, for want of a lock, that one is to have it.
    let is_later = tenure.as_ref().is_some_and(|tenure| tenure.epoch > live.epoch());
    match &mut live.read_only {
        Some(ReadOnly::Lost(known)) => *known = known.take().or(tenure),
        // A console that looks on has nothing to lose.
        Some(ReadOnly::Held(_)) => return,
        None => {
            live.read_only = Some(ReadOnly::Lost(tenure));
            live.late = None;
            live.one = None;
            // It was said of what is no longer so.
            model.notice = None;
            // What is half typed stays: it is refused with its reason, and can be copied.
            if !matches!(model.overlays.last(), Some(Overlay::Form(form)) if !form.is_empty()) {
                model.overlays.clear();
            }
            if !is_later {
                effects.push(Effect::Unlock);
            }
        }
    }
    model.changed = true;
    // Who and when stands in the journal.
    effects.extend(pages::follow(model));
}

/// As `lost`, told by the lock.
pub(super) fn lost_to(model: &mut Model, session: SessionId, holder: Option<Holder>, effects: &mut Vec<Effect>) {
    // It was just being opened.
    if let Screen::Opening(Awaited::Entries { lock, .. }) = &mut model.screen {
        *lock = Some(Err(holder));
        return;
    }
    let tenure = holder.map(|holder| Tenure {
        epoch: holder.epoch,
        by: holder.sitter,
        station: holder.host,
        since: holder.since,
    });
    lost(model, session, tenure, effects);
}

/// What was not saved is on paper: the session is opened as it stands.
pub(super) fn show_as_it_is(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(live) = model.live() else { return };
    let (session, sitter) = (live.session.session_id(), live.session.keeper().name.clone());
    model.not_saved = None;
    model.overlays.clear();
    pages::open_stored(model, session, sitter, effects);
}

/// What was not saved is on paper: the first screen.
pub(super) fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    model.not_saved = None;
    to_first(model, effects);
}

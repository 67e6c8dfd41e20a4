//! What the journal answers: the list, a session's entries, what is durable, what could not be saved.

use super::super::held::{ReadOnly, last_tenure};
use super::super::message::Effect;
use super::super::model::{Awaited, Earlier, First, Live, Model, NotSaved, Page, Screen, Top};
use super::pages::open_stored;
use super::{STEP_MS, own, take_over, to_first};
use crate::guidance::Guidance;
use crate::journal::{Holder, JournalError, Reply, Request, SessionRow};
use crate::protocol::{Fault, Protocol};
use crate::session::access::Act;
use crate::session::{Actor, AwayCause, Command, Entry, Event, Opening, ProtocolCopy, Session, SessionId, Stamp};
use crate::words;

/// One reply.
pub(super) fn reply(model: &mut Model, reply: Reply, effects: &mut Vec<Effect>) {
    match reply {
        Reply::Listed { rows, waiting, .. } => {
            model.waiting = waiting;
            listed(model, rows, effects);
        }
        Reply::Earlier { session, found } => super::earlier::found(model, session, *found, effects),
        Reply::Numbered { number } => begin(model, number, effects),
        Reply::Loaded { entries, .. } => loaded(model, entries, effects),
        Reply::Tailed { session, entries, .. } => tailed(model, session, entries, effects),
        Reply::TookOver { session, entries } => take_over::took_over(model, session, entries, effects),
        Reply::NotTakenOver { session, why } => take_over::not_taken(model, session, &why, effects),
        Reply::Durable { session, through } => durable(model, session, through),
        Reply::NotSaved { session, from_seq, why } => {
            not_saved(model, session, from_seq, &why.to_string());
            if let JournalError::TakenOver { by, .. } = why {
                take_over::lost(model, session, by.map(|by| *by), effects);
            }
        }
        Reply::Told(told) => {
            super::told::told(model, &told);
            // A session that came back belongs into the list.
            if matches!(model.screen, Screen::First(_)) {
                effects.push(Effect::Journal(super::list(model)));
            }
        }
        Reply::Failed { request, why } => failed(model, &request, &why.to_string(), effects),
    }
}

/// The list has come. A session that runs is opened at once: recovery is a normal way in.
fn listed(model: &mut Model, mut rows: Vec<SessionRow>, effects: &mut Vec<Effect>) {
    // Those that are open first, then those in which a clinician's word is missing, then those whose day after has come,
    // then the newest.
    let now = model.now.utc_ms;
    let asks = |row: &SessionRow| words::check_back_state(row.check_back_at, &model.settings.zone, now).is_some();
    rows.sort_by_key(|row| std::cmp::Reverse((row.open, row.self_harm, asks(row), row.opened_at)));
    model.listed = rows;
    let Screen::First(first) = &mut model.screen else { return };
    let first_time = !first.listed;
    *first = First { mark: first.mark.min(model.listed.len().saturating_sub(1)), listed: true };
    let running =
        model.listed.first().filter(|row| row.open).map(|row| (row.id, words::sitter_of(row.opening.as_ref())));
    if let (true, true, Some((id, sitter))) = (first_time, model.overlays.is_empty(), running) {
        open_stored(model, id, sitter, effects);
    } else if first_time {
        let last = model.listed.iter().map(|row| row.opened_at).max();
        super::wall_clock::hold_against(model, last, false);
    }
}

/// Says in the access log what was done with the session on the screen: by whoever is named, else by whoever has signed in at
/// this console. Where nobody has, it says so; whose session it is stands in its record.
pub(super) fn log(model: &Model, act: Act, who: Option<Actor>, effects: &mut Vec<Effect>) {
    let session = model.live().map(|live| live.session.session_id());
    let who = who.or_else(|| model.signed_in.clone());
    effects.push(Effect::Journal(Request::Log(Box::new(model.scribe.access(act, session, who, &model.now)))));
}

/// The number for a new session has come: its first entry is made.
fn begin(model: &mut Model, number: String, effects: &mut Vec<Effect>) {
    let Screen::Opening(Awaited::Number { patient, sitter }) = &model.screen else { return };
    let (patient, sitter) = (patient.clone(), sitter.clone());
    let protocol = model.settings.protocol.clone();
    let opening = Opening {
        number,
        patient,
        room: model.settings.room.clone(),
        protocol: ProtocolCopy::of(&protocol),
        zone: model.settings.zone.name().map(str::to_owned),
        rehearsal: model.settings.rehearsal,
    };
    let holder = sitter.name.clone();
    let entry = model.scribe.open(opening, sitter, &model.now);
    let Ok(session) = Session::replay([entry.clone()]) else { return };
    effects.push(Effect::Lock { session: session.session_id(), sitter: holder, looks_on: false });
    effects.push(Effect::Journal(Request::Append(vec![entry])));
    show(model, session, protocol, 0, None);
    // What was said of the clock before there was a record stands in this one.
    super::wall_clock::record(model, effects);
    if let Some(sitter) = model.live().map(|live| live.session.sitter().clone()) {
        super::idle::signed_in(model, sitter);
    }
    log(model, Act::Opened, None, effects);
}

fn show(model: &mut Model, session: Session, protocol: Protocol, durable_through: u64, read_only: Option<ReadOnly>) {
    let guidance = Guidance::of(&protocol, &session, &model.settings.zone, session.at(&model.now));
    model.screen = Screen::Live(Box::new(Live {
        session,
        protocol,
        guidance,
        durable_through,
        read_only,
        is_unguarded: false,
        is_free: false,
        taking: None,
        page: Page::Main,
        hidden: 0,
        top: Top::default(),
        late: None,
        earlier: Earlier::default(),
        decided_by: None,
        answer_key_boot_ms: None,
        author: None,
        originals: false,
        card: super::super::model::CardWork::default(),
        aside: super::super::model::Aside::default(),
        one: None,
    }));
    model.overlays.clear();
    model.changed = true;
}

/// A stored session has come: shown at the right minute, with what was missed as an entry.
fn loaded(model: &mut Model, entries: Vec<Entry>, effects: &mut Vec<Effect>) {
    let Screen::Opening(Awaited::Entries { lock, check_back }) = &model.screen else { return };
    let check_back = *check_back;
    let read_only = match lock {
        Some(Err(holder)) => Some(ReadOnly::Held(holder.clone())),
        _ => None,
    };
    let opened = Session::replay(entries).map_err(|why| why.to_string()).and_then(|session| {
        let protocol = in_force(&session, &model.settings.protocol);
        protocol.map(|protocol| (session, protocol)).map_err(|faults| words::kept_protocol_faulty(&faults))
    });
    let (session, protocol) = match opened {
        Ok(opened) => opened,
        Err(why) => {
            to_first(model, effects);
            model.say(why);
            return;
        }
    };
    let through = session.last_entry().seq();
    let back = come_back(&session, &model.now);
    let by_ms = model.now.wall_step_ms(&session.last_entry().stamp());
    let last = session.last_recorded_utc_ms();
    show(model, session, protocol, through, read_only);
    log(model, Act::Opened, None, effects);
    let over = model.live().is_none_or(|live| live.is_over() || live.read_only.is_some());
    if let Some(live) = model.live().filter(|live| live.read_only.is_none()) {
        effects.push(Effect::HoldAs { sitter: live.session.keeper().name.clone(), epoch: live.epoch() });
    }
    if !over {
        super::idle::lock_until_signed_on(model);
        own(model, &back, effects);
        // The wall clock may have been set while nobody was at the console.
        if by_ms.abs() > STEP_MS {
            own(model, &Command::StepClock { by_ms }, effects);
        }
        // That the console was away is an entry; why the room's protocol is not read stands nowhere else.
        let trouble = model.settings.protocol_trouble.as_ref().or(model.settings.pin_trouble.as_ref());
        model.say(trouble.cloned().unwrap_or_else(|| words::came_back(&back)));
    }
    super::wall_clock::hold_against(model, Some(last), !over);
    super::wall_clock::record(model, effects);
    if model.live().is_some_and(|live| live.read_only.is_some()) && !check_back {
        take_over::show(model);
    }
    if check_back && model.overlays.is_empty() {
        super::check_back::ask(model);
    }
    // That something of the record was lost, or nearly, comes before either.
    if let Some(told) = model.told_short.take() {
        model.say(told);
    }
}

/// The protocol that governs a session: the copy in force that is kept with it, whatever has become of the room's file.
/// Usually they are the same, and need not be read twice.
fn in_force(session: &Session, room: &Protocol) -> Result<Protocol, Vec<Fault>> {
    let kept = &session.protocol_copy().text;
    if *kept == room.text { Ok(room.clone()) } else { Protocol::load(kept) }
}

impl Live {
    /// Goes over to the protocol in force, where another was accepted. One that this version cannot read changes nothing.
    pub(super) fn take_protocol(&mut self, room: &Protocol) {
        if self.session.protocol_copy().fingerprint != self.protocol.fingerprint
            && let Ok(protocol) = in_force(&self.session, room)
        {
            self.protocol = protocol;
        }
    }
}

/// What is to be recorded about the time that nobody was at the console.
fn come_back(session: &Session, now: &Stamp) -> Command {
    let last = session.last_entry();
    let cause = if last.fields.boot_id != now.boot_id {
        AwayCause::Reboot
    } else if matches!(last.fields.event, Event::ConsoleLeft) {
        AwayCause::Left
    } else {
        AwayCause::Crash
    };
    Command::ReturnConsole { cause, away_ms: now.since_ms(&last.stamp()) }
}

/// New entries of a session that another console holds. What was not saved here is not in its chain, and stays as it is.
fn tailed(model: &mut Model, session: SessionId, entries: Vec<Entry>, effects: &mut Vec<Effect>) {
    let room = model.settings.protocol.clone();
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    if let (Some(ReadOnly::Lost(tenure)), Some(now)) = (&mut live.read_only, last_tenure(&entries)) {
        *tenure = Some(now);
    }
    if live.read_only.is_none() || live.unsaved() > 0 {
        return;
    }
    for entry in entries {
        if entry.seq() == live.session.last_entry().seq() + 1 {
            live.durable_through = entry.seq();
            live.session.apply(entry);
        }
    }
    live.take_protocol(&room);
    take_over::ask_journal(model, effects);
}

fn durable(model: &mut Model, session: SessionId, through: u64) {
    let mut all_saved = true;
    if let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) {
        live.durable_through = live.durable_through.max(through);
        all_saved = live.unsaved() == 0;
    }
    if all_saved {
        model.not_saved = None;
    }
}

fn not_saved(model: &mut Model, session: SessionId, from_seq: u64, why: &str) {
    let first = model.live().filter(|live| live.session.session_id() == session).and_then(|live| {
        let index = usize::try_from(from_seq).ok()?.checked_sub(1)?;
        live.session.entries().get(index).map(|entry| entry.fields.recorded_at)
    });
    let since_utc_ms = first.unwrap_or(model.now.utc_ms);
    model.not_saved = Some(NotSaved { since_utc_ms, why: why.to_owned() });
    // The bar has little room: what to do is said whole, once.
    model.say(why.to_owned());
}

/// A question that the journal could not answer.
fn failed(model: &mut Model, request: &Request, why: &str, effects: &mut Vec<Effect>) {
    match request {
        Request::List { .. } => {
            if let Screen::First(first) = &mut model.screen {
                first.listed = true;
            }
        }
        Request::Tail { .. } => return take_over::unread(model, why),
        Request::Earlier { session, who, .. } => return super::earlier::failed(model, *session, who, why),
        _ => {
            let typed = match &model.screen {
                Screen::Opening(Awaited::Number { patient, sitter }) => Some((patient.clone(), sitter.name.clone())),
                _ => None,
            };
            to_first(model, effects);
            if let Some((patient, sitter)) = typed {
                super::forms::new_session_again(model, &patient, &sitter, why);
            }
        }
    }
    model.say(why.to_owned());
}

/// The writer has ended: what is shown as unsaved stays so.
pub(super) fn lost(model: &mut Model) {
    // No answer comes any more.
    take_over::unread(model, words::journal_lost());
    if model.not_saved.is_none() {
        let since_utc_ms = model.now.utc_ms;
        model.not_saved = Some(NotSaved { since_utc_ms, why: words::journal_lost().to_owned() });
    }
}

/// The lock was got, or another console has the session: then it is shown and not written.
pub(super) fn lock(model: &mut Model, session: SessionId, held: Result<(), Option<Holder>>, effects: &mut Vec<Effect>) {
    match &mut model.screen {
        Screen::Opening(Awaited::Entries { lock, .. }) => {
            *lock = Some(held);
            effects.push(Effect::Journal(Request::Load { session }));
        }
        Screen::Live(live) if live.session.session_id() == session => match (held, live.read_only.is_some()) {
            (_, true) if live.is_lost() => {}
            // The other console has ended: the session is read anew, for its last entries may not have come yet.
            (Ok(()), true) => {
                model.screen = Screen::Opening(Awaited::Entries { lock: Some(Ok(())), check_back: false });
                effects.push(Effect::Journal(Request::Load { session }));
            }
            (held, _) => live.read_only = held.err().map(ReadOnly::Held),
        },
        _ => {}
    }
}

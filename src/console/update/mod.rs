//! `update(model, now, msg) -> effects`: the only way in which the model changes. Timeouts are comparisons with `now`.

mod amend;
mod bang;
mod calling;
mod card;
mod check_back;
mod describe;
mod dose;
mod drug;
mod earlier;
mod emergency;
mod fault;
mod forms;
mod gate;
mod idle;
mod journal;
mod keys;
mod limits;
mod pages;
mod pin;
mod plan;
mod pump;
mod put_off;
mod record;
mod relief;
mod screening;
mod series;
mod session;
mod sign;
mod submit;
mod take_over;
mod told;
mod wall_clock;

pub(in crate::console) use bang::is_text as takes_bang;
pub(in crate::console) use drug::names as names_drug;
pub(in crate::console) use forms::people;
pub(in crate::console) use idle::asks as asks_pin_of;
pub(in crate::console) use screening::asks_of_self_harm;
pub(in crate::console) use sign::added as added_by;
pub(in crate::console) use submit::ago_ms;

use super::message::{Effect, Msg};
use super::model::{Live, Model, Notice, Overlay, Page, Screen};
use crate::guidance::Guidance;
use crate::journal::Request;
use crate::protocol::Priority;
use crate::session::{Actor, AwayCause, Command, SECOND_MS, Stamp};

/// A notice stays so long, ms.
const NOTICE_MS: i64 = 8 * SECOND_MS;
/// The first screen lists sessions opened within this, ms: today, and an evening before a night.
const LISTED_MS: i64 = 24 * 60 * 60 * SECOND_MS;
/// A wall clock that steps by more than this is recorded, ms.
const STEP_MS: i64 = 2 * SECOND_MS;
/// The most keys that are kept while a session is being opened.
const AHEAD_KEYS: usize = 256;
/// So many ticks without one: the machine slept or the program was stopped.
const AWAY_TICKS: i64 = 5;
/// A bound on what the console records by itself in one message: rules that raised each other for ever would hang it.
const OWN_COMMANDS: usize = 256;

/// The first orders: list the sessions.
#[must_use]
pub fn start(model: &Model) -> Vec<Effect> {
    vec![Effect::Journal(list(model))]
}

fn list(model: &Model) -> Request {
    Request::List { since: model.now.utc_ms - LISTED_MS }
}

/// One message, and what follows from it.
pub fn update(model: &mut Model, now: Stamp, msg: Msg) -> Vec<Effect> {
    let mut effects = take(model, now, msg);
    settle(model, &mut effects);
    effects
}

/// One message, without the guidance: what was entered can be on its way to the disk while `settle` works that out.
pub fn take(model: &mut Model, now: Stamp, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    let before = std::mem::replace(&mut model.now, now);
    // A console from which the session was taken while it stood still has nothing to record of that.
    if !matches!(msg, Msg::LostTo(..)) {
        notice_clocks(model, &before, &mut effects);
    }
    model.changed |= !matches!(msg, Msg::Tick) || is_new_second(model, &before);
    if matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Click(..)) {
        idle::key_pressed(model);
    } else {
        idle::tick(model, &mut effects);
    }
    match msg {
        // A session that another console writes is followed.
        Msg::Tick => {
            bang::tick(model, &mut effects);
            if model.changed {
                effects.extend(pages::follow(model));
            }
        }
        Msg::Key(_) if bang::was_for_the_text(model) => {}
        Msg::Key(key) if is_awaited(model) && !pin::is_heard_while_checked(model, &key) => {
            if model.ahead.len() < AHEAD_KEYS {
                model.ahead.push_back(key);
            }
        }
        Msg::Key(key) => keys::key(model, &key, &mut effects),
        Msg::Paste(text) => keys::paste(model, &text),
        Msg::Click(column, row) => keys::click(model, column, row, &mut effects),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Journal(reply) => journal::reply(model, reply, &mut effects),
        Msg::JournalLost => journal::lost(model),
        Msg::Lock(session, held) => journal::lock(model, session, held, &mut effects),
        Msg::LostTo(session, holder) => take_over::lost_to(model, session, holder, &mut effects),
        Msg::LockFree(session, is_free) => take_over::probed(model, session, is_free),
        Msg::Unguarded(is_unguarded) => {
            if let Some(live) = model.live_mut() {
                live.is_unguarded = is_unguarded;
            }
        }
        Msg::Pins(read) => pin::read(model, read),
        Msg::PinChecked(person, right) => pin::checked(model, &person, right, &mut effects),
        Msg::Card(order, kept) => card::kept(model, &order, kept, &mut effects),
        Msg::CardPrinted(at_printer) => card::printed(model, &at_printer, &mut effects),
        Msg::Patient(moment) => model.patient = moment,
    }
    while !is_awaited(model)
        && let Some(key) = model.ahead.pop_front()
    {
        keys::key(model, &key, &mut effects);
    }
    if model.notice.as_ref().is_some_and(|notice| now.boot_ms - notice.said_boot_ms > NOTICE_MS) {
        let standing = model.standing.clone();
        model.changed |= model.notice.as_ref().map(|notice| &notice.text) != standing.as_ref();
        model.notice = standing.map(|text| Notice { text, said_boot_ms: now.boot_ms });
    }
    effects
}

/// Whether a session is being opened, or a PIN is being checked: keys are read when that is done.
fn is_awaited(model: &Model) -> bool {
    matches!(model.screen, Screen::Opening(_)) || pin::is_checking(model)
}

/// Whether a clock on the screen shows another second (in a session) or another minute (on the first screen).
fn is_new_second(model: &Model, before: &Stamp) -> bool {
    let unit = if model.live().is_some() { SECOND_MS } else { 60 * SECOND_MS };
    let wall = model.now.utc_ms.div_euclid(unit) != before.utc_ms.div_euclid(unit);
    wall || model.now.boot_ms.div_euclid(unit) != before.boot_ms.div_euclid(unit)
}

/// A step of the wall clock, a sleep of the machine: each becomes an entry.
fn notice_clocks(model: &mut Model, before: &Stamp, effects: &mut Vec<Effect>) {
    let now = model.now;
    if now.wall_step_ms(before).abs() > STEP_MS {
        // What was said of the clock was said of another time.
        model.wall_is_right = None;
    }
    let Some(live) = model.live() else { return };
    if live.is_over() || live.read_only.is_some() {
        return;
    }
    let away_ms = now.since_ms(before);
    let by_ms = now.wall_step_ms(before);
    if away_ms > AWAY_TICKS * model.settings.tick_ms {
        own(model, &Command::ReturnConsole { cause: AwayCause::Suspended, away_ms }, effects);
    }
    if by_ms.abs() > STEP_MS {
        own(model, &Command::StepClock { by_ms }, effects);
    }
}

/// Works out the guidance anew and records what the console itself must: prompts that appear, marks that passed. Belongs
/// after each message, before the screen is drawn.
pub fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    let mut is_high = false;
    for _ in 0..OWN_COMMANDS {
        // One that is refused (a mark that is missed in a signed record) must not keep the others out.
        let taken = own_commands(model).into_iter().find(|command| own(model, command, effects));
        let Some(command) = taken else { break };
        is_high |= matches!(command, Command::RaisePrompt { priority: Priority::High, .. });
    }
    // Once for each message that raises a high alarm, each time it comes back; a bell that went on would be noise.
    if is_high && model.settings.bell {
        effects.push(Effect::Bell);
    }
    let (now_boot_ms, is_covered) = (model.now.boot_ms, !model.overlays.is_empty());
    if let Some(live) = model.live_mut() {
        live.settle_top(is_covered, now_boot_ms);
    }
    wall_clock::ask(model);
    earlier::ask(model, effects);
}

fn own_commands(model: &mut Model) -> Vec<Command> {
    let (now, zone) = (model.now, model.settings.zone.clone());
    let Some(live) = model.live_mut() else { return Vec::new() };
    live.guidance = Guidance::of(&live.protocol, &live.session, &zone, live.session.at(&now));
    if live.read_only.is_some() {
        return Vec::new();
    }
    live.guidance.own_commands()
}

/// Records a command of the console's own. Says whether it was taken.
fn own(model: &mut Model, command: &Command, effects: &mut Vec<Effect>) -> bool {
    let observed_at = model.now.utc_ms;
    record::write(model, command, observed_at, Actor::console(), effects).is_ok()
}

impl Live {
    /// Notes what is drawn on top. A prompt that was passed over stays passed over only while the queue is the same.
    fn settle_top(&mut self, is_covered: bool, now_boot_ms: i64) {
        if self.queue().len() == 0 {
            self.top.passed = 0;
        }
        // Another prompt at the head of the queue brings it back to its beginning: worst first.
        let first = self.guidance.prompts.open.first().map(|prompt| prompt.id.clone());
        if first != self.top.first {
            self.top.passed = 0;
            self.top.first = first;
        }
        let top = self.drawn().map(|prompt| prompt.id.clone());
        self.top.settle(top, is_covered || self.shown_page() != Page::Main, now_boot_ms);
    }
}

/// Opens an overlay in the place of the one that is open: never two deep.
fn open(model: &mut Model, overlay: Overlay) {
    model.overlays.clear();
    model.overlays.push(overlay);
}

/// The first screen, with a fresh list. The list counts as come: only a console that has just started opens a running
/// session by itself, or nobody could leave one that is read only.
fn to_first(model: &mut Model, effects: &mut Vec<Effect>) {
    model.overlays.clear();
    // They were meant for the session that could not be opened.
    model.ahead.clear();
    model.screen = Screen::First(super::model::First { mark: 0, listed: true });
    effects.push(Effect::Unlock);
    effects.push(Effect::Journal(list(model)));
}

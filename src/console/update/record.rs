//! From a command to an entry: decide, stamp, fold, send to the journal. The one place where entries are made.

use super::super::message::Effect;
use super::super::model::{Model, Overlay};
use crate::journal::Request;
use crate::protocol::Protocol;
use crate::session::{Actor, Command, Context, Entry, OwedReason, Refusal, Scribe, Session, Stamp, decide};
use crate::words;

/// Records what the sitter wants, observed at the first key (or at the time of a late entry). A refusal is said, and
/// what was typed stays where it is. Says the sequence number of the entry.
pub(super) fn by_sitter(
    model: &mut Model,
    command: &Command,
    first_key: &Stamp,
    effects: &mut Vec<Effect>,
) -> Result<u64, String> {
    by(model, command, None, first_key, effects)
}

/// As `by_sitter`, for an act of somebody else's: a clinician's own decision.
pub(super) fn by(
    model: &mut Model,
    command: &Command,
    actor: Option<Actor>,
    first_key: &Stamp,
    effects: &mut Vec<Effect>,
) -> Result<u64, String> {
    let now = model.now;
    let named = match command {
        // Signing on is the first thing that the next sitter does.
        Command::SignOn { sitter, .. } => Some(sitter.clone()),
        Command::Sign { by, .. } => Some(by.clone()),
        // On the day after somebody else may ask than who sat.
        Command::CheckBack(back) => Some(super::forms::person(model, &back.by)),
        _ => None,
    };
    let Some(live) = model.live_mut() else { return Err(String::new()) };
    if let Some(why) = live.only_reads() {
        return Err(words::unavailable(why).to_owned());
    }
    let late = live.late.filter(|_| happened(command));
    let observed_at = late.unwrap_or_else(|| now.utc_ms - now.since_ms(first_key));
    let named = actor.filter(|_| !live.session.is_signed()).or(named);
    let is_named = named.is_some();
    let actor = match (named, &live.author) {
        (Some(named), _) => named,
        // Whoever sat then may be somewhere else now.
        (None, Some(author)) if live.session.is_signed() => author.clone(),
        (None, None) if live.session.is_signed() => return Err(words::record_is_signed().to_owned()),
        _ => live.session.keeper().clone(),
    };
    let while_locked = !is_named && super::idle::asks(model).is_some();
    let by = By { actor, while_locked };
    let seq = write_by(model, command, observed_at, by, effects).map_err(|refusal| words::refusal(&refusal))?;
    if let Some(live) = model.live_mut() {
        if late.is_some() {
            live.late = None;
        }
        live.one = None;
        // A digit after an entry answers no prompt by accident: what is on top must be read anew, worst first.
        live.top.passed = 0;
        live.top.shown = None;
    }
    Ok(seq)
}

/// Whether a command tells of something that happened to the patient, and may have happened before. What is done to the
/// record or to the screen is done now: an alarm acknowledged "20 min ago" would stand before it was raised.
const fn happened(command: &Command) -> bool {
    matches!(
        command,
        Command::Pump(_)
            | Command::Extend(_)
            | Command::Observe(_)
            | Command::Vitals { .. }
            | Command::Comfort(_)
            | Command::Drug(_)
            | Command::Note { .. }
            | Command::Call { .. }
            | Command::Ready
            | Command::StepOut
            | Command::ComeBack
            | Command::Leave(_)
            | Command::CloseWithoutInfusion { .. }
    )
}

/// As `by_sitter`, with the refusal said on the screen, and what the entry asks for next.
pub(super) fn record(
    model: &mut Model,
    command: &Command,
    first_key: &Stamp,
    effects: &mut Vec<Effect>,
) -> Option<u64> {
    match by_sitter(model, command, first_key, effects) {
        Ok(seq) => {
            ask_about(model, seq);
            Some(seq)
        }
        Err(sentence) => {
            model.say(sentence);
            None
        }
    }
}

/// Who makes an entry.
struct By {
    actor: Actor,
    /// Names are hidden until the sitter's PIN, and nobody else was named.
    while_locked: bool,
}

/// Decides, stamps, folds and sends.
pub(super) fn write(
    model: &mut Model,
    command: &Command,
    observed_at: i64,
    actor: Actor,
    effects: &mut Vec<Effect>,
) -> Result<u64, Refusal> {
    write_by(model, command, observed_at, By { actor, while_locked: false }, effects)
}

fn write_by(
    model: &mut Model,
    command: &Command,
    observed_at: i64,
    by: By,
    effects: &mut Vec<Effect>,
) -> Result<u64, Refusal> {
    let now = model.now;
    let super::super::model::Screen::Live(live) = &mut model.screen else { return Err(Refusal::NotOwed) };
    let of = (&live.session, &live.protocol);
    let entry = decided(&mut model.scribe, of, &now, command, observed_at, by.actor)?;
    let entry = if by.while_locked { entry.made_while_locked() } else { entry };
    let seq = entry.seq();
    live.session.apply(entry.clone());
    live.take_protocol(&model.settings.protocol);
    model.changed = true;
    match effects.last_mut() {
        // What one message makes goes to the journal together.
        Some(Effect::Journal(Request::Append(entries))) => entries.push(entry),
        _ => effects.push(Effect::Journal(Request::Append(vec![entry]))),
    }
    Ok(seq)
}

/// Decides and stamps, and does no more: the entry is nowhere yet.
pub(super) fn decided(
    scribe: &mut Scribe,
    (session, protocol): (&Session, &Protocol),
    now: &Stamp,
    command: &Command,
    observed_at: i64,
    actor: Actor,
) -> Result<Entry, Refusal> {
    let event = decide(&Context { session, protocol, observed_at, now }, command)?;
    Ok(scribe.write(session, event, actor, observed_at, now))
}

/// What an entry asks the sitter next: an unlikely value is asked about once, a reason that is owed is asked for.
pub(super) fn ask_about(model: &mut Model, seq: u64) {
    // In an emergency nothing is asked: it stays owed, and b asks afterwards.
    let Some(live) = model.live().filter(|live| live.session.state().emergency().is_none()) else { return };
    let unlikely = live.session.state().unconfirmed.contains(&seq);
    let owed = live.session.state().owed.iter().find(|owed| owed.about == seq).copied();
    if unlikely {
        super::open(model, Overlay::AsRead(seq));
    } else if let Some(owed) = owed {
        super::open(model, Overlay::Reason(owed, model.now.boot_ms));
    }
}

/// The reason that is owed first, the newest entry first.
pub(super) fn next_owed(model: &Model) -> Option<OwedReason> {
    model.live()?.session.state().owed.iter().max_by_key(|owed| owed.about).copied()
}

/// What `b` asks: an unlikely value that was put off comes before a reason that is owed.
pub(super) fn ask_what_is_open(model: &mut Model) {
    let unconfirmed = model.live().and_then(|live| live.session.state().unconfirmed.last().copied());
    if let Some(seq) = unconfirmed {
        super::open(model, Overlay::AsRead(seq));
    } else if let Some(owed) = next_owed(model) {
        // Asked for: no digit of another meaning can be on its way.
        super::open(model, Overlay::Reason(owed, i64::MIN / 2));
    }
}

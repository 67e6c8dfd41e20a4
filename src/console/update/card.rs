//! The card that the patient takes home: it is written by the shell, and recorded once it is there. What becomes of it at the
//! printer is heard afterwards: no entry waits for a printer.

use super::super::message::{CardAtPrinter, CardKept, CardOrder, Effect, NotPrinted};
use super::super::model::{CardWork, Model};
use super::super::sheet::{card_now, no_card};
use super::journal::log;
use super::record::record;
use crate::session::access::Act;
use crate::session::{CardMade, Command};
use crate::words;

/// Asks for the card to be written, with the times that stand on it now. One at a time: the number of a card, and with it its
/// file, follows from those that are recorded.
pub(super) fn make(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(live) = model.live() else { return };
    if live.card != CardWork::None {
        return work(model, CardWork::Another, words::card_after_this());
    }
    let card = match card_now(model, live) {
        Ok(card) => card,
        Err(why) => {
            let why = no_card(&why, live);
            model.say(why);
            return;
        }
    };
    let Some(times) = live.session.card_times(&live.protocol) else { return };
    let version = live.session.card_version(&live.protocol);
    // Numbers of sessions come again every year.
    let opened = live.session.opening_entry().fields.recorded_at;
    let year = model.settings.zone.local(opened).format("%Y");
    let stem = format!("{year}-{}-card-{version}", live.session.opening().number);
    let order = CardOrder { session: live.session.session_id(), stem, card, version, times };
    effects.push(Effect::MakeCard(Box::new(order)));
    let said = super::super::sheet::blank_numbers(model).unwrap_or_else(words::card_being_made);
    work(model, CardWork::Writing, said);
}

fn work(model: &mut Model, work: CardWork, said: &str) {
    if let Some(live) = model.live_mut() {
        live.card = work;
    }
    model.say(said);
}

/// The card is there, or not. Another that was asked for meanwhile is made now.
pub(super) fn kept(model: &mut Model, order: &CardOrder, kept: Result<CardKept, String>, effects: &mut Vec<Effect>) {
    let is_here = model.live().is_some_and(|live| live.session.session_id() == order.session);
    let work = if is_here { model.live_mut().map(|live| std::mem::take(&mut live.card)) } else { None };
    match kept {
        Err(why) => model.say_until_key(words::card_not_written(&why)),
        Ok(_) if !is_here => model.say(words::card_of_another_session()),
        Ok(kept) => {
            let is_pdf = std::path::Path::new(&kept.file).extension().is_some_and(|ending| ending == "pdf");
            let format = if is_pdf { "pdf" } else { "text" };
            log(model, Act::CardPrinted { format: format.to_owned() }, None, effects);
            let made = CardMade { version: order.version, times: order.times, file: kept.file, printed: false };
            let (now, written) = (model.now, words::card_written(&made, kept.is_printing));
            // First: the file's name may be long, and it is read before the card is given away.
            let blank = super::super::sheet::blank_numbers(model).map(|blank| format!("{blank} ")).unwrap_or_default();
            let said = format!("{blank}{written}");
            if record(model, &Command::MakeCard(Box::new(made)), &now, effects).is_some() {
                model.say(said);
            }
        }
    }
    if work == Some(CardWork::Another) {
        make(model, effects);
    }
}

/// What became of it at the printer. Only that the printer took it is a fact of the record.
pub(super) fn printed(model: &mut Model, card: &CardAtPrinter, effects: &mut Vec<Effect>) {
    let (version, file) = (card.version, card.file.as_str());
    let failed = match &card.printed {
        Ok(()) => None,
        Err(NotPrinted::NoAnswer { after_s }) => Some(words::printer_silent(version, *after_s, file)),
        Err(NotPrinted::Failed(why)) => Some(words::printer_failed(version, why, file)),
    };
    let is_here = model.live().is_some_and(|live| live.session.session_id() == card.session);
    if is_here && card.printed.is_ok() {
        // The console noticed it, whoever sits there by now.
        super::own(model, &Command::CardPrinted { version }, effects);
    }
    if let Some(said) = failed {
        model.say_until_key(said);
    } else {
        model.standing = None;
        model.say(words::card_printed(version, file));
    }
}

//! The card that the patient takes home: it is written by the shell, and recorded once it is there.

use super::super::message::{CardKept, CardOrder, Effect};
use super::super::model::Model;
use super::super::sheet::{card_now, no_card};
use super::journal::log;
use super::record::record;
use crate::session::access::Act;
use crate::session::{CardMade, Command};
use crate::words;

/// Asks for the card to be written, with the times that stand on it now.
pub(super) fn make(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(live) = model.live() else { return };
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
    model.say(words::card_being_made());
}

/// The card is there, or not.
pub(super) fn kept(model: &mut Model, order: &CardOrder, kept: Result<CardKept, String>, effects: &mut Vec<Effect>) {
    let kept = match kept {
        Ok(kept) => kept,
        Err(why) => return model.say(words::card_not_written(&why)),
    };
    if model.live().is_none_or(|live| live.session.session_id() != order.session) {
        return model.say(words::card_of_another_session());
    }
    let failed = kept.printed.as_ref().and_then(|printed| printed.as_ref().err()).cloned();
    let printed = matches!(kept.printed, Some(Ok(())));
    let format = if kept.file.ends_with(".pdf") { "pdf" } else { "text" };
    log(model, Act::CardPrinted { format: format.to_owned() }, None, effects);
    let made = CardMade { version: order.version, times: order.times, file: kept.file, printed };
    let (now, said) = (model.now, words::card_written(&made, failed.as_deref()));
    if record(model, &Command::MakeCard(Box::new(made)), &now, effects).is_some() {
        model.say(said);
    }
}

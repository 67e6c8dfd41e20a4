//! The patient's earlier visits: asked of the journal when a session is shown, and again when its patient is described anew.
//! One patient's visits never show in another's: what comes is judged once more against who is on the screen.

use super::super::message::Effect;
use super::super::model::{Earlier, Live, Model};
use super::record;
use crate::guidance::EarlierVisit;
use crate::journal::{OfPatient, Request};
use crate::session::{
    Actor, Command, Description, Doubt, Identity, Likeness, SECOND_MS, Session, SessionId, description_doubts,
};

/// What could not be looked up is asked again after this, ms.
const AGAIN_MS: i64 = 30 * SECOND_MS;

/// Asks, where the patient on the screen is another than the one last asked for. What was known of that one goes at once.
/// Asks again where the journal could not answer.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let now_ms = model.now.boot_ms;
    let Some(live) = model.live_mut() else { return };
    let who = Identity::of(&live.session.state().description);
    let waits = live.earlier.failed.as_ref().is_none_or(|failed| now_ms - failed.at_boot_ms < AGAIN_MS);
    if live.earlier.asked_for.as_ref() == Some(&who) && waits {
        return;
    }
    let again = live.earlier.failed.take().filter(|_| live.earlier.asked_for.as_ref() == Some(&who));
    live.earlier = Earlier {
        asked_for: Some(who.clone()),
        failed: again.map(|failed| failed.asked_again(now_ms)),
        ..Earlier::default()
    };
    // While the visit lasts every other one of this patient is an earlier one, whatever the clock said when it was opened.
    let before = live.is_over().then(|| live.session.opening_entry().fields.recorded_at);
    effects.push(Effect::Journal(Request::Earlier { session: live.session.session_id(), who: Box::new(who), before }));
}

/// The journal could not answer: said where they would stand, and asked again.
pub(super) fn failed(model: &mut Model, session: SessionId, who: &Identity, why: &str) {
    let at_boot_ms = model.now.boot_ms;
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    if live.earlier.asked_for.as_ref() == Some(who) {
        live.earlier.failed = Some(super::super::earlier::Failed { at_boot_ms, why: why.to_owned() });
        model.changed = true;
    }
}

/// They have come.
pub(super) fn found(model: &mut Model, session: SessionId, found: OfPatient, effects: &mut Vec<Effect>) {
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    if live.earlier.asked_for.as_ref() != Some(&found.who) {
        return;
    }
    let opened_at = live.session.opening_entry().fields.recorded_at;
    let mut earlier = Earlier { asked_for: Some(found.who.clone()), perhaps: found.perhaps, ..Earlier::default() };
    earlier.unreadable = found.unreadable;
    for entries in found.sessions {
        match Session::replay(entries).map(|session| EarlierVisit::of(&session)) {
            Ok(mut visit) if found.who.likeness(&visit.who) == Likeness::Same => {
                visit.clock_ahead = visit.opened_utc_ms >= opened_at;
                earlier.visits.push(visit);
            }
            Ok(_) => {}
            Err(_) => earlier.unreadable += 1,
        }
    }
    live.earlier = earlier;
    model.changed = true;
    doubt_weight(model, effects);
}

/// A weight that was typed before the last visit's was known is looked at now: stored at once with what it was compared with,
/// unconfirmed, and asked about where nothing else has the keys.
fn doubt_weight(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(described) = model.live().and_then(doubted) else { return };
    let (now_ms, command) = (model.now.utc_ms, Command::Describe(Box::new(described)));
    let written = record::write(model, &command, now_ms, Actor::console(), effects);
    if let (Ok(seq), true) = (written, model.overlays.is_empty()) {
        record::ask_about(model, seq);
    }
}

/// The description with the last visit's weight beside its own, where that makes its own unlikely.
fn doubted(live: &Live) -> Option<Description> {
    let was = &live.session.state().description;
    let last = live.earlier.last_weight()?;
    if live.is_over() || live.read_only.is_some() || was.weight_g.is_none() || was.last_weight_g == Some(last) {
        return None;
    }
    let described = Description { last_weight_g: Some(last), doubts: Vec::new(), ..was.clone() };
    let doubts = description_doubts(&described);
    doubts.iter().any(|doubt| matches!(doubt, Doubt::WeightChanged | Doubt::Pounds)).then_some(described)
}

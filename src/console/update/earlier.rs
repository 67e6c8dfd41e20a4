//! The patient's earlier visits: asked of the journal when a session is shown, and again when its patient is described anew.
//! One patient's visits never show in another's: what comes is judged once more against who is on the screen.

use super::super::message::Effect;
use super::super::model::{Earlier, Model};
use crate::guidance::EarlierVisit;
use crate::journal::{OfPatient, Request};
use crate::session::{Identity, Likeness, Session, SessionId};

/// Asks, where the patient on the screen is another than the one last asked for. What was known of that one goes at once.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(live) = model.live_mut() else { return };
    let who = Identity::of(&live.session.state().description);
    if live.earlier.asked_for.as_ref() == Some(&who) {
        return;
    }
    live.earlier = Earlier { asked_for: Some(who.clone()), ..Earlier::default() };
    let before = live.session.opening_entry().fields.recorded_at;
    effects.push(Effect::Journal(Request::Earlier { session: live.session.session_id(), who: Box::new(who), before }));
}

/// They have come.
pub(super) fn found(model: &mut Model, session: SessionId, found: OfPatient) {
    let Some(live) = model.live_mut().filter(|live| live.session.session_id() == session) else { return };
    if live.earlier.asked_for.as_ref() != Some(&found.who) {
        return;
    }
    let mut earlier = Earlier { asked_for: Some(found.who.clone()), perhaps: found.perhaps, ..Earlier::default() };
    earlier.unreadable = found.unreadable;
    for entries in found.sessions {
        match Session::replay(entries).map(|session| EarlierVisit::of(&session)) {
            Ok(visit) if found.who.likeness(&visit.who) == Likeness::Same => earlier.visits.push(visit),
            Ok(_) => {}
            Err(_) => earlier.unreadable += 1,
        }
    }
    live.earlier = earlier;
    model.changed = true;
}

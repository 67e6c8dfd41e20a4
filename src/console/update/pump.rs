//! The infusion: each act is confirmed by a form that also takes "so many minutes ago".

use super::super::action::Action;
use super::super::form::FormKind;
use super::super::message::Effect;
use super::super::model::Model;
use super::forms::show;
use super::record::record;
use crate::session::{Command, PumpAct};
use crate::words;

/// Carries out a key of the infusion menu.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let kind = match action {
        Action::Start => FormKind::Pump(PumpAct::Start),
        Action::Pause => FormKind::Pump(PumpAct::Pause),
        Action::Resume => FormKind::Pump(PumpAct::Resume),
        Action::End => FormKind::Pump(PumpAct::End),
        Action::Rate => FormKind::Rate,
        Action::Extend => FormKind::Extend,
        Action::StillRunning => {
            let now = model.now;
            model.overlays.clear();
            record(model, &Command::StillRunning, &now, effects);
            return;
        }
        _ => return,
    };
    let known = model.live().is_some_and(|live| live.session.state().infusion.rate.is_some());
    let labels = match kind {
        FormKind::Rate if known => words::rate_labels_known(),
        FormKind::Rate => words::rate_labels(),
        FormKind::Extend => words::extend_labels(),
        _ => words::pump_labels(),
    };
    show(model, kind, labels);
}

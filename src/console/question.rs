//! Titles of forms, and what is asked before something that is not taken back lightly.

use super::form::FormKind;
use super::model::{Confirm, Model};
use crate::words;

/// The title of a form.
#[must_use]
pub fn form_title(model: &Model, kind: &FormKind) -> String {
    match kind {
        FormKind::NewSession => words::title_new_session(&model.settings.protocol.name),
        FormKind::Pump(act) => words::pump_title(act),
        FormKind::Amend { about } | FormKind::AmendTime { about } => words::title_amend(*about, &said(model, *about)),
        FormKind::Withdraw { about } => words::title_withdraw(*about, &said(model, *about)),
        FormKind::Reason { about, .. } => words::title_reason(*about, &said(model, *about)),
        FormKind::GateName { item } | FormKind::GateOverride { item } => {
            let live = model.live();
            let say = live.and_then(|live| live.protocol.gate.iter().find(|known| known.id == *item));
            words::title_gate(say.map_or("", |item| item.say.as_str()), matches!(kind, FormKind::GateOverride { .. }))
        }
        FormKind::Drug => {
            let description = model.live().map(|live| live.session.state().description.clone()).unwrap_or_default();
            words::title_drug(description.allergies.as_deref())
        }
        FormKind::Vitals => words::title_vitals().to_owned(),
        FormKind::Note => words::title_note().to_owned(),
        FormKind::Identity => words::title_identity().to_owned(),
        FormKind::Rate => words::title_rate().to_owned(),
        FormKind::Extend => words::title_extend().to_owned(),
        FormKind::Late => words::title_late().to_owned(),
        FormKind::Transferred => words::title_transferred().to_owned(),
        FormKind::CloseWithout => words::title_close().to_owned(),
    }
}

fn said(model: &Model, about: u64) -> String {
    let row = model.live().and_then(|live| live.session.row(about));
    row.map(|row| words::event(row.event)).unwrap_or_default()
}

/// What is asked.
#[must_use]
pub fn lines(model: &Model, confirm: &Confirm, unsaved: u64) -> Vec<String> {
    match confirm {
        Confirm::LeaveConsole => {
            let over = model.live().is_some_and(super::model::Live::is_over);
            words::leave_console_question(over, unsaved)
        }
        Confirm::Leave(how) => {
            let Some(live) = model.live() else { return Vec::new() };
            let open = live.guidance.gate.iter().filter(|item| !item.is_settled()).map(|item| item.say.clone());
            words::leave_question(how, &open.collect::<Vec<_>>(), live.guidance.after.is_none())
        }
    }
}

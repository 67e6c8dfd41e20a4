//! Limits for this patient, and another protocol: what a named person decides about the rules of this session.

use std::collections::BTreeMap;

use super::super::action::Action;
use super::super::available::no_alarm_is_open;
use super::super::form::{Field, Form, FormKind};
use super::super::model::{Live, Model, Overlay};
use super::fault::{Fault, InField};
use super::{forms, open};
use crate::protocol::{LimitKind, Vital};
use crate::session::{Command, LimitsSet, ProtocolCopy, limits_standing};
use crate::words;

/// Carries out a key of preparation, or of the menu of vital signs.
pub(super) fn act(model: &mut Model, action: Action) {
    match action {
        Action::Menu(menu) => {
            let first_key = super::session::first_key(model);
            open(model, Overlay::Keys(menu, first_key));
        }
        Action::LimitsOf(vital) => show_limits(model, vital),
        Action::AcceptProtocol => forms::show(model, FormKind::AcceptProtocol, words::accept_labels()),
        _ => {}
    }
}

/// The limits of a vital sign that can be changed: those that the protocol has.
fn kinds(live: &Live, vital: Vital) -> Vec<(LimitKind, u16)> {
    let usual = live.protocol.limits.get(&vital).copied().unwrap_or_default();
    LimitKind::ALL.into_iter().filter_map(|kind| Some((kind, usual.get(kind)?))).collect()
}

/// The form: what the protocol says stands in the label of each field, never in it.
fn show_limits(model: &mut Model, vital: Vital) {
    let Some(live) = model.live() else { return };
    let usual = live.protocol.limits.get(&vital).copied().unwrap_or_default();
    let now = limits_standing(&live.session.state().limits_set, usual, vital, live.session.at(&model.now));
    let labels: Vec<String> = kinds(live, vital)
        .into_iter()
        .map(|(kind, protocol)| words::limit_label(kind, protocol, now.get(kind).unwrap_or(protocol)))
        .collect();
    forms::show(model, FormKind::Limits(vital), words::limit_fields());
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        let limits = labels.into_iter().map(|label| Field::new(label, words::limit_hint()));
        form.fields.splice(0..0, limits);
    }
}

/// What was typed, as a command; or why it cannot be read.
pub(super) fn set(model: &Model, form: &Form, vital: Vital) -> Result<Command, Fault> {
    let Some(live) = model.live() else { return Err(String::new().into()) };
    let kinds = kinds(live, vital);
    let mut limits = BTreeMap::new();
    for (index, (kind, _)) in kinds.iter().enumerate() {
        let Some(typed) = form.optional(index) else { continue };
        let value = typed.parse().map_err(|_| words::limit_fault(words::limit_name(*kind))).in_field(index)?;
        limits.insert(*kind, value);
    }
    let by = forms::clinician(model, &super::submit::required(form, kinds.len())?).name;
    let reason = super::submit::required(form, kinds.len() + 1)?;
    Ok(Command::SetLimits(Box::new(LimitsSet { vital, limits, by, reason })))
}

/// The room's protocol, accepted by whoever is named. Not while an alarm is open, which another protocol may not know.
pub(super) fn accept(model: &Model, form: &Form) -> Result<Command, Fault> {
    no_alarm_is_open(model).map_err(|why| words::unavailable(why).to_owned())?;
    let by = forms::clinician(model, &super::submit::required(form, 0)?).name;
    let protocol = Box::new(ProtocolCopy::of(&model.settings.protocol));
    Ok(Command::AcceptProtocol { protocol, by })
}

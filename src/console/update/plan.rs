//! The comfort plan: one key on from the identity form, and what its fields mean.

use super::super::form::{Form, FormKind};
use super::super::model::{Model, Overlay};
use super::fault::{Fault, InField};
use super::forms::show;
use crate::session::{ComfortPlan, Wish};
use crate::words;

/// The field that takes yes or no.
const NOTES: usize = 5;

/// The form: what is known stands beside each field, never in it; what is not was not asked.
pub(super) fn open(model: &mut Model) {
    show(model, FormKind::ComfortPlan, words::comfort_plan_labels());
    let Some(known) = model.live().map(|live| words::known_of_plan(&live.session.state().comfort)) else { return };
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        let hints: Vec<_> = form.fields.iter().map(|field| words::not_asked_yet(&field.hint)).collect();
        let beside = |(known, hint): (Option<String>, String)| known.map_or(hint, |known| words::now_known(&known));
        form.hint(known.into_iter().zip(hints).map(|both| Some(beside(both))));
    }
}

/// What was typed. What is left empty stays as it was.
pub(super) fn typed(model: &Model, form: &Form) -> Result<ComfortPlan, Fault> {
    let was = model.live().map(|live| live.session.state().comfort.clone()).unwrap_or_default();
    Ok(ComfortPlan {
        touch: wish(form, 0)?.or(was.touch),
        music: wish(form, 1)?.or(was.music),
        light: wish(form, 2)?.or(was.light),
        words: form.optional(3).or(was.words),
        intention: form.optional(4).or(was.intention),
        notes: notes(form).in_field(NOTES)?.or(was.notes),
    })
}

fn wish(form: &Form, field: usize) -> Result<Option<Wish>, Fault> {
    let read = form.optional(field).map(|typed| Wish::read(&typed)).transpose();
    let label = form.fields.get(field).map_or("", |field| field.label.as_str());
    read.map_err(|_| words::wish_fault(label)).in_field(field)
}

fn notes(form: &Form) -> Result<Option<bool>, String> {
    match form.optional(NOTES).map(|typed| Wish::read(&typed)).transpose() {
        Ok(None) => Ok(None),
        Ok(Some(Wish::Yes)) => Ok(Some(true)),
        Ok(Some(Wish::No)) => Ok(Some(false)),
        Ok(Some(Wish::As(_))) | Err(_) => Err(words::notes_fault().to_owned()),
    }
}

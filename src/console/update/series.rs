//! The series: its page, the scores of this visit, psychotherapy by its date.

use super::super::action::Action;
use super::super::form::{Form, FormKind};
use super::super::model::{Model, Page};
use super::fault::{Fault, InField};
use super::forms::show;
use super::submit::required;
use crate::session::{Command, Scores};
use crate::words;

/// Shows the page.
pub(super) fn open(model: &mut Model) {
    model.overlays.clear();
    if let Some(live) = model.live_mut() {
        live.page = Page::Series(0);
    }
}

/// Carries out a key of the page.
pub(super) fn act(model: &mut Model, action: Action) {
    match action {
        Action::Scores => show(model, FormKind::Scores, words::scores_labels()),
        Action::Psychotherapy => show(model, FormKind::Psychotherapy, words::psychotherapy_labels()),
        _ => {}
    }
}

/// The scores that were typed.
pub(super) fn scores(form: &Form) -> Result<Command, Fault> {
    let scores =
        Scores { phq9: score(form, 0)?, phq9_item9: score(form, 1)?, gad7: score(form, 2)?, mood: score(form, 3)? };
    // The item is part of the total.
    if is_item_above_total(form) {
        return Err(words::item9_above_total().to_owned()).in_field(1);
    }
    Ok(Command::Score(scores))
}

fn is_item_above_total(form: &Form) -> bool {
    let typed = |field| form.optional(field).and_then(|typed| typed.parse::<i64>().ok());
    typed(0).zip(typed(1)).is_some_and(|(total, item)| item > total)
}

fn score<T: TryFrom<i64>>(form: &Form, field: usize) -> Result<Option<T>, Fault> {
    let Some(typed) = form.optional(field) else { return Ok(None) };
    let score = typed.parse::<i64>().ok().and_then(|score| score.try_into().ok());
    let label = form.fields.get(field).map_or("", |field| field.label.as_str());
    score.map(Some).ok_or_else(|| words::score_fault(label)).in_field(field)
}

/// A date that has been, not one to come.
pub(super) fn psychotherapy(model: &Model, form: &Form) -> Result<Command, Fault> {
    let typed = required(form, 0)?;
    let today = model.settings.zone.local(model.now.utc_ms).date_naive();
    let date = if typed.eq_ignore_ascii_case("today") {
        Some(today)
    } else {
        chrono::NaiveDate::parse_from_str(&typed, "%Y-%m-%d").ok().filter(|date| *date <= today)
    };
    let date = date.ok_or_else(|| words::psychotherapy_fault().to_owned())?;
    Ok(Command::NotePsychotherapy { date: date.format("%Y-%m-%d").to_string() })
}

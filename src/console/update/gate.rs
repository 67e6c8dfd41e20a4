//! Discharge: items of the gate, the clock times given, ready, left.

use super::super::action::Action;
use super::super::form::{Form, FormKind};
use super::super::message::Effect;
use super::super::model::{Confirm, Model, Overlay, Page};
use super::fault::Fault;
use super::forms::{self, show};
use super::record::record;
use super::session::confirm;
use super::submit::required;
use crate::guidance::Evidence;
use crate::session::{Command, GateAnswer, Leaving, Stamp, fold};
use crate::words;

/// Carries out a key of the gate or of the menu of leaving.
pub(super) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Met => met(model, effects),
        Action::NotMet => answer(model, GateAnswer::NotMet, effects),
        Action::Override => {
            if let Some(item) = marked(model) {
                show(model, FormKind::GateOverride { item }, words::override_labels());
            }
        }
        Action::Sheet(sheet) => super::open(model, Overlay::Sheet(sheet, 0)),
        Action::MakeCard => super::card::make(model, effects),
        Action::GiveGuidance => confirm(model, Confirm::GiveGuidance),
        // A time of its own, and not to be taken back by one key: asked as leaving is.
        Action::Ready => confirm(model, Confirm::Ready(model.now)),
        Action::Sign => super::sign::ask(model),
        Action::Menu(menu) => super::open(model, Overlay::Keys(menu, model.now)),
        Action::Discharged => confirm(model, Confirm::Leave(Leaving::Discharged)),
        Action::AgainstAdvice => confirm(model, Confirm::Leave(Leaving::AgainstAdvice)),
        Action::Transferred => show(model, FormKind::Transferred, words::transferred_labels()),
        Action::CloseWithout => show(model, FormKind::CloseWithout, words::close_labels()),
        _ => {}
    }
}

fn marked_index(model: &Model) -> Option<usize> {
    match model.live()?.page {
        Page::Gate(mark) => Some(mark),
        _ => None,
    }
}

fn marked(model: &Model) -> Option<String> {
    let mark = marked_index(model)?;
    model.live()?.guidance.gate.get(mark).map(|item| item.id.clone())
}

/// An item that names somebody asks for the name, unless it is the ride and the preparation holds it.
fn met(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mark) = marked_index(model) else { return };
    let Some(item) = model.live().and_then(|live| live.guidance.gate.get(mark)).cloned() else { return };
    match item.evidence {
        Evidence::Ride(Some(name)) => answer(model, GateAnswer::Met { name: Some(name) }, effects),
        _ if item.asks_name => {
            let (is_ride, labels) = match item.evidence {
                Evidence::Ride(_) => (true, words::name_labels()),
                Evidence::SelfHarm { .. } => (false, words::word_labels()),
                _ => (false, words::release_labels()),
            };
            show(model, FormKind::GateName { item: item.id, is_ride }, labels);
        }
        Evidence::Guidance { given: None, .. } | Evidence::Guidance { changed_since: true, .. } => {
            confirm(model, Confirm::GiveGuidance);
        }
        // Asked once; the person who looks knows more than the record.
        _ if item.against.is_some() => confirm(model, Confirm::MetAgainst),
        _ => answer(model, GateAnswer::Met { name: None }, effects),
    }
}

/// Records that the patient is ready, at the time of the key that said so.
pub(super) fn ready(model: &mut Model, first_key: &Stamp, effects: &mut Vec<Effect>) {
    record(model, &Command::Ready, first_key, effects);
}

/// The clinician whose word a form takes. The patient's own name is doubted once: the word is asked for, not whom it is about.
pub(super) fn clinician(model: &Model, form: &Form) -> Result<String, Fault> {
    let by = forms::named(model, form, &required(form, 0)?);
    let is_patient = model.live().is_some_and(|live| {
        let patient = &live.session.state().description;
        let names = [Some(patient.patient.as_str()), patient.code.as_deref()];
        names.into_iter().flatten().any(|name| fold(name) == fold(&by))
    });
    if is_patient && !form.is_doubted {
        return Err(Fault::doubt(0, words::patient_is_no_clinician(&by)));
    }
    Ok(by)
}

/// Records the answer to the marked item and goes to the next.
pub(super) fn answer(model: &mut Model, answer: GateAnswer, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some((item, against)) = marked_index(model)
        .and_then(|mark| model.live()?.guidance.gate.get(mark))
        // Who was named now answers the item that asks for a name.
        .map(|item| (item.id.clone(), item.against.filter(|_| !item.asks_name)))
    else {
        return;
    };
    if record(model, &Command::AnswerGate { item, answer, against }, &now, effects).is_some() {
        next_item(model);
    }
}

/// Marks the next item.
pub(super) fn next_item(model: &mut Model) {
    if let Some(live) = model.live_mut()
        && let Page::Gate(mark) = &mut live.page
        && *mark + 1 < live.guidance.gate.len()
    {
        *mark += 1;
    }
}

/// Records that the times were told, and answers the item that asks for it.
pub(super) fn give_guidance(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(live) = model.live() else { return };
    let Some(after) = live.guidance.after else {
        model.say(words::no_end_no_guidance());
        return;
    };
    let item = live.guidance.gate.iter().find(|item| matches!(item.evidence, Evidence::Guidance { .. }));
    let item = item.map(|item| item.id.clone());
    let no_driving_until = (!after.clinician_sets_driving).then_some(after.no_driving_until_utc_ms);
    // The gate of a signed record is closed; that the patient was told is added all the same.
    let item = item.filter(|_| !live.session.is_signed());
    if record(model, &Command::GiveGuidance { no_driving_until }, &now, effects).is_some()
        && let Some(item) = item
    {
        let is_marked = marked(model).is_some_and(|marked| marked == item);
        let answer = GateAnswer::Met { name: None };
        record(model, &Command::AnswerGate { item, answer, against: None }, &now, effects);
        if is_marked {
            next_item(model);
        }
    }
}

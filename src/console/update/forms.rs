//! Opening forms: which fields each has. Fields are always empty: nothing is ever prefilled.

use crossterm::event::{KeyCode, KeyEvent};

use super::super::action::Action;
use super::super::form::{Form, FormKind};
use super::super::model::{Model, Overlay, Settings};
use super::open;
use crate::session::{Actor, Event, Role, text};
use crate::words;

/// Labels and hints of a form's fields.
pub(super) type Labels = &'static [(&'static str, &'static str)];

/// Shows a form. Its first key is the one that opened the menu before it, if any.
pub(super) fn show(model: &mut Model, kind: FormKind, labels: Labels) {
    let first_key = super::session::first_key(model);
    open(model, Overlay::Form(Form::new(kind, labels, first_key)));
}

/// Shows the form that a key of the session asks for.
pub(super) fn open_for(model: &mut Model, action: Action) {
    let (kind, labels) = match action {
        Action::Vitals => (FormKind::Vitals, words::vitals_labels()),
        Action::Note => (FormKind::Note, words::note_labels()),
        Action::Drug => (FormKind::Drug, words::drug_labels()),
        Action::Identity => return open_identity(model),
        _ => return,
    };
    show(model, kind, labels);
}

/// Identity and preparation: what is known stands beside each field, never in it.
pub(super) fn open_identity(model: &mut Model) {
    show(model, FormKind::Identity, words::identity_labels());
    let Some(known) = model.live().map(|live| words::known(&live.session.state().description)) else { return };
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.hint(known.map(|known| known.map(|known| words::now_known(&known))));
    }
}

/// The form of a new session as it was typed, with the reason why it could not begin: nothing typed is lost.
pub(super) fn new_session_again(model: &mut Model, patient: &str, sitter: &str, why: &str) {
    show(model, FormKind::NewSession, words::new_session_labels());
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.retype(0, patient);
        form.retype(1, sitter);
        form.focus = 1;
        form.fault = Some(why.to_owned());
    }
}

/// The form that amends what an entry says; `None` where the entry has nothing but its time to amend.
pub(super) fn amend_labels(event: &Event) -> Option<Labels> {
    Some(match event {
        Event::VitalsRecorded { .. } => words::amend_vitals_labels(),
        Event::ObservationRecorded { observation } if observation.grade().is_some() => words::amend_grade_labels(),
        Event::NoteTaken { .. } => words::amend_note_labels(),
        Event::DrugGiven(_) => words::amend_drug_labels(),
        Event::RateChanged { .. } => words::amend_rate_labels(),
        Event::InfusionExtended { .. } => words::amend_extend_labels(),
        _ => return None,
    })
}

/// Who of the configuration can be named in the field with the cursor: sitters where a sitter is asked for, clinicians
/// where one answers for what is set.
#[must_use]
pub(in crate::console) fn people<'a>(settings: &'a Settings, form: &Form) -> Vec<&'a Actor> {
    match form.kind {
        FormKind::NewSession if form.focus == 1 => settings.sitters.iter().collect(),
        FormKind::Relief => settings.sitters.iter().collect(),
        FormKind::TakeOver if form.focus == 0 => settings.sitters.iter().collect(),
        FormKind::Drug if form.focus == 2 => settings.everybody().collect(),
        FormKind::Drug if form.focus == 3 => settings.clinicians.iter().collect(),
        FormKind::GateOverride { .. } if form.focus == 0 => settings.clinicians.iter().collect(),
        FormKind::Limits(_) if form.focus + 2 == form.fields.len() => settings.clinicians.iter().collect(),
        FormKind::AcceptProtocol | FormKind::Decider(_) | FormKind::GateName { is_ride: false, .. } => {
            settings.clinicians.iter().collect()
        }
        FormKind::CheckBack if form.focus == 1 => settings.everybody().collect(),
        FormKind::DoseCheck if form.focus == 3 || form.focus == 4 => settings.everybody().collect(),
        FormKind::Sign | FormKind::Author(..) | FormKind::SignIn => settings.everybody().collect(),
        _ => Vec::new(),
    }
}

/// The name that is meant in a field where people of the configuration can be named: an id stands for its name.
pub(super) fn named(model: &Model, form: &Form, typed: &str) -> String {
    let first = Form { focus: 0, ..form.clone() };
    let folded = typed.to_lowercase();
    let known = people(&model.settings, &first).into_iter().find(|person| person.id.to_lowercase() == folded);
    known.map_or_else(|| typed.to_owned(), |person| person.name.clone())
}

/// In the field of a person, still empty, a digit picks one of the configuration.
pub(super) fn picks_person(model: &mut Model, key: &KeyEvent) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return false };
    let KeyCode::Char(c) = key.code else { return false };
    let focus = form.focus;
    if !form.fields[focus].input.value().is_empty() {
        return false;
    }
    let index = c.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1));
    let Some(name) = index.and_then(|index| people(&model.settings, form).get(index).map(|person| person.name.clone()))
    else {
        return false;
    };
    form.retype(focus, &name);
    // Nobody types on behind a name that was picked.
    if focus + 1 < form.fields.len() && matches!(form.kind, FormKind::CheckBack | FormKind::TakeOver) {
        form.focus += 1;
    }
    true
}

/// The sitter who is meant: one of the configuration by id or name, else a new one with initials as id.
pub(super) fn sitter(model: &Model, typed: &str) -> Actor {
    let folded = typed.to_lowercase();
    let known = model.settings.sitters.iter().find(|actor| is_named(actor, &folded)).cloned();
    known.unwrap_or_else(|| stranger(typed, Role::Sitter))
}

/// Somebody whom the configuration does not know: initials as id.
fn stranger(typed: &str, role: Role) -> Actor {
    let initials: String = typed.split_whitespace().filter_map(|word| word.chars().next()).take(3).collect();
    let id = if initials.chars().count() > 1 { initials.to_uppercase() } else { text::clean(typed) };
    Actor { id, name: typed.to_owned(), role }
}

/// The clinician of the configuration whose id or name was typed.
pub(super) fn known_clinician(model: &Model, typed: &str) -> Option<Actor> {
    let folded = typed.to_lowercase();
    model.settings.clinicians.iter().find(|actor| is_named(actor, &folded)).cloned()
}

/// The clinician who is meant: one of the configuration, else a new one.
pub(super) fn clinician(model: &Model, typed: &str) -> Actor {
    known_clinician(model, typed).unwrap_or_else(|| stranger(typed, Role::Clinician))
}

/// The name of the person whose id or name was typed, as the configuration writes it; else as it was typed.
pub(super) fn name_in_full(model: &Model, typed: String) -> String {
    let folded = typed.to_lowercase();
    model.settings.everybody().find(|actor| is_named(actor, &folded)).map_or(typed, |actor| actor.name.clone())
}

/// The person who is meant: one of the configuration, sitter or clinician, by id or name; else as a sitter.
pub(super) fn person(model: &Model, typed: &str) -> Actor {
    let folded = typed.to_lowercase();
    let known = model.settings.everybody().find(|actor| is_named(actor, &folded));
    known.cloned().unwrap_or_else(|| sitter(model, typed))
}

fn is_named(actor: &Actor, folded: &str) -> bool {
    actor.id.to_lowercase() == folded || actor.name.to_lowercase() == folded
}

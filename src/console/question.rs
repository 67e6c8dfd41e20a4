//! Titles of forms, and what is asked before something that is not taken back lightly.

use super::form::{Form, FormKind};
use super::model::{Confirm, Model, Overlay, Page};
use super::sheet::missing_now;
use crate::protocol::Route;
use crate::session::{Actor, At, PumpAct, deviations_at_start};
use crate::words;

/// The title of a form. On a signed record the name of whoever adds to it stands first, so that nobody adds under another's.
#[must_use]
pub fn form_title(model: &Model, kind: &FormKind) -> String {
    let title = title_of(model, kind);
    match author(model).filter(|_| is_addendum(kind)) {
        Some(author) => words::title_addendum(&author.name, &title),
        None => title,
    }
}

/// Who adds to the signed record, as far as somebody has said.
fn author(model: &Model) -> Option<&Actor> {
    model.live().filter(|live| live.session.is_signed()).and_then(|live| live.author.as_ref())
}

/// Whether a form adds to the record as its author; the others ask themselves who somebody is.
const fn is_addendum(kind: &FormKind) -> bool {
    !matches!(
        kind,
        FormKind::Author(..)
            | FormKind::Pin { .. }
            | FormKind::Sign
            | FormKind::SignIn
            | FormKind::CheckBack
            | FormKind::TakeOver
            | FormKind::NewSession
    )
}

fn title_of(model: &Model, kind: &FormKind) -> String {
    match kind {
        FormKind::NewSession => words::title_new_session(&model.settings.protocol.name),
        FormKind::Pump(act) => words::pump_title(act, route(model)),
        FormKind::Amend { about } | FormKind::AmendTime { about } => words::title_amend(*about, &said(model, *about)),
        FormKind::Withdraw { about } => words::title_withdraw(*about, &said(model, *about)),
        FormKind::Reason { about, .. } => words::title_reason(*about, &said(model, *about)),
        FormKind::GateName { item, .. } | FormKind::GateOverride { item } => {
            let live = model.live();
            let say = live.and_then(|live| live.protocol.gate.iter().find(|known| known.id == *item));
            words::title_gate(say.map_or("", |item| item.say.as_str()), matches!(kind, FormKind::GateOverride { .. }))
        }
        FormKind::Drug => {
            let allergies = model.live().and_then(|live| live.session.state().description.allergies.as_deref());
            let typed = match model.overlays.last() {
                Some(Overlay::Form(form)) => form.text(0),
                _ => String::new(),
            };
            words::title_drug(allergies, allergies.is_some_and(|known| super::update::names_drug(known, &typed)))
        }
        FormKind::Vitals => words::title_vitals().to_owned(),
        FormKind::Note => {
            words::title_note(&model.live().map(|live| live.session.state().comfort.clone()).unwrap_or_default())
        }
        FormKind::ComfortPlan => words::title_comfort_plan().to_owned(),
        FormKind::Identity => words::title_identity().to_owned(),
        FormKind::Decider(_) => words::title_decider(super::update::asks_of_self_harm(model)).to_owned(),
        FormKind::Scores => words::title_scores().to_owned(),
        FormKind::Psychotherapy => words::title_psychotherapy().to_owned(),
        FormKind::CheckBack => {
            let rule = model.live().and_then(|live| live.protocol.check_back.as_ref());
            rule.map(|rule| rule.say.clone()).unwrap_or_default()
        }
        FormKind::DoseCheck => words::title_dose_check().to_owned(),
        FormKind::Rate => words::title_rate().to_owned(),
        FormKind::Extend => words::title_extend().to_owned(),
        FormKind::Late => words::title_late().to_owned(),
        FormKind::Transferred => words::title_transferred().to_owned(),
        FormKind::CloseWithout => words::title_close().to_owned(),
        FormKind::Relief => words::title_relief().to_owned(),
        FormKind::Limits(vital) => words::title_limits(*vital),
        FormKind::AcceptProtocol => words::title_accept(&model.settings.protocol),
        FormKind::Pin { person, .. } => {
            let Some(Overlay::Form(form)) = model.overlays.last() else { return String::new() };
            match form.waits.as_deref().map(|waits| &waits.kind) {
                Some(FormKind::Author(_, action, _)) => {
                    words::title_author_pin(&person.name, super::update::added_by(*action))
                }
                waits => words::title_pin(&person.name, waits.is_none()),
            }
        }
        FormKind::SignIn => words::title_sign_in().to_owned(),
        FormKind::TakeOver => {
            words::title_take_over(model.live().map_or("", |live| live.session.keeper().name.as_str()))
        }
        FormKind::Sign => words::title_sign(model.live().is_some_and(|live| live.session.is_signed())).to_owned(),
        FormKind::Author(_, action, _) => words::title_author(super::update::added_by(*action)),
    }
}

/// The route of the session's protocol.
fn route(model: &Model) -> Route {
    model.live().map_or_else(Route::default, |live| live.protocol.infusion.route)
}

/// What stands under the fields: the clock time that is meant, what is missing for a start, how long a form is.
#[must_use]
pub fn form_notes(model: &Model, form: &Form) -> Vec<String> {
    let mut notes = Vec::new();
    if let (FormKind::Pump(act), Some(live)) = (&form.kind, model.live()) {
        let ago_ms = super::update::ago_ms(model, &form.text(0)).unwrap_or(0);
        let settings = &model.settings;
        let utc_ms = model.now.utc_ms - ago_ms;
        notes.push(words::that_is(&words::clock(&settings.zone, utc_ms, settings.clock)));
        if *act == PumpAct::Start {
            let now = live.session.at(&model.now);
            let start = At { session_ms: now.session_ms - ago_ms, utc_ms };
            notes.extend(words::company_warnings(&live.session.state().description));
            notes.extend(words::start_warnings(&deviations_at_start(&live.session, &live.protocol, start)));
        }
    }
    if let (FormKind::Drug, Some(live)) = (&form.kind, model.live()) {
        let settings = &model.settings;
        let (zone, style) = (&settings.zone, settings.clock);
        notes.extend(words::last_given(&live.protocol, &live.session, &live.guidance, zone, style));
    }
    if let FormKind::Pin { may_be_left: true, .. } = form.kind {
        let signs_on = |waits: &Form| matches!(waits.kind, FormKind::Relief | FormKind::TakeOver);
        let is_relief = form.waits.as_deref().is_some_and(signs_on);
        notes.push(words::pin_may_be_left(is_relief).to_owned());
    }
    if let (FormKind::Pin { person, .. }, None) = (&form.kind, &form.waits) {
        notes.push(words::another_sits(&person.name));
    }
    if let (FormKind::CheckBack, Some(live)) = (&form.kind, model.live()) {
        notes.extend(live.protocol.check_back.as_ref().map(words::check_back_choice).unwrap_or_default());
    }
    if matches!(form.kind, FormKind::Author(..)) {
        notes.push(words::author_note().to_owned());
    }
    // The form of identity has no room for it.
    if let Some(author) = author(model).filter(|_| is_addendum(&form.kind) && form.kind != FormKind::Identity) {
        notes.push(words::other_author(&author.name));
    }
    if form.kind == FormKind::TakeOver {
        notes.extend(words::take_over_choice());
    }
    if let (FormKind::Sign, Some(live)) = (&form.kind, model.live()) {
        notes.extend(words::sign_notes(&live.session, &missing_now(model, live)));
    }
    if let (FormKind::CloseWithout, Some(live)) = (&form.kind, model.live()) {
        let (zone, style) = (&model.settings.zone, model.settings.clock);
        let line = |found| words::missing_line(found, &live.protocol, &live.session, &live.guidance, zone, style);
        notes.extend(words::close_notes(missing_now(model, live).iter().map(line).collect()));
    }
    if let (FormKind::AcceptProtocol, Some(live)) = (&form.kind, model.live()) {
        notes.extend(words::accept_notes(&model.settings.protocol, live.session.protocol_copy()));
    }
    notes
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
        Confirm::Undo(about) => words::undo_question(*about, &said(model, *about)),
        Confirm::EndEmergency => {
            let Some(live) = model.live() else { return Vec::new() };
            words::end_emergency_question(live.guidance.progress.pump_runs(), live.aside.form.is_some())
        }
        Confirm::TakeOver(taking) => {
            let Some(live) = model.live() else { return Vec::new() };
            let station = &live.session.last_entry().fields.station;
            words::take_over_question(&taking.by.name, &live.session.keeper().name, station, &taking.reason)
        }
        Confirm::ShowAsItIs | Confirm::LeaveUnsaved => words::leave_unsaved_question(unsaved),
        Confirm::GiveGuidance => {
            let Some(live) = model.live() else { return Vec::new() };
            let settings = &model.settings;
            let times =
                words::after_lines(&live.protocol, &live.session, &live.guidance, &settings.zone, settings.clock);
            std::iter::once(words::guidance_question().to_owned()).chain(times).collect()
        }
        Confirm::Ready(first_key) => {
            let Some(live) = model.live() else { return Vec::new() };
            let clock = |utc_ms| words::clock(&model.settings.zone, utc_ms, model.settings.clock);
            let before = live.session.state().ready.map(|at| clock(at.utc_ms));
            words::ready_question(&clock(live.late.unwrap_or(first_key.utc_ms)), before.as_deref())
        }
        Confirm::MetAgainst => {
            let Some(live) = model.live() else { return Vec::new() };
            let Page::Gate(mark) = live.page else { return Vec::new() };
            let settings = &model.settings;
            let item = live.guidance.gate.get(mark);
            item.map(|item| words::met_against_question(item, &settings.zone, settings.clock, live.guidance.now))
                .unwrap_or_default()
        }
        Confirm::Leave(how) => {
            let Some(live) = model.live() else { return Vec::new() };
            let (zone, style) = (&model.settings.zone, model.settings.clock);
            let line = |found| words::missing_line(found, &live.protocol, &live.session, &live.guidance, zone, style);
            let found: Vec<String> = missing_now(model, live).iter().map(line).collect();
            let observe = words::observe_line(&live.protocol, &live.session, &live.guidance, zone, style);
            words::leave_question(how, &found, observe)
        }
    }
}

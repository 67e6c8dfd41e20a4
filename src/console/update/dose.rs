//! The dose check: weight, dose and dose for each kilogram as they were typed, and who checked the settings. It compares what
//! was typed; it never works out a dose.

use super::super::form::{Form, FormKind};
use super::super::model::{Model, Overlay};
use super::describe::{dose, last_weight, thousandths, weight};
use super::fault::{Fault, InField};
use super::forms::show;
use crate::session::{Description, DosePerKgUg, Doubt, Event, is_unlikely_dose};
use crate::words;

/// Shows the form; what is known stands beside each field, never in it.
pub(super) fn open(model: &mut Model) {
    show(model, FormKind::DoseCheck, words::dose_check_labels());
    let Some(known) = model.live().map(|live| words::known_of_dose(&live.session.state().description)) else { return };
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.hint(known.map(|known| known.map(|known| words::now_known(&known))));
    }
}

/// The field of what is doubted, where that is asked about in this form alone.
pub(super) fn doubted(event: &Event) -> Option<usize> {
    let Event::PatientDescribed(described) = event else { return None };
    let of_per_kg = |doubt: &Doubt| *doubt == Doubt::Dose && !is_unlikely_dose(described);
    let only_here = |doubt: &Doubt| of_per_kg(doubt) || matches!(doubt, Doubt::DoseDisagrees | Doubt::SamePerson);
    let first = described.doubts.first().filter(|_| described.doubts.iter().any(only_here))?;
    Some(match first {
        Doubt::SamePerson => 4,
        doubt if of_per_kg(doubt) => 2,
        Doubt::Dose | Doubt::DoseDisagrees => 1,
        _ => 0,
    })
}

/// What was typed. What is left empty stays as it was.
pub(super) fn description(model: &Model, form: &Form) -> Result<Description, Fault> {
    let was = model.live().map(|live| live.session.state().description.clone()).unwrap_or_default();
    let last_weight_g = last_weight(model, &was);
    Ok(Description {
        weight_g: weight(form.optional(0)).in_field(0)?.or(was.weight_g),
        dose_ug: dose(form.optional(1)).in_field(1)?.or(was.dose_ug),
        dose_per_kg_ug: per_kg(form.optional(2)).in_field(2)?.or(was.dose_per_kg_ug),
        pump_set_by: form.optional(3).or(was.pump_set_by),
        pump_checked_by: form.optional(4).or(was.pump_checked_by),
        last_weight_g,
        // Worked out when it is decided.
        doubts: Vec::new(),
        ..was
    })
}

fn per_kg(typed: Option<String>) -> Result<Option<DosePerKgUg>, String> {
    let Some(typed) = typed else { return Ok(None) };
    let micrograms = thousandths(typed.trim_end_matches("mg/kg"));
    let read = micrograms.and_then(|ug| ug.try_into().ok());
    read.map(Some).ok_or_else(|| words::dose_per_kg_fault().to_owned())
}

//! What the form of a drug says: which, how much, by whom, on whose order. A sitter records, never orders.

use super::super::form::Form;
use super::super::model::Model;
use super::fault::{Fault, InField};
use super::forms;
use super::submit::required;
use crate::session::DrugGiven;
use crate::words;

/// The drug that was given.
pub(super) fn drug(model: &Model, form: &Form) -> Result<DrugGiven, Fault> {
    let drug = required(form, 0)?;
    let known = model.live().and_then(|live| {
        let folded = drug.to_lowercase();
        live.protocol.drugs.iter().find(|known| known.name.to_lowercase() == folded).cloned()
    });
    Ok(DrugGiven {
        // A drug that the protocol does not know counts as sedating.
        sedating: known.as_ref().is_none_or(|known| known.sedating),
        drug,
        dose: with_unit(required(form, 1)?).in_field(1)?,
        given_by: forms::name_in_full(model, required(form, 2)?),
        ordered_by: forms::name_in_full(model, required(form, 3)?),
    })
}

/// A bare number is no dose: read aloud on the call card it could be anything.
fn with_unit(dose: String) -> Result<String, String> {
    if dose.chars().any(char::is_alphabetic) { Ok(dose) } else { Err(words::dose_without_unit(&dose)) }
}

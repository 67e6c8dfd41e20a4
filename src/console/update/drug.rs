//! What the form of a drug says: which, how much, by whom, on whose order. A sitter records, never orders.

use super::super::form::Form;
use super::super::model::Model;
use super::fault::{Fault, InField};
use super::forms;
use super::submit::required;
use crate::session::{DrugGiven, fold};
use crate::words;

/// A word of so many letters is a name by itself: shorter ones (oral, salt) may be a part of several.
const LONG_WORD: usize = 5;

/// The drug that was given just now. Where the recorded allergies name it that is asked about once, for a name is easily
/// mistyped; never in an emergency, where the title alone says so.
pub(super) fn given(model: &Model, form: &Form) -> Result<DrugGiven, Fault> {
    let given = drug(model, form)?;
    let state = model.live().map(|live| live.session.state());
    let allergies = state.filter(|state| state.emergency().is_none()).and_then(|s| s.description.allergies.as_deref());
    if !form.is_doubted && allergies.is_some_and(|known| names(known, &given.drug)) {
        return Err(Fault::doubt(0, words::allergies_name_it(&given.drug)));
    }
    Ok(given)
}

/// Whether a list of allergies names a drug: its words stand there together, or a long one of them alone.
pub(in crate::console) fn names(allergies: &str, drug: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter_map(fold);
        words.collect()
    };
    let (known, typed) = (words(allergies), words(drug));
    let together = !typed.is_empty() && known.windows(typed.len()).any(|some| some == typed);
    together || typed.iter().any(|word| word.chars().count() >= LONG_WORD && known.contains(word))
}

/// The drug of a form.
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

#[cfg(test)]
mod tests {
    use super::names;

    #[rstest::rstest]
    #[case::a_word_of_the_list("penicillin, latex, ondansetron", "Ondansetron", true)]
    #[case::with_its_form("penicillin; latex", "Penicillin G", true)]
    #[case::short("iron (rash)", "IRON", true)]
    #[case::a_short_part("salt", "salt free gel", false)]
    #[case::another("penicillin", "ondansetron", false)]
    #[case::a_part_of_a_word("ondansetron", "setron", false)]
    #[case::none_known("none known", "ondansetron", false)]
    #[case::nothing_typed("penicillin", "", false)]
    fn named(#[case] allergies: &str, #[case] drug: &str, #[case] expected: bool) {
        assert_eq!(names(allergies, drug), expected);
    }
}

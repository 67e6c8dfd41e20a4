//! The comfort plan in the patient's own terms: as the record has it, as its form asks for it, and as it stands over the
//! response when distress is logged.

use super::record::printable;
use crate::session::{ComfortPlan, Wish};

type Labels = &'static [(&'static str, &'static str)];

/// The form of the comfort plan.
#[must_use]
pub const fn comfort_plan_labels() -> Labels {
    &[
        ("Touch", "yes, no, or only where: hand only"),
        ("Music", "yes, no, or which"),
        ("Light", "yes, no, or how: dim"),
        ("Words that help", "in the patient's own words"),
        ("Intention", "in the patient's own words"),
        ("Note their words", "yes or no: may they be written down?"),
    ]
}

/// Its title.
#[must_use]
pub const fn title_comfort_plan() -> &'static str {
    "Comfort plan: empty stays as it was"
}

/// What is known of each field of its form, in its order.
#[must_use]
pub fn known_of_plan(plan: &ComfortPlan) -> [Option<String>; 6] {
    let wish = |wish: &Option<Wish>| wish.as_ref().map(said);
    [
        wish(&plan.touch),
        wish(&plan.music),
        wish(&plan.light),
        plan.words.clone(),
        plan.intention.clone(),
        plan.notes.map(|may| yes_or_no(may).to_owned()),
    ]
}

/// What is not known yet, beside an empty field.
#[must_use]
pub fn not_asked_yet(hint: &str) -> String {
    format!("not asked - {hint}")
}

/// An answer that could be taken for a yes or for a no.
#[must_use]
pub fn wish_fault(label: &str) -> String {
    format!(
        "{label}: type yes, no, or only what was agreed to, such as: hand only. Nothing is read into more than that."
    )
}

/// The consent to notes takes yes or no.
#[must_use]
pub const fn notes_fault() -> &'static str {
    "Note their words: type yes or no; leave it empty where it was not asked."
}

fn said(wish: &Wish) -> String {
    match wish {
        Wish::Yes => "yes".to_owned(),
        Wish::No => "no".to_owned(),
        Wish::As(how) => how.clone(),
    }
}

const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// As the record has it.
#[must_use]
pub fn plan_sentence(plan: &ComfortPlan) -> String {
    format!("comfort plan: {}", plan_parts(plan))
}

/// Every part of it, what was not asked too.
#[must_use]
pub(super) fn plan_parts(plan: &ComfortPlan) -> String {
    let names = ["touch", "music", "light", "words", "intention", "notes of their words"];
    let parts = names.iter().zip(known_of_plan(plan)).map(|(name, known)| match known {
        Some(known) => format!("{name} {known}"),
        None => format!("{name} not asked"),
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// At the moment of need, in one line: `Agreed: hand only. Music. Words: "you are here, breathe".` `noted`: the plan in free
/// words, of a record made before there was another.
#[must_use]
pub fn plan_line(plan: &ComfortPlan, noted: Option<&str>) -> String {
    let noted = noted.filter(|noted| !noted.is_empty());
    if plan.is_empty() && noted.is_none() {
        return "Comfort plan not asked: ask before touch.".to_owned();
    }
    let touch = match &plan.touch {
        Some(Wish::Yes) => "Agreed: touch.".to_owned(),
        Some(Wish::As(how)) => format!("Agreed: {how}."),
        Some(Wish::No) => "No touch.".to_owned(),
        None => "Touch not asked: ask first.".to_owned(),
    };
    let wish = |name: &str, wish: &Option<Wish>| {
        Some(match wish.as_ref()? {
            Wish::Yes => format!("{name}."),
            Wish::No => format!("No {}.", name.to_lowercase()),
            Wish::As(how) => format!("{name}: {how}."),
        })
    };
    let quoted = |name: &str, text: &Option<String>| text.as_ref().map(|text| format!("{name}: \"{text}\"."));
    let parts = [
        Some(touch),
        noted.map(|noted| format!("Noted: {noted}.")),
        wish("Music", &plan.music),
        quoted("Words", &plan.words),
        wish("Light", &plan.light),
        quoted("Intention", &plan.intention),
    ];
    printable(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// The title of the note form: who asked that their words are not written down is not written down by habit.
#[must_use]
pub fn title_note(plan: &ComfortPlan) -> String {
    match plan.notes {
        Some(false) => "Note   THE PATIENT ASKED FOR NO NOTES OF THEIR WORDS".to_owned(),
        _ => "Note".to_owned(),
    }
}

/// A step that touches, where touch was refused.
#[must_use]
pub const fn touch_refused() -> &'static str {
    "(touch refused)"
}

/// A step that touches, where touch was not asked.
#[must_use]
pub const fn touch_not_asked() -> &'static str {
    "(touch not asked: ask first)"
}

//! The card's wording. A protocol may do without; one that has it has all of it, or a patient would read half a sentence.

use toml::Spanned;

use super::section::Section;
use crate::protocol::card::{Calendar, CardWords};
use crate::protocol::fault::FaultKind;
use crate::protocol::raw::{RawCalendar, RawCard};
use crate::protocol::report::Report;

/// What the form of a time must hold.
const PLACES: [&str; 5] = ["{weekday}", "{day}", "{month}", "{time}", "{part}"];

/// The wording, if the table is there.
pub(in crate::protocol) fn card(raw: Option<&Spanned<RawCard>>, report: &mut Report) -> Option<CardWords> {
    let table = raw?;
    let raw = table.get_ref();
    let calendar = calendar(raw.calendar.as_ref(), report);
    let mut section = Section::new("card", table.span().start, report);
    Some(CardWords {
        title: section.text("title", raw.title.as_ref()),
        no_driving: section.text("no_driving", raw.no_driving.as_ref()),
        after_sleep: section.text("after_sleep", raw.after_sleep.as_ref()),
        clinician_sets_driving: section.text("clinician_sets_driving", raw.clinician_sets_driving.as_ref()),
        baseline: section.text("baseline", raw.baseline.as_ref()),
        baseline_note: section.text("baseline_note", raw.baseline_note.as_ref()),
        after_care: section.text("after_care", raw.after_care.as_ref()),
        normal_heading: section.text("normal_heading", raw.normal_heading.as_ref()),
        normal: list(&mut section, "normal", raw.normal.as_ref()),
        call_heading: section.text("call_heading", raw.call_heading.as_ref()),
        call: list(&mut section, "call", raw.call.as_ref()),
        clinic_number: section.text("clinic_number", raw.clinic_number.as_ref()),
        crisis: section.text("crisis", raw.crisis.as_ref()),
        emergency: section.text("emergency", raw.emergency.as_ref()),
        replaces: replaces(&mut section, raw.replaces.as_ref()),
        language: raw.language.as_ref().map(|language| language.get_ref().clone()),
        calendar,
    })
}

/// Without the time nobody knows which card is to be thrown away.
fn replaces(section: &mut Section<'_>, value: Option<&Spanned<String>>) -> Option<String> {
    let value = value?;
    if !value.get_ref().contains("{time}") {
        let key = section.path("replaces");
        section.report.add(value.span().start, FaultKind::PlaceMissing { key, place: "{time}" });
    }
    Some(value.get_ref().clone())
}

fn list(section: &mut Section<'_>, key: &'static str, value: Option<&Spanned<Vec<Spanned<String>>>>) -> Vec<String> {
    let items = section.required(key, value);
    items.into_iter().flat_map(Spanned::get_ref).map(|item| item.get_ref().clone()).collect()
}

fn calendar(raw: Option<&Spanned<RawCalendar>>, report: &mut Report) -> Option<Calendar> {
    let table = raw?;
    let raw = table.get_ref();
    let mut section = Section::new("card.calendar", table.span().start, report);
    Some(Calendar {
        weekdays: exactly(&mut section, "weekdays", raw.weekdays.as_ref()),
        months: exactly(&mut section, "months", raw.months.as_ref()),
        parts: exactly(&mut section, "parts", raw.parts.as_ref()),
        form: form(&mut section, raw.form.as_ref()),
    })
}

fn exactly<const N: usize>(
    section: &mut Section<'_>,
    key: &'static str,
    value: Option<&Spanned<Vec<Spanned<String>>>>,
) -> [String; N] {
    let names = list(section, key, value);
    let found = names.len();
    <[String; N]>::try_from(names).unwrap_or_else(|_| {
        if let Some(value) = value {
            let key = section.path(key);
            section.report.add(value.span().start, FaultKind::WrongCount { key, found, expected: N });
        }
        std::array::from_fn(|_| String::new())
    })
}

fn form(section: &mut Section<'_>, value: Option<&Spanned<String>>) -> String {
    let form = section.text("form", value);
    if let (Some(value), Some(place)) = (value, PLACES.iter().find(|place| !form.contains(**place))) {
        section.report.add(value.span().start, FaultKind::PlaceMissing { key: section.path("form"), place });
    }
    form
}

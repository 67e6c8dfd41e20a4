//! What the form of identity and preparation says. What is left empty stays as it was.

use super::super::form::Form;
use super::super::model::Model;
use super::fault::{Fault, InField};
use crate::protocol::Past;
use crate::session::{Description, DoseUg, Doubt, Event, Identity, WeightG};
use crate::words;

/// The weight of the last visit of the one who is described, where that is known. What is known of somebody else, who was
/// described before, is nobody else's.
pub(super) fn last_weight(model: &Model, described: &Description) -> Option<WeightG> {
    let earlier = &model.live()?.earlier;
    earlier.asked_for.as_ref().filter(|who| **who == Identity::of(described))?;
    earlier.last_weight()
}

/// The field of what is doubted.
pub(super) fn doubted(event: &Event) -> usize {
    match event.doubts().first() {
        None => 0,
        Some(Doubt::Dose) => 9,
        Some(_) => 8,
    }
}

/// What is left empty stays as it was: the form is for what is new.
pub(super) fn description(model: &Model, form: &Form) -> Result<Description, Fault> {
    let was = model.live().map(|live| live.session.state().description.clone()).unwrap_or_default();
    // In the order of the fields: the first that cannot be read is the one that is told of.
    let born = born(form.optional(2)).in_field(2)?;
    let (session_number, session_count) = match form.optional(3) {
        Some(typed) => {
            let (number, count) = words_of(&typed).map_err(|()| words::session_of_fault().to_owned()).in_field(3)?;
            (Some(number), count.or(was.session_count))
        }
        None => (was.session_number, was.session_count),
    };
    let mut described = Description {
        patient: form.optional(0).unwrap_or(was.patient),
        code: form.optional(1).or(was.code),
        born: born.or(was.born),
        session_number,
        session_count,
        allergies: form.optional(4).or(was.allergies),
        screening: form.optional(5).or(was.screening),
        ride: form.optional(6).or(was.ride),
        escort: form.optional(7).or(was.escort),
        weight_g: weight(form.optional(8)).in_field(8)?.or(was.weight_g),
        dose_ug: dose(form.optional(9)).in_field(9)?.or(was.dose_ug),
        history: history(form.optional(10)).in_field(10)?.or(was.history),
        // Worked out when it is decided.
        doubts: Vec::new(),
        ..was
    };
    described.last_weight_g = last_weight(model, &described);
    Ok(described)
}

/// What earlier sessions showed, one letter each: `na`. `-` says that it was asked and there was nothing.
fn history(typed: Option<String>) -> Result<Option<Vec<Past>>, String> {
    let Some(typed) = typed else { return Ok(None) };
    if typed == "-" {
        return Ok(Some(Vec::new()));
    }
    let mut found = Vec::new();
    for letter in typed.to_lowercase().chars().filter(|c| !matches!(c, ' ' | ',')) {
        let past = match letter {
            'n' => Past::Nausea,
            'a' => Past::Anxiety,
            'b' => Past::BloodPressure,
            _ => return Err(words::history_fault().to_owned()),
        };
        if !found.contains(&past) {
            found.push(past);
        }
    }
    Ok(Some(found))
}

/// `3`, `3/6` or `3 of 6`.
fn words_of(typed: &str) -> Result<(u8, Option<u8>), ()> {
    let parts: Vec<&str> = typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [number] => Ok((counted(number)?, None)),
        [number, count] => {
            let (number, count) = (counted(number)?, counted(count)?);
            if number <= count { Ok((number, Some(count))) } else { Err(()) }
        }
        _ => Err(()),
    }
}

/// A number that counts from 1.
fn counted(digits: &str) -> Result<u8, ()> {
    digits.parse().ok().filter(|number| *number > 0).ok_or(())
}

fn born(typed: Option<String>) -> Result<Option<String>, String> {
    let Some(typed) = typed else { return Ok(None) };
    chrono::NaiveDate::parse_from_str(&typed, "%Y-%m-%d")
        .map(|date| Some(date.format("%Y-%m-%d").to_string()))
        .map_err(|_| words::born_fault().to_owned())
}

/// Thousandths of a decimal number with at most three places.
pub(super) fn thousandths(typed: &str) -> Option<i64> {
    let (whole, places) = typed.trim().split_once(['.', ',']).unwrap_or((typed.trim(), ""));
    let digits = |text: &str| !text.is_empty() && text.len() <= 7 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || places.len() > 3 || !(places.is_empty() || digits(places)) {
        return None;
    }
    let fraction: i64 = format!("{places:0<3}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 1000 + fraction)
}

pub(super) fn weight(typed: Option<String>) -> Result<Option<WeightG>, String> {
    let Some(typed) = typed else { return Ok(None) };
    let grams = thousandths(typed.trim_end_matches("kg"));
    grams.and_then(|grams| grams.try_into().ok()).map(Some).ok_or_else(|| words::weight_fault().to_owned())
}

pub(super) fn dose(typed: Option<String>) -> Result<Option<DoseUg>, String> {
    let Some(typed) = typed else { return Ok(None) };
    let micrograms = thousandths(typed.trim_end_matches("mg"));
    micrograms.and_then(|ug| ug.try_into().ok()).map(Some).ok_or_else(|| words::dose_fault().to_owned())
}

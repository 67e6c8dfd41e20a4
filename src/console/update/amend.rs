//! Amending: what an entry says now, typed anew, and why.

use super::super::form::Form;
use super::super::model::Model;
use super::drug::drug;
use super::fault::{Fault, InField};
use super::submit::{duration, note_words, one_rate, required};
use crate::session::{Command, Event, Observation, Row, vitals_line};
use crate::words;

/// The amendment that a form asks for.
pub(super) fn amend(model: &Model, form: &Form, about: u64) -> Result<Command, Fault> {
    let row = model.live().and_then(|live| live.session.row(about));
    let event = row.map(|row| amended(model, form, &row)).transpose()?.flatten();
    let reason = required(form, form.fields.len() - 1)?;
    Ok(Command::Amend { about, observed_at: None, event: event.map(Box::new), reason })
}

/// What the entry says now: the first fields hold it anew, the last the reason.
fn amended(model: &Model, form: &Form, row: &Row<'_>) -> Result<Option<Event>, Fault> {
    let typed = required(form, 0)?;
    Ok(Some(match row.event {
        Event::VitalsRecorded { .. } => {
            let vitals = vitals_line::parse(&typed).map_err(|fault| words::line_fault(&fault)).in_field(0)?;
            Event::VitalsRecorded { vitals, typed, doubts: Vec::new() }
        }
        Event::ObservationRecorded { observation } => {
            Event::ObservationRecorded { observation: regraded(*observation, &typed).in_field(0)? }
        }
        Event::NoteTaken { patients_words, .. } => {
            // A note that is typed anew may begin with a quotation mark as the first time; it is a sign, no text.
            let (text, own) = note_words(&typed);
            Event::NoteTaken { text, patients_words: own || *patients_words }
        }
        Event::DrugGiven(_) => Event::DrugGiven(Box::new(drug(model, form)?)),
        Event::RateChanged { from, .. } => {
            Event::RateChanged { from: from.clone(), rate: one_rate(&typed).in_field(0)? }
        }
        Event::InfusionExtended { .. } => {
            Event::InfusionExtended { planned_min: duration(&typed).in_field(0)?, doubts: Vec::new() }
        }
        _ => return Ok(None),
    }))
}

fn regraded(was: Observation, typed: &str) -> Result<Observation, String> {
    let Some((scale, _)) = was.grade() else { return Ok(was) };
    let fault = || words::grade_fault(scale);
    let grade: i64 = typed.trim().parse().map_err(|_| fault())?;
    Ok(match was {
        Observation::Nausea(_) => Observation::Nausea(grade.try_into().map_err(|_| fault())?),
        Observation::Anxiety(_) => Observation::Anxiety(grade.try_into().map_err(|_| fault())?),
        Observation::Dissociation(_) => Observation::Dissociation(grade.try_into().map_err(|_| fault())?),
        Observation::Sedation(_) => Observation::Sedation(grade.try_into().map_err(|_| fault())?),
        Observation::Pain(_) => Observation::Pain(grade.try_into().map_err(|_| fault())?),
        other => other,
    })
}

//! The door of the record: whatever text an event carries is cleaned here, wherever it was typed.

use super::comfort::{ComfortPlan, Wish};
use super::command::Refusal;
use super::event::{Actor, DrugGiven, Event, GateAnswer, Leaving};
use super::opening::Description;
use super::text::clean;

/// The event with its text cleaned; refused where words are needed and none are left.
pub(super) fn cleaned(event: Event) -> Result<Event, Refusal> {
    Ok(match event {
        Event::PatientDescribed(description) => Event::PatientDescribed(Box::new(described(*description))),
        Event::ComfortPlanned(plan) => Event::ComfortPlanned(Box::new(planned(*plan))),
        Event::VitalsRecorded { vitals, typed, doubts } => {
            Event::VitalsRecorded { vitals, typed: clean(&typed), doubts }
        }
        Event::DrugGiven(drug) => Event::DrugGiven(Box::new(given(&drug)?)),
        Event::NoteTaken { text, patients_words } => Event::NoteTaken { text: words(&text)?, patients_words },
        Event::ReasonGiven { about, owed, reason } => Event::ReasonGiven { about, owed, reason: words(&reason)? },
        Event::EntryAmended { about, observed_at, event, reason } => {
            let event = event.map(|event| cleaned(*event).map(Box::new)).transpose()?;
            Event::EntryAmended { about, observed_at, event, reason: words(&reason)? }
        }
        Event::EntryWithdrawn { about, reason } => Event::EntryWithdrawn { about, reason: words(&reason)? },
        Event::ClinicianCalled { said, rung, whom } => {
            let whom = whom.map(|whom| clean(&whom)).filter(|whom| !whom.is_empty());
            Event::ClinicianCalled { said: called(&said), rung, whom }
        }
        Event::EmergencyMarked { mark, checklist } => Event::EmergencyMarked { mark: words(&mark)?, checklist },
        Event::GateAnswered { item, answer, against, word_on } => {
            Event::GateAnswered { item, answer: answered(answer)?, against, word_on }
        }
        Event::CheckPutOff { check, until, reason } => Event::CheckPutOff { check, until, reason: words(&reason)? },
        Event::PatientLeft { how: Leaving::Transferred { to }, deviations, check_back_at } => {
            Event::PatientLeft { how: Leaving::Transferred { to: words(&to)? }, deviations, check_back_at }
        }
        Event::ScreeningAnswered(mut screened) => {
            screened.by = words(&screened.by)?;
            Event::ScreeningAnswered(screened)
        }
        Event::CheckedBack(mut back) => {
            (back.by, back.answer) = (words(&back.by)?, words(&back.answer)?);
            back.note = back.note.map(|note| clean(&note)).filter(|note| !note.is_empty());
            Event::CheckedBack(back)
        }
        Event::ClosedWithoutInfusion { reason } => Event::ClosedWithoutInfusion { reason: words(&reason)? },
        Event::RateChanged { from, mut rate } => {
            rate.unit = clean(&rate.unit);
            Event::RateChanged { from, rate }
        }
        Event::SitterSignedOn { sitter, without_pin } => {
            let name = words(&sitter.name)?;
            Event::SitterSignedOn { sitter: Actor { id: clean(&sitter.id), name, ..sitter }, without_pin }
        }
        Event::SessionTakenOver(mut taken) => {
            taken.by.name = words(&taken.by.name)?;
            taken.by.id = clean(&taken.by.id);
            taken.reason = words(&taken.reason)?;
            Event::SessionTakenOver(taken)
        }
        Event::SessionSigned(mut signature) => {
            signature.by.name = words(&signature.by.name)?;
            signature.by.id = clean(&signature.by.id);
            Event::SessionSigned(signature)
        }
        Event::LimitsSet(mut set) => {
            (set.by, set.reason) = (words(&set.by)?, words(&set.reason)?);
            Event::LimitsSet(set)
        }
        // The protocol's own text has been checked by the protocol's own rules.
        Event::ProtocolAccepted { protocol, by } => Event::ProtocolAccepted { protocol, by: words(&by)? },
        Event::CardMade(mut made) => {
            made.file = clean(&made.file);
            Event::CardMade(made)
        }
        other => other,
    })
}

/// Text that must say something.
fn words(text: &str) -> Result<String, Refusal> {
    let cleaned = clean(text);
    if cleaned.is_empty() { Err(Refusal::NoWords) } else { Ok(cleaned) }
}

fn described(was: Description) -> Description {
    let some = |text: Option<String>| text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    Description {
        patient: clean(&was.patient),
        was_patient: some(was.was_patient),
        code: some(was.code),
        born: some(was.born),
        allergies: some(was.allergies),
        screening: some(was.screening),
        ride: some(was.ride),
        comfort_plan: some(was.comfort_plan),
        escort: some(was.escort),
        pump_set_by: some(was.pump_set_by),
        pump_checked_by: some(was.pump_checked_by),
        ..was
    }
}

fn planned(was: ComfortPlan) -> ComfortPlan {
    let some = |text: Option<String>| text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    let wish = |wish: Option<Wish>| match wish {
        Some(Wish::As(how)) => some(Some(how)).map(Wish::As),
        other => other,
    };
    ComfortPlan {
        touch: wish(was.touch),
        music: wish(was.music),
        light: wish(was.light),
        words: some(was.words),
        intention: some(was.intention),
        notes: was.notes,
    }
}

fn given(drug: &DrugGiven) -> Result<DrugGiven, Refusal> {
    Ok(DrugGiven {
        drug: words(&drug.drug)?,
        dose: clean(&drug.dose),
        given_by: clean(&drug.given_by),
        ordered_by: clean(&drug.ordered_by),
        sedating: drug.sedating,
    })
}

/// The call card is longer than a typed text may be: each of its sentences is cleaned by itself.
fn called(said: &str) -> String {
    said.split_inclusive(". ").map(clean).collect::<Vec<_>>().join(" ")
}

fn answered(answer: GateAnswer) -> Result<GateAnswer, Refusal> {
    Ok(match answer {
        GateAnswer::Met { name } => GateAnswer::Met { name: name.map(|name| words(&name)).transpose()? },
        GateAnswer::NotMet => GateAnswer::NotMet,
        GateAnswer::Overridden { by, reason } => GateAnswer::Overridden { by: words(&by)?, reason: words(&reason)? },
    })
}

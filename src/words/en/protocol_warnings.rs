//! What a clinician should know of a protocol that can be used: one sentence each, and what can be done.

use super::finding_names::sign_name;
use super::protocol_faults::{fault, quoted};
use crate::protocol::{Fault, FaultKind};

/// A warning with its place: `12:5: warning: ...`.
#[must_use]
pub fn warning_line(warning: &Fault) -> String {
    format!("{}:{}: warning: {}", warning.line, warning.column, fault(warning))
}

/// The sentence of a warning; `None` for a fault.
pub(super) fn sentence(what: &FaultKind) -> Option<String> {
    Some(match what {
        FaultKind::NeverSpeaks { by, by_line } => format!(
            "this response is never heard: {} on line {by_line} holds whenever it does and speaks instead; change one of them, or take it out",
            quoted(by)
        ),
        FaultKind::Unanswered { signs } => {
            let names: Vec<&str> = signs.iter().map(|sign| sign_name(*sign)).collect();
            format!("no response answers what can be recorded as seen or said: {}; add a [[response]] for each", names.join(", "))
        }
        FaultKind::VomitingUnanswered => {
            "no response answers vomiting: add a [[response]] with when = { observation = \"vomiting\" }".to_owned()
        }
        FaultKind::NoWordAsked => {
            "no item of the gate asks for the clinician's word on thoughts of self-harm, so it is asked in words of the program: add a [[gate]] in yours, with asks_name = true and only_if = \"self_harm\"".to_owned()
        }
        FaultKind::SameStep { say } => {
            format!("the step {} stands twice: the record could not tell which was meant; change one of them", quoted(say))
        }
        FaultKind::StepsTooWide => {
            "these steps need more than two rows of a window of 80 columns, and the last ones would not be seen: use fewer or shorter words".to_owned()
        }
        FaultKind::NobodyTold { id } => format!(
            "{} is an alarm, and none of its steps tells or calls the clinician: mark one with calls = true, or add one",
            quoted(id)
        ),
        FaultKind::OtherSubject { id } => format!(
            "{} answers something else: its words will stand beside this finding; check that they fit",
            quoted(id)
        ),
        FaultKind::DrugNotOffered { name } => format!(
            "the form offers no drug {}, so it counts only where somebody types that name: add a [[drug]]",
            quoted(name)
        ),
        FaultKind::DueBeforeOverdue { key, found, overdue } => format!(
            "{key} is {found} and overdue_after_min is {overdue}: it would be due again before it is overdue; make it longer"
        ),
        FaultKind::IntervalTooLong { found, planned } => format!(
            "every_min is {found} and the infusion lasts {planned} min: no reading would be due by the interval; make it shorter"
        ),
        FaultKind::LaterThanTheVisit { key, found, visit_min } => format!(
            "{key} is {found}, and the visit lasts {visit_min} min from the start by its own plan: nobody would be there; make it shorter"
        ),
        _ => return None,
    })
}

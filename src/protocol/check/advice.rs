//! What a protocol may say, and a clinician should know of: responses that never speak, findings without a word, steps that
//! cannot be read or pressed. Asked of a protocol without faults; none of it keeps the protocol from being used.

use super::cadence;
use super::shadow::covers;
use crate::protocol::fault::FaultKind;
use crate::protocol::finding::{Priority, Sign};
use crate::protocol::model::Protocol;
use crate::protocol::raw::{RawProtocol, RawResponse};
use crate::protocol::report::Report;
use crate::protocol::response::{Done, Response, Since, When};

/// The columns of the smallest window.
const COLUMNS: usize = 80;
/// The rows of the banner that hold the steps.
const ROWS: usize = 2;

/// Everything that is no fault and should be known.
pub(in crate::protocol) fn warnings(raw: &RawProtocol, protocol: &Protocol, report: &mut Report) {
    cadence::warnings(raw, protocol, report);
    for (index, (response, table)) in protocol.responses.iter().zip(&raw.response).enumerate() {
        let (at, table) = (table.span().start, table.get_ref());
        never_speaks(protocol, index, at, table, raw, report);
        steps(response, at, table, report);
        of_other_things(protocol, response, table, report);
    }
    unanswered(raw, protocol, report);
}

/// A louder response, or an equal one before it, that holds whenever this one does. One that others escalate to speaks then.
fn never_speaks(
    protocol: &Protocol,
    index: usize,
    at: usize,
    table: &RawResponse,
    raw: &RawProtocol,
    report: &mut Report,
) {
    let response = &protocol.responses[index];
    let is_reached = protocol
        .responses
        .iter()
        .any(|other| other.escalate.as_ref().is_some_and(|escalate| escalate.to == response.id));
    let louder = |(other_index, other): &(usize, &Response)| {
        let is_first =
            other.priority > response.priority || (other.priority == response.priority && *other_index < index);
        *other_index != index && is_first && covers(other, response)
    };
    let by = protocol.responses.iter().enumerate().find(louder).filter(|_| !is_reached);
    if let Some((other_index, other)) = by {
        let by_line = raw.response.get(other_index).map_or(0, |other| report.line(other.span().start));
        let at = table.when.as_ref().map_or(at, |when| when.span().start);
        report.warn(at, FaultKind::NeverSpeaks { by: other.id.clone(), by_line });
    }
}

fn steps(response: &Response, at: usize, table: &RawResponse, report: &mut Report) {
    let Some(list) = table.steps.as_ref() else { return };
    for (index, (step, place)) in response.steps.iter().zip(list.get_ref()).enumerate() {
        if response.steps[..index].iter().any(|earlier| earlier.say == step.say) {
            report.warn(place.span().start, FaultKind::SameStep { say: step.say.clone() });
        }
    }
    if rows(response) > ROWS {
        report.warn(list.span().start, FaultKind::StepsTooWide);
    }
    if response.priority >= Priority::Medium && !response.steps.iter().any(|step| step.calls) {
        report.warn(at, FaultKind::NobodyTold { id: response.id.clone() });
    }
}

/// The rows that the steps take side by side, with "0 not done" and "k acknowledge" after them.
fn rows(response: &Response) -> usize {
    let said = response.steps.iter().map(|step| step.say.chars().count());
    let also = ["not done", "acknowledge"].map(str::len);
    let (mut x, mut rows) = (1, 1);
    for width in said.chain(also).map(|chars| chars + 2) {
        if x + width > COLUMNS && x > 1 {
            (x, rows) = (1, rows + 1);
        }
        x += width + 3;
    }
    rows
}

fn of_other_things(protocol: &Protocol, response: &Response, table: &RawResponse, report: &mut Report) {
    if let Some(escalate) = &response.escalate
        && let Some(place) = table.escalate.as_ref().and_then(|table| table.get_ref().to.as_ref())
        && let Some((_, next)) = protocol.response(&escalate.to)
        && next.when.subject() != response.when.subject()
        // What a drug was given for, its look is about.
        && !matches!(response.when, When::Given { .. })
    {
        report.warn(place.span().start, FaultKind::OtherSubject { id: next.id.clone() });
    }
    if let Some(Since { of: Done::Drug(name), .. }) = &response.only.since
        && !protocol.drugs.iter().any(|drug| drug.name.to_lowercase() == name.to_lowercase())
        && let Some(place) = table.when.as_ref().and_then(|when| when.get_ref().since.as_ref())
    {
        report.warn(place.span().start, FaultKind::DrugNotOffered { name: name.clone() });
    }
}

/// What the sitter can record, and nothing answers.
fn unanswered(raw: &RawProtocol, protocol: &Protocol, report: &mut Report) {
    let answered =
        |when: When| protocol.responses.iter().any(|response| response.only.is_empty() && response.when == when);
    let belongs = |sign: &Sign| protocol.infusion.route.has_pump() || !matches!(sign, Sign::PumpAlarm | Sign::IvSite);
    let signs: Vec<Sign> =
        Sign::ALL.into_iter().filter(belongs).filter(|sign| !answered(When::Seen { sign: *sign })).collect();
    if !signs.is_empty() {
        let at = raw.response.first().map_or(0, |first| first.span().start);
        report.warn(at, FaultKind::Unanswered { signs });
    }
    let is_about_self_harm = |response: &Response| response.when == When::Seen { sign: Sign::SelfHarm };
    if protocol.responses.iter().any(is_about_self_harm)
        && !raw.gate.iter().any(|item| item.get_ref().only_if.is_some())
    {
        report.warn(raw.gate.first().map_or(0, |first| first.span().start), FaultKind::NoWordAsked);
    }
    if !answered(When::Vomiting { sedation_at_most: None }) {
        report.warn(raw.response.first().map_or(0, |first| first.span().start), FaultKind::VomitingUnanswered);
    }
}

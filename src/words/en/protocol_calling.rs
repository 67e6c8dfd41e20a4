//! The part of the protocol's page that tells of calls and emergencies.

use crate::protocol::Protocol;

/// A heading with its lines. `mark` gives the origin of a path.
pub(super) fn calling(protocol: &Protocol, mark: impl Fn(&str) -> String) -> Vec<(&'static str, Vec<String>)> {
    let mut parts = Vec::new();
    let mut call = Vec::new();
    if let Some(rules) = protocol.call {
        call.push(format!(
            "The next rung is shown {} min{} after a call without an answer, {} min{} after an answer when nobody has come.",
            rules.answer_min,
            mark("call.answer_min"),
            rules.arrive_min,
            mark("call.arrive_min")
        ));
    }
    call.extend(protocol.asks.iter().map(|ask| {
        let origin = mark(&format!("ask.{}.say", ask.response));
        format!("Asked for at {}: \"{}\"{origin}", ask.response.replace('-', " "), ask.say)
    }));
    if !call.is_empty() {
        parts.push(("THE CALL (the console places none)", call));
    }
    let plan = &protocol.emergency;
    let list = |name: &str, key: &str, items: &[String]| {
        (!items.is_empty()).then(|| format!("{name}{}: {}.", mark(&format!("emergency.{key}")), items.join("; ")))
    };
    let lists = [list("Checklist", "checklist", &plan.checklist), list("Marks with their time", "marks", &plan.marks)];
    let lists: Vec<String> = lists.into_iter().flatten().collect();
    if !lists.is_empty() {
        parts.push(("EMERGENCY (a reminder: the clinician decides)", lists));
    }
    parts
}

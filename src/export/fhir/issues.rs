//! What the console asked for and what became of it: each prompt with the answers of the people who dealt with it.

use serde_json::{Value, json};

use super::bundle::{Bundle, Id};
use super::case::Case;
use super::codes::local;
use crate::protocol::Priority;
use crate::session::{Event, PromptId, Row};
use crate::words;

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    let dealt: Vec<Row<'_>> = case.session.rows().filter(|row| about(row.event).is_some()).collect();
    for row in case.session.rows() {
        let Event::PromptRaised { prompt, priority, .. } = row.event else { continue };
        let id = Id::part(row.entry.fields.id, "issue");
        let of_this = || dealt.iter().filter(|dealt| about(dealt.event) == Some(prompt));
        let severity = match priority {
            Priority::High => Some("high"),
            Priority::Medium => Some("moderate"),
            Priority::Low => Some("low"),
            Priority::Prompt => None,
        };
        let said = case.protocol.response(&prompt.rule).map(|(_, response)| response.say.as_str());
        let causes: Vec<Value> = bundle.made_by(prompt.cause).iter().map(|id| id.reference()).collect();
        let fields = json!({
            "meta": case.tags(),
            "status": if row.stands() { "final" } else { "entered-in-error" },
            "code": local("prompt", &prompt.rule, &prompt.rule.replace(['-', '_'], " ")),
            "severity": severity,
            "patient": case.patient(),
            "identifiedDateTime": case.time(row.item.at.utc_ms),
            "author": case.who(&row.entry.fields.actor),
            "implicated": causes,
            "detail": said,
            "mitigation": of_this().filter(|row| row.stands()).map(|row| json!({
                "action": local("dealt-with", &row.event.kind(), &words::event(row.event)),
                "date": case.time(row.item.at.utc_ms),
                "author": case.author(&row.entry.fields.actor),
            })).collect::<Vec<_>>(),
        });
        bundle.put_for(row.item.seq, id, "DetectedIssue", fields);
        for row in of_this() {
            bundle.note(row.item.seq, id);
        }
    }
}

/// The prompt that an entry deals with.
const fn about(event: &Event) -> Option<&PromptId> {
    match event {
        Event::PromptAcknowledged { prompt }
        | Event::PromptAnswered { prompt, .. }
        | Event::LookedAgain { prompt, .. } => Some(prompt),
        _ => None,
    }
}

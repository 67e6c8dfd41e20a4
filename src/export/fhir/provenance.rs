//! Who recorded each entry, when, what it says in words, and the hash of its stored line: the chain, beside the resources that it made.

use serde_json::{Value, json};

use super::bundle::{Bundle, Id};
use super::case::{Case, STYLE, is_about};
use super::codes::{self, local_system};
use crate::session::{Actor, Entry, Event};
use crate::words::{self, bundle_notes};

pub(super) fn put(case: &Case<'_>, bundle: &mut Bundle) {
    for entry in case.session.entries() {
        let targets = targets(case, bundle, entry);
        bundle.put(Id::part(entry.fields.id, "provenance"), "Provenance", provenance(case, entry, &targets));
    }
}

/// What the entry made or changed; the visit as a whole where it made nothing of its own.
fn targets(case: &Case<'_>, bundle: &Bundle, entry: &Entry) -> Vec<Value> {
    let about = is_about(&entry.fields.event).map(|seq| bundle.made_by(seq)).unwrap_or_default();
    let made = bundle.made_by(entry.seq()).iter().chain(about);
    let found: Vec<Value> = made.map(|id| id.reference()).collect();
    if found.is_empty() { vec![case.encounter()] } else { found }
}

fn provenance(case: &Case<'_>, entry: &Entry, targets: &[Value]) -> Value {
    let fields = &entry.fields;
    let (change, reason) = match &fields.event {
        Event::EntryAmended { reason, .. } | Event::ReasonGiven { reason, .. } => ("UPDATE", Some(reason)),
        Event::EntryWithdrawn { reason, .. } => ("NULLIFY", Some(reason)),
        Event::ValueConfirmed { .. } => ("UPDATE", None),
        Event::SessionTakenOver(taken) => ("CREATE", Some(&taken.reason)),
        _ => ("CREATE", None),
    };
    let mut activity = codes::hl7("v3-DataOperation", change);
    activity["text"] = json!(words::event_at(&fields.event, case.zone, STYLE));
    // Who signs attests to everything up to the hash that the signature covers.
    let signature = match &fields.event {
        Event::SessionSigned(signature) => Some(signature),
        _ => None,
    };
    let agent = |kind: &str, actor: &Actor| {
        let mut kind = codes::hl7("provenance-participant-type", kind);
        kind["text"] = json!(words::role_name(actor.role));
        json!({ "type": kind, "who": case.who(actor) })
    };
    let source = |hash: &str, seq: u64| {
        json!({
            "role": "source",
            "what": {
                "identifier": { "system": local_system("entry-sha256"), "value": hash },
                "display": bundle_notes::entry_number(seq),
            },
        })
    };
    let attester = signature.map(|signature| agent("attester", &signature.by));
    let covered = signature.map(|signature| source(&signature.covers, signature.through));
    let reason = reason.or(signature.map(|signature| &signature.meaning));
    json!({
        "meta": case.tags(),
        "target": targets,
        "occurredDateTime": case.time(fields.observed_at),
        "recorded": case.time(fields.recorded_at),
        "reason": reason.map(|reason| json!([{ "text": reason }])),
        "activity": activity,
        "agent": [agent("author", &fields.actor), attester],
        "entity": [source(&entry.hash.hex(), entry.seq()), covered],
    })
}

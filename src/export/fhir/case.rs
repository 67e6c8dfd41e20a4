//! What every part of the bundle asks for: the session, who is who in it, its times, what marks a row.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bundle::Id;
use super::codes;
use crate::export::moment::rfc3339;
use crate::protocol::Protocol;
use crate::session::{Actor, At, Event, Role, Row, Session, Zone};
use crate::words::{self, ClockStyle, bundle_notes};

/// The clock style of sentences in a bundle.
pub(super) const STYLE: ClockStyle = ClockStyle::H24;

/// A session as the bundle tells it.
pub(super) struct Case<'a> {
    pub(super) protocol: &'a Protocol,
    pub(super) session: &'a Session,
    pub(super) zone: &'a Zone,
    /// Who acted, in the order of the entries.
    pub(super) actors: Vec<Actor>,
    /// The entries that explain, amend or withdraw another one, by that one's number.
    about: BTreeMap<u64, Vec<Row<'a>>>,
}

impl<'a> Case<'a> {
    pub(super) fn of(protocol: &'a Protocol, session: &'a Session, zone: &'a Zone) -> Self {
        let mut actors: Vec<Actor> = Vec::new();
        let mut about: BTreeMap<u64, Vec<Row<'a>>> = BTreeMap::new();
        for row in session.rows() {
            if let Some(seq) = is_about(&row.entry.fields.event) {
                about.entry(seq).or_default().push(row);
            }
        }
        let signed_on = |event: &Event| match event {
            Event::SitterSignedOn { sitter, .. } => Some(sitter.clone()),
            Event::SessionTakenOver(taken) => Some(taken.by.clone()),
            Event::SessionSigned(signature) => Some(signature.by.clone()),
            _ => None,
        };
        for entry in session.entries() {
            let found = std::iter::once(entry.fields.actor.clone()).chain(signed_on(&entry.fields.event));
            for actor in found.filter(|actor| actor.role != Role::Console) {
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
            }
        }
        Self { protocol, session, zone, actors, about }
    }

    /// A resource of the whole session.
    pub(super) fn part(&self, name: &str) -> Id {
        Id::part(self.session.session_id(), name)
    }

    pub(super) fn patient(&self) -> Value {
        self.part("patient").reference()
    }

    pub(super) fn encounter(&self) -> Value {
        self.part("encounter").reference()
    }

    /// Milliseconds and the zone's offset: a `dateTime` and an `instant`.
    pub(super) fn time(&self, utc_ms: i64) -> String {
        rfc3339(self.zone, utc_ms)
    }

    /// From, to. Where the wall clock was set back meanwhile, the end is counted from the beginning: no period ends before it
    /// begins.
    pub(super) fn period(&self, from: Option<At>, to: Option<At>) -> Value {
        let to = to.map(|to| match from {
            Some(from) if to.utc_ms < from.utc_ms => from.utc_ms + (to.session_ms - from.session_ms).max(0),
            _ => to.utc_ms,
        });
        json!({ "start": from.map(|from| self.time(from.utc_ms)), "end": to.map(|to| self.time(to)) })
    }

    /// A person's place in the bundle, or the program's.
    pub(super) fn actor_id(&self, actor: &Actor) -> Id {
        match actor.role {
            Role::Console => self.part("device"),
            role => self.part(&format!("practitioner/{}/{}/{}", words::role_name(role), actor.id, actor.name)),
        }
    }

    /// Who acted.
    pub(super) fn who(&self, actor: &Actor) -> Value {
        let mut reference = self.actor_id(actor).reference();
        reference["display"] = json!(actor.name);
        reference
    }

    /// The author of a note: a person; FHIR knows no program that writes one.
    pub(super) fn author(&self, actor: &Actor) -> Value {
        if actor.role == Role::Console { Value::Null } else { self.who(actor) }
    }

    /// Who is named: one who acted too, or only the name as it was typed.
    pub(super) fn named(&self, name: &str) -> Value {
        let known = self.actors.iter().find(|actor| actor.name == name.trim());
        known.map_or_else(|| json!({ "display": name }), |actor| self.who(actor))
    }

    /// A rehearsal is test data wherever it goes.
    pub(super) fn tags(&self) -> Value {
        if !self.session.opening().rehearsal {
            return Value::Null;
        }
        json!({ "tag": codes::hl7("v3-ActReason", "HTEST")["coding"] })
    }

    /// When what stands was recorded: the entry, or what changed it last.
    pub(super) fn issued(&self, row: &Row<'_>) -> String {
        let changed = self.about(row).iter().filter(|other| other.entry.fields.event.corrects());
        let last = changed.map(|other| other.entry.fields.recorded_at).max();
        self.time(last.unwrap_or(row.entry.fields.recorded_at).max(row.entry.fields.recorded_at))
    }

    /// What was said about a row: reasons, amendments, its withdrawal.
    fn about(&self, row: &Row<'_>) -> &[Row<'a>] {
        self.about.get(&row.item.seq).map(Vec::as_slice).unwrap_or_default()
    }

    /// What must be known beside a row, each with its author and time.
    pub(super) fn notes(&self, row: &Row<'_>) -> Vec<Value> {
        let marks = words::row_marks(row, self.zone, STYLE);
        let own = (!marks.is_empty()).then(|| json!({ "text": marks }));
        let others = self.about(row).iter().filter(|other| other.stands()).filter_map(|other| {
            let fields = &other.entry.fields;
            Some(json!({
                "authorReference": self.author(&fields.actor),
                "time": self.time(fields.recorded_at),
                "text": bundle_notes::note(&fields.event)?,
            }))
        });
        own.into_iter().chain(others).collect()
    }
}

/// The status of an observation, as it stands.
pub(super) fn status(row: &Row<'_>) -> &'static str {
    if !row.stands() {
        "entered-in-error"
    } else if words::is_unconfirmed(row) {
        "preliminary"
    } else if row.item.amended_by.is_empty() {
        "final"
    } else {
        "amended"
    }
}

/// The entry that another one explains, confirms, amends or withdraws.
pub(super) const fn is_about(event: &Event) -> Option<u64> {
    match event {
        Event::ReasonGiven { about, .. }
        | Event::ValueConfirmed { about }
        | Event::EntryAmended { about, .. }
        | Event::EntryWithdrawn { about, .. } => Some(*about),
        _ => None,
    }
}

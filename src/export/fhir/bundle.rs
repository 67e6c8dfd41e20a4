//! The bundle while it is filled: what each resource is called, what refers to it, and that nothing in it is empty.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::session::Hash;
use crate::session::text::clean_to;

/// A resource's place in the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(Uuid);

impl Id {
    /// Of one part of what a session or an entry says: the same part, the same id.
    pub(super) fn part(of: Uuid, part: &str) -> Self {
        let hash = Hash::of(&[of.as_bytes(), part.as_bytes()].concat());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.0[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// What refers to it.
    pub(super) fn reference(self) -> Value {
        json!({ "reference": self.url() })
    }

    fn url(self) -> String {
        format!("urn:uuid:{}", self.0)
    }
}

/// Resources in their order, and which of them an entry made or changed.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    entries: Vec<Value>,
    made_by: BTreeMap<u64, Vec<Id>>,
}

impl Bundle {
    /// Puts a resource in; its fields that are `null`, empty or blank are left out.
    pub(super) fn put(&mut self, id: Id, kind: &str, fields: Value) {
        let mut resource = json!({ "resourceType": kind, "id": id.0.to_string() });
        if let (Some(resource), Some(Value::Object(fields))) = (resource.as_object_mut(), pruned(fields)) {
            resource.extend(fields);
        }
        self.entries.push(json!({ "fullUrl": id.url(), "resource": resource }));
    }

    /// A resource that says what an entry says.
    pub(super) fn put_for(&mut self, seq: u64, id: Id, kind: &str, fields: Value) {
        self.put(id, kind, fields);
        self.note(seq, id);
    }

    /// An entry made or changed a resource.
    pub(super) fn note(&mut self, seq: u64, id: Id) {
        let made = self.made_by.entry(seq).or_default();
        if !made.contains(&id) {
            made.push(id);
        }
    }

    /// What an entry made or changed.
    pub(super) fn made_by(&self, seq: u64) -> &[Id] {
        self.made_by.get(&seq).map(Vec::as_slice).unwrap_or_default()
    }

    /// The bundle.
    pub(super) fn into_json(self, id: Id, fields: Value) -> Value {
        let mut bundle = json!({ "resourceType": "Bundle", "id": id.0.to_string(), "type": "collection" });
        if let (Some(bundle), Some(Value::Object(fields))) = (bundle.as_object_mut(), pruned(fields)) {
            bundle.extend(fields);
            bundle.insert("entry".to_owned(), Value::Array(self.entries));
        }
        bundle
    }
}

/// Without what is `null`, empty or blank, and without what no program should get: FHIR has no empty string, list or object.
fn pruned(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            let text = clean_to(&text, usize::MAX);
            (!text.is_empty()).then_some(Value::String(text))
        }
        Value::Array(values) => {
            let values: Vec<Value> = values.into_iter().filter_map(pruned).collect();
            (!values.is_empty()).then_some(Value::Array(values))
        }
        Value::Object(fields) => {
            let mut fields: Map<String, Value> =
                fields.into_iter().filter_map(|(name, value)| Some((name, pruned(value)?))).collect();
            // A note says something: without its words its author and time are no note.
            if let Some(notes) = fields.get_mut("note").and_then(Value::as_array_mut) {
                notes.retain(|note| note.get("text").is_some());
                if notes.is_empty() {
                    fields.remove("note");
                }
            }
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_empty() {
        let value = json!({ "a": null, "b": "", "c": [null, {}, []], "d": { "e": " \u{202e}" }, "f": 0, "g": false });
        assert_eq!(pruned(value), Some(json!({ "f": 0, "g": false })));
        assert_eq!(pruned(json!({})), None);
        let note = json!({ "note": [{ "text": "\u{200b}", "time": "2026" }], "f": 0 });
        assert_eq!(pruned(note), Some(json!({ "f": 0 })));
    }

    #[test]
    fn a_part_has_always_the_same_id_and_another_part_another() {
        let of = Uuid::from_u128(7);
        assert_eq!(Id::part(of, "a"), Id::part(of, "a"));
        assert_ne!(Id::part(of, "a"), Id::part(of, "b"));
        assert_eq!(Id::part(of, "a").0.get_version_num(), 8);
    }

    proptest! {
        #[test]
        fn no_text_has_blanks_at_its_ends_or_moves_a_terminal(text in "\\PC*|[\\x00-\\x20a\u{200b}\u{a0}]{0,20}") {
            if let Some(Value::String(kept)) = pruned(Value::String(text)) {
                prop_assert!(!kept.trim().is_empty() && kept.trim() == kept);
                prop_assert!(!kept.chars().any(char::is_control));
            }
        }
    }
}

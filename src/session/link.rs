//! PURE. What ties a stored line to the one before it, and where and when it was written: an entry without what it says.
//! Reading only that is a third of the work, and a change anywhere in the line is found by its hash all the same.

use std::borrow::Cow;

use serde::Deserialize;
use uuid::Uuid;

use super::entry::{Hash, Unreadable};
use super::event::SessionId;

/// An entry's place in its chain. Every field of an entry must be there and of its form; the event is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: Uuid,
    /// The session.
    pub session: SessionId,
    /// The station's tenure of the session.
    pub epoch: u32,
    /// Position in the session, from 1.
    pub seq: u64,
    /// When it was recorded, UTC ms.
    pub recorded_at: i64,
    /// Which boot `boot_ms` counts from.
    pub boot_id: Uuid,
    /// Milliseconds since that boot.
    pub boot_ms: i64,
    /// The word that names its event.
    pub event: Box<str>,
    /// What that event is to a chain.
    pub kind: Kind,
    /// Hash of the entry before; none where it is no hash in lower-case hexadecimal.
    pub prev_hash: Option<Hash>,
    /// What it covers, where it is a signature: number and hash of an entry.
    pub covers: Option<(u64, String)>,
}

/// The kinds of events that a chain knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The session was opened.
    Opening,
    /// The wall clock was set.
    ClockStep,
    /// The record was signed.
    Signature,
    /// Any other.
    Other,
}

/// The fields as they stand in the line.
#[derive(Deserialize)]
struct Read<'a> {
    id: Uuid,
    session: SessionId,
    #[serde(borrow, rename = "station")]
    _station: Cow<'a, str>,
    epoch: u32,
    seq: u64,
    #[serde(rename = "observed_at")]
    _observed_at: i64,
    recorded_at: i64,
    #[serde(rename = "utc_offset_min")]
    _utc_offset_min: i32,
    boot_id: Uuid,
    boot_ms: i64,
    #[serde(rename = "actor")]
    _actor: Who<'a>,
    #[serde(borrow, rename = "app")]
    _app: Cow<'a, str>,
    #[serde(borrow)]
    event: Head<'a>,
    #[serde(borrow)]
    prev_hash: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Who<'a> {
    #[serde(borrow, rename = "id")]
    _id: Cow<'a, str>,
    #[serde(borrow, rename = "name")]
    _name: Cow<'a, str>,
    #[serde(rename = "role")]
    _role: super::event::Role,
}

/// The head of an event. What a signature covers is read only where the event is one.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    covers: Option<&'a serde_json::value::RawValue>,
    #[serde(borrow, default)]
    through: Option<&'a serde_json::value::RawValue>,
}

impl Link {
    /// Reads a stored line.
    pub fn read(line: &[u8]) -> Result<Self, Unreadable> {
        let read: Read<'_> = serde_json::from_slice(line)?;
        let kind = match &*read.event.kind {
            "session_opened" => Kind::Opening,
            "clock_stepped" => Kind::ClockStep,
            "session_signed" => Kind::Signature,
            _ => Kind::Other,
        };
        let covers = match (kind, read.event.through, read.event.covers) {
            (Kind::Signature, Some(through), Some(covers)) => {
                Some((serde_json::from_str(through.get())?, serde_json::from_str(covers.get())?))
            }
            _ => None,
        };
        Ok(Self {
            id: read.id,
            session: read.session,
            epoch: read.epoch,
            seq: read.seq,
            recorded_at: read.recorded_at,
            boot_id: read.boot_id,
            boot_ms: read.boot_ms,
            event: read.event.kind.into(),
            kind,
            prev_hash: Hash::from_hex(&read.prev_hash),
            covers,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Entry;

    const LINE: &str = concat!(
        r#"{"id":"01900000-0000-7000-8000-000000000001","session":"01900000-0000-7000-8000-000000000002","#,
        r#""station":"room-2","epoch":1,"seq":2,"observed_at":5,"recorded_at":6,"utc_offset_min":-300,"#,
        r#""boot_id":"00000000-0000-0000-0000-000000000007","boot_ms":8,"#,
        r#""actor":{"id":"jd","name":"June Doe","role":"sitter"},"app":"0.1.0","#,
        r#""event":{"kind":"note_taken","text":"a \"word\"","patients_words":false},"#,
        r#""prev_hash":"00000000000000000000000000000000000000000000000000000000000000ff"}"#
    );

    #[test]
    fn it_reads_what_an_entry_reads() {
        let (link, entry) = (Link::read(LINE.as_bytes()).unwrap(), Entry::read(LINE.into()).unwrap());
        let fields = &entry.fields;
        assert_eq!((link.id, link.session, link.seq), (fields.id, fields.session, fields.seq));
        assert_eq!((link.recorded_at, link.boot_id, link.boot_ms), (6, fields.boot_id, 8));
        assert_eq!(link.prev_hash.map(|hash| hash.hex()), Some(fields.prev_hash.clone()));
        assert_eq!((link.kind, link.covers, link.epoch), (Kind::Other, None, 1));
    }

    #[test]
    fn what_is_missing_or_of_another_form_is_refused() {
        for (from, to) in [
            ("\"epoch\":1,", ""),
            ("\"app\":\"0.1.0\",", ""),
            ("\"role\":\"sitter\"", "\"role\":\"king\""),
            ("\"seq\":2", "\"seq\":-2"),
            ("\"seq\":2", "\"seq\":2,\"seq\":3"),
            ("\"kind\":\"note_taken\",", ""),
            ("{\"id\":\"019", "x{\"id\":\"019"),
            ("00ff\"}", "00ff\"} {}"),
        ] {
            let changed = LINE.replacen(from, to, 1);
            assert_ne!(changed, LINE);
            assert!(Link::read(changed.as_bytes()).is_err(), "{to}");
        }
        let upper = LINE.replace("00ff\"}", "00FF\"}");
        assert_eq!(Link::read(upper.as_bytes()).unwrap().prev_hash, None, "written as it is hashed, or not at all");
    }

    #[test]
    fn a_signature_tells_what_it_covers() {
        let signed = LINE.replace(
            "\"kind\":\"note_taken\",\"text\":\"a \\\"word\\\"\",\"patients_words\":false",
            "\"kind\":\"session_signed\",\"by\":{},\"covers\":\"abc\",\"through\":47",
        );
        let link = Link::read(signed.as_bytes()).unwrap();
        assert_eq!((link.kind, link.covers), (Kind::Signature, Some((47, "abc".into()))));
    }
}

//! One durable fact: an event with who, when and where, chained to the one before by its hash.
//!
//! The stored line is JSON, integers only. The hash is SHA-256 over the line's bytes exactly as stored; `prev_hash` is
//! inside the line. Bytes are kept and passed on, never written anew from the parsed form.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

use super::event::{Actor, Event, SessionId};
use super::time::Stamp;

/// The `prev_hash` of a session's first entry.
pub const FIRST_PREV_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A SHA-256 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// What `hex` wrote; none where the text is anything else, upper-case letters included.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digit = |c: u8| match c {
            b'0'..=b'9' => Some(c - b'0'),
            b'a'..=b'f' => Some(c - b'a' + 10),
            _ => None,
        };
        let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }

    /// Lower-case hexadecimal.
    #[must_use]
    pub fn hex(&self) -> String {
        use std::fmt::Write;
        self.0.iter().fold(String::with_capacity(64), |mut out, byte| {
            // Writing to a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

/// The fields of an entry. The order here is the order in the stored line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fields {
    /// Unique, UUID version 7.
    pub id: Uuid,
    /// The session.
    pub session: SessionId,
    /// The workstation that wrote it.
    pub station: String,
    /// Its tenure of the session, from 1.
    pub epoch: u32,
    /// Position in the session, from 1.
    pub seq: u64,
    /// When it was observed: the time of its first key, UTC ms.
    pub observed_at: i64,
    /// When it was recorded, UTC ms.
    pub recorded_at: i64,
    /// Offset of local time from UTC, minutes.
    pub utc_offset_min: i32,
    /// Which boot `boot_ms` counts from.
    pub boot_id: Uuid,
    /// Milliseconds since that boot, sleep included, when it was recorded.
    pub boot_ms: i64,
    /// Who.
    pub actor: Actor,
    /// It was made while names were hidden until that person's PIN: whoever pressed the keys had not shown it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub while_locked: bool,
    /// The program's version.
    pub app: String,
    /// What happened.
    pub event: Event,
    /// Hash of the entry before, hexadecimal.
    pub prev_hash: String,
}

/// An entry with the bytes that are stored and their hash.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it says.
    pub fields: Fields,
    /// The stored line, without a line feed.
    pub line: Vec<u8>,
    /// SHA-256 of `line`.
    pub hash: Hash,
}

/// A stored line that cannot be read.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// Not JSON, or not the shape of an entry.
    #[error("not an entry: {0}")]
    Shape(#[from] serde_json::Error),
}

/// What is left of an entry when its event is of a kind this version does not know.
#[derive(Deserialize)]
struct Envelope {
    event: Kind,
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

impl Entry {
    /// Writes the line and its hash.
    ///
    /// # Panics
    /// On `Event::Unknown`, which is only ever read: a version cannot write what it does not know.
    #[must_use]
    pub fn seal(fields: Fields) -> Self {
        // Every other field is a plain string, number or enum: writing them as JSON cannot fail.
        let line = serde_json::to_vec(&fields).expect("plain data is JSON");
        let hash = Hash::of(&line);
        Self { fields, line, hash }
    }

    /// Reads a stored line. An event kind of a newer version is kept as `Event::Unknown`.
    pub fn read(line: Vec<u8>) -> Result<Self, Unreadable> {
        let hash = Hash::of(&line);
        Self::read_hashed(line, hash)
    }

    /// Reads a stored line whose hash has just been worked out.
    pub(crate) fn read_hashed(line: Vec<u8>, hash: Hash) -> Result<Self, Unreadable> {
        let fields = match serde_json::from_slice::<Fields>(&line) {
            Ok(fields) => fields,
            Err(fault) => read_unknown(&line).ok_or(fault)?,
        };
        Ok(Self { fields, line, hash })
    }

    /// The same entry, made while names were hidden until its maker's PIN.
    #[must_use]
    pub fn made_while_locked(self) -> Self {
        Self::seal(Fields { while_locked: true, ..self.fields })
    }

    /// The clock readings at which it was recorded.
    #[must_use]
    pub const fn stamp(&self) -> Stamp {
        Stamp {
            utc_ms: self.fields.recorded_at,
            utc_offset_min: self.fields.utc_offset_min,
            boot_id: self.fields.boot_id,
            boot_ms: self.fields.boot_ms,
        }
    }

    /// Position in the session, from 1.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.fields.seq
    }
}

/// The fields of an entry whose event this version does not know, or whose known event has a newer shape.
fn read_unknown(line: &[u8]) -> Option<Fields> {
    let envelope: Envelope = serde_json::from_slice(line).ok()?;
    let mut value: serde_json::Value = serde_json::from_slice(line).ok()?;
    // Any unit event stands in while the other fields are read; it is replaced at once.
    value["event"] = serde_json::json!({ "kind": "console_left" });
    let mut fields: Fields = serde_json::from_value(value).ok()?;
    fields.event = Event::Unknown { kind: super::text::clean(&envelope.event.kind) };
    Some(fields)
}

impl Event {
    /// The word that names the event in the stored line.
    #[must_use]
    pub fn kind(&self) -> String {
        if let Self::Unknown { kind } = self {
            return kind.clone();
        }
        // The tag is written by serde: asking it keeps the two from drifting apart.
        serde_json::to_value(self).ok().and_then(|v| v["kind"].as_str().map(str::to_owned)).unwrap_or_default()
    }
}

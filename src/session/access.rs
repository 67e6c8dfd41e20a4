//! Who looked at which record, and who was refused: the access log. Each line is chained to the one before, as entries are.
//!
//! The stored line is JSON; the hash is SHA-256 over its bytes, and `prev_hash` is inside.

use serde::{Deserialize, Serialize};

use super::entry::{FIRST_PREV_HASH, Hash};
use super::event::{Actor, SessionId};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Act {
    /// A session was opened at a console.
    Opened,
    /// Its record was printed.
    Shown,
    /// Its record left in some form.
    Exported {
        /// The form.
        format: String,
    },
    /// The page that the patient takes home was made.
    CardPrinted {
        /// The form.
        format: String,
    },
    /// Its entries were checked; without a session, those of all.
    Verified {
        /// Whether they hold.
        holds: bool,
    },
    /// The journal was copied.
    BackedUp,
    /// The journal was brought back from a copy.
    Restored,
    /// Somebody signed in with a PIN.
    SignedIn,
    /// A PIN was wrong.
    SignInFailed,
    /// The names were hidden after a while without a key.
    Locked,
    /// A session that another console held was taken over.
    TakenOver {
        /// Why.
        reason: String,
    },
    /// A PIN was set.
    PinSet,
    /// A PIN was taken away.
    PinRemoved,
    /// Something that a newer version writes.
    #[serde(other)]
    Other,
}

/// What is to be logged: the journal gives it its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// What was done.
    pub act: Act,
    /// The record, where it is about one.
    pub session: Option<SessionId>,
    /// Who did it, or for whom a PIN was wrong; none where nobody said who they are.
    pub who: Option<Actor>,
    /// When, UTC ms.
    pub at: i64,
    /// The workstation.
    pub station: String,
    /// The program's version.
    pub app: String,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessFields {
    /// Its place, from 1.
    pub seq: u64,
    /// When, UTC ms.
    pub at: i64,
    /// The workstation.
    pub station: String,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Actor>,
    /// What.
    pub act: Act,
    /// The record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The program's version.
    pub app: String,
    /// Hash of the line before, hexadecimal.
    pub prev_hash: String,
}

/// A line with its bytes and their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLine {
    /// What it says.
    pub fields: AccessFields,
    /// The stored bytes.
    pub line: Vec<u8>,
    /// SHA-256 of `line`.
    pub hash: Hash,
}

impl AccessLine {
    /// The line that comes after another; the first where there is none.
    ///
    /// # Panics
    /// Never: plain strings and numbers are JSON.
    #[must_use]
    pub fn after(last: Option<(u64, Hash)>, access: Access) -> Self {
        let Access { act, session, who, at, station, app } = access;
        let seq = last.map_or(1, |(seq, _)| seq + 1);
        let prev_hash = last.map_or_else(|| FIRST_PREV_HASH.to_owned(), |(_, hash)| hash.hex());
        let fields = AccessFields { seq, at, station, who, act, session, app, prev_hash };
        let line = serde_json::to_vec(&fields).expect("plain data is JSON");
        let hash = Hash::of(&line);
        Self { fields, line, hash }
    }
}

/// Reads stored lines and checks their chain: those that hold, and the place of the first that does not.
pub fn check(stored: impl IntoIterator<Item = Vec<u8>>) -> (Vec<AccessLine>, Option<u64>) {
    let mut lines: Vec<AccessLine> = Vec::new();
    for (bytes, seq) in stored.into_iter().zip(1..) {
        let hash = Hash::of(&bytes);
        let expected = lines.last().map_or_else(|| FIRST_PREV_HASH.to_owned(), |last| last.hash.hex());
        match serde_json::from_slice::<AccessFields>(&bytes) {
            Ok(fields) if fields.seq == seq && fields.prev_hash == expected => {
                lines.push(AccessLine { fields, line: bytes, hash });
            }
            _ => return (lines, Some(seq)),
        }
    }
    (lines, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Vec<Vec<u8>> {
        let access = |act| Access { act, session: None, who: None, at: 5, station: "s".into(), app: "0".into() };
        let first = AccessLine::after(None, access(Act::Shown));
        let second = AccessLine::after(Some((1, first.hash)), access(Act::Exported { format: "csv".into() }));
        let third = AccessLine::after(Some((2, second.hash)), access(Act::BackedUp));
        [first, second, third].map(|line| line.line).to_vec()
    }

    #[test]
    fn a_whole_log_holds_and_every_changed_byte_is_found() {
        let whole = three();
        let (lines, broken) = check(whole.clone());
        assert_eq!((lines.len(), broken), (3, None));
        for at in 0..whole[1].len() {
            let mut changed = whole.clone();
            changed[1][at] ^= 1;
            assert!(check(changed).1.is_some(), "byte {at}");
        }
        assert_eq!(check([whole[0].clone(), whole[2].clone()]).1, Some(2));
    }

    #[test]
    fn what_a_newer_version_did_is_kept() {
        let line = String::from_utf8(three().remove(0)).unwrap();
        let newer = line.replace("\"shown\"", "\"gazed_at\"");
        let (lines, broken) = check([newer.into_bytes()]);
        assert_eq!((broken, &lines[0].fields.act), (None, &Act::Other));
    }
}

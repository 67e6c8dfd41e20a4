//! The protocol in force, and another one that the room has meanwhile.

use super::clock::{ClockStyle, clock};
use super::record::printable;
use super::record_page;
use crate::protocol::Protocol;
use crate::session::{ProtocolCopy, Session, Zone};

/// On the screen while the room's protocol is another than the session's: short, with the key.
#[must_use]
pub fn newer_protocol(room: &Protocol, session: &ProtocolCopy) -> String {
    let what = if room.name != session.name {
        format!("room's protocol: {}", room.name)
    } else if room.version == session.version {
        "protocol file has changed".to_owned()
    } else {
        format!("newer protocol {}", room.version)
    };
    format!("{what} (i, Ctrl-N)")
}

/// On the screen while the room's protocol cannot be used.
#[must_use]
pub const fn protocol_unread() -> &'static str {
    "room's protocol cannot be read"
}

/// The first sentence when it cannot be used.
#[must_use]
pub fn protocol_unread_why(why: &str) -> String {
    let first = why.lines().next().unwrap_or_default();
    printable(&format!("This session goes on by its own copy of its protocol: {first}"))
}

/// The title of the form.
#[must_use]
pub fn title_accept(protocol: &Protocol) -> String {
    format!("Accept {} {} for the rest of this session?", protocol.name, protocol.version)
}

/// Its field.
#[must_use]
pub const fn accept_labels() -> &'static [(&'static str, &'static str)] {
    &[("Accepted by", "name of the person who answers for it")]
}

/// Under the field: what is in force, what would be, and whether a clinician approved it.
#[must_use]
pub fn accept_notes(room: &Protocol, session: &ProtocolCopy) -> Vec<String> {
    let line = |name: &str, version: &str, print: &str| record_page::protocol_line(name, version, print);
    vec![
        format!("now: {}", line(&session.name, &session.version, &session.fingerprint)),
        format!("then: {}", line(&room.name, &room.version, &room.fingerprint)),
        record_page::approval_line(room),
        "From then on the other one asks. What was recorded stays.".to_owned(),
    ]
}

/// A protocol that was accepted, for the record.
#[must_use]
pub fn accepted_line(copy: &ProtocolCopy, at_utc_ms: i64, by: &str, zone: &Zone, style: ClockStyle) -> String {
    let line = record_page::protocol_line(&copy.name, &copy.version, &copy.fingerprint);
    format!("{line}, from {}, accepted by {by}", clock(zone, at_utc_ms, style))
}

/// A protocol was accepted.
#[must_use]
pub fn accepted(session: &Session) -> String {
    let copy = session.protocol_copy();
    format!("{} {} is in force from now on.", copy.name, copy.version)
}

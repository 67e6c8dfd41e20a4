//! Signing: what a signature means, what is missing before it, who signed what.

use super::missing::missing_counted;
use super::record::printable;
use crate::guidance::Missing;
use crate::session::{Session, Signature, Signed};

/// So many digits of a hash stand where a person reads it; the whole of it is in the record.
const SHORT_HASH: usize = 12;

/// What the signature means: kept with it, word for word.
#[must_use]
pub const fn signature_meaning(is_signed: bool) -> &'static str {
    if is_signed {
        "I sign the addenda to this record as complete and mine."
    } else {
        "I sign this record as complete and mine."
    }
}

/// The title of the form.
#[must_use]
pub const fn title_sign(is_signed: bool) -> &'static str {
    if is_signed { "Sign the addenda" } else { "Sign the record: afterwards it takes addenda only" }
}

/// Its field.
#[must_use]
pub const fn sign_labels() -> &'static [(&'static str, &'static str)] {
    &[("Signed by", "your name")]
}

/// What stands under the field: the meaning, what it covers, what is missing.
#[must_use]
pub fn sign_notes(session: &Session, missing: &[Missing]) -> Vec<String> {
    let last = session.last_entry();
    let lacks = missing_counted(missing);
    let lacks = if lacks.is_empty() { "nothing".to_owned() } else { lacks.join("; ") };
    vec![
        format!("\"{}\"", signature_meaning(session.is_signed())),
        format!("It covers #1 to #{}, SHA-256 {}...", last.seq(), short(&last.hash.hex())),
        format!("Missing: {lacks}."),
    ]
}

fn short(hash: &str) -> String {
    hash.chars().take(SHORT_HASH).collect()
}

/// Said after signing.
#[must_use]
pub fn just_signed(signed: &Signed) -> String {
    let Signature { by, through, .. } = &signed.signature;
    format!("Signed by {}: #1 to #{through}. What is added from now on is marked as an addendum.", by.name)
}

/// The signature as a line of the record.
#[must_use]
pub fn signed_row(signature: &Signature) -> String {
    let Signature { by, meaning, covers, through, missing, .. } = signature;
    let lacks = if missing.is_empty() { String::new() } else { format!("; missing then: {}", missing.join("; ")) };
    format!("SIGNED by {}: \"{meaning}\" Covers #1 to #{through}, SHA-256 {}...{lacks}", by.name, short(covers))
}

/// The signature at the head of the record: `Jo Doe, 15:10: "I sign this record as complete and mine." #1 to #61, ...`.
#[must_use]
pub fn signature_line(signed: &Signed, moment: &str) -> String {
    let Signature { by, meaning, covers, through, .. } = &signed.signature;
    format!("{}, {moment}: \"{meaning}\" #{} covers #1 to #{through}, SHA-256 {covers}", by.name, signed.seq)
}

/// Addenda that nobody has signed yet.
#[must_use]
pub fn unsigned_addenda(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 addendum not signed".to_owned()),
        _ => Some(format!("{count} addenda not signed")),
    }
}

/// Beside the phase, once the visit is over: `not signed: x, then s`, `signed 15:10 by Jo Doe`, or `signed 15:10, 1 addendum not signed`.
#[must_use]
pub fn signed_figures(session: &Session, clock: impl Fn(i64) -> String) -> String {
    let Some(last) = session.signatures().last() else { return "not signed: x, then s".to_owned() };
    let at = clock(last.at.utc_ms);
    match unsigned_addenda(session.unsigned_addenda()) {
        // That is what is to be done; who signed stands in the record.
        Some(open) => format!("signed {at}, {open}"),
        None => format!("signed {at} by {}", super::relief::clipped_name(&last.signature.by.name)),
    }
}

/// Something was asked that a signed record does not take.
#[must_use]
pub const fn record_is_signed() -> &'static str {
    "The record is signed: only a note (t), or a correction or late entry (e), can be added, as an addendum."
}

/// What is added to a signed record, once its author is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// A note.
    Note,
    /// An amendment or a withdrawal.
    Correction,
    /// A late entry.
    LateEntry,
    /// A reason that is owed.
    Reason,
    /// Identity and preparation.
    Identity,
    /// That the times were told.
    Times,
    /// The card.
    Card,
}

const fn added(added: Added) -> &'static str {
    match added {
        Added::Note => "the note",
        Added::Correction => "the correction",
        Added::LateEntry => "the late entry",
        Added::Reason => "the reason",
        Added::Identity => "who the patient is",
        Added::Times => "the times",
        Added::Card => "the card",
    }
}

/// Who adds to a signed record? What comes afterwards is named, so that nobody types it here.
#[must_use]
pub fn title_author(then: Added) -> String {
    format!("FIRST YOUR NAME (the record is signed); then {}", added(then))
}

/// The PIN of whoever adds to a signed record.
#[must_use]
pub fn title_author_pin(name: &str, then: Added) -> String {
    format!("PIN of {}; then {}", super::relief::clipped_name(name), added(then))
}

/// Under the field.
#[must_use]
pub const fn author_note() -> &'static str {
    "It stands over every addendum, until you leave this record."
}

/// A name that nobody here bears.
#[must_use]
pub fn unknown_author(typed: &str, then: Added) -> String {
    let then = added(then);
    printable(&format!(
        "\"{typed}\" is nobody known here. If it is your name: Enter again. If it is {then}: that comes next."
    ))
}

/// A name under which nobody here is known, in the place of a signature.
#[must_use]
pub fn unknown_signer(typed: &str) -> String {
    printable(&format!("\"{typed}\" is nobody known here. If it is your name: Enter again signs with it."))
}

/// The title of a form that adds to a signed record: whose name is in use stands first.
#[must_use]
pub fn title_addendum(author: &str, title: &str) -> String {
    format!("ADDENDUM BY {}   {title}", super::relief::clipped_name(author))
}

/// Under a form that adds to a signed record.
#[must_use]
pub fn other_author(author: &str) -> String {
    format!("Not {author}? Esc, then q, and open the record again: it asks anew.")
}

/// In the strip, once somebody has said who adds.
#[must_use]
pub fn addenda_by(author: &str) -> String {
    format!("ADDENDA BY {}", super::relief::clipped_name(author))
}

/// The field.
#[must_use]
pub const fn author_labels() -> &'static [(&'static str, &'static str)] {
    &[("Your name", "who you are")]
}

//! The access log in words.

use super::clock::{ClockStyle, clock_with_seconds, date};
use super::names::role_name;
use super::record::printable;
use crate::session::access::{AccessLine, Act};
use crate::session::{Role, Zone};

/// Nothing was logged yet.
#[must_use]
pub fn no_accesses() -> String {
    "nothing is in the access log for that time".to_owned()
}

/// A line: when, what, which record, who, where.
#[must_use]
pub fn access_line(line: &AccessLine, number: Option<&str>, zone: &Zone, style: ClockStyle) -> String {
    let fields = &line.fields;
    let when = format!("{} {}", date(zone, fields.at), clock_with_seconds(zone, fields.at, style));
    let record = number.map(|number| format!(" {number}")).unwrap_or_default();
    let who = fields.who.as_ref().map(|who| match who.role {
        Role::Clinician => format!(", {} ({})", who.name, role_name(who.role)),
        Role::Sitter | Role::Console => format!(", {}", who.name),
    });
    // At a console that is known to be nobody; at the command line nobody says who they are.
    let at_console = matches!(fields.act, Act::Opened | Act::Locked | Act::CardPrinted { .. });
    let nobody = if at_console { ", nobody signed in" } else { "" };
    let who = who.unwrap_or_else(|| nobody.to_owned());
    printable(&format!("#{} {when}  {}{record}{who}, at {}", fields.seq, act(&fields.act), fields.station))
}

fn act(act: &Act) -> String {
    match act {
        Act::Opened => "opened".to_owned(),
        Act::Shown => "shown".to_owned(),
        Act::Exported { format } => format!("exported as {format}"),
        Act::CardPrinted { format } => format!("card made as {format}"),
        Act::Verified { holds: true } => "verified: holds".to_owned(),
        Act::Verified { holds: false } => "verified: DOES NOT HOLD".to_owned(),
        Act::BackedUp => "backed up".to_owned(),
        Act::Restored => "restored".to_owned(),
        Act::SignedIn => "signed in with PIN".to_owned(),
        Act::SignInFailed => "WRONG PIN".to_owned(),
        Act::Locked => "locked".to_owned(),
        Act::TakenOver { reason } => format!("taken over ({reason})"),
        Act::PinSet => "PIN set".to_owned(),
        Act::PinRemoved => "PIN removed".to_owned(),
        Act::Other => "something that a newer version wrote".to_owned(),
    }
}

/// The chain of the log is broken.
#[must_use]
pub fn access_log_broken(seq: u64) -> String {
    format!("line {seq} of the access log does not hold: it, or the line before it, was changed or taken out")
}

/// What left the journal could not be logged.
#[must_use]
pub const fn not_logged() -> &'static str {
    "the access log could not be written: this export stands nowhere but here"
}

/// A day that cannot be read.
#[must_use]
pub fn since_fault(typed: &str) -> String {
    format!("--since {typed} is no day: give 2026-11-23, or a number of days such as 7")
}

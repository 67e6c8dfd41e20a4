//! What the commands say: one sentence each, and what to do where something is wrong.

use std::fmt::Display;

use super::names::phase_name;
use super::protocol_faults::{fault, shown};
use crate::protocol::{Fault, FaultKind, MAX_BYTES, Protocol};
use crate::session::chain::Break;
use crate::session::{Description, Phase, PumpState, Session};

/// What the exit codes mean.
pub const EXIT_CODES: [(u8, &str); 4] = [
    (0, "Fine."),
    (1, "What was checked does not hold, or what was asked for is not there."),
    (2, "The arguments cannot be meant."),
    (3, "Trouble with a disk, a file or a clock."),
];

/// The heads of the columns of a list of sessions.
pub const SESSION_HEADS: [&str; 7] = ["number", "date", "time", "patient", "sitter", "state", "entries"];

/// Where a rehearsal's record is.
#[must_use]
pub fn rehearsal_kept(folder: &str) -> String {
    format!("The rehearsal's record: bedside show last --data-dir {folder}")
}

/// The faults of a protocol's file, each on its line with its place: `FILE:LINE:COL: sentence`.
#[must_use]
pub fn faults_of_protocol(file: &str, faults: &[Fault]) -> String {
    faults_of(file, faults, fault)
}

/// The faults of a configuration, each on its line with its place.
#[must_use]
pub fn faults_of_config(file: &str, faults: &[Fault]) -> String {
    faults_of(file, faults, |fault| match &fault.what {
        FaultKind::FileTooLong { bytes } => {
            format!(
                "the file has {bytes} bytes: a configuration has {MAX_BYTES} at most; check that it is the right file"
            )
        }
        FaultKind::Syntax { message } => format!("this is not TOML ({}): correct the line", shown(message)),
        _ => self::fault(fault),
    })
}

fn faults_of(file: &str, faults: &[Fault], sentence: impl Fn(&Fault) -> String) -> String {
    let line = |fault: &Fault| format!("{file}:{}:{}: {}", fault.line, fault.column, sentence(fault));
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A protocol's file is in order; what should be known of it all the same stands first, each on its line.
#[must_use]
pub fn protocol_holds(file: &str, protocol: &Protocol, warnings: &[Fault]) -> String {
    let approved = match &protocol.approval {
        Some(approval) => format!("approved by {}, {}", approval.approved_by, approval.on),
        None => "NOT APPROVED BY A CLINICIAN".to_owned(),
    };
    let warned = match warnings.len() {
        0 => String::new(),
        1 => ", 1 warning".to_owned(),
        count => format!(", {count} warnings"),
    };
    let lines = warnings.iter().map(|warning| format!("{file}:{}\n", super::warning_line(warning)));
    let lines: String = lines.collect();
    format!("{lines}{file}: {}, version {}, {approved}: no fault found{warned}", protocol.name, protocol.version)
}

/// A data folder without a session.
#[must_use]
pub fn no_sessions_yet(folder: &str) -> String {
    format!(
        "no sessions yet in {folder}: none was ever opened there (rehearsals are kept apart, in its folder rehearsals)"
    )
}

/// The last line of a list that was cut.
#[must_use]
pub fn and_more(count: usize) -> String {
    format!("and {count} more: --all")
}

/// The state of a session whose entries do not hold.
#[must_use]
pub fn damaged(number: &str) -> String {
    format!("damaged: bedside verify {number}")
}

/// Where a visit stands, for a list.
#[must_use]
pub fn session_state(session: &Session) -> String {
    let state = session.state();
    let phase = match &state.phase {
        Phase::Infusion if state.infusion.state == PumpState::Paused => "infusion, paused".to_owned(),
        phase => phase_name(phase),
    };
    let phase = if session.is_signed() { format!("{phase}, signed") } else { phase };
    if session.opening().rehearsal { format!("REHEARSAL, {phase}") } else { phase }
}

/// A patient in a list: two of one name are told apart by code and date of birth, where they are given.
#[must_use]
pub fn patient_in_list(patient: &Description) -> String {
    let apart: Vec<&str> = [&patient.code, &patient.born].into_iter().flatten().map(String::as_str).collect();
    if apart.is_empty() { patient.patient.clone() } else { format!("{} ({})", patient.patient, apart.join(", ")) }
}

/// A session whose chain is whole. `signed`: the last entry that the last signature covers, and that signature's hash.
#[must_use]
pub fn chain_holds(number: &str, entries: u64, signed: Option<(u64, String)>) -> String {
    let held = if entries == 1 { "1 entry holds".to_owned() } else { format!("{entries} entries hold") };
    let signed = signed.map(|(through, hash)| format!(", signed through entry {through} (signature {hash})"));
    format!("{number}: {held}{}", signed.unwrap_or_default())
}

/// A session in a file of stored lines holds. Without a signature nothing in a file can show that its end is missing.
#[must_use]
pub fn file_holds(file: &str, session: &str, entries: u64, signed: Option<(u64, String)>) -> String {
    let unsigned = if signed.is_none() { "; not signed, so that a missing end would not show" } else { "" };
    format!("{file}: {}{unsigned}", chain_holds(&format!("session {session}"), entries, signed))
}

/// The first line of a file that does not hold.
#[must_use]
pub fn line_breaks(file: &str, line: u64, at: &Break) -> String {
    format!("{file}: line {line}: {at}")
}

/// A file without a line.
#[must_use]
pub fn file_empty(file: &str) -> String {
    format!("{file}: there is no entry in it")
}

/// A session whose chain is not.
#[must_use]
pub fn chain_breaks(number: &str, at: &Break) -> String {
    format!("{number}: {at}")
}

/// A session that lies where the journal's file is damaged. `why` ends with what to do.
#[must_use]
pub fn session_unreadable(number: &str, why: &impl Display) -> String {
    format!("{number}: cannot be read: {why}")
}

/// A session that is listed and has no entry.
#[must_use]
pub fn session_empty(number: &str) -> String {
    format!("{number}: all entries are missing")
}

/// Stands above a record that does not hold.
#[must_use]
pub fn damaged_record(number: &str, at: &Break) -> String {
    format!(
        "WARNING: the record of session {number} is damaged. The first fault: {at}.\n\
         Below is what can be read. Do not rely on it; keep the data folder as it is and compare with a backup."
    )
}

/// A record that does not hold is exported in no form but its own lines.
#[must_use]
pub fn not_exported(session: &str, at: &Break) -> String {
    format!(
        "session {session} is damaged and not exported ({at}): bedside show prints what can be read, and --format jsonl \
         writes the stored lines as they are"
    )
}

/// The lines of a damaged record were exported.
#[must_use]
pub fn exported_damaged(session: &str, at: &Break) -> String {
    format!("session {session} is damaged ({at}): its lines were written as they are stored; do not rely on them")
}

/// Stands in a damaged record where the opening cannot be read, above the stored lines.
#[must_use]
pub fn bare_lines() -> String {
    "The opening cannot be read, so no record can be made. The stored lines:".to_owned()
}

/// What stands for an entry of a damaged record that cannot be read.
#[must_use]
pub fn unreadable_entry() -> String {
    "damaged, cannot be read".to_owned()
}

/// Stands above a record whose own protocol this version does not read.
#[must_use]
pub fn other_protocol(kept: &str, used: &str) -> String {
    format!(
        "WARNING: the protocol kept with this session ({kept}) cannot be read by this version.\n\
         The record below is worded by {used}: its responses, gate and driving time may differ from those that held."
    )
}

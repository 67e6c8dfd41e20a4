//! What is said of a session's two copies: the journal and its transcript.

use crate::session::twin::{Finding, What};

/// What was found and healed, for the screen.
#[must_use]
pub fn healed(finding: &Finding) -> String {
    let session = named(finding);
    match &finding.what {
        What::OnlyTranscript { entries } => {
            format!("The journal had lost session {session}: its {} back, from its transcript.", came(*entries))
        }
        What::JournalLacks { from, through } => {
            format!("The journal had lost {} of session {session}: taken from its transcript.", range(*from, *through))
        }
        What::JournalDamaged { at, through } => format!(
            "The journal was damaged in session {session} ({at}). Entries 1 to {through} were put right from its \
             transcript; what was damaged is kept in the folder transcripts."
        ),
        What::JournalLost { at } => format!(
            "The journal is damaged in session {session} ({at}), and its transcript does not know better: compare with \
             a backup."
        ),
        What::TranscriptDamaged { at } => format!(
            "The transcript of session {session} was damaged ({at}). The journal holds; the transcript was set aside \
             and written anew."
        ),
        What::TranscriptLacks { entries } => {
            format!("The transcript of session {session} lacked {}: added.", count(*entries))
        }
        What::Disagree { seq, journal, transcript } => format!(
            "The journal ({journal} entries) and the transcript ({transcript}) of session {session} hold, and differ \
             from entry {seq} on. Both are kept: the journal goes on, the transcript is set aside as \"disagrees\"."
        ),
    }
}

/// The same in one line, for a session on the screen: 78 letters at most.
#[must_use]
pub fn healed_short(finding: &Finding) -> String {
    match &finding.what {
        What::OnlyTranscript { .. } => "The journal had lost a session: put back from its transcript.".to_owned(),
        What::JournalLacks { from, through } => {
            format!("The journal had lost {}: put back from the transcript.", range(*from, *through))
        }
        What::JournalDamaged { at, .. } => {
            format!("The journal was damaged at entry {}: put right from the transcript.", at.seq)
        }
        What::JournalLost { at } => format!("The journal is damaged at entry {}: run bedside verify.", at.seq),
        What::TranscriptDamaged { at } => {
            format!("The transcript was damaged at entry {}: written anew. The journal holds.", at.seq)
        }
        What::TranscriptLacks { entries } => format!("The transcript lacked {}: added.", count(*entries)),
        What::Disagree { seq, .. } => {
            format!("Journal and transcript differ from entry {seq} on. Both are kept.")
        }
    }
}

/// The journal was set aside, in one line.
#[must_use]
pub const fn journal_set_aside_short() -> &'static str {
    "The journal could not be read: set aside, a new one filled from transcripts."
}

/// A transcript cannot be written, in one line.
#[must_use]
pub const fn transcript_behind_short() -> &'static str {
    "The transcript cannot be written now: caught up later. The journal is saved."
}

/// What was found, where nothing is changed: for the command that verifies.
#[must_use]
pub fn found(finding: &Finding) -> String {
    let session = named(finding);
    match &finding.what {
        What::OnlyTranscript { entries } => {
            format!(
                "{session}: the journal does not have this session; its transcript holds {}: bedside verify --heal",
                count(*entries)
            )
        }
        What::JournalLacks { from, through } => {
            format!(
                "{session}: the journal has lost {}, which its transcript has: bedside verify --heal",
                range(*from, *through)
            )
        }
        What::JournalDamaged { through, .. } => format!(
            "{session}: with its transcript entries 1 to {through} can be put right: bedside verify --heal, or start the \
             console"
        ),
        What::JournalLost { .. } => format!("{session}: its transcript does not know better: compare with a backup"),
        What::TranscriptDamaged { at } => {
            format!("{session}: in the transcript {at}; the journal is not touched by it")
        }
        What::TranscriptLacks { entries } => {
            format!("{session}: the transcript lacks {} so far; the console adds what it lacks", count(*entries))
        }
        What::Disagree { seq, .. } => {
            format!("{session}: the journal and the transcript hold, and differ from entry {seq} on")
        }
    }
}

/// The journal could not be read and was set aside.
#[must_use]
pub fn journal_set_aside(aside: &str) -> String {
    format!("The journal could not be read. It is kept as {aside}; a new one was begun, filled from the transcripts.")
}

/// A session's copies could not be healed.
#[must_use]
pub fn not_healed(session: &str, why: &str) -> String {
    format!("Session {session} could not be put right: {why}.")
}

/// The transcripts are in order again.
#[must_use]
pub const fn transcripts_again() -> &'static str {
    "The transcripts are in order again."
}

/// How many sessions were put back, where they are many.
#[must_use]
pub fn sessions_put_back(count: usize) -> String {
    format!("The journal had lost {count} sessions: all are back, from their transcripts.")
}

/// A backup was made.
#[must_use]
pub fn backed_up(folder: &str, sessions: usize, entries: u64) -> String {
    format!("Backed up to {folder}, and verified there: {}, {}.", sessions_count(sessions), count(entries))
}

/// A backup was put back.
#[must_use]
pub fn restored(folder: &str, sessions: usize, entries: u64, aside: Option<&str>) -> String {
    let before = aside.map(|aside| format!(" What was there before is kept in {aside}.")).unwrap_or_default();
    format!("Restored from {folder}, and verified: {}, {}.{before}", sessions_count(sessions), count(entries))
}

/// A session that does not hold was copied as it is.
#[must_use]
pub fn copied_broken(session: &str) -> String {
    format!("Session {session} does not hold, here or there: bedside verify {session}")
}

fn sessions_count(sessions: usize) -> String {
    if sessions == 1 { "1 session".to_owned() } else { format!("{sessions} sessions") }
}

fn named(finding: &Finding) -> String {
    finding.number.clone().unwrap_or_else(|| finding.session.to_string())
}

fn count(entries: u64) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

fn came(entries: u64) -> String {
    if entries == 1 { "1 entry is".to_owned() } else { format!("{entries} entries are") }
}

fn range(from: u64, through: u64) -> String {
    if from == through { format!("entry {from}") } else { format!("entries {from} to {through}") }
}

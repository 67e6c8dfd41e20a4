//! `bedside verify`: whether records hold, in the journal, in its transcripts, or in a file; and the first entry that does
//! not.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::data;
use super::{Globals, Usage, out, trouble};
use crate::file;
use crate::journal::{self, DataFolder, Journal, JournalError, Told, Verified};
use crate::session::SessionId;
use crate::session::verify::Signed;
use crate::words;

/// What to check.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A session's number, the beginning of its id, or `last`; or a file of stored lines [default: every session]
    #[arg(value_name = "ID|FILE.jsonl")]
    what: Option<String>,
    /// Put each copy right from the other where that holds: the journal from the transcript, the transcript from the
    /// journal
    #[arg(long)]
    heal: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was found of one session.
#[derive(Debug, Serialize)]
struct Found {
    id: SessionId,
    number: Option<String>,
    holds: bool,
    entries: Option<u64>,
    first_broken: Option<u64>,
    signatures: Vec<Signature>,
    last_hash: Option<String>,
    says: String,
    /// What the transcript has to say.
    transcript: Vec<String>,
}

/// A signature that holds.
#[derive(Debug, Serialize)]
struct Signature {
    entry: u64,
    through: u64,
    hash: String,
}

/// What was found of a file.
#[derive(Debug, Serialize)]
struct FoundFile {
    file: String,
    holds: bool,
    line: Option<u64>,
    says: Vec<String>,
    sessions: Vec<FoundInFile>,
}

#[derive(Debug, Serialize)]
struct FoundInFile {
    id: SessionId,
    entries: u64,
    signatures: Vec<Signature>,
    last_hash: Option<String>,
}

pub(super) fn run(globals: &Globals, asked: &Verify) -> anyhow::Result<ExitCode> {
    if let Some(path) = asked.what.as_deref().and_then(as_file) {
        if asked.heal {
            return Err(Usage(
                "--heal puts the copies in the data folder right, not a file: leave the file out".into(),
            )
            .into());
        }
        return of_file(&path, asked.json);
    }
    let folder = data::folder(globals)?;
    if asked.heal {
        heal(&folder, asked)?;
    }
    of_folder(&folder, asked)
}

/// The file that is meant, where one is: a session's name is never a path, and never ends so.
fn as_file(what: &str) -> Option<PathBuf> {
    let is_file = what.contains(std::path::MAIN_SEPARATOR)
        || Path::new(what).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"));
    is_file.then(|| PathBuf::from(what))
}

fn of_file(path: &Path, as_json: bool) -> anyhow::Result<ExitCode> {
    let name = crate::session::text::clean_to(&path.display().to_string(), usize::MAX);
    let found = journal::verify_file(path).map_err(|fault| file::unreadable(path, fault))?;
    let holds = found.fault.is_none() && !found.sessions.is_empty();
    let mut says: Vec<String> = Vec::new();
    for session in &found.sessions {
        says.push(words::file_holds(&name, &session.session.to_string(), session.entries, last(&session.signatures)));
    }
    if let Some((line, at)) = &found.fault {
        says.push(words::line_breaks(&name, *line, at));
    } else if found.sessions.is_empty() {
        says.push(words::file_empty(&name));
    }
    if as_json {
        let sessions = found.sessions.iter().map(|session| FoundInFile {
            id: session.session,
            entries: session.entries,
            signatures: signatures(&session.signatures),
            last_hash: session.last_hash.map(|hash| hash.hex()),
        });
        let line = found.fault.as_ref().map(|(line, _)| *line);
        out::print_json(&FoundFile { file: name, holds, line, says, sessions: sessions.collect() })?;
    } else {
        out::print(&says.join("\n"))?;
    }
    Ok(if holds { ExitCode::SUCCESS } else { trouble::does_not_hold() })
}

/// Puts right what can be, and says what was.
fn heal(folder: &DataFolder, asked: &Verify) -> anyhow::Result<()> {
    if !folder.path().is_dir() {
        return Ok(());
    }
    let mut journal = Journal::open(folder)?;
    let only = asked.what.as_deref().map(|id| journal.resolve(id)).transpose()?;
    let all = journal.heads()?.into_iter().rev().map(|head| head.id).chain(journal::sessions_kept(folder)?);
    let mut sessions: Vec<SessionId> = all.filter(|id| only.is_none_or(|only| only == *id)).collect();
    sessions.sort_unstable();
    sessions.dedup();
    journal.level(sessions)?;
    let said = journal.take_told().into_iter().filter_map(|told| match told {
        Told::Found(finding) => Some(words::healed(&finding)),
        Told::NotHealed { session, why } => Some(words::not_healed(&session.to_string(), &why.to_string())),
        Told::Transcript(trouble) => Some(format!("{trouble}.")),
        Told::SetAside { .. } | Told::TranscriptsAgain => None,
    });
    let said: Vec<String> = said.collect();
    if !said.is_empty() {
        // Not on the standard output where a program reads that.
        if asked.json { out::complain(&said.join("\n")) } else { out::print(&said.join("\n"))? }
    }
    Ok(())
}

fn of_folder(folder: &DataFolder, asked: &Verify) -> anyhow::Result<ExitCode> {
    let kept = journal::sessions_kept(folder)?;
    let journal = match data::journal(folder)? {
        Some(journal) => journal,
        None if asked.what.is_some() && kept.is_empty() => data::journal_that_is_there(folder)?,
        None if kept.is_empty() => {
            out::print(&if asked.json {
                "[]".into()
            } else {
                words::no_sessions_yet(&folder.path().display().to_string())
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        // The journal is lost, its transcripts are not.
        None => Journal::in_memory()?,
    };
    let only = asked.what.as_deref().map(|id| resolve(&journal, &kept, id)).transpose()?;
    let heads = journal.heads()?;
    let mut all: Vec<(SessionId, Option<String>)> =
        heads.iter().rev().map(|head| (head.id, Some(head.number.clone()))).collect();
    let known: std::collections::BTreeSet<SessionId> = heads.iter().map(|head| head.id).collect();
    all.extend(kept.into_iter().filter(|id| !known.contains(id)).map(|id| (id, None)));
    let mut findings = Vec::new();
    for (id, number) in all.into_iter().filter(|(id, _)| only.is_none_or(|only| only == *id)) {
        let found = check(&journal, folder, id, number)?;
        if !asked.json {
            // One by one: a long journal takes its time.
            // That a transcript lags is no news in a list: a running console is a second behind.
            let transcript = found.transcript.iter().filter(|_| !found.holds || only.is_some());
            let says = std::iter::once(&found.says).chain(transcript).filter(|said| !said.is_empty());
            out::print(&says.map(String::as_str).collect::<Vec<_>>().join("\n"))?;
        }
        findings.push(found);
    }
    if asked.json {
        out::print_json(&findings)?;
    }
    let holds = findings.iter().all(|found| found.holds);
    Ok(if holds { ExitCode::SUCCESS } else { trouble::does_not_hold() })
}

/// A session that only its transcript knows is meant by its whole id.
fn resolve(journal: &Journal, kept: &[SessionId], asked: &str) -> Result<SessionId, JournalError> {
    match journal.resolve(asked) {
        Err(unknown @ JournalError::NoSession { .. }) => {
            kept.iter().find(|id| id.to_string() == asked).copied().ok_or(unknown)
        }
        resolved => resolved,
    }
}

fn check(journal: &Journal, folder: &DataFolder, id: SessionId, number: Option<String>) -> Result<Found, JournalError> {
    let name = number.clone().unwrap_or_else(|| id.to_string());
    let verified = match journal.verify(folder, id) {
        Ok(verified) => verified,
        // The file is damaged where this session lies: the next one may be whole.
        Err(damaged @ JournalError::Corrupt { .. }) => {
            let says = words::session_unreadable(&name, &damaged);
            return Ok(Found {
                id,
                number,
                holds: false,
                entries: None,
                first_broken: None,
                signatures: Vec::new(),
                last_hash: None,
                says,
                transcript: Vec::new(),
            });
        }
        Err(fault) => return Err(fault),
    };
    let is_lost = verified.entries == 0 && number.is_some();
    Ok(Found {
        id,
        holds: verified.holds() && !is_lost,
        entries: Some(verified.entries),
        first_broken: verified.fault.as_ref().map(|at| at.seq).or(is_lost.then_some(1)),
        signatures: signatures(&verified.signatures),
        last_hash: verified.last_hash.map(|hash| hash.hex()),
        says: says(&name, &verified, number.is_some()),
        transcript: verified.findings.iter().map(words::found).collect(),
        number,
    })
}

fn says(name: &str, verified: &Verified, is_listed: bool) -> String {
    match &verified.fault {
        Some(at) => words::chain_breaks(name, at),
        None if verified.entries > 0 => words::chain_holds(name, verified.entries, last(&verified.signatures)),
        None if is_listed => words::session_empty(name),
        // The transcript says all there is to say.
        None => String::new(),
    }
}

fn last(signatures: &[Signed]) -> Option<(u64, String)> {
    signatures.last().map(|signed| (signed.through, signed.hash.hex()))
}

fn signatures(signatures: &[Signed]) -> Vec<Signature> {
    let of = |signed: &Signed| Signature { entry: signed.seq, through: signed.through, hash: signed.hash.hex() };
    signatures.iter().map(of).collect()
}

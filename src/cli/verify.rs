//! `bedside verify`: whether each session's entries hold together, and the first that does not.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::data::{self, Record};
use super::{Globals, access, out, trouble};
use crate::config::Config;
use crate::journal::{Journal, JournalError, SessionHead};
use crate::session::SessionId;
use crate::session::access::Act;
use crate::words;

/// Which session to check.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A session's number, the beginning of its id, or `last` [default: every session]
    id: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was found of one session.
#[derive(Debug, Serialize)]
struct Finding {
    id: SessionId,
    number: String,
    holds: bool,
    entries: Option<usize>,
    first_broken: Option<u64>,
    says: String,
}

pub(super) fn run(globals: &Globals, asked: &Verify) -> anyhow::Result<ExitCode> {
    let folder = data::folder(globals)?;
    let Some(journal) = find_journal(&folder, asked)? else {
        if asked.json {
            out::print("[]")?;
        } else {
            out::print(&words::no_sessions_yet(&folder.path().display().to_string()))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let heads = journal.heads()?;
    let only = asked.id.as_deref().map(|id| journal.resolve(id)).transpose()?;
    let mut findings = Vec::new();
    // Oldest first, as they were written.
    for head in heads.iter().rev().filter(|head| only.is_none_or(|id| id == head.id)) {
        let finding = check(&journal, head)?;
        if !asked.json {
            // One by one: a long journal takes its time.
            out::print(&finding.says)?;
        }
        findings.push(finding);
    }
    if asked.json {
        out::print_json(&findings)?;
    }
    let holds = findings.iter().all(|finding| finding.holds);
    if holds {
        let config = Config::load(globals.config.as_deref()).unwrap_or_default();
        access::log(&folder, &config, Act::Verified { holds }, only);
    }
    Ok(if holds { ExitCode::SUCCESS } else { trouble::does_not_hold() })
}

fn find_journal(folder: &crate::journal::DataFolder, asked: &Verify) -> anyhow::Result<Option<Journal>> {
    match asked.id {
        Some(_) => data::journal_that_is_there(folder).map(Some),
        None => data::journal(folder),
    }
}

fn check(journal: &Journal, head: &SessionHead) -> Result<Finding, JournalError> {
    let (id, number) = (head.id, head.number.clone());
    let (entries, first_broken, says) = match Record::read(journal, head.id) {
        Ok(Record::Whole(entries)) => (Some(entries.len()), None, words::chain_holds(&number, entries.len())),
        Ok(Record::Damaged { at, lines }) => (Some(lines.len()), Some(at.seq), words::chain_breaks(&number, &at)),
        // The file is damaged where this session lies: the next one may be whole.
        Err(damaged @ JournalError::Corrupt { .. }) => (None, None, words::session_unreadable(&number, &damaged)),
        Err(JournalError::NoSession { .. }) => (Some(0), Some(1), words::session_empty(&number)),
        Err(fault) => return Err(fault),
    };
    let holds = first_broken.is_none() && entries.is_some();
    Ok(Finding { id, number, holds, entries, first_broken, says })
}

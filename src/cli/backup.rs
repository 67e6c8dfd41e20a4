//! `bedside backup` and `bedside restore`: the data folder copied and verified, and put back.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Globals, access, data, out, trouble};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::journal::{self, Copied, DataFolder};
use crate::session::Zone;
use crate::session::access::Act;
use crate::words;

/// Where the backup goes.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// A folder that does not exist yet, best on another disk
    dir: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Where the backup is.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The folder that `bedside backup` made
    dir: PathBuf,
    /// Restore it although something in it does not hold
    #[arg(long)]
    as_it_is: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was copied, for a program.
#[derive(Debug, Serialize)]
struct Done {
    sessions: usize,
    entries: u64,
    holds: bool,
    broken: Vec<String>,
    aside: Vec<String>,
}

pub(super) fn back_up(globals: &Globals, asked: &Backup) -> anyhow::Result<ExitCode> {
    let folder = data::folder(globals)?;
    // Asked first, so that a lost journal is told from one that was never there.
    data::journal_that_is_there(&folder)?;
    let copied = journal::backup(&folder, &asked.dir)?;
    log(globals, &folder, Act::BackedUp, &copied);
    let said = words::backed_up(&place(&asked.dir), copied.sessions, copied.entries);
    tell(&copied, said, asked.json)
}

pub(super) fn put_back(globals: &Globals, asked: &Restore) -> anyhow::Result<ExitCode> {
    let folder = data::folder(globals)?;
    let now = SystemClock::new(Zone::utc()).now();
    let copied = journal::restore(&asked.dir, &folder, now.utc_ms, asked.as_it_is)?;
    log(globals, &folder, Act::Restored, &copied);
    let aside = copied.aside.first().map(|path| place(path));
    let said = words::restored(&place(&asked.dir), copied.sessions, copied.entries, aside.as_deref());
    tell(&copied, said, asked.json)
}

/// Nothing is added to a journal that does not hold.
fn log(globals: &Globals, folder: &DataFolder, act: Act, copied: &Copied) {
    if copied.broken.is_empty() {
        let config = Config::load(globals.config.as_deref()).unwrap_or_default();
        access::log(folder, &config, act, None);
    }
}

fn tell(copied: &Copied, said: String, as_json: bool) -> anyhow::Result<ExitCode> {
    let broken: Vec<String> = copied.broken.iter().map(|(session, _)| session.to_string()).collect();
    let holds = broken.is_empty();
    if as_json {
        let aside = copied.aside.iter().map(|path| place(path)).collect();
        out::print_json(&Done { sessions: copied.sessions, entries: copied.entries, holds, broken, aside })?;
    } else {
        let broken = broken.iter().map(|session| words::copied_broken(session));
        out::print(&std::iter::once(said).chain(broken).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(if holds { ExitCode::SUCCESS } else { trouble::does_not_hold() })
}

fn place(path: &std::path::Path) -> String {
    crate::session::text::clean_to(&path.display().to_string(), usize::MAX)
}

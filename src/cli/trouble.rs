//! An error becomes one sentence on the standard error and an exit code: 1 what was checked or asked for does not hold,
//! 2 usage, 3 trouble with disk, file or clock.

use std::process::ExitCode;

use thiserror::Error;

use super::out::{self, OutputTrouble};
use crate::journal::{BackupTrouble, JournalError};
use crate::run::Trouble;

/// What the arguments ask for cannot be meant: found after clap has read them.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// The exit code of something checked that does not hold.
pub(super) fn does_not_hold() -> ExitCode {
    ExitCode::from(1)
}

/// Says what is wrong, and gives the exit code for it. A reader that closed its end of the pipe is no trouble.
#[must_use]
pub fn report(error: &anyhow::Error) -> ExitCode {
    let code = code(error);
    if code != 0 {
        out::complain(&format!("{error:#}"));
    }
    ExitCode::from(code)
}

fn code(error: &anyhow::Error) -> u8 {
    for cause in error.chain() {
        if matches!(cause.downcast_ref(), Some(OutputTrouble::Closed)) {
            return 0;
        }
        // A console started without a terminal is a matter of how it was started.
        if cause.is::<Usage>() || matches!(cause.downcast_ref(), Some(Trouble::NoTerminal(_))) {
            return 2;
        }
        if let Some(trouble) = cause.downcast_ref::<BackupTrouble>() {
            match trouble {
                BackupTrouble::Exists(_) | BackupTrouble::Inside(_) => return 2,
                BackupTrouble::NoBackup(_) | BackupTrouble::DoesNotHold { .. } => return 1,
                _ => {}
            }
        }
        if let Some(JournalError::NoSession { .. } | JournalError::Ambiguous { .. } | JournalError::NoJournal { .. }) =
            cause.downcast_ref()
        {
            return 1;
        }
    }
    3
}

/// What clap answers instead of arguments: help and version to the standard output, usage to the standard error.
pub(super) fn answer(answer: &clap::Error) -> ExitCode {
    // Plain: clap quotes arguments as they came, so everything but letters is taken out, its colours too.
    let text = answer.render().to_string();
    if answer.use_stderr() {
        out::complain(text.trim_end());
        return ExitCode::from(2);
    }
    out::print(&text).map_or_else(|trouble| report(&trouble.into()), |()| ExitCode::SUCCESS)
}

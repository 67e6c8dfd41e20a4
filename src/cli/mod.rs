//! The command line: what may be asked, and one file a subcommand that answers. Wires the rooms together and writes to the
//! standard output; an answer is an exit code, an error one sentence.

mod access;
mod backup;
mod card;
mod completions;
pub mod console;
mod data;
mod destination;
mod export;
mod keys;
mod man;
mod out;
mod pin;
mod protocol;
mod protocol_file;
pub mod rehearse;
mod series;
mod sessions;
mod show;
mod simulate;
mod trouble;
mod verify;
mod version;
mod when;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::run::Keyboard;

pub use crate::file::FileTrouble;
pub use out::OutputTrouble;
pub use protocol_file::{ProtocolTrouble, protocol_source};
pub use trouble::{Usage, report};

/// The console a sitter works at during a ketamine infusion.
///
/// Without a command it opens the console; a running session opens directly.
#[derive(Debug, Parser)]
#[command(name = "bedside", version, disable_version_flag = true)]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    /// Print the version
    #[arg(short = 'V', action = ArgAction::Version)]
    short_version: Option<bool>,
    /// Print the version, those of SQLite and the zone database, and what this program is not
    #[arg(long = "version")]
    long_version: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Globals {
    /// The folder of the journal [default: bedside in the platform's place for data]
    #[arg(long, global = true, value_name = "DIR", env = "BEDSIDE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The room's configuration [default: bedside/bedside.toml in the platform's place for configurations]
    #[arg(long, global = true, value_name = "FILE", env = "BEDSIDE_CONFIG")]
    pub config: Option<PathBuf>,
    /// The protocol of new sessions: the name of a shipped one, or a file [default: the room's, else standard-iv-40]
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub protocol: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Rehearse with a scripted patient, apart from the real sessions
    Rehearse(rehearse::Rehearse),
    /// List the sessions, those still open first, then the newest
    Sessions(sessions::Sessions),
    /// Print the record of a session
    Show(show::Show),
    /// Check that the records are whole and unchanged
    Verify(verify::Verify),
    /// Copy all real sessions to another folder, and verify the copy; a console may go on meanwhile
    Backup(backup::Backup),
    /// Put a backup in the place of the record; what is there is set aside
    Restore(backup::Restore),
    /// Give a person of the room a PIN, or take it away
    Pin(pin::Asked),
    /// Print who looked at which record, and which PINs were wrong
    Access(access::Asked),
    /// Print the page that the patient takes home
    Card(card::Asked),
    /// Write a session in a form that others read: a page, a table, the stored entries
    Export(export::Asked),
    /// The visits of one patient: dates and gaps, what happened, scores
    Series(series::Asked),
    /// The driving time and what is left, without a session
    When(when::Asked),
    /// Check a protocol, print it, or play it
    #[command(subcommand)]
    Protocol(protocol::Command),
    /// Print the keys of the console
    Keys,
    /// Print the completions for a shell
    Completions(completions::Completions),
    /// Print the manual page
    Man,
}

/// Reads the arguments.
///
/// # Errors
/// The exit code, where they ask for help or the version, or cannot be meant: what there is to say has been said.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    Cli::try_parse_from(arguments).map_err(|answer| trouble::answer(&answer))
}

/// Runs what was asked for.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    let globals = &cli.globals;
    if cli.long_version {
        return version::run();
    }
    match &cli.command {
        None => console::open(globals),
        Some(Command::Rehearse(asked)) => {
            asked.check()?;
            rehearse::run(globals, asked, &mut Keyboard::default())
        }
        Some(Command::Sessions(asked)) => sessions::run(globals, asked),
        Some(Command::Show(asked)) => show::run(globals, asked),
        Some(Command::Verify(asked)) => verify::run(globals, asked),
        Some(Command::Backup(asked)) => backup::back_up(globals, asked),
        Some(Command::Restore(asked)) => backup::put_back(globals, asked),
        Some(Command::Pin(asked)) => pin::run(globals, asked),
        Some(Command::Access(asked)) => access::run(globals, asked),
        Some(Command::Card(asked)) => card::run(globals, asked),
        Some(Command::Export(asked)) => export::run(globals, asked),
        Some(Command::Series(asked)) => series::run(globals, asked),
        Some(Command::When(asked)) => when::run(globals, asked),
        Some(Command::Protocol(asked)) => protocol::run(globals, asked),
        Some(Command::Keys) => keys::run(),
        Some(Command::Completions(asked)) => completions::run(asked),
        Some(Command::Man) => man::run(),
    }
}

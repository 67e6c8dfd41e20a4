//! `bedside pin`: gives a person of the room a PIN, or takes it away. It is asked without being shown.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use clap::Args;
use rustix::termios::{LocalModes, OptionalActions, Termios, isatty, tcgetattr, tcsetattr};

use super::trouble::Usage;
use super::{Globals, access, data, out};
use crate::config::Config;
use crate::pins::Pins;
use crate::session::Pin;
use crate::session::access::Act;
use crate::words;

/// The most that is read from the standard input, bytes.
const MOST: u64 = 1024;

/// Whose PIN, and from where.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The person's id in the room's configuration
    id: String,
    /// Read the PIN from the standard input, one line
    #[arg(long, conflicts_with = "remove")]
    stdin: bool,
    /// Take the PIN away
    #[arg(long)]
    remove: bool,
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let folder = data::folder(globals)?;
    let known: Vec<String> = config.ids().map(str::to_owned).collect();
    // One that was taken out of the configuration may still have a PIN to take away.
    if !asked.remove && !known.contains(&asked.id) {
        return Err(Usage(words::pin_for_nobody(&out::clean(&asked.id), &known)).into());
    }
    let mut pins = Pins::load(&folder)?;
    if asked.remove {
        let had = pins.remove(&folder, &asked.id)?;
        if had {
            access::log_of(&folder, &config, Act::PinRemoved, config.person(&asked.id));
        }
        out::print(&words::pin_removed(&out::clean(&asked.id), had))?;
        return Ok(ExitCode::SUCCESS);
    }
    let pin = if asked.stdin { from_stdin()? } else { from_terminal(&asked.id)? };
    pin.check().map_err(|not| Usage(not.to_string()))?;
    pins.set(&folder, &asked.id, &pin)?;
    access::log_of(&folder, &config, Act::PinSet, config.person(&asked.id));
    out::print(&words::pin_set(&asked.id))?;
    Ok(ExitCode::SUCCESS)
}

fn from_stdin() -> io::Result<Pin> {
    let mut text = String::new();
    io::stdin().lock().take(MOST).read_to_string(&mut text)?;
    Ok(Pin::new(text.lines().next().unwrap_or_default()))
}

/// Asked twice: what is not seen is mistyped easily.
fn from_terminal(id: &str) -> anyhow::Result<Pin> {
    if !isatty(io::stdin()) {
        return Err(Usage(words::pin_needs_a_terminal().to_owned()).into());
    }
    let hidden = Hidden::begin()?;
    let first = ask(&words::pin_prompt(id, false))?;
    let again = ask(&words::pin_prompt(id, true))?;
    drop(hidden);
    if first == again { Ok(first) } else { Err(Usage(words::pin_differs().to_owned()).into()) }
}

fn ask(prompt: &str) -> anyhow::Result<Pin> {
    let mut terminal = io::stderr().lock();
    write!(terminal, "{prompt}")?;
    terminal.flush()?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    writeln!(terminal)?;
    if typed.contains('\u{3}') || typed.is_empty() {
        return Err(Usage(words::pin_differs().to_owned()).into());
    }
    Ok(Pin::new(typed.trim_end_matches(['\n', '\r'])))
}

/// The terminal without its echo, until this value goes. Ctrl-C is a character meanwhile: it ends the asking, and not the
/// program with the echo still off.
struct Hidden {
    before: Termios,
}

impl Hidden {
    fn begin() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
        tcsetattr(io::stdin(), OptionalActions::Flush, &hidden)?;
        Ok(Self { before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that has gone has nothing to be restored.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.before);
    }
}

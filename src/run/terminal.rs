//! The terminal: taken over, given back however the program ends, and taken over again after a stop.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use thiserror::Error;

use crate::console::{Model, view};

/// One frame goes out in one write: a buffer larger than any frame, so that nothing tears.
const FRAME_BYTES: usize = 256 * 1024;

/// Why there is no terminal to work in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoTerminal {
    /// Standard input is something else.
    #[error("standard input is not a terminal: start bedside in a terminal window, without < or a pipe")]
    Input,
    /// Standard output is something else.
    #[error("standard output is not a terminal: start bedside in a terminal window, without > or a pipe")]
    Output,
    /// The terminal's kind is not known.
    #[error("TERM is not set, so this terminal's kind is not known: set it, for example TERM=xterm-256color")]
    Unknown,
    /// The terminal cannot move its cursor.
    #[error("TERM=dumb cannot show a screen: start bedside in another terminal")]
    Dumb,
}

/// Whether the console has the terminal now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Asks for clicks only: a terminal that reported every movement would wake the program for nothing.
struct CaptureClicks;

impl Command for CaptureClicks {
    fn write_ansi(&self, out: &mut impl std::fmt::Write) -> std::fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while the console has it.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<File>>>,
}

impl Screen {
    /// Whether there is a terminal at all.
    pub(super) fn check() -> Result<(), NoTerminal> {
        if !io::stdin().is_terminal() {
            return Err(NoTerminal::Input);
        }
        if !io::stdout().is_terminal() {
            return Err(NoTerminal::Output);
        }
        match std::env::var("TERM").as_deref() {
            Ok("dumb") => Err(NoTerminal::Dumb),
            Ok("") | Err(_) => Err(NoTerminal::Unknown),
            Ok(_) => Ok(()),
        }
    }

    /// Takes the terminal over.
    pub(super) fn take() -> io::Result<Self> {
        restore_on_panic();
        enter()?;
        // Standard output's own descriptor is line-buffered by the library: a frame would go out in pieces.
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, out));
        Ok(Self { terminal: Terminal::new(backend)? })
    }

    /// Takes the terminal over again after the program was stopped, and draws everything anew. Whoever had it meanwhile may
    /// have set it up for itself.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        enter()?;
        // Forgets what was drawn. `Terminal::clear` would ask the terminal where its cursor is, and wait for the answer.
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws the model: what changed, in one write.
    pub(super) fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.terminal.draw(|frame| view::draw(model, frame)).map(drop)
    }

    /// Rings the terminal's bell, after what was drawn has gone out.
    pub(super) fn ring(&mut self) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(b"\x07")?;
        Write::flush(out)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, CaptureClicks, Hide)
}

/// Gives the terminal back, once: a second time would put the cursor where it was before, over what was said since.
/// Best effort: the terminal may be gone, and there is nobody left to tell.
pub(super) fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A panic's message belongs on the ordinary screen, where it can be read. One of another thread (the journal's) does not
/// end the console, which says itself that nothing is saved any more: its message would only lie across the screen.
fn restore_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let (before, console) = (std::panic::take_hook(), std::thread::current().id());
        std::panic::set_hook(Box::new(move |info| {
            let is_console = std::thread::current().id() == console;
            if is_console {
                give_back();
            }
            if is_console || !TAKEN.load(Ordering::SeqCst) {
                before(info);
            }
        }));
    });
}

/// Whether the terminal is still there: a closed window answers with an error, even where SIGHUP is ignored.
pub(super) fn is_alive() -> bool {
    rustix::termios::tcgetattr(io::stdin()).is_ok()
}

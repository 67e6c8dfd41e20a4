//! The shell around the console: the terminal's lifetime, the one select loop, effects carried out.

mod card;
mod events;
mod keyboard;
mod locks;
mod shell;
mod terminal;

pub use keyboard::Keyboard;
pub use shell::{Ending, Rehearsing, Shell, Trouble};
pub use terminal::NoTerminal;

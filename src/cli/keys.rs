//! `bedside keys`: the keys of the console, from the one table that the console itself obeys.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::out;
use crate::console::keymap::{CONTEXTS, bindings};

/// Prints the keys.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let mut text = String::new();
    for context in CONTEXTS {
        text.push_str(context.title());
        text.push('\n');
        for binding in bindings(context).filter(|binding| !binding.help.is_empty()) {
            let keys: Vec<String> = binding.chords.iter().map(|chord| chord.shown()).collect();
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {:<9} {}", keys.join(" "), binding.help);
        }
        text.push('\n');
    }
    out::print(text.trim_end())?;
    Ok(ExitCode::SUCCESS)
}

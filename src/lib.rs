//! Bedside: the console a sitter works at during a ketamine infusion.

pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod export;
mod file;
pub mod guidance;
pub mod headless;
pub mod journal;
pub mod protocol;
pub mod rehearsal;
pub mod run;
pub mod session;
pub mod words;
pub mod zones;

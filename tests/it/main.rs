//! The integration tests: one crate, one module a room.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and its helpers with it")]

mod access;
mod afternoon;
mod card;
mod chains;
mod cli;
mod contract;
mod earlier;
mod export;
mod forms;
mod golden;
mod journal;
mod language;
mod least_disturbing;
mod printing;
mod properties;
mod protocol;
mod relief;
mod review;
mod scenarios;
mod screens;
mod signing;
mod sim;
mod take_over;
#[cfg(target_os = "linux")]
mod terminal;
#[cfg(target_os = "linux")]
mod trouble;
mod twin;
mod typing;
mod visit;
mod word;
mod words;

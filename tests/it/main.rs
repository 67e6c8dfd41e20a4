//! The integration tests: one crate, one module a room.

mod afternoon;
mod contract;
mod export;
mod journal;
mod protocol;
mod screens;
mod sim;
mod visit;
mod words;

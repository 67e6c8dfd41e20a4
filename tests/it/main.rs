//! The integration tests: one crate, one module a room.

mod afternoon;
mod contract;
mod export;
mod journal;
mod protocol;
mod visit;
mod words;

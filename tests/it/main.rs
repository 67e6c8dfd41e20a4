//! The integration tests: one crate, one module a room.

mod journal;
mod protocol;
mod screens;
mod sim;

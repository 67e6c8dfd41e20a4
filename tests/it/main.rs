//! The integration tests: one crate, one module a room.

mod protocol;

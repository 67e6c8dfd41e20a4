//! Integration tests, one crate.

mod journal;

//! A disk that fails, and power that does: the writer in a process of its own, on a disk that a test stands in front of.

pub(crate) mod child;
mod damage;
mod faults;
mod power;

//! PURE. Typed reasons and numbers become sentences here, one folder a language; no other room writes a sentence for a person.

pub mod en;

pub use en::*;

//! Bedside: the console a sitter works at during a ketamine infusion.

pub mod export;
pub mod guidance;
pub mod protocol;
pub mod session;
pub mod words;

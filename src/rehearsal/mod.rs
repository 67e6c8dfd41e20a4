//! PURE. A scripted patient: what is seen and measured when, and the keys with which a scripted sitter would answer.

mod player;
mod script;

pub use player::{Player, Step};
pub use script::{Anchor, Moment, SHIPPED, Script, ScriptFault, shipped};

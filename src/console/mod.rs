//! The console: a model, messages that change it, and a view that draws it. It reads no clock, opens no file, starts no
//! thread: `run.rs` does, and carries out the effects.

pub mod action;
pub mod available;
mod earlier;
pub mod form;
pub mod held;
pub mod input;
pub mod keymap;
pub mod live;
pub mod message;
pub mod model;
mod overlay;
pub mod question;
pub mod settings;
pub mod sheet;
pub mod theme;
mod top;
pub mod update;
pub mod view;

pub use keymap::{Binding, Context, KEYMAP};
pub use message::{Effect, Msg, PatientMoment};
pub use model::{Model, Settings};
pub use update::{settle, start, take, update};

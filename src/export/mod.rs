//! PURE. A session in the forms that others read: text, JSON, the card to take home. Returns data, opens no file; the same session gives the same
//! bytes.

mod ascii;
mod card;
mod json;
mod page;
pub mod pdf;
mod text;

pub use card::{Card, NoCard, Numbers, card};
pub use json::json;
pub use text::text;

//! PURE. A session in the forms that others read: text, JSON. Returns data, opens no file; the same session gives the same
//! bytes.

mod json;
mod page;
mod text;

pub use json::json;
pub use text::text;

//! PURE. A session in the forms that others read: text, JSON, the card to take home. Returns data, opens no file; the same session gives the same
//! bytes.

mod ascii;
mod card;
mod chart;
mod csv;
mod fhir;
mod json;
mod lines;
mod moment;
mod page;
pub mod pdf;
mod record;
mod rems;
mod series;
mod summary;
mod text;

pub use card::{Card, NoCard, Numbers, card};
pub use csv::csv;
pub use fhir::fhir;
pub use json::json;
pub use lines::jsonl;
pub use record::record_pdf;
pub use rems::{NotNasal, rems};
pub use series::series_json;
pub use summary::summary;
pub use text::{text, text_with_originals};

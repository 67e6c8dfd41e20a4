//! English.

mod finding_names;
mod protocol_faults;
mod protocol_page;

pub use finding_names::{origin_mark, reading_name, route_name, scale_name, sign_name, vital_name, vital_unit};
pub use protocol_faults::{fault, fault_line};
pub use protocol_page::protocol_page;

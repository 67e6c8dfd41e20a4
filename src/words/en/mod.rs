//! English.

mod cli;
mod finding_names;
mod protocol_faults;
mod protocol_page;

pub use cli::{
    PRODUCT_STATEMENT, SESSION_HEADS, and_more, bare_lines, chain_breaks, chain_holds, damaged, damaged_record,
    faults_of_config, faults_of_protocol, no_sessions_yet, other_protocol, protocol_holds, session_state,
    session_empty, session_unreadable, unreadable_entry,
};
pub use finding_names::{origin_mark, reading_name, route_name, scale_name, sign_name, vital_name, vital_unit};
pub use protocol_faults::{fault, fault_line};
pub use protocol_page::protocol_page;

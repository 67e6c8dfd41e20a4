//! The checks of a protocol file, one part a file. Each returns the checked part, or a stand-in and a fault in the report.

mod advice;
mod cadence;
mod calling;
mod card;
mod course;
mod ladder;
mod lists;
mod only;
mod responses;
mod screening;
mod section;
mod shadow;
mod texts;
mod vitals;
mod when;

pub(super) use advice::warnings;
pub(super) use cadence::marks;
pub(super) use calling::{asks, call, emergency};
pub(super) use card::card;
pub(super) use course::{approval, discharge, elimination, head, infusion, schedule};
pub(super) use ladder::{alarms, escalations};
pub(super) use lists::{after_care, drugs, gate};
pub(super) use only::sinces;
pub(super) use responses::responses;
pub(super) use screening::{check_back, screening, series};
pub(crate) use section::{Section, Unique};
pub use texts::MAX_TEXT;
pub(crate) use texts::texts;
pub use vitals::faults_of_limits;
pub(super) use vitals::{answered, limits};

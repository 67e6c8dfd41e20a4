//! PURE. What a clinic decided, from TOML text to a checked `Protocol`. Knows no session, clock, file or screen.

mod calling;
mod card;
mod check;
mod fault;
pub mod finding;
mod fingerprint;
mod form;
mod limit;
mod load;
mod model;
mod origins;
mod raw;
mod report;
mod response;
mod screening;
mod shipped;
mod vocabulary;

pub use calling::{Ask, CallRules, EmergencyPlan, MAX_CHECKLIST, MAX_MARKS};
pub use card::{Calendar, CardWords};
pub use check::{MAX_TEXT, faults_of_limits};
// How a TOML file is read with every fault in its place: the room's configuration is read in the same way.
pub(crate) use check::{Section, Unique, texts};
pub use fault::{Fault, FaultKind, Shape};
pub use finding::{Comfort, During, Past, Priority, Reach, ReadingKind, Scale, Sign, Vital};
pub use fingerprint::fingerprint;
pub(crate) use form::{Form, read as read_form};
pub use limit::LimitKind;
pub use load::MAX_BYTES;
pub use model::{
    Alarms, Approval, Discharge, Drug, Elimination, Expects, GateItem, InfusionPlan, Limits, Origin, Protocol, Route,
    Schedule, Sentence, Shows,
};
pub(crate) use raw::Field;
pub(crate) use report::Report;
pub use response::{Band, Clears, Done, Escalate, Only, Response, Since, Step, Subject, When};
pub use screening::{CheckBack, MAX_ANSWERS, OnlyIf, ScreeningItem, ScreeningKind, SeriesRules, gate_asks_word};
pub use shipped::{SHIPPED, shipped};
pub(crate) use vocabulary::Words;

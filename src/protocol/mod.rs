//! PURE. What a clinic decided, from TOML text to a checked `Protocol`. Knows no session, clock, file or screen.

pub mod finding;
mod model;

pub use finding::{Priority, Reach, ReadingKind, Scale, Sign, Vital};
pub use model::{
    Approval, Discharge, Drug, Elimination, GateItem, InfusionPlan, Limits, Origin, Protocol, Response, Route,
    Schedule, Sentence, Shows, Subject, When,
};

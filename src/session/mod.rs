//! PURE. What happened to one patient on one visit: facts, entries, the fold over them, and the decisions that make new
//! ones. Knows the protocol; knows no clock, file, screen or thread.

pub mod chain;
mod entry;
mod event;
mod measure;
pub mod text;
mod time;

pub use entry::{Entry, FIRST_PREV_HASH, Fields, Hash, Unreadable};
pub use event::{
    Actor, AwayCause, Comfort, Description, Deviation, Doubt, DrugGiven, Event, GateAnswer, Leaving, Mark, Observation,
    Opening, Owed, PromptId, ProtocolCopy, Rate, Role, SessionId,
};
pub use measure::{
    Anxiety, BloodPressure, Diastolic, Dissociation, DoseUg, DurationMin, HeartRate, Moaas, Nausea, OutOfRange, Pain,
    Quantity, Reading, RespiratoryRate, Reversed, Spo2, Systolic, TemperatureTenthsCel, Vitals, WeightG,
};
pub use time::{At, HOUR_MS, MINUTE_MS, SECOND_MS, Stamp, Zone};

//! PURE. What happened to one patient on one visit: facts, entries, the fold over them, and the decisions that make new
//! ones. Knows the protocol; knows no clock, file, screen or thread.

pub mod access;
mod age;
mod asked;
mod call;
mod card_made;
pub mod chain;
mod cleaned;
mod comfort;
mod command;
mod correct;
mod decide;
mod deviation;
mod doubt;
mod driving;
mod emergency;
mod entry;
mod event;
mod fold;
mod identity;
mod in_force;
mod infusion;
mod limits_set;
pub mod link;
mod measure;
mod opening;
mod owed;
mod pin;
mod prompt_state;
mod put_off;
mod relieve;
mod scribe;
mod self_harm;
mod signature;
mod take_over;
pub mod text;
mod time;
mod timeline;
pub mod twin;
pub mod verify;
pub mod vitals_line;
mod wall_clock;
mod watch;

pub use crate::protocol::Comfort;
pub use asked::{Asked, CheckedBack, Scores, Screened, Screening, ScreeningCount, Since};
pub use call::{Call, Ladder, NextCall, Rung};
pub use card_made::{CardMade, CardTimes, KeptCard};
pub use comfort::{ComfortPlan, UnclearWish, Wish};
pub use command::{Command, Refusal};
pub use correct::{Instead, instead_of_changing, is_changeable, is_undoable};
pub use decide::{Context, decide};
pub use deviation::{at_start as deviations_at_start, is_fresh_baseline};
pub use doubt::{LastValues, description_doubts, doubts, is_unlikely_dose};
pub use emergency::{Emergency, EmergencyMark};
pub use entry::{Entry, FIRST_PREV_HASH, Fields, Hash, Unreadable};
pub use event::{
    Actor, Against, AwayCause, Change, Deviation, Doubt, DrugGiven, Event, GateAnswer, Leaving, Mark, Observation,
    Owed, PromptId, Rate, Role, SessionId,
};
pub use fold::{NoSession, Phase, Session, State};
pub use identity::{Identity, Likeness, fold};
pub use in_force::Accepted;
pub use infusion::{Disorder, Infusion, PumpAct, PumpState, Segment};
pub use limits_set::{LimitsSet, limits_standing, set_by};
pub use measure::{
    Anxiety, BloodPressure, Diastolic, Dissociation, DosePerKgUg, DoseUg, DurationMin, Gad7, HeartRate, Moaas, Mood,
    Nausea, OutOfRange, Outcome, Pain, Phq9, Phq9Item9, Quantity, Reading, RespiratoryRate, Reversed, Spo2, Systolic,
    TemperatureTenthsCel, Vitals, WeightG,
};
pub use opening::{Description, Opening, ProtocolCopy};
pub use owed::OwedReason;
pub use pin::{MAX_CHARS as PIN_MAX_CHARS, MIN_CHARS as PIN_MIN_CHARS, NotAPin, Pin};
pub use prompt_state::{Answer, LookedAgain, PromptState};
pub use put_off::{Check, PutOff};
pub use scribe::Scribe;
pub use self_harm::{CameUp, ClinicianWord, Mention, SelfHarm, came_up};
pub use signature::{Signature, Signed};
pub use take_over::{TakenOver, Tenure};
pub use time::{At, HOUR_MS, MINUTE_MS, SECOND_MS, Stamp, Zone};
pub use timeline::{Item, LATE_AFTER_MS, Row, Timeline, pump_act};
pub use wall_clock::{WallDoubt, wall_doubt};
pub use watch::{Gap, Turn, Watch};

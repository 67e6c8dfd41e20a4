//! A checked protocol: what a clinic decided, as plain data. Made only by `load`, so whoever holds one need not check again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calling::{Ask, CallRules, EmergencyPlan};
use super::card::CardWords;
use super::finding::{ReadingKind, Vital};
use super::response::Response;
use super::screening::{CheckBack, OnlyIf, ScreeningItem, SeriesRules};

/// What a clinic decided: schedule, limits, responses, wording, discharge gate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Protocol {
    /// Its name, as the console shows it.
    pub name: String,
    /// Its version, as the clinic writes it.
    pub version: String,
    /// Who approved it, and when; `None` while nobody has.
    pub approval: Option<Approval>,
    /// Route and planned duration.
    pub infusion: InfusionPlan,
    /// The half-life model; `None` means no percentage and no staircase.
    pub elimination: Option<Elimination>,
    /// When vital signs and looks are due.
    pub schedule: Schedule,
    /// Limits of each vital sign once the infusion has started.
    pub limits: BTreeMap<Vital, Limits>,
    /// Limits that stand instead before the start.
    pub before_start: BTreeMap<Vital, Limits>,
    /// How alarms behave over time; there wherever a response escalates.
    pub alarms: Option<Alarms>,
    /// What is answered to a finding, in file order.
    pub responses: Vec<Response>,
    /// Drugs offered on the form for a drug given.
    pub drugs: Vec<Drug>,
    /// When the next rung of the ladder is shown; `None`: no time is set.
    pub call: Option<CallRules>,
    /// What the call card asks for, by response.
    pub asks: Vec<Ask>,
    /// What stands on the screen in an emergency.
    pub emergency: EmergencyPlan,
    /// Baseline and driving rules.
    pub discharge: Discharge,
    /// What is asked before the start, in file order; empty: the protocol asks nothing item by item.
    pub screening: Vec<ScreeningItem>,
    /// The discharge gate, in file order.
    pub gate: Vec<GateItem>,
    /// What the patient is told, beside the clock times.
    pub after_care: Vec<Sentence>,
    /// The wording of the card that the patient takes home; `None`: no card.
    pub card: Option<CardWords>,
    /// What is expected of a series; `None`: nothing is warned of.
    pub series: Option<SeriesRules>,
    /// What is asked on the day after; `None`: nothing.
    pub check_back: Option<CheckBack>,
    /// Where each number and sentence comes from, by its path in the file (`limits.systolic.call_at_least`).
    pub origins: BTreeMap<String, Origin>,
    /// The file's text, byte for byte.
    #[serde(skip)]
    pub text: String,
    /// SHA-256 of `text`, in hexadecimal.
    pub fingerprint: String,
}

impl Protocol {
    /// The response of that id, with its place among the responses.
    #[must_use]
    pub fn response(&self, id: &str) -> Option<(usize, &Response)> {
        self.responses.iter().enumerate().find(|(_, response)| response.id == id)
    }
}

/// Where a number or a sentence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The clinic's own published protocol.
    Clinic,
    /// Read in a public source.
    Published,
    /// General practice, no source read: needs the clinician's approval.
    Default,
}

/// The clinician who approved the protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// Name of the clinician.
    pub approved_by: String,
    /// Date, as written.
    pub on: String,
}

/// How the drug is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InfusionPlan {
    /// The route.
    pub route: Route,
    /// Planned duration, minutes (1 to 480).
    pub duration_min: u32,
}

/// The route of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Intravenous infusion.
    #[default]
    Iv,
    /// Intramuscular injection.
    Im,
    /// Nasal spray.
    Nasal,
    /// By mouth.
    Oral,
}

impl Route {
    /// Whether a pump gives it: it can then be paused, change its rate, and reach a planned end. By any other route the
    /// start is the first injection, device or dose, and END is the last.
    #[must_use]
    pub const fn has_pump(&self) -> bool {
        matches!(self, Self::Iv)
    }
}

/// One compartment, constant-rate segments.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Elimination {
    /// Half-life, hours (2.2, the clinic's protocol).
    pub half_life_h: f64,
}

/// When checks are due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Schedule {
    /// A baseline counts when it was read at most so many minutes before the start.
    pub baseline_within_min: u32,
    /// Vital signs are due again so many minutes after the last blood pressure while infusing.
    pub every_min: u32,
    /// Marks after the start, minutes.
    pub at_min: Vec<u32>,
    /// Whether the end itself is a mark; it is, unless the protocol says otherwise.
    pub at_end: bool,
    /// Marks after the actual end, minutes.
    pub after_end_min: Vec<u32>,
    /// The readings that a required mark needs.
    pub required: Vec<ReadingKind>,
    /// Before leaving, a complete reading not older than so many minutes.
    pub discharge_within_min: u32,
    /// A reading so many minutes before a mark satisfies it.
    pub counts_early_min: u32,
    /// Overdue so many minutes after it was due.
    pub overdue_after_min: u32,
    /// A check by interval may be put off once, by so many minutes at most; `None`: it may not.
    pub put_off_min: Option<u32>,
    /// A look at the patient is due so often while infusing, minutes.
    pub look_every_min: u32,
    /// And so often after the end, until the patient leaves, minutes; `None`: no such check.
    pub look_after_end_min: Option<u32>,
    /// Nobody leaves sooner than so many minutes after the end; `None`: the protocol sets no such time.
    pub observe_min: Option<u32>,
}

/// The limits of one vital sign, in its own unit. `None`: no such limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Limits {
    /// A bold mark and no alarm: this many percent over baseline.
    pub bold_over_baseline_percent: Option<u16>,
    /// Notify the clinician at this value or above.
    pub notify_at_least: Option<u16>,
    /// Notify at this value or below.
    pub notify_at_most: Option<u16>,
    /// Notify at this many percent over baseline, or more.
    pub notify_over_baseline_percent: Option<u16>,
    /// Call now at this value or above.
    pub call_at_least: Option<u16>,
    /// Call now at this value or below.
    pub call_at_most: Option<u16>,
    /// An alarm clears when the value is this far back inside its limit.
    pub clears_within: u16,
}

/// How alarms behave over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Alarms {
    /// One condition escalates at most once in so many minutes.
    pub escalate_every_min: u32,
}

/// A drug that the form offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drug {
    /// Its name.
    pub name: String,
    /// Whether it sedates: then the clinician sets the driving time.
    pub sedating: bool,
}

/// Baseline and driving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Discharge {
    /// Patients feel back at baseline about so many hours after the end.
    pub baseline_h: u32,
    /// No driving for so many hours after the end: 12 at least.
    pub no_driving_h: u32,
    /// Also not before the next day, after sleep.
    pub next_day_after_sleep: bool,
}

/// One item of the discharge gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateItem {
    /// Unique in the protocol.
    pub id: String,
    /// The item, in words.
    pub say: String,
    /// What the record shows beside it.
    pub shows: Option<Shows>,
    /// Whether "met" takes the name of a person: who drives, who released.
    pub asks_name: bool,
    /// What must have come up in this session for the item to be asked; `None`: it always is.
    pub only_if: Option<OnlyIf>,
    /// What the record must show for "met" not to be against it.
    pub expects: Expects,
}

/// What the record must show beside an item for "met" not to be against it. It never ticks the item, and never refuses it:
/// where it does not hold, the screen says so and asks once. The numbers are the clinic's, each may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Expects {
    /// The grade at least.
    pub at_least: Option<u8>,
    /// The grade at most.
    pub at_most: Option<u8>,
    /// No vomiting within this many minutes.
    pub no_vomiting_min: Option<u32>,
    /// At least so many minutes since END, where the schedule asks for no observation of its own.
    pub since_end_min: Option<u32>,
    /// Both pressures within so many percent of the baseline.
    pub within_percent: Option<u16>,
    /// Systolic pressure below, mmHg.
    pub systolic_below: Option<u16>,
    /// Diastolic pressure below, mmHg.
    pub diastolic_below: Option<u16>,
}

/// What stands beside a gate item out of the record. It never ticks the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// The last sedation grade.
    Sedation,
    /// The last dissociation grade.
    Dissociation,
    /// The last blood pressure and the baseline.
    BloodPressure,
    /// The last heart rate, SpO2 and respiratory rate.
    HeartAndBreathing,
    /// The last nausea grade and vomiting.
    Nausea,
    /// The last anxiety grade.
    Anxiety,
    /// Time since END.
    SinceEnd,
    /// Who drives the patient home.
    Ride,
    /// The clock times that were given.
    Guidance,
}

/// A sentence with its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The words.
    pub say: String,
}

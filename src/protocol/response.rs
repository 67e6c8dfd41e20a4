//! The responses of a protocol: the finding that each answers, what it says, its steps, and what follows where it does not help.

use serde::Serialize;

use super::finding::{Comfort, During, Past, Priority, Reach, ReadingKind, Scale, Sign, Vital};

/// What is answered to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Response {
    /// Unique in the protocol; a raised prompt is named by it.
    pub id: String,
    /// The finding.
    pub when: When,
    /// What must hold besides it.
    pub only: Only,
    /// How loudly it speaks.
    pub priority: Priority,
    /// The words on screen.
    pub say: String,
    /// It answers distress: the patient's comfort plan stands over it.
    pub plan: bool,
    /// The numbered answers, at most nine, the mildest first.
    pub steps: Vec<Step>,
    /// Look again so many minutes after it was answered or acknowledged.
    pub look_again_min: Option<u32>,
    /// The response that takes over where this one is not answered, or does not help.
    pub escalate: Option<Escalate>,
    /// A finding with values holds on its way back until this is reached; `None`: it ends with the first value that is no such finding.
    pub clears: Option<Clears>,
}

/// One numbered answer: what a key records as done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The words, as shown and as recorded.
    pub say: String,
    /// It touches the patient: not offered to one who refused touch.
    pub touch: bool,
    /// It is telling or calling the clinician.
    pub calls: bool,
    /// To answer with it records this comfort measure too.
    pub comfort: Option<Comfort>,
}

/// When another response takes over. At least one of the two conditions is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Escalate {
    /// The id of that response: never quieter than this one, and no chain of them comes back to its beginning.
    pub to: String,
    /// Raised, and for so many minutes neither answered nor acknowledged.
    pub no_answer_min: Option<u32>,
    /// Looked at again so many times, and each time the same or worse.
    pub no_improvement: Option<u32>,
}

/// When a finding ends on its way back: hysteresis. At least one of the three is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Clears {
    /// Only at this value or below, in the unit of the finding.
    pub at_most: Option<u16>,
    /// Only at this value or above.
    pub at_least: Option<u16>,
    /// Only after so many such entries running; 1 where it is not said.
    pub readings: Option<u32>,
}

impl Clears {
    /// Whether an entry of this value counts towards the end.
    #[must_use]
    pub fn counts(&self, value: u16) -> bool {
        self.at_most.is_none_or(|most| value <= most) && self.at_least.is_none_or(|least| value >= least)
    }
}

/// The finding that a response answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A grade on a scale.
    Graded {
        /// Which scale.
        scale: Scale,
        /// The lowest grade that counts.
        at_least: u8,
        /// The highest grade that counts.
        at_most: u8,
        /// Only at so many grades above the last one before the start, or more.
        over_baseline: Option<u8>,
        /// Only at so many grades below the last one before the start, or more.
        under_baseline: Option<u8>,
        /// It has lasted so many minutes.
        for_min: Option<u32>,
        /// It was found in so many readings running.
        readings: Option<u32>,
    },
    /// The patient vomited.
    Vomiting {
        /// Only while the last sedation grade was at most this (MOAA/S).
        sedation_at_most: Option<u8>,
    },
    /// Something seen or said.
    Seen {
        /// What.
        sign: Sign,
    },
    /// A vital sign past its limits.
    Vital {
        /// Which reading.
        reading: ReadingKind,
        /// How far.
        reaches: Reach,
    },
    /// The values of one vital sign, without a look at its limits.
    Measured {
        /// Which vital sign.
        vital: Vital,
        /// Which values.
        band: Band,
        /// It has lasted so many minutes.
        for_min: Option<u32>,
        /// It was found in so many readings running.
        readings: Option<u32>,
    },
    /// Any reading that was tried and could not be obtained.
    Unobtainable,
    /// Something known about the patient from before this visit.
    Known {
        /// What.
        past: Past,
    },
    /// A drug was given so long ago, and nobody has looked since how it is.
    Given {
        /// Index into the protocol's drugs.
        drug: usize,
        /// Minutes.
        after_min: u32,
    },
}

/// Values of a vital sign, in its own unit: each bound that is there must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Band {
    /// This value or above.
    pub at_least: Option<u16>,
    /// This value or below.
    pub at_most: Option<u16>,
    /// So much above the baseline, or more.
    pub over_baseline: Option<u16>,
    /// So many percent above the baseline, or more.
    pub over_baseline_percent: Option<u16>,
    /// So much below the baseline, or more.
    pub under_baseline: Option<u16>,
    /// So many percent below the baseline, or more (1 to 99).
    pub under_baseline_percent: Option<u16>,
}

impl Band {
    /// Whether a value lies in it. Where there is no baseline, what counts from it does not hold.
    #[must_use]
    pub fn holds(&self, value: u16, baseline: Option<u16>) -> bool {
        let (value, baseline) = (u32::from(value), baseline.map(u32::from));
        let from_baseline = |bound: Option<u16>, holds: fn(u32, u32, u32) -> bool| {
            bound.is_none_or(|by| baseline.is_some_and(|baseline| holds(value, baseline, u32::from(by))))
        };
        self.at_least.is_none_or(|least| value >= u32::from(least))
            && self.at_most.is_none_or(|most| value <= u32::from(most))
            && from_baseline(self.over_baseline, |value, baseline, by| value >= baseline + by)
            // Integers: 30 % over 120 is 156, exactly.
            && from_baseline(self.over_baseline_percent, |value, baseline, by| value * 100 >= baseline * (100 + by))
            && from_baseline(self.under_baseline, |value, baseline, by| value + by <= baseline)
            && from_baseline(self.under_baseline_percent, |value, baseline, by| {
                value * 100 <= baseline * 100_u32.saturating_sub(by)
            })
    }

    /// Whether a lower value is the worse one: only bounds from above stand.
    #[must_use]
    pub const fn is_low(&self) -> bool {
        self.at_least.is_none() && self.over_baseline.is_none() && self.over_baseline_percent.is_none()
    }

    /// Whether it bounds anything.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        *self != Self::default()
    }
}

/// What must hold besides the finding, for the response to speak. Empty: nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Only {
    /// Observed in one of these phases of the visit; empty: in any.
    pub phases: Vec<During>,
    /// Observed so long after something was done.
    pub since: Option<Since>,
    /// Known about the patient from before this visit.
    pub past: Option<Past>,
}

impl Only {
    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Observed after something was done: after the last time it was, both bounds included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Since {
    /// What was done.
    pub of: Done,
    /// So many minutes after it, or later.
    pub after_min: Option<u32>,
    /// So many minutes after it, or sooner.
    pub within_min: Option<u32>,
}

/// Something that was done about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// A drug was given, by its name; upper and lower case are the same.
    Drug(String),
    /// A response was answered with one of its steps, by its id.
    Response(String),
}

impl When {
    /// What the finding is about: of several responses that hold for one subject, the most urgent speaks.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Graded { scale, .. } => Subject::Scale(*scale),
            Self::Vomiting { .. } => Subject::Vomiting,
            Self::Seen { sign } => Subject::Sign(*sign),
            Self::Vital { reading, .. } => Subject::Reading(*reading),
            Self::Measured { vital, .. } => Subject::Reading(vital.reading()),
            Self::Unobtainable => Subject::Unobtainable,
            Self::Known { past } => Subject::Past(*past),
            Self::Given { drug, .. } => Subject::Drug(*drug),
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A graded observation.
    Scale(Scale),
    /// Vomiting.
    Vomiting,
    /// A sign.
    Sign(Sign),
    /// A vital sign.
    Reading(ReadingKind),
    /// Any reading that could not be obtained.
    Unobtainable,
    /// Something known from before this visit.
    Past(Past),
    /// A drug that was given: index into the protocol's drugs.
    Drug(usize),
}

impl Subject {
    /// Whether "better", "same" or "worse" says how it is; anything else is measured again.
    #[must_use]
    pub const fn is_told(self) -> bool {
        match self {
            Self::Scale(scale) => !matches!(scale, Scale::Sedation),
            Self::Vomiting | Self::Sign(_) | Self::Drug(_) => true,
            Self::Reading(_) | Self::Unobtainable | Self::Past(_) => false,
        }
    }
}

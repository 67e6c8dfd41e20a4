//! The limits of a vital sign one by one: the same five for each, by name. Which of them a protocol has is its own.

use serde::{Deserialize, Serialize};

use super::finding::Reach;
use super::model::Limits;

/// One limit that can speak: a bold mark is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Notify at this value or above.
    NotifyAtLeast,
    /// Notify at this value or below.
    NotifyAtMost,
    /// Notify at this many percent over baseline.
    NotifyOverBaselinePercent,
    /// Call now at this value or above.
    CallAtLeast,
    /// Call now at this value or below.
    CallAtMost,
}

impl LimitKind {
    /// All of them, in the order of a form.
    pub const ALL: [Self; 5] =
        [Self::NotifyAtLeast, Self::NotifyAtMost, Self::NotifyOverBaselinePercent, Self::CallAtLeast, Self::CallAtMost];

    /// How far a value has gone that is past it.
    #[must_use]
    pub const fn reach(self) -> Reach {
        match self {
            Self::NotifyAtLeast | Self::NotifyAtMost | Self::NotifyOverBaselinePercent => Reach::Notify,
            Self::CallAtLeast | Self::CallAtMost => Reach::Call,
        }
    }
}

impl Limits {
    /// One limit, if there is one.
    #[must_use]
    pub const fn get(&self, kind: LimitKind) -> Option<u16> {
        match kind {
            LimitKind::NotifyAtLeast => self.notify_at_least,
            LimitKind::NotifyAtMost => self.notify_at_most,
            LimitKind::NotifyOverBaselinePercent => self.notify_over_baseline_percent,
            LimitKind::CallAtLeast => self.call_at_least,
            LimitKind::CallAtMost => self.call_at_most,
        }
    }

    /// The limits with one of them changed.
    #[must_use]
    pub const fn with(mut self, kind: LimitKind, value: u16) -> Self {
        let limit = match kind {
            LimitKind::NotifyAtLeast => &mut self.notify_at_least,
            LimitKind::NotifyAtMost => &mut self.notify_at_most,
            LimitKind::NotifyOverBaselinePercent => &mut self.notify_over_baseline_percent,
            LimitKind::CallAtLeast => &mut self.call_at_least,
            LimitKind::CallAtMost => &mut self.call_at_most,
        };
        *limit = Some(value);
        self
    }
}

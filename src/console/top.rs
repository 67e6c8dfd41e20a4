//! Which prompt is drawn on top, and since when: a digit answers only what could be read.

use crate::session::PromptId;

/// How long a prompt must have been drawn unchanged before a digit answers it, ms.
pub const SETTLE_MS: i64 = 700;

/// Which prompt is on top.
#[derive(Debug, Clone, Default)]
pub struct Top {
    /// How many prompts were passed over with Tab.
    pub passed: usize,
    /// What stood first in the queue.
    pub first: Option<PromptId>,
    /// What was drawn on top, and since when (boot ms).
    pub shown: Option<(PromptId, i64)>,
}

impl Top {
    /// Whether what is on top has been drawn long enough to be read.
    #[must_use]
    pub fn has_settled(&self, now_boot_ms: i64) -> bool {
        self.shown.as_ref().is_some_and(|(_, since)| now_boot_ms - since >= SETTLE_MS)
    }
}

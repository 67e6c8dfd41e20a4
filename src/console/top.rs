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
    /// What stood on top before an overlay or another page came, while one is there.
    pub covered: Option<Covered>,
}

/// What stood on top before something came over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The prompt; none where there was none.
    pub top: Option<PromptId>,
}

impl Top {
    /// Notes what is drawn on top. What changed under something that lay over it is read anew once that is gone: a digit
    /// was meant for what stood there before.
    pub fn settle(&mut self, top: Option<PromptId>, is_covered: bool, now_boot_ms: i64) {
        let before = self.shown.as_ref().map(|(shown, _)| shown);
        let has_changed = match (is_covered, &self.covered) {
            (true, None) => {
                self.covered = Some(Covered { top: before.cloned() });
                false
            }
            (false, Some(covered)) => covered.top != top,
            _ => false,
        };
        if !is_covered {
            self.covered = None;
        }
        if has_changed || self.shown.as_ref().map(|(shown, _)| shown) != top.as_ref() {
            self.shown = top.map(|id| (id, now_boot_ms));
        }
    }

    /// Whether what is on top has been drawn long enough to be read.
    #[must_use]
    pub fn has_settled(&self, now_boot_ms: i64) -> bool {
        self.shown.as_ref().is_some_and(|(_, since)| now_boot_ms - since >= SETTLE_MS)
    }
}

//! What a clinic decided about calling for help: how long a call may stay unanswered, what is asked for, and the
//! checklist and marks of an emergency.

use serde::Serialize;

/// So many items of the checklist have a key: the digits 1 to 8.
pub const MAX_CHECKLIST: usize = 8;
/// So many marks have a key.
pub const MAX_MARKS: usize = 10;
/// So many words of a request can be read out in time, together with the rest of the card.
pub(super) const MAX_ASK_WORDS: usize = 10;

/// When the next rung of the ladder is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CallRules {
    /// Called, and not answered for so many minutes.
    pub answer_min: u32,
    /// Answered, and nobody in the room for so many minutes.
    pub arrive_min: u32,
}

/// What the call card asks for when one response is the worst that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The response's id.
    pub response: String,
    /// The words to the clinician, at most ten.
    pub say: String,
}

/// What stands on the screen in an emergency: the site's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EmergencyPlan {
    /// What is gone through, each ticked with a digit; at most eight.
    pub checklist: Vec<String>,
    /// What is marked with its time when it happens, each with a letter; at most ten.
    pub marks: Vec<String>,
}

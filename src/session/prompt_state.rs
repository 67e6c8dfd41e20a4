//! What became of one raised prompt, as the record has it.

use super::time::At;
use super::timeline::Row;
use crate::protocol::Priority;

/// One raised prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptState {
    /// When it was raised.
    pub raised: At,
    /// How loudly.
    pub priority: Priority,
    /// When it was acknowledged and by whom (an answer acknowledges as well).
    pub acknowledged: Option<(At, String)>,
    /// What was answered, in order.
    pub answers: Vec<Answer>,
}

/// One answer to a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// When.
    pub at: At,
    /// The response's number; 0 is declined.
    pub response: u8,
    /// Its words.
    pub text: String,
    /// Who answered.
    pub by: String,
}

impl PromptState {
    pub(super) const fn raised(raised: At, priority: Priority) -> Self {
        Self { raised, priority, acknowledged: None, answers: Vec::new() }
    }

    pub(super) fn acknowledge(&mut self, at: At, row: &Row<'_>) {
        if self.acknowledged.is_none() {
            self.acknowledged = Some((at, row.entry.fields.actor.id.clone()));
        }
    }

    pub(super) fn answer(&mut self, at: At, row: &Row<'_>, response: u8, text: &str) {
        self.acknowledge(at, row);
        let by = row.entry.fields.actor.id.clone();
        self.answers.push(Answer { at, response, text: text.to_owned(), by });
    }

    /// The last moment at which somebody dealt with it, and who.
    #[must_use]
    pub fn settled(&self) -> Option<(At, &str)> {
        let answered = self.answers.last().map(|answer| (answer.at, answer.by.as_str()));
        answered.or_else(|| self.acknowledged.as_ref().map(|(at, by)| (*at, by.as_str())))
    }

    /// The last moment at which somebody dealt with it.
    #[must_use]
    pub fn settled_at(&self) -> Option<At> {
        self.settled().map(|(at, _)| at)
    }
}

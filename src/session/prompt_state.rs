//! What became of one raised prompt, as the record has it.

use super::event::{Change, PromptId};
use super::fold::State;
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
    /// When it was acknowledged by the key for it, and by whom: no step was recorded then.
    pub acknowledged_alone: Option<(At, String)>,
    /// What was answered, in order.
    pub answers: Vec<Answer>,
    /// How it was, each time somebody looked again, in order.
    pub looks: Vec<LookedAgain>,
    /// The prompt that it is the next step up of.
    pub from: Option<PromptId>,
}

/// One look after a prompt was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAgain {
    /// When.
    pub at: At,
    /// How it was.
    pub change: Change,
    /// Who looked.
    pub by: String,
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

impl State {
    /// The prompt from which a chain of steps went up to this one; itself, where none did.
    #[must_use]
    pub fn foot_of<'a>(&'a self, id: &'a PromptId) -> &'a PromptId {
        let mut foot = id;
        // A chain is never longer than there are prompts: one that closed on itself would not end.
        for _ in 0..self.prompts.len() {
            match self.prompts.get(foot).and_then(|prompt| prompt.from.as_ref()) {
                Some(from) => foot = from,
                None => break,
            }
        }
        foot
    }
}

impl PromptState {
    pub(super) fn raised(raised: At, priority: Priority, from: Option<PromptId>) -> Self {
        let (answers, looks) = (Vec::new(), Vec::new());
        Self { raised, priority, acknowledged: None, acknowledged_alone: None, answers, looks, from }
    }

    pub(super) fn acknowledge_alone(&mut self, at: At, row: &Row<'_>) {
        self.acknowledge(at, row);
        self.acknowledged_alone = Some((at, row.entry.fields.actor.id.clone()));
    }

    /// Looking again acknowledges as well.
    pub(super) fn look_again(&mut self, at: At, row: &Row<'_>, change: Change) {
        self.acknowledge(at, row);
        self.looks.push(LookedAgain { at, change, by: row.entry.fields.actor.id.clone() });
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
        let looked = self.looks.last().map(|look| (look.at, look.by.as_str()));
        let last = answered.into_iter().chain(looked).max_by_key(|(at, _)| at.session_ms);
        last.or_else(|| self.acknowledged.as_ref().map(|(at, by)| (*at, by.as_str())))
    }

    /// The last moment at which somebody dealt with it.
    #[must_use]
    pub fn settled_at(&self) -> Option<At> {
        self.settled().map(|(at, _)| at)
    }
}

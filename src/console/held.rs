//! Why a console only shows a session: another one holds it, or has taken it over from here. And what a take-over waits for.

use super::model::{Live, Model};
use crate::journal::Holder;
use crate::session::{Actor, Entry, Tenure};
use crate::words::{self, HeldBy, Unavailable};

/// Why this console may only read a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another console holds it; who, where its lock can be read.
    Held(Option<Holder>),
    /// Another console took it over from this one; who, as soon as the journal has said so. Never written from here again,
    /// unless it is opened or taken over anew.
    Lost(Option<Tenure>),
}

/// A take-over that a person has confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// Who takes it over.
    pub by: Actor,
    /// Why.
    pub reason: String,
    /// They have a PIN, and have not shown it.
    pub without_pin: bool,
    /// The tenure from which it is taken: another one means that somebody was quicker.
    pub from_epoch: u32,
    /// The journal has been asked, and has not answered yet.
    pub is_asked: bool,
    /// How often it has been asked.
    pub tries: u8,
}

impl ReadOnly {
    /// The strip that says so.
    #[must_use]
    pub fn strip(&self, model: &Model) -> String {
        let (zone, style) = (&model.settings.zone, model.settings.clock);
        match self {
            Self::Held(holder) => words::held_strip(holder.as_ref().map(held_by), zone, style),
            Self::Lost(tenure) => words::lost_bar(tenure.as_ref(), zone, style),
        }
    }

    /// What stands over the session, with what can be done.
    #[must_use]
    pub fn lines(&self, model: &Model, live: &Live) -> Vec<String> {
        let (zone, style) = (&model.settings.zone, model.settings.clock);
        match self {
            Self::Held(holder) => words::held_lines(holder.as_ref().map(held_by), zone, style),
            Self::Lost(tenure) => words::lost_lines(tenure.as_ref(), live.unsaved(), live.nobody_has_it(), zone, style),
        }
    }
}

/// Who holds a session, for a sentence.
pub(super) fn held_by(holder: &Holder) -> HeldBy<'_> {
    HeldBy { sitter: &holder.sitter, host: &holder.host, process: holder.pid, since: holder.since }
}

impl Live {
    /// Whether the session was taken over from this console.
    #[must_use]
    pub const fn is_lost(&self) -> bool {
        matches!(self.read_only, Some(ReadOnly::Lost(_)))
    }

    /// Why nothing can be recorded here, where that is so.
    #[must_use]
    pub const fn only_reads(&self) -> Option<Unavailable> {
        match self.read_only {
            None => None,
            Some(ReadOnly::Held(_)) => Some(Unavailable::ReadOnly),
            Some(ReadOnly::Lost(_)) => Some(Unavailable::TakenOver),
        }
    }

    /// The tenure that its last entry is of.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.session.last_entry().fields.epoch
    }

    /// What stands in the place of alarms and prompts, where the session was taken over from this console.
    #[must_use]
    pub fn lost_banner(&self, model: &Model) -> Option<Vec<String>> {
        let Some(ReadOnly::Lost(tenure)) = &self.read_only else { return None };
        let (zone, style) = (&model.settings.zone, model.settings.clock);
        Some(words::lost_banner(tenure.as_ref(), self.unsaved(), self.nobody_has_it(), zone, style))
    }

    /// Whether it was taken over from here, goes on, and is recorded nowhere.
    #[must_use]
    pub const fn nobody_has_it(&self) -> bool {
        self.is_lost() && self.is_free && !self.is_over()
    }

    /// Where alarms would stand, on a console from which the session was taken; none elsewhere.
    #[must_use]
    pub fn no_alarms_here(&self) -> Option<&'static str> {
        self.is_lost().then(|| words::no_alarms_here(self.nobody_has_it()))
    }
}

/// The tenure that the last take-over among entries begins.
#[must_use]
pub(super) fn last_tenure(entries: &[Entry]) -> Option<Tenure> {
    entries.iter().rev().find_map(Tenure::begun_by)
}

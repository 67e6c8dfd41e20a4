//! What the session on the screen has to show: which prompt is on top, which page, which rows.

use super::model::{Live, Page};
use crate::guidance::{Evidence, GateItem, OpenCall, Prompt, Stands};
use crate::protocol::Priority;
use crate::session::{Event, Phase, Row};

impl Live {
    /// Prompts in the order in which Tab goes through them: open ones, then those that were dealt with.
    pub fn queue(&self) -> impl ExactSizeIterator<Item = &Prompt> + Clone {
        let open = &self.guidance.prompts.open;
        let settled = &self.guidance.prompts.settled;
        (0..open.len() + settled.len()).map(move |i| open.get(i).unwrap_or_else(|| &settled[i - open.len()]))
    }

    /// The prompt on top.
    #[must_use]
    pub fn on_top(&self) -> Option<&Prompt> {
        let mut queue = self.queue();
        let count = queue.len();
        if count == 0 { None } else { queue.nth(self.top.passed % count) }
    }

    /// Whether the banner asks, at the planned end, if the pump was stopped: before everything but a high or medium alarm,
    /// until Tab goes on to the prompts behind it.
    #[must_use]
    pub fn asks_whether_stopped(&self) -> bool {
        let alarmed = self.guidance.prompts.open.first().is_some_and(|prompt| prompt.priority >= Priority::Medium);
        self.guidance.progress.ask_whether_stopped && !alarmed && self.top.passed == 0
    }

    /// The prompt that is drawn, and the only one that a key answers. At the gate the clock times stand in the place of
    /// one that was dealt with, but never of one that is open behind it, or of one that waits for a clinician's word, which is
    /// recorded there; from afar the worst open one is what matters.
    #[must_use]
    pub fn drawn(&self) -> Option<&Prompt> {
        let worst = self.guidance.prompts.open.first();
        match self.shown_page() {
            _ if self.asks_whether_stopped() => None,
            Page::Far => worst.or_else(|| self.on_top()),
            Page::Gate(_) => {
                let is_kept = |prompt: &&Prompt| prompt.settled.is_none() || prompt.stands != Stands::No;
                self.on_top().filter(is_kept).or(worst).or_else(|| self.queue().find(is_kept))
            }
            Page::Main | Page::Record(_) | Page::Screening(_) | Page::Series(_) | Page::Emergency => self.on_top(),
        }
    }

    /// The page that is on the screen: an emergency stands before all others, for as long as it lasts.
    #[must_use]
    pub fn shown_page(&self) -> Page {
        if self.session.state().emergency().is_some() { Page::Emergency } else { self.page }
    }

    /// The call that somebody still waits on.
    #[must_use]
    pub fn open_call(&self) -> Option<OpenCall> {
        OpenCall::of(&self.protocol, &self.session, self.guidance.now)
    }

    /// Whether the visit is over: the patient left, or the session was closed.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.session.state().phase, Phase::Left(_) | Phase::Closed)
    }

    /// The item of the gate that asks for a clinician's word, while that is not recorded.
    #[must_use]
    pub fn word_item(&self) -> Option<usize> {
        let waits = |item: &GateItem| matches!(item.evidence, Evidence::SelfHarm { .. }) && !item.is_settled();
        self.guidance.gate.iter().position(waits)
    }

    /// Whether the marked item of the gate asks for a clinician's word.
    #[must_use]
    pub fn marks_word(&self) -> bool {
        let Page::Gate(mark) = self.page else { return false };
        self.guidance.gate.get(mark).is_some_and(|item| matches!(item.evidence, Evidence::SelfHarm { .. }))
    }

    /// How many entries are not on the disk yet.
    #[must_use]
    pub fn unsaved(&self) -> u64 {
        self.session.last_entry().seq().saturating_sub(self.durable_through)
    }

    /// The rows of the record, newest first.
    pub fn record_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.session.rows().rev()
    }

    /// Where the marked entry stands among the rows of the record; the newest where none is marked.
    #[must_use]
    pub fn marked_index(&self, marked: Option<u64>) -> usize {
        marked.and_then(|seq| self.record_rows().position(|row| row.item.seq == seq)).unwrap_or(0)
    }

    /// The last entries as the session shows them, newest first: that a prompt was raised is left out, for the banner
    /// shows it.
    pub fn last_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.record_rows().filter(|row| !matches!(row.event, Event::PromptRaised { .. } | Event::ValueConfirmed { .. }))
    }
}

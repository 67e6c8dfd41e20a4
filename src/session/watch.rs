//! Who sits with the patient: turns, one after the other, and the gaps between them in which nobody was signed on.
//!
//! An entry that is made while the sitter is out is hers all the same, for nobody else is signed on; it is marked "while
//! stepped out", and she stays out until somebody says otherwise. Keys alone never end an absence.

use super::event::{Actor, Event};
use super::fold::Session;
use super::time::At;
use super::timeline::Row;

/// A stretch of time with one sitter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub sitter: Actor,
    /// From.
    pub from: At,
    /// To; `None` while it lasts.
    pub to: Option<At>,
}

/// A stretch of time in which nobody was signed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// From.
    pub from: At,
    /// To; `None` while it lasts.
    pub to: Option<At>,
}

/// The turns of a session, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watch {
    turns: Vec<Turn>,
    /// The patient has left: nobody sits any more, and who signs on or takes over keeps the record.
    is_over: bool,
    /// Who has kept the record since then, where that is not who sat last.
    keeper: Option<Actor>,
}

impl Watch {
    /// Takes the next row of the time line.
    pub(super) fn take(&mut self, row: &Row<'_>) {
        let at = row.item.at;
        match row.event {
            Event::SessionOpened(_) => self.begin(row.entry.fields.actor.clone(), at),
            Event::SitterSteppedOut => self.end(at),
            Event::PatientLeft { .. } | Event::ClosedWithoutInfusion { .. } => self.is_over = true,
            Event::SitterSignedOn { sitter: keeper, .. } if self.is_over => self.keeper = Some(keeper.clone()),
            Event::SessionTakenOver(taken) if self.is_over => self.keeper = Some(taken.by.clone()),
            Event::SitterReturned if self.is_over => {}
            Event::SitterReturned => {
                let out = self.turns.last().filter(|turn| turn.to.is_some()).map(|turn| turn.sitter.clone());
                if let Some(sitter) = out {
                    self.begin(sitter, at);
                }
            }
            Event::SitterSignedOn { sitter, .. } => {
                self.end(at);
                self.begin(sitter.clone(), at);
            }
            // Whoever only went to another workstation sits on.
            Event::SessionTakenOver(taken) if self.sits().is_some_and(|turn| turn.sitter.is_same_as(&taken.by)) => {}
            Event::SessionTakenOver(taken) => {
                self.end(at);
                self.begin(taken.by.clone(), at);
            }
            _ => {}
        }
    }

    fn begin(&mut self, sitter: Actor, from: At) {
        self.turns.push(Turn { sitter, from, to: None });
    }

    /// The turn of whoever is signed on.
    fn sits(&self) -> Option<&Turn> {
        self.turns.last().filter(|turn| turn.to.is_none())
    }

    fn end(&mut self, at: At) {
        if let Some(turn) = self.turns.last_mut().filter(|turn| turn.to.is_none()) {
            turn.to = Some(at);
        }
    }

    /// The turns, in order.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The last turn: of whoever is signed on, or has stepped out.
    #[must_use]
    pub fn last(&self) -> Option<&Turn> {
        self.turns.last()
    }

    /// Who keeps the record now: whoever sits or has stepped out; once the patient has left, whoever signed on or took the
    /// session over last.
    #[must_use]
    pub fn keeper(&self) -> Option<&Actor> {
        self.keeper.as_ref().or_else(|| self.last().map(|turn| &turn.sitter))
    }

    /// Since when the sitter has been out, while she is and there is somebody to sit with.
    #[must_use]
    pub fn out_since(&self) -> Option<At> {
        self.turns.last().filter(|_| !self.is_over)?.to
    }

    /// When nobody was signed on, the gap after each turn that has one.
    pub fn gaps(&self) -> impl Iterator<Item = (usize, Gap)> {
        self.turns.iter().enumerate().filter_map(|(index, turn)| {
            let (from, next) = (turn.to?, self.turns.get(index + 1));
            let is_gap = next.is_none_or(|next| next.from.session_ms > from.session_ms);
            is_gap.then(|| (index, Gap { from, to: next.map(|next| next.from) }))
        })
    }
}

impl Session {
    /// Who keeps the record now: the sitter; once the patient has left, whoever signed on or took the session over last.
    #[must_use]
    pub fn keeper(&self) -> &Actor {
        self.state().watch.keeper().unwrap_or_else(|| self.sitter())
    }
}

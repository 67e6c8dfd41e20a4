//! Signing: a named person says that the record is complete and theirs. What is recorded afterwards is an addendum.

use serde::{Deserialize, Serialize};

use super::command::{Command, Refusal};
use super::event::{Actor, Event};
use super::fold::{Phase, Session};
use super::time::At;
use crate::protocol::Protocol;

/// What a person signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who.
    pub by: Actor,
    /// What the signature means, in the words that stood on the screen.
    pub meaning: String,
    /// SHA-256 of the last entry that it covers, hexadecimal. Through the chain it covers every entry before.
    pub covers: String,
    /// The number of that entry.
    pub through: u64,
    /// What was missing, in the words that stood on the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Whether the person's PIN was asked and right.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_pin: bool,
}

/// A signature with its place in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// What was signed.
    pub signature: Signature,
}

impl Session {
    /// The signatures, in order.
    #[must_use]
    pub fn signatures(&self) -> &[Signed] {
        &self.state().signed
    }

    /// Whether somebody has signed the record: from then on it takes addenda only.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        !self.signatures().is_empty()
    }

    /// How many addenda no signature covers yet.
    #[must_use]
    pub fn unsigned_addenda(&self) -> usize {
        let Some(last) = self.signatures().last() else { return 0 };
        self.rows().filter(|row| row.item.is_addendum && row.item.seq > last.seq).count()
    }
}

/// Decides a signature: over a visit that is over, and over something that no signature covers yet.
pub(super) fn sign(session: &Session, command: &Command) -> Result<Event, Refusal> {
    let Command::Sign { by, meaning, missing, with_pin } = command else {
        unreachable!("decide sends only signing here")
    };
    if !matches!(session.state().phase, Phase::Left(_) | Phase::Closed) {
        return Err(Refusal::NotOver);
    }
    if session.is_signed() && session.unsigned_addenda() == 0 {
        return Err(Refusal::SignedAlready);
    }
    let last = session.last_entry();
    Ok(Event::SessionSigned(Box::new(Signature {
        by: by.clone(),
        meaning: meaning.clone(),
        covers: last.hash.hex(),
        through: last.seq(),
        missing: missing.clone(),
        with_pin: *with_pin,
    })))
}

/// Whether a command may come after a signature. A fact that was forgotten is added late, words and corrections are
/// added; what would make the visit go on is refused.
pub(super) fn check_addendum(session: &Session, protocol: &Protocol, command: &Command) -> Result<(), Refusal> {
    let adds = matches!(
        command,
        Command::Note { .. }
            | Command::GiveReason { .. }
            | Command::Confirm { .. }
            | Command::Amend { .. }
            | Command::Withdraw { .. }
            | Command::Describe(_)
            | Command::Screen(_)
            | Command::Score(_)
            | Command::NotePsychotherapy { .. }
            | Command::CheckBack(_)
            | Command::Observe(_)
            | Command::Vitals { .. }
            | Command::Comfort(_)
            | Command::Drug(_)
            | Command::Pump(_)
            | Command::GiveGuidance { .. }
            | Command::MakeCard(_)
            | Command::CardPrinted { .. }
            | Command::SupersedeCard { .. }
            | Command::JudgeWallClock { .. }
            | Command::TakeOver { .. }
            | Command::Sign { .. }
    ) || matches!(command, Command::AnswerGate { item, .. } if asks_for_a_word(protocol, item));
    // What is raised once the visit is over stands until it is answered, whether the record was signed before or not.
    let adds = adds
        || matches!(
            command,
            Command::RaisePrompt { .. }
                | Command::Acknowledge(_)
                | Command::Answer { .. }
                | Command::LookAgain { .. }
                | Command::Call { .. }
                | Command::CallAnswered
                | Command::CallArrived
                | Command::CallOver
        );
    if adds || !session.is_signed() { Ok(()) } else { Err(Refusal::RecordSigned) }
}

/// Whether an item of the gate asks for a clinician's word on something that came up: that may be after the patient has left.
fn asks_for_a_word(protocol: &Protocol, id: &str) -> bool {
    protocol.gate.iter().any(|item| item.id == id && item.only_if.is_some())
}

//! Decides stepping out, coming back and signing on: who sits is a fact, and only impossible order is refused.

use super::command::{Command, Refusal};
use super::event::Event;
use super::fold::{Phase, Session};
use super::time::At;

/// Decides who sits from here on.
pub(super) fn relieve(session: &Session, command: &Command, at: At) -> Result<Event, Refusal> {
    let watch = &session.state().watch;
    let out = watch.out_since();
    let since = out.or_else(|| watch.last().map(|turn| turn.from));
    if since.is_some_and(|since| at.session_ms < since.session_ms) {
        return Err(Refusal::BeforeLastTurn);
    }
    match command {
        Command::StepOut if matches!(session.state().phase, Phase::Left(_) | Phase::Closed) => {
            Err(Refusal::PatientHasLeft)
        }
        Command::StepOut if out.is_some() => Err(Refusal::SteppedOutAlready),
        Command::StepOut => Ok(Event::SitterSteppedOut),
        Command::ComeBack if out.is_none() => Err(Refusal::NotOut),
        Command::ComeBack => Ok(Event::SitterReturned),
        Command::SignOn { sitter, .. } if out.is_none() && sitter.is_same_as(session.keeper()) => {
            Err(Refusal::SignedOnAlready)
        }
        Command::SignOn { sitter, without_pin } => {
            Ok(Event::SitterSignedOn { sitter: sitter.clone(), without_pin: *without_pin })
        }
        _ => unreachable!("decide sends only relief here"),
    }
}

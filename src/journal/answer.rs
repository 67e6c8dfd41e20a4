//! What the journal answers to a question: the same for the writer's thread and for a console without one.

use super::error::JournalError;
use super::open::Journal;
use super::writer::{Reply, Request};
use crate::session::{Entry, SessionId};

impl Journal {
    /// Answers a question. Appending, logging and stopping are no questions: `None`.
    pub fn answer(&mut self, request: Request) -> Option<Reply> {
        let answered = match &request {
            Request::List { since } => self.recent_sessions(*since).and_then(|rows| {
                let waiting = self.waiting_for_word()?;
                Ok(Reply::Listed { since: *since, rows, waiting })
            }),
            Request::Load { session } => {
                self.load_healed(*session).map(|entries| Reply::Loaded { session: *session, entries })
            }
            Request::Tail { session, after_seq } => self.tail(*session, *after_seq).map(|entries| Reply::Tailed {
                session: *session,
                after_seq: *after_seq,
                entries,
            }),
            Request::TakeOver { session, entries } => Ok(match self.append(entries) {
                Ok(()) => Reply::TookOver { session: *session, entries: entries.clone() },
                Err(why) => Reply::NotTakenOver { session: *session, why },
            }),
            Request::Earlier { session, who, before } => self
                .of_patient(who, Some(*session), *before)
                .map(|found| Reply::Earlier { session: *session, found: Box::new(found) }),
            Request::Number { month_day, now_ms } => {
                self.next_number(month_day, *now_ms).map(|number| Reply::Numbered { number })
            }
            Request::Log(access) => {
                // Nobody waits for it, and a disk that fails shows itself where entries are saved.
                let _ = self.log_access((**access).clone());
                return None;
            }
            Request::Append(_) | Request::Stop => return None,
        };
        Some(answered.unwrap_or_else(|why| Reply::Failed { request, why }))
    }

    /// A session's entries. Where they do not hold, its transcript is asked first.
    fn load_healed(&mut self, session: SessionId) -> Result<Vec<Entry>, JournalError> {
        match self.load(session) {
            Err(JournalError::Broken { .. } | JournalError::NoSession { .. }) => {
                self.level([session])?;
                self.load(session)
            }
            loaded => loaded,
        }
    }
}

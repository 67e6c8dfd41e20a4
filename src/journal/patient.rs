//! The sessions of one patient: chosen by the table of visits, judged by who the patient is in each.

use super::error::JournalError;
use super::open::Journal;
use super::read::session_id;
use crate::session::{Entry, Identity, Likeness, SessionId, fold};

/// So many sessions of a patient are read at most, the newest: a series has six, boosters follow for years.
const MOST: usize = 60;

/// Whose each visit is. All of them are gone through, in one short table: what people typed is compared without what nobody
/// sees (blanks, capitals, how an accent is written), and SQLite knows no letters but A to Z.
const ALL: &str = "SELECT v.session, v.patient, v.code, v.born FROM visit AS v";

/// The sessions of a patient.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OfPatient {
    /// The patient.
    pub who: Identity,
    /// Entries of each session of the same patient, checked, oldest first.
    pub sessions: Vec<Vec<Entry>>,
    /// How many sessions may be of the same patient, and hold too little to tell.
    pub perhaps: usize,
    /// How many sessions of the same patient cannot be read.
    pub unreadable: usize,
}

/// A visit as its table knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// The session.
    pub session: SessionId,
    /// When it was opened, UTC ms.
    pub opened_at: i64,
    /// Whose it is; in lower case as far as A to Z.
    pub who: Identity,
}

impl Journal {
    /// The sessions of a patient: without one of them, and only those that were opened before a moment (UTC ms), where that is
    /// asked for. Of those that may be somebody else's, and of those that are, nothing is read.
    pub fn of_patient(
        &self,
        who: &Identity,
        without: Option<SessionId>,
        before: Option<i64>,
    ) -> Result<OfPatient, JournalError> {
        let mut found = OfPatient { who: who.clone(), ..OfPatient::default() };
        let is_meant =
            |visit: &VisitRow| Some(visit.session) != without && before.is_none_or(|before| visit.opened_at < before);
        for visit in self.visits_like(who)?.into_iter().filter(is_meant) {
            match who.likeness(&visit.who) {
                Likeness::Same if found.sessions.len() < MOST => match self.load(visit.session) {
                    Ok(entries) => found.sessions.push(entries),
                    Err(JournalError::Broken { .. } | JournalError::Corrupt { .. }) => found.unreadable += 1,
                    Err(fault) => return Err(fault),
                },
                Likeness::Perhaps => found.perhaps += 1,
                Likeness::Same | Likeness::Other => {}
            }
        }
        found.sessions.reverse();
        Ok(found)
    }

    /// Visits that have a name, a code or a date of birth in common with somebody, newest first.
    pub fn visits_like(&self, who: &Identity) -> Result<Vec<VisitRow>, JournalError> {
        let asked: Vec<String> =
            [Some(who.patient.as_str()), who.code.as_deref()].into_iter().flatten().filter_map(fold).collect();
        let is_like = |visit: &(SessionId, Identity)| {
            let typed = [Some(visit.1.patient.as_str()), visit.1.code.as_deref()];
            let same = typed.into_iter().flatten().filter_map(fold).any(|typed| asked.contains(&typed));
            same || (visit.1.born.is_some() && visit.1.born == who.born)
        };
        let all = self.rows(ALL, [], |row| {
            let who = Identity { patient: row.get(1)?, code: row.get(2)?, born: row.get(3)? };
            Ok((session_id(row)?, who))
        })?;
        let opened = "SELECT opened_at FROM session WHERE id = ?1";
        let mut found = Vec::new();
        for (session, who) in all.into_iter().filter(is_like) {
            let opened_at = self.rows(opened, [session.as_bytes()], |row| row.get(0))?.pop();
            found.extend(opened_at.map(|opened_at| VisitRow { session, opened_at, who }));
        }
        found.sort_by_key(|visit| std::cmp::Reverse((visit.opened_at, visit.session)));
        Ok(found)
    }
}

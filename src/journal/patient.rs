//! The sessions of one patient: chosen by the table of visits, judged by who the patient is in each.

use super::error::JournalError;
use super::open::Journal;
use super::read::session_id;
use crate::session::{Entry, Identity, Likeness, SessionId};

/// So many sessions of a patient are read at most, the newest: a series has six, boosters follow for years.
const MOST: usize = 60;

/// Visits that have something in common with somebody.
const LIKE: &str = "SELECT v.session, s.opened_at, v.patient, v.code, v.born
    FROM visit AS v JOIN session AS s ON s.id = v.session
    WHERE v.patient = ?1 OR v.code = ?1 OR v.patient = ?2 OR v.code = ?2 OR v.born = ?3
    ORDER BY s.opened_at DESC, s.id DESC";

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
    /// The sessions of a patient that were opened before a moment (UTC ms). Of those that may be somebody else's, and of
    /// those that are, nothing is read.
    pub fn of_patient(&self, who: &Identity, before: i64) -> Result<OfPatient, JournalError> {
        let mut found = OfPatient { who: who.clone(), ..OfPatient::default() };
        for visit in self.visits_like(who)?.into_iter().filter(|visit| visit.opened_at < before) {
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
        // As `lower` of SQLite folds: the table is a first choice, `likeness` judges.
        let key = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let (patient, code) = (key(&who.patient), who.code.as_deref().map(key));
        self.rows(LIKE, (patient, code, who.born.as_deref()), |row| {
            let who = Identity { patient: row.get(2)?, code: row.get(3)?, born: row.get(4)? };
            Ok(VisitRow { session: session_id(row)?, opened_at: row.get(1)?, who })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visits_of_one_are_found_without_going_through_those_of_all() {
        let journal = Journal::in_memory().unwrap();
        let mut statement = journal.connection.prepare(&format!("EXPLAIN QUERY PLAN {LIKE}")).unwrap();
        let steps = statement.query_map(["ana", "a17", "1984-03-07"], |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        assert!(steps.iter().any(|step| step.contains("visit_patient")), "{steps:?}");
        assert!(steps.iter().all(|step| !step.starts_with("SCAN")), "{steps:?}");
    }
}

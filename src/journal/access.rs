//! The access log: lines are only ever added, each chained to the one before.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::error::JournalError;
use super::open::Journal;
use crate::session::Hash;
use crate::session::access::{self, Access, AccessLine};

impl Journal {
    /// Adds a line to the access log.
    pub fn log_access(&self, access: Access) -> Result<(), JournalError> {
        let fault = |fault: rusqlite::Error| self.fault(&fault);
        self.is_in_place()?;
        // Immediate: two consoles wait for each other here, and neither gives a place twice.
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(fault)?;
        let last = transaction
            .query_row("SELECT seq, hash FROM access ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get::<_, i64>(0)?.unsigned_abs(), Hash(row.get(1)?)))
            })
            .optional()
            .map_err(fault)?;
        let line = AccessLine::after(last, access);
        transaction
            .execute(
                "INSERT INTO access (seq, line, hash) VALUES (?1, ?2, ?3)",
                params![line.fields.seq as i64, line.line, line.hash.0],
            )
            .map_err(fault)?;
        transaction.commit().map_err(fault)
    }

    /// The access log from its beginning: the lines that hold, and the place of the first that does not.
    pub fn accesses(&self) -> Result<(Vec<AccessLine>, Option<u64>), JournalError> {
        Ok(access::check(self.rows("SELECT line FROM access ORDER BY seq", [], |row| row.get::<_, Vec<u8>>(0))?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::access::Act;

    fn access(act: Act) -> Access {
        Access { act, session: None, who: None, at: 5, station: "s".into(), app: "0".into() }
    }

    #[test]
    fn lines_are_added_in_a_chain_and_the_schema_refuses_anything_else() {
        let journal = Journal::in_memory().unwrap();
        journal.log_access(access(Act::Shown)).unwrap();
        journal.log_access(access(Act::BackedUp)).unwrap();
        let (lines, broken) = journal.accesses().unwrap();
        assert_eq!((lines.len(), broken), (2, None));
        for sql in [
            "UPDATE access SET line = X'00'",
            "DELETE FROM access",
            "INSERT INTO access SELECT 4, line, hash FROM access WHERE seq = 2",
            "INSERT INTO access SELECT 3, line, hash FROM access WHERE seq = 1",
            "INSERT OR REPLACE INTO access SELECT 2, line, hash FROM access WHERE seq = 1",
        ] {
            journal.connection.execute(sql, []).unwrap_err();
        }
        assert_eq!(journal.accesses().unwrap().0, lines);
    }
}

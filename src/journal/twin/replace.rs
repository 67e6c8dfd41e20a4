//! Damaged rows are replaced: the one place where rows of the journal go, after they were written into a file beside it.

use rusqlite::{Transaction, TransactionBehavior};

use super::super::error::JournalError;
use super::super::open::Journal;
use crate::session::{Entry, SessionId};

impl Journal {
    /// Puts a whole chain in the place of a session's rows, all or nothing. The triggers that keep rows from going are put
    /// away and back in the same transaction; those that check what comes in stay.
    pub(super) fn replace(&mut self, session: SessionId, chain: &[Entry]) -> Result<(), JournalError> {
        let place = self.place.clone();
        let fault = |fault: rusqlite::Error| JournalError::of(&place, &fault);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let guards = guards(&transaction).map_err(fault)?;
        for (name, _) in &guards {
            transaction.execute_batch(&format!("DROP TRIGGER \"{name}\"")).map_err(fault)?;
        }
        let id = session.as_bytes();
        transaction.execute("DELETE FROM entry WHERE session = ?1", [id]).map_err(fault)?;
        transaction.execute("DELETE FROM open_session WHERE session = ?1", [id]).map_err(fault)?;
        transaction.execute("DELETE FROM session WHERE id = ?1", [id]).map_err(fault)?;
        for (_, sql) in &guards {
            transaction.execute_batch(sql).map_err(fault)?;
        }
        for entry in chain {
            super::super::append::insert(&transaction, entry)
                .map_err(|refused| super::super::append::refusal(entry, &place, &refused))?;
        }
        super::super::what_stands::after(&transaction, chain.iter()).map_err(fault)?;
        transaction.commit().map_err(fault)
    }
}

/// The triggers that keep rows from being deleted.
fn guards(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<(String, String)>> {
    transaction
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_never_goes'")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

//! The tables. The schema itself refuses what must not happen: a change, a deletion, a gap, a broken chain.
//!
//! The first form is what stands here; every later one is a step of `steps.rs`. A new journal is made by all of them.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::steps::STEPS;

/// The first form of the tables.
const FIRST: i64 = 1;

/// The form of the tables that is known here, kept in `user_version`.
pub(super) const FORM: i64 = FIRST + STEPS.len() as i64;

/// "Beds": marks the file as a journal of this program.
pub(super) const APPLICATION_ID: i64 = 0x4265_6473;

/// Entries stand in the order of their session (WITHOUT ROWID), so that one entry costs one page there and one in the
/// index of ids. `session` and `open_session` are derived, kept by triggers: the first screen reads them alone.
const TABLES: &str = "
CREATE TABLE entry (
    session     BLOB    NOT NULL CHECK (length(session) = 16),
    seq         INTEGER NOT NULL,
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    kind        TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    line        BLOB    NOT NULL,
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id        BLOB    NOT NULL PRIMARY KEY,
    number    TEXT    NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_opened_at ON session (opened_at);
CREATE INDEX session_number ON session (number);

CREATE TABLE open_session (
    session   BLOB    NOT NULL PRIMARY KEY,
    opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// INSERT OR REPLACE deletes without firing the trigger on DELETE, so an id that is already stored is refused before.
const TRIGGERS: &str = "
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
    SELECT RAISE(ABORT, 'entries are never changed');
END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
    SELECT RAISE(ABORT, 'entries are never deleted');
END;
CREATE TRIGGER session_never_changes BEFORE UPDATE ON session BEGIN
    SELECT RAISE(ABORT, 'sessions are never changed');
END;
CREATE TRIGGER session_never_goes BEFORE DELETE ON session BEGIN
    SELECT RAISE(ABORT, 'sessions are never deleted');
END;

CREATE TRIGGER entry_follows BEFORE INSERT ON entry BEGIN
    SELECT RAISE(ABORT, 'an entry with this id is stored')
        WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'it is not the next entry of its session')
        WHERE NEW.seq <> 1 + coalesce((SELECT max(seq) FROM entry WHERE session = NEW.session), 0);
    SELECT RAISE(ABORT, 'a session begins with its opening, once')
        WHERE (NEW.seq = 1) <> (NEW.kind = 'session_opened');
    SELECT RAISE(ABORT, 'it does not follow from the entry before')
        WHERE json_extract(CAST(NEW.line AS TEXT), '$.prev_hash') IS NOT coalesce(
            (SELECT lower(hex(hash)) FROM entry WHERE session = NEW.session AND seq = NEW.seq - 1),
            '0000000000000000000000000000000000000000000000000000000000000000');
END;

CREATE TRIGGER session_opens AFTER INSERT ON entry WHEN NEW.kind = 'session_opened' BEGIN
    INSERT INTO session (id, number, opened_at)
        VALUES (NEW.session, coalesce(json_extract(CAST(NEW.line AS TEXT), '$.event.number'), ''), NEW.recorded_at);
    INSERT INTO open_session (session, opened_at) VALUES (NEW.session, NEW.recorded_at);
END;
CREATE TRIGGER session_closes AFTER INSERT ON entry WHEN NEW.kind IN ('patient_left', 'closed_without_infusion') BEGIN
    DELETE FROM open_session WHERE session = NEW.session;
END;
";

/// What stands in a file before anything is done to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing at all.
    Empty,
    /// A journal of the form known here.
    Journal,
    /// A journal of an earlier form.
    Older(i64),
    /// A journal of a later form.
    Newer(i64),
    /// Another program's database.
    Foreign,
}

/// Looks what a file holds. Reads only.
pub(super) fn look(connection: &Connection) -> rusqlite::Result<Found> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, form) = (number("application_id")?, number("user_version")?);
    Ok(match (application, form) {
        (APPLICATION_ID, FORM) => Found::Journal,
        (APPLICATION_ID, form) if form > FORM => Found::Newer(form),
        (APPLICATION_ID, form) if form >= FIRST => Found::Older(form),
        (0, 0) if is_empty(connection)? => Found::Empty,
        _ => Found::Foreign,
    })
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}

/// Makes the tables, all or none; another console may have been quicker.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    if look(&transaction)? == Found::Empty {
        transaction.execute_batch(TABLES)?;
        transaction.execute_batch(TRIGGERS)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        advance(&transaction, FIRST)?;
    }
    transaction.commit()
}

/// Brings an earlier form to the one known here, all steps or none; another console may have been quicker. Steps only
/// add: no entry is touched.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    if let Found::Older(form) = look(&transaction)? {
        advance(&transaction, form)?;
    }
    transaction.commit()
}

fn advance(transaction: &Transaction<'_>, from: i64) -> rusqlite::Result<()> {
    for step in later_than(from) {
        transaction.execute_batch(step.adds)?;
        (step.fills)(transaction)?;
    }
    transaction.pragma_update(None, "user_version", FORM)
}

/// Lets an earlier form be read as if it were this one, and writes nothing to it: what its steps would add is put beside
/// it, for this connection alone.
pub(super) fn stand_in(connection: &Connection, form: i64) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA temp_store = MEMORY")?;
    later_than(form).try_for_each(|step| {
        connection.execute_batch(step.stands_in)?;
        (step.fills)(connection)
    })
}

fn later_than(form: i64) -> impl Iterator<Item = &'static super::steps::Step> {
    STEPS.iter().skip(usize::try_from(form - FIRST).unwrap_or(usize::MAX))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Makes the tables as the first form had them.
    pub(in crate::journal) fn create_first(connection: &Connection) {
        connection.execute_batch(TABLES).unwrap();
        connection.execute_batch(TRIGGERS).unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", FIRST).unwrap();
    }

    /// Makes the tables as a form had them.
    pub(in crate::journal) fn create_until(connection: &Connection, form: i64) {
        create_first(connection);
        for step in STEPS.iter().take(usize::try_from(form - FIRST).unwrap()) {
            connection.execute_batch(step.adds).unwrap();
        }
        connection.pragma_update(None, "user_version", form).unwrap();
    }

    /// The names of all tables, indexes and triggers.
    fn names(connection: &Connection) -> Vec<String> {
        let mut statement = connection.prepare("SELECT name FROM sqlite_schema ORDER BY name").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn the_first_form_becomes_what_a_new_journal_is() {
        let mut new = Connection::open_in_memory().unwrap();
        create(&mut new).unwrap();
        let mut old = Connection::open_in_memory().unwrap();
        create_first(&old);
        assert_eq!(look(&old).unwrap(), Found::Older(FIRST));
        migrate(&mut old).unwrap();
        assert_eq!(look(&old).unwrap(), Found::Journal);
        assert_eq!(names(&old), names(&new));
        migrate(&mut old).unwrap();
        assert_eq!(names(&old), names(&new));
    }

    #[test]
    fn each_step_says_how_it_is_read_where_it_was_not_taken() {
        let mut new = Connection::open_in_memory().unwrap();
        create(&mut new).unwrap();
        let old = Connection::open_in_memory().unwrap();
        create_first(&old);
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let tables: Vec<String> =
            new.prepare(tables).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let before = names(&old);
        stand_in(&old, FIRST).unwrap();
        for table in tables {
            old.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
        }
        assert_eq!(names(&old), before, "nothing was written");
    }
}

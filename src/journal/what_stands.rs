//! Which sessions wait for the clinician's word on thoughts of self-harm, by a replay of their entries: when entries are stored
//! that speak of them, and where an earlier version stored them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::session::{Entry, Event, Session, SessionId, came_up};

/// The lines that may speak of them, told without reading them as JSON: one that was damaged keeps no journal from opening.
/// (The opening, which holds the protocol, always names them.)
const MAY_SPEAK: &str = r#"
SELECT DISTINCT session FROM entry
WHERE kind IN ('observation_recorded', 'screening_answered', 'scores_recorded', 'checked_back', 'entry_amended') AND (
    (CAST(line AS TEXT) LIKE '%"self_harm"%'
        AND (kind <> 'screening_answered' OR CAST(line AS TEXT) LIKE '%"yes"%'))
    OR (CAST(line AS TEXT) LIKE '%"phq9_item9":%' AND CAST(line AS TEXT) NOT LIKE '%"phq9_item9":0%'))"#;

/// Fills the table from the entries that are there.
pub(super) fn fill(connection: &Connection) -> rusqlite::Result<()> {
    let sessions: Vec<[u8; 16]> =
        connection.prepare(MAY_SPEAK)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    sessions.iter().try_for_each(|session| settle(connection, session))
}

/// Writes the rows of one session anew.
fn settle(connection: &Connection, session: &[u8; 16]) -> rusqlite::Result<()> {
    let lines: Vec<Vec<u8>> = connection
        .prepare_cached("SELECT line FROM entry WHERE session = ?1 ORDER BY seq")?
        .query_map([session], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    connection.execute("DELETE FROM self_harm WHERE session = ?1", [session])?;
    let mut insert = connection.prepare_cached("INSERT INTO self_harm (session, seq, standing) VALUES (?1, ?2, ?3)")?;
    for (seq, stands) in mentions(lines) {
        insert.execute((session, seq as i64, stands))?;
    }
    Ok(())
}

/// The entries that speak of them, and whether no word on each is recorded. Where a line cannot be read, what is left cannot
/// say that there was a word: all stand.
fn mentions(lines: Vec<Vec<u8>>) -> Vec<(u64, bool)> {
    let whole = lines.len();
    let entries: Vec<Entry> = lines.into_iter().filter_map(|line| Entry::read(line).ok()).collect();
    if entries.len() == whole
        && let Ok(session) = Session::replay(entries.clone())
    {
        let said = &session.state().asked.self_harm;
        return said.mentions.iter().map(|one| (one.seq, said.word_on(one.seq).is_none())).collect();
    }
    let spoken = entries.iter().filter_map(of_what).map(|seq| (seq, true));
    spoken.collect::<BTreeMap<_, _>>().into_iter().collect()
}

/// Looks again at the sessions of entries that were stored, where one of them speaks of such thoughts, or changes what was said
/// of them. Of most entries that is told by their kind.
pub(super) fn after<'a>(connection: &Connection, entries: impl Iterator<Item = &'a Entry>) -> rusqlite::Result<()> {
    let mut sessions: BTreeMap<SessionId, bool> = BTreeMap::new();
    for entry in entries {
        let event = &entry.fields.event;
        let speaks = of_what(entry).is_some();
        let changes =
            matches!(event, Event::EntryAmended { .. } | Event::EntryWithdrawn { .. } | Event::GateAnswered { .. });
        if speaks || changes {
            *sessions.entry(entry.fields.session).or_default() |= speaks;
        }
    }
    for (session, speaks) in sessions {
        if speaks || is_listed(connection, session.as_bytes())? {
            settle(connection, session.as_bytes())?;
        }
    }
    Ok(())
}

fn is_listed(connection: &Connection, session: &[u8; 16]) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM self_harm WHERE session = ?1)")?
        .query_row([session], |row| row.get(0))
}

/// The entry that speaks of them: this one, or the one that it amends.
fn of_what(entry: &Entry) -> Option<u64> {
    match &entry.fields.event {
        Event::EntryAmended { about, event: Some(event), .. } => came_up(event).map(|_| *about),
        event => came_up(event).map(|_| entry.seq()),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Transaction;

    use super::super::append::insert;
    use super::super::open::Journal;
    use super::super::sample::Sample;
    use super::super::schema::{self, tests::create_until};
    use super::*;
    use crate::session::{GateAnswer, Leaving, Phq9Item9, Scores};

    const GATE: &str = "[[gate]]\nid = \"ride\"\n[[gate]]\nid = \"word\"\nonly_if = \"self_harm\"\n";

    fn scored(item9: i64) -> Event {
        let phq9_item9 = Phq9Item9::try_from(item9).ok();
        Event::ScoresRecorded { scores: Scores { phq9_item9, ..Scores::default() } }
    }

    /// An answer as it was before answers said whose word they are.
    fn met(item: &str) -> Event {
        let answer = GateAnswer::Met { name: Some("Dr Kim".into()) };
        Event::GateAnswered { item: item.into(), answer, against: None, word_on: None }
    }

    fn not_met(item: &str) -> Event {
        Event::GateAnswered { item: item.into(), answer: GateAnswer::NotMet, against: None, word_on: None }
    }

    fn amended(event: Option<Event>) -> Event {
        let event = event.map(Box::new);
        Event::EntryAmended { about: 2, observed_at: None, event, reason: "misread".into() }
    }

    fn withdrawn() -> Event {
        Event::EntryWithdrawn { about: 2, reason: "in error".into() }
    }

    fn sample(session: u128, events: &[Event]) -> Sample {
        let mut sample = Sample::under(GATE.into(), session);
        for event in events {
            sample.add(event.clone());
        }
        sample
    }

    /// A journal of form 3 with one session.
    fn form_3(sample: &Sample) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        create_until(&connection, 3);
        let transaction: Transaction<'_> = connection.transaction().unwrap();
        for entry in &sample.entries {
            insert(&transaction, entry).unwrap();
        }
        transaction.commit().unwrap();
        connection
    }

    fn rows(connection: &Connection) -> Vec<(u64, bool)> {
        let mut all = connection.prepare("SELECT seq, standing FROM self_harm ORDER BY seq").unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?));
        all.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[rstest::rstest]
    #[case::no_word(&[scored(2)], &[(2, true)])]
    #[case::the_word(&[scored(2), met("word")], &[(2, false)])]
    #[case::no_word_yet(&[scored(2), not_met("word")], &[(2, true)])]
    #[case::of_another_item(&[scored(2), met("ride")], &[(2, true)])]
    #[case::again_after_it(&[scored(2), met("word"), scored(1)], &[(2, false), (4, true)])]
    #[case::amended_away(&[scored(2), amended(Some(scored(0)))], &[])]
    #[case::amended_into(&[scored(0), amended(Some(scored(3)))], &[(2, true)])]
    #[case::moved_after_the_word(&[scored(2), met("word"), amended(None)], &[(2, true)])]
    #[case::in_error(&[scored(2), withdrawn()], &[])]
    fn an_earlier_form_is_read_for_what_it_says(#[case] events: &[Event], #[case] wanted: &[(u64, bool)]) {
        let sample = sample(1, events);
        let mut old = form_3(&sample);
        schema::migrate(&mut old).unwrap();
        assert_eq!(rows(&old), wanted, "the step taken");
        let read_only = form_3(&sample);
        schema::stand_in(&read_only, 3).unwrap();
        assert_eq!(rows(&read_only), wanted, "read without it");
        // As it comes from a transcript into a journal of today.
        let mut journal = Journal::in_memory().unwrap();
        journal.append(&sample.entries).unwrap();
        assert_eq!(rows(&journal.connection), wanted, "stored today");
    }

    #[test]
    fn a_damaged_line_keeps_no_journal_from_opening_and_counts_for_no_word() {
        let sample = sample(1, &[scored(2), met("word"), withdrawn()]);
        for damaged in 2..=4 {
            let mut old = form_3(&sample);
            old.execute_batch("DROP TRIGGER entry_never_changes").unwrap();
            let spoilt = "UPDATE entry SET line = CAST(line || x'00ff' AS BLOB) WHERE seq = ?1";
            assert_eq!(old.execute(spoilt, [damaged]).unwrap(), 1);
            schema::migrate(&mut old).unwrap();
            let wanted: &[(u64, bool)] = if damaged == 2 { &[] } else { &[(2, true)] };
            assert_eq!(rows(&old), wanted, "#{damaged}");
        }
    }

    #[test]
    fn a_damaged_line_keeps_no_leaving_from_being_stored() {
        let left =
            |at| Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: Some(at) };
        let mut sample = sample(1, &[left(9)]);
        let mut journal = Journal::in_memory().unwrap();
        journal.append(&sample.entries).unwrap();
        let asked = r#"{"say":"How?","answer":"Well","reached":true,"by":"Jo"}"#;
        let asked = sample.add(Event::CheckedBack(serde_json::from_str(asked).unwrap()));
        journal.append(&[asked]).unwrap();
        journal.connection.execute_batch("DROP TRIGGER entry_never_changes").unwrap();
        journal.connection.execute("UPDATE entry SET line = x'7b22ff' WHERE seq = 3", []).unwrap();
        let again = [sample.add(amended(Some(left(7)))), sample.add(left(12))];
        // The line before them is damaged: what follows is asked of what the triggers alone do.
        journal.connection.execute_batch("DROP TRIGGER entry_follows").unwrap();
        let transaction = journal.connection.transaction().unwrap();
        for entry in &again {
            insert(&transaction, entry).unwrap();
        }
        transaction.commit().unwrap();
        let due = journal.connection.query_row("SELECT due_at FROM check_back", [], |row| row.get::<_, i64>(0));
        assert_eq!(due.unwrap(), 12);
    }
}

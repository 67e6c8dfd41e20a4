//! What the journal lists, and what it makes of the names that people use.

use bedside::journal::{Journal, JournalError, SessionRow};
use bedside::session::{Event, Leaving};
use uuid::Uuid;

use super::sample::Sample;

const DAY_MS: i64 = 86_400_000;

#[test]
fn sessions_are_listed_oldest_first_with_what_became_of_them() {
    let mut journal = Journal::in_memory().unwrap();
    let mut left = Sample::opened(1, "1122-1", DAY_MS);
    left.add(Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: None });
    let mut closed = Sample::opened(2, "1123-1", 2 * DAY_MS);
    closed.add(Event::ClosedWithoutInfusion { reason: "fever".into() });
    let mut running = Sample::opened(3, "1121-1", 0);
    running.note("one");
    for sample in [&closed, &left, &running] {
        journal.append(&sample.entries).unwrap();
    }
    let all = journal.all_sessions().unwrap();
    let seen: Vec<_> = all.iter().map(|row| (row.id, row.number.as_str(), row.entries, row.open)).collect();
    assert_eq!(
        seen,
        [
            (running.session, "1121-1", 2, true),
            (left.session, "1122-1", 2, false),
            (closed.session, "1123-1", 2, false)
        ]
    );
    assert_eq!(all[1].last_kind, "patient_left");
    assert_eq!(all[0].opening.as_ref(), Some(&running.entries[0]));
    let ids = |rows: Vec<SessionRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(journal.open_sessions().unwrap()), [running.session]);
    assert_eq!(ids(journal.sessions_since(DAY_MS).unwrap()), [left.session, closed.session]);
    assert_eq!(ids(journal.recent_sessions(2 * DAY_MS).unwrap()), [running.session, closed.session]);
    assert_eq!(journal.tail(running.session, 1).unwrap(), running.entries[1..]);
    assert_eq!(journal.tail(running.session, 2).unwrap(), []);
    assert_eq!(journal.tail(running.session, 0).unwrap(), running.entries);
}

#[test]
fn a_session_is_found_by_what_people_call_it() {
    let mut journal = Journal::in_memory().unwrap();
    let year = 365 * DAY_MS;
    let ids = [0x0193_aaaa_u128 << 96, (0x0193_aaaa_u128 << 96) | (1 << 95), 0x0193_bbbb_u128 << 96];
    for (id, number, at) in [(ids[0], "1123-1", 0), (ids[1], "1123-2", 9), (ids[2], "1123-1", year)] {
        journal.append(&Sample::opened(id, number, at).entries).unwrap();
    }
    let id = |at: usize| Ok(Uuid::from_u128(ids[at]));
    assert_eq!(journal.resolve("1123-2"), id(1));
    assert_eq!(journal.resolve("1123-1"), id(2), "this year's");
    assert_eq!(journal.resolve("last"), id(2));
    assert_eq!(journal.resolve("0193bb"), id(2));
    assert_eq!(journal.resolve("0193AAAA-8"), id(1));
    assert_eq!(journal.resolve(&Uuid::from_u128(ids[0]).to_string()), id(0));
    let found = vec![Uuid::from_u128(ids[0]), Uuid::from_u128(ids[1])];
    assert_eq!(journal.resolve("0193a"), Err(JournalError::Ambiguous { asked: "0193a".into(), found }));
    for nothing in ["1124-1", "ffff", "", "-", "x; DROP", "%"] {
        assert!(matches!(journal.resolve(nothing), Err(JournalError::NoSession { .. })), "{nothing}");
    }
    assert_eq!(journal.next_number("1123", 20), Ok("1123-3".into()));
    assert_eq!(journal.next_number("1123", year), Ok("1123-2".into()));
    assert_eq!(journal.next_number("1124", 20), Ok("1124-1".into()));
}

#[test]
fn the_same_number_twice_in_a_day_is_ambiguous() {
    let mut journal = Journal::in_memory().unwrap();
    for id in [1, 2] {
        journal.append(&Sample::opened(id, "1123-1", id as i64).entries).unwrap();
    }
    assert!(matches!(journal.resolve("1123-1"), Err(JournalError::Ambiguous { found, .. }) if found.len() == 2));
}

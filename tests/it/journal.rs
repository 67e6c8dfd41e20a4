//! The journal from outside: what the file itself refuses, what is refused of a file, and several consoles at once.

mod lists;
pub(crate) mod sample;
mod stands;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bedside::journal::{DataFolder, Holder, Journal, JournalError, LockTrouble, Reply, Request, SessionLock, Writer};
use bedside::session::Event;
use bedside::session::chain::Why;
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use self::sample::Sample;

fn folder() -> (TempDir, DataFolder) {
    let base = tempfile::tempdir().expect("a temporary folder");
    let folder = DataFolder::locate(Some(&base.path().join("data"))).expect("an absolute path");
    (base, folder)
}

/// The names of the files in a folder.
fn names(folder: &DataFolder) -> BTreeSet<String> {
    std::fs::read_dir(folder.path())
        .expect("the folder is there")
        .map(|file| file.expect("it can be listed"))
        .filter(|file| file.path().is_file())
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The files as a crash would leave them: copied while they are in use.
fn crashed(folder: &DataFolder) -> (TempDir, DataFolder) {
    let (base, copy) = self::folder();
    std::fs::create_dir(copy.path()).expect("a new folder");
    for name in names(folder) {
        std::fs::copy(folder.path().join(&name), copy.path().join(&name)).expect("a file can be copied");
    }
    (base, copy)
}

#[test]
fn the_file_itself_refuses_changes_and_deletions() {
    let (_base, folder) = folder();
    let mut sample = Sample::opened(1, "1123-1", 0);
    sample.note("one");
    Journal::open(&folder).unwrap().append(&sample.entries).unwrap();
    let raw = Connection::open(folder.journal()).unwrap();
    for (sql, says) in [
        ("UPDATE entry SET line = X'00'", "never changed"),
        ("UPDATE entry SET recorded_at = 5 WHERE seq = 2", "never changed"),
        ("DELETE FROM entry", "never deleted"),
        ("DELETE FROM entry WHERE seq = 2", "never deleted"),
        ("DELETE FROM session", "never deleted"),
        ("UPDATE session SET number = '1'", "never changed"),
        ("INSERT OR REPLACE INTO entry SELECT session, seq, id, kind, 9, line, hash FROM entry", "id is stored"),
        (
            "INSERT OR REPLACE INTO entry
             SELECT session, seq, zeroblob(16), kind, 9, line, hash FROM entry WHERE seq = 2",
            "not the next",
        ),
        (
            "INSERT INTO entry SELECT session, 4, zeroblob(16), kind, 9, line, hash FROM entry WHERE seq = 2",
            "not the next",
        ),
        (
            "INSERT INTO entry SELECT session, 3, zeroblob(16), kind, 9, line, hash FROM entry WHERE seq = 2",
            "does not follow",
        ),
    ] {
        let refused = raw.execute_batch(sql).unwrap_err();
        assert!(refused.to_string().contains(says), "{sql}: {refused}");
    }
    assert_eq!(Journal::open(&folder).unwrap().load(sample.session).unwrap(), sample.entries);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look_into_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (_base, folder) = folder();
    let sample = Sample::opened(1, "1123-1", 0);
    let mut journal = Journal::open(&folder).unwrap();
    journal.append(&sample.entries).unwrap();
    let _lock = SessionLock::take(&folder, sample.session, &Holder::this_process("A", 0)).unwrap();
    assert_eq!(mode(folder.path()), 0o700);
    assert_eq!(mode(&folder.locks()), 0o700);
    assert_eq!(mode(&folder.locks().join(format!("{}.lock", sample.session))), 0o600);
    for name in ["journal.db", "journal.db-wal", "journal.db-shm"] {
        assert_eq!(mode(&folder.path().join(name)), 0o600, "{name}");
    }
}

#[test]
fn what_was_committed_is_there_after_a_crash() {
    let (_base, folder) = folder();
    let mut sample = Sample::opened(1, "1123-1", 0);
    let mut journal = Journal::open(&folder).unwrap();
    journal.append(&sample.entries).unwrap();
    journal.append(&[sample.note("one")]).unwrap();
    let (_copy, after) = crashed(&folder);
    assert!(names(&after).contains("journal.db-wal"));
    assert_eq!(Journal::open(&after).unwrap().load(sample.session).unwrap(), sample.entries);
}

/// Takes the last step back.
const WITHOUT_FORM_4: &str = "DROP TABLE self_harm; DROP TRIGGER check_back_is_amended;";

/// A journal as the first released form had it, with one session.
fn first_form(folder: &DataFolder) -> Sample {
    let sample = Sample::opened(1, "1123-1", 0);
    drop(Journal::open(folder).unwrap());
    let raw = Connection::open(folder.journal()).unwrap();
    raw.execute_batch(WITHOUT_FORM_4).unwrap();
    raw.execute_batch(
        "DROP TRIGGER visit_begins; DROP TRIGGER visit_is_described; DROP TRIGGER check_back_begins;
         DROP TRIGGER check_back_ends; DROP TRIGGER check_back_is_withdrawn; DROP TABLE visit; DROP TABLE check_back;
         DROP TRIGGER session_is_signed; DROP TABLE signature; DROP TABLE access; PRAGMA user_version = 1;",
    )
    .unwrap();
    let entry = &sample.entries[0];
    raw.execute(
        "INSERT INTO entry (session, seq, id, kind, recorded_at, line, hash) VALUES (?1, 1, ?2, 'session_opened', ?3, ?4, ?5)",
        rusqlite::params![
            sample.session.as_bytes(),
            entry.fields.id.as_bytes(),
            entry.fields.recorded_at,
            entry.line,
            entry.hash.0
        ],
    )
    .unwrap();
    sample
}

#[test]
fn the_first_form_is_read_as_it_lies_and_becomes_todays_when_it_is_written() {
    let (_base, folder) = folder();
    let mut sample = first_form(&folder);
    let before = std::fs::read(folder.journal()).unwrap();
    let reader = Journal::open_read_only(&folder).unwrap();
    assert_eq!(reader.load(sample.session).unwrap(), sample.entries);
    assert!(reader.heads().unwrap().iter().all(|head| !head.signed && head.open));
    assert_eq!(reader.recent_sessions(0).unwrap().len(), 1);
    assert_eq!(reader.signatures(sample.session).unwrap(), []);
    drop(reader);
    assert_eq!(std::fs::read(folder.journal()).unwrap(), before, "reading changes nothing");
    let mut journal = Journal::open(&folder).unwrap();
    journal.append(&[sample.note("one")]).unwrap();
    assert_eq!(journal.load(sample.session).unwrap(), sample.entries);
    let form: i64 =
        Connection::open(folder.journal()).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(form, 4);
}

#[test]
fn what_stands_is_read_in_an_earlier_form_as_it_lies() {
    let (_base, folder) = folder();
    let mut sample = Sample::opened(1, "1123-1", 0);
    let seen = bedside::session::Observation::Seen(bedside::protocol::Sign::SelfHarm);
    sample.add(Event::ObservationRecorded { observation: seen });
    Journal::open(&folder).unwrap().append(&sample.entries).unwrap();
    let raw = Connection::open(folder.journal()).unwrap();
    raw.execute_batch(WITHOUT_FORM_4).unwrap();
    raw.pragma_update(None, "user_version", 3).unwrap();
    drop(raw);
    let before = std::fs::read(folder.journal()).unwrap();
    let reader = Journal::open_read_only(&folder).unwrap();
    assert_eq!((reader.all_sessions().unwrap()[0].self_harm, reader.waiting_for_word().unwrap()), (true, 1));
    drop(reader);
    assert_eq!(std::fs::read(folder.journal()).unwrap(), before, "reading changes nothing");
}

#[test]
fn a_newer_form_is_refused_and_left_alone() {
    let (_base, folder) = folder();
    drop(Journal::open(&folder).unwrap());
    Connection::open(folder.journal()).unwrap().pragma_update(None, "user_version", 5).unwrap();
    let before = std::fs::read(folder.journal()).unwrap();
    let expected = JournalError::Newer { place: folder.journal(), found: 5, known: 4 };
    assert_eq!(Journal::open(&folder).unwrap_err(), expected);
    assert_eq!(Journal::open_read_only(&folder).unwrap_err(), expected);
    assert_eq!(std::fs::read(folder.journal()).unwrap(), before);
}

#[test]
fn what_is_no_journal_is_refused_and_left_alone() {
    let foreign = |path: &Path| {
        Connection::open(path).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
    };
    let text = |path: &Path| std::fs::write(path, "Dear diary, ".repeat(500)).unwrap();
    for make in [&foreign as &dyn Fn(&Path), &text] {
        let (_base, folder) = folder();
        folder.create().unwrap();
        make(&folder.journal());
        let before = std::fs::read(folder.journal()).unwrap();
        for opened in [Journal::open(&folder), Journal::open_read_only(&folder)] {
            assert_eq!(opened.unwrap_err(), JournalError::NotAJournal { place: folder.journal() });
        }
        assert_eq!(std::fs::read(folder.journal()).unwrap(), before);
        assert_eq!(names(&folder), BTreeSet::from(["journal.db".to_owned()]));
    }
}

#[test]
fn a_damaged_file_is_refused_and_left_alone() {
    let (_base, folder) = folder();
    Journal::open(&folder).unwrap().append(&Sample::opened(1, "1123-1", 0).entries).unwrap();
    let mut bytes = std::fs::read(folder.journal()).unwrap();
    // The first page's tree, behind the file's header.
    bytes[100..4096].fill(0xa5);
    std::fs::write(folder.journal(), &bytes).unwrap();
    for opened in [Journal::open(&folder), Journal::open_read_only(&folder)] {
        assert_eq!(
            opened.and_then(|j| j.all_sessions()).unwrap_err(),
            JournalError::Corrupt { place: folder.journal() }
        );
    }
    assert_eq!(std::fs::read(folder.journal()).unwrap(), bytes);
}

#[test]
fn one_changed_byte_is_found_at_its_entry() {
    let (_base, folder) = folder();
    let mut sample = Sample::opened(1, "1123-1", 0);
    sample.note("one");
    sample.note("dose 55 mg");
    Journal::open(&folder).unwrap().append(&sample.entries).unwrap();
    let mut bytes = std::fs::read(folder.journal()).unwrap();
    let at = bytes.windows(10).position(|window| window == b"dose 55 mg").unwrap();
    bytes[at + 5] = b'6';
    std::fs::write(folder.journal(), &bytes).unwrap();
    let journal = Journal::open(&folder).unwrap();
    let JournalError::Broken { at, .. } = journal.load(sample.session).unwrap_err() else { panic!() };
    assert_eq!((at.seq, at.why), (3, Why::Hash));
    assert!(journal.tail(sample.session, 2).is_err());
    // The others are still listed, and the lines can be read to compare them.
    assert_eq!(journal.all_sessions().unwrap().len(), 1);
    assert_eq!(journal.lines(sample.session).unwrap().len(), 3);
}

#[test]
fn reading_creates_no_file() {
    let (_base, folder) = folder();
    assert_eq!(
        Journal::open_read_only(&folder).unwrap_err(),
        JournalError::NoJournal { folder: folder.path().to_owned() }
    );
    assert!(!folder.path().exists());
    let mut sample = Sample::opened(1, "1123-1", 0);
    let mut writing = Journal::open(&folder).unwrap();
    writing.append(&sample.entries).unwrap();

    // While a console has it open, its latest commits are seen.
    let mut reading = Journal::open_read_only(&folder).unwrap();
    assert_eq!(reading.load(sample.session).unwrap().len(), 1);
    writing.append(&[sample.note("one")]).unwrap();
    assert_eq!(reading.load(sample.session).unwrap().len(), 2);
    assert!(matches!(
        reading.append(&[Sample::opened(2, "1123-2", 0).entries.remove(0)]),
        Err(JournalError::ReadOnly { .. })
    ));
    drop(reading);

    // After a crash.
    let (_copy, after) = crashed(&folder);
    let there = names(&after);
    assert_eq!(Journal::open_read_only(&after).unwrap().load(sample.session).unwrap().len(), 2);
    assert_eq!(names(&after), there);
    std::fs::remove_file(after.path().join("journal.db-shm")).unwrap();
    let there = names(&after);
    assert_eq!(Journal::open_read_only(&after).unwrap_err(), JournalError::NotClosed { place: after.journal() });
    assert_eq!(names(&after), there);

    // Closed.
    drop(writing);
    assert_eq!(names(&folder), BTreeSet::from(["journal.db".to_owned()]));
    assert_eq!(Journal::open_read_only(&folder).unwrap().load(sample.session).unwrap().len(), 2);
    assert_eq!(names(&folder), BTreeSet::from(["journal.db".to_owned()]));
}

#[test]
fn odd_names_of_folders_are_read_too() {
    let base = tempfile::tempdir().unwrap();
    let folder = DataFolder::locate(Some(&base.path().join("Räume?mode=rw&x#1 %41"))).unwrap();
    let sample = Sample::opened(1, "1123-1", 0);
    Journal::open(&folder).unwrap().append(&sample.entries).unwrap();
    assert_eq!(Journal::open_read_only(&folder).unwrap().load(sample.session).unwrap(), sample.entries);
}

#[test]
fn consoles_that_start_at_once_find_one_journal() {
    let (_base, folder) = folder();
    std::thread::scope(|scope| {
        let opened: Vec<_> = (0..8).map(|_| scope.spawn(|| Journal::open(&folder).map(drop))).collect();
        for thread in opened {
            assert_eq!(thread.join().unwrap(), Ok(()));
        }
    });
}

#[test]
fn two_writers_share_a_folder() {
    let (_base, folder) = folder();
    let mut samples = [Sample::opened(1, "1123-1", 0), Sample::opened(2, "1123-2", 5)];
    std::thread::scope(|scope| {
        for sample in &mut samples {
            scope.spawn(|| {
                let (sender, mut replies) = tokio::sync::mpsc::unbounded_channel();
                let writer = Writer::start(Journal::open(&folder).unwrap(), sender).unwrap();
                writer.send(Request::Append(sample.entries.clone())).unwrap();
                for n in 0..40 {
                    writer.send(Request::Append(vec![sample.note(&n.to_string())])).unwrap();
                }
                let mut durable = 0;
                while durable < 41 {
                    match replies.blocking_recv() {
                        Some(Reply::Durable { session, through }) if session == sample.session => durable = through,
                        other => panic!("{other:?}"),
                    }
                }
                writer.stop().unwrap();
            });
        }
    });
    let journal = Journal::open(&folder).unwrap();
    for sample in &samples {
        assert_eq!(journal.load(sample.session).unwrap(), sample.entries);
    }
}

#[test]
fn a_session_is_held_by_one_console() {
    let (_base, folder) = folder();
    let session = Uuid::from_u128(1);
    let held = SessionLock::take(&folder, session, &Holder::this_process("Sitter A", 7)).unwrap();
    let LockTrouble::Held { holder: Some(holder) } =
        SessionLock::take(&folder, session, &Holder::this_process("Sitter B", 8)).unwrap_err()
    else {
        panic!("not held")
    };
    assert_eq!((holder.sitter.as_str(), holder.pid, holder.since), ("Sitter A", std::process::id(), 7));
    drop(held);
    SessionLock::take(&folder, session, &Holder::this_process("Sitter B", 9)).unwrap();
}

#[test]
fn every_trouble_is_one_sentence() {
    let place = PathBuf::from("/data/journal.db");
    let (session, asked) = (Uuid::nil(), String::from("x"));
    let troubles = [
        JournalError::Full { place: place.clone() },
        JournalError::Disk { place: place.clone(), code: 10 },
        JournalError::ReadOnly { place: place.clone() },
        JournalError::CannotOpen { place: place.clone(), code: 14 },
        JournalError::Corrupt { place: place.clone() },
        JournalError::Busy { place: place.clone() },
        JournalError::NotWal { place: place.clone(), answer: "delete".into() },
        JournalError::NotClosed { place: place.clone() },
        JournalError::Moved { place },
        JournalError::Ambiguous { asked: asked.clone(), found: vec![session] },
        JournalError::NoSession { asked },
    ];
    for trouble in troubles {
        let sentence = trouble.to_string();
        assert!(sentence.contains(": ") && !sentence.contains('\n') && !sentence.ends_with('.'), "{sentence}");
    }
}

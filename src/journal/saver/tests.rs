//! The writer's thread under trouble.

use rusqlite::Connection;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;
use crate::journal::sample::Sample;
use crate::journal::{DataFolder, Writer};

struct Bench {
    _base: tempfile::TempDir,
    folder: DataFolder,
    writer: Writer,
    replies: UnboundedReceiver<Reply>,
}

/// A writer that waits for other consoles a moment only, so that the tests need not.
fn bench() -> Bench {
    let base = tempfile::tempdir().unwrap();
    let folder = DataFolder::locate(Some(base.path())).unwrap();
    let journal = Journal::open(&folder).unwrap();
    journal.wait_at_most(Duration::from_millis(1)).unwrap();
    let (sender, replies) = unbounded_channel();
    Bench { _base: base, folder, writer: Writer::start(journal, sender).unwrap(), replies }
}

fn hold(folder: &DataFolder) -> Connection {
    let other = Connection::open(folder.journal()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[test]
fn what_could_not_be_saved_is_said_once_and_saved_once_when_it_can_be() {
    let mut bench = bench();
    let mut sample = Sample::opened(1);
    let holder = hold(&bench.folder);
    bench.writer.send(Request::Append(sample.entries.clone())).unwrap();
    let said = bench.replies.blocking_recv().unwrap();
    assert!(matches!(&said, Reply::NotSaved { from_seq: 1, why: JournalError::Busy { .. }, .. }), "{said:?}");
    let more = vec![sample.note(10), sample.note(10)];
    bench.writer.send(Request::Append(more)).unwrap();
    // The answer to a question shows that the attempt before it was made, and that it said nothing new.
    bench.writer.send(Request::Number { month_day: "1123".into(), now_ms: 0 }).unwrap();
    assert_eq!(bench.replies.blocking_recv(), Some(Reply::Numbered { number: "1123-1".into() }));
    assert_eq!(bench.writer.waiting(), 3);
    drop(holder);
    let saved = bench.replies.blocking_recv().unwrap();
    assert_eq!(saved, Reply::Durable { session: sample.session, through: 3 }, "by itself, a second later");
    assert_eq!(bench.writer.waiting(), 0);
    bench.writer.send(Request::Load { session: sample.session }).unwrap();
    let loaded = bench.replies.blocking_recv().unwrap();
    assert_eq!(loaded, Reply::Loaded { session: sample.session, entries: sample.entries });
    assert_eq!(bench.writer.stop(), Ok(()));
}

#[test]
fn the_end_reports_what_is_still_unsaved() {
    let mut bench = bench();
    let sample = Sample::opened(1);
    let _holder = hold(&bench.folder);
    bench.writer.send(Request::Append(sample.entries.clone())).unwrap();
    bench.replies.blocking_recv().unwrap();
    let unsaved = bench.writer.stop().unwrap_err();
    assert_eq!((unsaved.entries, unsaved.from), (1, vec![(sample.session, 1)]));
    assert!(matches!(unsaved.why, Some(JournalError::Busy { .. })));
}

#[test]
fn a_refused_entry_of_one_session_does_not_hold_up_another() {
    let mut bench = bench();
    let (mut wrong, right) = (Sample::opened(1), Sample::opened(2));
    let orphan = wrong.note(1);
    let both = [vec![orphan], right.entries.clone()].concat();
    bench.writer.send(Request::Append(both)).unwrap();
    let refused = bench.replies.blocking_recv().unwrap();
    assert!(matches!(refused, Reply::NotSaved { why: JournalError::Refused { seq: 2, .. }, .. }));
    let saved = bench.replies.blocking_recv().unwrap();
    assert_eq!(saved, Reply::Durable { session: right.session, through: 1 });
}

#[test]
fn what_waits_in_the_queue_is_one_transaction_and_the_end_leaves_none_of_it() {
    let mut sample = Sample::opened(1);
    for _ in 0..50 {
        sample.note(20);
    }
    let (requests, inbox) = std::sync::mpsc::channel();
    for entry in &sample.entries {
        requests.send(Request::Append(vec![entry.clone()])).unwrap();
    }
    requests.send(Request::Stop).unwrap();
    let (sender, mut replies) = unbounded_channel();
    let waiting = Arc::new(AtomicUsize::new(51));
    let left = Saver::new(Journal::in_memory().unwrap(), inbox, sender, Arc::clone(&waiting)).run();
    assert_eq!(replies.blocking_recv(), Some(Reply::Durable { session: sample.session, through: 51 }));
    assert_eq!(replies.blocking_recv(), None, "one commit, one answer");
    assert_eq!((left, waiting.load(Ordering::SeqCst)), (Left::default(), 0));
}

#[test]
fn a_console_that_no_longer_listens_learns_that_the_writer_ended() {
    let Bench { _base: base, folder, writer, replies } = bench();
    drop(replies);
    let sample = Sample::opened(1);
    writer.send(Request::Append(sample.entries.clone())).unwrap();
    // The thread ends after the first reply that nobody takes.
    while writer.send(Request::List { since: 0 }).is_ok() {
        std::thread::yield_now();
    }
    assert_eq!(writer.stop(), Ok(()), "what it had was saved");
    assert_eq!(Journal::open(&folder).unwrap().load(sample.session).unwrap(), sample.entries);
    drop(base);
}

#[test]
fn dropping_the_handle_saves_what_was_handed_over() {
    let bench = bench();
    let sample = Sample::opened(1);
    bench.writer.send(Request::Append(sample.entries.clone())).unwrap();
    drop(bench.writer);
    assert_eq!(Journal::open(&bench.folder).unwrap().load(sample.session).unwrap(), sample.entries);
}

#[test]
fn a_journal_that_was_moved_away_is_not_called_durable() {
    let mut bench = bench();
    let mut sample = Sample::opened(1);
    bench.writer.send(Request::Append(sample.entries.clone())).unwrap();
    assert!(matches!(bench.replies.blocking_recv(), Some(Reply::Durable { through: 1, .. })));
    let (place, away) = (bench.folder.journal(), bench.folder.path().join("away.db"));
    std::fs::rename(&place, &away).unwrap();
    bench.writer.send(Request::Append(vec![sample.note(1)])).unwrap();
    let said = bench.replies.blocking_recv().unwrap();
    assert!(matches!(said, Reply::NotSaved { from_seq: 2, why: JournalError::Moved { .. }, .. }), "{said:?}");
    assert!(!place.exists(), "no empty journal takes its place");
    std::fs::rename(&away, &place).unwrap();
    assert!(matches!(bench.replies.blocking_recv(), Some(Reply::Durable { through: 2, .. })));
}

#[test]
fn entries_that_come_in_another_order_are_saved_in_that_of_the_chain() {
    let mut bench = bench();
    let mut sample = Sample::opened(1);
    let later = vec![sample.note(10), sample.note(10)];
    bench.writer.send(Request::Append(later)).unwrap();
    let said = bench.replies.blocking_recv().unwrap();
    assert!(matches!(&said, Reply::NotSaved { from_seq: 2, .. }), "{said:?}");
    bench.writer.send(Request::Append(sample.entries[..1].to_vec())).unwrap();
    assert_eq!(bench.replies.blocking_recv(), Some(Reply::Durable { session: sample.session, through: 3 }));
    assert_eq!(bench.writer.stop(), Ok(()));
}

//! The n-th write or sync fails, and goes on failing until somebody has said so: one sentence, and when the disk is well
//! again everything is there, in order, once.

use std::ffi::OsString;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use bedside::journal::Journal;
use rustix::io::Errno;

use super::child::{ENTRIES, OPENED, Place, sample};

/// Which call is the first to fail: all of the first ones, while the journal is made, then here and there.
const NTH: [u32; 14] = [1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 31, 40];
/// So many children at once: they mostly wait for the next attempt.
const AT_ONCE: usize = 8;

#[test]
fn every_failing_write_and_sync_is_said_and_made_good() {
    if Place::new().is_none() {
        return;
    }
    let faults = [("write", Errno::IO), ("write", Errno::NOSPC), ("sync", Errno::IO), ("sync", Errno::NOSPC)];
    let cases: Vec<(&str, Errno, u32)> =
        faults.iter().flat_map(|(op, errno)| NTH.iter().map(move |nth| (*op, *errno, *nth))).collect();
    let (next, said) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((op, errno, nth)) = cases.get(next.fetch_add(1, Ordering::SeqCst)) {
                    said.fetch_add(usize::from(fails_and_recovers(op, *errno, *nth)), Ordering::SeqCst);
                }
            });
        }
    });
    assert!(said.into_inner() > cases.len() / 2, "most faults are met and said");
}

/// Whether the fault was met and said.
fn fails_and_recovers(op: &str, errno: Errno, nth: u32) -> bool {
    let name = format!("{op} {errno} {nth}");
    let place = Place::new().unwrap();
    let armed = place.file("armed");
    fs::write(&armed, "").unwrap();
    let data = place.folder();
    let shim: [(&str, OsString); 5] = [
        ("BEDSIDE_SHIM_ONLY", "/data/".into()),
        ("BEDSIDE_SHIM_OP", op.into()),
        ("BEDSIDE_SHIM_NTH", nth.to_string().into()),
        ("BEDSIDE_SHIM_ERRNO", errno.raw_os_error().to_string().into()),
        ("BEDSIDE_SHIM_ARMED", armed.clone().into()),
    ];
    let mut notes = place.run(&shim);
    let mut is_said = notes.iter().any(|note| note.starts_with("unsaved") || note.starts_with("told"));
    if let Some(why) = notes.iter().find_map(|note| note.strip_prefix("refused ")) {
        is_said = true;
        assert!(why.contains(": ") && !why.contains('\n'), "{name}: one sentence that says what to do: {why}");
        let _ = fs::remove_file(&armed);
        notes = place.run(&[]);
    }
    let acks: Vec<&String> = notes.iter().filter(|note| note.starts_with("ack")).collect();
    assert_eq!(acks.last().map(|ack| ack.as_str()), Some(format!("ack {ENTRIES}").as_str()), "{name}: {notes:?}");
    assert_eq!(notes.last().map(String::as_str), Some("stopped"), "{name}: {notes:?}");
    let _ = fs::remove_file(&armed);
    let sample = sample();
    let mut journal = Journal::recover(&data, OPENED).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert_eq!(journal.take_told(), [], "{name}");
    assert_eq!(journal.load(sample.session).unwrap(), sample.entries, "{name}: all, in order, once");
    drop(journal);
    let kept = fs::read(data.transcripts().join(format!("{}.jsonl", sample.session))).unwrap();
    let lines: Vec<u8> = sample.entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect();
    assert_eq!(kept, lines, "{name}");
    is_said
}

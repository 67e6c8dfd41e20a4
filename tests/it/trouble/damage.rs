//! Files that were damaged where they lay: flipped bits and missing ends, anywhere. The record comes back whole, or is
//! refused in a sentence; it is never shown wrong.

use std::fs;

use bedside::journal::{DataFolder, Journal, JournalError};
use tempfile::TempDir;

use super::child::{OPENED, sample};

fn healthy() -> (TempDir, DataFolder, Vec<u8>) {
    let base = tempfile::tempdir().unwrap();
    let folder = DataFolder::locate(Some(&base.path().join("data"))).unwrap();
    Journal::recover(&folder, OPENED).unwrap().append(&sample().entries).unwrap();
    let bytes = fs::read(folder.journal()).unwrap();
    (base, folder, bytes)
}

/// Opens a damaged journal. Whether its record was there at once or came back; else the sentence.
fn opened(folder: &DataFolder, name: &str) -> Result<(), JournalError> {
    let sample = sample();
    let journal = Journal::recover(folder, OPENED + 60_000)?;
    let loaded = journal.load(sample.session)?;
    assert_eq!(loaded, sample.entries, "{name}");
    drop(journal);
    let kept = fs::read(folder.transcripts().join(format!("{}.jsonl", sample.session))).unwrap();
    let lines: Vec<u8> = sample.entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect();
    assert_eq!(kept, lines, "{name}: the transcript is as it was");
    Ok(())
}

#[test]
fn a_flipped_bit_anywhere_in_the_database_never_changes_a_record() {
    let (_base, folder, whole) = healthy();
    let mut refused = Vec::new();
    for at in (0..whole.len()).step_by(whole.len() / 90) {
        for name in ["journal.db-wal", "journal.db-shm"] {
            let _ = fs::remove_file(folder.path().join(name));
        }
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(folder.journal(), flipped).unwrap();
        if let Err(why) = opened(&folder, &format!("byte {at}")) {
            refused.push(format!("byte {at}: {why}"));
        }
    }
    // What says which program's file it is, and of which form: that is not ours to guess.
    assert!(refused.len() < 4, "{refused:#?}");
}

#[test]
fn a_database_that_lost_its_end_comes_back() {
    let (_base, folder, whole) = healthy();
    for length in (0..whole.len()).step_by(whole.len() / 25) {
        for name in ["journal.db-wal", "journal.db-shm"] {
            let _ = fs::remove_file(folder.path().join(name));
        }
        fs::write(folder.journal(), &whole[..length]).unwrap();
        opened(&folder, &format!("{length} bytes")).unwrap_or_else(|why| panic!("{length} bytes: {why}"));
    }
}

/// A page that says it holds fewer rows than it does: the table is short, and the index beside it still knows what is missing.
#[test]
fn rows_that_a_page_lost_while_an_index_knows_them_come_back() {
    const PAGE: usize = 4096;
    let (_base, folder, whole) = healthy();
    let mut tried = 0;
    for at in (PAGE..whole.len()).step_by(PAGE) {
        let count = u16::from_be_bytes([whole[at + 3], whole[at + 4]]);
        // A page with rows of a table or an index: its kind, then how many there are.
        if !matches!(whole[at], 2 | 10) || count < 2 {
            continue;
        }
        for name in ["journal.db-wal", "journal.db-shm"] {
            let _ = fs::remove_file(folder.path().join(name));
        }
        let mut short = whole.clone();
        short[at + 3..at + 5].copy_from_slice(&(count / 2).to_be_bytes());
        fs::write(folder.journal(), short).unwrap();
        opened(&folder, &format!("page at {at}")).unwrap_or_else(|why| panic!("page at {at}: {why}"));
        tried += 1;
    }
    assert!(tried > 2, "{tried} pages");
}

//! The journal and its transcripts: each trouble made for real on the files, found at the next opening, healed from the
//! other side where that holds, and told.

use std::fs;
use std::path::{Path, PathBuf};

use bedside::clock::{Clock, SystemClock};
use bedside::journal::{DataFolder, Journal, Reply, Request, Told, Writer};
use bedside::session::twin::{Finding, What};
use bedside::session::{Entry, Event, Leaving, Zone, chain};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::journal::sample::Sample;

/// When the samples were opened, UTC ms.
const OPENED: i64 = 1_795_460_700_000;

/// A folder with a session of so many entries in both copies.
struct Twins {
    base: TempDir,
    folder: DataFolder,
    sample: Sample,
}

impl Twins {
    fn of(entries: usize) -> Self {
        let base = tempfile::tempdir().unwrap();
        let folder = DataFolder::locate(Some(&base.path().join("data"))).unwrap();
        let mut sample = Sample::opened(0x0193_aaaa_0000_7000 << 64, "1123-1", OPENED);
        for n in 1..entries {
            sample.note(&format!("note {n}"));
        }
        let twins = Self { base, folder, sample };
        twins.open().append(&twins.sample.entries).unwrap();
        assert_eq!(twins.kept(), twins.lines());
        twins
    }

    fn open(&self) -> Journal {
        Journal::recover(&self.folder, OPENED + 60_000).unwrap()
    }

    fn transcript(&self) -> PathBuf {
        self.folder.transcripts().join(format!("{}.jsonl", self.sample.session))
    }

    fn kept(&self) -> Vec<u8> {
        fs::read(self.transcript()).unwrap()
    }

    /// The transcript as it has to be.
    fn lines(&self) -> Vec<u8> {
        self.sample.entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect()
    }

    /// Opens the journal; both copies must then be whole, and a second opening finds nothing. What was told.
    fn healed(&self) -> Vec<What> {
        let mut journal = self.open();
        let told = journal.take_told();
        assert_eq!(journal.load(self.sample.session).unwrap(), self.sample.entries);
        drop(journal);
        assert_eq!(self.kept(), self.lines());
        assert_eq!(self.open().take_told(), [], "once is enough");
        found(told)
    }

    /// What lies beside the transcripts, set aside.
    fn aside(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.transcripts()).unwrap().map(|name| name.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.retain(|name| name.len() != 36 + ".jsonl".len());
        names.sort();
        names
    }
}

fn found(told: Vec<Told>) -> Vec<What> {
    let what = |told| match told {
        Told::Found(Finding { what, number, .. }) => {
            assert!(number.is_none_or(|number| number == "1123-1"));
            what
        }
        other => panic!("{other:?}"),
    };
    told.into_iter().map(what).collect()
}

/// Changes rows behind the triggers' back.
fn tamper(folder: &DataFolder, sql: &str) {
    let raw = Connection::open(folder.journal()).unwrap();
    let guards: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &guards {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(sql).unwrap();
    for (_, sql) in &guards {
        raw.execute_batch(sql).unwrap();
    }
}

#[test]
fn the_transcript_is_the_very_bytes_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let twins = Twins::of(5);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&twins.folder.transcripts()), mode(&twins.transcript())), (0o700, 0o600));
    let kept = twins.kept();
    let lines = kept.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec);
    assert_eq!(chain::check_lines(lines).unwrap(), twins.sample.entries);
}

#[test]
fn it_follows_within_a_second_while_the_journal_stays_open() {
    let mut twins = Twins::of(2);
    let (sender, mut replies) = tokio::sync::mpsc::unbounded_channel();
    let writer = Writer::start(twins.open(), sender).unwrap();
    for n in 0..5 {
        writer.send(Request::Append(vec![twins.sample.note(&format!("more {n}"))])).unwrap();
    }
    while !matches!(replies.blocking_recv(), Some(Reply::Durable { through: 7, .. })) {}
    let clock = SystemClock::new(Zone::utc());
    let committed = clock.now();
    while twins.kept() != twins.lines() {
        assert!(clock.now().since_ms(&committed) < 2_000, "a second, and one more for a slow machine");
        std::thread::yield_now();
    }
    writer.stop().unwrap();
}

#[test]
fn one_flipped_bit_in_the_log_drops_commits_and_they_come_back() {
    let mut twins = Twins::of(3);
    let mut journal = twins.open();
    for n in 0..4 {
        journal.append(&[twins.sample.note(&format!("late {n}"))]).unwrap();
    }
    // As a crash leaves the files: the log still holds the last commits.
    let wal = twins.folder.path().join("journal.db-wal");
    let (database, log) = (fs::read(twins.folder.journal()).unwrap(), fs::read(&wal).unwrap());
    drop(journal);
    let (mut silent, mut flipped) = (0, 0);
    // One bit here and there in the whole log.
    for at in (32..log.len()).step_by(613) {
        fs::write(twins.folder.journal(), &database).unwrap();
        let mut log = log.clone();
        log[at] ^= 1 << (at % 8);
        fs::write(&wal, &log).unwrap();
        let _ = fs::remove_file(twins.folder.path().join("journal.db-shm"));
        flipped += 1;
        let lost = match Connection::open(twins.folder.journal()) {
            Ok(raw) => raw.query_row("SELECT count(*) FROM entry", [], |row| row.get::<_, i64>(0)).unwrap() < 7,
            Err(fault) => panic!("{fault}"),
        };
        fs::write(twins.folder.journal(), &database).unwrap();
        fs::write(&wal, &log).unwrap();
        let _ = fs::remove_file(twins.folder.path().join("journal.db-shm"));
        let told = twins.healed();
        assert_eq!(!told.is_empty(), lost, "byte {at}: {told:?}");
        silent += usize::from(lost);
        for what in told {
            assert!(matches!(what, What::JournalLacks { through: 7, .. }), "{what:?}");
        }
    }
    assert!(silent > flipped / 2, "SQLite dropped commits without a word in {silent} of {flipped} cases");
}

#[test]
fn a_deleted_newest_row_comes_back() {
    let twins = Twins::of(6);
    tamper(&twins.folder, "DELETE FROM entry WHERE seq = 6");
    assert_eq!(twins.healed(), [What::JournalLacks { from: 6, through: 6 }]);
    assert!(twins.aside().is_empty());
}

#[test]
fn a_changed_row_is_put_right_and_the_changed_one_is_kept() {
    let twins = Twins::of(6);
    tamper(
        &twins.folder,
        "UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), 'note 2', 'note X') AS BLOB) WHERE seq = 3",
    );
    let told = twins.healed();
    assert!(matches!(&told[..], [What::JournalDamaged { at, through: 6 }] if at.seq == 3), "{told:?}");
    let aside = twins.aside();
    assert!(aside.len() == 1 && aside[0].ends_with(".journal-damaged-1.jsonl"), "{aside:?}");
    let damaged = fs::read_to_string(twins.folder.transcripts().join(&aside[0])).unwrap();
    assert!(damaged.contains("note X") && damaged.lines().count() == 6);
    // The triggers are back.
    let raw = Connection::open(twins.folder.journal()).unwrap();
    assert!(raw.execute_batch("DELETE FROM entry").unwrap_err().to_string().contains("never deleted"));
    assert!(raw.execute_batch("DELETE FROM session").unwrap_err().to_string().contains("never deleted"));
}

#[test]
fn a_deleted_row_in_the_middle_and_a_deleted_opening_come_back() {
    for seq in [1, 4] {
        let twins = Twins::of(6);
        tamper(&twins.folder, &format!("DELETE FROM entry WHERE seq = {seq}"));
        assert!(matches!(&twins.healed()[..], [What::JournalDamaged { at, .. }] if at.seq == seq));
    }
}

#[test]
fn a_database_replaced_by_yesterdays_copy_is_brought_up_to_today() {
    let mut twins = Twins::of(3);
    let yesterday = fs::read(twins.folder.journal()).unwrap();
    let mut today = Sample::opened(0x0193_bbbb_0000_7000 << 64, "1123-1", OPENED + 50_000);
    today.note("today");
    today.add(Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: None });
    let mut journal = twins.open();
    journal.append(&[twins.sample.note("one more")]).unwrap();
    journal.append(&today.entries).unwrap();
    drop(journal);
    fs::write(twins.folder.journal(), yesterday).unwrap();
    let mut journal = twins.open();
    let told = found(journal.take_told());
    assert_eq!(told, [What::JournalLacks { from: 4, through: 4 }, What::OnlyTranscript { entries: 3 }]);
    assert_eq!(journal.load(today.session).unwrap(), today.entries);
    drop(journal);
    assert!(twins.healed().is_empty());
}

#[test]
fn a_lost_database_is_built_again_from_the_transcripts() {
    let twins = Twins::of(6);
    for name in ["journal.db", "journal.db-wal", "journal.db-shm"] {
        let _ = fs::remove_file(twins.folder.path().join(name));
    }
    assert_eq!(twins.healed(), [What::OnlyTranscript { entries: 6 }]);
}

#[test]
fn an_unreadable_database_is_set_aside_and_what_it_held_is_there() {
    let twins = Twins::of(6);
    // A second session, older than what is compared at the start, known to the database alone.
    let old = Sample::opened(0x0193_0000_0000_7000 << 64, "1001-1", OPENED - 40 * 86_400_000);
    twins.open().append(&old.entries).unwrap();
    fs::remove_file(twins.folder.transcripts().join(format!("{}.jsonl", old.session))).unwrap();
    let bytes = fs::read(twins.folder.journal()).unwrap();
    fs::write(twins.folder.journal(), b"Dear diary, ".repeat(500)).unwrap();
    let mut journal = twins.open();
    let told = journal.take_told();
    let Some(Told::SetAside { aside }) = told.first() else { panic!("{told:?}") };
    assert_eq!(fs::read(aside).unwrap(), b"Dear diary, ".repeat(500));
    assert!(aside.file_name().unwrap().to_string_lossy().starts_with("journal-unreadable-20261123T"), "{aside:?}");
    assert_eq!(journal.load(twins.sample.session).unwrap(), twins.sample.entries);
    drop(journal);
    // One that is damaged in a page: what can be read of it is taken over.
    let mut damaged = bytes;
    let root: u32 = Connection::open(twins.folder.journal())
        .unwrap()
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'", [], |row| row.get(0))
        .unwrap();
    let at = (root as usize - 1) * 4096;
    damaged[at..at + 8].fill(0xff);
    fs::write(twins.folder.journal(), &damaged).unwrap();
    let mut journal = twins.open();
    assert!(matches!(&journal.take_told()[..], [Told::SetAside { .. }, ..]));
    assert_eq!(journal.load(twins.sample.session).unwrap(), twins.sample.entries);
}

#[test]
fn another_programs_database_is_left_alone() {
    let twins = Twins::of(2);
    fs::remove_file(twins.folder.journal()).unwrap();
    Connection::open(twins.folder.journal()).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    let refused = Journal::recover(&twins.folder, OPENED).unwrap_err();
    assert!(refused.to_string().contains("is not a bedside journal"), "{refused}");
}

#[test]
fn a_torn_end_of_the_transcript_is_mended_without_a_word_at_many_lengths() {
    let twins = Twins::of(4);
    let whole = twins.lines();
    let opening = twins.sample.entries[0].line.len() + 1;
    for length in (0..whole.len()).filter(|length| *length + 90 >= whole.len() || length % 97 == 0) {
        fs::write(twins.transcript(), &whole[..length]).unwrap();
        assert_eq!(twins.healed(), [], "{length} bytes");
    }
    // Power loss may leave a file of the right length with nothing in its end.
    let mut zeroed = whole.clone();
    zeroed[opening + 20..].fill(0);
    fs::write(twins.transcript(), &zeroed).unwrap();
    assert_eq!(twins.healed(), []);
    assert!(twins.aside().is_empty());
}

#[test]
fn a_flipped_bit_anywhere_in_the_transcript_is_found_and_told() {
    let twins = Twins::of(4);
    let whole = twins.lines();
    let mut asides = 0;
    for at in (0..whole.len()).step_by(127) {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        fs::write(twins.transcript(), &changed).unwrap();
        let told = twins.healed();
        assert!(matches!(&told[..], [What::TranscriptDamaged { .. } | What::Disagree { .. }]), "byte {at}: {told:?}");
        asides += 1;
        assert_eq!(twins.aside().len(), asides, "each is kept");
    }
}

#[test]
fn copies_that_hold_and_differ_are_both_kept() {
    let twins = Twins::of(4);
    let mut other = Sample::opened(0x0193_aaaa_0000_7000 << 64, "1123-1", OPENED);
    for n in 0..6 {
        other.note(&format!("another {n}"));
    }
    let theirs: Vec<u8> = other.entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect();
    fs::write(twins.transcript(), &theirs).unwrap();
    assert_eq!(twins.healed(), [What::Disagree { seq: 2, journal: 4, transcript: 7 }]);
    let aside = twins.aside();
    assert!(aside[0].ends_with(".disagrees-1.jsonl"), "{aside:?}");
    assert_eq!(fs::read(twins.folder.transcripts().join(&aside[0])).unwrap(), theirs);
}

#[test]
fn a_session_that_is_not_compared_at_the_start_is_when_it_is_opened() {
    let twins = Twins::of(6);
    let mut sample = Sample::opened(0x0193_0000_0000_7000 << 64, "1001-1", OPENED - 40 * 86_400_000);
    sample.note("a word");
    sample.add(Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: None });
    twins.open().append(&sample.entries).unwrap();
    tamper(
        &twins.folder,
        "UPDATE entry SET hash = zeroblob(32) WHERE seq = 2 AND kind = 'note_taken' AND recorded_at < 1795000000000",
    );
    let mut journal = twins.open();
    assert_eq!(journal.take_told(), []);
    let answer = journal.answer(Request::Load { session: sample.session });
    assert_eq!(answer, Some(Reply::Loaded { session: sample.session, entries: sample.entries.clone() }));
    assert!(matches!(&journal.take_told()[..], [Told::Found(Finding { what: What::JournalDamaged { .. }, .. })]));
}

#[test]
fn a_transcript_that_cannot_be_written_harms_nothing_is_told_once_and_caught_up() {
    let mut twins = Twins::of(2);
    let (sender, mut replies) = tokio::sync::mpsc::unbounded_channel();
    let writer = Writer::start(twins.open(), sender).unwrap();
    // A folder stands where the file should be.
    fs::remove_file(twins.transcript()).unwrap();
    fs::create_dir(twins.transcript()).unwrap();
    let mut told = Vec::new();
    let mut note = |twins: &mut Twins, through: u64| {
        writer.send(Request::Append(vec![twins.sample.note("on")])).unwrap();
        loop {
            match replies.blocking_recv().unwrap() {
                Reply::Durable { through: saved, .. } if saved == through => return,
                Reply::Told(more) => told.extend(more),
                other => panic!("{other:?}"),
            }
        }
    };
    for through in 3..40 {
        note(&mut twins, through);
    }
    while told.is_empty() {
        let Some(Reply::Told(more)) = replies.blocking_recv() else { panic!() };
        told.extend(more);
    }
    assert!(matches!(&told[..], [Told::Transcript(_)]), "{told:?}");
    fs::remove_dir(twins.transcript()).unwrap();
    // By itself, two seconds later.
    assert_eq!(replies.blocking_recv(), Some(Reply::Told(vec![Told::TranscriptsAgain])));
    assert_eq!(twins.kept(), twins.lines());
    writer.stop().unwrap();
}

#[test]
fn what_is_committed_twice_is_kept_once() {
    let mut twins = Twins::of(3);
    let mut journal = twins.open();
    twins.sample.note("one");
    // At once, so that both are written together; and once more after that.
    journal.append(&twins.sample.entries).unwrap();
    journal.append(&twins.sample.entries[1..]).unwrap();
    drop(journal);
    assert_eq!(twins.kept(), twins.lines());
    twins.open().append(&twins.sample.entries).unwrap();
    assert_eq!(twins.kept(), twins.lines());
}

#[test]
fn a_transcript_that_vanishes_or_is_cut_under_a_running_console_is_whole_again_with_the_next_entry() {
    for harm in [|path: &Path| fs::remove_file(path).unwrap(), |path: &Path| fs::write(path, b"{\"id\"").unwrap()] {
        let mut twins = Twins::of(4);
        let mut journal = twins.open();
        harm(&twins.transcript());
        journal.append(&[twins.sample.note("after")]).unwrap();
        drop(journal);
        assert_eq!(twins.kept(), twins.lines());
        assert_eq!(twins.aside(), [""; 0]);
    }
}

#[test]
fn two_consoles_write_their_own_transcripts_while_a_third_starts() {
    let twins = Twins::of(2);
    let mut samples = [
        Sample::opened(0x0193_cccc_0000_7000 << 64, "1123-2", OPENED),
        Sample::opened(0x0193_dddd_0000_7000 << 64, "1123-3", OPENED),
    ];
    std::thread::scope(|scope| {
        for sample in &mut samples {
            let folder = &twins.folder;
            scope.spawn(move || {
                let mut journal = Journal::open(folder).unwrap();
                journal.append(&sample.entries).unwrap();
                for n in 0..60 {
                    let entry: Entry = sample.note(&n.to_string());
                    journal.append(&[entry]).unwrap();
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..20 {
                assert_eq!(twins.open().take_told(), []);
            }
        });
    });
    for sample in &samples {
        let kept = fs::read(twins.folder.transcripts().join(format!("{}.jsonl", sample.session))).unwrap();
        let lines: Vec<u8> = sample.entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect();
        assert_eq!(kept, lines);
    }
    assert!(twins.base.path().exists());
}

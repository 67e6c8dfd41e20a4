//! From the start to the list on the first screen: 10,000 stored sessions beside an empty journal. Promise: below 1.5 times
//! as long.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use bedside::clock::{Clock, SystemClock};
use bedside::journal::{DataFolder, Journal, Reply, Request};
use bedside::session::{Actor, Entry, Event, Leaving, Opening, Scribe, Session, Stamp, Zone};
use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};
use uuid::Uuid;

#[path = "measured/busy.rs"]
mod busy;
#[path = "measured/side.rs"]
mod side;

const SESSIONS: usize = 10_000;
/// So many sessions in one transaction while the folder is filled.
const BATCH: usize = 250;
/// A session every two hours: the last ones are of today.
const APART_MS: i64 = 2 * 60 * 60 * 1000;

fn main() {
    let base = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let (empty, full) = (folder(&base.path().join("empty")), folder(&base.path().join("full")));
    let now_ms = SystemClock::new(Zone::utc()).now().utc_ms;
    fill(&full, now_ms);
    // As where each was made when its session began.
    let last = Duration::from_millis((now_ms - APART_MS).unsigned_abs());
    let transcripts = File::open(full.path().join("transcripts")).expect("a folder");
    transcripts.set_modified(UNIX_EPOCH + last).expect("its time is set");
    let list = |folder| list(folder, now_ms);
    assert_eq!((list(&empty), list(&full)), (0, 12));
    side::side_by_side(
        "from the program's start to its first screen; promise: below 1.5x",
        60,
        &mut [
            ("an empty journal", &mut || first_screen(&empty)),
            ("10,000 stored sessions, twelve of today", &mut || first_screen(&full)),
        ],
    );
    side::side_by_side(
        "of that, the journal opened and the list read",
        200,
        &mut [
            ("an empty journal", &mut || assert_eq!(list(&empty), 0)),
            ("10,000 stored sessions, twelve of today", &mut || assert_eq!(list(&full), 12)),
        ],
    );
}

/// Starts the program in a pseudo-terminal and reads until the keys of the first screen are there.
fn first_screen(folder: &DataFolder) -> Program {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_bedside"));
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("HOME", folder.path());
    command.env("BEDSIDE_DATA_DIR", folder.path());
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let program = pair.slave.spawn_command(command).expect("the program");
    let (mut came, mut buffer) = (Vec::new(), [0; 4096]);
    while !came.windows(5).any(|bytes| bytes == b"leave") {
        let count = reader.read(&mut buffer).expect("the program draws");
        came.extend_from_slice(&buffer[..count]);
    }
    Program { program, _terminal: pair }
}

/// A started program in its terminal.
struct Program {
    program: Box<dyn Child + Send + Sync>,
    _terminal: PtyPair,
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already is as good.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn folder(path: &Path) -> DataFolder {
    let folder = DataFolder::locate(Some(path)).expect("a folder");
    Journal::open(&folder).expect("a journal");
    folder
}

/// Opens the journal and asks for the first list, as the console does at its start.
fn list(folder: &DataFolder, now_ms: i64) -> usize {
    let mut journal = Journal::recover(folder, now_ms).expect("a journal");
    match journal.answer(Request::List { since: now_ms - 24 * 60 * 60 * 1000 }) {
        Some(Reply::Listed { rows, .. }) => rows.len(),
        other => panic!("{other:?}"),
    }
}

/// Sessions that were opened, described by their protocol's whole text, and left.
fn fill(folder: &DataFolder, now_ms: i64) {
    let console = busy::busy(1);
    let opening = console.model().live().expect("a session").session.opening().clone();
    let mut journal = Journal::open(folder).expect("a journal");
    let mut scribe = Scribe::new("station-1".into(), "0.1.0".into(), 3);
    let numbers: Vec<usize> = (0..SESSIONS).collect();
    for batch in numbers.chunks(BATCH) {
        let entries: Vec<Entry> = batch.iter().flat_map(|n| visit(&mut scribe, &opening, *n, now_ms)).collect();
        journal.append(&entries).expect("it is saved");
    }
}

fn visit(scribe: &mut Scribe, opening: &Opening, n: usize, now_ms: i64) -> Vec<Entry> {
    let back = i64::try_from(SESSIONS - n).expect("a number") * APART_MS;
    let stamp = Stamp { utc_ms: now_ms - back, utc_offset_min: -300, boot_id: Uuid::from_u128(1), boot_ms: 0 };
    let opening = Opening { number: format!("{:04}-1", n % 1231), ..opening.clone() };
    let first = scribe.open(opening, Actor::console(), &stamp);
    let mut session = Session::replay([first]).expect("it begins with its opening");
    for n in 0..8 {
        let event = if n < 7 {
            Event::NoteTaken { text: "resting with music".into(), patients_words: false }
        } else {
            Event::PatientLeft { how: Leaving::Discharged, deviations: Vec::new(), check_back_at: None }
        };
        let entry = scribe.write(&session, event, Actor::console(), stamp.utc_ms, &stamp);
        session.apply(entry);
    }
    session.entries().to_vec()
}

//! `bedside verify`: entries a second, over many sessions in a journal with their transcripts, and over a file. Promise: at
//! least 200,000 a second.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use bedside::journal::{DataFolder, Journal};
use bedside::session::{Actor, Entry, Event, Observation, Opening, Scribe, Session, Stamp};

#[path = "measured/busy.rs"]
mod busy;
#[path = "measured/side.rs"]
mod side;

const SESSIONS: usize = 400;
const ENTRIES: usize = 500;

fn main() {
    let base = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = DataFolder::locate(Some(&base.path().join("data"))).expect("a folder");
    let file = base.path().join("record.jsonl");
    fill(&folder, &file);
    let medians = side::side_by_side(
        &format!("{SESSIONS} sessions of {ENTRIES} entries; promise: at least 200,000 entries a second"),
        10,
        &mut [
            ("bedside verify, journal and transcripts", &mut || verify(folder.path(), None)),
            ("bedside verify FILE.jsonl", &mut || verify(folder.path(), Some(&file))),
        ],
    );
    for median in medians {
        let a_second = (SESSIONS * ENTRIES) as f64 / median.as_secs_f64();
        let _ = writeln!(std::io::stdout(), "  {a_second:.0} entries a second");
    }
}

fn verify(data: &Path, file: Option<&Path>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bedside"));
    command.arg("verify").args(file).env("BEDSIDE_DATA_DIR", data).stdout(Stdio::null());
    assert!(command.status().expect("the program").success());
}

fn fill(folder: &DataFolder, file: &Path) {
    let console = busy::busy(1);
    let opening = console.model().live().expect("a session").session.opening().clone();
    let mut journal = Journal::open(folder).expect("a journal");
    let mut scribe = Scribe::new("station-1".into(), "0.1.0".into(), 3);
    let mut lines = Vec::new();
    for n in 0..SESSIONS {
        let entries = visit(&mut scribe, &opening, n);
        journal.append(&entries).expect("it is saved");
        lines.extend(entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()));
    }
    std::fs::write(file, lines).expect("a file");
}

fn visit(scribe: &mut Scribe, opening: &Opening, n: usize) -> Vec<Entry> {
    let utc_ms = 1_795_460_400_000 + n as i64 * 3_600_000;
    let mut stamp = Stamp { utc_ms, utc_offset_min: -300, boot_id: uuid::Uuid::from_u128(1), boot_ms: 0 };
    let opening = Opening { number: format!("{:04}-1", n % 1231), ..opening.clone() };
    let mut session = Session::replay([scribe.open(opening, Actor::console(), &stamp)]).expect("it begins");
    for n in 1..ENTRIES {
        stamp.utc_ms += 5_000;
        stamp.boot_ms += 5_000;
        let event = if n % 2 == 0 {
            Event::NoteTaken { text: "resting with music, says the room is wide".into(), patients_words: false }
        } else {
            Event::ObservationRecorded { observation: Observation::Looked }
        };
        let entry = scribe.write(&session, event, Actor::console(), stamp.utc_ms, &stamp);
        session.apply(entry);
    }
    session.entries().to_vec()
}

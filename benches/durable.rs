//! From the key to the durable entry, beside a bare append and fdatasync of the same bytes in the same folder.
//! Promise: at most 1.5 times as long.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use bedside::console::{Effect, Msg, input};
use bedside::journal::{DataFolder, Journal, Reply, Request, Writer};
use bedside::session::{Actor, Entry, Event, Observation, Scribe, Session};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

#[path = "measured/busy.rs"]
mod busy;
#[path = "measured/side.rs"]
mod side;

fn main() {
    let base = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut bare = Bare::new(&base.path().join("bare"));
    let mut writer = Desk::new(&base.path().join("writer"));
    let mut key = Desk::new(&base.path().join("key"));
    let mut direct = Direct::new(&base.path().join("direct"));
    side::side_by_side(
        "key to durable entry; promise: at most 1.5x",
        400,
        &mut [
            ("bare append + fdatasync", &mut || bare.append()),
            ("entry to durable, in the journal's own thread", &mut || direct.append()),
            ("entry to durable, through the writer's thread", &mut || writer.write()),
            ("key to durable, through update as well", &mut || key.press()),
        ],
    );
}

/// The floor: the line of an entry at the end of a file.
struct Bare {
    file: File,
    line: Vec<u8>,
}

impl Bare {
    fn new(path: &Path) -> Self {
        let mut desk = Session::replay(entries(60)).expect("it begins with its opening");
        let entry = next(&mut desk);
        let file = OpenOptions::new().append(true).create(true).open(path).expect("a file");
        Self { file, line: entry.line }
    }

    fn append(&mut self) {
        self.file.write_all(&self.line).and_then(|()| self.file.sync_data()).expect("it is written");
    }
}

/// The journal without its thread: what is above it is the cost of handing over and being told.
struct Direct {
    journal: Journal,
    session: Session,
}

impl Direct {
    fn new(path: &Path) -> Self {
        let folder = DataFolder::locate(Some(path)).expect("a folder");
        let mut journal = Journal::open(&folder).expect("a journal");
        let console = busy::busy(60);
        journal.append(&stored(&console)).expect("it is saved");
        Self { journal, session: Session::replay(stored(&console)).expect("it begins with its opening") }
    }

    fn append(&mut self) {
        let entry = next(&mut self.session);
        self.journal.append(&[entry]).expect("it is saved");
    }
}

/// A console's model with a real writer.
struct Desk {
    console: bedside::headless::Headless,
    session: Session,
    writer: Writer,
    replies: UnboundedReceiver<Reply>,
}

impl Desk {
    fn new(path: &Path) -> Self {
        let folder = DataFolder::locate(Some(path)).expect("a folder");
        let (sender, replies) = unbounded_channel();
        let writer = Writer::start(Journal::open(&folder).expect("a journal"), sender).expect("a thread");
        let console = busy::busy(60);
        let session = Session::replay(stored(&console)).expect("it begins with its opening");
        let mut desk = Self { console, session, writer, replies };
        desk.save(stored(&desk.console));
        desk
    }

    fn save(&mut self, entries: Vec<Entry>) {
        let last = entries.last().expect("an entry").seq();
        self.writer.send(Request::Append(entries)).expect("a writer");
        self.wait_for(last);
    }

    fn write(&mut self) {
        let entry = next(&mut self.session);
        self.save(vec![entry]);
    }

    /// As the shell does: what was entered is handed over first, then the guidance is worked out.
    fn press(&mut self) {
        let key = input::keys("l").and_then(|keys| keys.first().copied()).expect("a key");
        let mut last = 0;
        let writer = &self.writer;
        self.console.effects_in_turn(Msg::Key(key), |effects| {
            for effect in effects {
                if let Effect::Journal(Request::Append(entries)) = effect {
                    last = entries.last().expect("an entry").seq();
                    writer.send(Request::Append(entries)).expect("a writer");
                }
            }
        });
        self.wait_for(last);
    }

    fn wait_for(&mut self, last: u64) {
        loop {
            match self.replies.blocking_recv() {
                Some(Reply::Durable { through, .. }) if through == last => return,
                Some(Reply::Durable { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

fn entries(count: usize) -> Vec<Entry> {
    stored(&busy::busy(count))
}

fn stored(console: &bedside::headless::Headless) -> Vec<Entry> {
    console.model().live().expect("a session").session.entries().to_vec()
}

/// One more look at the patient.
fn next(session: &mut Session) -> Entry {
    let last = session.last_entry().stamp();
    let mut scribe = Scribe::new("station-1".into(), "0.1.0".into(), session.last_entry().seq());
    let event = Event::ObservationRecorded { observation: Observation::Looked };
    let entry = scribe.write(session, event, Actor::console(), last.utc_ms, &last);
    session.apply(entry.clone());
    entry
}

//! The commands as they are typed: what they print, and how they end.

mod backup;
mod card;
mod export;
mod protocols;
mod records;
mod room;
mod series;
mod verify;
mod when;

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use assert_cmd::assert::Assert;
use assert_cmd::cargo::cargo_bin_cmd;
use bedside::journal::{DataFolder, Journal};
use bedside::protocol::{Protocol, shipped};
use bedside::session::{
    Actor, Description, Entry, Event, Leaving, MINUTE_MS, Observation, Opening, ProtocolCopy, Role, Scribe, Session,
    SessionId, Signature, Stamp,
};
use tempfile::TempDir;
use uuid::Uuid;

/// Monday 23 November 2026, 14:05 in New York.
const OPENED: i64 = 1_795_460_700_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A home of its own for each test: nothing of the machine's is read or written.
struct Home {
    base: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { base: tempfile::tempdir().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.base.path().join("data")
    }

    fn folder(&self) -> DataFolder {
        DataFolder::locate(Some(&self.data())).unwrap()
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.folder()).unwrap()
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.base.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// The program with nothing of this test's environment but what is set here.
    fn bedside(&self) -> assert_cmd::Command {
        let mut command = cargo_bin_cmd!("bedside");
        command.env_clear().env("HOME", self.base.path()).env("TZ", "America/New_York");
        command.env("BEDSIDE_DATA_DIR", self.data()).current_dir(self.base.path());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        Run::of(&self.bedside().args(arguments).assert())
    }

    fn save(&self, visit: &Visit) {
        self.journal().append(visit.session.entries()).unwrap();
    }

    /// Changes text in the journal's file behind SQLite's back, as long as it was; also where a page that was split left
    /// a copy behind.
    fn tamper(&self, from: &str, to: &str) {
        assert_eq!(from.len(), to.len());
        let path = self.folder().journal();
        let mut bytes = fs::read(&path).unwrap();
        let found: Vec<usize> =
            (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from.as_bytes())).collect();
        assert!(!found.is_empty(), "it is stored as typed");
        for at in found {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
        fs::write(&path, bytes).unwrap();
    }
}

/// How a command ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(assert: &Assert) -> Self {
        let output = assert.get_output();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Ended well: its output.
    fn fine(&self) -> &str {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        assert_eq!(self.err, "");
        &self.out
    }

    /// Ended with this code and one sentence, which is no dump of the program's insides.
    fn sentence(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(!self.err.contains("Error") && !self.err.contains(" { "), "{}", self.err);
        self.err.trim_end()
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// A session that grows.
struct Visit {
    session: Session,
    scribe: Scribe,
    now: Stamp,
}

impl Visit {
    fn open(number: &str, patient: &str, utc_ms: i64) -> Self {
        Self::open_under(number, patient, utc_ms, shipped("standard-iv-40").unwrap())
    }

    fn open_under(number: &str, patient: &str, utc_ms: i64, protocol: &str) -> Self {
        let known = Protocol::load(protocol).ok();
        let now = Stamp { utc_ms, utc_offset_min: -300, boot_id: Uuid::nil(), boot_ms: 1_000_000 };
        let mut scribe = Scribe::new("room-2".into(), "0.1.0".into(), utc_ms.unsigned_abs());
        let opening = Opening {
            number: number.into(),
            patient: patient.into(),
            room: Some("Room 2".into()),
            protocol: ProtocolCopy {
                name: known.as_ref().map_or("Ours", |known| &known.name).to_owned(),
                version: "1".into(),
                fingerprint: known.map(|known| known.fingerprint).unwrap_or_default(),
                text: protocol.into(),
                route: bedside::protocol::Route::Iv,
            },
            zone: Some("America/New_York".into()),
            rehearsal: false,
        };
        let first = scribe.open(opening, sitter(), &now);
        Self { session: Session::replay([first]).unwrap(), scribe, now }
    }

    fn id(&self) -> SessionId {
        self.session.session_id()
    }

    /// One more event, a minute later.
    fn then(mut self, event: Event) -> Self {
        self.now.utc_ms += MINUTE_MS;
        self.now.boot_ms += MINUTE_MS;
        let entry: Entry = self.scribe.write(&self.session, event, sitter(), self.now.utc_ms, &self.now);
        self.session.apply(entry);
        self
    }

    fn note(self, text: &str) -> Self {
        self.then(Event::NoteTaken { text: text.into(), patients_words: false })
    }

    fn started(self) -> Self {
        self.then(Event::InfusionStarted { route: bedside::protocol::Route::Iv, deviations: vec![] })
            .then(Event::ObservationRecorded { observation: Observation::Looked })
    }

    fn left(self) -> Self {
        let left = Event::PatientLeft { how: Leaving::Discharged, deviations: vec![], check_back_at: None };
        self.started().then(Event::InfusionEnded { route: bedside::protocol::Route::Iv, deviations: vec![] }).then(left)
    }

    /// Signed by the sitter, through the last entry.
    fn signed(self) -> Self {
        let last = self.session.last_entry();
        let signature = Signature {
            by: sitter(),
            meaning: "complete and mine".into(),
            covers: last.hash.hex(),
            through: last.seq(),
            missing: vec![],
            with_pin: false,
        };
        self.then(Event::SessionSigned(Box::new(signature)))
    }

    fn described(self, code: &str) -> Self {
        let patient = self.session.opening().patient.clone();
        let known = Description { patient, code: Some(code.into()), ..Description::default() };
        self.then(Event::PatientDescribed(Box::new(known)))
    }
}

fn sitter() -> Actor {
    Actor { id: "jd".into(), name: "June Doe".into(), role: Role::Sitter }
}

/// Nothing that a terminal would obey.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c != '\n' && bedside::session::text::is_dropped(c))
}

/// Permissions do not hold for root.
#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

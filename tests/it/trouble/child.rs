//! The process that writes: this test program once more, told by its environment to do nothing else.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use bedside::journal::{DataFolder, Journal, Reply, Request, Writer};

use crate::journal::sample::Sample;

/// When the sample was opened, UTC ms.
pub(super) const OPENED: i64 = 1_795_460_700_000;
/// So many entries a child writes.
pub(super) const ENTRIES: u64 = 8;

/// Where a child works.
const BASE: &str = "BEDSIDE_TEST_CHILD";

/// What every child writes: always the same bytes.
pub(super) fn sample() -> Sample {
    let mut sample = Sample::opened(0x0193_aaaa_0000_7000 << 64, "1123-1", OPENED);
    for n in 1..ENTRIES {
        sample.note(&format!("note {n}, {}", "a word ".repeat(n as usize * 20)));
    }
    sample
}

/// A folder for a child, with the shim compiled; none where there is no C compiler.
pub(super) struct Place {
    base: tempfile::TempDir,
    shim: PathBuf,
}

impl Place {
    pub(super) fn new() -> Option<Self> {
        let base = tempfile::tempdir().unwrap();
        let shim = compiled(base.path())?;
        Some(Self { base, shim })
    }

    pub(super) fn base(&self) -> &Path {
        self.base.path()
    }

    pub(super) fn folder(&self) -> DataFolder {
        DataFolder::locate(Some(&self.base.path().join("data"))).unwrap()
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.base.path().join(name)
    }

    /// Runs a child to its end, with the shim told so; what it noted.
    pub(super) fn run(&self, shim: &[(&str, OsString)]) -> Vec<String> {
        let notes = self.file("notes");
        let _ = fs::remove_file(&notes);
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["trouble::child::a_child_writes_what_it_is_told", "--exact", "--nocapture"]);
        command.env(BASE, self.base()).env("LD_PRELOAD", &self.shim).env("BEDSIDE_SHIM_ROOT", self.base());
        command.envs(shim.iter().map(|(name, value)| (name, value)));
        let ended = command.output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        fs::read_to_string(&notes).unwrap_or_default().lines().map(str::to_owned).collect()
    }
}

/// The shim as a library in a folder; none, said aloud, where no compiler is. The checks before a landing insist on one.
pub(crate) fn compiled(folder: &Path) -> Option<PathBuf> {
    let (source, shim) = (folder.join("shim.c"), folder.join("shim.so"));
    fs::write(&source, include_str!("shim.c")).unwrap();
    match Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&shim).arg(&source).output() {
        Ok(built) => {
            assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
            Some(shim)
        }
        Err(fault) => {
            assert!(std::env::var_os("CI").is_none(), "a C compiler is needed here: {fault}");
            let _ = writeln!(std::io::stderr(), "SKIPPED: there is no C compiler ({fault})");
            None
        }
    }
}

/// In an ordinary run there is nothing to do. In a child: the entries one by one, each noted when it is durable.
#[test]
fn a_child_writes_what_it_is_told() {
    let Some(base) = std::env::var_os(BASE).map(PathBuf::from) else { return };
    let mut notes = OpenOptions::new().append(true).create(true).open(base.join("notes")).unwrap();
    let mut note = |text: String| notes.write_all(format!("{text}\n").as_bytes()).unwrap();
    let folder = DataFolder::locate(Some(&base.join("data"))).unwrap();
    let journal = match Journal::recover(&folder, OPENED) {
        Ok(journal) => journal,
        Err(why) => return note(format!("refused {why}")),
    };
    let (sender, mut replies) = tokio::sync::mpsc::unbounded_channel();
    let writer = Writer::start(journal, sender).unwrap();
    for entry in sample().entries {
        let seq = entry.seq();
        writer.send(Request::Append(vec![entry])).unwrap();
        loop {
            match replies.blocking_recv().expect("a writer") {
                Reply::Durable { through, .. } if through >= seq => break note(format!("ack {through}")),
                Reply::Durable { .. } => {}
                Reply::NotSaved { from_seq, why, .. } => {
                    note(format!("unsaved {from_seq} {why}"));
                    // The disk is well again.
                    let _ = fs::remove_file(base.join("armed"));
                }
                Reply::Told(told) => note(format!("told {told:?}")),
                other => panic!("{other:?}"),
            }
        }
    }
    note(match writer.stop() {
        Ok(()) => "stopped".to_owned(),
        Err(unsaved) => format!("unsaved at the end {unsaved}"),
    });
}

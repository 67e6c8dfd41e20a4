//! A data folder of a test, and what the other commands say about it.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The program under test.
pub(super) const BEDSIDE: &str = env!("CARGO_BIN_EXE_bedside");

/// A data folder and a home, both empty.
pub(super) struct Place {
    base: tempfile::TempDir,
}

impl Place {
    pub(super) fn new() -> Self {
        Self { base: tempfile::tempdir().unwrap() }
    }

    /// The data folder.
    pub(super) fn data(&self) -> PathBuf {
        self.base.path().join("data")
    }

    /// A file beside the data folder.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.base.path().join(name)
    }

    /// A command that is not the console.
    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BEDSIDE);
        command.env_clear().env("HOME", self.base.path()).env("BEDSIDE_DATA_DIR", self.data());
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(super) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// The record of the last session; it must hold.
    pub(super) fn record(&self) -> String {
        let verified = self.run(&["verify"]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        let shown = self.run(&["show", "last"]);
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        String::from_utf8(shown.stdout).unwrap()
    }

    /// How many entries say this in the record of the last session.
    pub(super) fn recorded(&self, said: &str) -> usize {
        let record = self.record();
        record.lines().filter(|line| line.contains(said)).count()
    }
}

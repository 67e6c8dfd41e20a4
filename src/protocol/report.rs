//! The report on one file while it is read: faults by byte offset, turned into lines and columns at the end.

use std::collections::BTreeSet;

use super::fault::{Fault, FaultKind};

/// Gathers faults by byte offset while a file is checked, so that a person sees all of them at once.
pub(crate) struct Report {
    line_starts: Vec<usize>,
    found: Vec<(usize, FaultKind)>,
    warned: Vec<(usize, FaultKind)>,
    dropped: BTreeSet<(usize, String)>,
}

impl Report {
    /// An empty report on `text`.
    pub(crate) fn new(text: &str) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { line_starts, found: Vec::new(), warned: Vec::new(), dropped: BTreeSet::new() }
    }

    /// Adds one fault at a byte offset.
    pub(crate) fn add(&mut self, at: usize, what: FaultKind) {
        self.found.push((at, what));
    }

    /// Adds one warning at a byte offset: something to know that is no fault.
    pub(crate) fn warn(&mut self, at: usize, what: FaultKind) {
        self.warned.push((at, what));
    }

    /// Remembers that a key was taken out of the table at `table` because its value could not be read: it is
    /// not missing too, and its origin is not superfluous.
    pub(crate) fn drop_key(&mut self, table: usize, key: String) {
        self.dropped.insert((table, key));
    }

    /// Whether a key was taken out of the table at `table`.
    pub(crate) fn was_dropped(&self, table: usize, key: &str) -> bool {
        self.dropped.contains(&(table, key.to_owned()))
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    /// Whether anything was found.
    pub(crate) const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The faults in the order of the file, each once.
    pub(crate) fn into_faults(self, text: &str) -> Vec<Fault> {
        self.in_place(&self.found, text)
    }

    /// The warnings in the order of the file, each once.
    pub(crate) fn into_warnings(self, text: &str) -> Vec<Fault> {
        self.in_place(&self.warned, text)
    }

    fn in_place(&self, found: &[(usize, FaultKind)], text: &str) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::with_capacity(found.len());
        for (at, what) in found {
            let line = self.line(*at);
            let column = column(text, self.line_starts[line - 1], *at);
            faults.push(Fault { line, column, what: what.clone() });
        }
        faults.sort_by_key(|fault| (fault.line, fault.column));
        faults.dedup();
        faults
    }
}

/// The column in characters, from 1. Counts bytes that begin a character, so that an offset inside one cannot panic;
/// a byte-order mark is no column.
fn column(text: &str, line_start: usize, at: usize) -> usize {
    let mark = if line_start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let end = at.min(text.len());
    let start = (line_start + mark).min(end);
    1 + text.as_bytes()[start..end].iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

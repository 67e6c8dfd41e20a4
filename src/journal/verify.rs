//! A session is verified where it lies: row by row, with what stands beside each line, and against its transcript.

use std::io::{self, BufRead, Read};
use std::path::Path;

use rusqlite::Row;

use super::error::JournalError;
use super::folder::DataFolder;
use super::open::Journal;
use super::twin;
use crate::session::chain::{Break, Why};
use crate::session::twin::Finding;
use crate::session::verify::{Signed, Verifier};
use crate::session::{Hash, SessionId};

/// No stored line is as long as this, bytes: an opening carries a protocol of 256 kB at most.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// What was found of a session.
#[derive(Debug, Default)]
pub struct Verified {
    /// How many entries the journal has.
    pub entries: u64,
    /// The first that does not hold.
    pub fault: Option<Break>,
    /// The signatures that hold.
    pub signatures: Vec<Signed>,
    /// The hash of the last entry that holds.
    pub last_hash: Option<Hash>,
    /// What its transcript has to say, where that is not the same.
    pub findings: Vec<Finding>,
}

impl Verified {
    /// Whether the journal holds, and has lost nothing that its transcript knows of.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.fault.is_none() && !self.findings.iter().any(|finding| finding.what.is_trouble())
    }
}

impl Journal {
    /// Verifies a session; changes nothing.
    pub fn verify(&self, folder: &DataFolder, session: SessionId) -> Result<Verified, JournalError> {
        // First the transcript, then the journal, which is never behind it.
        let transcript = twin::read(folder, session)?;
        let (mut verifier, mut found) = (Verifier::default(), Verified::default());
        let mut beside = Some(transcript.as_deref().unwrap_or_default());
        let sql = "SELECT seq, line, hash, id, kind, recorded_at FROM entry WHERE session = ?1 ORDER BY seq";
        let mut statement = self.connection.prepare_cached(sql).map_err(|fault| self.fault(&fault))?;
        let mut rows = statement.query([session.as_bytes()]).map_err(|fault| self.fault(&fault))?;
        while let Some(row) = rows.next().map_err(|fault| self.fault(&fault))? {
            found.entries += 1;
            let line = row.get_ref(1).and_then(|value| Ok(value.as_blob()?)).map_err(|fault| self.fault(&fault))?;
            beside = beside.and_then(|bytes| bytes.strip_prefix(line)?.strip_prefix(b"\n"));
            if found.fault.is_none() {
                found.fault = check_row(&mut verifier, session, row, line).map_err(|fault| self.fault(&fault))?.err();
            }
        }
        found.fault = found.fault.or_else(|| verifier.finish().err());
        found.signatures = verifier.signatures().to_vec();
        if found.fault.is_none() {
            found.fault = self.missing_signature(session, &found.signatures)?;
        }
        found.last_hash = verifier.last_hash();
        let is_level = beside == Some(b"") && transcript.is_some();
        if !is_level || found.fault.is_some() {
            found.findings = self.compare(folder, session)?.findings();
        }
        Ok(found)
    }
}

impl Journal {
    /// The first signature that is held outside the entries and does not stand among them.
    fn missing_signature(&self, session: SessionId, there: &[Signed]) -> Result<Option<Break>, JournalError> {
        let known = self.signatures(session)?;
        let is_missing = |(seq, hash): &(u64, Hash)| !there.iter().any(|one| (one.seq, one.hash) == (*seq, *hash));
        Ok(known.into_iter().find(is_missing).map(|(seq, _)| Break { seq, why: Why::SignatureMissing }))
    }
}

/// One row: its line, and that what is stored beside it says the same.
fn check_row(
    verifier: &mut Verifier,
    session: SessionId,
    row: &Row<'_>,
    line: &[u8],
) -> rusqlite::Result<Result<(), Break>> {
    let seq = verifier.entries() + 1;
    let place: i64 = row.get(0)?;
    if place.unsigned_abs() != seq {
        return Ok(Err(Break { seq, why: Why::Sequence { found: place.unsigned_abs() } }));
    }
    let link = match verifier.take(line) {
        Ok(link) => link,
        Err(at) => return Ok(Err(at)),
    };
    let broken = |why| Ok(Err(Break { seq, why }));
    let (hash, id, recorded_at): ([u8; 32], [u8; 16], i64) = (row.get(2)?, row.get(3)?, row.get(5)?);
    if verifier.last_hash() != Some(Hash(hash)) {
        return broken(Why::Hash);
    }
    if link.session != session {
        return broken(Why::OtherSession);
    }
    let kind = row.get_ref(4)?;
    if link.id.as_bytes() != &id
        || link.recorded_at != recorded_at
        || kind.as_bytes().ok() != Some(link.event.as_bytes())
    {
        return broken(Why::Beside);
    }
    Ok(Ok(()))
}

/// What was found of a session in a file of lines.
#[derive(Debug)]
pub struct InFile {
    /// The session.
    pub session: SessionId,
    /// How many of its entries hold.
    pub entries: u64,
    /// Its signatures that hold.
    pub signatures: Vec<Signed>,
    /// The hash of its last entry that holds.
    pub last_hash: Option<Hash>,
}

/// A file of stored lines, as a transcript or an export: the sessions in it, and the first line that does not hold, with
/// its number.
#[derive(Debug, Default)]
pub struct VerifiedFile {
    /// The sessions, in the order of their first lines.
    pub sessions: Vec<InFile>,
    /// The first line that does not hold.
    pub fault: Option<(u64, Break)>,
}

/// Verifies a file of stored lines. A session's lines stand together, from its first.
pub fn verify_file(path: &Path) -> io::Result<VerifiedFile> {
    let mut reader = io::BufReader::with_capacity(256 * 1024, std::fs::File::open(path)?);
    let mut reading = Reading::default();
    let mut line = Vec::new();
    while reading.found.fault.is_none() {
        line.clear();
        reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        match line.split_last() {
            None => break,
            Some((b'\n', line)) => reading.take(line),
            Some(_) if line.len() as u64 == LONGEST_LINE => reading.too_long(),
            // The last line may have lost its end: it is an entry all the same, where it reads as one.
            Some(_) => reading.take(&line),
        }
    }
    reading.close();
    Ok(reading.found)
}

/// A file that is being read.
#[derive(Default)]
struct Reading {
    found: VerifiedFile,
    verifier: Verifier,
    session: Option<SessionId>,
    /// So many lines stand before the session's first.
    before: u64,
}

impl Reading {
    fn take(&mut self, line: &[u8]) {
        match self.verifier.take(line) {
            Ok(link) => self.session = Some(link.session),
            Err(Break { why: Why::OtherSession, .. }) => {
                self.close();
                if self.found.fault.is_none() {
                    self.take(line);
                }
            }
            Err(at) => self.broken(at),
        }
    }

    fn too_long(&mut self) {
        let why = Why::Unreadable { reason: "it is too long to be an entry".to_owned() };
        self.broken(Break { seq: self.verifier.entries() + 1, why });
    }

    fn broken(&mut self, at: Break) {
        self.found.fault = self.found.fault.take().or(Some((self.before + at.seq, at)));
    }

    /// The session's last line was read.
    fn close(&mut self) {
        if let Err(at) = self.verifier.finish() {
            self.broken(at);
        }
        let verifier = std::mem::take(&mut self.verifier);
        self.before += verifier.entries();
        let Some(session) = self.session.take() else { return };
        self.found.sessions.push(InFile {
            session,
            entries: verifier.entries(),
            signatures: verifier.signatures().to_vec(),
            last_hash: verifier.last_hash(),
        });
    }
}

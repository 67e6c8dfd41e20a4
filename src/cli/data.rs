//! The journal as the commands read it: nothing is created, and a console that runs meanwhile is not disturbed.

use std::io;

use super::Globals;
use super::protocol_file::protocol_source;
use crate::config::Config;
use crate::journal::{DataFolder, FolderTrouble, Journal, JournalError};
use crate::protocol::Protocol;
use crate::session::chain::{self, Break};
use crate::session::{Entry, Event, NoSession, Opening, Session, SessionId, Zone};
use crate::words;
use crate::zones::load_zone;

/// The data folder that is meant.
pub(super) fn folder(globals: &Globals) -> Result<DataFolder, FolderTrouble> {
    DataFolder::locate(globals.data_dir.as_deref())
}

/// The journal of a folder; none where nobody has opened a session yet.
pub(super) fn journal(folder: &DataFolder) -> anyhow::Result<Option<Journal>> {
    // Asked first, since a folder that may not be entered must not look like one without sessions.
    match std::fs::metadata(folder.journal()) {
        Ok(_) => {}
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(FolderTrouble::Unusable { path: folder.path().to_owned(), fault }.into()),
    }
    match Journal::open_read_only(folder) {
        Ok(journal) => Ok(Some(journal)),
        Err(JournalError::NoJournal { .. }) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

/// The same, where a lost journal must not look like one without sessions.
pub(super) fn journal_not_lost(folder: &DataFolder) -> anyhow::Result<Option<Journal>> {
    let found = journal(folder)?;
    if found.is_none() {
        let sessions = crate::journal::sessions_kept(folder)?.len();
        if sessions > 0 {
            return Err(JournalError::Lost { folder: folder.path().to_owned(), sessions }.into());
        }
    }
    Ok(found)
}

/// The journal of a folder, for one who asks after a session in it.
pub(super) fn journal_that_is_there(folder: &DataFolder) -> anyhow::Result<Journal> {
    journal_not_lost(folder)?.ok_or_else(|| JournalError::NoJournal { folder: folder.path().to_owned() }.into())
}

/// The zone in which a session's times are read: its own, where it names one that is known.
pub(super) fn zone_of(opening: &Opening, room: &Zone) -> Zone {
    opening.zone.as_deref().and_then(|name| load_zone(Some(name)).ok()).unwrap_or_else(|| room.clone())
}

/// The protocol in force at the session's end, from its own record. An old session must open even where this version no
/// longer reads its protocol: then the room's words the record, and a warning says so.
pub(super) fn protocol_of(
    session: &Session,
    globals: &Globals,
    config: &Config,
    warnings: &mut Vec<String>,
) -> anyhow::Result<Protocol> {
    let kept = session.protocol_copy();
    if let Ok(protocol) = Protocol::load(&kept.text) {
        return Ok(protocol);
    }
    let used = protocol_source(globals, config)?;
    warnings.push(words::other_protocol(&kept.name, &used.name));
    Ok(used)
}

/// What is stored of a session.
pub(super) enum Record {
    /// All of it, and it holds.
    Whole(Vec<Entry>),
    /// It does not hold.
    Damaged {
        /// The first entry that does not.
        at: Break,
        /// The lines as they are stored.
        lines: Vec<Vec<u8>>,
    },
}

impl Record {
    /// Reads a session's entries and checks them.
    pub(super) fn read(journal: &Journal, session: SessionId) -> Result<Self, JournalError> {
        match journal.load(session) {
            Ok(entries) => Ok(Self::Whole(entries)),
            Err(JournalError::Broken { at, .. }) => {
                let lines = journal.lines(session)?;
                // The journal looks at the bytes of every entry before it looks at the chain.
                let at = match chain::check_lines(lines.iter().cloned()) {
                    Err(earlier) if earlier.seq < at.seq => earlier,
                    _ => at,
                };
                Ok(Self::Damaged { at, lines })
            }
            Err(fault) => Err(fault),
        }
    }
}

/// The session that can still be read out of damaged lines. Each keeps its place: one that cannot be read, or is of
/// another session, is held by an entry that says so.
pub(super) fn salvage(session: SessionId, lines: &[Vec<u8>]) -> Result<Session, NoSession> {
    let mut entries: Vec<Entry> = Vec::with_capacity(lines.len());
    for (line, seq) in lines.iter().zip(1..) {
        let read = Entry::read(line.clone()).ok().filter(|entry| entry.fields.session == session);
        let mut entry = match (read, entries.last()) {
            (Some(entry), _) => entry,
            (None, Some(before)) => {
                let mut stand_in = before.clone();
                stand_in.fields.event = Event::Unknown { kind: words::unreadable_entry() };
                stand_in
            }
            (None, None) => return Err(NoSession::NoOpening),
        };
        entry.fields.seq = seq;
        entries.push(entry);
    }
    Session::replay(entries)
}

//! Reading: a session's entries, checked; the list of sessions; the names by which people call them.

use rusqlite::{Params, Row};
use uuid::Uuid;

use super::error::JournalError;
use super::open::Journal;
use crate::session::chain::{self, Break, Why};
use crate::session::twin::StoredRow;
use crate::session::{Entry, HOUR_MS, Hash, SessionId};

/// Sessions further apart than this are of different days, wherever the clock on the wall stood.
const ONE_DAY_MS: i64 = 36 * HOUR_MS;

/// A session in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Its short number, such as `1123-2`.
    pub number: String,
    /// When it was opened, UTC ms.
    pub opened_at: i64,
    /// Its first entry; none when that cannot be read.
    pub opening: Option<Entry>,
    /// The kind of its last entry.
    pub last_kind: String,
    /// How many entries it has.
    pub entries: u64,
    /// Neither left nor closed.
    pub open: bool,
    /// Somebody has signed it.
    pub signed: bool,
    /// When somebody is to ask how the patient is, UTC ms; none where nobody is, or somebody has.
    pub check_back_at: Option<i64>,
    /// Thoughts of self-harm came up in it, and no clinician's word on them is recorded.
    pub self_harm: bool,
    /// The last entry that described the patient; none when there is none, or it cannot be read.
    pub described: Option<Entry>,
}

/// A session as the list of all of them knows it, without reading its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionHead {
    /// Its id.
    pub id: SessionId,
    /// Its short number, such as `1123-2`.
    pub number: String,
    /// When it was opened, UTC ms.
    pub opened_at: i64,
    /// Neither left nor closed.
    pub open: bool,
    /// Somebody has signed it.
    pub signed: bool,
}

/// Which sessions a list holds.
#[derive(Debug, Clone, Copy)]
enum Which {
    All,
    Open,
    Since(i64),
    SinceOrOpen(i64),
}

impl Journal {
    /// A session's entries, from its first, after checking that they hold together.
    pub fn load(&self, session: SessionId) -> Result<Vec<Entry>, JournalError> {
        let entries = self.entries(session, 1)?;
        if entries.is_empty() {
            return Err(JournalError::NoSession { asked: session.to_string() });
        }
        chain::check(&entries).map_err(|at| JournalError::Broken { session, at })?;
        Ok(entries)
    }

    /// A session's entries after one of them, after checking that they follow from it.
    pub fn tail(&self, session: SessionId, after_seq: u64) -> Result<Vec<Entry>, JournalError> {
        let mut entries = self.entries(session, after_seq.max(1))?;
        let checked = if after_seq == 0 {
            chain::check(&entries)
        } else if entries.is_empty() {
            return Err(JournalError::NoSession { asked: format!("{session} with entry {after_seq}") });
        } else {
            let before = entries.remove(0);
            chain::check_after(&before, &entries)
        };
        checked.map_err(|at| JournalError::Broken { session, at })?;
        Ok(entries)
    }

    /// A session's lines as they are stored, unchecked: to verify, to compare, to heal.
    pub fn lines(&self, session: SessionId) -> Result<Vec<Vec<u8>>, JournalError> {
        self.rows("SELECT line FROM entry WHERE session = ?1 ORDER BY seq", [session.as_bytes()], |row| row.get(0))
    }

    /// A session's rows as they are stored, unchecked: place, line, hash.
    pub(super) fn stored(&self, session: SessionId) -> Result<Vec<StoredRow>, JournalError> {
        let sql = "SELECT seq, line, hash FROM entry WHERE session = ?1 ORDER BY seq";
        self.rows(sql, [session.as_bytes()], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?, row.get(2)?)))
    }

    /// The hash stored with a session's last entry.
    pub(super) fn last_hash(&self, session: SessionId) -> Result<Option<Hash>, JournalError> {
        let sql = "SELECT hash FROM entry WHERE session = ?1 ORDER BY seq DESC LIMIT 1";
        Ok(self.rows(sql, [session.as_bytes()], |row| row.get(0).map(Hash))?.pop())
    }

    /// The ids that a question gives.
    pub(super) fn ids(&self, sql: &str, params: impl Params) -> Result<Vec<SessionId>, JournalError> {
        self.rows(sql, params, session_id)
    }

    /// The signatures of a session as they are held outside its entries: the number and hash of each signing entry.
    pub fn signatures(&self, session: SessionId) -> Result<Vec<(u64, Hash)>, JournalError> {
        let sql = "SELECT seq, hash FROM signature WHERE session = ?1 ORDER BY seq";
        self.rows(sql, [session.as_bytes()], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), Hash(row.get(1)?))))
    }

    /// The sessions opened since a moment, oldest first.
    pub fn sessions_since(&self, utc_ms: i64) -> Result<Vec<SessionRow>, JournalError> {
        self.list(Which::Since(utc_ms))
    }

    /// The sessions that are neither left nor closed, oldest first.
    pub fn open_sessions(&self) -> Result<Vec<SessionRow>, JournalError> {
        self.list(Which::Open)
    }

    /// What the first screen shows: the sessions opened since a moment, and those still open, oldest first.
    pub fn recent_sessions(&self, utc_ms: i64) -> Result<Vec<SessionRow>, JournalError> {
        self.list(Which::SinceOrOpen(utc_ms))
    }

    /// How many sessions wait for the clinician's word on thoughts of self-harm, listed or not.
    pub fn waiting_for_word(&self) -> Result<usize, JournalError> {
        let sql = "SELECT count(DISTINCT session) FROM self_harm WHERE standing";
        let counted = self.rows(sql, [], |row| row.get::<_, i64>(0))?;
        Ok(counted.first().and_then(|count| usize::try_from(*count).ok()).unwrap_or(0))
    }

    /// Every session, oldest first.
    pub fn all_sessions(&self) -> Result<Vec<SessionRow>, JournalError> {
        self.list(Which::All)
    }

    /// Every session without its entries, newest first.
    pub fn heads(&self) -> Result<Vec<SessionHead>, JournalError> {
        let sql = "SELECT id, number, opened_at, EXISTS (SELECT 1 FROM open_session WHERE session = id),
                   EXISTS (SELECT 1 FROM signature WHERE session = id) FROM session ORDER BY opened_at DESC, id DESC";
        self.rows(sql, [], |row| {
            Ok(SessionHead {
                id: session_id(row)?,
                number: row.get(1)?,
                opened_at: row.get(2)?,
                open: row.get(3)?,
                signed: row.get(4)?,
            })
        })
    }

    /// The session that somebody means: by its short number, the beginning of its id, or `last`.
    /// Short numbers come back each year: the latest session that bears one is meant.
    pub fn resolve(&self, asked: &str) -> Result<SessionId, JournalError> {
        let asked = asked.trim();
        let mut found = if asked.eq_ignore_ascii_case("last") {
            self.rows("SELECT id FROM session ORDER BY opened_at DESC, id DESC LIMIT 1", [], session_id)?
        } else {
            self.numbered(asked)?
        };
        if found.is_empty()
            && let Some((low, high)) = id_range(asked)
        {
            let sql = "SELECT id FROM session WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
            found = self.rows(sql, [low.as_bytes(), high.as_bytes()], session_id)?;
        }
        let asked = || crate::session::text::clean(asked);
        match found.as_slice() {
            [] => Err(JournalError::NoSession { asked: asked() }),
            [one] => Ok(*one),
            _ => Err(JournalError::Ambiguous { asked: asked(), found }),
        }
    }

    /// The next short number of a day: `month_day` as in `1123`, `now_ms` to tell this year's day from last year's.
    pub fn next_number(&self, month_day: &str, now_ms: i64) -> Result<String, JournalError> {
        let taken: Vec<String> = self.rows(
            "SELECT number FROM session WHERE opened_at BETWEEN ?1 AND ?2",
            [now_ms.saturating_sub(ONE_DAY_MS), now_ms.saturating_add(ONE_DAY_MS)],
            |row| row.get(0),
        )?;
        let last = taken
            .iter()
            .filter_map(|number| number.strip_prefix(month_day)?.strip_prefix('-')?.parse::<u32>().ok())
            .max()
            .unwrap_or(0);
        Ok(format!("{month_day}-{}", last.saturating_add(1)))
    }

    /// The sessions with a short number, of the latest day that has it, oldest first.
    fn numbered(&self, number: &str) -> Result<Vec<SessionId>, JournalError> {
        let sql = "SELECT id FROM session WHERE number = ?1 AND opened_at >=
                   (SELECT max(opened_at) FROM session WHERE number = ?1) - ?2 ORDER BY opened_at, id";
        self.rows(sql, (number, ONE_DAY_MS), session_id)
    }

    fn list(&self, which: Which) -> Result<Vec<SessionRow>, JournalError> {
        let (chosen, since) = match which {
            Which::All => ("?1 IS NOT NULL", 0),
            Which::Open => ("?1 IS NOT NULL AND s.id IN (SELECT session FROM open_session)", 0),
            Which::Since(since) => ("s.opened_at >= ?1", since),
            Which::SinceOrOpen(since) => {
                (
                    concat!(
                        "s.id IN (SELECT session FROM open_session UNION ",
                        // The day after, and longer where nobody asked; the newest first.
                        "SELECT session FROM (SELECT session FROM check_back ORDER BY due_at DESC LIMIT 20) UNION ",
                        // Until the clinician's word is recorded, however long ago it was.
                        "SELECT session FROM (SELECT DISTINCT session FROM self_harm WHERE standing ",
                        // Ids begin with the time at which they were made: the newest of them.
                        "ORDER BY session DESC LIMIT 40) UNION ",
                        "SELECT id FROM ",
                        // More than a screen holds: a day with thousands of sessions must not slow the first screen.
                        "(SELECT id FROM session WHERE opened_at >= ?1 ORDER BY opened_at DESC LIMIT 100))"
                    ),
                    since,
                )
            }
        };
        let sql = format!(
            "SELECT s.id, s.number, s.opened_at, first.line, first.hash, last.kind, last.seq,
                    EXISTS (SELECT 1 FROM open_session WHERE session = s.id),
                    EXISTS (SELECT 1 FROM signature WHERE session = s.id),
                    (SELECT line FROM entry WHERE session = s.id AND kind = 'patient_described'
                     ORDER BY seq DESC LIMIT 1),
                    (SELECT due_at FROM check_back WHERE session = s.id),
                    EXISTS (SELECT 1 FROM self_harm WHERE session = s.id AND standing)
             FROM session AS s
             JOIN entry AS first ON first.session = s.id AND first.seq = 1
             JOIN entry AS last ON last.session = s.id
                  AND last.seq = (SELECT max(seq) FROM entry WHERE session = s.id)
             WHERE {chosen} ORDER BY s.opened_at, s.id"
        );
        self.rows(&sql, [since], |row| {
            Ok(SessionRow {
                id: session_id(row)?,
                number: row.get(1)?,
                opened_at: row.get(2)?,
                opening: whole(row.get(3)?, row.get(4)?).ok(),
                last_kind: row.get(5)?,
                entries: row.get::<_, i64>(6)?.unsigned_abs(),
                open: row.get(7)?,
                signed: row.get(8)?,
                described: row.get::<_, Option<Vec<u8>>>(9)?.and_then(|line| Entry::read(line).ok()),
                check_back_at: row.get(10)?,
                self_harm: row.get(11)?,
            })
        })
    }

    /// A session's entries from one on, each with the hash that was stored with it.
    fn entries(&self, session: SessionId, from_seq: u64) -> Result<Vec<Entry>, JournalError> {
        let sql = "SELECT seq, line, hash FROM entry WHERE session = ?1 AND seq >= ?2 ORDER BY seq";
        let stored: Vec<(i64, Vec<u8>, [u8; 32])> =
            self.rows(sql, (session.as_bytes(), from_seq as i64), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        stored
            .into_iter()
            .map(|(seq, line, hash)| {
                whole(line, hash)
                    .and_then(|entry| if entry.fields.session == session { Ok(entry) } else { Err(Why::OtherSession) })
                    .map_err(|why| JournalError::Broken { session, at: Break { seq: seq.unsigned_abs(), why } })
            })
            .collect()
    }

    pub(super) fn rows<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, JournalError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map(params, read)?.collect())
            .map_err(|fault| self.fault(&fault))
    }
}

/// The entry in a line, if its bytes are those that were hashed when it was stored.
fn whole(line: Vec<u8>, hash: [u8; 32]) -> Result<Entry, Why> {
    if Hash::of(&line) != Hash(hash) {
        return Err(Why::Hash);
    }
    Entry::read_hashed(line, Hash(hash)).map_err(|fault| Why::Unreadable { reason: fault.to_string() })
}

pub(super) fn session_id(row: &Row<'_>) -> rusqlite::Result<SessionId> {
    row.get(0).map(Uuid::from_bytes)
}

/// The first and the last id that begin so; none if no id can.
fn id_range(beginning: &str) -> Option<(Uuid, Uuid)> {
    let digits: String = beginning.chars().filter(|&c| c != '-').collect();
    if digits.is_empty() || digits.len() > 32 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    Some((Uuid::parse_str(&format!("{digits:0<32}")).ok()?, Uuid::parse_str(&format!("{digits:f<32}")).ok()?))
}

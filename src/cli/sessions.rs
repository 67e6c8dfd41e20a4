//! `bedside sessions`: which sessions there are, those still open first, then the newest.

use std::process::ExitCode;

use chrono::{DateTime, FixedOffset, SecondsFormat};
use clap::Args;
use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::data::{self, Record};
use super::{Globals, out};
use crate::config::Config;
use crate::journal::{Journal, JournalError, SessionHead};
use crate::session::{Actor, Description, Session, Zone};
use crate::words::{self, ClockStyle};

/// How many are listed for a person, unless more are asked for.
const LIMIT: usize = 50;
/// The widest a column gets, in cells of the terminal.
const WIDEST: usize = 40;

/// Which sessions to list.
#[derive(Debug, Args)]
pub(super) struct Sessions {
    /// List every session
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// List at most N [default: 50; with --json all]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print JSON: an array
    #[arg(long)]
    json: bool,
}

impl Sessions {
    /// A program that reads an array would not notice that it was cut: it has to ask for that.
    fn most(&self) -> usize {
        let unasked = if self.all || self.json { usize::MAX } else { LIMIT };
        self.limit.unwrap_or(unasked)
    }
}

pub(super) fn run(globals: &Globals, asked: &Sessions) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let zone = config.zone()?;
    let folder = data::folder(globals)?;
    let (mut listed, mut left_out) = (Vec::new(), 0);
    if let Some(journal) = data::journal_not_lost(&folder)? {
        let mut heads = journal.heads()?;
        // Stable: each half stays newest first.
        heads.sort_by_key(|head| !head.open);
        left_out = heads.len().saturating_sub(asked.most());
        heads.truncate(asked.most());
        listed = heads.iter().map(|head| Listed::read(&journal, head, &zone)).collect::<Result<_, _>>()?;
    }
    if asked.json {
        out::print_json(&listed.iter().map(Listed::json).collect::<Vec<_>>())?;
    } else if listed.is_empty() && left_out == 0 {
        out::print(&words::no_sessions_yet(&folder.path().display().to_string()))?;
    } else {
        let rows: Vec<[String; 7]> = listed.iter().map(|session| session.cells(config.clock)).collect();
        out::print(&table(&rows, left_out))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A session in the list.
struct Listed {
    head: SessionHead,
    opened: DateTime<FixedOffset>,
    zone: Zone,
    entries: usize,
    holds: bool,
    /// None where not even its opening can be read.
    visit: Option<Visit>,
}

/// What the entries say of a visit.
struct Visit {
    description: Description,
    sitter: Actor,
    room: Option<String>,
    rehearsal: bool,
    phase: &'static str,
    state: String,
}

impl Listed {
    /// Replays the session: what was corrected later, the patient's name too, is listed as it stands.
    fn read(journal: &Journal, head: &SessionHead, room: &Zone) -> Result<Self, JournalError> {
        let (session, entries, holds) = match Record::read(journal, head.id) {
            Ok(Record::Whole(entries)) => {
                let count = entries.len();
                (Session::replay(entries).ok(), count, true)
            }
            Ok(Record::Damaged { lines, .. }) => (data::salvage(head.id, &lines).ok(), lines.len(), false),
            // One bad page must not hide the other sessions.
            Err(JournalError::Corrupt { .. } | JournalError::NoSession { .. }) => (None, 0, false),
            Err(fault) => return Err(fault),
        };
        let own = session.as_ref().map(|session| data::zone_of(session.opening(), room));
        let zone = own.unwrap_or_else(|| room.clone());
        let opened = zone.local(head.opened_at);
        let holds = holds && session.is_some();
        Ok(Self { head: head.clone(), opened, zone, entries, holds, visit: session.as_ref().map(Visit::of) })
    }

    fn cells(&self, style: ClockStyle) -> [String; 7] {
        let visit = self.visit.as_ref();
        let unknown = || "?".to_owned();
        let state = match visit {
            Some(visit) if self.holds => visit.state.clone(),
            _ => words::damaged(&self.head.number),
        };
        [
            self.head.number.clone(),
            self.opened.format("%Y-%m-%d").to_string(),
            words::clock(&self.zone, self.head.opened_at, style),
            visit.map_or_else(unknown, |visit| words::patient_in_list(&visit.description)),
            visit.map_or_else(unknown, |visit| visit.sitter.name.clone()),
            state,
            self.entries.to_string(),
        ]
    }

    fn json(&self) -> Value {
        let visit = self.visit.as_ref();
        json!({
            "id": self.head.id,
            "number": self.head.number,
            "opened": self.opened.to_rfc3339_opts(SecondsFormat::Millis, true),
            "open": self.head.open,
            "signed": self.head.signed,
            "patient": visit.map(|visit| json!({
                "name": visit.description.patient,
                "code": visit.description.code,
                "born": visit.description.born,
            })),
            "sitter": visit.map(|visit| json!({ "id": visit.sitter.id, "name": visit.sitter.name })),
            "room": visit.and_then(|visit| visit.room.clone()),
            "rehearsal": visit.map(|visit| visit.rehearsal),
            "phase": visit.map(|visit| visit.phase),
            "state": visit.map(|visit| visit.state.clone()),
            "entries": self.entries,
            "holds": self.holds,
        })
    }
}

impl Visit {
    fn of(session: &Session) -> Self {
        let opening = session.opening();
        Self {
            description: session.state().description.clone(),
            sitter: session.sitter().clone(),
            room: opening.room.clone(),
            rehearsal: opening.rehearsal,
            phase: session.state().phase_id(),
            state: words::session_state(session),
        }
    }
}

/// The rows under their heads, each column as wide as its widest cell; the last line says what was left out.
fn table(rows: &[[String; 7]], left_out: usize) -> String {
    let heads = words::SESSION_HEADS.map(str::to_owned);
    let rows: Vec<[String; 7]> =
        std::iter::once(&heads).chain(rows).map(|row| row.each_ref().map(|cell| cut(cell))).collect();
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for ((cell, width), is_number) in row.iter().zip(widths).zip([false, false, false, false, false, false, true]) {
            let blanks = " ".repeat(width - cell.width());
            let (before, after) = if is_number { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            line.extend([before, cell, after, "  "]);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if left_out > 0 {
        out.push_str(&words::and_more(left_out));
        out.push('\n');
    }
    out
}

/// A cell that fits: a name of five hundred characters must not push the others off the screen.
fn cut(cell: &str) -> String {
    if cell.width() <= WIDEST {
        return cell.to_owned();
    }
    let mut kept = String::new();
    let mut width = 0;
    for c in cell.chars() {
        width += c.width().unwrap_or(0);
        if width > WIDEST - 3 {
            break;
        }
        kept.push(c);
    }
    kept + "..."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_their_heads_whatever_the_script() {
        let row =
            |patient: &str| ["1123-1", "2026-11-23", "09:05", patient, "J. Doe", "recovery", "7"].map(str::to_owned);
        let table = table(&[row("Ana"), row("田中 花子"), row(&"x".repeat(90))], 3);
        let lines: Vec<&str> = table.lines().collect();
        let at = |line: &str, word: &str| line[..line.find(word).unwrap()].width();
        assert!(lines[1..4].iter().all(|line| at(line, "J. Doe") == at(lines[0], "sitter")), "{table}");
        assert!(lines[3].contains("x..."), "{table}");
        assert_eq!(lines[4], "and 3 more: --all");
    }
}

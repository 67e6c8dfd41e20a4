//! What a protocol would have asked of a sitter during a rehearsal: when, how loudly, in which words, and how often.

use super::clock::{duration, t_plus};
use super::names::{mark_name, priority_mark};
use crate::guidance::Check;
use crate::protocol::{Priority, Protocol};
use crate::session::{HOUR_MS, Mark, Session};

/// One thing that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// When, session time, ms.
    pub at_ms: i64,
    /// What.
    pub what: AskedWhat,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedWhat {
    /// A check came due: a reminder.
    Check(Check),
    /// A prompt or an alarm was raised.
    Prompt {
        /// The id of its response.
        id: String,
        /// How loudly.
        priority: Priority,
        /// Its words.
        say: String,
        /// The time it was raised again, from 1; 0 the first time.
        round: u32,
        /// Whether it took over from another.
        escalated: bool,
    },
}

/// The whole as a page: a line for each thing asked, and how often in an hour.
#[must_use]
pub fn simulation(protocol: &Protocol, rehearsal: &str, session: &Session, rows: &[Asked]) -> String {
    let mut lines = vec![
        format!("{}, version {}, against the rehearsal {rehearsal}", protocol.name, protocol.version),
        format!("SHA-256 {}", protocol.fingerprint),
        String::new(),
    ];
    for row in rows {
        let minute = t_plus(session.state().infusion.t_plus_min(row.at_ms));
        let (head, said) = match &row.what {
            AskedWhat::Check(check) => ("    check".to_owned(), check_name(*check)),
            AskedWhat::Prompt { id, priority, say, round, escalated } => {
                let again = match (escalated, round) {
                    (true, _) => " (one step up)",
                    (false, 0) => "",
                    (false, _) => " (again)",
                };
                (
                    format!("{:<4}{}", priority_mark(*priority).trim_end(), level(*priority)),
                    format!("{id}{again}: {say}"),
                )
            }
        };
        let first = format!("{minute:<7}{head:<11} ");
        let options = textwrap::Options::new(100).initial_indent(&first).subsequent_indent("                   ");
        lines.extend(textwrap::wrap(&said, options).into_iter().map(|line| line.trim_end().to_owned()));
    }
    lines.push(String::new());
    lines.push(format!("From the opening to the last entry: {}. An hour:", duration(lasted_ms(session))));
    for priority in [Priority::High, Priority::Medium, Priority::Low, Priority::Prompt] {
        lines.push(often(level(priority), count_of(rows, priority), session));
    }
    let checks = rows.iter().filter(|row| matches!(row.what, AskedWhat::Check(_))).count();
    lines.push(often("check", checks, session));
    lines.join("\n")
}

/// The scripted sitter's keys did not lead to the end: what was asked up to there is told all the same.
#[must_use]
pub fn simulation_stopped(rehearsal: &str, written_for: &str) -> String {
    format!(
        "The rehearsal {rehearsal} did not come to its end: its keys are written for {written_for}. Name another with --rehearsal."
    )
}

/// `  medium   2 in all, 1.4 an hour`.
fn often(what: &str, count: usize, session: &Session) -> String {
    let hours = lasted_ms(session).max(1) as f64 / HOUR_MS as f64;
    format!("  {what:<8}{count:>3} in all, {:.1} an hour", count as f64 / hours)
}

/// How many prompts of a priority were raised, those that came back counted each time.
#[must_use]
pub fn count_of(rows: &[Asked], asked: Priority) -> usize {
    rows.iter().filter(|row| matches!(row.what, AskedWhat::Prompt { priority, .. } if priority == asked)).count()
}

/// From the opening to the last entry, ms.
#[must_use]
pub fn lasted_ms(session: &Session) -> i64 {
    session.rows().map(|row| row.item.recorded.session_ms).max().unwrap_or(0)
}

/// A check, by its name.
#[must_use]
pub fn check_name(check: Check) -> String {
    match check {
        Check::Baseline => "baseline before the start".to_owned(),
        Check::Vitals => "vital signs by the interval".to_owned(),
        Check::Mark(Mark::Discharge) => "vital signs before leaving".to_owned(),
        Check::Mark(mark) => format!("vital signs at {}", mark_name(mark)),
        Check::Look => "a look at the patient".to_owned(),
    }
}

const fn level(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "high",
        Priority::Medium => "medium",
        Priority::Low => "low",
        Priority::Prompt => "prompt",
    }
}

//! `bedside protocol simulate`: plays a protocol against a scripted patient at full speed, and says what it would have asked.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;

use super::rehearse::{LONGEST_MS, SCREEN, script};
use super::{Globals, console, out, protocol_file, trouble};
use crate::clock::ManualClock;
use crate::config::Config;
use crate::console::Settings;
use crate::guidance::{Check, Due};
use crate::headless::Headless;
use crate::journal::Journal;
use crate::protocol::{Priority, Protocol, Route};
use crate::rehearsal::Player;
use crate::session::{Event, HOUR_MS, SECOND_MS, Scribe, Session, Stamp};
use crate::words::{self, Asked, AskedWhat};

/// Every simulation begins at the same moment: 23 November 2026, 14:00 UTC.
const BEGINS_MS: i64 = 1_795_442_400_000;

/// Which protocol, and against whom.
#[derive(Debug, Args)]
pub(super) struct Simulate {
    /// The name of a shipped protocol, or a file
    #[arg(value_name = "NAME|FILE")]
    file: PathBuf,
    /// The scripted patient [default: the first that goes with the protocol's route]
    #[arg(long, value_name = "NAME")]
    rehearsal: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(globals: &Globals, asked: &Simulate) -> anyhow::Result<ExitCode> {
    let protocol = protocol_file::read(&asked.file)?;
    let config = Config::load(globals.config.as_deref())?;
    let name = asked.rehearsal.as_deref().unwrap_or_else(|| default_rehearsal(protocol.infusion.route));
    let script = script(name)?;
    let written_for = script.protocol.clone();
    let player = Player::new(script);
    let zone = config.zone()?;
    let settings = Settings {
        rehearsal: true,
        sitters: Vec::new(),
        tick_ms: SECOND_MS,
        ..console::settings(&config, protocol.clone(), zone)
    };
    let (session, checks, came_to_its_end) = play(settings, player)?;
    let rows = rows(&protocol, &session, &checks);
    if asked.json {
        out::print_json(&to_json(&protocol, (name, came_to_its_end), &session, &rows))?;
    } else {
        let mut text = words::simulation(&protocol, name, &session, &rows);
        if !came_to_its_end {
            text.push_str("\n\n");
            text.push_str(&words::simulation_stopped(name, &written_for));
        }
        out::print(&text)?;
    }
    Ok(if came_to_its_end { ExitCode::SUCCESS } else { trouble::does_not_hold() })
}

const fn default_rehearsal(route: Route) -> &'static str {
    if route.has_pump() { "first-session" } else { "esketamine-visit" }
}

/// A check that came due, with its session time.
type CheckDue = (i64, Check);

/// Plays the script to its end: the session, the checks as they came due, and whether the end was reached.
fn play(settings: Settings, mut player: Player) -> anyhow::Result<(Session, Vec<CheckDue>, bool)> {
    let zone = settings.zone.clone();
    let start = Stamp {
        utc_ms: BEGINS_MS,
        utc_offset_min: zone.offset_min(BEGINS_MS),
        boot_id: Uuid::from_u128(1),
        boot_ms: 0,
    };
    let scribe = Scribe::new("simulation".to_owned(), console::version(), 1);
    let clock = ManualClock::new(start, zone);
    let mut headless = Headless::new(settings, scribe, clock, Journal::in_memory()?, SCREEN);
    headless.press(&format!("n{}<tab>{}<enter>", player.script().patient, player.script().sitter));
    let mut due: Vec<Due> = Vec::new();
    let mut checks = Vec::new();
    let came_to_its_end = headless.play_watched(&mut player, LONGEST_MS, |console| {
        let Some(live) = console.model().live() else { return };
        let schedule = &live.guidance.schedule;
        let now: Vec<Due> = [schedule.vitals, schedule.look].into_iter().flatten().filter(|due| due.due).collect();
        let fresh = now.iter().filter(|due_now| !due.iter().any(|was| was.check == due_now.check));
        checks.extend(fresh.map(|fresh| (live.guidance.now.session_ms, fresh.check)));
        due = now;
    });
    let Some(live) = headless.model().live() else { anyhow::bail!("the rehearsal did not open its session") };
    Ok((live.session.clone(), checks, came_to_its_end))
}

/// Everything that was asked, in the order of time: checks due, prompts and alarms raised.
fn rows(protocol: &Protocol, session: &Session, checks: &[CheckDue]) -> Vec<Asked> {
    let mut rows: Vec<Asked> =
        checks.iter().map(|(at_ms, check)| Asked { at_ms: *at_ms, what: AskedWhat::Check(*check) }).collect();
    rows.extend(session.rows().filter_map(|row| {
        let at_ms = row.item.at.session_ms;
        let Event::PromptRaised { prompt, priority, from } = row.event else { return None };
        let say = protocol.response(&prompt.rule).map(|(_, response)| response.say.clone());
        let (id, round, escalated) = (prompt.rule.clone(), prompt.round, from.is_some());
        let what = AskedWhat::Prompt { id, priority: *priority, say: say.unwrap_or_default(), round, escalated };
        Some(Asked { at_ms, what })
    }));
    rows.sort_by_key(|row| row.at_ms);
    rows
}

fn to_json(
    protocol: &Protocol,
    (rehearsal, came_to_its_end): (&str, bool),
    session: &Session,
    rows: &[Asked],
) -> Value {
    let infusion = &session.state().infusion;
    let asked = rows.iter().map(|row| {
        let t_plus_min = infusion.t_plus_min(row.at_ms);
        match &row.what {
            AskedWhat::Check(check) => {
                json!({ "t_plus_min": t_plus_min, "kind": "check", "says": words::check_name(*check) })
            }
            AskedWhat::Prompt { id, priority, say, round, escalated } => json!({
                "t_plus_min": t_plus_min, "kind": "prompt", "id": id, "priority": priority, "says": say,
                "round": round, "escalated": escalated,
            }),
        }
    });
    let often = |priority: Priority| {
        let count = words::count_of(rows, priority);
        json!({ "count": count, "an_hour": an_hour(count, session) })
    };
    let checks = rows.iter().filter(|row| matches!(row.what, AskedWhat::Check(_))).count();
    json!({
        "protocol": { "name": protocol.name, "version": protocol.version, "fingerprint": protocol.fingerprint },
        "rehearsal": rehearsal,
        "came_to_its_end": came_to_its_end,
        "lasted_ms": words::lasted_ms(session),
        "asked": asked.collect::<Vec<_>>(),
        "often": {
            "high": often(Priority::High), "medium": often(Priority::Medium), "low": often(Priority::Low),
            "prompt": often(Priority::Prompt),
            "check": { "count": checks, "an_hour": an_hour(checks, session) },
        },
    })
}

/// How often in an hour, to the tenth.
fn an_hour(count: usize, session: &Session) -> f64 {
    let hours = words::lasted_ms(session).max(1) as f64 / HOUR_MS as f64;
    (count as f64 / hours * 10.0).round() / 10.0
}

//! `bedside access`: who looked at which record. And the one place where commands say that they did.

use std::process::ExitCode;

use chrono::{Days, NaiveDate, SecondsFormat};
use clap::Args;
use serde_json::{Value, json};

use super::console::{station, version};
use super::trouble::Usage;
use super::{Globals, data, out, trouble};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::journal::{DataFolder, Journal};
use crate::session::access::{Access, AccessLine, Act};
use crate::session::{Actor, SessionId, Zone};
use crate::words;

/// Which lines to print.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Only since this day: 2026-11-23, or a number of days such as 7
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Print JSON: an array
    #[arg(long)]
    json: bool,
}

/// Says in the access log what a command did with a record. A folder that may only be read is read all the same, and
/// nothing is logged there: false.
pub(super) fn log(folder: &DataFolder, config: &Config, act: Act, session: Option<SessionId>) -> bool {
    add(folder, config, act, session, None)
}

/// The same, and a sentence where it could not be logged.
pub(super) fn log_aloud(folder: &DataFolder, config: &Config, act: Act, session: SessionId) {
    if !log(folder, config, act, Some(session)) {
        out::complain(words::not_logged());
    }
}

/// The same, of a person and no record.
pub(super) fn log_of(folder: &DataFolder, config: &Config, act: Act, who: Option<Actor>) -> bool {
    add(folder, config, act, None, who)
}

fn add(folder: &DataFolder, config: &Config, act: Act, session: Option<SessionId>, who: Option<Actor>) -> bool {
    let Some(journal) = Journal::open_to_log(folder) else { return false };
    let at = SystemClock::new(Zone::utc()).now().utc_ms;
    let access = Access { act, session, who, at, station: station(config), app: version() };
    journal.log_access(access).is_ok()
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let zone = config.zone()?;
    let since = asked.since.as_deref().map(|since| since_ms(since, &zone)).transpose()?;
    let folder = data::folder(globals)?;
    let Some(journal) = data::journal(&folder)? else {
        out::print(&if asked.json { "[]".to_owned() } else { words::no_accesses() })?;
        return Ok(ExitCode::SUCCESS);
    };
    let (lines, broken) = journal.accesses()?;
    let numbers: std::collections::BTreeMap<SessionId, String> =
        journal.heads()?.into_iter().map(|head| (head.id, head.number)).collect();
    let number =
        |line: &AccessLine| line.fields.session.map(|id| numbers.get(&id).cloned().unwrap_or_else(|| id.to_string()));
    let wanted: Vec<&AccessLine> =
        lines.iter().filter(|line| since.is_none_or(|since| line.fields.at >= since)).collect();
    if asked.json {
        out::print_json(&wanted.iter().map(|line| as_json(line, number(line).as_deref(), &zone)).collect::<Vec<_>>())?;
    } else if wanted.is_empty() && broken.is_none() {
        out::print(&words::no_accesses())?;
    } else {
        let said = wanted.iter().map(|line| words::access_line(line, number(line).as_deref(), &zone, config.clock));
        out::print(&said.collect::<Vec<_>>().join("\n"))?;
    }
    let Some(seq) = broken else { return Ok(ExitCode::SUCCESS) };
    out::complain(&words::access_log_broken(seq));
    Ok(trouble::does_not_hold())
}

fn as_json(line: &AccessLine, number: Option<&str>, zone: &Zone) -> Value {
    let fields = &line.fields;
    let mut value = json!({
        "seq": fields.seq,
        "at": zone.local(fields.at).to_rfc3339_opts(SecondsFormat::Millis, true),
        "station": fields.station,
        "who": fields.who,
        "session": fields.session,
        "number": number,
        "app": fields.app,
        "hash": line.hash.hex(),
    });
    // What was done, with what belongs to it, as it is stored.
    value["act"] = serde_json::to_value(&fields.act).unwrap_or_default();
    value
}

/// The beginning of a day, or of the day so many days ago, UTC ms.
fn since_ms(typed: &str, zone: &Zone) -> Result<i64, Usage> {
    let fault = || Usage(words::since_fault(typed));
    let today = zone.local(SystemClock::new(zone.clone()).now().utc_ms).date_naive();
    let day = match typed.parse::<u64>() {
        Ok(days) => today.checked_sub_days(Days::new(days)),
        Err(_) => NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok(),
    };
    let midnight = day.and_then(|day| day.and_hms_opt(0, 0, 0)).ok_or_else(fault)?;
    let as_utc = midnight.and_utc().timestamp_millis();
    Ok(as_utc - i64::from(zone.offset_s(as_utc)) * 1000)
}

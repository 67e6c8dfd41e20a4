//! `bedside when`: the guidance without a session, for a question on the telephone and for programs.

use std::process::ExitCode;

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, Utc};
use clap::Args;
use serde::Serialize;

use super::protocol_file::protocol_source;
use super::trouble::Usage;
use super::{Globals, out};
use crate::config::Config;
use crate::guidance::{Given, When, when};
use crate::session::Zone;
use crate::words;
use crate::zones::load_zone;

/// The most that one infusion can be, mg (protocol-facts 8).
const MOST_MG: f64 = 1000.0;

/// What was given, and when is asked about.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// An infusion at a constant rate: START,END,MG with the times as 2026-11-23T14:02:00-05:00; as often as there were
    #[arg(long = "segment", value_name = "START,END,MG", required = true, value_parser = segment, allow_hyphen_values = true)]
    segments: Vec<Given>,
    /// The zone in which times are printed, such as America/New_York [default: the room's, else the system's]
    #[arg(long, value_name = "NAME")]
    zone: Option<String>,
    /// How much is left then; as often as wanted
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true)]
    at: Vec<DateTime<Utc>>,
    /// Print JSON, exact
    #[arg(long)]
    json: bool,
}

/// The answer as a program reads it.
#[derive(Debug, Serialize)]
struct Answer {
    infusion_end: String,
    expected_baseline: String,
    no_driving_until: String,
    after_sleep: bool,
    half_life_h: Option<f64>,
    amounts: Vec<Remaining>,
}

/// What is left at one of the moments.
#[derive(Debug, Serialize)]
struct Remaining {
    at: String,
    amount_mg: f64,
    share_of_end: Option<f64>,
}

pub(super) fn run(globals: &Globals, asked: &Asked) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let protocol = protocol_source(globals, &config)?;
    let zone = match &asked.zone {
        Some(name) => load_zone(Some(name)).map_err(|unknown| Usage(unknown.to_string()))?,
        None => config.zone()?,
    };
    if protocol.elimination.is_none() && !asked.at.is_empty() {
        return Err(Usage(words::no_curve(&protocol.name)).into());
    }
    let found = when(&protocol, &asked.segments, &asked.at, &zone).ok_or_else(|| Usage(words::beyond_calendar()))?;
    if asked.json {
        out::print_json(&answer(&found, &zone))?;
    } else {
        out::print(&words::when_page(&protocol, &found, &zone, config.clock).join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(found: &When, zone: &Zone) -> Answer {
    let time = |moment| rfc3339(moment, zone);
    Answer {
        infusion_end: time(found.infusion_end),
        expected_baseline: time(found.expected_baseline),
        no_driving_until: time(found.no_driving_until),
        after_sleep: found.after.after_sleep,
        half_life_h: found.half_life_h,
        amounts: found
            .amounts
            .iter()
            .map(|left| Remaining { at: time(left.at), amount_mg: left.amount_mg, share_of_end: left.share_of_end })
            .collect(),
    }
}

/// In the zone. RFC 3339 writes whole minutes of offset: where a zone of long ago had seconds too, the nearest minute is
/// written, and the time with it, so that the moment stays what it is.
fn rfc3339(moment: DateTime<Utc>, zone: &Zone) -> String {
    let offset_s = zone.offset_s(moment.timestamp_millis());
    let whole_s = (offset_s + 30).div_euclid(60) * 60;
    let offset = FixedOffset::east_opt(whole_s).unwrap_or_else(|| FixedOffset::east_opt(0).expect("no offset is one"));
    moment.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

fn time(typed: &str) -> Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(typed.trim()).map_err(|_| words::not_rfc3339(typed))?;
    let moment = read.with_timezone(&Utc);
    // A day to spare on both sides, for the zone: an answer is written with four digits of a year.
    if (1..=9998).contains(&moment.year()) { Ok(moment) } else { Err(words::beyond_calendar()) }
}

fn segment(typed: &str) -> Result<Given, String> {
    let parts: Vec<&str> = typed.split(',').collect();
    let [from, to, dose] = parts[..] else { return Err(words::not_a_segment()) };
    let (from, to) = (time(from)?, time(to)?);
    let dose_mg: f64 = dose.trim().parse().map_err(|_| words::not_a_dose(dose))?;
    if !(dose_mg > 0.0 && dose_mg <= MOST_MG) {
        return Err(words::not_a_dose(dose));
    }
    if to <= from {
        return Err(words::end_not_after_start());
    }
    Ok(Given { from, to, dose_mg })
}

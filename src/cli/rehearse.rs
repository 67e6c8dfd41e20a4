//! `bedside rehearse`: a scripted patient, apart from the real sessions.

use std::process::ExitCode;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use clap::Args;
use thiserror::Error;

use super::{Globals, Usage};
use crate::session::{HOUR_MS, SECOND_MS, Zone};

/// How to rehearse.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Rehearse {
    /// Which script
    #[arg(default_value = "first-session")]
    pub name: String,
    /// How many times faster than the clock; 0 with --auto: as fast as it can, without a terminal
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=3600))]
    pub speed: u32,
    /// Play the sitter too
    #[arg(long)]
    pub auto: bool,
    /// When the rehearsal begins, in the room's zone: `14:05` or `2026-11-23T14:05` [default: now]
    #[arg(long, value_name = "TIME")]
    pub start: Option<StartTime>,
    /// The same number gives the same ids [default: another each time]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

impl Rehearse {
    /// What clap cannot see: that two arguments go together.
    pub(super) fn check(&self) -> Result<(), Usage> {
        if self.speed == 0 && !self.auto {
            let sentence = "with --speed 0 the clock would stand still: add --auto, or give a speed of 1 or more";
            return Err(Usage(sentence.to_owned()));
        }
        Ok(())
    }
}

/// A moment in the room's zone; without a day, of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartTime {
    day: Option<NaiveDate>,
    time: NaiveTime,
}

/// Text that is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("write the time as 14:05 or 2026-11-23T14:05")]
pub struct NoTime;

impl FromStr for StartTime {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        if let Ok(time) = NaiveTime::parse_from_str(text, "%H:%M") {
            return Ok(Self { day: None, time });
        }
        let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
        let moment = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()).ok_or(NoTime)?;
        Ok(Self { day: Some(moment.date()), time: moment.time() })
    }
}

impl StartTime {
    /// The moment, UTC ms. Where the clocks are put back it is the earlier of two; where they are put forward and never
    /// show that time, as long after the change as it would have been.
    #[must_use]
    pub fn utc_ms(&self, zone: &Zone, now_ms: i64) -> i64 {
        let day = self.day.unwrap_or_else(|| zone.local(now_ms).date_naive());
        let as_if_utc = day.and_time(self.time).and_utc().timestamp_millis();
        // Around a change the offset may be that of the day before or of the day after.
        let moment = |probe: i64| as_if_utc - i64::from(zone.offset_s(probe)) * SECOND_MS;
        let (before, after) = (moment(as_if_utc - 26 * HOUR_MS), moment(as_if_utc + 26 * HOUR_MS));
        let reads_right = |ms: i64| zone.local(ms).naive_local().and_utc().timestamp_millis() == as_if_utc;
        [before, after].into_iter().filter(|&ms| reads_right(ms)).min().unwrap_or(before)
    }
}

/// Runs the rehearsal.
pub fn run(_globals: &Globals, _asked: &Rehearse) -> anyhow::Result<ExitCode> {
    anyhow::bail!("rehearsals are not wired yet")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::load_zone;

    fn start(text: &str) -> i64 {
        let zone = load_zone(Some("America/New_York")).unwrap();
        // 2026-11-23 15:00 UTC, 10:00 in New York.
        text.parse::<StartTime>().unwrap().utc_ms(&zone, 1_795_446_000_000)
    }

    #[rstest::rstest]
    #[case::today("09:00", 1_795_446_000_000 - HOUR_MS)]
    #[case::later_today("23:30", 1_795_446_000_000 + 13 * HOUR_MS + HOUR_MS / 2)]
    #[case::a_day("2026-11-22T10:00", 1_795_446_000_000 - 24 * HOUR_MS)]
    #[case::summer("2026-07-01 12:00", 1_782_921_600_000)]
    #[case::twice("2026-11-01T01:30", 1_793_511_000_000)]
    #[case::never("2026-03-08T02:30", 1_772_955_000_000)]
    fn a_start_is_read_in_the_rooms_zone(#[case] text: &str, #[case] utc_ms: i64) {
        assert_eq!(start(text), utc_ms);
    }

    #[rstest::rstest]
    #[case("")]
    #[case("25:00")]
    #[case("14")]
    #[case("2026-02-30T10:00")]
    #[case("now")]
    fn anything_else_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<StartTime>(), Err(NoTime));
    }
}

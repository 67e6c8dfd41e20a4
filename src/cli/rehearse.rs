//! `bedside rehearse`: a scripted patient, apart from the real sessions.

use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use clap::Args;
use thiserror::Error;

use uuid::Uuid;

use super::{Globals, Usage, console, data, out, protocol_source};
use crate::clock::{Clock, ManualClock, ScaledClock, SystemClock, entropy_seed};
use crate::config::Config;
use crate::console::settings::CardRoom;
use crate::console::{Settings, input};
use crate::export;
use crate::headless::Headless;
use crate::journal::{DataFolder, Journal};
use crate::rehearsal::{self, Player, Script};
use crate::run::{Keyboard, Rehearsing, Shell};
use crate::session::{HOUR_MS, SECOND_MS, Scribe, Stamp, Zone};
use crate::words;

/// The screen of a rehearsal that nobody watches.
pub(super) const SCREEN: (u16, u16) = (80, 24);
/// No script takes longer than this, ms.
pub(super) const LONGEST_MS: i64 = 12 * HOUR_MS;

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

impl Default for Rehearse {
    fn default() -> Self {
        Self { name: "first-session".to_owned(), speed: 1, auto: false, start: None, seed: None }
    }
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

/// Runs the rehearsal in a data folder of its own: on the terminal, or without one at full speed.
pub fn run(globals: &Globals, asked: &Rehearse, keyboard: &mut Keyboard) -> anyhow::Result<ExitCode> {
    let config = Config::load(globals.config.as_deref())?;
    let zone = config.zone()?;
    let script = script(&asked.name)?;
    let settings = settings(globals, &config, &script, zone.clone(), asked)?;
    let clock = SystemClock::new(zone.clone());
    let start = start(asked, &zone, &clock);
    let folder = folder(globals, &asked.name, &zone, start.utc_ms)?;
    let seed = asked.seed.unwrap_or_else(entropy_seed);
    let scribe = Scribe::new("rehearsal".to_owned(), console::version(), seed);
    let player = Player::new(script);
    if asked.speed == 0 {
        return play(&folder, settings, scribe, ManualClock::new(start, zone), player);
    }
    let scaled = ScaledClock::new(start, zone, asked.speed, clock);
    let tick = Duration::from_millis(real_tick_ms(asked.speed).unsigned_abs());
    let place = folder.path().display().to_string();
    let rehearsing = Rehearsing { player, is_auto: asked.auto, tick };
    Shell::run(folder, settings, scribe, &scaled, keyboard, Some(rehearsing))?;
    out::print(&words::rehearsal_kept(&crate::session::text::clean(&place)))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn script(name: &str) -> anyhow::Result<Script> {
    let Some(text) = rehearsal::shipped(name) else {
        let known: Vec<&str> = rehearsal::SHIPPED.iter().map(|(name, _)| *name).collect();
        let asked = crate::session::text::clean(name);
        return Err(Usage(format!("there is no rehearsal \"{asked}\": name one of {}", known.join(", "))).into());
    };
    Ok(Script::load(text, |keys| input::keys(keys).is_some())?)
}

fn settings(
    globals: &Globals,
    config: &Config,
    script: &Script,
    zone: Zone,
    asked: &Rehearse,
) -> anyhow::Result<Settings> {
    let named = globals.protocol.clone().unwrap_or_else(|| script.protocol.clone().into());
    let globals = Globals { protocol: Some(named), ..globals.clone() };
    let real_tick_ms = real_tick_ms(asked.speed);
    let room = console::settings(config, protocol_source(&globals, config)?, zone);
    Ok(Settings {
        rehearsal: true,
        sitters: Vec::new(),
        lock_after_min: None,
        // Nothing of a rehearsal comes out of the room's printer.
        card: CardRoom { print: Vec::new(), ..room.card.clone() },
        tick_ms: if asked.speed == 0 { SECOND_MS } else { real_tick_ms * i64::from(asked.speed) },
        hand_second_ms: SECOND_MS * i64::from(asked.speed.max(1)),
        // A sitter who is played hears no bell.
        bell: config.bell && !asked.auto,
        ..room
    })
}

/// How often the console wakes on a clock that runs so many times as fast, ms: more often, but not without end.
fn real_tick_ms(speed: u32) -> i64 {
    (SECOND_MS / i64::from(speed.max(1))).max(50)
}

/// The moment at which the rehearsal's clock begins. With a seed it has a boot of its own, so that the same seed and start
/// give the same bytes.
fn start(asked: &Rehearse, zone: &Zone, clock: &SystemClock) -> Stamp {
    let now = clock.now();
    let utc_ms = asked.start.map_or(now.utc_ms, |start| start.utc_ms(zone, now.utc_ms));
    let boot = asked.seed.map_or((now.boot_id, now.boot_ms), |seed| (Uuid::from_u128(u128::from(seed)), 0));
    Stamp { utc_ms, utc_offset_min: zone.offset_min(utc_ms), boot_id: boot.0, boot_ms: boot.1 }
}

/// A new folder under the data folder's `rehearsals`: a rehearsal never touches the journal of real sessions.
fn folder(globals: &Globals, name: &str, zone: &Zone, utc_ms: i64) -> anyhow::Result<DataFolder> {
    let parent = data::folder(globals)?.path().join("rehearsals");
    let time = zone.local(utc_ms).format("%Y%m%d-%H%M%S");
    let name = format!("{name}-{time}");
    let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
    let free = names.map(|name| parent.join(name)).find(|path| !path.exists());
    Ok(DataFolder::locate(free.as_deref())?)
}

/// Plays both patient and sitter at full speed and prints the record as `show` does.
fn play(
    folder: &DataFolder,
    settings: Settings,
    scribe: Scribe,
    clock: ManualClock,
    mut player: Player,
) -> anyhow::Result<ExitCode> {
    let (zone, style) = (settings.zone.clone(), settings.clock);
    let journal = Journal::open(folder)?;
    let mut headless = Headless::new(settings, scribe, clock, journal, SCREEN);
    let (patient, sitter) = (player.script().patient.clone(), player.script().sitter.clone());
    headless.press(&format!("n{patient}<tab>{sitter}<enter>"));
    let came_to_its_end = headless.play(&mut player, LONGEST_MS);
    let Some(live) = headless.model().live() else { anyhow::bail!("the rehearsal did not open its session") };
    out::print(&export::text(&live.protocol, &live.session, &zone, style))?;
    if came_to_its_end { Ok(ExitCode::SUCCESS) } else { Ok(super::trouble::does_not_hold()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::load_zone;

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

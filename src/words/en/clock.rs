//! Times and durations as a person reads them, in the room's zone.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

use crate::guidance::discharge::round_up_to_minute;
use crate::protocol::Calendar;
use crate::session::{HOUR_MS, MINUTE_MS, SECOND_MS, Zone};

/// How the room writes clock times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockStyle {
    /// `2:05 pm`.
    H12,
    /// `14:05`.
    #[default]
    H24,
}

impl ClockStyle {
    /// Columns of the longest clock time: `14:07`, `12:07 pm`.
    #[must_use]
    pub const fn columns(self) -> usize {
        match self {
            Self::H24 => 5,
            Self::H12 => 8,
        }
    }
}

/// `14:05` or `2:05 pm`: the minute in which something happened.
#[must_use]
pub fn clock(zone: &Zone, utc_ms: i64, style: ClockStyle) -> String {
    let local = zone.local(utc_ms);
    match style {
        ClockStyle::H24 => local.format("%H:%M").to_string(),
        ClockStyle::H12 => format!("{} {}", twelve(&local), half(&local)),
    }
}

/// `14:05:09` or `2:05:09 pm`.
#[must_use]
pub fn clock_with_seconds(zone: &Zone, utc_ms: i64, style: ClockStyle) -> String {
    let local = zone.local(utc_ms);
    match style {
        ClockStyle::H24 => local.format("%H:%M:%S").to_string(),
        ClockStyle::H12 => format!("{}:{:02} {}", twelve(&local), local.second(), half(&local)),
    }
}

/// `Tuesday 24 November`.
#[must_use]
pub fn day(zone: &Zone, utc_ms: i64) -> String {
    zone.local(utc_ms).format("%A %-d %B").to_string()
}

/// `Tuesday 24 November 2026`, where the year matters: the head of a record.
#[must_use]
pub fn date(zone: &Zone, utc_ms: i64) -> String {
    zone.local(utc_ms).format("%A %-d %B %Y").to_string()
}

/// `Tuesday 24 November 2:43 am`.
#[must_use]
pub fn day_and_clock(zone: &Zone, utc_ms: i64, style: ClockStyle) -> String {
    format!("{} {}", day(zone, utc_ms), clock(zone, utc_ms, style))
}

/// A time before which something is not to be done, or at which it is expected: rounded up to the minute, so that what
/// is read is never earlier than what was worked out.
#[must_use]
pub const fn up_to_minute(utc_ms: i64) -> i64 {
    round_up_to_minute(utc_ms)
}

/// `Tuesday 24 November, 4:40 in the morning`: a deadline for a patient, rounded up to the minute. The hour after
/// midnight says so, for many read "12:20" as noon.
#[must_use]
pub fn part_of_day(zone: &Zone, utc_ms: i64, style: ClockStyle) -> String {
    part_of_day_in(None, zone, utc_ms, style)
}

/// As `part_of_day`, in the names that the clinic gives for another language.
#[must_use]
pub fn part_of_day_in(calendar: Option<&Calendar>, zone: &Zone, utc_ms: i64, style: ClockStyle) -> String {
    let local = zone.local(up_to_minute(utc_ms));
    let time = match style {
        ClockStyle::H24 => local.format("%H:%M").to_string(),
        ClockStyle::H12 => twelve(&local),
    };
    let part = part(local.hour(), local.minute());
    let Some(calendar) = calendar else {
        return format!("{}, {time} {}", local.format("%A %-d %B"), PARTS[part]);
    };
    let (weekday, month) = (local.weekday().num_days_from_monday() as usize, local.month0() as usize);
    calendar
        .form
        .replace("{weekday}", &calendar.weekdays[weekday])
        .replace("{day}", &local.day().to_string())
        .replace("{month}", &calendar.months[month])
        .replace("{time}", &time)
        .replace("{part}", &calendar.parts[part])
}

/// Parts of the day, in the order of `Calendar::parts`.
const PARTS: [&str; 7] = [
    "at night, as this day begins",
    "at night, just after this day begins",
    "in the morning",
    "at noon",
    "in the afternoon",
    "in the evening",
    "at night",
];

/// Which of them.
const fn part(hour: u32, minute: u32) -> usize {
    match (hour, minute) {
        (0, 0) => 0,
        (0, _) => 1,
        (1..=11, _) => 2,
        (12, 0) => 3,
        (12..=17, _) => 4,
        (18..=20, _) => 5,
        _ => 6,
    }
}

fn twelve(local: &DateTime<FixedOffset>) -> String {
    format!("{}:{:02}", local.hour12().1, local.minute())
}

fn half(local: &DateTime<FixedOffset>) -> &'static str {
    if local.hour12().0 { "pm" } else { "am" }
}

/// A running clock: `1:05` (minutes and seconds), `1:02:05` from an hour on. Before its beginning it stands at `0:00`.
#[must_use]
pub fn duration(ms: i64) -> String {
    let seconds = ms.max(0) / SECOND_MS;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A length of time in a sentence: `3 min 10 s`, `2 h 5 min`, `45 s`.
#[must_use]
pub fn span(ms: i64) -> String {
    let seconds = ms.max(0) / SECOND_MS;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, seconds) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

/// How long ago: `just now`, `4 min ago`, `1 h 5 min ago`.
#[must_use]
pub fn minutes_ago(ago_ms: i64) -> String {
    if ago_ms < MINUTE_MS {
        return "just now".to_owned();
    }
    let (hours, minutes) = (ago_ms / HOUR_MS, ago_ms / MINUTE_MS % 60);
    match (hours, minutes) {
        (0, m) => format!("{m} min ago"),
        (h, 0) => format!("{h} h ago"),
        (h, m) => format!("{h} h {m} min ago"),
    }
}

/// `T+18`, `T-12`; five blanks while there is no start.
#[must_use]
pub fn t_plus(minutes: Option<i64>) -> String {
    minutes.map_or_else(|| " ".repeat(5), |min| format!("T{min:+}"))
}

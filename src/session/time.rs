//! Readings of the clocks as data, and the zone in which a person reads them. Nothing here asks what time it is.

use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Milliseconds in a second.
pub const SECOND_MS: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;

/// One reading of both clocks. The wall clock may step; boot time does not, and runs on while the machine sleeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Wall clock, milliseconds since 1970, UTC.
    pub utc_ms: i64,
    /// Offset of local time from UTC at that moment, minutes.
    pub utc_offset_min: i32,
    /// Which boot of the machine `boot_ms` counts from.
    pub boot_id: Uuid,
    /// Milliseconds since that boot, sleep included.
    pub boot_ms: i64,
}

impl Stamp {
    /// Milliseconds from `earlier` to here: by boot time within one boot, by the wall clock across a reboot.
    /// Across a reboot a wall clock that went back gives 0, never a negative time.
    #[must_use]
    pub fn since_ms(&self, earlier: &Self) -> i64 {
        if self.boot_id == earlier.boot_id {
            (self.boot_ms.saturating_sub(earlier.boot_ms)).max(0)
        } else {
            (self.utc_ms.saturating_sub(earlier.utc_ms)).max(0)
        }
    }

    /// How far the wall clock stepped since `earlier`, beyond the time that passed, milliseconds. 0 across a reboot.
    #[must_use]
    pub fn wall_step_ms(&self, earlier: &Self) -> i64 {
        if self.boot_id == earlier.boot_id {
            self.utc_ms.saturating_sub(earlier.utc_ms).saturating_sub(self.boot_ms.saturating_sub(earlier.boot_ms))
        } else {
            0
        }
    }
}

/// A moment on the session's own time line and on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Milliseconds since the session was opened; never runs backwards, whatever the wall clock does.
    pub session_ms: i64,
    /// Wall clock, milliseconds since 1970, UTC, as it was recorded.
    pub utc_ms: i64,
}

/// The zone in which a person reads the clock. Loaded at the edge (`zones::load_zone`) and passed in.
#[derive(Debug, Clone)]
pub struct Zone(jiff::tz::TimeZone);

impl Zone {
    /// Coordinated universal time.
    #[must_use]
    pub const fn utc() -> Self {
        Self(jiff::tz::TimeZone::UTC)
    }

    /// Wraps a loaded zone.
    #[must_use]
    pub const fn new(zone: jiff::tz::TimeZone) -> Self {
        Self(zone)
    }

    /// Its IANA name, where it has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.iana_name()
    }

    /// Local time at a moment, with the offset that holds then (daylight saving included).
    /// A moment outside the calendar's range is read as the beginning of 1970: no clock shows one.
    #[must_use]
    pub fn local(&self, utc_ms: i64) -> DateTime<FixedOffset> {
        let instant = DateTime::<Utc>::from_timestamp_millis(utc_ms).unwrap_or_default();
        instant.with_timezone(&FixedOffset::east_opt(self.offset_s(utc_ms)).unwrap_or_else(|| Utc.fix()))
    }

    /// Offset from UTC at a moment, seconds.
    #[must_use]
    pub fn offset_s(&self, utc_ms: i64) -> i32 {
        jiff::Timestamp::from_millisecond(utc_ms).map_or(0, |t| self.0.to_offset(t).seconds())
    }

    /// Offset from UTC at a moment, whole minutes.
    #[must_use]
    pub fn offset_min(&self, utc_ms: i64) -> i32 {
        self.offset_s(utc_ms).div_euclid(60)
    }

    /// The last moment, not after `now_ms`, at which the local clock on the wall read `hour:minute`; `None` where the
    /// clock never read it that day or the day before (the hour that daylight saving skips).
    #[must_use]
    pub fn last_time_of_day(&self, now_ms: i64, hour: u32, minute: u32) -> Option<i64> {
        let now = self.local(now_ms);
        (0..=1).find_map(|days_back| {
            let date = now.date_naive().checked_sub_signed(TimeDelta::days(days_back))?;
            let local = date.and_hms_opt(hour, minute, 0)?.and_utc().timestamp_millis();
            // Around a change the offset may be either one of the day: take the latest moment that reads right.
            [local - 26 * HOUR_MS, local, local + 26 * HOUR_MS]
                .into_iter()
                .map(|probe| local - i64::from(self.offset_s(probe)) * SECOND_MS)
                .filter(|&ms| ms <= now_ms && self.local(ms).naive_local().and_utc().timestamp_millis() == local)
                .max()
        })
    }
}

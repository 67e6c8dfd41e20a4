//! Moments as programs read them.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

use crate::session::Zone;

/// RFC 3339 with milliseconds and the zone's offset in whole minutes: where a zone of long ago had seconds too, the nearest
/// minute is written, and the time with it, so that the moment stays what it is.
pub(super) fn rfc3339(zone: &Zone, utc_ms: i64) -> String {
    let whole_s = (zone.offset_s(utc_ms) + 30).div_euclid(60) * 60;
    let instant = DateTime::<Utc>::from_timestamp_millis(utc_ms).unwrap_or_default();
    match FixedOffset::east_opt(whole_s) {
        Some(offset) => instant.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Millis, false),
        None => instant.to_rfc3339_opts(SecondsFormat::Millis, false),
    }
}

//! The guidance without a session: its page, and what cannot be meant.

use super::clock::{ClockStyle, clock, date, day_and_clock, up_to_minute};
use super::discharge::{baseline_line, no_driving_lines, share_left};
use super::record::printable;
use crate::guidance::{Left, When};
use crate::protocol::Protocol;
use crate::session::Zone;

/// The answer for a person, rounded up to the minute.
#[must_use]
pub fn when_page(protocol: &Protocol, found: &When, zone: &Zone, style: ClockStyle) -> Vec<String> {
    let end = found.after.end_utc_ms;
    let mut lines = vec![
        format!("By the protocol {}, {}", protocol.name, protocol.version),
        format!("END: {}, {}", date(zone, end), clock(zone, end, style)),
        baseline_line(&found.after, zone, style),
    ];
    lines.extend(no_driving_lines(protocol, &found.after, zone, style));
    lines.push("Where a sedating drug was given too, the clinician sets the driving time.".to_owned());
    if let (Some(half_life_h), false) = (found.half_life_h, found.amounts.is_empty()) {
        lines.push(String::new());
        lines.push(format!("For staff (simple model, half-life {half_life_h} h; not a measure of fitness):"));
        lines.extend(found.amounts.iter().map(|left| left_line(left, zone, style)));
    }
    lines
}

/// `Monday 23 November 16:22  12.3 mg, 73 % of the amount at END`
fn left_line(left: &Left, zone: &Zone, style: ClockStyle) -> String {
    let at = day_and_clock(zone, up_to_minute(left.at.timestamp_millis()), style);
    let amount = if left.amount_mg < 0.05 { "below 0.1 mg".to_owned() } else { format!("{:.1} mg", left.amount_mg) };
    let share = left.share_of_end.map(|share| format!(", {} of the amount at END", share_left(share)));
    format!("{at}  {amount}{}", share.unwrap_or_default())
}

/// A protocol without a half-life.
#[must_use]
pub fn no_curve(protocol: &str) -> String {
    format!("{} has no half-life model ([elimination]): leave --at out, or name another protocol", printable(protocol))
}

/// Past the last date that there is.
#[must_use]
pub fn beyond_calendar() -> String {
    "the answer lies beyond the calendar: check the years".to_owned()
}

/// A time in another form.
#[must_use]
pub fn not_rfc3339(typed: &str) -> String {
    format!("\"{}\" is no time with its offset: write it as 2026-11-23T14:02:00-05:00", printable(typed.trim()))
}

/// A segment with more or fewer parts.
#[must_use]
pub fn not_a_segment() -> String {
    "write it as START,END,MG: 2026-11-23T14:02:00-05:00,2026-11-23T14:42:00-05:00,36".to_owned()
}

/// A dose that cannot be.
#[must_use]
pub fn not_a_dose(typed: &str) -> String {
    format!("\"{}\" is no dose: write the milligrams, more than 0 and 1000 at most", printable(typed.trim()))
}

/// An infusion that ends before it begins.
#[must_use]
pub fn end_not_after_start() -> String {
    "END is not after START: check the two times and their offsets".to_owned()
}

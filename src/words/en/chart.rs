//! The words of the chart: its axes, its rows, what its signs mean, and what it shows for a reader who cannot see it.

use super::clock::{ClockStyle, clock};
use super::names::capitalized;
use super::record::printable;
use crate::protocol::Vital;
use crate::session::Zone;

/// The heading over it.
pub const TITLE: &str = "CHART";
/// Under it: what its signs mean.
pub const KEY: &str = "BP: a caret down at the systolic, up at the diastolic pressure. HR: a dot. Both on the scale at the left, mmHg and /min. \
                       x not taken, ? unobtainable. Hatched: the infusion ran; white: paused. Dashes on the row of looks: nobody looked, or nobody was there. \
                       Withdrawn readings are not drawn; the record below has them.";
/// The row of saturations.
pub const SPO2: &str = "SpO2 %";
/// The row of breaths.
pub const BREATHS: &str = "RR /min";
/// The row of sedation.
pub const SEDATION: &str = "MOAA/S";
/// The row that shows when nobody looked.
pub const GAPS: &str = "Looks";
/// The band of the infusion.
pub const GIVEN: &str = "Given";
/// The heading of what its numbers mean.
pub const EVENTS: &str = "EVENTS ON THE CHART";

/// `1   T+12  14:22`
#[must_use]
pub fn event_place(number: usize, minute: &str, utc_ms: i64, zone: &Zone, style: ClockStyle) -> [String; 3] {
    [number.to_string(), minute.trim().to_owned(), clock(zone, utc_ms, style)]
}

/// What the chart shows, in words: the range of each vital sign.
#[must_use]
pub fn alt(readings: usize, ranges: &[(Vital, u16, u16)], events: usize) -> String {
    let ranges = ranges.iter().map(|(vital, least, most)| {
        let (name, unit) = (super::vital_name(*vital), super::vital_unit(*vital));
        format!("{name} {least} to {most} {unit}")
    });
    let ranges: Vec<String> = ranges.collect();
    let said = if ranges.is_empty() { "no values".to_owned() } else { ranges.join(", ") };
    capitalized(&format!(
        "chart of {readings} readings over time: {said}; {events} events. The table of vital signs has every value"
    ))
}

/// Letters that the font does not have were written as numbers.
#[must_use]
pub const fn letters_as_numbers() -> &'static str {
    "Some letters of this record cannot be set in this font. They stand as their Unicode numbers, such as [U+738B]; the text, CSV and FHIR \
     forms have them as they are."
}

/// The title of the document.
#[must_use]
pub fn document_title(number: &str) -> String {
    printable(&format!("Record of session {number}"))
}

/// Whose record it is, on each page: `Patient T1, code A-17   1123-1   2026-11-23`
#[must_use]
pub fn document_line(patient: &str, number: &str, zone: &Zone, utc_ms: i64) -> String {
    let date = zone.local(utc_ms).format("%Y-%m-%d");
    format!("{}   {}   {date}", printable(patient), printable(number))
}

//! What the card says that is not the clinic's wording: whose it is, its pages, what it replaces, why there is none.

use super::clock::{ClockStyle, clock, day, day_and_clock, up_to_minute};
use super::record::{Times, printable};
use crate::session::{CardMade, Zone};

/// `page 1/2`
#[must_use]
pub fn page_of(page: usize, pages: usize) -> String {
    format!("page {page}/{pages}")
}

/// Whose card it is, readable in any language: `Patient T1   1123-1   2026-11-23   card 1`
#[must_use]
pub fn card_identity(patient: &str, number: &str, zone: &Zone, end_utc_ms: i64, version: u32) -> String {
    let date = zone.local(end_utc_ms).format("%Y-%m-%d");
    format!("{}   {}   {date}   card {version}", printable(patient), printable(number))
}

/// Stands in the place of a name whose letters cannot be set: the number tells whose card it is, and a pen the rest.
#[must_use]
pub fn name_not_set(code: Option<&str>) -> String {
    code.map_or_else(|| "Name: ______________________".to_owned(), printable)
}

/// Under it, why.
#[must_use]
pub const fn name_not_set_why() -> &'static str {
    "The name has letters that cannot be set here: write it by hand beside the session's number."
}

/// A card of other times is in the patient's hand: `{time}` is when it was made. In English; a protocol's card may say it in
/// its own words.
#[must_use]
pub fn card_replaces(said: Option<&str>, time: &str) -> String {
    let said = said.unwrap_or("This card REPLACES the card of {time}: its times have changed. Throw that one away.");
    said.replace("{time}", &printable(time))
}

/// Other times were told, or stand on a card that nobody recorded.
#[must_use]
pub const fn card_replaces_any() -> &'static str {
    "This card REPLACES any card that was given before: its times have changed. Throw that one away."
}

/// `card 1 made, printed: no driving before Tuesday 24 November 02:43; 2026-1123-1-card-1.pdf`
#[must_use]
pub(super) fn card_made(made: &CardMade, times: Times<'_>) -> String {
    let until = times.map(|(zone, style)| {
        let until = day_and_clock(zone, up_to_minute(made.times.no_driving_until), style);
        let clinician = if made.times.clinician_sets { ", or later as the clinician sets it" } else { "" };
        format!(": no driving before {until}{clinician}")
    });
    let how = if made.printed { "made and sent to the printer" } else { "made" };
    format!("card {} {how}{}; {}", made.version, until.unwrap_or_default(), printable(&made.file))
}

/// When a card was made, for the one that replaces it: with the day where that is another.
#[must_use]
pub fn card_time(zone: &Zone, utc_ms: i64, now_utc_ms: i64, style: ClockStyle) -> String {
    if day(zone, utc_ms) == day(zone, now_utc_ms) {
        clock(zone, utc_ms, style)
    } else {
        day_and_clock(zone, utc_ms, style)
    }
}

/// The card is on its way to the disk.
#[must_use]
pub const fn card_being_made() -> &'static str {
    "The card is being written."
}

/// Where the card is now.
#[must_use]
pub fn card_written(made: &CardMade, is_printing: bool) -> String {
    let file = printable(&made.file);
    if is_printing {
        format!("Card {} is recorded, and goes to the printer. It is kept as {file}", made.version)
    } else {
        format!("Card {} is ready to be printed: {file}", made.version)
    }
}

/// The room's printer took it.
#[must_use]
pub fn card_printed(version: u32, file: &str) -> String {
    format!("Card {version} was sent to the printer. It is kept as {}", printable(file))
}

/// The printer's program did not end.
#[must_use]
pub fn printer_silent(version: u32, after_s: u64, file: &str) -> String {
    format!("The printer did not answer in {after_s} s: print card {version} from the file {}", printable(file))
}

/// The printer's program said that it failed.
#[must_use]
pub fn printer_failed(version: u32, why: &str, file: &str) -> String {
    format!("Card {version} was NOT printed ({}). Print this file: {}", printable(why), printable(file))
}

/// A card was asked for while one is being written.
#[must_use]
pub const fn card_after_this() -> &'static str {
    "A card is being written: another follows it, with its own number where the times have changed."
}

/// The card could not be written.
#[must_use]
pub fn card_not_written(why: &str) -> String {
    format!("The card was NOT written ({}). Write the two times on paper: they stand above.", printable(why))
}

/// There is nobody to give a card to.
#[must_use]
pub const fn card_of_another_session() -> &'static str {
    "Another session is open now: the card was written, and is not in its record."
}

/// A line to be filled in by hand: nobody has configured the number.
#[must_use]
pub const fn to_be_filled_in() -> &'static str {
    "______________________"
}

/// To whoever shows or prints the card: numbers that nobody has configured.
#[must_use]
pub const fn blank_numbers(no_clinic: bool, no_crisis: bool) -> Option<&'static str> {
    match (no_clinic, no_crisis) {
        (true, true) => Some("NO NUMBERS on it: write in the clinic's and the crisis line's by hand (bedside.toml)."),
        (false, true) => Some("NO CRISIS NUMBER on it: write it in by hand (crisis_number, bedside.toml)."),
        (true, false) => Some("NO CLINIC NUMBER on it: write it in by hand (clinic_number, bedside.toml)."),
        (false, false) => None,
    }
}

/// The protocol has no wording for a card.
#[must_use]
pub fn no_card(protocol: &str) -> String {
    format!(
        "{} has no wording for a card: add [card] to it (bedside protocol show standard-iv-40 has one)",
        printable(protocol)
    )
}

/// A PDF is nothing to read in a terminal.
#[must_use]
pub fn pdf_needs_a_file(name: &str) -> String {
    format!("a PDF needs a file to go to: add -o {name}")
}

/// To the sitter, where the patient has left with a card of other times.
#[must_use]
pub const fn call_about_card() -> &'static str {
    "CALL THE PATIENT: the times have changed since they left. Tell the new ones, then record it (x, then g)."
}

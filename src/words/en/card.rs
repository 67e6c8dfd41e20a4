//! What the card says that is not the clinic's wording: whose it is, its pages, what it replaces, why there is none.

use super::record::printable;
use crate::session::Zone;

/// `page 1/2`
#[must_use]
pub fn page_of(page: usize, pages: usize) -> String {
    format!("page {page}/{pages}")
}

/// Whose card it is, readable in any language: `Patient T1   1123-1   2026-11-23`
#[must_use]
pub fn card_identity(patient: &str, number: &str, zone: &Zone, end_utc_ms: i64) -> String {
    let date = zone.local(end_utc_ms).format("%Y-%m-%d");
    format!("{}   {}   {date}", printable(patient), printable(number))
}

/// A card of other times may be in the patient's hand.
#[must_use]
pub const fn card_supersedes() -> &'static str {
    "SUPERSEDES the card that was given before: its times have changed. Throw that one away."
}

/// A line to be filled in by hand: nobody has configured the number.
#[must_use]
pub const fn to_be_filled_in() -> &'static str {
    "______________________"
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
    "The times have changed since the patient was told: call the patient, and say so in a note (t)."
}

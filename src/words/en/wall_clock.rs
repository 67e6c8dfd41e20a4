//! The wall clock looks wrong: what is asked, and what stands on the screen while somebody has said that it is.

use super::clock::{ClockStyle, clock, date};
use crate::session::{WallDoubt, Zone};

/// What is asked.
#[must_use]
pub fn wall_clock_question(doubt: WallDoubt, now_utc_ms: i64, zone: &Zone, style: ClockStyle) -> Vec<String> {
    let moment = |utc_ms| format!("{}, {}", date(zone, utc_ms), clock(zone, utc_ms, style));
    let why = match doubt {
        WallDoubt::BeforeProgram => "This program was made later than that.".to_owned(),
        WallDoubt::BehindRecord(last) => format!("Something is recorded at {} already.", moment(last)),
        WallDoubt::AheadOfRecord(last) => format!("The last entry of this session is of {}.", moment(last)),
    };
    vec![
        format!("The wall clock looks wrong: {}. Is that right?", moment(now_utc_ms)),
        why,
        "Times in the record, the driving time and the card count from it.".to_owned(),
        "1 it is right".to_owned(),
        "2 it is wrong".to_owned(),
        "Esc later: it is asked again at the next start. Any other key does what it always does.".to_owned(),
    ]
}

/// While somebody has said that it is wrong.
#[must_use]
pub const fn wall_clock_wrong() -> &'static str {
    "WALL CLOCK WRONG - TIMES ON PAPER TOO"
}

/// Before the times are told.
#[must_use]
pub const fn times_by_wrong_clock() -> &'static str {
    "The wall clock was said to be wrong: check each time below before it is told."
}

/// On the card.
#[must_use]
pub const fn card_by_wrong_clock() -> &'static str {
    "The clock of this console was wrong: have the dates and times checked and corrected by hand."
}

/// Said after the answer.
#[must_use]
pub const fn wall_clock_answered(is_right: bool) -> &'static str {
    if is_right {
        "Recorded: the wall clock is right."
    } else {
        "Recorded: the wall clock is wrong. Set it in the system; the elapsed minutes on the screen do not depend on it."
    }
}

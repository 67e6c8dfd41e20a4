//! Thoughts of self-harm: how they came up, with the number and the time, and whether the clinician's word is recorded. What
//! was not asked stays "not asked" beside it: both are said.

use super::clock::{ClockStyle, clock, day, day_and_clock};
use super::evidence::gate_answer;
use super::record::printable;
use crate::session::{CameUp, ClinicianWord, Event, Mention, SelfHarm, Zone, came_up};

/// How an entry that does not say the words speaks of them: `PHQ-9 item 9 = 2`.
#[must_use]
pub fn self_harm_source(event: &Event) -> Option<String> {
    match came_up(event)? {
        CameUp::Said => None,
        other => Some(source(other)),
    }
}

fn source(how: CameUp) -> String {
    match how {
        CameUp::Said => "seen or said".to_owned(),
        CameUp::Screened => "said in the screening".to_owned(),
        CameUp::Item9(value) => format!("PHQ-9 item 9 = {value}"),
        CameUp::DayAfter => "said on the day after".to_owned(),
    }
}

/// `PHQ-9 item 9 = 2, 10:04`; with its day where that is not the day of `first`.
fn mention(mention: &Mention, first: &Mention, zone: &Zone, style: ClockStyle) -> String {
    let utc_ms = mention.at.utc_ms;
    let is_same_day = day(zone, utc_ms) == day(zone, first.at.utc_ms);
    let at = if is_same_day { clock(zone, utc_ms, style) } else { day_and_clock(zone, utc_ms, style) };
    format!("{}, {at}", source(mention.came_up))
}

/// Each time that they came up: `PHQ-9 item 9 = 2, 10:04; seen or said, 10:20`.
#[must_use]
pub fn mentions(all: &[Mention], zone: &Zone, style: ClockStyle) -> String {
    let Some(first) = all.first() else { return "not recorded".to_owned() };
    all.iter().map(|said| mention(said, first, zone, style)).collect::<Vec<_>>().join("; ")
}

/// In the few columns beside the list of items: the last time.
pub(super) fn last_mention(all: &[Mention], zone: &Zone, style: ClockStyle) -> String {
    let Some(last) = all.last() else { return "not recorded".to_owned() };
    let how = match last.came_up {
        CameUp::Screened => "screening".to_owned(),
        CameUp::DayAfter => "day after".to_owned(),
        CameUp::Item9(value) => format!("item 9 = {value}"),
        CameUp::Said => "said".to_owned(),
    };
    format!("{how} at {}", clock(zone, last.at.utc_ms, style))
}

/// In the record: how they came up, and the clinician's word. None where they did not.
#[must_use]
pub fn self_harm_lines(said: &SelfHarm, zone: &Zone, style: ClockStyle) -> Vec<String> {
    if !said.came_up() {
        return Vec::new();
    }
    let came = format!("Thoughts of self-harm came up: {}", mentions(&said.mentions, zone, style));
    vec![came, word(said, zone, style)]
}

fn word(said: &SelfHarm, zone: &Zone, style: ClockStyle) -> String {
    let Some(given) = said.word.as_ref().filter(|word| ClinicianWord::is_given(word)) else {
        return "The clinician's word on it: NOT RECORDED".to_owned();
    };
    let answer = format!("{}, {}", gate_answer(&given.answer), clock(zone, given.at.utc_ms, style));
    let since = if said.standing().is_some() { ": NOT RECORDED since they came up again" } else { "" };
    printable(&format!("The clinician's word on it: {answer}{since}"))
}

/// In the brief of a relief: that they stand, or that they came up and what was said of it.
#[must_use]
pub fn self_harm_brief(said: &SelfHarm, zone: &Zone, style: ClockStyle) -> Option<String> {
    let last = said.mentions.last()?;
    let came = format!("Thoughts of self-harm: {}.", mention(last, last, zone, style));
    if said.standing().is_some() {
        return Some(format!("{came} They stand: no clinician's word yet."));
    }
    let word = said.word.as_ref().map(|word| format!(" Word on it: {}.", gate_answer(&word.answer)));
    Some(printable(&format!("{came}{}", word.unwrap_or_default())))
}

/// For the call card: another clinician may not know of them. How they came up, then the clinician's word, or that there is
/// none. `is_told`: the alarm tells all of that.
pub(super) fn told_on_a_call(said: &SelfHarm, is_told: bool, zone: &Zone, style: ClockStyle) -> Vec<String> {
    if !said.came_up() || is_told {
        return Vec::new();
    }
    let came = format!("Thoughts of self-harm: {}.", mentions(&said.mentions, zone, style));
    let given = said.word.as_ref().filter(|word| word.is_given());
    let word = match (given, said.standing()) {
        (Some(word), None) => format!("Word on it, {}.", gate_answer(&word.answer)),
        (Some(word), Some(_)) => format!("Word before that, {}.", gate_answer(&word.answer)),
        (None, _) => "No word on it yet.".to_owned(),
    };
    vec![came, word]
}

/// Under a prompt that stands until the clinician's word is recorded.
#[must_use]
pub const fn stands_until_word() -> &'static str {
    "It stands until the clinician's word is recorded (x, m)."
}

/// What the prompt asks for once the patient has left: there is nobody to stay with.
#[must_use]
pub const fn self_harm_after_leaving() -> &'static str {
    "The patient has left: call the clinician now, and the patient. It stands until the clinician's word is recorded (x, m)."
}

/// On the first screen, beside a session in which they stand without the clinician's word.
#[must_use]
pub const fn self_harm_state() -> &'static str {
    "SELF-HARM: CALL"
}

/// Above the list of the first screen, where it holds but the newest of the sessions in which they stand.
#[must_use]
pub fn more_wait_for_word(waiting: usize, here: usize) -> Option<String> {
    (waiting > here).then(|| format!("{} in {waiting} sessions: the newest {here} are here", self_harm_state()))
}

/// On the page of the screening, beside the item that asks for them: they came up in another way.
#[must_use]
pub fn self_harm_besides(said: &SelfHarm, zone: &Zone, style: ClockStyle) -> Option<String> {
    said.came_up().then(|| format!("came up: {}", mentions(&said.mentions, zone, style)))
}

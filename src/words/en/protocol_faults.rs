//! What is wrong with a protocol file, and what to do about it, in one sentence each.

use super::finding_names::{reading_name, scale_name, vital_name};
use super::protocol_warnings;
use crate::protocol::{Fault, FaultKind, MAX_BYTES, MAX_TEXT, Reach, Shape};

/// A fault with its place: `12:5: name is empty: ...`.
#[must_use]
pub fn fault_line(fault: &Fault) -> String {
    format!("{}:{}: {}", fault.line, fault.column, self::fault(fault))
}

/// A fault as a sentence: what is wrong, and what to do.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    of_form(&fault.what)
        .or_else(|| of_texts(&fault.what))
        .or_else(|| of_numbers(&fault.what))
        .or_else(|| of_findings(&fault.what))
        .or_else(|| of_ladders(&fault.what))
        .or_else(|| protocol_warnings::sentence(&fault.what))
        .unwrap_or_else(|| of_origins(&fault.what))
}

fn of_form(what: &FaultKind) -> Option<String> {
    Some(match what {
        FaultKind::FileTooLong { bytes } => {
            format!("the file has {bytes} bytes: a protocol has {MAX_BYTES} at most; check that it is the right file")
        }
        FaultKind::Syntax { message } => {
            format!("this is not TOML ({}): correct the line as the protocols shipped are written", shown(message))
        }
        FaultKind::UnknownKey { key, known } => {
            format!("{} is not known here: write one of {}, or take it out", quoted(key), known.join(", "))
        }
        FaultKind::WrongType { key, found, expected } => {
            format!("{} is written as {}: write {}", shown(key), shown(found), shape(expected))
        }
        FaultKind::Unreadable { message } => format!("this cannot be read ({}): correct it", shown(message)),
        FaultKind::More => "there are more faults of this kind: correct these first, then check again".to_owned(),
        FaultKind::MissingKey { table, key } if table.is_empty() => {
            format!("{key} is missing: add it as in the protocols shipped")
        }
        FaultKind::MissingKey { table, key } => format!("{key} is missing in [{table}]: add it"),
        FaultKind::UnknownFormat { found } => {
            format!("format is {found}: this program reads format 1; write 1, or use a newer program")
        }
        _ => return None,
    })
}

fn of_texts(what: &FaultKind) -> Option<String> {
    Some(match what {
        FaultKind::ForbiddenCharacter { key, character } => format!(
            "{key} contains the character U+{:04X}, which is not printed but obeyed or hidden: take it out, keep the text on one line",
            u32::from(*character)
        ),
        FaultKind::EmptyText { key } => {
            format!("{key} is empty: write the words, or take the key out if it may be left out")
        }
        FaultKind::TextTooLong { key, found } => {
            format!("{key} has {found} characters: {MAX_TEXT} at most fit the screen; shorten it")
        }
        FaultKind::BadId { id } => {
            format!("the id {} has other characters than a to z, 0 to 9 and the hyphen: rename it", quoted(id))
        }
        FaultKind::Duplicate { key, value, first_line } => {
            format!(
                "{key} {} stands on line {first_line} already: each may stand only once; change this one",
                quoted(value)
            )
        }
        FaultKind::StepCount { found: 0 } => {
            "steps is empty: write 1 to 9 answers, so that the prompt can be answered".to_owned()
        }
        FaultKind::StepCount { found } => {
            format!("there are {found} steps, and only the keys 1 to 9 to answer with: keep 9 or fewer")
        }
        FaultKind::TooMany { key, found, most, what } => {
            format!("{key} has {found} {what}: keep {most} or fewer")
        }
        FaultKind::NoSuchResponse { key, id } => {
            format!("{key} is {}: no response has this id; write the id of one that stands here", quoted(id))
        }
        FaultKind::UnknownWord { key, word, known } => match known.as_slice() {
            [only] => format!("{key} is {}: only {only} is known here; write that", quoted(word)),
            _ => format!("{key} is {}: write one of {}", quoted(word), known.join(", ")),
        },
        FaultKind::UnknownZone { name } => {
            format!("there is no time zone {}: write it as Area/City, such as America/New_York", quoted(name))
        }
        _ => return None,
    })
}

fn of_numbers(what: &FaultKind) -> Option<String> {
    Some(match what {
        FaultKind::OutOfRange { key, found, least, most } => {
            format!("{key} is {found}: write a whole number from {least} to {most}")
        }
        FaultKind::HalfLife { found } => {
            format!("elimination.half_life_h is {found}: write hours above 0, and 100 at most")
        }
        FaultKind::CurveNeedsIv => {
            "the half-life curve holds for an intravenous infusion only: take [elimination] out, or set infusion.route to iv"
                .to_owned()
        }
        FaultKind::DrivingTooSoon { found } => {
            format!("no_driving_h is {found}: the clinic's own rule is 12 hours at least; write 12 or more")
        }
        FaultKind::NotAscending { key, before, found } => {
            format!("{key} has {found} after {before}: write the minutes in rising order, each once")
        }
        FaultKind::UnknownDrug { name } => {
            format!("there is no [[drug]] {}: add it, or name one that is there", shown(name))
        }
        FaultKind::WrongCount { key, found, expected } => {
            format!("{key} has {found} names: write all {expected}, in their order")
        }
        FaultKind::PlaceMissing { key, place } => {
            format!("{key} has no {place}: the time would be read without it; put it in")
        }
        FaultKind::NotBelow { lower_key, lower, upper_key, upper } => {
            format!("{lower_key} is {lower} and {upper_key} is {upper}: the first must be below the second; correct one of them")
        }
        FaultKind::NeverClears { key, clears_within } => format!(
            "{key} is {clears_within}: no value lies that far inside these limits, so an alarm would never end; write a smaller number or widen the limits"
        ),
        FaultKind::HalfApproved { empty } => {
            format!("approval.{empty} is empty: fill in both approved_by and on, or neither")
        }
        _ => return None,
    })
}

fn of_findings(what: &FaultKind) -> Option<String> {
    Some(match what {
        FaultKind::WhenSubjects { found } if found.is_empty() => {
            "when names no finding: write one of observation, seen, vital, or history".to_owned()
        }
        FaultKind::WhenSubjects { found } => {
            format!(
                "when names {} findings ({}): keep one of them, and write another response for the rest",
                found.len(),
                found.join(", ")
            )
        }
        FaultKind::WhenKey { key, subject, allowed } => {
            format!("{key} does nothing beside {}: take it out; known here are {}", quoted(subject), allowed.join(", "))
        }
        FaultKind::NoGrade { scale } => {
            format!(
                "when names {} without a grade and would always hold: write at_least or at_most",
                scale_name(*scale)
            )
        }
        FaultKind::Reversed { at_least, at_most } => {
            format!("at_least is {at_least} and at_most is {at_most}, so it would never hold: exchange them")
        }
        FaultKind::NoPhase => {
            "phase is empty, so it would never hold: write preparation, infusion, recovery, or take it out".to_owned()
        }
        FaultKind::SinceWhat => {
            "since counts from one thing: write drug = \"name\", or response = \"id\"".to_owned()
        }
        FaultKind::NoSuchLimit { reading, reach } => {
            let (reading, reach) = (reading_name(*reading), reach_word(*reach));
            format!(
                "{reading} has no {reach} limit, so this response would never speak: add the limit, or take the response out"
            )
        }
        FaultKind::NoResponse { vital, reach } => {
            let (name, reach) = (vital_name(*vital), reach_word(*reach));
            format!(
                "no response answers the {reach} limits of {name}, so they would be silent: add a [[response]] that reaches = \"{reach}\""
            )
        }
        FaultKind::NoUnobtainable => "no response of high priority answers a reading that could not be obtained, so it would be silent: add a [[response]] with when = { vital = \"any\", reaches = \"unobtainable\" } and priority = \"high\"".to_owned(),
        FaultKind::SameFinding { first, first_line } => format!(
            "the response {} on line {first_line} answers exactly this finding already: change one of them, or take it out",
            quoted(first)
        ),
        _ => return None,
    })
}

fn of_ladders(what: &FaultKind) -> Option<String> {
    Some(match what {
        FaultKind::EscalateNever => {
            "escalate has no condition, so it would never happen: add no_answer_min, or no_improvement, or both"
                .to_owned()
        }
        FaultKind::UnknownResponse { id } => {
            format!("there is no response {}: write the id of a response of this file", quoted(id))
        }
        FaultKind::QuieterEscalation { id } => format!(
            "the response {} speaks more quietly than this one: escalate to one of the same priority or a higher one",
            quoted(id)
        ),
        FaultKind::EscalateCircle { ids } => format!(
            "this escalation has no end ({}): let the last response of the chain escalate to none",
            shown(&ids.join(" -> "))
        ),
        FaultKind::NobodyLooks => {
            "no_improvement needs somebody to look again: add look_again_min to this response".to_owned()
        }
        FaultKind::MarksTooClose { key, before, found, early } => format!(
            "{key} has {found} so soon after {before} that one reading would count for both (counts_early_min is {early}): set them further apart"
        ),
        FaultKind::ClearsUngraded => {
            "clears goes with a grade or with a vital sign's own values: take it out (limits have clears_within)"
                .to_owned()
        }
        FaultKind::ClearsNever => {
            "nothing would ever end this finding: write at_most, at_least or readings that an entry can reach"
                .to_owned()
        }
        FaultKind::ClearsInside => {
            "the finding holds at a value that clears it: let clears begin outside of at_least and at_most in when"
                .to_owned()
        }
        _ => return None,
    })
}

fn of_origins(what: &FaultKind) -> String {
    match what {
        FaultKind::OriginMissing { key } => {
            format!(
                "{} has no origin: say in its origin table where it comes from (clinic, published or default)",
                shown(key)
            )
        }
        FaultKind::OriginUnused { key } => {
            format!(
                "there is an origin for {}, which is not there: take the origin out, or add what it belongs to",
                shown(key)
            )
        }
        other => format!("this is wrong: {other:?}"),
    }
}

const fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Inside => "inside",
        Reach::Notify => "notify",
        Reach::Call => "call",
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Whole => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Text => "text in quotes".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::List => "a list in [ ]".to_owned(),
        Shape::Table => "a table".to_owned(),
        Shape::Other(other) => shown(other),
    }
}

/// Text out of a file that is not trusted: what a terminal would obey is escaped, and what is long is cut.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 120;
    let mut out = String::new();
    for c in text.chars().take(MOST) {
        // `escape_debug` escapes what is not printed; quotes and back-quotes stay as they were written.
        if matches!(c, '"' | '\'' | '\\') { out.push(c) } else { out.extend(c.escape_debug()) }
    }
    if text.chars().nth(MOST).is_some() {
        out.push_str("...");
    }
    out
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(shown("a\x1b[31m\u{202e}\u{9b}b"), "a\\u{1b}[31m\\u{202e}\\u{9b}b");
        assert_eq!(shown(&"x".repeat(130)), format!("{}...", "x".repeat(120)));
    }
}

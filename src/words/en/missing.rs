//! What is missing while everybody is still in the room, in sentences that say which key mends it.

use super::clock::{ClockStyle, clock};
use super::evidence::{gate_answer_word, gate_item_word};
use super::owed::owed;
use super::record::{event, printable};
use crate::guidance::{Guidance, Missing};
use crate::protocol::Protocol;
use crate::session::{Session, Zone};

/// Over the list.
#[must_use]
pub fn missing_heading(count: usize) -> String {
    match count {
        0 => "Nothing is missing in the record.".to_owned(),
        1 => "Missing, while everybody is still here: 1".to_owned(),
        _ => format!("Missing, while everybody is still here: {count}"),
    }
}

/// Which lines of a longer text are on the screen, and the key that shows the others: `16-30 of 37, Down more`.
#[must_use]
pub fn lines_shown(first: usize, last: usize, count: usize) -> String {
    let key = if last < count { "Down more" } else { "Up back" };
    format!("{first}-{last} of {count}, {key}")
}

/// One thing that is missing: `Nobody is named for the ride home (i)`.
#[must_use]
pub fn missing_line(
    missing: &Missing,
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    zone: &Zone,
    style: ClockStyle,
) -> String {
    let named = |rule: usize| protocol.responses.get(rule).map(|rule| rule.id.replace('-', " ")).unwrap_or_default();
    match missing {
        Missing::NotSaved(1) => "1 entry is not saved yet".to_owned(),
        Missing::NotSaved(count) => format!("{count} entries are not saved yet"),
        Missing::NoEnd => "END is not recorded (s, e): without it there are no times to give".to_owned(),
        Missing::Open { rule } => format!("Not dealt with yet: {}", named(*rule)),
        Missing::LookAgain { rule, at_ms } => {
            let utc_ms = guidance.now.utc_ms + at_ms - guidance.now.session_ms;
            let is = if *at_ms <= guidance.now.session_ms { "was" } else { "is" };
            format!("Look again, {}: {is} due at {}", named(*rule), clock(zone, utc_ms, style))
        }
        Missing::CallOpen => "The call is open: nobody has come, and it is not settled (c)".to_owned(),
        Missing::Unconfirmed(seq) => format!("Not confirmed (b): {}", said(session, *seq)),
        Missing::NoOrder(seq) => format!("Nobody's order stands with it (e amends): {}", said(session, *seq)),
        Missing::Reason(reason) => format!("{} (b)", printable(&owed(reason, session))),
        Missing::NoRide => "Nobody is named for the ride home (i, or the item of the gate)".to_owned(),
        Missing::NoCrisisNumber => "Self-harm came up, and the card has no crisis number: write it on".to_owned(),
        Missing::NotTold => "The patient was not told the clock times (g at the gate)".to_owned(),
        Missing::ToldOther => "The times have changed since the patient was told: tell them again (g)".to_owned(),
        Missing::CardSuperseded(version) => {
            format!("Card {version} has times that no longer hold: make a new one (c at the gate)")
        }
        Missing::GateItem(index) => {
            let item = guidance.gate.get(*index);
            let say = item.map(|item| item.say.as_str()).unwrap_or_default();
            let answer = item.map_or_else(|| gate_answer_word(None), gate_item_word);
            format!("Gate, {answer}: {}", printable(say))
        }
    }
}

fn said(session: &Session, seq: u64) -> String {
    let text = session.row(seq).map(|row| event(row.event)).unwrap_or_default();
    format!("#{seq} {}", printable(&text))
}

/// So many lines of what is missing stand over the reason why there was no infusion.
const OVER_CLOSING: usize = 3;

/// What is missing before a visit without an infusion is closed, the gravest first.
#[must_use]
pub fn close_notes(mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(OVER_CLOSING);
    lines.truncate(OVER_CLOSING);
    let mut notes: Vec<String> = lines.into_iter().map(|line| format!("Missing: {line}.")).collect();
    notes.extend((more > 0).then(|| format!("Missing besides: {more} (b at the gate).")));
    notes
}

/// The same in short, each kind with its number: kept with a signature.
#[must_use]
pub fn missing_counted(missing: &[Missing]) -> Vec<String> {
    let mut counted: Vec<(Missing, usize)> = Vec::new();
    for found in missing {
        let is_alike = |known: &Missing| std::mem::discriminant(known) == std::mem::discriminant(found);
        match counted.iter_mut().find(|(known, _)| is_alike(known)) {
            Some((_, count)) => *count += 1,
            None => counted.push((found.clone(), 1)),
        }
    }
    counted.into_iter().map(|(found, count)| in_short(&found, count)).collect()
}

fn in_short(missing: &Missing, count: usize) -> String {
    let counted = |one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    match missing {
        Missing::NotSaved(_) => "entries not saved yet".to_owned(),
        Missing::NoEnd => "the end of the infusion".to_owned(),
        Missing::Open { .. } => counted("prompt not dealt with", "prompts not dealt with"),
        Missing::LookAgain { .. } => counted("look again not made", "looks again not made"),
        Missing::CallOpen => "a call still open".to_owned(),
        Missing::Unconfirmed(_) => counted("value not confirmed", "values not confirmed"),
        Missing::NoOrder(_) => counted("drug without an order", "drugs without an order"),
        Missing::Reason(_) => counted("reason owed", "reasons owed"),
        Missing::NoRide => "a name for the ride home".to_owned(),
        Missing::NoCrisisNumber => "a crisis number for the card".to_owned(),
        Missing::NotTold => "the clock times not told".to_owned(),
        Missing::ToldOther => "other clock times told".to_owned(),
        Missing::CardSuperseded(_) => "a card whose times no longer hold".to_owned(),
        Missing::GateItem(_) => counted("item of the gate open", "items of the gate open"),
    }
}

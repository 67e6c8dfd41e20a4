//! Calls and their ladder, and the emergency: on the screen and in the record.

use super::clock::{ClockStyle, clock, duration, span};
use crate::guidance::{Awaited, OpenCall};
use crate::session::{At, Call, Emergency, Ladder, NextCall, Zone};

/// A call that was made, as a row of the record.
pub(super) fn called(said: &str, rung: Option<u32>, whom: Option<&str>) -> String {
    let rung = rung.map(|rung| format!(" (rung {rung})")).unwrap_or_default();
    let whom = whom.map(|whom| format!(" {whom}")).unwrap_or_default();
    let said = if said.is_empty() { String::new() } else { format!(": {said}") };
    format!("clinician called{whom}{rung}{said}")
}

/// Who was called, or that nobody knows.
fn whom(call: &Call) -> &str {
    call.whom.as_deref().unwrap_or("the clinician")
}

/// The call that was made last, with its running clock.
#[must_use]
pub fn call_state(call: &Call, open: Option<&OpenCall>, zone: &Zone, style: ClockStyle) -> String {
    let at = |when: At| clock(zone, when.utc_ms, style);
    let called = format!("CALLED {} {}", whom(call), at(call.called));
    let answered = call.answered.map(|when| format!("answered {}", at(when)));
    let end = match (call.arrived, call.over) {
        (Some(when), _) => Some(format!("here {}", at(when))),
        (None, Some(when)) => Some(format!("over {}, nobody needs to come", at(when))),
        (None, None) => open.map(|open| match open.awaited {
            Awaited::Answer => format!("{}, no answer", duration(open.waiting_ms)),
            Awaited::Arrival => format!("{}, nobody here yet", duration(open.waiting_ms)),
        }),
    };
    [Some(called), answered, end].into_iter().flatten().collect::<Vec<_>>().join("   ")
}

/// An open call where there is little room: `CALLED Dr B, 214   1:40, no answer`.
pub(super) fn waiting(call: &Call, open: &OpenCall) -> String {
    let waits = match open.awaited {
        Awaited::Answer => "no answer",
        Awaited::Arrival => "answered",
    };
    format!("CALLED {}   {}, {waits}", whom(call), duration(open.since_call_ms))
}

/// The next call, as the card shows it before it is made.
#[must_use]
pub fn next_call(next: &NextCall<'_>, ladder: &Ladder, open: Option<&OpenCall>) -> String {
    let rung = next.rung.map(|(number, rung)| format!("{}  (rung {number} of {})", rung.shown(), ladder.rungs.len()));
    let Some(rung) = rung else {
        return "c  records a call.   This room has no ladder of whom to call (bedside.toml).".to_owned();
    };
    if next.from_the_top {
        let number =
            ladder.emergency.as_deref().map_or_else(|| "or the emergency number".to_owned(), |own| format!("or {own}"));
        return format!("END OF THE LADDER: call again from the top, {number}.   c  {rung}");
    }
    match open {
        None => format!("c  records calling {rung}"),
        Some(open) if open.next_due => format!("NOBODY YET: call the next.   c  {rung}"),
        Some(_) => format!("then c  {rung}"),
    }
}

/// The running call while its card is closed: `called Dr B 2:10, no answer: c`.
#[must_use]
pub fn call_chip(call: &Call, open: &OpenCall) -> String {
    let name = call.whom.as_deref().and_then(|whom| whom.split(',').next()).unwrap_or("clinician");
    let name: String = name.chars().take(18).collect();
    let since = duration(open.since_call_ms);
    let waits = match open.awaited {
        Awaited::Answer => "no answer",
        Awaited::Arrival => "answered, not here",
    };
    let next = if open.next_due { "c next" } else { "c" };
    format!("called {name} {since}, {waits}: {next}")
}

/// A call was recorded a moment ago.
#[must_use]
pub const fn call_just_recorded() -> &'static str {
    "That call was recorded a moment ago: wait, then c records the next."
}

/// A call as a line of the record's page: what became of it, and how long it took.
#[must_use]
pub fn call_line(call: &Call, next: Option<&Call>, until: At) -> String {
    let took = |at: At| span(at.session_ms - call.called.session_ms);
    let rung = call.rung.map(|rung| format!("rung {rung}, ")).unwrap_or_default();
    let mut parts = Vec::new();
    parts.extend(call.answered.map(|at| format!("answered after {}", took(at))));
    parts.extend(call.arrived.map(|at| format!("in the room after {}", took(at))));
    parts.extend(call.over.map(|at| format!("over after {}: nobody needed to come", took(at))));
    if call.answered.is_none() && call.arrived.is_none() {
        let waited = took(next.map_or(until, |next| next.called));
        let then = if next.is_some() { ", then another call" } else { "" };
        parts.insert(0, format!("no answer recorded in {waited}{then}"));
    }
    format!("{rung}{}: {}", whom(call), parts.join(", "))
}

/// An emergency as a line of the record's page.
#[must_use]
pub fn emergency_line(emergency: &Emergency, zone: &Zone, style: ClockStyle) -> String {
    let until = emergency.ended.map_or_else(
        || "not recorded as over".to_owned(),
        |ended| {
            let lasted = span(ended.session_ms - emergency.began.session_ms);
            format!("over at {} ({lasted})", clock(zone, ended.utc_ms, style))
        },
    );
    format!("{until}, {} marked", emergency.marks.len())
}

/// A mark with the time that had passed since the emergency began.
#[must_use]
pub fn emergency_mark_line(text: &str, since_ms: i64) -> String {
    format!("+{}  {text}", duration(since_ms))
}

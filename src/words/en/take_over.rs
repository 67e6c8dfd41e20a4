//! A session that another console holds, and its take-over: who holds it, what is asked, what the old console says.

use super::clock::{ClockStyle, clock, date};
use super::record::printable;
use super::relief::clipped_name;
use crate::session::{TakenOver, Tenure, Zone};

/// Who holds a session, as its lock says.
#[derive(Debug, Clone, Copy)]
pub struct HeldBy<'a> {
    /// The sitter.
    pub sitter: &'a str,
    /// The machine.
    pub host: &'a str,
    /// The process there.
    pub process: u32,
    /// Since when, UTC ms.
    pub since: i64,
}

/// The strip of a console that looks on: `Read only: Jo Doe at ward-2 since 14:05`.
#[must_use]
pub fn held_strip(held: Option<HeldBy<'_>>, zone: &Zone, style: ClockStyle) -> String {
    let by = held.map_or_else(
        || "another console".to_owned(),
        |held| format!("{} at {} since {}", clipped_name(held.sitter), held.host, clock(zone, held.since, style)),
    );
    printable(&format!("Read only: {by}"))
}

/// What stands over a session that another console holds.
#[must_use]
pub fn held_lines(held: Option<HeldBy<'_>>, zone: &Zone, style: ClockStyle) -> Vec<String> {
    let who = held.map_or_else(
        || "Who holds it cannot be read.".to_owned(),
        |held| {
            let HeldBy { sitter, host, process, since } = held;
            let (day, time) = (date(zone, since), clock(zone, since, style));
            printable(&format!("{sitter} holds it at {host} (process {process}) since {time} on {day}."))
        },
    );
    vec![
        "ANOTHER CONSOLE HOLDS THIS SESSION: here it is only shown.".to_owned(),
        who,
        "Its screen is frozen, or nobody is there any more? t takes the session over: you say who you are and why, and it \
         goes on here. The other console then only reads, and says so."
            .to_owned(),
        "Esc: only look on.".to_owned(),
    ]
}

/// What stands over a session that was taken over from this console.
#[must_use]
pub fn lost_lines(
    tenure: Option<&Tenure>,
    unsaved: u64,
    nobody_has_it: bool,
    zone: &Zone,
    style: ClockStyle,
) -> Vec<String> {
    let mut lines = vec![lost_bar(tenure, zone, style)];
    if nobody_has_it {
        lines.push("NOBODY HAS IT NOW: that console has ended, or let it go.".to_owned());
    }
    if unsaved == 0 && nobody_has_it {
        lines.push("t: it goes on here, by who you are and why.".to_owned());
    } else if unsaved == 0 {
        lines.push("It can be taken back: t asks who you are and why. The other console then only reads.".to_owned());
    } else {
        lines.push(format!("{} only on this screen, and will not be saved: WRITE ON PAPER.", entries_are(unsaved)));
        if nobody_has_it {
            lines.push("When it is on paper: t opens the session here. Then enter it late (e).".to_owned());
        } else {
            lines.push("Then enter it late where the session is recorded: e, its time.".to_owned());
            lines.push("When it is on paper: t opens the session as it stands now.".to_owned());
        }
    }
    lines.push("Esc: only look on.".to_owned());
    lines
}

/// The bar of a console from which a session was taken: `TAKEN OVER 14:32 by Sitter B at ward-2`.
#[must_use]
pub fn lost_bar(tenure: Option<&Tenure>, zone: &Zone, style: ClockStyle) -> String {
    let by = tenure.map_or_else(
        || " by another console".to_owned(),
        |tenure| {
            let (name, station) = (taker(tenure), &tenure.station);
            format!(" {} by {} at {station}", clock(zone, tenure.since, style), clipped_name(name))
        },
    );
    printable(&format!("TAKEN OVER{by}"))
}

fn taker(tenure: &Tenure) -> &str {
    if tenure.by.is_empty() { "another console" } else { &tenure.by }
}

/// In the place of alarms and prompts, on a console from which a session was taken.
#[must_use]
pub fn lost_banner(
    tenure: Option<&Tenure>,
    unsaved: u64,
    nobody_has_it: bool,
    zone: &Zone,
    style: ClockStyle,
) -> Vec<String> {
    let bar = lost_bar(tenure, zone, style);
    let mut lines = vec![format!("{bar}. Read only here."), no_alarms_here(nobody_has_it).to_owned()];
    if unsaved > 0 {
        let place = if nobody_has_it { "then" } else { "there" };
        let said =
            format!("{} NOT SAVED (·) and will not be: WRITE ON PAPER, enter late {place}.", entries_are(unsaved));
        lines.push(said);
    }
    lines.push("Enter: what can be done.".to_owned());
    lines
}

/// A console from which the session was taken keeps no alarms; nor does any other, where nobody has the session.
#[must_use]
pub const fn no_alarms_here(nobody_has_it: bool) -> &'static str {
    if nobody_has_it {
        "NOBODY HAS IT NOW, NO ALARM OR CHECK IS KEPT: Enter, then t."
    } else {
        "NO ALARM OR CHECK IS KEPT HERE: go by the other console."
    }
}

/// The disk gives this console no lock for the session that it records.
#[must_use]
pub const fn unguarded() -> &'static str {
    "NO LOCK: other consoles are not kept out"
}

fn entries_are(count: u64) -> String {
    if count == 1 { "1 entry is".to_owned() } else { format!("{count} entries are") }
}

/// A key that records, on a console from which the session was taken.
#[must_use]
pub const fn taken_from_here() -> &'static str {
    "This session was taken over at another console: record there. Enter says what can be done."
}

/// The title of the form.
#[must_use]
pub fn title_take_over(from: &str) -> String {
    printable(&format!("TAKE OVER from {from}: who are you, and why?"))
}

/// Its fields.
#[must_use]
pub const fn take_over_labels() -> &'static [(&'static str, &'static str)] {
    &[("Your name", "you sit from here on"), ("Why", "a digit, or your own words")]
}

/// The usual reasons, one key each.
#[must_use]
pub const fn take_over_reasons() -> &'static [&'static str] {
    &["screen frozen", "moved to another workstation", "connection lost", "sitter called away", "computer replaced"]
}

/// The reasons with their digits, on two lines.
#[must_use]
pub fn take_over_choice() -> [String; 2] {
    let said = |(index, reason): (usize, &&str)| format!("{} {reason}", index + 1);
    let all: Vec<String> = take_over_reasons().iter().enumerate().map(said).collect();
    [all[..2].join("   "), all[2..].join("   ")]
}

/// Asked before it is done.
#[must_use]
pub fn take_over_question(by: &str, from: &str, station: &str, reason: &str) -> Vec<String> {
    [
        format!("Take the session over, as {by}?"),
        format!("From {from} at {station}: {reason}."),
        "From then on it is recorded here; the other console only reads.".to_owned(),
        "What was not saved there is NOT taken over: enter it late here (e).".to_owned(),
    ]
    .map(|line| printable(&line))
    .to_vec()
}

/// Asked before a console from which a session was taken shows something else.
#[must_use]
pub fn leave_unsaved_question(unsaved: u64) -> Vec<String> {
    vec![
        format!("Is it on paper? {} only on this screen, and will not be saved.", entries_are(unsaved)),
        "y: yes, and they leave the screen.".to_owned(),
    ]
}

/// It is being taken over.
#[must_use]
pub const fn taking_over() -> &'static str {
    "Taking the session over ..."
}

/// It was taken over.
#[must_use]
pub fn took_over(from: &str) -> String {
    printable(&format!("Taken over from {from}: from now on the session is recorded here."))
}

/// Somebody else was quicker.
#[must_use]
pub fn taken_by_another(tenure: Option<&Tenure>, zone: &Zone, style: ClockStyle) -> String {
    let who = tenure.map_or_else(
        || "another console".to_owned(),
        |tenure| format!("{} at {} ({})", taker(tenure), tenure.station, clock(zone, tenure.since, style)),
    );
    printable(&format!("Not taken over: {who} has just taken it over. Nothing was changed from here."))
}

/// It could not be taken over.
#[must_use]
pub fn not_taken_over(why: &str) -> String {
    printable(&format!("Not taken over, nothing was changed: {why}"))
}

/// Why the session is shown from its beginning: what was shown was not what is stored.
#[must_use]
pub const fn read_anew() -> &'static str {
    "the record changed each time, and was read anew. Look at it, then try again."
}

/// The journal is held in the middle of writing: by the console that holds the session, as far as can be known.
#[must_use]
pub fn held_in_writing(held: HeldBy<'_>) -> String {
    let HeldBy { host, process, .. } = held;
    printable(&format!(
        "Not taken over: the journal is held in the middle of writing, most likely by the stopped console (process {process} \
         at {host}). End that process, then try again."
    ))
}

/// A take-over as a line of the record.
#[must_use]
pub(super) fn taken_over_row(taken: &TakenOver) -> String {
    let TakenOver { by, from, from_station, reason, without_pin } = taken;
    let without = if *without_pin { ", without the PIN" } else { "" };
    let from = if by.is_same_as(from) { String::new() } else { format!("{}, ", from.name) };
    format!("TAKEN OVER by {} from {from}console {from_station}{without}: {reason}", by.name)
}

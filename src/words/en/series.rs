//! The series, and what earlier visits held: as lines of a page, as one quiet line of this minute, as what to ask beforehand.
//! It tells what was recorded and what a clinician should know of; it calls no patient anything.

use chrono::NaiveDate;
use unicode_width::UnicodeWidthStr;

use super::clock::t_plus;
use super::names::{capitalized, comfort_name, grade};
use super::record::printable;
use super::sign_name;
use crate::guidance::{Aid, EarlierVisit, InSeries, Moment, Series, Warning, What};
use crate::protocol::{Protocol, SeriesRules, Sign};
use crate::session::{Gad7, Mood, Phq9};

/// Bars of a small line, the lowest first.
const BARS: [char; 8] =
    ['\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}', '\u{2588}'];

/// What happened, with its minute, what helped and what else was done: `nausea 2 moderate at T+22, eye shades on helped
/// (done: clinician told)`.
#[must_use]
pub fn moment(moment: &Moment) -> String {
    let what = match moment.what {
        What::Grade(scale, value) => grade(scale, value),
        What::Vomiting => "vomiting".to_owned(),
        What::Seen(sign) => sign_name(sign).to_owned(),
        What::PressurePeak { systolic, diastolic } => format!("BP peak {systolic}/{diastolic}"),
    };
    with_aids(&what, moment, Told::Done)
}

/// How much is told of what was done about a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Nothing.
    Alone,
    /// What helped.
    Helped,
    /// What helped, and what else was done.
    Done,
}

/// The same in few columns: `nausea 2 at T+22, eye shades on helped`.
fn moment_short(moment: &Moment, told: Told) -> String {
    let what = match moment.what {
        What::Grade(scale, value) => format!("{} {value}", super::scale_name(scale)),
        What::Seen(Sign::Challenging) => "challenging".to_owned(),
        What::Vomiting => "vomiting".to_owned(),
        What::Seen(sign) => sign_name(sign).to_owned(),
        What::PressurePeak { systolic, diastolic } => format!("BP peak {systolic}/{diastolic}"),
    };
    with_aids(&what, moment, told)
}

fn with_aids(what: &str, moment: &Moment, told: Told) -> String {
    let minute = t_plus(Some(moment.t_plus_min));
    let helped = if told == Told::Alone { Vec::new() } else { aids(&moment.helped, &[]) };
    let done = if told == Told::Done { aids(&moment.done, &helped) } else { Vec::new() };
    let listed = |aids: &[String]| match aids {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => aids.concat(),
    };
    let helped = if helped.is_empty() { String::new() } else { format!(", {} helped", listed(&helped)) };
    let then = moment.then.map(|grade| format!(", then {grade}")).unwrap_or_default();
    let done = if done.is_empty() { String::new() } else { format!(" (done: {}{then})", done.join(", ")) };
    printable(&format!("{what} at {minute}{helped}{done}"))
}

/// Each once: a response and a comfort measure may be the same by name.
fn aids(all: &[Aid], but: &[String]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for aid in all.iter().map(aid).filter(|aid| !but.contains(aid)) {
        if !said.contains(&aid) {
            said.push(aid);
        }
    }
    said
}

/// Something that was done about it: `eye shades on`.
#[must_use]
pub fn aid(aid: &Aid) -> String {
    match aid {
        Aid::Response(text) => lowered(text),
        Aid::Comfort(measure) => comfort_name(*measure).to_owned(),
    }
}

pub(super) fn lowered(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        // An abbreviation stays as it is.
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

fn moments<'a>(all: impl Iterator<Item = &'a Moment>) -> String {
    all.map(moment).collect::<Vec<_>>().join("; ")
}

/// What a visit is called: `session 3`; by its short number where it was no infusion.
#[must_use]
pub fn session_nth(visit: &InSeries) -> String {
    visit.called.map_or_else(|| format!("session {}", visit.visit.number), |nth| format!("session {nth}"))
}

/// One quiet line: what earlier visits held around this minute, the worst first, then the newest. What has no room in so
/// many columns is counted; the whole of it stands in the series. `None` where they held nothing.
#[must_use]
pub fn last_time(
    series: &Series,
    t_plus_min: i64,
    (before_min, after_min): (i64, i64),
    columns: usize,
) -> Option<String> {
    let visits = series.visits.iter().rev().skip(1);
    let mut held: Vec<(&InSeries, Vec<&Moment>)> = visits
        .map(|visit| (visit, visit.visit.around(t_plus_min, before_min, after_min).collect::<Vec<_>>()))
        .filter(|(_, moments)| !moments.is_empty())
        .collect();
    for (_, moments) in &mut held {
        moments.sort_by_key(|moment| moment.what.weight());
    }
    held.sort_by_key(|(_, moments)| moments.first().map(|moment| moment.what.weight()));
    let pieces = |told: Told| -> Vec<String> {
        let of = |(nth, (visit, moments)): (usize, &(&InSeries, Vec<&Moment>))| -> Vec<String> {
            let lead = |index: usize| match (nth, index) {
                (_, 1..) => "; ".to_owned(),
                (0, 0) => format!("{}: ", session_nth(visit)),
                (_, 0) => format!(" | {}: ", session_nth(visit)),
            };
            let said = |(index, moment): (usize, &&Moment)| format!("{}{}", lead(index), moment_short(moment, told));
            moments.iter().enumerate().map(said).collect()
        };
        held.iter().enumerate().flat_map(of).collect()
    };
    // What was only done is left out before anything that happened is; what helped stays while the worst has room for it.
    let all = pieces(Told::Done);
    if all.concat().width() <= columns {
        return Some(all.concat()).filter(|line| !line.is_empty());
    }
    let helped = joined_within(&pieces(Told::Helped), columns);
    Some(if helped.width() <= columns { helped } else { joined_within(&pieces(Told::Alone), columns) })
}

/// The first pieces, and how many more there are: `session 3: nausea 2 at T+22 (+2 more)`.
fn joined_within(pieces: &[String], columns: usize) -> String {
    let more = |left: usize| if left > 0 { format!(" (+{left} more)") } else { String::new() };
    let line = |count: usize| format!("{}{}", pieces[..count].concat(), more(pieces.len() - count));
    let fits = (1..=pieces.len()).rev().map(line).find(|line| line.width() <= columns);
    fits.unwrap_or_else(|| line(1))
}

/// In preparation: nausea before, for the prescriber. Of the last visit that had it.
#[must_use]
pub fn nausea_before(series: &Series) -> Option<String> {
    series.visits.iter().rev().skip(1).find_map(|visit| {
        let nausea = visit.visit.nausea()?;
        let what = if nausea.what == What::Vomiting { "Vomiting" } else { "Nausea" };
        let minute = t_plus(Some(nausea.t_plus_min));
        let nth = session_nth(visit);
        Some(format!("{what} in {nth} at {minute}: ask the prescriber about an antiemetic beforehand."))
    })
}

/// In preparation: how many earlier visits there are, and where they stand; or that it cannot be told whose they are.
#[must_use]
pub fn earlier_found(earlier: usize, perhaps: usize, unreadable: usize, tells_apart: bool) -> Option<String> {
    let visits = |count: usize| if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") };
    if perhaps > 0 && !tells_apart {
        return Some(format!("Perhaps the same name: {}. Add the code or the date of birth (i).", visits(perhaps)));
    }
    let damaged = (unreadable > 0).then(|| format!("{} cannot be read (bedside verify).", visits(unreadable)));
    let found = (earlier > 0).then(|| format!("{} before this one: i, Ctrl-E.", visits(earlier)));
    let parts: Vec<String> = found.into_iter().chain(damaged).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Where earlier visits would stand: they could not be looked up.
#[must_use]
pub const fn earlier_failed() -> &'static str {
    "The earlier sessions could not be looked up: tried again every half minute."
}

/// The same on the page of the series, with the reason.
#[must_use]
pub fn earlier_failed_why(why: &str) -> String {
    printable(&format!("{} {why}", earlier_failed()))
}

/// The whole page. `perhaps`: sessions of the same name that nothing tells apart.
#[must_use]
pub fn series_lines(series: &Series, protocol: Option<&Protocol>, perhaps: usize, unreadable: usize) -> Vec<String> {
    let rules = protocol.and_then(|protocol| protocol.series.as_ref());
    let mut lines = vec![heading(series, rules)];
    lines.extend(series.warnings.iter().map(|warning| warning_line(warning, rules)));
    if perhaps > 0 {
        lines.push(perhaps_line(perhaps));
    }
    if unreadable > 0 {
        lines.push(format!("{unreadable} cannot be read: bedside verify says where."));
    }
    lines.extend(series.visits.iter().map(visit_line));
    lines.extend(score_lines(series));
    lines.push(psychotherapy_line(series, rules));
    if let Some(rules) = rules {
        if series.can_be_assessed(rules) {
            lines.push(format!("After {} infusions: response can be assessed, by the clinician.", series.infusions));
        }
        lines.extend(rules.explained.iter().cloned());
    }
    lines.into_iter().map(|line| printable(&line)).collect()
}

/// Sessions of the same name that may be this patient's, or somebody else's: what to do, and where.
fn perhaps_line(perhaps: usize) -> String {
    let what = if perhaps == 1 {
        "Another session of the same name may be this patient's or somebody else's: it is not counted.".to_owned()
    } else {
        format!("{perhaps} sessions of the same name may be this patient's or somebody else's: none is counted.")
    };
    format!("{what} If this patient's: give both sessions the same code or date of birth (i).")
}

fn heading(series: &Series, rules: Option<&SeriesRules>) -> String {
    let nth = series.current().and_then(|visit| visit.called);
    let planned = series.planned.map(usize::from).or(rules.map(|rules| rules.infusions as usize));
    match (nth, planned) {
        (Some(nth), Some(planned)) if nth > planned => format!("Infusion {nth}: a booster after {planned}"),
        (Some(nth), Some(planned)) => format!("Infusion {nth} of {planned}"),
        (Some(nth), None) => format!("Infusion {nth}"),
        (None, _) => format!("{} infusions", series.infusions),
    }
}

/// A warning never blocks: it says what is so, and whose it is.
fn warning_line(warning: &Warning, rules: Option<&SeriesRules>) -> String {
    match warning {
        Warning::TooMany { infusions, from, to } => format!(
            "Note: {infusions} infusions from {} to {}, more than {} in 7 days.",
            day(*from),
            day(*to),
            rules.map_or(0, |rules| rules.most_in_7_days)
        ),
        Warning::TooLong { days } => {
            let weeks = rules.map_or(0, |rules| rules.most_weeks);
            format!("Note: the series is {days} days long, more than {weeks} weeks.")
        }
        Warning::OtherNumber { typed, counted } => {
            format!("Note: infusion {typed} was typed, and the record counts {counted}.")
        }
    }
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// `3  Mon 16 Nov 2026  1116-1   3 days later   nausea 2 moderate at T+22`.
fn visit_line(visit: &InSeries) -> String {
    let nth = visit.called.map_or_else(|| "-".to_owned(), |nth| nth.to_string());
    let gap = match visit.gap_days {
        None => String::new(),
        Some(0) => "the same day".to_owned(),
        Some(1) => "1 day later".to_owned(),
        Some(days) => format!("{days} days later"),
    };
    let kind = match (visit.nth, visit.visit.started_utc_ms) {
        (None, _) => "no infusion",
        (Some(_), None) => "not started yet",
        (Some(_), Some(_)) if visit.booster => "booster",
        _ => "",
    };
    let after = visit.visit.checked_back.as_ref().map(|back| format!("day after: {}", lowered(&back.answer)));
    let ahead = if visit.visit.clock_ahead { "its clock ran ahead: date not certain" } else { "" };
    let said = [kind.to_owned(), ahead.to_owned(), moments(visit.visit.moments.iter()), after.unwrap_or_default()];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let on = visit.on.format("%a %-d %b %Y").to_string();
    let line = format!("{nth:>2}  {on:<15}  {:<8} {gap:<14} {}", visit.visit.number, said.join("; "));
    line.trim_end().to_owned()
}

/// One small line for each score that was asked: its numbers, and bars over its whole scale.
fn score_lines(series: &Series) -> Vec<String> {
    let all: Vec<_> = series.scores().map(|(_, scores)| scores).collect();
    let rows = [
        ("PHQ-9", 27, all.iter().map(|s| s.phq9.map(Phq9::get)).collect::<Vec<_>>()),
        ("GAD-7", 21, all.iter().map(|s| s.gad7.map(Gad7::get)).collect()),
        ("mood", 10, all.iter().map(|s| s.mood.map(Mood::get)).collect()),
    ];
    let drawn = rows.into_iter().filter_map(|(name, most, values)| {
        let values: Vec<u8> = values.into_iter().flatten().collect();
        let numbers: Vec<String> = values.iter().map(u8::to_string).collect();
        (!values.is_empty())
            .then(|| format!("{name:<6} {}  {}  (0 to {most})", small_line(&values, most), numbers.join(" ")))
    });
    drawn.chain(item9_lines(series)).collect()
}

/// Item 9 of the PHQ-9, wherever it was above 0: never only a part of a total.
fn item9_lines(series: &Series) -> impl Iterator<Item = String> + '_ {
    series.visits.iter().flat_map(|visit| {
        let above = visit.visit.scores.iter().filter_map(|scores| scores.phq9_item9).filter(|item| item.get() > 0);
        above.map(|item| format!("PHQ-9 item 9 (self-harm) = {} on {}", item.get(), day(visit.on)))
    })
}

/// Bars on a scale from 0: the lowest is 0, the highest the end of the scale.
#[must_use]
pub fn small_line(values: &[u8], most: u8) -> String {
    let top = BARS.len() - 1;
    values
        .iter()
        .map(|value| BARS[(usize::from(*value) * top + usize::from(most) / 2) / usize::from(most.max(1))])
        .collect()
}

fn psychotherapy_line(series: &Series, rules: Option<&SeriesRules>) -> String {
    let count = series.psychotherapy.len();
    let least = rules.map(|rules| format!(" (at least {} over the series)", rules.psychotherapy)).unwrap_or_default();
    if count == 0 {
        return format!("Psychotherapy: none noted{least}.");
    }
    let dates: Vec<&str> = series.psychotherapy.iter().map(String::as_str).collect();
    format!("Psychotherapy: {count}{least}: {}.", dates.join(", "))
}

/// Nobody of that name or code.
#[must_use]
pub fn no_such_patient(asked: &str) -> String {
    format!("No session of {asked} is in the journal: give the code or the whole name as it was typed.")
}

/// A name that several may bear: each is listed with what tells them apart.
#[must_use]
pub fn several_patients(asked: &str, candidates: &[String]) -> String {
    let head = format!("{asked} may be several people: ask by the code, or with --born.");
    std::iter::once(head).chain(candidates.iter().map(|line| format!("  {line}"))).collect::<Vec<_>>().join("\n")
}

/// One candidate: `Ana Ruiz, code A17, born 1984-03-07: 3 sessions`.
#[must_use]
pub fn candidate(name: &str, code: Option<&str>, born: Option<&str>, sessions: usize) -> String {
    let code = code.map(|code| format!(", code {code}")).unwrap_or_default();
    let born = born.map(|born| format!(", born {born}")).unwrap_or_default();
    let unknown = if code.is_empty() && born.is_empty() { ", neither code nor date of birth" } else { "" };
    let count = if sessions == 1 { "1 session".to_owned() } else { format!("{sessions} sessions") };
    printable(&format!("{}{code}{born}{unknown}: {count}", capitalized(name)))
}

/// An answer of an earlier visit, beside the item of the screening: `last 1116-1: no, Dr B`.
#[must_use]
pub fn screened_before(visit: &EarlierVisit, item: &str) -> Option<String> {
    let said = visit.screening.get(item)?;
    Some(format!("last time ({}): {}", visit.number, super::screened(said)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case::all(40, "a: one at T+1; two at T+2 | b: three")]
    #[case::counted(30, "a: one at T+1 (+2 more)")]
    #[case::two(35, "a: one at T+1; two at T+2 (+1 more)")]
    #[case::never_nothing(5, "a: one at T+1 (+2 more)")]
    fn what_has_no_room_is_counted(#[case] columns: usize, #[case] expected: &str) {
        let pieces = ["a: one at T+1", "; two at T+2", " | b: three"].map(str::to_owned);
        assert_eq!(joined_within(&pieces, columns), expected);
    }

    #[test]
    fn a_response_and_a_measure_of_one_name_are_said_once() {
        let done = vec![Aid::Response("Clinician told.".to_owned())];
        let helped = vec![Aid::Response("Eye shades on".to_owned()), Aid::Comfort(crate::protocol::Comfort::ShadesOn)];
        let held =
            Moment { t_plus_min: 22, what: What::Grade(crate::protocol::Scale::Nausea, 2), helped, done, then: None };
        assert_eq!(moment_short(&held, Told::Done), "nausea 2 at T+22, eye shades on helped (done: clinician told)");
        assert_eq!(moment_short(&held, Told::Helped), "nausea 2 at T+22, eye shades on helped");
        assert_eq!(moment_short(&held, Told::Alone), "nausea 2 at T+22");
    }
}

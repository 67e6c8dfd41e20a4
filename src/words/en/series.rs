//! The series, and what earlier visits held: as lines of a page, as one quiet line of this minute, as what to ask beforehand.
//! It tells what was recorded and what a clinician should know of; it calls no patient anything.

use chrono::NaiveDate;

use super::clock::t_plus;
use super::names::{capitalized, grade};
use super::record::printable;
use super::sign_name;
use crate::guidance::{EarlierVisit, InSeries, Moment, Series, Warning, What};
use crate::protocol::{Protocol, SeriesRules};
use crate::session::{Gad7, Mood, Phq9};

/// Bars of a small line, the lowest first.
const BARS: [char; 8] =
    ['\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}', '\u{2588}'];

/// What happened, with its minute and what helped: `nausea 2 moderate at T+22, eye shades on helped`.
#[must_use]
pub fn moment(moment: &Moment) -> String {
    let what = match moment.what {
        What::Grade(scale, value) => grade(scale, value),
        What::Vomiting => "vomiting".to_owned(),
        What::Seen(sign) => sign_name(sign).to_owned(),
        What::PressurePeak { systolic, diastolic } => format!("BP peak {systolic}/{diastolic}"),
    };
    let helped: Vec<String> = moment.helped.iter().map(|text| lowered(text)).collect();
    let helped = if helped.is_empty() { String::new() } else { format!(", {} helped", helped.join(" and ")) };
    printable(&format!("{what} at {}{helped}", t_plus(Some(moment.t_plus_min))))
}

fn lowered(text: &str) -> String {
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
    visit.shown_nth().map_or_else(|| format!("session {}", visit.visit.number), |nth| format!("session {nth}"))
}

/// One quiet line: what earlier visits held around this minute, the newest first. `None` where they held nothing.
#[must_use]
pub fn last_time(series: &Series, t_plus_min: i64, before_min: i64, after_min: i64) -> Option<String> {
    let earlier = series.visits.iter().rev().skip(1);
    let told = earlier.filter_map(|visit| {
        let said = moments(visit.visit.around(t_plus_min, before_min, after_min));
        (!said.is_empty()).then(|| format!("{}: {said}", session_nth(visit)))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(" | "))
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
        lines.push(format!(
            "{perhaps} more of the same name, which nothing tells apart: add code and date of birth there, or leave them out."
        ));
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

fn heading(series: &Series, rules: Option<&SeriesRules>) -> String {
    let nth = series.current().and_then(InSeries::shown_nth);
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
    let nth = visit.shown_nth().map_or_else(|| "-".to_owned(), |nth| nth.to_string());
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

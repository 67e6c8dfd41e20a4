//! What a prompt stands for: what was found, with its numbers and minute, and what became of it.

use super::clock::{ClockStyle, clock, duration, t_plus, up_to_minute};
use super::names::{capitalized, grade, reading_short};
use super::readings::{pressure, reading};
use super::record::printable;
use super::{past_name, sign_name};
use crate::guidance::{Guidance, Prompt, Stands, Taken};
use crate::protocol::{Protocol, Reach, ReadingKind, Scale, Vital, When};
use crate::session::{At, BloodPressure, Change, Event, MINUTE_MS, Outcome, Reading, Row, Session, Zone};

/// What was found: `BP 164/101 (baseline 124/78)`, `Nausea 2 moderate`, `Vomiting at T+22`. Where the finding has gone and
/// nobody acknowledged it, both what was and what is.
#[must_use]
pub fn headline(prompt: &Prompt, protocol: &Protocol, session: &Session, guidance: &Guidance) -> String {
    let found = protocol.responses.get(prompt.found_by).and_then(|response| {
        let about = About { when: response.when, cause: prompt.id.cause, protocol, session, guidance };
        if prompt.latched_only { about.was(prompt) } else { about.is(prompt.latest) }
    });
    printable(&found.unwrap_or_else(|| capitalized(&prompt.id.rule)))
}

/// A prompt that was dealt with: `ACK 14:07 JD, look again 14:12 - BP 164/101`, and without the second time where there is
/// little room. One that was not is its headline alone.
#[must_use]
pub fn settled_lines(
    prompt: &Prompt,
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    zone: &Zone,
    style: ClockStyle,
) -> [String; 2] {
    let found = headline(prompt, protocol, session, guidance);
    let Some((at, by)) = &prompt.settled else { return [found.clone(), found] };
    // Where the row below is always there for it, the line is for what came up.
    let again = prompt.look_again_ms.filter(|_| prompt.stands == Stands::No).map(|session_ms| {
        let due = up_to_minute(session.wall_by_last_clock(session_ms));
        format!(", look again {}", clock(zone, due, style))
    });
    // Initials, however the configuration writes the id.
    let by = by.to_uppercase();
    let dealt = format!("ACK {} {by}", clock(zone, at.utc_ms, style));
    let line = |again: &str| format!("{} - {found}", printable(&format!("{dealt}{again}")));
    [line(&again.unwrap_or_default()), line("")]
}

/// Under an alarm that was acknowledged, came back, and has cleared since: nobody is called for it any more.
#[must_use]
pub fn cleared_since(prompt: &Prompt, zone: &Zone, style: ClockStyle) -> Option<String> {
    let (at, by) = prompt.dealt_before.as_ref().filter(|_| prompt.latched_only)?;
    let (dealt, back) = (clock(zone, at.utc_ms, style), clock(zone, prompt.raised.utc_ms, style));
    let by = printable(&by.to_uppercase());
    Some(format!("Acknowledged {dealt} {by}, came back {back}. The last value clears it: k when you have seen it."))
}

/// What was done, and that somebody should look again: `14:02 Eye shades on. Look again in 3:20`
#[must_use]
pub fn done_and_look_again(prompt: &Prompt, guidance: &Guidance, zone: &Zone, style: ClockStyle) -> Vec<String> {
    let done = prompt.done.last().map(|(at, text)| format!("{} {}.", clock(zone, at.utc_ms, style), printable(text)));
    let again = prompt.look_again_ms.map(|due_ms| {
        let left_ms = due_ms - guidance.now.session_ms;
        if left_ms > 0 { format!("Look again in {}.", duration(left_ms)) } else { "Look again now.".to_owned() }
    });
    done.into_iter().chain(again).collect()
}

/// How it is, after the key that says so.
#[must_use]
pub const fn change_name(change: Change) -> &'static str {
    match change {
        Change::Better => "better",
        Change::Same => "same",
        Change::Worse => "worse",
    }
}

/// The step that comes next, after those that did not help.
#[must_use]
pub fn next_step(step: &str) -> String {
    format!("{step} (next)")
}

/// A finding, with the record it stands in.
struct About<'a> {
    when: When,
    cause: u64,
    protocol: &'a Protocol,
    session: &'a Session,
    guidance: &'a Guidance,
}

impl About<'_> {
    /// The finding as its last entry has it.
    fn is(&self, latest: u64) -> Option<String> {
        let row = self.session.row(latest)?;
        let found = self.found(&row)?;
        Some(match self.when {
            When::Graded { scale, for_min: Some(_), .. } => {
                let minutes =
                    (self.guidance.now.session_ms - self.session.row(self.cause)?.item.at.session_ms) / MINUTE_MS;
                let scale = capitalized(super::scale_name(scale));
                format!("{scale} for {minutes} min, now {}", after_name(&found, &scale))
            }
            When::Graded { readings: Some(2..), .. } | When::Measured { readings: Some(2..), .. } => {
                format!("{found}, found again")
            }
            When::Measured { for_min: Some(_), .. } => {
                let since = self.session.row(self.cause)?.item.at.session_ms;
                format!("{found}, for {} min", (self.guidance.now.session_ms - since) / MINUTE_MS)
            }
            When::Unobtainable => self.unobtainable_now().unwrap_or(found),
            _ => found,
        })
    }

    /// A finding that has gone: what it was, and what stands now.
    fn was(&self, prompt: &Prompt) -> Option<String> {
        let latest = prompt.latest;
        let cause = self.session.row(self.cause)?;
        let found = self.without_baseline(&cause)?;
        let minute = self.minute(cause.item.at).map(|minute| format!(" at {minute}")).unwrap_or_default();
        // What happens says its minute itself.
        let found = if found.ends_with(&minute) { found } else { format!("{found}{minute}") };
        let now = (latest != self.cause).then(|| self.without_baseline(&self.session.row(latest)?)).flatten();
        let now = now.map(|now| format!(", now {now}")).unwrap_or_default();
        // Somebody dealt with it, and it came back before it cleared: that nobody did would be false.
        let dealt = if prompt.dealt_before.is_some() { "ACK, came back" } else { "not acknowledged yet" };
        Some(format!("{found}{now}: {dealt}"))
    }

    /// Said of two values in one line, the baseline would push off it that nobody has acknowledged; the change from it
    /// stands with the last numbers.
    fn without_baseline(&self, row: &Row<'_>) -> Option<String> {
        let found = self.found(row)?;
        let kind = match self.when {
            When::Measured { vital, .. } => vital.reading(),
            When::Vital { reading, .. } => reading,
            _ => return Some(found),
        };
        Some(found.replacen(&self.baseline(kind, row), "", 1))
    }

    /// What one entry says about the subject.
    fn found(&self, row: &Row<'_>) -> Option<String> {
        let at = row.item.at;
        match (self.when, row.event) {
            (When::Graded { scale, .. }, Event::ObservationRecorded { observation }) => {
                let (found, value) = observation.grade()?;
                (found == scale).then(|| capitalized(&grade(scale, value)))
            }
            (When::Vomiting { sedation_at_most }, _) => {
                let sedated = sedation_at_most.and_then(|_| self.guidance.history.last_grade(Scale::Sedation));
                let sedated = sedated.map(|last| format!(", MOAA/S {}", last.grade)).unwrap_or_default();
                Some(format!("{}{sedated}", self.happened("Vomiting", at)))
            }
            (When::Seen { sign }, asked) if super::self_harm_source(asked).is_some() => {
                let source = super::self_harm_source(asked).unwrap_or_default();
                // First how it came up: the end of a long line may be cut.
                Some(self.happened(&format!("{} ({source})", capitalized(sign_name(sign))), at))
            }
            (When::Seen { sign }, _) => Some(self.happened(&capitalized(sign_name(sign)), at)),
            (When::Measured { vital, .. }, Event::VitalsRecorded { .. }) => self.read(vital.reading(), row),
            (When::Vital { reading: kind, reaches }, Event::VitalsRecorded { .. }) => {
                let limit = self.limit(row.item.seq, kind, reaches);
                self.read(kind, row).map(|said| format!("{said}{limit}"))
            }
            (When::Known { past }, _) => Some(capitalized(past_name(past))),
            (When::Given { .. }, _) => {
                super::given::given(row, self.session, self.guidance).map(|said| capitalized(&said))
            }
            (When::Unobtainable, Event::VitalsRecorded { vitals, .. }) => {
                unobtainable(|kind| vitals.outcome(kind) == Some(Outcome::Unobtainable))
            }
            _ => None,
        }
    }

    /// A reading with the baseline that it counts from.
    fn read(&self, kind: ReadingKind, row: &Row<'_>) -> Option<String> {
        let Event::VitalsRecorded { vitals, .. } = row.event else { return None };
        let unconfirmed = if self.is_doubted(row.item.seq, kind) { ", unconfirmed" } else { "" };
        Some(format!("{}{}{unconfirmed}", reading(vitals, kind)?, self.baseline(kind, row)))
    }

    fn happened(&self, what: &str, at: At) -> String {
        match self.minute(at) {
            Some(minute) => format!("{what} at {minute}"),
            None => format!("{what} before the start"),
        }
    }

    fn minute(&self, at: At) -> Option<String> {
        let minute = self.session.state().infusion.t_plus_min(at.session_ms)?;
        Some(t_plus(Some(minute)))
    }

    /// The limit that spoke, where limits of this reading were set for this patient. None where the value is on its way
    /// back inside, and the alarm only waits for it.
    fn limit(&self, seq: u64, kind: ReadingKind, reaches: Reach) -> String {
        let history = &self.guidance.history;
        let taken = history.vitals.iter().find(|taken| taken.seq == seq);
        let spoke = taken.and_then(|taken| history.spoke(self.protocol, kind, taken));
        spoke.filter(|spoke| spoke.kind.reach() == reaches).map(|spoke| super::spoke(&spoke)).unwrap_or_default()
    }

    fn is_doubted(&self, seq: u64, kind: ReadingKind) -> bool {
        self.guidance.history.vitals.iter().any(|taken| taken.seq == seq && taken.is_doubted(kind))
    }

    /// ` (baseline 124/78)`, once the infusion has started, for what a baseline is counted from.
    fn baseline(&self, kind: ReadingKind, row: &Row<'_>) -> String {
        let history = &self.guidance.history;
        let begun = history.started.is_some_and(|start| row.item.at.session_ms >= start.session_ms);
        let baseline = history.baseline.filter(|taken| begun && taken.seq != row.item.seq);
        let value = baseline.and_then(|taken| match kind {
            ReadingKind::BloodPressure => baseline_pressure(&taken).map(pressure),
            ReadingKind::HeartRate => taken.vitals.value(Vital::HeartRate).map(|rate| rate.to_string()),
            ReadingKind::Spo2 | ReadingKind::RespiratoryRate | ReadingKind::Temperature => None,
        });
        value.map(|value| format!(" (baseline {value})")).unwrap_or_default()
    }

    /// Every reading whose last attempt failed, whichever line it stands in.
    fn unobtainable_now(&self) -> Option<String> {
        let history = &self.guidance.history;
        unobtainable(|kind| history.last_attempt(kind).is_some_and(|(outcome, _)| outcome == Outcome::Unobtainable))
    }
}

/// The pressure of a baseline.
pub(super) fn baseline_pressure(taken: &Taken) -> Option<BloodPressure> {
    taken.vitals.blood_pressure.as_ref().and_then(Reading::value)
}

fn unobtainable(failed: impl Fn(ReadingKind) -> bool) -> Option<String> {
    let kinds: Vec<&str> =
        ReadingKind::ALL.iter().filter(|kind| failed(**kind)).map(|kind| reading_short(*kind)).collect();
    if kinds.is_empty() { None } else { Some(format!("Reading unobtainable: {}", kinds.join(", "))) }
}

/// `1 mild` out of `Nausea 1 mild`.
fn after_name<'a>(found: &'a str, scale: &str) -> &'a str {
    found.strip_prefix(scale).map_or(found, str::trim_start)
}

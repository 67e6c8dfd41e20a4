//! Whether something has become worse since somebody dealt with its alarm: an acknowledgement holds for what was seen then,
//! and must not mute what came after it.

use super::finding::Finding;
use super::history::History;
use crate::protocol::{Limits, Protocol, Reach, ReadingKind, Scale, Subject, Vital, When};
use crate::session::At;

/// Whether the latest entry about the finding's subject, made since it was dealt with, is worse than all before it.
#[must_use]
pub(super) fn is_worse(protocol: &Protocol, history: &History, finding: &Finding, settled: At) -> bool {
    if finding.latest.at.session_ms <= settled.session_ms {
        return false;
    }
    match finding.subject {
        Subject::Scale(scale) => grade_is_worse(history, scale, finding, settled),
        Subject::Reading(kind) => reading_is_worse(protocol, history, kind, finding, settled),
        // Each of these is an alarm of its own.
        Subject::Vomiting | Subject::Sign(_) | Subject::Unobtainable | Subject::Past(_) | Subject::Drug(_) => false,
    }
}

/// Whether the last grade of something that is told is less than the one before it. Sedation is none of these.
#[must_use]
pub(super) fn has_eased(history: &History, finding: &Finding) -> bool {
    let Subject::Scale(scale) = finding.subject else { return false };
    let last_two = history.grades.get(&scale).map_or(&[][..], Vec::as_slice).last_chunk::<2>();
    finding.subject.is_told() && last_two.is_some_and(|[before, last]| last.grade < before.grade)
}

fn seen_before(at: At, finding: &Finding, settled: At) -> bool {
    (finding.since.session_ms..=settled.session_ms).contains(&at.session_ms)
}

fn grade_is_worse(history: &History, scale: Scale, finding: &Finding, settled: At) -> bool {
    let Some(all) = history.grades.get(&scale) else { return false };
    let before = all.iter().filter(|graded| seen_before(graded.at, finding, settled)).map(|graded| graded.grade);
    let Some(latest) = all.last().map(|graded| graded.grade) else { return false };
    // Deeper sedation is a lower grade.
    if scale == Scale::Sedation {
        before.min().is_some_and(|worst| latest < worst)
    } else {
        before.max().is_some_and(|worst| latest > worst)
    }
}

fn reading_is_worse(protocol: &Protocol, history: &History, kind: ReadingKind, finding: &Finding, settled: At) -> bool {
    kind.vitals().iter().any(|vital| {
        let mut values = history.vitals.iter().filter_map(|taken| Some((taken.at, taken.vitals.value(*vital)?)));
        let before = values.clone().filter(|(at, _)| seen_before(*at, finding, settled)).map(|(_, value)| value);
        let Some((at, latest)) = values.next_back().filter(|(at, _)| at.session_ms > settled.session_ms) else {
            return false;
        };
        let when = protocol.responses[finding.rule].when;
        value_is_worse(protocol, history, when, (*vital, at, latest), before)
    })
}

/// By more than what an alarm needs to clear: a cuff never reads the same twice.
fn value_is_worse(
    protocol: &Protocol,
    history: &History,
    when: When,
    (vital, at, latest): (Vital, At, u16),
    before: impl Iterator<Item = u16> + Clone,
) -> bool {
    let (limits, baseline) = history.limits_at(protocol, vital, at);
    // A response that names its own values is worse in their direction, whatever the limits say.
    if let When::Measured { vital: measured, band, .. } = when
        && measured == vital
    {
        return if band.is_low() {
            before.min().is_some_and(|worst| latest.saturating_add(limits.clears_within) < worst)
        } else {
            before.max().is_some_and(|worst| latest > worst.saturating_add(limits.clears_within))
        };
    }
    let below =
        Limits { notify_at_most: limits.notify_at_most, call_at_most: limits.call_at_most, ..Limits::default() };
    if below.reach(latest, None) > Reach::Inside {
        before.min().is_some_and(|worst| latest.saturating_add(limits.clears_within) < worst)
    } else {
        let is_past = limits.reach(latest, baseline) > Reach::Inside;
        is_past && before.max().is_some_and(|worst| latest > worst.saturating_add(limits.clears_within))
    }
}

//! What was missing at a moment: marked on the fact, never a reason to refuse it.

use super::event::{Deviation, Event, GateAnswer};
use super::fold::Session;
use super::infusion::{Infusion, PumpState};
use super::time::{At, MINUTE_MS};
use crate::protocol::{Comfort, GateItem, Limits, OnlyIf, Protocol, Reach, ReadingKind, Shows, Vital};

/// Whether a start may rest on a reading taken at `at`: not after it, and within the protocol's time before it.
#[must_use]
pub fn is_fresh_baseline(protocol: &Protocol, at: At, start: At) -> bool {
    let window = i64::from(protocol.schedule.baseline_within_min) * MINUTE_MS;
    (0..=window).contains(&(start.session_ms - at.session_ms))
}

/// At the start: the baseline, then the screening.
#[must_use]
pub fn at_start(session: &Session, protocol: &Protocol, start: At) -> Vec<Deviation> {
    let mut found = of_baseline(session, protocol, start);
    let count = session.screening_count(protocol, start);
    if count.yes + count.unknown > 0 {
        found.push(Deviation::ScreeningYes);
    }
    if count.unasked > 0 {
        found.push(Deviation::ScreeningOpen);
    }
    found
}

/// A baseline within the protocol's time, and inside the limits before a start.
fn of_baseline(session: &Session, protocol: &Protocol, start: At) -> Vec<Deviation> {
    let baseline = session.standing().rev().filter(|row| is_fresh_baseline(protocol, row.item.at, start)).find_map(
        |row| match row.event {
            Event::VitalsRecorded { vitals, .. } if vitals.value(Vital::Systolic).is_some() => Some(*vitals),
            _ => None,
        },
    );
    let Some(vitals) = baseline else { return vec![Deviation::NoBaseline] };
    let over = ReadingKind::BloodPressure.vitals().iter().any(|vital| {
        let (Some(value), Some(limits)) = (vitals.value(*vital), protocol.before_start.get(vital)) else {
            return false;
        };
        limits.reach(value, None) == Reach::Call
    });
    if over { vec![Deviation::BaselineOverLimit] } else { Vec::new() }
}

/// At the end: early, by more than half a minute of infused time.
#[must_use]
pub(super) fn at_end(session: &Session, protocol: &Protocol, end: At) -> Vec<Deviation> {
    early(session.state().infusion.infused_ms(end.session_ms), session, protocol)
}

/// At an end whose time is amended: early, by the infusion as it was without that end.
pub(super) fn at_amended_end(session: &Session, protocol: &Protocol, end_seq: u64, end: At) -> Vec<Deviation> {
    let acts: Vec<_> = session.pump_acts().filter(|(seq, _, _)| *seq != end_seq).collect();
    let before = Infusion::of(acts.iter().map(|(_, at, act)| (*at, act))).unwrap_or_default();
    early(before.infused_ms(end.session_ms), session, protocol)
}

fn early(infused_ms: i64, session: &Session, protocol: &Protocol) -> Vec<Deviation> {
    let planned_ms = session.planned_min(protocol) * MINUTE_MS;
    // Without a pump there is no plan to be before.
    if protocol.infusion.route.has_pump() && infused_ms < planned_ms - MINUTE_MS / 2 {
        vec![Deviation::EndedEarly]
    } else {
        Vec::new()
    }
}

/// At a comfort measure: against what the patient said.
#[must_use]
pub(super) fn at_comfort(session: &Session, measure: Comfort) -> Vec<Deviation> {
    if session.state().comfort.refuses(measure) { vec![Deviation::TouchRefused] } else { Vec::new() }
}

/// At leaving: no end recorded, items of the gate open, observed for less than the protocol asks.
#[must_use]
pub(super) fn at_leaving(session: &Session, protocol: &Protocol, left: At) -> Vec<Deviation> {
    let state = session.state();
    let mut found = Vec::new();
    if matches!(state.infusion.state, PumpState::Running | PumpState::Paused) {
        found.push(Deviation::NoEnd);
    }
    // Times that have changed since they were told must be told again: their item is open, whatever was answered.
    let stale = session.told_has_changed(protocol);
    let open = protocol.gate.iter().filter(|item| session.is_asked(item)).any(|item| match state.gate.get(&item.id) {
        _ if stale && item.shows == Some(Shows::Guidance) => true,
        // A word given before is no word on what came up after it.
        _ if item.only_if == Some(OnlyIf::SelfHarm) && state.asked.self_harm.standing().is_some() => true,
        Some((GateAnswer::Met { .. } | GateAnswer::Overridden { .. }, _, _)) => false,
        Some((GateAnswer::NotMet, _, _)) | None => true,
    });
    if open {
        found.push(Deviation::GateOpen);
    }
    let observed_ms = state.infusion.ended.map(|end| left.session_ms - end.session_ms);
    let least_ms = protocol.schedule.observe_min.map(|min| i64::from(min) * MINUTE_MS);
    if observed_ms.zip(least_ms).is_some_and(|(observed, least)| observed < least) {
        found.push(Deviation::ObservedShort);
    }
    found
}

impl Session {
    /// Whether an item of the gate is asked in this session: some are only where something came up.
    #[must_use]
    pub fn is_asked(&self, item: &GateItem) -> bool {
        item.only_if.is_none_or(|OnlyIf::SelfHarm| self.state().asked.self_harm.came_up())
    }

    /// The planned infused time, minutes: the protocol's, or what it was extended to.
    #[must_use]
    pub fn planned_min(&self, protocol: &Protocol) -> i64 {
        self.state().extended_to_min.map_or_else(|| i64::from(protocol.infusion.duration_min), i64::from)
    }
}

impl Limits {
    /// How far a value has gone past these limits. `baseline`: the value before the start, where there is one.
    #[must_use]
    pub fn reach(&self, value: u16, baseline: Option<u16>) -> Reach {
        let past = |at_least: Option<u16>, at_most: Option<u16>| {
            at_least.is_some_and(|limit| value >= limit) || at_most.is_some_and(|limit| value <= limit)
        };
        if past(self.call_at_least, self.call_at_most) {
            Reach::Call
        } else if past(self.notify_at_least, self.notify_at_most)
            || is_over_baseline(value, baseline, self.notify_over_baseline_percent)
        {
            Reach::Notify
        } else {
            Reach::Inside
        }
    }

    /// As `reach`, for a value that comes back: an alarm holds until the value is `clears_within` inside its limit.
    #[must_use]
    pub fn reach_while_alarmed(&self, value: u16, baseline: Option<u16>) -> Reach {
        let higher = self.reach(value.saturating_add(self.clears_within), baseline);
        // A limit below: the value must rise past it by as much. A value of 0 stays 0.
        let lower = self.reach(value.saturating_sub(self.clears_within), baseline);
        higher.max(lower).max(self.reach(value, baseline))
    }

    /// Whether the value is marked bold: over baseline, no alarm.
    #[must_use]
    pub fn is_bold(&self, value: u16, baseline: Option<u16>) -> bool {
        is_over_baseline(value, baseline, self.bold_over_baseline_percent)
    }
}

/// Whether a value is at least so many percent over the baseline. Integers: 30 % over 120 is 156, exactly.
fn is_over_baseline(value: u16, baseline: Option<u16>, percent: Option<u16>) -> bool {
    let (Some(baseline), Some(percent)) = (baseline, percent) else { return false };
    u32::from(value) * 100 >= u32::from(baseline) * (100 + u32::from(percent))
}

//! Limits that were set for one patient: their names, the form, the sentence of a refusal, the line on the screen.

use super::clock::{ClockStyle, clock};
use super::record::printable;
use super::{capitalized, vital_name, vital_unit};
use crate::guidance::Spoke;
use crate::protocol::{FaultKind, LimitKind, Vital};
use crate::session::{At, LimitsSet, Zone};

/// A limit, as in the middle of a sentence: `notify at or above`.
#[must_use]
pub const fn limit_name(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::NotifyAtLeast => "notify at or above",
        LimitKind::NotifyAtMost => "notify at or below",
        LimitKind::NotifyOverBaselinePercent => "notify at % over baseline",
        LimitKind::CallAtLeast => "call at or above",
        LimitKind::CallAtMost => "call at or below",
    }
}

/// One limit with its value: `notify at or above 170 mmHg`, `notify at 40 % over baseline`.
#[must_use]
pub fn limit_value(vital: Vital, kind: LimitKind, value: u16) -> String {
    match kind {
        LimitKind::NotifyOverBaselinePercent => format!("notify at {value} % over baseline"),
        _ => format!("{} {value} {}", limit_name(kind), vital_unit(vital)),
    }
}

/// What was set: `systolic pressure: notify at or above 170 mmHg`.
#[must_use]
pub fn limits_changed(set: &LimitsSet) -> String {
    let changes: Vec<String> = set.limits.iter().map(|(kind, value)| limit_value(set.vital, *kind, *value)).collect();
    format!("{}: {}", vital_name(set.vital), changes.join(", "))
}

/// The label of a field: what the protocol says stands in it, and what was set since; nothing stands in the field.
#[must_use]
pub fn limit_label(kind: LimitKind, protocol: u16, now: u16) -> String {
    let name = capitalized(limit_name(kind));
    if now == protocol {
        format!("{name} (protocol {protocol})")
    } else {
        format!("{name} (now {now}, protocol {protocol})")
    }
}

/// The hint of such a field.
#[must_use]
pub const fn limit_hint() -> &'static str {
    "empty: stays"
}

/// The fields after the limits.
#[must_use]
pub const fn limit_fields() -> &'static [(&'static str, &'static str)] {
    &[("Set by", "the clinician's name"), ("Reason", "why, for this patient")]
}

/// The title of the form.
#[must_use]
pub fn title_limits(vital: Vital) -> String {
    format!("Limits for this patient: {}, {}", vital_name(vital), vital_unit(vital))
}

/// What is typed is no limit.
#[must_use]
pub fn limit_fault(label: &str) -> String {
    format!("{label}: type a whole number, or nothing where it stays.")
}

/// On the screen while limits differ from the protocol's: `limits set by Dr B 13:50`.
#[must_use]
pub fn limits_line(set: &[(At, LimitsSet)], zone: &Zone, style: ClockStyle) -> Option<String> {
    let (at, last) = set.last()?;
    let by = super::relief::clipped_name(&last.by);
    Some(printable(&format!("limits set by {by} {}", clock(zone, at.utc_ms, style))))
}

/// One decision in the head of the record: `from 13:50 by Dr B: systolic pressure: ... - usual for her`.
#[must_use]
pub fn limits_set_line(set: &LimitsSet, moment: &str) -> String {
    format!("from {moment}, by {}: {} - {}", set.by, limits_changed(set), set.reason)
}

/// Which limit spoke: `, limit 170 by Dr B`; the protocol's own without a name.
#[must_use]
pub fn spoke(spoke: &Spoke) -> String {
    let limit = match spoke.kind {
        LimitKind::NotifyOverBaselinePercent => format!("+{} %", spoke.limit),
        _ => spoke.limit.to_string(),
    };
    let by = spoke.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    format!(", limit {limit}{by}")
}

/// Why limits cannot stand.
#[must_use]
pub fn limits_refused(vital: Vital, fault: &FaultKind) -> String {
    let named = |key: &str| {
        let kind = LimitKind::ALL.into_iter().find(|kind| key_of(*kind) == key);
        kind.map_or_else(|| key.replace('_', " "), |kind| limit_name(kind).to_owned())
    };
    // One row of a narrow screen: the title says the whole name.
    let name = capitalized(vital_name(vital).trim_end_matches(" pressure"));
    match fault {
        FaultKind::NotBelow { lower_key, lower, upper_key, upper } => {
            format!("{name}: {} {lower} must lie below {} {upper}.", named(lower_key), named(upper_key))
        }
        FaultKind::OutOfRange { key, found, least, most } => {
            format!("{name}: {} {found} cannot be. Type a value from {least} to {most}.", named(key))
        }
        _ => format!("{name}: no value would lie inside these limits, so an alarm would never end. Widen them."),
    }
}

/// The name of a limit in a protocol's file.
const fn key_of(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::NotifyAtLeast => "notify_at_least",
        LimitKind::NotifyAtMost => "notify_at_most",
        LimitKind::NotifyOverBaselinePercent => "notify_over_baseline_percent",
        LimitKind::CallAtLeast => "call_at_least",
        LimitKind::CallAtMost => "call_at_most",
    }
}

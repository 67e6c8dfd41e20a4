//! The alarms of a session, counted: two lines at the head of the record.

use super::clock::duration;
use crate::guidance::{AlarmCount, Alarms};

/// `3 high, 2 medium, 1 low; 4.5 an hour of infusion`, and what became of them.
#[must_use]
pub fn alarm_lines(alarms: &Alarms) -> Vec<String> {
    let all = alarms.all();
    if all.raised == 0 {
        return vec!["none".to_owned()];
    }
    let hourly = alarms
        .per_hour_tenths
        .map_or_else(String::new, |tenths| format!("; {}.{} an hour of infusion", tenths / 10, tenths % 10));
    let Alarms { high, medium, low, .. } = alarms;
    let counted = format!("{} high, {} medium, {} low{hourly}", high.raised, medium.raised, low.raised);
    vec![counted, became(&all, alarms.median_to_acknowledge_ms)]
}

fn became(all: &AlarmCount, median_ms: Option<i64>) -> String {
    let called = if all.called > 0 { format!(", {} followed by a call", all.called) } else { String::new() };
    let open = all.raised.saturating_sub(all.answered + all.acknowledged + all.called);
    let open = if open > 0 { format!(", {open} not acknowledged") } else { String::new() };
    let median = median_ms.map_or_else(String::new, |ms| format!("; acknowledged after {} (median)", duration(ms)));
    format!(
        "{} answered, {} acknowledged only{called}{open}; {} came back{median}",
        all.answered, all.acknowledged, all.came_back
    )
}

//! When a drug was last given: the clock that the next dose, and the look whether it helped, count from.

use super::clock::{ClockStyle, clock, minutes_ago, t_plus};
use super::record::printable;
use crate::guidance::Guidance;
use crate::protocol::{Protocol, When};
use crate::session::{Event, MINUTE_MS, Row, Session, Zone};

/// One line a drug, the last given first: `ondansetron 4 mg given 14:20, 12 min ago; look again in 33 min`
#[must_use]
pub fn last_given(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    zone: &Zone,
    style: ClockStyle,
) -> Vec<String> {
    let mut last: Vec<_> =
        guidance.history.drugs.iter().filter_map(|(name, given)| Some((name, given.last()?))).collect();
    last.sort_by_key(|(_, given)| std::cmp::Reverse((given.at.session_ms, given.seq)));
    let lines = last.into_iter().filter_map(|(name, given)| {
        let row = session.row(given.seq)?;
        let ago_ms = guidance.now.session_ms - given.at.session_ms;
        let again = look_again_min(protocol, name).map(|after_min| i64::from(after_min) - ago_ms / MINUTE_MS);
        let again = again.filter(|left| *left > 0).map(|left| format!("; look again in {left} min"));
        let at = clock(zone, given.at.utc_ms, style);
        Some(format!("{} given {at}, {}{}", dose(&row)?, minutes_ago(ago_ms), again.unwrap_or_default()))
    });
    lines.collect()
}

/// `ondansetron 4 mg given at T+18, 45 min ago`
pub(super) fn given(row: &Row<'_>, session: &Session, guidance: &Guidance) -> Option<String> {
    let minute = t_plus(session.state().infusion.t_plus_min(row.item.at.session_ms));
    let at = if minute.trim().is_empty() { String::new() } else { format!(" at {minute}") };
    Some(format!("{} given{at}, {}", dose(row)?, minutes_ago(guidance.now.session_ms - row.item.at.session_ms)))
}

fn dose(row: &Row<'_>) -> Option<String> {
    let Event::DrugGiven(given) = row.event else { return None };
    Some(printable(format!("{} {}", given.drug, given.dose).trim()))
}

/// The soonest look that the protocol asks for after the drug.
fn look_again_min(protocol: &Protocol, name: &str) -> Option<u32> {
    let looks = protocol.responses.iter().filter_map(|response| match response.when {
        When::Given { drug, after_min } => {
            protocol.drugs.get(drug).filter(|drug| drug.name.to_lowercase() == name).map(|_| after_min)
        }
        _ => None,
    });
    looks.min()
}

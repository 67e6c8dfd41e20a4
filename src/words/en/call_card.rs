//! The call card: what to read aloud to the clinician, in the order situation, background, assessment, request.

use std::cmp::Reverse;

use super::clock::{ClockStyle, clock};
use super::names::{PLACES_NO_CALL, REHEARSAL};
use super::prompt::headline;
use super::readings::readings;
use super::record::{event, printable};
use crate::guidance::{Guidance, Prompt};
use crate::protocol::{Priority, Protocol};
use crate::session::{At, Event, MINUTE_MS, Phase, PumpState, Session, Zone};

/// So many findings are read out; the rest stand on the screen.
const FINDINGS: usize = 3;

/// The card, line by line. The last line says that the console places no call.
#[must_use]
pub fn call_card(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    room: Option<&str>,
    zone: &Zone,
    style: ClockStyle,
) -> Vec<String> {
    let rehearsal = session.opening().rehearsal.then(|| format!("{REHEARSAL}."));
    let lines = [
        Some(who(session, room)),
        Some(stage(session, guidance)),
        found(protocol, session, guidance),
        Some(vitals(guidance, zone, style)),
        Some(done(session, guidance, zone, style)),
        Some(allergies(session)),
        Some(request(guidance)),
    ];
    let lines = rehearsal.into_iter().chain(lines.into_iter().flatten()).map(|line| printable(&line));
    lines.chain([PLACES_NO_CALL.to_owned()]).collect()
}

fn who(session: &Session, room: Option<&str>) -> String {
    let description = &session.state().description;
    let room = room.or(session.opening().room.as_deref()).map(|room| format!(" in {room}")).unwrap_or_default();
    let code = description.code.as_ref().map(|code| format!(", code {code}")).unwrap_or_default();
    format!("This is {}, sitter{room}, with {}{code}.", session.sitter().name, description.patient)
}

fn stage(session: &Session, guidance: &Guidance) -> String {
    let progress = &guidance.progress;
    let minutes = |ms: i64| ms / MINUTE_MS;
    let elapsed = minutes(progress.elapsed_ms.unwrap_or_default());
    let planned = minutes(progress.planned_ms);
    let (has_pump, treatment) = (progress.route.has_pump(), super::treatment(progress.route));
    match (progress.pump, &session.state().phase) {
        (_, Phase::Closed) if has_pump => "No infusion was given.".to_owned(),
        (_, Phase::Closed) => "Nothing was given.".to_owned(),
        (PumpState::Waiting, _) => format!("The {treatment} has not started."),
        (PumpState::Running, _) if !has_pump => format!("{elapsed} min after the first dose of the {treatment}."),
        (PumpState::Running, _) => {
            format!("Minute {elapsed} of a ketamine infusion planned for {planned} min, running.")
        }
        (PumpState::Paused, _) => {
            let paused = minutes(progress.paused_ms.unwrap_or_default());
            format!("Minute {elapsed} of a ketamine infusion planned for {planned} min, paused for {paused} min.")
        }
        (PumpState::Ended, _) => {
            let since = minutes(progress.since_end_ms.unwrap_or_default());
            if has_pump {
                format!("{since} min after the end of the {treatment}, which took {elapsed} min.")
            } else {
                format!("{since} min after the last dose of the {treatment}, {} min after the first.", since + elapsed)
            }
        }
    }
}

/// What was found, worst first: what is open, and what was dealt with and still holds. Of equals, what is open.
fn found(protocol: &Protocol, session: &Session, guidance: &Guidance) -> Option<String> {
    let mut standing: Vec<&Prompt> = guidance.prompts.open.iter().chain(&guidance.prompts.settled).collect();
    standing.sort_by_key(|prompt| Reverse(prompt.priority));
    let found: Vec<String> =
        standing.iter().take(FINDINGS).map(|prompt| headline(prompt, protocol, session, guidance)).collect();
    if found.is_empty() { None } else { Some(format!("Found: {}.", found.join("; "))) }
}

fn vitals(guidance: &Guidance, zone: &Zone, style: ClockStyle) -> String {
    let history = &guidance.history;
    let Some(last) = history.vitals.last() else { return "No vital signs recorded.".to_owned() };
    let unconfirmed = if last.unconfirmed { " (unconfirmed)" } else { "" };
    let time = clock(zone, last.at.utc_ms, style);
    let now = format!("Last vital signs at {time}: {}{unconfirmed}.", readings(&last.vitals));
    match history.baseline.filter(|taken| history.started.is_some() && taken.seq != last.seq) {
        Some(baseline) => format!("{now} Baseline: {}.", readings(&baseline.vitals)),
        None if history.started.is_some() && history.baseline.is_none() => format!("{now} No baseline."),
        None => now,
    }
}

/// What was done about the findings since they began, and every drug given.
fn done(session: &Session, guidance: &Guidance, zone: &Zone, style: ClockStyle) -> String {
    let prompts = guidance.prompts.open.iter().chain(&guidance.prompts.settled);
    let causes = prompts.filter_map(|prompt| Some(session.row(prompt.id.cause)?.item.at.session_ms));
    let from = causes.min().unwrap_or(i64::MAX);
    let mut done: Vec<String> = Vec::new();
    for row in session.standing() {
        let At { session_ms, utc_ms } = row.item.at;
        let step = match row.event {
            Event::DrugGiven(_) => Some(format!("{} at {}", event(row.event), clock(zone, utc_ms, style))),
            _ if session_ms < from => None,
            Event::PromptAnswered { response: 1.., text, .. } => Some(lowered(text)),
            Event::ComfortNoted { .. } | Event::InfusionPaused | Event::InfusionResumed | Event::RateChanged { .. } => {
                Some(event(row.event))
            }
            _ => None,
        };
        done.extend(step.filter(|step| !done.contains(step)));
    }
    if done.is_empty() { "Done so far: nothing recorded.".to_owned() } else { format!("Done: {}.", done.join("; ")) }
}

/// A step as in the middle of a sentence: `Eye shades on`, but not `SpO2 taken` or `BP repeated`.
fn lowered(step: &str) -> String {
    let mut chars = step.chars();
    let Some(first) = chars.next() else { return String::new() };
    let plain = chars.clone().take_while(|c| !c.is_whitespace()).all(char::is_lowercase);
    if plain { first.to_lowercase().chain(chars).collect() } else { step.to_owned() }
}

fn allergies(session: &Session) -> String {
    match session.state().description.allergies.as_deref() {
        Some(allergies) if !allergies.is_empty() => format!("Allergies: {allergies}."),
        _ => "Allergies: not recorded.".to_owned(),
    }
}

fn request(guidance: &Guidance) -> String {
    let prompts = &guidance.prompts;
    let worst = prompts.open.iter().chain(&prompts.settled).map(|prompt| prompt.priority).max();
    match worst {
        Some(Priority::High) => "Please come now.".to_owned(),
        _ => "Please come, or tell me what to do.".to_owned(),
    }
}

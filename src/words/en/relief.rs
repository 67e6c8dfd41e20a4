//! Stepping out and relief: the absence, the brief that the next sitter reads, and who sat when.

use super::clock::{ClockStyle, clock, duration, minutes_ago, up_to_minute};
use super::names::{grade, phase_name};
use super::readings::reading;
use super::record::{event, printable};
use super::screen::short_name;
use super::series::lowered;
use super::{due, headline, last_reading, past_name, screening_flagged, self_harm_brief, t_plus};
use crate::guidance::{After, Brief, Guidance, Happening, Helped, Prompt, Stands};
use crate::protocol::{Protocol, ReadingKind, Vital, When};
use crate::session::{Event, Gap, MINUTE_MS, Phase, PumpState, Session, Turn, Zone};

/// So many characters of a name stand in the line of an absence.
const NAME: usize = 24;

/// What is known of an absence: `Sitter A stepped out 14:05, 2:10 ago`.
#[must_use]
pub fn absence(session: &Session, now_session_ms: i64, zone: &Zone, style: ClockStyle) -> Option<String> {
    let since = session.state().watch.out_since()?;
    let name = clipped_name(&session.sitter().name);
    let ago = duration(now_session_ms - since.session_ms);
    Some(printable(&format!("{name} stepped out {}, {ago} ago", clock(zone, since.utc_ms, style))))
}

/// A name on a line of the screen.
pub(super) fn clipped_name(name: &str) -> String {
    if name.chars().count() > NAME {
        name.chars().take(NAME - 1).chain(['\u{2026}']).collect()
    } else {
        name.to_owned()
    }
}

/// The form that asks who relieves.
#[must_use]
pub const fn title_relief() -> &'static str {
    "Relief: who takes over? The brief comes first."
}

/// Its field.
#[must_use]
pub const fn relief_labels() -> &'static [(&'static str, &'static str)] {
    &[("Next sitter", "your name")]
}

/// The title of the brief.
#[must_use]
pub fn brief_title(next: &str, sitter: &str) -> String {
    printable(&format!("RELIEF   {next} takes over from {sitter}"))
}

/// A sitter has signed on.
#[must_use]
pub fn signed_on(name: &str) -> String {
    printable(&format!("{name} is signed on from now on."))
}

/// The brief has only just come up.
#[must_use]
pub const fn brief_just_came() -> &'static str {
    "The brief has just come up: read it, then press y. Nobody was signed on."
}

/// The brief in words: what is said aloud, and what is read beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefLines {
    /// Aloud: thoughts of self-harm that stand, who and which minute, what stands, the last readings, what happened.
    pub spoken: Vec<String>,
    /// Read: what else stands, the screening, what helped, what is due, what is open.
    pub read: Vec<String>,
}

/// So many of what stands are said aloud; the rest is read below.
const STANDING: usize = 3;

/// The brief: what may not be lost on the way to the next sitter comes first.
#[must_use]
pub fn brief(
    brief: &Brief,
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    hidden: bool,
    zone: &Zone,
    style: ClockStyle,
) -> BriefLines {
    let asked = &session.state().asked;
    let harm = self_harm_brief(&asked.self_harm, zone, style);
    // It stands in its own line.
    let others: Vec<&Prompt> = brief.standing.iter().filter(|prompt| prompt.stands == Stands::No).collect();
    let told = |prompt: &&Prompt| match &prompt.settled {
        Some((at, _)) => {
            format!("{}, ACK {}", headline(prompt, protocol, session, guidance), clock(zone, at.utc_ms, style))
        }
        None => headline(prompt, protocol, session, guidance),
    };
    let (aloud, below) = others.split_at(others.len().min(STANDING));
    let stands = (!aloud.is_empty()).then(|| {
        let more = if below.is_empty() { String::new() } else { format!("; and {} more, below", below.len()) };
        let told = aloud.iter().map(told).collect::<Vec<_>>().join("; ");
        format!("Now, {}: {told}{more}.", brief.standing.len())
    });
    let also = (!below.is_empty()).then(|| {
        let told = below.iter().map(told).collect::<Vec<_>>().join("; ");
        format!("Also now: {told}.")
    });
    let spoken: Vec<String> = harm
        .into_iter()
        .chain([who(brief, session, guidance, hidden)])
        .chain(stands)
        .chain([readings_now(guidance), happened(brief, protocol, session)])
        .collect();
    let given = super::last_given(protocol, session, guidance, zone, style);
    let flagged = screening_flagged(protocol, asked);
    let rest = [
        allergies_and_drugs(session, &given),
        helped(brief.helped.as_ref()),
        due_next(guidance),
        open(brief, session, zone, style),
    ];
    let read: Vec<String> = also.into_iter().chain(flagged).chain(rest).collect();
    let printable = |lines: &[String]| lines.iter().map(|line| printable(line)).collect();
    BriefLines { spoken: printable(&spoken), read: printable(&read) }
}

/// `Allergies: penicillin. ondansetron 4 mg given 14:20, 12 min ago.`
fn allergies_and_drugs(session: &Session, given: &[String]) -> String {
    let allergies = session.state().description.allergies.as_deref().unwrap_or("not asked");
    let given = if given.is_empty() { "No drug given".to_owned() } else { given.join("; ") };
    format!("Allergies: {allergies}. {given}.")
}

fn who(brief: &Brief, session: &Session, guidance: &Guidance, hidden: bool) -> String {
    let description = &session.state().description;
    let name =
        if hidden { "The patient".to_owned() } else { short_name(&description.patient, description.code.as_deref()) };
    let age = brief.age_years.map_or_else(String::new, |years| format!(", {years} years"));
    let progress = &guidance.progress;
    let minutes = |ms: i64| ms / MINUTE_MS;
    let elapsed = minutes(progress.elapsed_ms.unwrap_or_default());
    let planned = minutes(progress.planned_ms);
    let has_pump = progress.route.has_pump();
    let stage = match (&session.state().phase, progress.pump) {
        (Phase::Left(_) | Phase::Closed, _) => phase_name(&session.state().phase),
        (_, PumpState::Waiting) if !has_pump => "not given yet".to_owned(),
        (_, PumpState::Ended) if !has_pump => {
            format!("{} min after the last dose", minutes(progress.since_end_ms.unwrap_or_default()))
        }
        (_, _) if !has_pump => format!("{elapsed} min after the first dose"),
        (_, PumpState::Waiting) => "infusion not started".to_owned(),
        (_, PumpState::Running) => format!("minute {elapsed} of {planned}, infusion running"),
        (_, PumpState::Paused) => format!("minute {elapsed} of {planned}, infusion PAUSED"),
        (_, PumpState::Ended) => {
            format!("{} min after the infusion", minutes(progress.since_end_ms.unwrap_or_default()))
        }
    };
    format!("{name}{age}, {stage}.")
}

/// The last readings, those of one line together with their age, and the baseline.
fn readings_now(guidance: &Guidance) -> String {
    let history = &guidance.history;
    let mut groups: Vec<(u64, i64, Vec<String>)> = Vec::new();
    for kind in [ReadingKind::BloodPressure, ReadingKind::HeartRate, ReadingKind::Spo2, ReadingKind::RespiratoryRate] {
        let Some((_, taken)) = history.last_attempt(kind) else { continue };
        let baseline = if kind == ReadingKind::BloodPressure { baseline(guidance) } else { String::new() };
        let said = format!("{} {}{baseline}", super::reading_short(kind), last_reading(history, kind));
        let age_ms = guidance.now.session_ms - taken.at.session_ms;
        match groups.iter_mut().find(|(seq, ..)| *seq == taken.seq) {
            Some((_, _, together)) => together.push(said),
            None => groups.push((taken.seq, age_ms, vec![said])),
        }
    }
    if groups.is_empty() {
        return "No vital signs yet.".to_owned();
    }
    let told = groups.iter().map(|(_, age_ms, said)| format!("{}, {}", said.join(", "), minutes_ago(*age_ms)));
    format!("{}.", told.collect::<Vec<_>>().join("; "))
}

fn baseline(guidance: &Guidance) -> String {
    let history = &guidance.history;
    let taken = history.baseline.filter(|_| history.started.is_some());
    let pressure = taken.and_then(|taken| {
        Some(format!("{}/{}", taken.vitals.value(Vital::Systolic)?, taken.vitals.value(Vital::Diastolic)?))
    });
    pressure.map_or_else(String::new, |pressure| format!(" (baseline {pressure})"))
}

fn happened(brief: &Brief, protocol: &Protocol, session: &Session) -> String {
    if brief.happened.is_empty() {
        let nothing =
            if brief.standing.is_empty() { "Nothing has alarmed or prompted yet." } else { "Nothing else so far." };
        return nothing.to_owned();
    }
    let told: Vec<String> =
        brief.happened.iter().map(|happening| happening_said(happening, protocol, session)).collect();
    let more = if brief.more > 0 { format!("; and {} more (e)", brief.more) } else { String::new() };
    format!("Happened: {}{more}.", told.join("; "))
}

fn happening_said(happening: &Happening, protocol: &Protocol, session: &Session) -> String {
    let minute = session.state().infusion.t_plus_min(happening.at.session_ms);
    let minute = minute.map_or_else(String::new, |minute| format!("{} ", t_plus(Some(minute))));
    let said = session.row(happening.cause).map(|row| {
        let kind = match protocol.responses.get(happening.rule).map(|response| response.when) {
            Some(When::Vital { reading, .. }) => Some(reading),
            Some(When::Measured { vital, .. }) => Some(vital.reading()),
            Some(When::Known { past }) => return past_name(past).to_owned(),
            _ => None,
        };
        match (kind, row.event) {
            (Some(kind), Event::VitalsRecorded { vitals, .. }) => reading(vitals, kind).unwrap_or_default(),
            _ => event(row.event),
        }
    });
    format!("{minute}{}", said.unwrap_or_default())
}

fn helped(helped: Option<&Helped>) -> String {
    helped.map_or_else(
        || "Helped: nothing recorded yet.".to_owned(),
        |helped| match helped.after {
            After::Better => format!("Helped: {} (better).", helped.text),
            After::Cleared { scale, from, to } => {
                format!("Helped: {} ({}, then {to}).", helped.text, grade(scale, from))
            }
            // In the order in which it was: whether it helped, nobody said.
            After::Graded { scale, from, to } => {
                format!("Done: {}, {}, then {to}.", grade(scale, from), lowered(&helped.text))
            }
        },
    )
}

fn due_next(guidance: &Guidance) -> String {
    let checks = [guidance.schedule.vitals.as_ref(), guidance.schedule.look.as_ref()];
    let told: Vec<String> = checks.into_iter().flatten().map(|check| due(check, guidance.now.session_ms)).collect();
    if told.is_empty() { "Next: nothing by the clock.".to_owned() } else { format!("Next: {}.", told.join("; ")) }
}

fn open(brief: &Brief, session: &Session, zone: &Zone, style: ClockStyle) -> String {
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let again = brief.look_again_ms.map(|session_ms| {
        format!("look again {}", clock(zone, up_to_minute(session.wall_by_last_clock(session_ms)), style))
    });
    let call = brief.call.as_ref().map(|call| {
        let what = if call.answered.is_some() { "answered, nobody here yet" } else { "not answered yet" };
        format!("call of {} {what}", clock(zone, call.called.utc_ms, style))
    });
    let acknowledged = brief.standing.len().saturating_sub(brief.open);
    let acknowledged = (acknowledged > 0).then(|| format!("{acknowledged} acknowledged"));
    let told = [
        counted(brief.open, "prompt", "prompts"),
        acknowledged,
        again,
        call,
        counted(brief.owed, "reason owed", "reasons owed"),
        counted(brief.unconfirmed, "value to confirm", "values to confirm"),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if told.is_empty() { "No prompt or reason open.".to_owned() } else { format!("Open: {}.", told.join(", ")) }
}

/// Who sat when, without a gap or with it shown. One sitter who never stepped out is her name alone.
#[must_use]
pub fn watch_lines(session: &Session, moment: impl Fn(i64) -> String) -> Vec<String> {
    let watch = &session.state().watch;
    let left = session.state().left.map(|at| at.utc_ms);
    let turn_line = |turn: &Turn| {
        let from = moment(turn.from.utc_ms);
        match turn.to.map(|at| at.utc_ms).or(left) {
            Some(to) => format!("{}, {from} to {}", turn.sitter.name, moment(to)),
            None => format!("{}, from {from}", turn.sitter.name),
        }
    };
    let gap_line = |gap: &Gap| {
        let from = moment(gap.from.utc_ms);
        match gap.to.map(|at| at.utc_ms).or(left) {
            Some(to) => format!("nobody signed on, {from} to {}", moment(to)),
            None => format!("nobody signed on since {from}"),
        }
    };
    match watch.turns() {
        [] => vec![session.sitter().name.clone()],
        [one] if one.to.is_none() => vec![one.sitter.name.clone()],
        turns => turns
            .iter()
            .enumerate()
            .flat_map(|(index, turn)| {
                let gap = watch.gaps().find(|(after, _)| *after == index).map(|(_, gap)| gap_line(&gap));
                std::iter::once(turn_line(turn)).chain(gap)
            })
            .collect(),
    }
}

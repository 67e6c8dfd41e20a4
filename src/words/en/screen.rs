//! The fixed lines of the session's screen.

use unicode_width::UnicodeWidthStr;

use super::clock::{ClockStyle, clock, duration, minutes_ago};
use super::{due, phase_name, reading_short};
use crate::guidance::{Guidance, History, Staircase};
use crate::protocol::{ReadingKind, Vital};
use crate::session::{Description, MINUTE_MS, Outcome, OwedReason, Phase, PumpState, Session, Zone};

/// So many characters of a name stand in a line of the screen.
const NAME: usize = 30;

/// First name and initial; with the code, where there is one. A single word (a code) stays as it is.
#[must_use]
pub fn short_name(patient: &str, code: Option<&str>) -> String {
    let mut words = patient.split_whitespace();
    let first = words.next().unwrap_or_default();
    let initial = words.next_back().and_then(|last| last.chars().next());
    let name = initial.map_or_else(|| first.to_owned(), |initial| format!("{first} {initial}."));
    code.map_or_else(|| name.clone(), |code| format!("{name} ({code})"))
}

/// A name of any length, in room for thirty characters.
fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['\u{2026}']).collect()
}

/// A name with what tells two people of one name apart, where it is known.
#[must_use]
pub fn told_apart(description: &Description) -> String {
    let name = short_name(&description.patient, description.code.as_deref());
    description.born.as_ref().map_or_else(|| name.clone(), |born| format!("{name} {born}"))
}

/// Initials only.
#[must_use]
pub fn initials(patient: &str) -> String {
    patient.split_whitespace().filter_map(|word| word.chars().next()).flat_map(|initial| [initial, '.']).collect()
}

/// Stands for a name that is hidden.
#[must_use]
pub const fn name_hidden() -> &'static str {
    "(name hidden)"
}

/// `Room 2   Ana R. (A17)   infusion 3 of 6   sitter JD   session 1123-1`, in so many columns: closer together where there is
/// little room, then without the date of birth, so that nothing that matters is cut. `called`: which infusion it is among the
/// patient's visits, and of how many; where there are none, what a person typed.
#[must_use]
pub fn who_line(session: &Session, hidden: bool, called: Option<(usize, Option<u8>)>, columns: usize) -> String {
    let description = &session.state().description;
    let patient =
        if hidden { name_hidden().to_owned() } else { short_name(&description.patient, description.code.as_deref()) };
    let born = description.born.as_ref().filter(|_| !hidden).map(|born| format!("born {born}"));
    let typed = description.session_number.map(|number| (usize::from(number), description.session_count));
    let number = called.or(typed).map(|(number, count)| match count {
        Some(count) => format!("{} {number} of {count}", super::visit_word(session.route())),
        None => format!("{} {number}", super::visit_word(session.route())),
    });
    let (room, session_number) = (&session.opening().room, &session.opening().number);
    let sitter = session.sitter().name.clone();
    let line = |between: &str, born: Option<&String>, session: String| {
        let parts = [
            room.clone(),
            Some(shortened(&patient)),
            born.cloned(),
            number.clone(),
            Some(format!("sitter {}", shortened(&sitter))),
            Some(session),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(between)
    };
    let long = format!("session {session_number}");
    let lines = [
        line("   ", born.as_ref(), long.clone()),
        line("  ", born.as_ref(), session_number.clone()),
        line("   ", None, long),
        line("  ", None, session_number.clone()),
    ];
    let fits = lines.iter().find(|line| line.width() <= columns);
    fits.unwrap_or(&lines[3]).clone()
}

/// The phase, and its running figures.
#[must_use]
pub fn phase_line(session: &Session, guidance: &Guidance, zone: &Zone, style: ClockStyle) -> (String, String) {
    let progress = &guidance.progress;
    let infused = || {
        let (infused, planned) = (progress.infused_ms, progress.planned_ms / MINUTE_MS);
        format!("infused {} of {planned} min", duration(infused))
    };
    let figures = match (&session.state().phase, progress.pump) {
        (Phase::Preparation, _) if progress.route.has_pump() => "not started: s, s, Enter records the start".to_owned(),
        (Phase::Preparation, _) => format!("s, s, Enter records: {}", super::started(progress.route)),
        (Phase::Infusion, _) if !progress.route.has_pump() => format!(
            "{} since the first   s, e, Enter records: {}",
            duration(progress.elapsed_ms.unwrap_or_default()),
            super::ended(progress.route)
        ),
        (Phase::Infusion, PumpState::Paused) => format!(
            "{} elapsed   PAUSED {}   {}",
            duration(progress.elapsed_ms.unwrap_or_default()),
            duration(progress.paused_ms.unwrap_or_default()),
            infused()
        ),
        (Phase::Infusion, _) if progress.ask_whether_stopped => format!(
            "{} elapsed   PLANNED END REACHED: pump stopped? y",
            duration(progress.elapsed_ms.unwrap_or_default())
        ),
        (Phase::Infusion, _) if progress.infused_ms > progress.planned_ms => format!(
            "{} elapsed   {} OVER THE PLAN of {} min",
            duration(progress.elapsed_ms.unwrap_or_default()),
            duration(progress.infused_ms - progress.planned_ms),
            progress.planned_ms / MINUTE_MS
        ),
        (Phase::Infusion, _) => format!(
            "{} elapsed   {} remaining   {}",
            duration(progress.elapsed_ms.unwrap_or_default()),
            duration(progress.remaining_ms()),
            infused()
        ),
        (Phase::Recovery, _) => {
            let driving = guidance.after.map(|after| super::no_driving_short(&after, zone, style)).unwrap_or_default();
            format!("END+{}  {driving}", duration(progress.since_end_ms.unwrap_or_default()))
        }
        (Phase::Left(_) | Phase::Closed, _) => {
            let left = session.state().left.map(|at| format!("at {}", clock(zone, at.utc_ms, style)));
            let signed = super::signed_figures(session, |utc_ms| clock(zone, utc_ms, style));
            [left, Some(signed)].into_iter().flatten().collect::<Vec<_>>().join("   ")
        }
    };
    (phase_word(session).to_uppercase(), figures)
}

/// Where the visit stands, in the word of its route.
fn phase_word(session: &Session) -> String {
    match &session.state().phase {
        Phase::Infusion => super::giving_phase(session.route()).to_owned(),
        phase => phase_name(phase),
    }
}

/// The bar while nothing can be saved.
#[must_use]
pub fn not_saved(since: &str, why: &str) -> String {
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    format!("NOT SAVED SINCE {since} - WRITE ON PAPER{why}")
}

/// The next key is of a late entry.
#[must_use]
pub fn late_entry(time: &str) -> String {
    format!("LATE ENTRY of {time}: now n, a, v, l ... Esc: give up")
}

/// Nobody has approved the protocol.
#[must_use]
pub const fn not_approved() -> &'static str {
    "NOT APPROVED BY A CLINICIAN"
}

/// What a scripted patient shows, and the monitor.
#[must_use]
pub fn patient_line(shows: &str, monitor: &str) -> String {
    let monitor = if monitor.is_empty() { String::new() } else { format!("monitor {monitor}   ") };
    format!("{monitor}PATIENT: {}", if shows.is_empty() { "resting" } else { shows })
}

/// The last value of a reading, `?` where it could not be obtained, `--` where there is none. Never an older value in the
/// place of a reading that failed.
#[must_use]
pub fn last_reading(history: &History, kind: ReadingKind) -> String {
    let Some((outcome, taken)) = history.last_attempt(kind) else { return "--".to_owned() };
    let unsure = if taken.is_doubted(kind) { "?" } else { "" };
    match outcome {
        Outcome::Unobtainable => "?".to_owned(),
        Outcome::NotTaken => "x".to_owned(),
        Outcome::Read => {
            let value = |vital| taken.vitals.value(vital).map(|v| v.to_string()).unwrap_or_default();
            match kind {
                ReadingKind::BloodPressure => {
                    format!("{}/{}{unsure}", value(Vital::Systolic), value(Vital::Diastolic))
                }
                ReadingKind::HeartRate => format!("{}{unsure}", value(Vital::HeartRate)),
                ReadingKind::Spo2 => format!("{} %{unsure}", value(Vital::Spo2)),
                ReadingKind::RespiratoryRate => format!("{}{unsure}", value(Vital::RespiratoryRate)),
                ReadingKind::Temperature => reading_short(kind).to_owned(),
            }
        }
    }
}

/// The change of the last pressure from the baseline: `(+36/+18)`. None where the last try gave no pressure: an older
/// change must not stand beside it.
#[must_use]
pub fn change_from_baseline(history: &History) -> Option<String> {
    history.started?;
    history.last_attempt(ReadingKind::BloodPressure).filter(|(outcome, _)| *outcome == Outcome::Read)?;
    let change = |vital| {
        let (value, taken) = history.last_value(vital)?;
        let baseline = history.baseline.filter(|baseline| baseline.seq != taken.seq)?.vitals.value(vital)?;
        Some(i32::from(value) - i32::from(baseline))
    };
    Some(format!("({:+}/{:+})", change(Vital::Systolic)?, change(Vital::Diastolic)?))
}

/// How long ago somebody looked.
#[must_use]
pub fn look_ago(ago_ms: Option<i64>) -> String {
    ago_ms.map_or_else(|| "none yet".to_owned(), |ms| format!("{} ago", duration(ms.max(0))))
}

/// At the planned end; with the way to the prompts behind the question, where there are some.
#[must_use]
pub fn pump_stopped_question(has_prompts: bool) -> Vec<String> {
    let mut lines = vec![
        "PLANNED END REACHED: pump stopped?".to_owned(),
        "The console never ends an infusion by itself.".to_owned(),
        "y  stopped now, or so many minutes ago".to_owned(),
        "s then n  the pump still runs".to_owned(),
    ];
    if has_prompts {
        lines.push("Tab  the prompts behind this question".to_owned());
    }
    lines
}

/// `1 of 3`, where there are several.
#[must_use]
pub fn prompt_count(index: usize, count: usize) -> String {
    if count > 1 { format!("{} of {count}, Tab next", index + 1) } else { String::new() }
}

/// The responses, while the record is open.
#[must_use]
pub const fn answer_from_the_session() -> &'static str {
    "Esc goes back to the session: there a digit answers."
}

/// The response 0.
#[must_use]
pub const fn not_done() -> &'static str {
    "not done"
}

/// The key k.
#[must_use]
pub const fn acknowledge() -> &'static str {
    "acknowledge"
}

/// The key k, in few columns.
#[must_use]
pub const fn acknowledge_short() -> &'static str {
    "ack"
}

/// What stands in the banner before the start.
#[must_use]
pub fn before_start(session: &Session) -> String {
    let state = session.state();
    let ride = if state.description.ride.is_none() { " No ride home is named yet (i)." } else { "" };
    let is_planned = !state.comfort.is_empty() || state.description.comfort_plan.is_some();
    let plan = if is_planned { "" } else { " The comfort plan is not asked yet (i, Ctrl-P)." };
    format!("Before the start: baseline with v, identity and preparation with i.{ride}{plan}")
}

/// A reason that is owed, with how many there are.
#[must_use]
pub fn owed_line(reason: &OwedReason, session: &Session, count: usize) -> String {
    let more = if count > 1 { format!(" ({count} owed)") } else { String::new() };
    format!("b  {}{more}", super::owed(reason, session))
}

/// A value that nobody has confirmed.
#[must_use]
pub fn unconfirmed_line(seq: u64) -> String {
    format!("b  #{seq} holds an unlikely value that nobody has confirmed: as read?")
}

/// Legend of the chart, and in fewer columns.
#[must_use]
pub const fn chart_legends() -> [&'static str; 2] {
    [
        "\u{2228}\u{2227} BP  \u{2022} HR   below: keys noted, x missed, - gap",
        "\u{2228}\u{2227} BP  \u{2022} HR  x missed  - gap",
    ]
}

/// The share that is left now.
#[must_use]
pub fn staircase_now(stairs: &Staircase) -> String {
    format!("Left of the amount at END: {}", super::share_left(stairs.now))
}

/// The caption of the far view: initials only.
#[must_use]
pub fn far_caption(session: &Session, guidance: &Guidance) -> String {
    let initials = initials(&session.state().description.patient);
    let remaining = match guidance.progress.pump {
        PumpState::Running if !guidance.progress.route.has_pump() => "   since the first".to_owned(),
        PumpState::Running => format!("   {} remaining", duration(guidance.progress.remaining_ms())),
        PumpState::Paused => "   PAUSED".to_owned(),
        PumpState::Ended => "   since END".to_owned(),
        PumpState::Waiting => String::new(),
    };
    format!("{initials}   {}{remaining}", phase_word(session).to_uppercase())
}

/// What is due, for the far view.
#[must_use]
pub fn far_due(guidance: &Guidance) -> String {
    let look = guidance.history.vitals.last().map(|taken| minutes_ago(guidance.now.session_ms - taken.at.session_ms));
    let next = guidance.schedule.vitals.as_ref().map(|next| due(next, guidance.now.session_ms));
    [look.map(|ago| format!("BP {ago}")), next].into_iter().flatten().collect::<Vec<_>>().join("   ")
}

/// The terminal is too small.
#[must_use]
pub fn too_small(columns: u16, rows: u16) -> String {
    format!("Make this window {columns}x{rows} or larger. Keys work.")
}

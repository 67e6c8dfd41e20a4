//! After the end: when patients feel back at baseline, until when nobody drives, and what is no measure of anything.

use super::clock::{ClockStyle, clock, day, day_and_clock, up_to_minute};
use crate::guidance::{AfterEnd, Guidance, Staircase, Step};
use crate::protocol::Protocol;
use crate::session::{MINUTE_MS, Phase, PumpState, Session, Zone};

/// The guidance in lines: baseline and driving, or why there is none.
#[must_use]
pub fn after_lines(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    zone: &Zone,
    style: ClockStyle,
) -> Vec<String> {
    let Some(after) = &guidance.after else { return vec![no_times(session)] };
    // First: it is what the sitter acts on, and that sleep comes before driving stands in the head of the screen too.
    let mut lines: Vec<String> = observe_line(protocol, session, guidance, zone, style).into_iter().collect();
    lines.extend(session.state().wall_is_wrong.then(|| super::times_by_wrong_clock().to_owned()));
    lines.push(baseline_line(after, zone, style));
    lines.extend(no_driving_lines(protocol, after, zone, style));
    if session.state().infusion.ended_in_pause {
        let end = clock(zone, after.end_utc_ms, style);
        lines.push(format!("The infusion was ended while paused: END is {end}, when that pause began."));
    }
    lines
}

/// `Observed here until 16:45 at least (120 min after END)`, until that time has come or the patient has left.
#[must_use]
pub fn observe_line(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    zone: &Zone,
    style: ClockStyle,
) -> Option<String> {
    let min = protocol.schedule.observe_min?;
    let end = session.state().infusion.ended?;
    let until_ms = end.session_ms + i64::from(min) * MINUTE_MS;
    if session.state().left.is_some() || guidance.now.session_ms >= until_ms {
        return None;
    }
    let until = up_to_minute(end.utc_ms + i64::from(min) * MINUTE_MS);
    Some(format!("Observed here until {} at least ({min} min after END)", clock(zone, until, style)))
}

/// `Expected at baseline: about 17:43 (how patients feel, not clearance)`; with the day where it is another than END's.
#[must_use]
pub fn baseline_line(after: &AfterEnd, zone: &Zone, style: ClockStyle) -> String {
    let at = up_to_minute(after.baseline_utc_ms);
    let same_day = day(zone, at) == day(zone, after.end_utc_ms);
    let time = if same_day { clock(zone, at, style) } else { day_and_clock(zone, at, style) };
    format!("Expected at baseline: about {time} (how patients feel, not clearance)")
}

/// `No driving before Tuesday 24 November 2:43 am (12 h after END)`, and what else holds. A sedating drug: the clinician
/// sets the time, and the protocol's hours are its floor.
#[must_use]
pub fn no_driving_lines(protocol: &Protocol, after: &AfterEnd, zone: &Zone, style: ClockStyle) -> Vec<String> {
    let until = day_and_clock(zone, up_to_minute(after.no_driving_until_utc_ms), style);
    let hours = protocol.discharge.no_driving_h;
    let mut lines = if after.clinician_sets_driving {
        vec![
            "A sedating drug was given: the clinician must set the driving time.".to_owned(),
            format!("In any case no driving before {until} ({hours} h after END)"),
        ]
    } else {
        vec![format!("No driving before {until} ({hours} h after END)")]
    };
    if after.after_sleep {
        lines.push("Not before the morning, after a night's sleep".to_owned());
    }
    lines
}

/// Why there are no times: they are counted from END, and none is recorded.
#[must_use]
pub fn no_times(session: &Session) -> String {
    let state = session.state();
    let why = match (&state.phase, state.infusion.state) {
        (Phase::Closed, _) => "Nothing was given: there is nothing to count a driving time from.",
        (Phase::Left(_), PumpState::Waiting) => {
            "No start and no END are recorded: no baseline or driving time can be worked out. Enter both as late entries (e)."
        }
        (Phase::Left(_), _) => {
            "No END is recorded: no baseline or driving time can be worked out. Enter the END as a late entry (e)."
        }
        (_, PumpState::Waiting) => "Not started yet: baseline and driving time are counted from END.",
        _ => "Not ended yet: baseline and driving time are counted from END.",
    };
    why.to_owned()
}

/// What stands under every residual percentage.
#[must_use]
pub fn staircase_caption(staircase: &Staircase) -> String {
    format!("simple model, half-life {} h; not a measure of fitness", staircase.half_life_h)
}

/// Every step in the order of time, with the two marks that are asked about: three hours, at which patients feel back at
/// baseline, and twelve.
#[must_use]
pub fn staircase_steps(staircase: &Staircase, zone: &Zone, style: ClockStyle) -> Vec<(String, f64)> {
    let said = |step: &Step| {
        let mark = step.hours.map(|hours| format!("  END + {hours} h")).unwrap_or_default();
        (format!("{}{mark}", staircase_step(step, zone, style)), step.share)
    };
    staircase.steps.iter().map(said).collect()
}

/// Over the curve.
#[must_use]
pub const fn for_staff() -> &'static str {
    "For staff."
}

/// Over the times.
#[must_use]
pub const fn for_the_patient() -> &'static str {
    "For the patient:"
}

/// One step: `5:12 pm 50 %`, its time as wide as the longest, so that the shares stand under each other.
#[must_use]
pub fn staircase_step(step: &Step, zone: &Zone, style: ClockStyle) -> String {
    let time = clock(zone, up_to_minute(step.utc_ms), style);
    format!("{time:>columns$} {}", share_left(step.share), columns = style.columns())
}

/// A share in whole percents: `39 %`; a small rest is `below 1 %`, never 0.
#[must_use]
pub fn share_left(share: f64) -> String {
    let percent = (share * 100.0).round();
    if percent < 1.0 { "below 1 %".to_owned() } else { format!("{percent} %") }
}

/// `no driving before Tue 24 Nov 02:44 + sleep` (not before the morning, after a night's sleep), or that the clinician sets it, for a line that has little room.
#[must_use]
pub fn no_driving_short(after: &AfterEnd, zone: &Zone, style: ClockStyle) -> String {
    if after.clinician_sets_driving {
        return "driving time: the clinician sets it".to_owned();
    }
    let until = up_to_minute(after.no_driving_until_utc_ms);
    let sleep = if after.after_sleep { " + sleep" } else { "" };
    format!("no driving before {} {}{sleep}", zone.local(until).format("%a %-d %b"), clock(zone, until, style))
}

/// Is the patient ready to leave? The time stands in the question, for it is one of the two that the record keeps apart.
#[must_use]
pub fn ready_question(time: &str, before: Option<&str>) -> Vec<String> {
    let mut lines = vec![
        format!("The patient is ready to leave: since {time}?"),
        "Leaving is another time (l). At another time: e, then -4 or 14:25, then x, r.".to_owned(),
    ];
    lines.extend(before.map(|before| format!("It is recorded already, at {before}: the later one would count.")));
    lines
}

//! How far the infusion is, as it is read aloud on a call: `Ketamine infusion minute 22 of 40, running.`

use crate::guidance::Progress;
use crate::session::{MINUTE_MS, Phase, PumpState};

/// The sentence, for every route and every phase.
pub(super) fn stage(progress: &Progress, phase: &Phase) -> String {
    let minutes = |ms: Option<i64>| ms.unwrap_or_default() / MINUTE_MS;
    let elapsed = minutes(progress.elapsed_ms);
    let has_pump = progress.route.has_pump();
    let ago = |minutes: i64| match minutes {
        0 => "just now".to_owned(),
        1 => "a minute ago".to_owned(),
        minutes => format!("{minutes} minutes ago"),
    };
    let said = match (progress.pump, phase) {
        (_, Phase::Closed) if !has_pump => "was not given".to_owned(),
        (_, Phase::Closed) => "no infusion was given".to_owned(),
        (PumpState::Waiting, _) if !has_pump => "not given yet".to_owned(),
        (PumpState::Waiting, _) => "infusion not started".to_owned(),
        (PumpState::Running, _) if !has_pump => format!("first dose {}", ago(elapsed)),
        (PumpState::Ended, _) if !has_pump => format!("last dose {}", ago(minutes(progress.since_end_ms))),
        (PumpState::Running, _) => {
            format!("infusion minute {elapsed} of {}, running", progress.planned_ms / MINUTE_MS)
        }
        (PumpState::Paused, _) => {
            let paused = match minutes(progress.paused_ms) {
                0 => "just now".to_owned(),
                1 => "for a minute".to_owned(),
                minutes => format!("for {minutes} minutes"),
            };
            format!("infusion minute {elapsed}, paused {paused}")
        }
        (PumpState::Ended, _) => match minutes(progress.since_end_ms) {
            0 => "infusion just ended".to_owned(),
            1 => "infusion ended a minute ago".to_owned(),
            minutes => format!("infusion ended {minutes} minutes ago"),
        },
    };
    format!("Ketamine {said}.")
}

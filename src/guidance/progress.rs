//! Where the infusion stands: elapsed and infused time are two figures, and both are shown.

use crate::protocol::{Protocol, Route};
use crate::session::{At, MINUTE_MS, PumpState, Session};

/// The running figures of the infusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The route: without a pump there is no plan to reach.
    pub route: Route,
    /// Where the pump stands.
    pub pump: PumpState,
    /// Since the start, pauses included, ms; `None` before it.
    pub elapsed_ms: Option<i64>,
    /// Pump running, pauses left out, ms.
    pub infused_ms: i64,
    /// Planned pump running, ms.
    pub planned_ms: i64,
    /// When the pump will have run as planned, session time, ms; `None` unless there is one and it runs.
    pub planned_end_ms: Option<i64>,
    /// How long this pause has lasted, ms.
    pub paused_ms: Option<i64>,
    /// Since the actual end, ms.
    pub since_end_ms: Option<i64>,
    /// The plan is reached and nobody has said whether the pump stopped: the screen asks.
    pub ask_whether_stopped: bool,
}

impl Progress {
    /// The figures now.
    #[must_use]
    pub fn of(protocol: &Protocol, session: &Session, now: At) -> Self {
        let infusion = &session.state().infusion;
        let planned_ms = session.planned_min(protocol) * MINUTE_MS;
        let infused_ms = infusion.infused_ms(now.session_ms);
        let running = infusion.state == PumpState::Running;
        let has_pump = protocol.infusion.route.has_pump();
        let planned_end_ms = (running && has_pump).then(|| now.session_ms + planned_ms - infused_ms);
        // After "it still runs" the question comes back a minute later.
        let asked = session.state().still_running.map_or(i64::MIN, |at| at.session_ms + MINUTE_MS);
        Self {
            route: protocol.infusion.route,
            pump: infusion.state,
            elapsed_ms: infusion.elapsed_ms(now.session_ms),
            infused_ms,
            planned_ms,
            planned_end_ms,
            paused_ms: infusion.paused_since.map(|at| (now.session_ms - at.session_ms).max(0)),
            since_end_ms: infusion.ended.map(|at| (now.session_ms - at.session_ms).max(0)),
            ask_whether_stopped: running && has_pump && infused_ms >= planned_ms && now.session_ms >= asked,
        }
    }

    /// Whether there is a pump, and it runs by the record.
    #[must_use]
    pub fn pump_runs(&self) -> bool {
        self.route.has_pump() && self.pump == PumpState::Running
    }

    /// What is left of the plan, ms; 0 once it is reached.
    #[must_use]
    pub const fn remaining_ms(&self) -> i64 {
        let left = self.planned_ms - self.infused_ms;
        if left > 0 { left } else { 0 }
    }
}

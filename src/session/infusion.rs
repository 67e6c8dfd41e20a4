//! The infusion as a sequence of pump acts: what order is possible, and the running time that follows from it.

use super::event::Rate;
use super::time::At;

/// What was done to the pump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PumpAct {
    /// Started.
    Start,
    /// Paused.
    Pause,
    /// Running again.
    Resume,
    /// Another rate; the rate before, where it had not been recorded.
    Rate {
        /// The rate before.
        from: Option<Rate>,
        /// The rate from now on.
        to: Rate,
    },
    /// Stopped for good.
    End,
}

/// Where the pump stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PumpState {
    /// Never started.
    #[default]
    Waiting,
    /// Running.
    Running,
    /// Paused.
    Paused,
    /// Stopped for good.
    Ended,
}

/// An act that cannot follow from where the pump stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disorder {
    /// The act.
    pub act: PumpAct,
    /// Where the pump stood then.
    pub state: PumpState,
}

/// Stands for a rate that nobody has recorded: less than any pump runs at.
const UNKNOWN: u32 = 1;

/// A stretch of time at one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// From, session time, ms.
    pub from_ms: i64,
    /// To, session time, ms; `None` while it runs.
    pub to_ms: Option<i64>,
    /// Relative rate; only ratios mean anything.
    pub rate: u32,
}

impl Segment {
    /// The rate in thousandths of the pump's unit, where it was recorded.
    #[must_use]
    pub fn known_rate(&self) -> Option<u32> {
        Some(self.rate).filter(|rate| *rate != UNKNOWN)
    }
}

/// The infusion as its acts made it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Infusion {
    /// Where the pump stands.
    pub state: PumpState,
    /// When it was started.
    pub started: Option<At>,
    /// When it was stopped for good: when ended out of a pause, the moment that pause began.
    pub ended: Option<At>,
    /// The pause that is on, since when.
    pub paused_since: Option<At>,
    /// Whether it was ended out of a pause.
    pub ended_in_pause: bool,
    /// Stretches at one rate, in order.
    pub segments: Vec<Segment>,
    /// The last rate that was recorded, with its unit.
    pub rate: Option<Rate>,
}

impl Infusion {
    /// Folds acts, in order of time. Stops at the first that is impossible.
    pub fn of<'a>(acts: impl IntoIterator<Item = (At, &'a PumpAct)>) -> Result<Self, Disorder> {
        let mut infusion = Self::default();
        for (at, act) in acts {
            infusion.apply(at, act)?;
        }
        Ok(infusion)
    }

    /// One more act.
    pub fn apply(&mut self, at: At, act: &PumpAct) -> Result<(), Disorder> {
        use PumpState::{Ended, Paused, Running, Waiting};
        match (self.state, act) {
            (Waiting, PumpAct::Start) => {
                self.started = Some(at);
                self.open_segment(at);
                self.state = Running;
            }
            (Running, PumpAct::Pause) => {
                self.close_segment(at);
                self.paused_since = Some(at);
                self.state = Paused;
            }
            (Paused, PumpAct::Resume) => {
                self.paused_since = None;
                self.open_segment(at);
                self.state = Running;
            }
            (Running | Paused, PumpAct::Rate { from, to }) => self.change_rate(at, from.as_ref(), to),
            (Running | Paused, PumpAct::End) if self.started.is_some_and(|s| at.session_ms > s.session_ms) => {
                self.ended_in_pause = self.paused_since.is_some();
                self.ended = Some(self.paused_since.take().unwrap_or(at));
                self.close_segment(at);
                self.state = Ended;
            }
            (state, act) => return Err(Disorder { act: act.clone(), state }),
        }
        Ok(())
    }

    fn change_rate(&mut self, at: At, from: Option<&Rate>, to: &Rate) {
        if let Some(from) = from {
            // The rate so far was unknown: every stretch until now ran at it, but for those of a late entry.
            for segment in self.segments.iter_mut().filter(|segment| segment.rate == UNKNOWN) {
                segment.rate = from.thousandths;
            }
        }
        self.rate = Some(to.clone());
        if self.state == PumpState::Running {
            self.close_segment(at);
            self.open_segment(at);
        }
    }

    fn open_segment(&mut self, at: At) {
        let rate = self.rate.as_ref().map_or(UNKNOWN, |rate| rate.thousandths);
        self.segments.push(Segment { from_ms: at.session_ms, to_ms: None, rate });
    }

    fn close_segment(&mut self, at: At) {
        if let Some(open) = self.segments.last_mut().filter(|s| s.to_ms.is_none()) {
            open.to_ms = Some(at.session_ms);
        }
    }

    /// How long the pump has run, pauses left out, ms.
    #[must_use]
    pub fn infused_ms(&self, now_ms: i64) -> i64 {
        self.segments.iter().map(|s| (s.to_ms.unwrap_or(now_ms) - s.from_ms).max(0)).sum()
    }

    /// Time since the start, up to the end or now, pauses included, ms.
    #[must_use]
    pub fn elapsed_ms(&self, now_ms: i64) -> Option<i64> {
        let start = self.started?.session_ms;
        Some((self.ended.map_or(now_ms, |end| end.session_ms) - start).max(0))
    }

    /// Minutes since the start at some moment, rounded towards the past: what a row shows as T+.
    #[must_use]
    pub fn t_plus_min(&self, session_ms: i64) -> Option<i64> {
        Some((session_ms - self.started?.session_ms).div_euclid(super::time::MINUTE_MS))
    }
}

//! What must hold besides a finding: the phase it was observed in, the time since something was done, what is known
//! beforehand. Asked of the moment of an entry, so that the same record says the same at any later time.

use super::history::History;
use crate::protocol::{Done, During, Only, Since};
use crate::session::{At, MINUTE_MS, Session};

/// The conditions of one response, ready to be asked about entries.
pub(super) struct Fits<'a> {
    only: &'a Only,
    started_ms: Option<i64>,
    ended_ms: Option<i64>,
    /// When that was done from which `since` counts, in order, session time, ms.
    done_ms: Vec<i64>,
}

impl<'a> Fits<'a> {
    /// `None` where the patient has no such history: then no entry can fit.
    pub(super) fn of(only: &'a Only, session: &Session, history: &History) -> Option<Self> {
        if only.past.is_some_and(|past| !history.pasts.contains_key(&past)) {
            return None;
        }
        Some(Self {
            only,
            started_ms: history.started.map(|at| at.session_ms),
            ended_ms: history.ended.map(|at| at.session_ms),
            done_ms: only.since.as_ref().map(|since| done_ms(since, session, history)).unwrap_or_default(),
        })
    }

    /// Whether an entry observed at `at` fits.
    pub(super) fn at(&self, at: At) -> bool {
        self.in_phase(at.session_ms) && self.since_done(at.session_ms)
    }

    fn in_phase(&self, ms: i64) -> bool {
        let reached = |mark: Option<i64>| mark.is_some_and(|mark| ms >= mark);
        let phase = if reached(self.ended_ms) {
            During::Recovery
        } else if reached(self.started_ms) {
            During::Infusion
        } else {
            During::Preparation
        };
        self.only.phases.is_empty() || self.only.phases.contains(&phase)
    }

    /// Counted from the last time that it was done before `ms`.
    fn since_done(&self, ms: i64) -> bool {
        let Some(since) = &self.only.since else { return true };
        let before = self.done_ms.partition_point(|done| *done < ms);
        let Some(done) = before.checked_sub(1).and_then(|last| self.done_ms.get(last)) else { return false };
        let ago = ms - done;
        since.after_min.is_none_or(|min| ago >= i64::from(min) * MINUTE_MS)
            && since.within_min.is_none_or(|min| ago <= i64::from(min) * MINUTE_MS)
    }
}

fn done_ms(since: &Since, session: &Session, history: &History) -> Vec<i64> {
    let mut done: Vec<i64> = match &since.of {
        Done::Drug(name) => {
            let given = history.drugs.get(&name.to_lowercase()).map_or(&[][..], Vec::as_slice);
            given.iter().map(|given| given.at.session_ms).collect()
        }
        Done::Response(id) => {
            let raised = session.state().prompts.iter().filter(|(prompt, _)| prompt.rule == *id);
            // 0 is "declined": nothing was done.
            let answers = raised.flat_map(|(_, state)| state.answers.iter().filter(|answer| answer.response > 0));
            answers.map(|answer| answer.at.session_ms).collect()
        }
    };
    done.sort_unstable();
    done
}

//! Plays a script against a session: what has come due, each moment once.

use super::script::{Anchor, Script};
use crate::session::Session;

/// What a scripted patient does now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// What is seen or heard.
    pub shows: String,
    /// What the monitor reads.
    pub monitor: String,
    /// What a scripted sitter presses.
    pub keys: Option<String>,
}

/// Where a rehearsal stands.
#[derive(Debug, Clone)]
pub struct Player {
    script: Script,
    played: Vec<bool>,
    shows: String,
    monitor: String,
}

impl Player {
    /// At the beginning.
    #[must_use]
    pub fn new(script: Script) -> Self {
        let played = vec![false; script.moments.len()];
        Self { script, played, shows: String::new(), monitor: String::new() }
    }

    /// The script.
    #[must_use]
    pub const fn script(&self) -> &Script {
        &self.script
    }

    /// The next moment that has come due, in order of time; `None` when there is none now. `now_ms`: session time.
    pub fn next(&mut self, session: &Session, now_ms: i64) -> Option<Step> {
        let due = (0..self.script.moments.len()).filter(|index| !self.played[*index]).filter_map(|index| {
            let due_ms = self.due_ms(index, session)?;
            (due_ms <= now_ms).then_some((due_ms, index))
        });
        let (_, index) = due.min()?;
        self.played[index] = true;
        let moment = &self.script.moments[index];
        if let Some(shows) = &moment.shows {
            self.shows.clone_from(shows);
        }
        if let Some(monitor) = &moment.monitor {
            self.monitor.clone_from(monitor);
        }
        Some(Step { shows: self.shows.clone(), monitor: self.monitor.clone(), keys: moment.keys.clone() })
    }

    /// Whether everything has been played.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.played.iter().all(|played| *played)
    }

    fn due_ms(&self, index: usize, session: &Session) -> Option<i64> {
        let moment = &self.script.moments[index];
        let infusion = &session.state().infusion;
        let anchor = match moment.after {
            Anchor::Opening => 0,
            Anchor::Start => infusion.started?.session_ms,
            Anchor::End => infusion.ended?.session_ms,
        };
        Some(anchor + moment.at_ms)
    }
}

//! How many alarms a session had, and what became of them: the count that tells whether they are heard or are noise.

use crate::protocol::Priority;
use crate::session::{At, HOUR_MS, PromptState, Session};

/// Alarms of one priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlarmCount {
    /// How many were raised, those that came back among them.
    pub raised: usize,
    /// Answered with a response.
    pub answered: usize,
    /// Acknowledged, and not answered.
    pub acknowledged: usize,
    /// Neither, and the clinician was called after it was raised.
    pub called: usize,
    /// Raised again: nobody looked in time, or it was the same, or worse.
    pub came_back: usize,
}

/// The alarms of a session. Prompts without an alarm and reminders are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Alarms {
    /// Call now.
    pub high: AlarmCount,
    /// Notify the clinician.
    pub medium: AlarmCount,
    /// Low.
    pub low: AlarmCount,
    /// Tenths of an alarm an hour, from the start of the infusion to its end or now; `None` without a start, in its
    /// first minute, and where nothing is infused.
    pub per_hour_tenths: Option<u64>,
    /// Half of those that were acknowledged took at most so long, ms; `None` where none was.
    pub median_to_acknowledge_ms: Option<i64>,
}

impl Alarms {
    /// Counts the alarms up to now.
    #[must_use]
    pub fn of(session: &Session, now: At) -> Self {
        let state = session.state();
        let mut alarms = Self::default();
        let mut waits: Vec<i64> = Vec::new();
        for (id, prompt) in &state.prompts {
            let Some(count) = alarms.count_mut(prompt.priority) else { continue };
            count.raised += 1;
            count.came_back += usize::from(id.round > 0 && prompt.from.is_none());
            if !prompt.answers.is_empty() {
                count.answered += 1;
            } else if prompt.acknowledged.is_some() {
                count.acknowledged += 1;
            } else if prompt.priority == Priority::High && was_called(session, prompt) {
                count.called += 1;
            }
            waits.extend(wait_ms(prompt));
        }
        waits.sort_unstable();
        alarms.median_to_acknowledge_ms = median(&waits);
        alarms.per_hour_tenths = per_hour_tenths(session, now);
        alarms
    }

    /// All of them together.
    #[must_use]
    pub fn all(&self) -> AlarmCount {
        let sum = |part: fn(&AlarmCount) -> usize| [self.high, self.medium, self.low].iter().map(part).sum();
        AlarmCount {
            raised: sum(|count| count.raised),
            answered: sum(|count| count.answered),
            acknowledged: sum(|count| count.acknowledged),
            called: sum(|count| count.called),
            came_back: sum(|count| count.came_back),
        }
    }

    const fn count_mut(&mut self, priority: Priority) -> Option<&mut AlarmCount> {
        match priority {
            Priority::High => Some(&mut self.high),
            Priority::Medium => Some(&mut self.medium),
            Priority::Low => Some(&mut self.low),
            Priority::Prompt => None,
        }
    }
}

/// Whether a call followed it: that deals with what asks for one, without an answer of its own.
fn was_called(session: &Session, prompt: &PromptState) -> bool {
    session.state().calls.iter().any(|call| call.called.session_ms >= prompt.raised.session_ms)
}

fn wait_ms(prompt: &PromptState) -> Option<i64> {
    let (at, _) = prompt.acknowledged.as_ref()?;
    Some((at.session_ms - prompt.raised.session_ms).max(0))
}

/// The middle one, or the lower of the two in the middle.
fn median(sorted: &[i64]) -> Option<i64> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

fn per_hour_tenths(session: &Session, now: At) -> Option<u64> {
    // Between the doses of another route lie some minutes: they are no measure.
    let infusion = Some(&session.state().infusion).filter(|_| session.route().has_pump())?;
    let start = infusion.started?.session_ms;
    let end = infusion.ended.map_or(now.session_ms, |end| end.session_ms);
    let elapsed = u64::try_from(end - start).ok().filter(|ms| *ms >= HOUR_MS.unsigned_abs() / 60)?;
    let is_alarm = |prompt: &&PromptState| prompt.priority > Priority::Prompt;
    let within = |prompt: &&PromptState| (start..=end).contains(&prompt.raised.session_ms);
    let raised = session.state().prompts.values().filter(is_alarm).filter(within).count() as u64;
    Some((raised * 10 * HOUR_MS.unsigned_abs() + elapsed / 2) / elapsed)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[rstest::rstest]
    #[case(&[], None)]
    #[case(&[7], Some(7))]
    #[case(&[1, 9], Some(1))]
    #[case(&[1, 2, 9], Some(2))]
    fn half_took_at_most(#[case] sorted: &[i64], #[case] expected: Option<i64>) {
        assert_eq!(median(sorted), expected);
    }
}

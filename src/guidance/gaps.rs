//! Where a check was due and nobody made it: neither taken, nor tried, nor put off. Derived from the record, never stored, so
//! that a reading entered afterwards closes its gap.

use super::history::History;
use crate::protocol::{Protocol, ReadingKind};
use crate::session::{At, Check, MINUTE_MS, PutOff, Row, Session};

/// A stretch of an infusion without a check that was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Which: vital signs by the interval, or a look.
    pub check: Check,
    /// When it was due.
    pub from: At,
    /// When it was made at last, or the infusion ended; `None` while it is still missing.
    pub to: Option<At>,
}

/// Every gap from the start of the infusion to its end, in order of time. Required marks after the end have entries of their
/// own where they are missed.
#[must_use]
pub fn gaps(protocol: &Protocol, session: &Session, history: &History, now: At) -> Vec<Gap> {
    let state = session.state();
    let Some(start) = state.infusion.started else { return Vec::new() };
    let course = Course { protocol, start, stop: state.infusion.ended.or(state.left), now };
    let schedule = &protocol.schedule;
    let tried = history.vitals.iter().filter(|taken| taken.vitals.outcome(ReadingKind::BloodPressure).is_some());
    let tried = tried.map(|taken| (taken.at, later(taken.at, schedule.every_min)));
    let put_off = session.standing().filter_map(|row| PutOff::of(&row)).map(|put_off| (put_off.at, put_off.until));
    let looks = session.standing().filter(Row::is_look);
    let looks = looks.map(|row| (row.item.at, later(row.item.at, schedule.look_every_min)));
    let mut found = course.gaps(Check::Vitals, schedule.every_min, tried.chain(put_off).collect());
    found.extend(course.gaps(Check::Look, schedule.look_every_min, looks.collect()));
    found.sort_by_key(|gap| gap.from.session_ms);
    found
}

/// The stretch in which checks are due by their interval.
struct Course<'a> {
    protocol: &'a Protocol,
    start: At,
    /// The end, or leaving before an end; `None` while it goes on.
    stop: Option<At>,
    now: At,
}

impl Course<'_> {
    /// `answered`: when a check was made or put off, and when the next one was due by that.
    fn gaps(&self, check: Check, every_min: u32, mut answered: Vec<(At, At)>) -> Vec<Gap> {
        let until = self.stop.unwrap_or(self.now);
        answered.retain(|(at, _)| (self.start.session_ms..=until.session_ms).contains(&at.session_ms));
        answered.sort_by_key(|(at, _)| at.session_ms);
        let overdue_ms = i64::from(self.protocol.schedule.overdue_after_min) * MINUTE_MS;
        let mut due = later(self.start, every_min);
        let mut found = Vec::new();
        for (at, next_due) in answered {
            if at.session_ms - due.session_ms >= overdue_ms {
                found.push(Gap { check, from: due, to: Some(at) });
            }
            due = next_due;
        }
        if until.session_ms - due.session_ms >= overdue_ms {
            found.push(Gap { check, from: due, to: self.stop });
        }
        found
    }
}

const fn later(at: At, min: u32) -> At {
    let ms = min as i64 * MINUTE_MS;
    At { session_ms: at.session_ms + ms, utc_ms: at.utc_ms + ms }
}

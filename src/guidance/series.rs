//! The series: which infusion this is, dates and gaps, what a clinician should know of. It warns and never blocks, and it
//! calls nobody anything.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::earlier::EarlierVisit;
use crate::protocol::SeriesRules;
use crate::session::{Scores, Session, Zone};

/// The visits of one patient, the last of which may be the one on the screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Each visit, oldest first.
    pub visits: Vec<InSeries>,
    /// Dates of psychotherapy sessions, whichever visit noted them.
    pub psychotherapy: BTreeSet<String>,
    /// Infusions that are planned, as last typed.
    pub planned: Option<u8>,
    /// What a clinician should know of.
    pub warnings: Vec<Warning>,
    /// How many infusions were started.
    pub infusions: usize,
}

/// One visit in its series.
#[derive(Debug, Clone, PartialEq)]
pub struct InSeries {
    /// The visit.
    pub visit: EarlierVisit,
    /// Its local date: of the start, or of the opening where there was no infusion.
    pub on: NaiveDate,
    /// Which infusion it is by the record, from 1; none where there was none.
    pub nth: Option<usize>,
    /// Which infusion it is called: what a person typed, unless an earlier visit is called so already; no two are alike.
    pub called: Option<usize>,
    /// Days since the infusion before.
    pub gap_days: Option<i64>,
    /// After the first ones: a booster.
    pub booster: bool,
}

/// What a clinician should know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// More infusions in seven days than the protocol has.
    TooMany {
        /// How many.
        infusions: usize,
        /// The first of them.
        from: NaiveDate,
        /// The last of them.
        to: NaiveDate,
    },
    /// The first infusions took longer than the protocol's weeks.
    TooLong {
        /// Days from the first to the last of them.
        days: i64,
    },
    /// The number that was typed is not what the record counts.
    OtherNumber {
        /// As typed.
        typed: usize,
        /// As counted.
        counted: usize,
    },
}

/// Days in which infusions are counted.
const WEEK_DAYS: i64 = 7;

impl Series {
    /// The series of a patient: `now` is the visit on the screen, which counts as the next infusion before its start.
    #[must_use]
    pub fn of(earlier: &[EarlierVisit], now: Option<&Session>, rules: Option<&SeriesRules>, zone: &Zone) -> Self {
        let current = now.map(EarlierVisit::of);
        let over = now.is_some_and(|session| session.state().left.is_some());
        let mut series = Self::default();
        let (mut counted, mut last_on) = (0, None);
        for (index, visit) in earlier.iter().chain(&current).enumerate() {
            let on = zone.local(visit.started_utc_ms.unwrap_or(visit.opened_utc_ms)).date_naive();
            // Before its start the visit on the screen is the next infusion; closed without one it is none.
            let counts = visit.started_utc_ms.is_some() || (index == earlier.len() && !over);
            let gap_days =
                last_on.filter(|_| counts && !visit.clock_ahead).map(|last: NaiveDate| (on - last).num_days());
            if counts {
                counted += 1;
                // Nothing is counted from a day that is still to come.
                last_on = Some(on).filter(|_| !visit.clock_ahead).or(last_on);
            }
            let nth = counts.then_some(counted);
            let booster = rules.is_some_and(|rules| nth.is_some_and(|nth| nth > rules.infusions as usize));
            // One that still runs is not to be judged yet.
            let ended = index < earlier.len() || now.is_some_and(|session| session.state().infusion.ended.is_some());
            series.infusions += usize::from(visit.started_utc_ms.is_some() && ended);
            series.planned = visit.typed.1.or(series.planned);
            series.psychotherapy.extend(visit.psychotherapy.iter().cloned());
            let called = series.called(visit.typed.0.map(usize::from), nth);
            series.visits.push(InSeries { visit: visit.clone(), on, nth, called, gap_days, booster });
        }
        series.warnings = series.warnings(rules);
        series
    }

    /// What the next visit is called: as typed, unless an earlier one is called so; otherwise one more than those before it.
    fn called(&self, typed: Option<usize>, nth: Option<usize>) -> Option<usize> {
        let called = || self.visits.iter().filter_map(|visit| visit.called);
        let free = typed.filter(|number| called().all(|taken| taken != *number));
        free.or_else(|| Some(nth?.max(called().max().unwrap_or(0) + 1)))
    }

    /// Infusions that can be judged are as many as the protocol says.
    #[must_use]
    pub fn can_be_assessed(&self, rules: &SeriesRules) -> bool {
        self.infusions >= rules.assess_after as usize
    }

    /// The visit on the screen.
    #[must_use]
    pub fn current(&self) -> Option<&InSeries> {
        self.visits.last()
    }

    /// Each visit's scores, the last of each kind, in order.
    pub fn scores(&self) -> impl Iterator<Item = (NaiveDate, Scores)> {
        self.visits.iter().filter(|visit| !visit.visit.scores.is_empty()).map(|visit| {
            let merged = visit.visit.scores.iter().fold(Scores::default(), |all, next| Scores {
                phq9: next.phq9.or(all.phq9),
                phq9_item9: next.phq9_item9.or(all.phq9_item9),
                gad7: next.gad7.or(all.gad7),
                mood: next.mood.or(all.mood),
            });
            (visit.on, merged)
        })
    }

    fn warnings(&self, rules: Option<&SeriesRules>) -> Vec<Warning> {
        let mut found = Vec::new();
        let infusions: Vec<NaiveDate> =
            self.visits.iter().filter(|v| v.nth.is_some() && !v.visit.clock_ahead).map(|v| v.on).collect();
        if let Some(rules) = rules {
            found.extend(too_many(&infusions, rules.most_in_7_days as usize));
            let first = &infusions[..infusions.len().min(rules.infusions as usize)];
            if let [first, .., last] = first {
                let days = (*last - *first).num_days();
                if days > i64::from(rules.most_weeks) * WEEK_DAYS {
                    found.push(Warning::TooLong { days });
                }
            }
        }
        let typed = self.current().and_then(|visit| Some((usize::from(visit.visit.typed.0?), visit.nth?)));
        if let Some((typed, counted)) = typed.filter(|(typed, counted)| typed != counted && self.visits.len() > 1) {
            found.push(Warning::OtherNumber { typed, counted });
        }
        found
    }
}

/// The last stretch of seven days that holds more infusions than it should.
fn too_many(on: &[NaiveDate], most: usize) -> Option<Warning> {
    on.iter().enumerate().rev().find_map(|(index, to)| {
        let within = |from: &&NaiveDate| (*to - **from).num_days() < WEEK_DAYS;
        let infusions = on[..=index].iter().filter(within).count();
        let from = on[index + 1 - infusions.max(1)];
        (infusions > most).then_some(Warning::TooMany { infusions, from, to: *to })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[i64]) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day");
        days.iter().map(|day| first + chrono::Days::new(day.unsigned_abs())).collect()
    }

    #[rstest::rstest]
    #[case::three_in_a_week(&[0, 2, 4, 7], None)]
    #[case::four_in_seven_days(&[0, 2, 4, 6], Some((4, 0, 6)))]
    #[case::across_a_weekend(&[0, 5, 7, 9, 11], Some((4, 5, 11)))]
    #[case::every_day(&[0, 1, 2, 3, 4], Some((5, 0, 4)))]
    #[case::one(&[0], None)]
    #[case::none(&[], None)]
    fn too_many_in_seven_days(#[case] on: &[i64], #[case] expected: Option<(usize, i64, i64)>) {
        let day = |day| days(&[day])[0];
        let expected =
            expected.map(|(infusions, from, to)| Warning::TooMany { infusions, from: day(from), to: day(to) });
        assert_eq!(too_many(&days(on), 3), expected);
    }
}

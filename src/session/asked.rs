//! What was asked beside the infusion: the screening, scores, psychotherapy, the day after. All of it additive: a record made
//! before there was any has none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::{Event, Leaving, SessionId};
use super::fold::Session;
use super::identity::{Identity, Likeness};
use super::measure::{Gad7, Mood, Phq9, Phq9Item9};
use super::self_harm::SelfHarm;
use super::time::{At, HOUR_MS};
use super::timeline::Row;
use crate::protocol::{CheckBack, Protocol, ScreeningKind};

/// How an item of the screening was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screening {
    /// It applies.
    Yes,
    /// It does not.
    No,
    /// Nobody knows.
    Unknown,
}

/// An item of the screening with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screened {
    /// The item's id in the protocol.
    pub item: String,
    /// What it is about: kept here, so that a yes calls whatever becomes of the protocol.
    pub about: ScreeningKind,
    /// The answer; where nothing has changed, the one that stands in the session named.
    pub answer: Screening,
    /// Who decided; of thoughts of self-harm, who asked.
    pub by: String,
    /// A person said that nothing has changed since that session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchanged_since: Option<Since>,
}

/// The earlier session whose answer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// The session.
    pub session: SessionId,
    /// Its short number, such as `1116-1`.
    pub number: String,
    /// Who decided there.
    pub by: String,
}

/// Scores of one visit: what was asked, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// PHQ-9 total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phq9: Option<Phq9>,
    /// Item 9 of it: thoughts of being better off dead, or of self-harm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phq9_item9: Option<Phq9Item9>,
    /// GAD-7 total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gad7: Option<Gad7>,
    /// Mood, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mood: Option<Mood>,
}

impl Scores {
    /// Whether nothing was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The answer of the day after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedBack {
    /// The question, as it was asked.
    pub say: String,
    /// The answer, in the protocol's words.
    pub answer: String,
    /// Whether the patient was reached: if not, it stays due.
    pub reached: bool,
    /// Who asked.
    pub by: String,
    /// What else was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// It tells of thoughts of self-harm: kept here, so that it calls whatever becomes of the protocol.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub self_harm: bool,
}

/// What the entries say of all that was asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// Answers of the screening, by item: the last of each.
    pub screening: BTreeMap<String, (Screened, At)>,
    /// Answers that stand in an earlier visit of somebody else: since "unchanged" was said, the patient is described as
    /// another. They count as not asked.
    pub of_another: BTreeMap<String, (Screened, At)>,
    /// Whose earlier visits the answers are from that were said to be unchanged.
    said_of: BTreeMap<String, Identity>,
    /// Who the patient is, so far.
    who: Identity,
    /// Scores, in order.
    pub scores: Vec<(At, Scores)>,
    /// Dates of psychotherapy sessions, as `YYYY-MM-DD`.
    pub psychotherapy: Vec<String>,
    /// When the day after is due, UTC ms.
    pub check_back_due: Option<i64>,
    /// What came of it, in order.
    pub checked_back: Vec<(At, CheckedBack)>,
    /// Thoughts of self-harm, however they came up.
    pub self_harm: SelfHarm,
}

impl Asked {
    /// Takes the next row of the time line.
    pub(super) fn take(&mut self, row: &Row<'_>) {
        let at = row.item.at;
        match row.event {
            Event::SessionOpened(opening) => self.who.patient.clone_from(&opening.patient),
            Event::PatientDescribed(description) => self.described(Identity::of(description)),
            Event::ScreeningAnswered(screened) => self.screened(screened, at),
            Event::ScoresRecorded { scores } => self.scores.push((at, *scores)),
            Event::PsychotherapyNoted { date } if !self.psychotherapy.contains(date) => {
                self.psychotherapy.push(date.clone());
            }
            Event::PatientLeft { check_back_at, .. } => self.check_back_due = *check_back_at,
            Event::CheckedBack(back) => self.checked_back.push((at, (**back).clone())),
            _ => {}
        }
        self.self_harm.take(row);
    }

    fn screened(&mut self, screened: &Screened, at: At) {
        self.of_another.remove(&screened.item);
        self.said_of.remove(&screened.item);
        if screened.unchanged_since.is_some() {
            self.said_of.insert(screened.item.clone(), self.who.clone());
        }
        self.screening.insert(screened.item.clone(), (screened.clone(), at));
    }

    /// What was asked in the room was asked of whoever is there, whatever they are called now; what stands in an earlier visit
    /// is of the one whose visit that is.
    fn described(&mut self, who: Identity) {
        for (item, whose) in &self.said_of {
            let is_same = *whose == who || whose.likeness(&who) == Likeness::Same;
            let (from, to) = if is_same {
                (&mut self.of_another, &mut self.screening)
            } else {
                (&mut self.screening, &mut self.of_another)
            };
            to.extend(from.remove_entry(item));
        }
        self.who = who;
    }

    /// When the day after is still due, UTC ms; `None` where it is not, or the patient was reached.
    #[must_use]
    pub fn check_back_open(&self) -> Option<i64> {
        self.check_back_due.filter(|_| !self.checked_back.iter().any(|(_, back)| back.reached))
    }
}

/// How the items of the screening stand: what is to be known of, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScreeningCount {
    /// Items that apply.
    pub yes: usize,
    /// Items that nobody knows of.
    pub unknown: usize,
    /// Items that were not asked.
    pub unasked: usize,
}

impl ScreeningCount {
    /// How many items are to be known of.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.yes + self.unknown + self.unasked
    }
}

impl Session {
    /// How the protocol's items stand by what was said up to some moment.
    #[must_use]
    pub fn screening_count(&self, protocol: &Protocol, until: At) -> ScreeningCount {
        let mut asked = Asked::default();
        self.standing().filter(|row| row.item.at.session_ms <= until.session_ms).for_each(|row| asked.take(&row));
        let mut count = ScreeningCount::default();
        for item in &protocol.screening {
            match asked.screening.get(&item.id).map(|(screened, _)| screened.answer) {
                Some(Screening::Yes) => count.yes += 1,
                Some(Screening::Unknown) => count.unknown += 1,
                Some(Screening::No) => {}
                None => count.unasked += 1,
            }
        }
        count
    }
}

/// When the day after is due: for whoever went home.
#[must_use]
pub(super) fn check_back_at(rule: Option<&CheckBack>, how: &Leaving, left: At) -> Option<i64> {
    let went_home = matches!(how, Leaving::Discharged | Leaving::AgainstAdvice);
    rule.filter(|_| went_home).map(|rule| left.utc_ms + i64::from(rule.after_h) * HOUR_MS)
}

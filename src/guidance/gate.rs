//! The discharge gate: each item with its answer and, beside it, what the record shows. The record never ticks an item.

use super::against::against;
use super::history::{Graded, Happened, History, Taken};
use super::progress::Progress;
use crate::protocol::{GateItem as Item, OnlyIf, Protocol, Scale, Shows, Vital};
use crate::session::{Against, At, ClinicianWord, Event, GateAnswer, Mention, Session};

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateItem {
    /// Its id in the protocol.
    pub id: String,
    /// The item, in the protocol's words.
    pub say: String,
    /// Whether "met" takes the name of a person.
    pub asks_name: bool,
    /// The answer, when it was given and by whom.
    pub answer: Option<(GateAnswer, At, String)>,
    /// What the record shows.
    pub evidence: Evidence,
    /// Whether "met" would stand against that.
    pub against: Option<Against>,
    /// How the record stood against the answer when it was given, whatever it shows now.
    pub answered_against: Option<Against>,
}

impl GateItem {
    /// Whether it was met or let pass by a clinician.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        matches!(self.holding(), Some(GateAnswer::Met { .. } | GateAnswer::Overridden { .. }))
    }

    /// The answer, as long as it holds: times that have changed since they were told must be told again, and a word given
    /// before is no word on what came up after it.
    #[must_use]
    pub const fn holding(&self) -> Option<&GateAnswer> {
        let has_changed = matches!(
            self.evidence,
            Evidence::Guidance { changed_since: true, .. } | Evidence::SelfHarm { word_before: true, .. }
        );
        match &self.answer {
            Some((GateAnswer::NotMet, _, _)) => Some(&GateAnswer::NotMet),
            Some((answer, _, _)) if !has_changed => Some(answer),
            _ => None,
        }
    }

    /// Whether it was answered, and the answer holds no more.
    #[must_use]
    pub const fn is_asked_again(&self) -> bool {
        self.answer.is_some() && self.holding().is_none()
    }
}

/// What the record shows beside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The item has nothing in the record.
    None,
    /// A grade, or that there is none.
    Grade(Scale, Option<Graded>),
    /// Nausea, and the last vomiting.
    Nausea(Option<Graded>, Option<Happened>),
    /// The last pressure and the baseline.
    BloodPressure {
        /// The last line with a pressure.
        last: Option<Taken>,
        /// The baseline.
        baseline: Option<Taken>,
    },
    /// The last heart rate, SpO2 and respiratory rate, each with the line it stands in.
    HeartAndBreathing([Option<(u16, Taken)>; 3]),
    /// Time since END.
    SinceEnd {
        /// Since END.
        since_ms: Option<i64>,
        /// What the protocol asks for, minutes.
        asked_min: Option<u32>,
    },
    /// Who was named for the ride.
    Ride(Option<String>),
    /// How thoughts of self-harm came up.
    SelfHarm {
        /// Each time.
        mentions: Vec<Mention>,
        /// They came up again after the clinician's word.
        word_before: bool,
    },
    /// When the times were given.
    Guidance {
        /// When.
        given: Option<At>,
        /// Whether the driving time has changed since it was told.
        changed_since: bool,
    },
}

impl Evidence {
    /// Whether the record holds anything of it.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        match self {
            Self::None => false,
            Self::Grade(_, last) => last.is_some(),
            Self::Nausea(last, vomited) => last.is_some() || vomited.is_some(),
            Self::BloodPressure { last, .. } => last.is_some(),
            Self::HeartAndBreathing(values) => values.iter().any(Option::is_some),
            Self::SinceEnd { since_ms, .. } => since_ms.is_some(),
            Self::Ride(name) => name.is_some(),
            Self::SelfHarm { mentions, .. } => !mentions.is_empty(),
            Self::Guidance { given, .. } => given.is_some(),
        }
    }
}

/// The gate now.
#[must_use]
pub(super) fn gate(
    protocol: &Protocol,
    session: &Session,
    history: &History,
    progress: &Progress,
    now: At,
) -> Vec<GateItem> {
    let items = protocol.gate.iter().filter(|item| session.is_asked(item));
    items
        .map(|item| {
            let evidence = match item.shows {
                Some(shows) => evidence(shows, protocol, session, history, progress),
                None => came_up(item, session),
            };
            GateItem {
                id: item.id.clone(),
                say: item.say.clone(),
                asks_name: item.asks_name,
                answer: session.state().gate.get(&item.id).cloned(),
                answered_against: answered_against(session, &item.id),
                against: against(&evidence, &item.expects, protocol, history, now),
                evidence,
            }
        })
        .collect()
}

/// How the record stood against the last answer to an item.
fn answered_against(session: &Session, id: &str) -> Option<Against> {
    session.standing().rev().find_map(|row| match row.event {
        Event::GateAnswered { item, against, .. } if item == id => Some(*against),
        _ => None,
    })?
}

/// Beside an item that is asked only because something came up stands what that was.
fn came_up(item: &Item, session: &Session) -> Evidence {
    match item.only_if {
        Some(OnlyIf::SelfHarm) => {
            let said = &session.state().asked.self_harm;
            let answered = said.word.as_ref().is_some_and(ClinicianWord::is_given);
            Evidence::SelfHarm { mentions: said.mentions.clone(), word_before: answered && said.standing().is_some() }
        }
        None => Evidence::None,
    }
}

fn evidence(shows: Shows, protocol: &Protocol, session: &Session, history: &History, progress: &Progress) -> Evidence {
    let grade = |scale| Evidence::Grade(scale, history.last_grade(scale));
    match shows {
        Shows::Sedation => grade(Scale::Sedation),
        Shows::Dissociation => grade(Scale::Dissociation),
        Shows::Anxiety => grade(Scale::Anxiety),
        Shows::Nausea => Evidence::Nausea(history.last_grade(Scale::Nausea), history.vomits.last().copied()),
        Shows::BloodPressure => Evidence::BloodPressure {
            last: history.last_value(Vital::Systolic).map(|(_, taken)| taken),
            baseline: history.baseline,
        },
        Shows::HeartAndBreathing => Evidence::HeartAndBreathing(
            [Vital::HeartRate, Vital::Spo2, Vital::RespiratoryRate].map(|vital| history.last_value(vital)),
        ),
        Shows::SinceEnd => {
            Evidence::SinceEnd { since_ms: progress.since_end_ms, asked_min: protocol.schedule.observe_min }
        }
        Shows::Ride => Evidence::Ride(session.state().description.ride.clone()),
        Shows::Guidance => Evidence::Guidance {
            given: session.state().guidance_given.map(|(at, _)| at),
            changed_since: session.told_has_changed(protocol),
        },
    }
}

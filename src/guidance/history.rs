//! What was found, by subject, in the order of observation: one walk over the time line feeds every rule.

use std::collections::BTreeMap;

use crate::protocol::{Band, LimitKind, Limits, Past, Protocol, Reach, ReadingKind, Scale, Sign, Vital};
use crate::session::{
    At, Event, LimitsSet, Observation, Outcome, Session, Vitals, is_fresh_baseline, limits_standing, set_by,
};

/// A grade on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// The grade.
    pub grade: u8,
}

/// A line of vitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// The readings.
    pub vitals: Vitals,
    /// Whether it holds an unlikely value that nobody has confirmed.
    pub unconfirmed: bool,
    /// Which readings are unlikely, in the order of `ReadingKind::ALL`.
    pub doubted: [bool; ReadingKind::ALL.len()],
}

impl Taken {
    /// Whether one reading is unlikely and nobody has confirmed it.
    #[must_use]
    pub fn is_doubted(&self, kind: ReadingKind) -> bool {
        self.unconfirmed && ReadingKind::ALL.iter().zip(self.doubted).any(|(known, doubted)| *known == kind && doubted)
    }
}

/// Something that happened once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
}

/// A session's findings, by subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// Grades, by scale.
    pub grades: BTreeMap<Scale, Vec<Graded>>,
    /// Lines of vitals.
    pub vitals: Vec<Taken>,
    /// Vomiting.
    pub vomits: Vec<Happened>,
    /// Signs.
    pub signs: BTreeMap<Sign, Vec<Happened>>,
    /// Drugs given, by their name in lower case.
    pub drugs: BTreeMap<String, Vec<Happened>>,
    /// What is known from before this visit, with the entry that said it first.
    pub pasts: BTreeMap<Past, Happened>,
    /// The start of the infusion.
    pub started: Option<At>,
    /// Its end.
    pub ended: Option<At>,
    /// The reading before the start against which percentages count.
    pub baseline: Option<Taken>,
    /// Limits that were set for this patient, in order.
    pub limits_set: Vec<(At, LimitsSet)>,
}

/// The limit that a value has gone past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoke {
    /// The vital sign.
    pub vital: Vital,
    /// Which limit.
    pub kind: LimitKind,
    /// The limit itself, in the vital sign's unit, or percent.
    pub limit: u16,
    /// The clinician who set it; `None` for the protocol's own.
    pub by: Option<String>,
}

impl History {
    /// Walks the time line once.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let (infusion, limits_set) = (&session.state().infusion, session.state().limits_set.clone());
        let (started, ended) = (infusion.started, infusion.ended);
        let mut history = Self { started, ended, limits_set, ..Self::default() };
        for row in session.standing() {
            let (seq, at) = (row.item.seq, row.item.at);
            match row.event {
                Event::VitalsRecorded { vitals, doubts, .. } => {
                    let unconfirmed = !doubts.is_empty() && !row.item.confirmed;
                    let doubted = ReadingKind::ALL.map(|kind| doubts.iter().any(|doubt| doubt.reading() == Some(kind)));
                    history.vitals.push(Taken { seq, at, vitals: *vitals, unconfirmed, doubted });
                }
                Event::ObservationRecorded { observation } => history.observed(*observation, seq, at),
                Event::DrugGiven(given) => {
                    history.drugs.entry(given.drug.to_lowercase()).or_default().push(Happened { seq, at });
                }
                Event::PatientDescribed(description) => {
                    let named = description.history.as_deref().unwrap_or_default();
                    history.pasts.retain(|past, _| named.contains(past));
                    for past in named {
                        history.pasts.entry(*past).or_insert(Happened { seq, at });
                    }
                }
                // Asked and said yes is as good as said.
                _ => {}
            }
        }
        // Asked and said yes is as good as said. By the order of recording: one that was entered late is what nobody has
        // spoken of with a clinician yet.
        let mut mentions = session.state().asked.self_harm.mentions.clone();
        mentions.sort_by_key(|mention| mention.said_by);
        let mentions = mentions.iter().map(|mention| Happened { seq: mention.seq, at: mention.at });
        history.signs.extend((mentions.len() > 0).then(|| (Sign::SelfHarm, mentions.collect())));
        history.baseline = history.find_baseline();
        history
    }

    fn observed(&mut self, observation: Observation, seq: u64, at: At) {
        if let Some((scale, grade)) = observation.grade() {
            self.grades.entry(scale).or_default().push(Graded { seq, at, grade });
        }
        match observation {
            Observation::Vomiting => self.vomits.push(Happened { seq, at }),
            Observation::Seen(sign) => self.signs.entry(sign).or_default().push(Happened { seq, at }),
            _ => {}
        }
    }

    fn find_baseline(&self) -> Option<Taken> {
        let start = self.started.map_or(i64::MAX, |at| at.session_ms);
        let before = |taken: &&Taken| taken.at.session_ms <= start;
        let read = |taken: &&Taken| taken.vitals.value(Vital::Systolic).is_some();
        self.vitals.iter().rev().filter(before).find(read).copied()
    }

    /// The last grade on a scale.
    #[must_use]
    pub fn last_grade(&self, scale: Scale) -> Option<Graded> {
        self.grades.get(&scale)?.last().copied()
    }

    /// The last grade before the start, once the infusion has started: what a grade noted then is counted from.
    #[must_use]
    pub fn baseline_grade(&self, scale: Scale) -> Option<u8> {
        let start = self.started?.session_ms;
        let before = |graded: &&Graded| graded.at.session_ms < start;
        self.grades.get(&scale)?.iter().rev().find(before).map(|graded| graded.grade)
    }

    /// Whether the infusion had begun at some moment.
    #[must_use]
    pub fn has_begun(&self, at: At) -> bool {
        self.started.is_some_and(|start| at.session_ms >= start.session_ms)
    }

    /// Whether a line of vitals holds a value in a band; `None` where it holds no value of that vital sign.
    #[must_use]
    pub fn is_in_band(&self, vital: Vital, band: &Band, taken: &Taken) -> Option<bool> {
        let value = taken.vitals.value(vital)?;
        let baseline = self.baseline_value(vital).filter(|_| self.has_begun(taken.at));
        Some(band.holds(value, baseline))
    }

    /// The last value of a vital sign.
    #[must_use]
    pub fn last_value(&self, vital: Vital) -> Option<(u16, Taken)> {
        self.vitals.iter().rev().find_map(|taken| Some((taken.vitals.value(vital)?, *taken)))
    }

    /// The last attempt at a reading, whatever became of it.
    #[must_use]
    pub fn last_attempt(&self, kind: ReadingKind) -> Option<(Outcome, Taken)> {
        self.vitals.iter().rev().find_map(|taken| Some((taken.vitals.outcome(kind)?, *taken)))
    }

    /// The baseline value of a vital sign.
    #[must_use]
    pub fn baseline_value(&self, vital: Vital) -> Option<u16> {
        self.baseline?.vitals.value(vital)
    }

    /// The last reading that holds all of `required`, in a stretch of session time (from, before).
    #[must_use]
    pub fn complete_in(&self, required: &[ReadingKind], from_ms: i64, before_ms: i64) -> Option<Taken> {
        let complete = |taken: &&Taken| {
            (from_ms..before_ms).contains(&taken.at.session_ms)
                && required.iter().all(|kind| taken.vitals.outcome(*kind) == Some(Outcome::Read))
        };
        self.vitals.iter().rev().find(complete).copied()
    }

    /// The baseline that a start at `start` may rest on: read within the protocol's time before it.
    #[must_use]
    pub fn fresh_baseline(&self, protocol: &Protocol, start: At) -> Option<Taken> {
        self.baseline.filter(|taken| is_fresh_baseline(protocol, taken.at, start))
    }

    /// The limits of a vital sign at some moment, and the baseline that percentages count from. Those that a clinician set
    /// for this patient count from the moment they were set; those before a start stand as the protocol has them.
    #[must_use]
    pub fn limits_at(&self, protocol: &Protocol, vital: Vital, at: At) -> (Limits, Option<u16>) {
        let usual = protocol.limits.get(&vital).copied().unwrap_or_default();
        let usual = limits_standing(&self.limits_set, usual, vital, at);
        if self.has_begun(at) {
            (usual, self.baseline_value(vital))
        } else {
            (protocol.before_start.get(&vital).copied().unwrap_or(usual), None)
        }
    }

    /// The limit that a line of vitals has gone past, for one reading: the gravest. Only where a limit of it was set for
    /// this patient; otherwise everybody knows whose it is.
    #[must_use]
    pub fn spoke(&self, protocol: &Protocol, kind: ReadingKind, taken: &Taken) -> Option<Spoke> {
        let is_set =
            |(since, set): &(At, LimitsSet)| set.vital.reading() == kind && since.session_ms <= taken.at.session_ms;
        if !self.limits_set.iter().any(is_set) {
            return None;
        }
        let past = kind.vitals().iter().flat_map(|vital| {
            let (limits, baseline) = self.limits_at(protocol, *vital, taken.at);
            LimitKind::ALL.into_iter().filter_map(move |limit| {
                let alone = Limits::default().with(limit, limits.get(limit)?);
                let is_past = alone.reach(taken.vitals.value(*vital)?, baseline) > Reach::Inside;
                is_past.then_some((limit.reach(), *vital, limit, limits.get(limit)?))
            })
        });
        // Of equals the first: both pressures may be past theirs.
        let (_, vital, limit, value) = past.reduce(|worst, next| if next.0 > worst.0 { next } else { worst })?;
        let by = set_by(&self.limits_set, vital, limit, taken.at).map(|set| set.by.clone());
        Some(Spoke { vital, kind: limit, limit: value, by })
    }

    /// How far a line of vitals has gone, for one reading; `None` where it holds no value of it.
    #[must_use]
    pub fn reach(&self, protocol: &Protocol, kind: ReadingKind, taken: &Taken, held: Reach) -> Option<Reach> {
        let reaches = kind.vitals().iter().filter_map(|vital| {
            let value = taken.vitals.value(*vital)?;
            let (limits, baseline) = self.limits_at(protocol, *vital, taken.at);
            Some(limits.reach(value, baseline).max(limits.reach_while_alarmed(value, baseline).min(held)))
        });
        reaches.max()
    }
}

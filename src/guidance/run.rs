//! The entries for which a response holds: one walk over those of its subject, in the order of observation.

use super::history::{Happened, History};
use super::only::Fits;
use crate::protocol::{Clears, Protocol, Reach, ReadingKind, Response, Scale, When};
use crate::session::{At, MINUTE_MS, Outcome};

/// A run of entries that satisfy a rule, up to the last one of the subject.
pub(super) struct Run {
    /// The entries that may stand as its cause, in order.
    pub(super) causes: Vec<Happened>,
    /// The last entry of the subject.
    pub(super) latest: Happened,
}

/// The run that lasts until now; `None` where the response does not hold.
pub(super) fn run(
    protocol: &Protocol,
    history: &History,
    response: &Response,
    fits: &Fits<'_>,
    now: At,
) -> Option<Run> {
    let lasting = |for_min, readings| Lasting { for_min, readings, clears: response.clears, now };
    match response.when {
        When::Graded { scale, at_least, at_most, over_baseline, under_baseline, for_min, readings } => {
            let baseline = history.baseline_grade(scale);
            let from_baseline = |at: At, by: Option<u8>, holds: &dyn Fn(u8, u8) -> bool| {
                by.is_none_or(|by| baseline.filter(|_| history.has_begun(at)).is_some_and(|usual| holds(usual, by)))
            };
            let entries = history.grades.get(&scale)?.iter().map(|graded| {
                let (at, grade) = (graded.at, graded.grade);
                let holds = (at_least..=at_most).contains(&grade)
                    && from_baseline(at, over_baseline, &|usual, by| grade >= usual.saturating_add(by))
                    && from_baseline(at, under_baseline, &|usual, by| grade.saturating_add(by) <= usual);
                Valued { happened: Happened { seq: graded.seq, at }, value: grade.into(), holds }
            });
            lasting(for_min, readings).run(entries, fits)
        }
        When::Measured { vital, band, for_min, readings } => {
            let entries = history.vitals.iter().filter_map(|taken| {
                let holds = history.is_in_band(vital, &band, taken)?;
                let happened = Happened { seq: taken.seq, at: taken.at };
                Some(Valued { happened, value: taken.vitals.value(vital)?, holds })
            });
            lasting(for_min, readings).run(entries, fits)
        }
        When::Vomiting { sedation_at_most } => {
            let vomited = once(&history.vomits, fits)?;
            // Sedated then: by the grade that stood, or by one noted while the vomiting is still looked after.
            let until_ms = vomited.latest.at.session_ms + i64::from(response.look_again_min.unwrap_or(0)) * MINUTE_MS;
            let grades = history.grades.get(&Scale::Sedation).map_or(&[][..], Vec::as_slice);
            let then = grades.iter().rfind(|graded| graded.at.session_ms <= until_ms);
            let holds = sedation_at_most.is_none_or(|most| then.is_some_and(|graded| graded.grade <= most));
            holds.then_some(vomited)
        }
        When::Seen { sign } => once(history.signs.get(&sign)?, fits),
        When::Vital { reading, reaches } => reached(protocol, history, reading, reaches, fits),
        When::Unobtainable => unobtainable(history, fits),
        // What is known has no moment of its own: its conditions are asked of now.
        When::Known { past } => {
            let said = *history.pasts.get(&past)?;
            fits.at(now).then(|| Run { causes: vec![said], latest: said })
        }
        When::Given { drug, after_min } => given(history, &protocol.drugs.get(drug)?.name, after_min, now),
    }
}

/// Its time has come, and no grade has been noted since: a look without one does not say whether it helped.
fn given(history: &History, drug: &str, after_min: u32, now: At) -> Option<Run> {
    let given = *history.drugs.get(&drug.to_lowercase())?.last()?;
    let due_ms = given.at.session_ms + i64::from(after_min) * MINUTE_MS;
    let graded = history.grades.values().filter_map(|all| all.last()).any(|graded| graded.at.session_ms >= due_ms);
    let vomited = history.vomits.last().is_some_and(|vomited| vomited.at.session_ms >= due_ms);
    (now.session_ms >= due_ms && !graded && !vomited).then(|| Run { causes: vec![given], latest: given })
}

fn once(all: &[Happened], fits: &Fits<'_>) -> Option<Run> {
    let latest = *all.last().filter(|latest| fits.at(latest.at))?;
    Some(Run { causes: vec![latest], latest })
}

/// An entry with a value.
struct Valued {
    happened: Happened,
    value: u16,
    /// Whether it is such a finding by itself.
    holds: bool,
}

/// How long a finding must have lasted to speak, and how it ends.
struct Lasting {
    for_min: Option<u32>,
    readings: Option<u32>,
    clears: Option<Clears>,
    now: At,
}

impl Lasting {
    /// Walks forward, for a finding that clears with hysteresis holds on its way back.
    fn run(&self, entries: impl Iterator<Item = Valued>, fits: &Fits<'_>) -> Option<Run> {
        let mut run: Option<Run> = None;
        let mut ending = 0;
        for Valued { happened, value, holds } in entries {
            let is_fit = fits.at(happened.at);
            if holds && is_fit {
                let run = run.get_or_insert_with(|| Run { causes: Vec::new(), latest: happened });
                run.causes.push(happened);
                run.latest = happened;
                ending = 0;
            } else if let Some(held) = &mut run {
                held.latest = happened;
                ending = if !is_fit || self.clears.is_none_or(|clears| clears.counts(value)) { ending + 1 } else { 0 };
                if !is_fit || ending >= self.clears.and_then(|clears| clears.readings).unwrap_or(1) {
                    (run, ending) = (None, 0);
                }
            }
        }
        let mut run = run?;
        let first = run.causes.first()?;
        if self.for_min.is_some_and(|min| self.now.session_ms - first.at.session_ms < i64::from(min) * MINUTE_MS) {
            return None;
        }
        let before = self.readings.map_or(0, |n| n.saturating_sub(1) as usize);
        run.causes.drain(..before.min(run.causes.len()));
        (!run.causes.is_empty()).then_some(run)
    }
}

/// Walks forward, for an alarm holds on the way back until the value is well inside its limit.
fn reached(protocol: &Protocol, history: &History, kind: ReadingKind, reaches: Reach, fits: &Fits<'_>) -> Option<Run> {
    let mut level = Reach::Inside;
    let mut run: Option<Run> = None;
    for taken in &history.vitals {
        let Some(reach) = history.reach(protocol, kind, taken, level) else { continue };
        let here = Happened { seq: taken.seq, at: taken.at };
        match &mut run {
            Some(run) if reach == level => {
                run.causes.push(here);
                run.latest = here;
            }
            _ => run = Some(Run { causes: vec![here], latest: here }),
        }
        level = reach;
    }
    let mut run = run.filter(|run| level == reaches && fits.at(run.latest.at))?;
    run.causes.retain(|cause| fits.at(cause.at));
    Some(run)
}

fn unobtainable(history: &History, fits: &Fits<'_>) -> Option<Run> {
    let failed = |kind: &ReadingKind| {
        let (outcome, taken) = history.last_attempt(*kind)?;
        let happened = Happened { seq: taken.seq, at: taken.at };
        (outcome == Outcome::Unobtainable && fits.at(taken.at)).then_some(happened)
    };
    let latest = ReadingKind::ALL.iter().filter_map(failed).max_by_key(|happened| happened.seq)?;
    Some(Run { causes: vec![latest], latest })
}

//! What the record shows beside an item of the discharge gate, and the answer that a person gave. The record ticks nothing.

use super::clock::{ClockStyle, clock, minutes_ago};
use super::names::{grade, vital_short};
use super::prompt::baseline_pressure;
use super::readings::pressure;
use super::record::printable;
use super::{scale_name, vital_unit};
use crate::guidance::{Evidence, GateItem, Graded, Happened, Taken};
use crate::protocol::{ReadingKind, Scale, Vital};
use crate::session::{Against, At, GateAnswer, MINUTE_MS, Zone};

/// What the record shows: `BP 126/80 at 15:22, baseline 122/78`.
#[must_use]
pub fn evidence(evidence: &Evidence, zone: &Zone, style: ClockStyle, now: At) -> String {
    let told = Told { zone, style, now };
    match evidence {
        Evidence::None => "for a person to judge".to_owned(),
        Evidence::Grade(scale, last) => told.grade(*scale, *last),
        Evidence::Nausea(last, vomited) => {
            format!("{}, {}", told.grade(Scale::Nausea, *last), told.vomited(*vomited))
        }
        Evidence::BloodPressure { last, baseline } => told.pressures(last.as_ref(), baseline.as_ref()),
        Evidence::HeartAndBreathing(values) => told.heart_and_breathing(values),
        Evidence::SinceEnd { since_ms: None, .. } => "END is not recorded".to_owned(),
        Evidence::SinceEnd { since_ms: Some(ms), asked_min } => {
            let asked = asked_min.map(|min| format!(", {min} asked for")).unwrap_or_default();
            format!("{} min since END{asked}", ms / MINUTE_MS)
        }
        Evidence::Ride(None) => "no name recorded".to_owned(),
        Evidence::Ride(Some(name)) => printable(&format!("planned: {name}")),
        Evidence::SelfHarm { mentions, word_before: false } => super::self_harm::mentions(mentions, zone, style),
        Evidence::SelfHarm { mentions, word_before: true } => {
            format!("{}: again since the word", super::self_harm::mentions(mentions, zone, style))
        }
        Evidence::Guidance { given: None, .. } => "not given yet".to_owned(),
        Evidence::Guidance { given: Some(at), changed_since: false } => format!("given at {}", told.time(*at)),
        Evidence::Guidance { given: Some(at), changed_since: true } => {
            format!("given at {}, but the driving time has changed since: give it again", told.time(*at))
        }
    }
}

struct Told<'a> {
    zone: &'a Zone,
    style: ClockStyle,
    now: At,
}

impl Told<'_> {
    fn time(&self, at: At) -> String {
        clock(self.zone, at.utc_ms, self.style)
    }

    fn grade(&self, scale: Scale, last: Option<Graded>) -> String {
        match last {
            Some(last) => format!("{} at {}", grade(scale, last.grade), self.time(last.at)),
            None => format!("{} not recorded", scale_name(scale)),
        }
    }

    fn vomited(&self, last: Option<Happened>) -> String {
        match last {
            None => "no vomiting recorded".to_owned(),
            Some(last) => {
                let ago = minutes_ago(self.now.session_ms - last.at.session_ms);
                format!("vomiting at {}, {ago}", self.time(last.at))
            }
        }
    }

    fn pressures(&self, last: Option<&Taken>, baseline: Option<&Taken>) -> String {
        let value = |taken: &Taken| baseline_pressure(taken).map(pressure);
        let Some((last, shown)) = last.and_then(|taken| Some((taken, value(taken)?))) else {
            return "BP not recorded".to_owned();
        };
        let unconfirmed = if last.is_doubted(ReadingKind::BloodPressure) { " (unconfirmed)" } else { "" };
        let now = format!("BP {shown}{unconfirmed} at {}", self.time(last.at));
        match baseline {
            Some(baseline) if baseline.seq == last.seq => format!("{now}, the baseline: none taken since"),
            Some(baseline) => match value(baseline) {
                Some(before) => format!("{now}, baseline {before}"),
                None => format!("{now}, no baseline"),
            },
            None => format!("{now}, no baseline"),
        }
    }

    /// Read in one line, the time is said once.
    fn heart_and_breathing(&self, values: &[Option<(u16, Taken)>; 3]) -> String {
        let lines: Vec<u64> = values.iter().flatten().map(|(_, taken)| taken.seq).collect();
        let together = lines.len() == values.len() && lines.iter().all(|seq| Some(seq) == lines.first());
        let named = [Vital::HeartRate, Vital::Spo2, Vital::RespiratoryRate].into_iter().zip(values);
        let parts: Vec<String> = named.map(|(vital, value)| self.value(vital, value.as_ref(), together)).collect();
        let time = values
            .iter()
            .flatten()
            .next()
            .filter(|_| together)
            .map(|(_, taken)| format!(" at {}", self.time(taken.at)));
        format!("{}{}", parts.join(", "), time.unwrap_or_default())
    }

    fn value(&self, vital: Vital, value: Option<&(u16, Taken)>, together: bool) -> String {
        let name = vital_short(vital);
        let Some((value, taken)) = value else { return format!("{name} not recorded") };
        let unit = if vital == Vital::Spo2 { format!(" {}", vital_unit(vital)) } else { String::new() };
        let unconfirmed = if taken.is_doubted(vital.reading()) { " (unconfirmed)" } else { "" };
        let time = if together { String::new() } else { format!(" at {}", self.time(taken.at)) };
        format!("{name} {value}{unit}{unconfirmed}{time}")
    }
}

/// The answer to an item of the gate, with its names and reason.
#[must_use]
pub fn gate_answer(answer: &GateAnswer) -> String {
    let told = match answer {
        GateAnswer::Met { name: Some(name) } => format!("met: {name}"),
        GateAnswer::Met { name: None } => "met".to_owned(),
        GateAnswer::NotMet => "not met".to_owned(),
        GateAnswer::Overridden { by, reason } => format!("overridden by {by}: {reason}"),
    };
    printable(&told)
}

/// The patient was named as the clinician.
#[must_use]
pub fn patient_is_no_clinician(name: &str) -> String {
    format!("{name} is the patient: whose word is it? Type the clinician's name; Enter records it as it stands.")
}

/// How the record stood against "met".
#[must_use]
pub const fn met_against(against: Against) -> &'static str {
    match against {
        Against::NotRecorded => "the record did not show it",
        Against::Otherwise => "the record said otherwise",
    }
}

/// Met, although the record does not say so?
#[must_use]
pub fn met_against_question(item: &GateItem, zone: &Zone, style: ClockStyle, now: At) -> Vec<String> {
    let shown = evidence(&item.evidence, zone, style, now);
    let why = match item.against {
        Some(Against::Otherwise) => "The record says otherwise",
        _ => "The record does not show it",
    };
    vec![
        format!("{}: met all the same?", printable(&item.say)),
        format!("{why}: {shown}."),
        "It is recorded as met, with a mark that the record stood against it.".to_owned(),
    ]
}

/// What the record shows, in the few columns beside the list of items: `126/80 at 15:22`, or without its time where there
/// is too little room. Its words stand in the item.
#[must_use]
pub fn evidence_short(evidence: &Evidence, zone: &Zone, style: ClockStyle, with_time: bool) -> String {
    let at = |at: At| if with_time { format!(" at {}", clock(zone, at.utc_ms, style)) } else { String::new() };
    let nothing = || "not recorded".to_owned();
    match evidence {
        Evidence::None => String::new(),
        Evidence::Grade(_, last) | Evidence::Nausea(last, None) => {
            last.map_or_else(nothing, |last| format!("{}{}", last.grade, at(last.at)))
        }
        Evidence::Nausea(_, Some(vomited)) => format!("vomiting{}", at(vomited.at)),
        Evidence::BloodPressure { last, baseline } => last
            .as_ref()
            .and_then(|taken| {
                let shown = baseline_pressure(taken).map(pressure)?;
                Some(match baseline {
                    None => format!("{shown}, no baseline"),
                    Some(baseline) if baseline.seq == taken.seq => format!("{shown}, the baseline"),
                    Some(_) => format!("{shown}{}", at(taken.at)),
                })
            })
            .unwrap_or_else(nothing),
        Evidence::HeartAndBreathing(values) => {
            let value = |value: &Option<(u16, Taken)>| value.as_ref().map_or("?".to_owned(), |(v, _)| v.to_string());
            let [heart, spo2, breathing] = values;
            let last = values.iter().flatten().map(|(_, taken)| taken.at).max_by_key(|at| at.session_ms);
            last.map_or_else(nothing, |last| {
                format!("{}, {} %, {}{}", value(heart), value(spo2), value(breathing), at(last))
            })
        }
        Evidence::SinceEnd { since_ms, .. } => {
            since_ms.map_or_else(|| "no END".to_owned(), |ms| format!("{} min", ms / MINUTE_MS))
        }
        Evidence::Ride(name) => name.as_ref().map_or_else(|| "no name".to_owned(), |name| printable(name)),
        Evidence::SelfHarm { mentions, .. } => super::self_harm::last_mention(mentions, zone, style),
        Evidence::Guidance { given: None, .. } => "not given".to_owned(),
        Evidence::Guidance { given: Some(given), changed_since: false } => format!("given{}", at(*given)),
        Evidence::Guidance { given: Some(_), changed_since: true } => "times have changed".to_owned(),
    }
}

/// Over the list of items: `Gate: 4 of 15 settled`, or `Gate: 4 of 15, ready since 18:55`; and in fewer words.
#[must_use]
pub fn gate_heading(settled: usize, count: usize, ready: Option<&str>) -> [String; 2] {
    match ready {
        None => [format!("Gate: {settled} of {count} settled"), format!("Gate: {settled} of {count} settled")],
        Some(time) => {
            [format!("Gate: {settled} of {count}, ready since {time}"), format!("Gate {settled}/{count}, ready {time}")]
        }
    }
}

/// Beside an answer that the record stood against when it was given: `met ?`, `met ≠`.
#[must_use]
pub const fn against_mark(against: Against) -> &'static str {
    match against {
        Against::NotRecorded => "?",
        Against::Otherwise => "\u{2260}",
    }
}

/// Beside it: `12 missing: w lists them`, and in fewer words. That the list is empty is no word about the patient.
#[must_use]
pub fn missing_count(count: usize) -> [String; 2] {
    if count == 0 {
        return ["the list of w is empty".to_owned(), "w: empty".to_owned()];
    }
    [format!("{count} missing: w lists them"), format!("{count} missing: w")]
}

/// `Record: BP 126/80 at 15:22, baseline 122/78`
#[must_use]
pub fn record_shows(say: Option<&str>, shown: &str) -> String {
    say.map_or_else(|| format!("Record: {shown}"), |say| format!("{}. Record: {shown}", printable(say)))
}

/// `Answer: met, 15:40, June Doe`
#[must_use]
pub fn answer_stands(answer: &GateAnswer, time: &str, by: &str) -> String {
    format!("Answer: {}", gate_answered(answer, time, by))
}

/// In the place of an answer that holds no more: ask again.
#[must_use]
const fn answered_before() -> &'static str {
    "again"
}

/// The answer in one short word or two.
#[must_use]
pub const fn gate_answer_word(answer: Option<&GateAnswer>) -> &'static str {
    match answer {
        Some(GateAnswer::Met { .. }) => "met",
        Some(GateAnswer::NotMet) => "not met",
        Some(GateAnswer::Overridden { .. }) => "overridden",
        None => "open",
    }
}

/// The answer as it holds in one word; one that holds no more is said to be asked again.
#[must_use]
pub const fn gate_item_word(item: &GateItem) -> &'static str {
    if item.is_asked_again() { answered_before() } else { gate_answer_word(item.holding()) }
}

/// Why an answer that was given holds no more.
#[must_use]
pub const fn holds_no_more(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::SelfHarm { .. } => "answered before; they came up again, and no word on that is recorded",
        _ => "answered before; the driving time has changed, and was not told again",
    }
}

/// The answer with its time and who gave it: `met: Maria, 15:40, June Doe`.
#[must_use]
pub fn gate_answered(answer: &GateAnswer, time: &str, by: &str) -> String {
    // A clinician's own act names the clinician already.
    match answer {
        GateAnswer::Overridden { by: who, .. } | GateAnswer::Met { name: Some(who) } if who == by => {
            format!("{}, {time}", gate_answer(answer))
        }
        _ => format!("{}, {time}, {}", gate_answer(answer), printable(by)),
    }
}

//! The call card: what to read aloud to the clinician, in the order situation, background, assessment, request. What stands
//! first does not change while it is read on the telephone, and does not depend on what was acknowledged meanwhile.
//! The assessment is the numbers and what was seen, never a diagnosis.

use std::cmp::Reverse;

use super::call_choice::{CallCard, Part, Piece, Weight, chosen};
use super::call_stage::stage;
use super::clock::{ClockStyle, clock};
use super::names::REHEARSAL;
use super::record::event;
use super::spoken::{spoken_finding, spoken_grade, spoken_reading, spoken_value};
use crate::guidance::{Guidance, Prompt, Stands, Told};
use crate::protocol::{Priority, Protocol, Reach, ReadingKind, Scale, Sign, Subject};
use crate::session::{At, Event, MINUTE_MS, Phase, Screening, Session, Zone};

/// A room's name, and a patient's, are read out with so many words at most.
const NAME_WORDS: usize = 4;
/// So many words of a free text (allergies, a drug, a step) are read out.
const TEXT_WORDS: usize = 7;

/// The card.
#[must_use]
pub fn call_card(
    protocol: &Protocol,
    session: &Session,
    guidance: &Guidance,
    room: Option<&str>,
    zone: &Zone,
    style: ClockStyle,
) -> CallCard {
    let composer = Composer { protocol, session, guidance, zone, style, told: Told::of(protocol, session, guidance) };
    let mut pieces: Vec<Piece> = Vec::new();
    composer.situation(room, &mut pieces);
    composer.background(&mut pieces);
    composer.assessment(&mut pieces);
    pieces.push(Piece { part: Part::Request, weight: Weight::Always, text: composer.request() });
    chosen(&pieces)
}

/// Before what has no room on the card.
#[must_use]
pub const fn not_read_aloud() -> &'static str {
    "Not read aloud:"
}

/// At most so many words of a text that a person typed.
fn shortened(text: &str, most: usize) -> String {
    let mut all = text.split_whitespace();
    let taken: Vec<&str> = all.by_ref().take(most).collect();
    let more = if all.next().is_some() { " and more" } else { "" };
    format!("{}{more}", taken.join(" ").trim_end_matches(['.', ',', ';']))
}

struct Composer<'a> {
    protocol: &'a Protocol,
    session: &'a Session,
    guidance: &'a Guidance,
    zone: &'a Zone,
    style: ClockStyle,
    told: Told,
}

impl Composer<'_> {
    fn clock(&self, at: At) -> String {
        clock(self.zone, at.utc_ms, self.style)
    }

    fn finding(&self, prompt: &Prompt) -> String {
        spoken_finding(prompt, self.protocol, self.session, self.guidance, self.zone, self.style)
    }

    /// Where, who, how old, how far the infusion is, and what was found.
    fn situation(&self, room: Option<&str>, out: &mut Vec<Piece>) {
        let mut add = |weight, text: String| out.push(Piece { part: Part::Situation, weight, text });
        if self.session.opening().rehearsal {
            add(Weight::Always, format!("{REHEARSAL}."));
        }
        let description = &self.session.state().description;
        if let Some(room) = room.or(self.session.opening().room.as_deref()) {
            add(Weight::Always, format!("{}.", shortened(room, NAME_WORDS)));
        }
        // First name or code: the whole name is not read out in a room with others.
        let is_code = description.patient.chars().any(|c| c.is_ascii_digit());
        let first = description.patient.split_whitespace().next().unwrap_or_default().to_owned();
        let name = if is_code { shortened(&description.patient, NAME_WORDS) } else { first };
        add(Weight::Name, format!("{name}."));
        if let Some(code) = &description.code {
            add(Weight::Besides, format!("Code {}.", shortened(code, NAME_WORDS)));
        }
        let today = self.zone.local(self.guidance.now.utc_ms).date_naive();
        if let Some(years) = description.age_years(today) {
            add(Weight::Age, format!("{years} years."));
        }
        if let Some(emergency) = self.session.state().emergency() {
            add(Weight::Always, format!("Emergency since {}.", self.clock(emergency.began)));
        }
        add(Weight::Stage, stage(&self.guidance.progress, &self.session.state().phase));
        if let Some(first) = &self.told.first {
            add(Weight::Always, self.finding(first));
        }
        for (index, new) in self.told.new.iter().enumerate() {
            let weight = match new.priority {
                Priority::High | Priority::Medium if index == 0 => Weight::New,
                Priority::High | Priority::Medium => Weight::Grave,
                Priority::Low | Priority::Prompt => Weight::Besides,
            };
            add(weight, format!("New: {}", self.finding(new)));
        }
    }

    /// Allergies, drugs given, and what was done.
    fn background(&self, out: &mut Vec<Piece>) {
        let mut add = |weight, text: String| out.push(Piece { part: Part::Background, weight, text });
        add(
            Weight::Allergies,
            match self.session.state().description.allergies.as_deref() {
                Some(allergies) if !allergies.is_empty() => {
                    format!("Allergies: {}.", shortened(allergies, TEXT_WORDS))
                }
                _ => "Allergies not recorded.".to_owned(),
            },
        );
        // The last ones first: they are left out last.
        for row in self.session.standing().rev() {
            if let Event::DrugGiven(drug) = row.event {
                let said = shortened(&format!("{} {}", drug.drug, drug.dose), TEXT_WORDS);
                add(Weight::Drugs, format!("Given: {said} at {}.", self.clock(row.item.at)));
            }
        }
        for item in &self.protocol.screening {
            let answer = self.session.state().asked.screening.get(&item.id).map(|(screened, _)| screened.answer);
            if let Some(word @ (Screening::Yes | Screening::Unknown)) = answer {
                let (said, weight) =
                    if word == Screening::Yes { ("yes", Weight::Screened) } else { ("unknown", Weight::Unsure) };
                add(weight, format!("Screening {said}: {}.", shortened(&item.say, TEXT_WORDS)));
            }
        }
        let said = &self.session.state().asked.self_harm;
        let is_alarm = |prompt| self.subject(prompt) == Some(Subject::Sign(Sign::SelfHarm));
        let is_told = said.mentions.len() == 1 && self.guidance.prompts.standing().any(is_alarm);
        let said = super::self_harm::told_on_a_call(said, is_told, self.zone, self.style);
        said.into_iter().zip([Weight::Screened, Weight::Besides]).for_each(|(said, weight)| add(weight, said));
        for (index, (step, at)) in self.done().into_iter().enumerate() {
            let weight = if index == 0 { Weight::Done } else { Weight::Besides };
            add(weight, format!("Done {}: {}.", self.clock(at), shortened(&step, TEXT_WORDS)));
        }
    }

    /// What was done since the findings, or the emergency, began, the last first, each once.
    fn done(&self) -> Vec<(String, At)> {
        let causes = self.told.first.iter().chain(&self.told.new).chain(&self.told.others);
        let causes = causes.filter_map(|prompt| Some(self.session.row(prompt.id.cause)?.item.at.session_ms));
        let emergency = self.session.state().emergency().map(|emergency| emergency.began.session_ms);
        let from = causes.chain(emergency).min().unwrap_or(i64::MAX);
        let mut done: Vec<(String, At)> = Vec::new();
        for row in self.session.standing().rev().take_while(|row| row.item.at.session_ms >= from) {
            let step = match row.event {
                Event::PromptAnswered { response: 1.., text, .. } => Some(lowered(text)),
                Event::ComfortNoted { .. }
                | Event::InfusionPaused
                | Event::InfusionResumed
                | Event::RateChanged { .. } => Some(event(row.event)),
                Event::EmergencyMarked { mark, .. } => Some(lowered(mark)),
                _ => None,
            };
            if let Some(step) = step.filter(|step| !done.iter().any(|(known, _)| known == step)) {
                done.push((step, row.item.at));
            }
        }
        done
    }

    /// The numbers against the baseline with their ages, and what else was found: what is past a limit first.
    fn assessment(&self, out: &mut Vec<Piece>) {
        let history = &self.guidance.history;
        let mut kinds =
            [ReadingKind::BloodPressure, ReadingKind::Spo2, ReadingKind::HeartRate, ReadingKind::RespiratoryRate];
        kinds.sort_by_key(|kind| Reverse(self.reach(*kind).max(self.reach_told(*kind))));
        let past =
            kinds.iter().take_while(|kind| self.reach(**kind).max(self.reach_told(**kind)) > Reach::Inside).count();
        // A value of the line that was named already carries no age of its own.
        let mut named = self.told.first.as_ref().map(|first| first.latest);
        let mut add = |weight, text: String| out.push(Piece { part: Part::Assessment, weight, text });
        let is_serious = self.is_alarmed(Subject::Scale(Scale::Sedation));
        for (index, kind) in kinds.into_iter().enumerate() {
            if index == past && is_serious {
                self.sedation(Weight::Baseline, &mut add);
            }
            self.number(kind, &mut named, &mut add);
        }
        if past == kinds.len() && is_serious {
            self.sedation(Weight::Baseline, &mut add);
        }
        if history.vitals.is_empty() {
            add(Weight::Number, "No vital signs recorded.".to_owned());
        }
        if !is_serious {
            self.sedation(Weight::Number, &mut add);
        }
        // The value that stands now has been told with its age already.
        let is_told = |prompt: &&Prompt| {
            let is_value = matches!(self.subject(prompt), Some(Subject::Reading(_) | Subject::Scale(Scale::Sedation)));
            is_value && !prompt.latched_only
        };
        for prompt in self.told.others.iter().filter(|prompt| !is_told(prompt)) {
            let weight = match self.subject(prompt) {
                // What stands until a clinician has said something of it is said whatever else is.
                _ if prompt.stands != Stands::No => Weight::Stage,
                Some(Subject::Sign(_) | Subject::Vomiting) if prompt.priority == Priority::High => Weight::Grave,
                Some(Subject::Unobtainable) if prompt.priority == Priority::High => Weight::Number,
                _ => Weight::Besides,
            };
            add(weight, format!("Also: {}", self.finding(prompt)));
        }
    }

    /// One reading: the value that stands now, and beside it the baseline of a pressure and of what is past a limit.
    fn number(&self, kind: ReadingKind, named: &mut Option<u64>, add: &mut impl FnMut(Weight, String)) {
        let history = &self.guidance.history;
        let Some((_, taken)) = history.last_attempt(kind) else { return };
        let is_first = self.told.first.as_ref().and_then(|first| self.subject(first)) == Some(Subject::Reading(kind));
        let is_past = is_first || self.reach(kind) > Reach::Inside || self.is_alarmed(Subject::Reading(kind));
        let baseline = history.baseline.filter(|baseline| history.started.is_some() && baseline.seq != taken.seq);
        let baseline = baseline.and_then(|baseline| spoken_value(&baseline.vitals, kind));
        let is_told = kind == ReadingKind::BloodPressure || is_first || (is_past && kind == ReadingKind::Spo2);
        let baseline = baseline.filter(|_| is_told);
        // What the first sentence has said already is said once more only for what stands beside it.
        if is_first && baseline.is_none() {
            return;
        }
        let Some(said) = spoken_reading(&taken.vitals, kind) else { return };
        let unconfirmed = if taken.is_doubted(kind) { " unconfirmed" } else { "" };
        let age = if *named == Some(taken.seq) { String::new() } else { self.age(taken.at) };
        *named = Some(taken.seq);
        let weight = match kind {
            _ if is_past => Weight::Baseline,
            ReadingKind::BloodPressure | ReadingKind::Spo2 => Weight::Number,
            _ => Weight::Pulse,
        };
        // The unit is said once.
        let baseline = baseline.map(|value| format!(", baseline {}", value.trim_end_matches(" percent")));
        add(weight, format!("{}{unconfirmed}{age}{}.", super::capitalized(&said), baseline.unwrap_or_default()));
    }

    /// The last grade of sedation, where the first sentence is not about it.
    fn sedation(&self, weight: Weight, add: &mut impl FnMut(Weight, String)) {
        let subject = self.told.first.as_ref().and_then(|first| self.subject(first));
        let last = self.guidance.history.last_grade(Scale::Sedation);
        if let Some(last) = last.filter(|_| subject != Some(Subject::Scale(Scale::Sedation))) {
            let said = super::capitalized(&spoken_grade(Scale::Sedation, last.grade));
            add(weight, format!("{said}{}.", self.age(last.at)));
        }
    }

    fn subject(&self, prompt: &Prompt) -> Option<Subject> {
        Some(self.protocol.responses.get(prompt.found_by)?.when.subject())
    }

    /// Whether an alarm about it stands, one that has gone without anybody's word too.
    fn is_alarmed(&self, subject: Subject) -> bool {
        let all = self.told.first.iter().chain(&self.told.new).chain(&self.told.others);
        let mut alarms = all.filter(|prompt| prompt.priority >= Priority::Medium);
        alarms.any(|prompt| self.subject(prompt) == Some(subject))
    }

    /// What the first sentence is about comes first, whether or not it is still past its limit.
    fn reach_told(&self, kind: ReadingKind) -> Reach {
        let subject = self.told.first.as_ref().and_then(|first| self.subject(first));
        if subject == Some(Subject::Reading(kind)) { Reach::Call } else { Reach::Inside }
    }

    /// How far the last reading is past its limits.
    fn reach(&self, kind: ReadingKind) -> Reach {
        let history = &self.guidance.history;
        let last = history.last_attempt(kind);
        let reach = last.and_then(|(_, taken)| history.reach(self.protocol, kind, &taken, Reach::Inside));
        reach.unwrap_or(Reach::Inside)
    }

    /// `, 4 minutes ago`.
    fn age(&self, at: At) -> String {
        match (self.guidance.now.session_ms - at.session_ms) / MINUTE_MS {
            ..=0 => ", just now".to_owned(),
            1 => ", a minute ago".to_owned(),
            minutes => format!(", {minutes} minutes ago"),
        }
    }

    fn has_left(&self) -> bool {
        matches!(self.session.state().phase, Phase::Left(_) | Phase::Closed)
    }

    /// What the protocol says to ask for; without a row of its own, by how grave it is.
    fn request(&self) -> String {
        let gravest = self.told.gravest();
        let asked = gravest.and_then(|gravest| self.protocol.asks.iter().find(|ask| ask.response == gravest.id.rule));
        let is_grave = gravest.is_some_and(|gravest| gravest.priority == Priority::High && !gravest.latched_only);
        match asked {
            _ if self.session.state().emergency().is_some() => "Please come now.".to_owned(),
            // There is nobody in the room to come to.
            _ if self.has_left() => "The patient has left: please tell me what to do now.".to_owned(),
            Some(ask) => ask.say.clone(),
            None if is_grave => "Please come now.".to_owned(),
            None => "Please come, or tell me what to do.".to_owned(),
        }
    }
}

/// A step as in the middle of a sentence: `Eye shades on`, but not `SpO2 taken` or `BP repeated`.
fn lowered(step: &str) -> String {
    let mut chars = step.chars();
    let Some(first) = chars.next() else { return String::new() };
    let plain = chars.clone().take_while(|c| !c.is_whitespace()).all(char::is_lowercase);
    if plain { first.to_lowercase().chain(chars).collect() } else { step.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("penicillin", "penicillin")]
    #[case("penicillin, latex, shellfish,", "penicillin, latex and more")]
    #[case("penicillin, latex.", "penicillin, latex")]
    fn a_text_that_somebody_typed(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(shortened(text, 2), expected);
    }
}

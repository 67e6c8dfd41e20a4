//! The call card: what to read aloud to the clinician, in the order situation, background, assessment, request. What is
//! said is measured, in words and in syllables, so that it is read in under 20 seconds; what has no room stays on the screen.
//! The assessment is the numbers and what was seen, never a diagnosis.

use std::cmp::Reverse;

use super::call_stage::stage;
use super::clock::{ClockStyle, clock};
use super::names::REHEARSAL;
use super::record::{event, printable};
use super::spoken::{spoken_finding, spoken_grade, spoken_reading, spoken_value};
use super::spoken_time::spoken_ms;
use crate::guidance::{Guidance, Prompt, Stands};
use crate::protocol::{Priority, Protocol, Reach, ReadingKind, Scale, Sign, Subject};
use crate::session::{At, Event, MINUTE_MS, Phase, Screening, Session, Zone};

/// So many words are read aloud at most.
pub const MAX_SPOKEN_WORDS: usize = 40;
/// So long they take at most, ms: a number is one word, and may be seven syllables.
pub const MAX_SPOKEN_MS: usize = 20_000;
/// A room's name, and a patient's, are read out with so many words at most.
const NAME_WORDS: usize = 4;
/// So many words of a free text (allergies, a drug, a step) are read out.
const TEXT_WORDS: usize = 7;

/// The four parts, in the order in which they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Situation,
    Background,
    Assessment,
    Request,
}

/// How soon a sentence is left out: the last of these first. `Always` never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Always,
    Stage,
    Name,
    Baseline,
    Allergies,
    Drugs,
    Number,
    Done,
    Screening,
    Pulse,
    Age,
    Besides,
}

/// One sentence of the card.
struct Piece {
    part: Part,
    weight: Weight,
    text: String,
}

/// The card of one minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallCard {
    /// What is read aloud: the letter of each part with its sentences.
    pub spoken: Vec<(char, String)>,
    /// What has no room, for whoever is asked.
    pub besides: String,
}

impl CallCard {
    /// What is read aloud, as it goes into the record.
    #[must_use]
    pub fn said(&self) -> String {
        self.spoken.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// How many words that are.
    #[must_use]
    pub fn spoken_words(&self) -> usize {
        self.spoken.iter().map(|(_, text)| words(text)).sum()
    }

    /// How long that takes, ms.
    #[must_use]
    pub fn spoken_ms(&self) -> usize {
        spoken_ms(&self.said())
    }
}

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
    let composer = Composer { protocol, session, guidance, zone, style, worst: worst(guidance) };
    let mut pieces: Vec<Piece> = Vec::new();
    composer.situation(room, &mut pieces);
    composer.background(&mut pieces);
    composer.assessment(&mut pieces);
    pieces.push(Piece { part: Part::Request, weight: Weight::Always, text: composer.request() });
    chosen(&pieces)
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Keeps what weighs most, in the order in which it is said.
fn chosen(pieces: &[Piece]) -> CallCard {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|index| pieces[*index].weight);
    let mut kept = vec![false; pieces.len()];
    let mut said = String::new();
    for index in order {
        let with = format!("{said} {}", pieces[index].text);
        let has_room = words(&with) <= MAX_SPOKEN_WORDS && spoken_ms(&with) <= MAX_SPOKEN_MS;
        if pieces[index].weight == Weight::Always || has_room {
            kept[index] = true;
            said = with;
        }
    }
    let mut spoken: Vec<(char, String)> = Vec::new();
    let mut besides = Vec::new();
    for (piece, kept) in pieces.iter().zip(kept) {
        let text = printable(&piece.text);
        let letter = match piece.part {
            Part::Situation => 'S',
            Part::Background => 'B',
            Part::Assessment => 'A',
            Part::Request => 'R',
        };
        match spoken.last_mut() {
            _ if !kept => besides.push(text),
            Some((last, line)) if *last == letter => {
                line.push(' ');
                line.push_str(&text);
            }
            _ => spoken.push((letter, text)),
        }
    }
    CallCard { spoken, besides: besides.join(" ") }
}

/// The worst finding: what is open, and what was dealt with and still holds. Of equals, what is open.
fn worst(guidance: &Guidance) -> Option<&Prompt> {
    standing(guidance).into_iter().next()
}

fn standing(guidance: &Guidance) -> Vec<&Prompt> {
    let mut standing: Vec<&Prompt> = guidance.prompts.open.iter().chain(&guidance.prompts.settled).collect();
    standing.sort_by_key(|prompt| Reverse(prompt.priority));
    standing
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
    worst: Option<&'a Prompt>,
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
        if let Some(worst) = self.worst {
            add(Weight::Always, self.finding(worst));
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
                let said = if word == Screening::Yes { "yes" } else { "unknown" };
                add(Weight::Screening, format!("Screening {said}: {}.", shortened(&item.say, TEXT_WORDS)));
            }
        }
        let said = &self.session.state().asked.self_harm;
        let is_told = standing(self.guidance).iter().any(|prompt| {
            let subject = self.protocol.responses.get(prompt.rule).map(|response| response.when.subject());
            subject == Some(Subject::Sign(Sign::SelfHarm)) && said.mentions.len() == 1
        });
        let said = super::self_harm::told_on_a_call(said, is_told, self.zone, self.style);
        said.into_iter().zip([Weight::Screening, Weight::Besides]).for_each(|(said, weight)| add(weight, said));
        for (index, (step, at)) in self.done().into_iter().enumerate() {
            let weight = if index == 0 { Weight::Done } else { Weight::Besides };
            add(weight, format!("Done {}: {}.", self.clock(at), shortened(&step, TEXT_WORDS)));
        }
    }

    /// What was done since the findings, or the emergency, began, the last first, each once.
    fn done(&self) -> Vec<(String, At)> {
        let causes = standing(self.guidance).into_iter();
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

    /// The numbers against the baseline with their ages, and what else was found.
    fn assessment(&self, out: &mut Vec<Piece>) {
        let mut add = |weight, text: String| out.push(Piece { part: Part::Assessment, weight, text });
        let history = &self.guidance.history;
        let subject = self.worst.and_then(|worst| Some(self.protocol.responses.get(worst.rule)?.when.subject()));
        // A value of the line that was named already carries no age of its own.
        let mut named = self.worst.map(|worst| worst.latest);
        let mut kinds =
            [ReadingKind::BloodPressure, ReadingKind::Spo2, ReadingKind::HeartRate, ReadingKind::RespiratoryRate];
        // What is past a limit is said first, and left out last.
        kinds.sort_by_key(|kind| Reverse(self.reach(*kind)));
        for kind in kinds {
            let Some((_, taken)) = history.last_attempt(kind) else { continue };
            let is_pressure = kind == ReadingKind::BloodPressure;
            let baseline = history.baseline.filter(|baseline| history.started.is_some() && baseline.seq != taken.seq);
            let baseline = baseline.and_then(|baseline| spoken_value(&baseline.vitals, kind));
            if subject == Some(Subject::Reading(kind)) {
                if let Some(value) = baseline {
                    add(Weight::Baseline, format!("Baseline {value}."));
                }
            } else if let Some(said) = spoken_reading(&taken.vitals, kind) {
                let unconfirmed = if taken.is_doubted(kind) { " unconfirmed" } else { "" };
                let baseline = baseline.filter(|_| is_pressure).map(|value| format!(", baseline {value}"));
                let age = if named == Some(taken.seq) { String::new() } else { self.age(taken.at) };
                named = Some(taken.seq);
                let weight = match kind {
                    _ if self.reach(kind) > Reach::Inside => Weight::Baseline,
                    ReadingKind::BloodPressure | ReadingKind::Spo2 => Weight::Number,
                    _ => Weight::Pulse,
                };
                let said = super::capitalized(&said);
                add(weight, format!("{said}{unconfirmed}{age}{}.", baseline.unwrap_or_default()));
            }
        }
        if history.vitals.is_empty() {
            add(Weight::Number, "No vital signs recorded.".to_owned());
        }
        if let Some(last) =
            history.last_grade(Scale::Sedation).filter(|_| subject != Some(Subject::Scale(Scale::Sedation)))
        {
            let said = super::capitalized(&spoken_grade(Scale::Sedation, last.grade));
            add(Weight::Number, format!("{said}{}.", self.age(last.at)));
        }
        for prompt in standing(self.guidance).into_iter().skip(1) {
            // What stands until a clinician has said something of it is said whatever else is.
            let weight = if prompt.stands == Stands::No { Weight::Besides } else { Weight::Stage };
            add(weight, format!("Also: {}", self.finding(prompt)));
        }
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
        let asked = self.worst.and_then(|worst| self.protocol.asks.iter().find(|ask| ask.response == worst.id.rule));
        let is_grave = self.worst.is_some_and(|worst| worst.priority == Priority::High);
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

    fn piece(weight: Weight, text: &str) -> Piece {
        Piece { part: Part::Situation, weight, text: text.to_owned() }
    }

    #[test]
    fn what_weighs_least_is_left_out_first_and_what_always_stands_never() {
        let long = "word ".repeat(MAX_SPOKEN_WORDS - 6);
        let pieces = [
            piece(Weight::Besides, "some thing besides"),
            piece(Weight::Stage, &long),
            piece(Weight::Always, "the number stands."),
            piece(Weight::Age, "three words more"),
            piece(Weight::Always, "Please come now."),
        ];
        let card = chosen(&pieces);
        assert_eq!(card.spoken_words(), MAX_SPOKEN_WORDS);
        assert!(card.said().ends_with("the number stands. Please come now."), "{card:?}");
        assert_eq!(card.besides, "some thing besides three words more");
    }

    #[test]
    fn a_number_takes_longer_than_a_word() {
        let pieces = [
            piece(Weight::Always, "Please come now."),
            piece(Weight::Stage, &"174 ".repeat(20)),
            piece(Weight::Age, "Late."),
        ];
        let card = chosen(&pieces);
        assert_eq!((card.said().as_str(), card.spoken_words()), ("Please come now. Late.", 4), "{card:?}");
        assert!(card.spoken_ms() < MAX_SPOKEN_MS);
    }

    #[rstest::rstest]
    #[case("penicillin", "penicillin")]
    #[case("penicillin, latex, shellfish,", "penicillin, latex and more")]
    #[case("penicillin, latex.", "penicillin, latex")]
    fn a_text_that_somebody_typed(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(shortened(text, 2), expected);
    }
}

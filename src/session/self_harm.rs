//! Thoughts of self-harm in a record: how they came up, and the clinician's word on them. They stand until that word is
//! recorded, and stand again where they come up after it.

use super::asked::Screening;
use super::event::{Event, GateAnswer, Observation};
use super::time::At;
use super::timeline::Row;
use crate::protocol::{OnlyIf, ScreeningKind, Sign, gate_asks_word};

/// How they came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameUp {
    /// Seen or said.
    Said,
    /// Asked in the screening, and answered with yes.
    Screened,
    /// Item 9 of a PHQ-9, 1 to 3.
    Item9(u8),
    /// Said on the day after.
    DayAfter,
}

/// One time that they came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// The last entry that says so: the entry itself, or an amendment of it.
    pub said_by: u64,
    /// How.
    pub came_up: CameUp,
}

/// What a clinician said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicianWord {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: At,
    /// Who entered it.
    pub by: String,
    /// The answer.
    pub answer: GateAnswer,
}

impl ClinicianWord {
    /// Whether it names the clinician: "not met" says that there is no word yet.
    #[must_use]
    pub const fn is_given(&self) -> bool {
        matches!(self.answer, GateAnswer::Met { .. } | GateAnswer::Overridden { .. })
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelfHarm {
    /// Each time that they came up, by the time it was observed.
    pub mentions: Vec<Mention>,
    /// The last answer to the item of the gate that asks for the clinician's word.
    pub word: Option<ClinicianWord>,
    /// Answers of the gate, by item, that do not say themselves whether they are that word, as long as nothing came up.
    unsaid: Vec<(String, ClinicianWord)>,
}

impl SelfHarm {
    /// Takes the next row of the time line.
    pub(super) fn take(&mut self, row: &Row<'_>) {
        let (seq, at) = (row.item.seq, row.item.at);
        if let Some(came_up) = came_up(row.event) {
            let said_by = row.item.amended_by.last().copied().unwrap_or(seq);
            self.mentions.push(Mention { seq, at, said_by, came_up });
        }
        if let Event::GateAnswered { item, answer, word_on, .. } = row.event {
            let word = ClinicianWord { seq, at, by: row.entry.fields.actor.id.clone(), answer: answer.clone() };
            match word_on {
                Some(OnlyIf::SelfHarm) => self.spoken(word),
                None => self.unsaid.push((item.clone(), word)),
            }
        }
        // No such item is asked where they did not come up: then its protocol need not be read.
        if self.came_up() && !self.unsaid.is_empty() {
            self.read_unsaid(row);
        }
    }

    fn spoken(&mut self, word: ClinicianWord) {
        if self.word.as_ref().is_none_or(|last| last.seq < word.seq) {
            self.word = Some(word);
        }
    }

    /// Of the answers that do not say themselves whether they are the word, those whose item asks for it: in records from before
    /// answers said it, the protocol that the session began with knows.
    fn read_unsaid(&mut self, row: &Row<'_>) {
        let Event::SessionOpened(opening) = &row.first.fields.event else { return };
        for (item, word) in std::mem::take(&mut self.unsaid) {
            if gate_asks_word(&opening.protocol.text, &item) {
                self.spoken(word);
            }
        }
    }

    /// Whether they came up at all.
    #[must_use]
    pub const fn came_up(&self) -> bool {
        !self.mentions.is_empty()
    }

    /// The clinician's word on one entry that speaks of them. By the order of recording: a word cannot be about what
    /// nobody had entered.
    #[must_use]
    pub fn word_on(&self, seq: u64) -> Option<&ClinicianWord> {
        let said_by = self.mentions.iter().find(|mention| mention.seq == seq)?.said_by;
        self.word.as_ref().filter(|word| word.is_given() && word.seq > said_by)
    }

    /// The last time that they came up without a clinician's word on it.
    #[must_use]
    pub fn standing(&self) -> Option<&Mention> {
        self.mentions.iter().filter(|mention| self.word_on(mention.seq).is_none()).max_by_key(|mention| mention.seq)
    }
}

/// How an event tells of them; `None` where it does not. Whoever said it, however it was asked.
#[must_use]
pub fn came_up(event: &Event) -> Option<CameUp> {
    match event {
        Event::ObservationRecorded { observation: Observation::Seen(Sign::SelfHarm) } => Some(CameUp::Said),
        Event::ScreeningAnswered(screened) => {
            let is_yes = screened.about == ScreeningKind::SelfHarm && screened.answer == Screening::Yes;
            is_yes.then_some(CameUp::Screened)
        }
        Event::ScoresRecorded { scores } => {
            scores.phq9_item9.map(super::measure::Phq9Item9::get).filter(|item| *item > 0).map(CameUp::Item9)
        }
        Event::CheckedBack(back) => back.self_harm.then_some(CameUp::DayAfter),
        _ => None,
    }
}

//! What is asked before the start and on the day after, in the clinic's own words.

use serde::{Deserialize, Serialize};

/// Whether an item of the gate in a protocol's text is asked for the clinician's word on thoughts of self-harm: all that a
/// record from before answers said it needs of its protocol, which a later version may no longer read whole.
#[must_use]
pub fn gate_asks_word(text: &str, item: &str) -> bool {
    let item = Some(item);
    let Ok(file) = text.parse::<toml::Table>() else { return false };
    let word = |key: &str, known: &toml::Value| known.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    file.get("gate")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .any(|known| word("id", known).as_deref() == item && word("only_if", known).as_deref() == Some("self_harm"))
}

/// One item of the screening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScreeningItem {
    /// Unique in the protocol.
    pub id: String,
    /// What it is about.
    pub kind: ScreeningKind,
    /// The item, in words.
    pub say: String,
}

/// What an item of the screening is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningKind {
    /// A reason against the treatment: the prescriber decides.
    Contraindication,
    /// Something that may weaken or change the effect: a question with a note.
    Interaction,
    /// Thoughts of suicide or self-harm: a yes calls the clinician.
    SelfHarm,
}

impl ScreeningKind {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Contraindication, Self::Interaction, Self::SelfHarm];
}

/// What must have come up in a session for an item of the gate to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlyIf {
    /// Thoughts of suicide or self-harm were spoken.
    SelfHarm,
}

/// The question of the day after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckBack {
    /// Due so many hours after the patient left.
    pub after_h: u32,
    /// The question.
    pub say: String,
    /// Its answers, one key each.
    pub answers: Vec<String>,
    /// The answer with which it stays due.
    pub not_reached: String,
    /// The answer that tells of thoughts of self-harm, from 1; none where no answer does.
    pub self_harm_answer: Option<u32>,
}

/// What the clinic expects of a series: it warns, and never blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesRules {
    /// Infusions of a series; what follows are boosters.
    pub infusions: u32,
    /// More than so many in any seven days are told.
    pub most_in_7_days: u32,
    /// A series longer than so many weeks is told.
    pub most_weeks: u32,
    /// Psychotherapy sessions over the series, at least.
    pub psychotherapy: u32,
    /// After so many infusions a clinician can assess the response.
    pub assess_after: u32,
    /// How patients respond, in the clinic's words.
    pub explained: Vec<String>,
}

/// So many answers have a key: the last one is "not reached".
pub const MAX_ANSWERS: usize = 8;

//! The comfort plan: what this person agreed to beforehand, and what helps them. What was not asked stays unanswered, and
//! never counts as yes.

use serde::{Deserialize, Serialize};

use crate::protocol::Comfort;

/// What the patient said in preparation. Each answer may be missing: then it was not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ComfortPlan {
    /// Touch, for comfort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touch: Option<Wish>,
    /// Music.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub music: Option<Wish>,
    /// Light.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<Wish>,
    /// Words that help, as the patient put them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What the patient comes with: their intention, as they put it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<String>,
    /// Whether their words may be noted down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<bool>,
}

impl ComfortPlan {
    /// Whether the patient said no to touch. Not asked is no refusal, and no agreement either.
    #[must_use]
    pub fn refuses_touch(&self) -> bool {
        self.touch == Some(Wish::No)
    }

    /// Whether a comfort measure goes against what the patient said.
    #[must_use]
    pub fn refuses(&self, measure: Comfort) -> bool {
        measure == Comfort::HandHeld && self.refuses_touch()
    }

    /// Whether nothing was asked yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An answer to "would you like, may we": yes, no, or in which way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Only so: where, which, how.
    As(String),
}

/// Words that could be read both as a refusal and as an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither yes, nor no, nor in which way")]
pub struct UnclearWish;

/// A refusal, where it stands alone.
const REFUSALS: &[&str] = &["no", "n", "none", "never", "nope", "refused", "refuses", "declined", "declines"];
/// What takes something away, wherever it stands: with it nothing is read as an agreement.
const NEGATIONS: &[&str] = &["not", "nothing", "nobody", "nowhere", "without", "don't", "dont", "avoid", "rather"];
/// An agreement, where it stands alone.
const AGREEMENTS: &[&str] = &["yes", "y", "ok", "agreed", "agrees"];

impl Wish {
    /// Reads what was typed: `yes`, `no`, or only what was agreed to (`hand only`). A sentence that takes something away
    /// (`no, but a hand`, `please not`) is not guessed at.
    ///
    /// # Errors
    /// Words that could be taken for either.
    pub fn read(typed: &str) -> Result<Self, UnclearWish> {
        let folded = typed.to_lowercase().replace('\u{2019}', "'");
        let is_letter = |c: char| c.is_alphanumeric() || c == '\'';
        let words: Vec<&str> = folded.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()).collect();
        let (agrees, rest) = match words.split_first().ok_or(UnclearWish)? {
            (first, rest) if AGREEMENTS.contains(first) => (true, rest),
            _ => (false, words.as_slice()),
        };
        let takes_away = |word: &&&str| REFUSALS.contains(*word) || NEGATIONS.contains(*word);
        match (agrees, rest) {
            (true, []) => Ok(Self::Yes),
            (false, [only]) if REFUSALS.contains(only) => Ok(Self::No),
            (_, rest) if rest.iter().any(|word| takes_away(&word)) => Err(UnclearWish),
            // `yes, hand only`: what was agreed to is the hand.
            (true, _) => Ok(Self::As(after_first_word(typed.trim(), is_letter).to_owned())),
            (false, _) => Ok(Self::As(typed.trim().to_owned())),
        }
    }
}

fn after_first_word(text: &str, is_letter: impl Fn(char) -> bool) -> &str {
    let rest = text.trim_start_matches(|c| !is_letter(c)).trim_start_matches(&is_letter);
    rest.trim_start_matches(|c: char| !is_letter(c))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("yes", Wish::Yes)]
    #[case(" Y ", Wish::Yes)]
    #[case("NO", Wish::No)]
    #[case("no.", Wish::No)]
    #[case("refused", Wish::No)]
    #[case("hand only", Wish::As("hand only".into()))]
    #[case("yes, hand only", Wish::As("hand only".into()))]
    #[case("agreed: hand only", Wish::As("hand only".into()))]
    #[case("Hand, on request", Wish::As("Hand, on request".into()))]
    #[case("north wind, cello", Wish::As("north wind, cello".into()))]
    fn an_answer_is_read(#[case] typed: &str, #[case] read: Wish) {
        assert_eq!(Wish::read(typed), Ok(read));
    }

    #[rstest]
    #[case("no, but a hand is fine")]
    #[case("no touch")]
    #[case("yes, no")]
    #[case("please no")]
    #[case("rather not")]
    #[case("hand, not the shoulder")]
    #[case("yes: not the face")]
    #[case("not asked")]
    #[case("don\u{2019}t")]
    #[case("?")]
    #[case("...")]
    #[case("")]
    fn what_could_be_a_refusal_is_never_an_agreement(#[case] typed: &str) {
        assert_eq!(Wish::read(typed), Err(UnclearWish));
    }

    #[test]
    fn what_was_not_asked_is_neither_agreed_nor_refused() {
        let plan = ComfortPlan::default();
        assert!(plan.is_empty() && !plan.refuses_touch() && plan.touch.is_none());
        let plan = ComfortPlan { touch: Some(Wish::No), ..plan };
        assert!(plan.refuses(Comfort::HandHeld) && !plan.refuses(Comfort::Water));
    }

    #[test]
    fn it_is_stored_in_few_words() {
        let plan = ComfortPlan {
            touch: Some(Wish::As("hand only".into())),
            music: Some(Wish::Yes),
            notes: Some(false),
            ..ComfortPlan::default()
        };
        let stored = serde_json::to_string(&plan).expect("JSON");
        assert_eq!(stored, r#"{"touch":{"as":"hand only"},"music":"yes","notes":false}"#);
        assert_eq!(serde_json::from_str::<ComfortPlan>(&stored).expect("a plan"), plan);
    }
}

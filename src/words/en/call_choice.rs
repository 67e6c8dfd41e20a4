//! What of the call card is read aloud: measured, in words and in syllables, so that it is read in under 20 seconds. What
//! weighs least is left out first; what has no room stays on the screen, what weighs most of it first.

use super::record::printable;
use super::spoken_time::spoken_ms;

/// So many words are read aloud at most.
pub const MAX_SPOKEN_WORDS: usize = 40;
/// So long they take at most, ms: a number is one word, and may be seven syllables.
pub const MAX_SPOKEN_MS: usize = 20_000;

/// The four parts, in the order in which they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Situation,
    Background,
    Assessment,
    Request,
}

/// How soon a sentence is left out: the last of these first. `Always` never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Always,
    New,
    Stage,
    Grave,
    Name,
    Baseline,
    Allergies,
    Drugs,
    Number,
    Age,
    Screened,
    Done,
    Unsure,
    Pulse,
    Besides,
}

/// One sentence of the card.
pub(super) struct Piece {
    pub(super) part: Part,
    pub(super) weight: Weight,
    pub(super) text: String,
}

/// The card of one minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallCard {
    /// What is read aloud: the letter of each part with its sentences.
    pub spoken: Vec<(char, String)>,
    /// What has no room, for whoever is asked; what would be said next stands first.
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

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Keeps what weighs most, in the order in which it is said.
pub(super) fn chosen(pieces: &[Piece]) -> CallCard {
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
    let mut besides: Vec<(Weight, String)> = Vec::new();
    for (piece, kept) in pieces.iter().zip(kept) {
        let text = printable(&piece.text);
        let letter = match piece.part {
            Part::Situation => 'S',
            Part::Background => 'B',
            Part::Assessment => 'A',
            Part::Request => 'R',
        };
        match spoken.last_mut() {
            _ if !kept => besides.push((piece.weight, text)),
            Some((last, line)) if *last == letter => {
                line.push(' ');
                line.push_str(&text);
            }
            _ => spoken.push((letter, text)),
        }
    }
    besides.sort_by_key(|(weight, _)| *weight);
    let besides: Vec<String> = besides.into_iter().map(|(_, text)| text).collect();
    CallCard { spoken, besides: besides.join(" ") }
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
            piece(Weight::Pulse, "three words more"),
            piece(Weight::Always, "Please come now."),
        ];
        let card = chosen(&pieces);
        assert_eq!(card.spoken_words(), MAX_SPOKEN_WORDS);
        assert!(card.said().ends_with("the number stands. Please come now."), "{card:?}");
        assert_eq!(card.besides, "three words more some thing besides");
    }

    #[test]
    fn a_number_takes_longer_than_a_word() {
        let pieces = [
            piece(Weight::Always, "Please come now."),
            piece(Weight::Stage, &"174 ".repeat(20)),
            piece(Weight::Pulse, "Late."),
        ];
        let card = chosen(&pieces);
        assert_eq!((card.said().as_str(), card.spoken_words()), ("Please come now. Late.", 4), "{card:?}");
        assert!(card.spoken_ms() < MAX_SPOKEN_MS);
    }
}

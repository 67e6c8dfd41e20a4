//! The words: every variant has its sentence, times are right across daylight saving, and what must not be said is not.

mod clock;
mod everything;
mod lines;
mod tables;

use std::collections::BTreeSet;

/// Words that never stand beside a patient's name (protocol-facts 6).
const FORBIDDEN: [&str; 4] = ["cleared", "safe", "fit", "bad"];

/// What is wrong with a sentence of ours; empty for a good one.
pub(crate) fn faults(sentence: &str) -> Vec<String> {
    let lower = sentence.to_lowercase();
    let words: BTreeSet<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let mut faults: Vec<String> = FORBIDDEN
        .iter()
        .filter(|word| words.contains(*word))
        .map(|word| format!("says {word:?}: {sentence}"))
        .collect();
    if lower.contains("all clear") {
        faults.push(format!("says \"all clear\": {sentence}"));
    }
    if sentence.trim().is_empty() {
        faults.push("says nothing".to_owned());
    }
    if sentence.chars().any(bedside::session::text::is_dropped) {
        faults.push(format!("would move a terminal: {sentence:?}"));
    }
    if sentence.contains('{') || sentence.contains("  :") || sentence.ends_with(' ') {
        faults.push(format!("is not put together well: {sentence:?}"));
    }
    faults
}

/// Asserts that a sentence of ours may stand.
#[track_caller]
pub(crate) fn assert_good(sentence: &str) {
    assert_eq!(faults(sentence), Vec::<String>::new());
}

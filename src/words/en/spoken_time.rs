//! How long a sentence takes to read aloud. Counted in syllables, for words do not measure it: "142 over 88" is three words and
//! seven syllables. By rule and not by a dictionary: near enough for a limit, and the same on every machine.

/// So many syllables are read in ten seconds, at the pace of somebody who wants to be understood on a telephone.
const SYLLABLES_IN_10_S: usize = 45;

/// How long a text takes to read aloud, ms.
#[must_use]
pub fn spoken_ms(text: &str) -> usize {
    (syllables(text) * 10_000).div_ceil(SYLLABLES_IN_10_S)
}

/// The syllables of a text: words, numbers, clock times, letters of an abbreviation, units in full.
#[must_use]
pub fn syllables(text: &str) -> usize {
    text.split_whitespace().map(token).sum()
}

fn token(token: &str) -> usize {
    let token = token.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some((hour, minute)) = token.split_once(':')
        && let (Ok(hour), Ok(minute)) = (hour.parse::<usize>(), minute.parse::<usize>())
    {
        return number(hour) + clock_minute(minute);
    }
    parts(token).map(part).sum()
}

/// Runs of digits and of letters; what stands between them is not read.
fn parts(token: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| if c.is_ascii_digit() { 0 } else { usize::from(c.is_alphabetic()) + 1 };
    let mut rest = token;
    std::iter::from_fn(move || {
        let first = kind(rest.chars().next()?);
        let end = rest.find(|c| kind(c) != first).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}

fn part(part: &str) -> usize {
    match part {
        "." => 1,
        "mg" | "kg" | "ml" => 4,
        "min" => 2,
        // Sounds that nobody says.
        _ if !part.chars().all(char::is_alphanumeric) => 0,
        _ if part.bytes().all(|byte| byte.is_ascii_digit()) => match part.parse() {
            Ok(value) if part.len() <= 3 => number(value),
            _ => part.bytes().map(|byte| number(usize::from(byte - b'0'))).sum(),
        },
        // An abbreviation: its letters, of which W has three syllables.
        _ if part.len() <= 4 && part.chars().all(char::is_uppercase) => {
            part.chars().map(|c| if c == 'W' { 3 } else { 1 }).sum()
        }
        word => of_word(&word.to_lowercase()),
    }
}

/// Groups of vowels, without an e that is not heard at the end.
fn of_word(word: &str) -> usize {
    if !word.is_ascii() {
        // Of another script nothing is known: about two letters each.
        return word.chars().count().div_ceil(2);
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut was_vowel = false;
    for c in word.chars() {
        groups += usize::from(is_vowel(c) && !was_vowel);
        was_vowel = is_vowel(c);
    }
    let ends_in = |end: &str| word.ends_with(end);
    let before = |end: usize| word.len() > end && !is_vowel(char::from(word.as_bytes()[word.len() - end - 1]));
    let silent_e = ends_in("e") && !ends_in("le") && before(1);
    let silent_ed = ends_in("ed") && !ends_in("ted") && !ends_in("ded") && before(2);
    groups.saturating_sub(usize::from(silent_e || silent_ed)).max(1)
}

/// Minutes past the hour: `oh five`, `o'clock`.
fn clock_minute(minute: usize) -> usize {
    match minute {
        0 => 2,
        1..=9 => 1 + number(minute),
        _ => number(minute),
    }
}

/// A number below a thousand as it is said of a pressure: `one forty-two`, `one oh one`, `ninety-eight`.
fn number(value: usize) -> usize {
    const ONES: [usize; 20] = [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2];
    match value {
        0..=19 => ONES[value],
        20..=99 => {
            let tens = if (70..80).contains(&value) { 3 } else { 2 };
            tens + if value.is_multiple_of(10) { 0 } else { ONES[value % 10] }
        }
        _ if value.is_multiple_of(100) => ONES[value / 100 % 10] + 2,
        _ if value % 100 < 10 => ONES[value / 100 % 10] + 1 + ONES[value % 10],
        _ => ONES[value / 100 % 10] + number(value % 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted by hand: the rule is at most one syllable off.
    #[rstest::rstest]
    #[case("Room 2.", 2)]
    #[case("Ketamine infusion minute 33 of 40, running.", 16)]
    #[case("Blood pressure 164 over 101 at 14:29, now 150 over 91.", 27)]
    #[case("Allergies: penicillin.", 7)]
    #[case("Baseline 124 over 78.", 12)]
    #[case("Please come, or tell me what to do.", 8)]
    #[case("Oxygen 98 percent, 4 minutes ago.", 13)]
    #[case("PHQ-9 item 9 = 2 at 9:05", 12)]
    #[case("rate 60 ml/h -> 37.5 ml/h", 18)]
    #[case("100 200 0 17", 11)]
    #[case("", 0)]
    fn counted(#[case] text: &str, #[case] expected: usize) {
        let counted = syllables(text);
        assert!(counted.abs_diff(expected) <= 1, "{text}: {counted}");
    }

    #[test]
    fn ninety_syllables_take_twenty_seconds() {
        assert_eq!(spoken_ms(&"one ".repeat(90)), 20_000);
        assert!(spoken_ms(&"one ".repeat(91)) > 20_000);
    }
}

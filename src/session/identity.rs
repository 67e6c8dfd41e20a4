//! Whether two visits are of the same patient. A code or a date of birth tells two people of one name apart, and without
//! either nobody is taken for somebody else: one patient's record must never show in another's.

use unicode_normalization::UnicodeNormalization;

use super::opening::Description;
use super::text::clean;

/// Who a patient is, as far as was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// Name, or a code in its place.
    pub patient: String,
    /// A code that tells two people of one name apart.
    pub code: Option<String>,
    /// Date of birth, as `YYYY-MM-DD`.
    pub born: Option<String>,
}

/// How like two identities are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same patient.
    Same,
    /// Nothing differs, and too little was said to tell.
    Perhaps,
    /// Another patient.
    Other,
}

impl Identity {
    /// Of a visit, as it was last described.
    #[must_use]
    pub fn of(description: &Description) -> Self {
        let (code, born) = (description.code.clone(), description.born.clone());
        Self { patient: description.patient.clone(), code, born }
    }

    /// How like another one is. The same: a code in common, or a name with its date of birth; and nothing that was said of
    /// both may differ, but for a name that was typed in another way where code and date of birth agree.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        let code = agree(self.known_code().as_deref(), other.known_code().as_deref());
        let born = agree(folded(self.born.as_deref()).as_deref(), folded(other.born.as_deref()).as_deref());
        let name = agree(self.name().as_deref(), other.name().as_deref());
        if code == Some(false) || born == Some(false) {
            return Likeness::Other;
        }
        match (code, born, name) {
            (Some(true), Some(true), _) | (Some(true), None, Some(true) | None) | (None, Some(true), Some(true)) => {
                Likeness::Same
            }
            (Some(true), ..) | (None, None, Some(true)) => Likeness::Perhaps,
            _ => Likeness::Other,
        }
    }

    /// Whether anything was said that tells people of one name apart.
    #[must_use]
    pub fn tells_apart(&self) -> bool {
        self.known_code().is_some() || self.born.is_some()
    }

    /// The code: a patient may be opened by it alone. A name holds no digit.
    fn known_code(&self) -> Option<String> {
        folded(self.code.as_deref()).or_else(|| folded(Some(&self.patient)).filter(|text| is_code(text)))
    }

    fn name(&self) -> Option<String> {
        folded(Some(&self.patient)).filter(|text| !is_code(text))
    }
}

/// One word with a digit in it: "Bed 2" and "Ana Ruiz 2" are no codes.
fn is_code(text: &str) -> bool {
    !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit())
}

fn folded(text: Option<&str>) -> Option<String> {
    fold(text?)
}

/// A name or a code without what nobody sees: blanks, capitals, how an accent is written (one letter, or a letter and its
/// accent). `None` where nothing is left.
#[must_use]
pub fn fold(text: &str) -> Option<String> {
    // Nearly every name and code: every visit is asked, and there may be thousands.
    let is_plain = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let letters = if is_plain {
        text.to_ascii_lowercase()
    } else {
        clean(text).nfkc().flat_map(char::to_lowercase).nfc().collect()
    };
    let words = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// Whether what was said of both is the same; `None` where it was not said of both.
fn agree(one: Option<&str>, other: Option<&str>) -> Option<bool> {
    Some(one? == other?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(text: &str) -> Identity {
        let mut parts = text.split('/');
        let mut next = || parts.next().map(str::to_owned).filter(|part| !part.is_empty());
        Identity { patient: next().unwrap_or_default(), code: next(), born: next() }
    }

    #[rstest::rstest]
    #[case::code("Ana Ruiz/A17/", "ana  RUIZ/a17/", Likeness::Same)]
    #[case::born("Ana Ruiz//1984-03-07", "Ana Ruiz//1984-03-07", Likeness::Same)]
    #[case::opened_by_code("A17//", "a17//", Likeness::Same)]
    #[case::code_then_name("A17//", "Ana Ruiz/A17/", Likeness::Same)]
    #[case::accents_as_two_letters("JOS\u{c9}  \u{c9}bou/A17/", "jose\u{301} e\u{301}bou/a17/", Likeness::Same)]
    #[case::an_accent_is_another_letter("Jose//1984-03-07", "Jos\u{e9}//1984-03-07", Likeness::Other)]
    #[case::other_spelling("Ana Ruiz/A17/1984-03-07", "Ana Ruiz-Lopez/A17/1984-03-07", Likeness::Same)]
    #[case::more_is_known_now("Ana Ruiz/A17/1984-03-07", "Ana Ruiz//1984-03-07", Likeness::Same)]
    #[case::a_place_is_no_code("Bed 2//", "bed 2//", Likeness::Perhaps)]
    #[case::name_alone("Ana Ruiz//", "Ana Ruiz//", Likeness::Perhaps)]
    #[case::one_says_more("Ana Ruiz/A17/1984-03-07", "Ana Ruiz//", Likeness::Perhaps)]
    #[case::nothing_in_common("Ana Ruiz/A17/", "Ana Ruiz//1984-03-07", Likeness::Perhaps)]
    #[case::a_code_of_two_names("Ana Ruiz/2/", "Ben Okafor/2/", Likeness::Perhaps)]
    #[case::other_code("Ana Ruiz/A17/", "Ana Ruiz/A18/", Likeness::Other)]
    #[case::other_code_same_day("Ana Ruiz/A17/1984-03-07", "Ana Ruiz/A18/1984-03-07", Likeness::Other)]
    #[case::other_day("Ana Ruiz/A17/1984-03-07", "Ana Ruiz/A17/1984-03-08", Likeness::Other)]
    #[case::twins("Ana Ruiz//1984-03-07", "Eva Ruiz//1984-03-07", Likeness::Other)]
    #[case::a_day_alone("A17//1984-03-07", "Ana Ruiz//1984-03-07", Likeness::Other)]
    #[case::other_name("Ana Ruiz//", "Ben Okafor//", Likeness::Other)]
    fn likeness(#[case] one: &str, #[case] other: &str, #[case] expected: Likeness) {
        assert_eq!(who(one).likeness(&who(other)), expected);
        assert_eq!(who(other).likeness(&who(one)), expected);
    }
}

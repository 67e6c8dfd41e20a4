//! One table of the file while it is checked: its name, its place, and the readings of single keys.

use std::ops::RangeInclusive;

use toml::Spanned;

use crate::protocol::fault::FaultKind;
use crate::protocol::report::Report;
use crate::protocol::vocabulary::Words;

/// One table of the file, and the report on it.
pub(crate) struct Section<'r> {
    /// Its name, for the path of a key; empty at the top of the file.
    pub(crate) name: String,
    /// Its place, a byte offset: where a missing key is reported.
    pub(crate) at: usize,
    /// Where faults go.
    pub(crate) report: &'r mut Report,
}

impl<'r> Section<'r> {
    /// The table `name` at the byte offset `at`.
    pub(crate) fn new(name: &str, at: usize, report: &'r mut Report) -> Self {
        Self { name: name.to_owned(), at, report }
    }

    /// The path of a key of this table.
    pub(crate) fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// Reports a required key that is not there. One that could not be read has been reported already.
    pub(crate) fn missing(&mut self, key: &'static str) {
        if !self.report.was_dropped(self.at, key) {
            self.report.add(self.at, FaultKind::MissingKey { table: self.name.clone(), key });
        }
    }

    /// The value of a key that must be there.
    pub(crate) fn required<'v, T>(
        &mut self,
        key: &'static str,
        value: Option<&'v Spanned<T>>,
    ) -> Option<&'v Spanned<T>> {
        if value.is_none() {
            self.missing(key);
        }
        value
    }

    /// A whole number in its range, if the key is there.
    pub(crate) fn whole_if<N>(
        &mut self,
        key: &str,
        value: Option<&Spanned<i64>>,
        range: &RangeInclusive<i64>,
    ) -> Option<N>
    where
        N: TryFrom<i64> + Default,
    {
        let value = value?;
        let found = *value.get_ref();
        if !range.contains(&found) {
            let (least, most) = (*range.start(), *range.end());
            self.report.add(value.span().start, FaultKind::OutOfRange { key: self.path(key), found, least, most });
        }
        Some(N::try_from(found).unwrap_or_default())
    }

    /// A whole number in its range, that must be there.
    pub(crate) fn whole<N>(&mut self, key: &'static str, value: Option<&Spanned<i64>>, range: &RangeInclusive<i64>) -> N
    where
        N: TryFrom<i64> + Default,
    {
        let value = self.required(key, value);
        self.whole_if(key, value, range).unwrap_or_default()
    }

    /// A text that must be there. What it may contain is checked for all texts at once, in `texts`.
    pub(crate) fn text(&mut self, key: &'static str, value: Option<&Spanned<String>>) -> String {
        self.required(key, value).map(|text| text.get_ref().clone()).unwrap_or_default()
    }

    /// A word of a vocabulary, if the key is there and the word is known. An empty one is reported by `texts`.
    pub(crate) fn word_if<T: Copy>(
        &mut self,
        key: &str,
        value: Option<&Spanned<String>>,
        words: Words<T>,
    ) -> Option<T> {
        let value = value?;
        let word = value.get_ref();
        let meaning = words.iter().find(|(known, _)| known == word).map(|(_, meaning)| *meaning);
        if meaning.is_none() && !word.trim().is_empty() {
            let known = words.iter().map(|(known, _)| *known).collect();
            let what = FaultKind::UnknownWord { key: self.path(key), word: word.clone(), known };
            self.report.add(value.span().start, what);
        }
        meaning
    }

    /// A word that must be there; the first of the vocabulary stands in for one that is not known.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, value: Option<&Spanned<String>>, words: Words<T>) -> T {
        let value = self.required(key, value);
        self.word_if(key, value, words).unwrap_or(words[0].1)
    }

    /// Two numbers of this table that must stand in this order, the lower one first.
    pub(crate) fn below(&mut self, lower: (&str, Option<&Spanned<i64>>), upper: (&str, Option<&Spanned<i64>>)) {
        let (Some(low), Some(high)) = (lower.1, upper.1) else { return };
        if low.get_ref() >= high.get_ref() {
            let what = FaultKind::NotBelow {
                lower_key: self.path(lower.0),
                lower: *low.get_ref(),
                upper_key: self.path(upper.0),
                upper: *high.get_ref(),
            };
            // The one written later is the one that a person has just got wrong.
            self.report.add(low.span().start.max(high.span().start), what);
        }
    }
}

/// Ids and names that must be unique: remembers where each stood first.
#[derive(Default)]
pub(crate) struct Unique {
    seen: std::collections::BTreeMap<String, usize>,
}

impl Unique {
    /// Reports `value` if it was there before.
    pub(crate) fn check(&mut self, section: &mut Section<'_>, key: &str, value: &Spanned<String>) {
        let at = value.span().start;
        if let Some(first) = self.seen.get(value.get_ref()) {
            let first_line = section.report.line(*first);
            let what = FaultKind::Duplicate { key: section.path(key), value: value.get_ref().clone(), first_line };
            section.report.add(at, what);
        } else {
            self.seen.insert(value.get_ref().clone(), at);
        }
    }

    /// An id: required, unique, of a-z, 0-9 and the hyphen, because prompts are named by it and origins stored under it.
    pub(crate) fn id(&mut self, section: &mut Section<'_>, value: Option<&Spanned<String>>) -> String {
        let Some(value) = section.required("id", value) else { return String::new() };
        let id = value.get_ref();
        let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !plain {
            section.report.add(value.span().start, FaultKind::BadId { id: id.clone() });
        }
        self.check(section, "id", value);
        id.clone()
    }
}

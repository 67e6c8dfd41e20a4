//! From text to tables and typed keys. What has the wrong form is reported, taken out, and the rest is read again, so
//! that one bad key does not hide the next.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::fault::{FaultKind, Shape};
use super::report::Report;

/// After so many faults of form reading stops: the file is something else, and every fault costs a reading.
const MOST_FAULTS_OF_FORM: usize = 50;

/// The file as a table, without what had the wrong form, and the same with its keys typed.
pub(crate) struct Form<'t, R> {
    /// The tables as parsed, for the checks that go by whatever is written.
    pub(crate) table: DeTable<'t>,
    /// The keys that are known, typed.
    pub(crate) raw: R,
}

/// Reads the form of `text`: `R` names the keys that are known. `None` where nothing can be said about the rest: the faults are in `report`.
pub(crate) fn read<'t, R: DeserializeOwned>(text: &'t str, report: &mut Report) -> Option<Form<'t, R>> {
    let (mut root, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MOST_FAULTS_OF_FORM) {
        let at = error.span().map_or(0, |span| span.start);
        report.add(at, FaultKind::Syntax { message: error.message().to_owned() });
    }
    if !errors.is_empty() {
        // What a recovering parser understood of the rest would only produce faults that are none.
        return None;
    }
    for _ in 0..MOST_FAULTS_OF_FORM {
        let error = match R::deserialize(Deserializer::from(root.clone())) {
            Ok(raw) => return Some(Form { table: root.into_inner(), raw }),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let taken = take_out(root.get_mut(), 0, &span);
        report.add(span.start, kind(&error, taken.as_ref()));
        let taken = taken?;
        report.drop_key(taken.table, taken.key);
    }
    report.add(text.len(), FaultKind::More);
    None
}

/// A key that was taken out.
struct Taken {
    /// Where the table begins that it stood in.
    table: usize,
    /// Its name.
    key: String,
    /// What TOML calls its value.
    value: &'static str,
}

/// Takes out the innermost key whose name or value stands at `span`.
fn take_out(table: &mut DeTable<'_>, table_at: usize, span: &Range<usize>) -> Option<Taken> {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        if let Some(inner) = take_out_inside(value, span) {
            return Some(inner);
        }
        if key.span() == *span || within(&value.span(), span) {
            found = Some((key.get_ref().to_string(), value.get_ref().type_str()));
        }
    }
    let (key, value) = found?;
    table.remove(key.as_str());
    Some(Taken { table: table_at, key, value })
}

/// Looks for `span` in a table, or in the tables of a list.
fn take_out_inside(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> Option<Taken> {
    let at = value.span().start;
    match value.get_mut() {
        DeValue::Table(table) => take_out(table, at, span),
        DeValue::Array(items) => items.iter_mut().find_map(|item| take_out_inside(item, span)),
        _ => None,
    }
}

/// Whether `inner` lies in `outer`.
const fn within(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// What serde's message means. Its wording is the only place where the key and the known keys stand; tests hold it fast.
fn kind(error: &Error, taken: Option<&Taken>) -> FaultKind {
    let message = error.message();
    if let Some((key, rest)) = message.strip_prefix("unknown field `").and_then(|rest| rest.rsplit_once("`, expected "))
    {
        // "one of `a`, `b`", "`a` or `b`", "`a`": every second piece between back-quotes is a key.
        let known = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        return FaultKind::UnknownKey { key: key.to_owned(), known };
    }
    let typed = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    if let Some((found, expected)) = typed.and_then(|rest| rest.rsplit_once(", expected ")) {
        // serde names the Rust type of a number that no key holds, and calls a date a map.
        let found = match (found.trim_end_matches(" as i128").trim_end_matches(" as u128"), taken) {
            ("map", Some(taken)) => taken.value.to_owned(),
            (found, _) => found.to_owned(),
        };
        let key = taken.map(|taken| taken.key.clone()).unwrap_or_default();
        return FaultKind::WrongType { key, found, expected: shape(expected) };
    }
    FaultKind::Unreadable { message: message.to_owned() }
}

/// serde's word for a type, understood.
fn shape(expected: &str) -> Shape {
    match expected {
        "i64" => Shape::Whole,
        "f64" => Shape::Number,
        "a string" => Shape::Text,
        "a boolean" => Shape::Flag,
        "a sequence" => Shape::List,
        other if other.starts_with("struct ") || other == "a map" => Shape::Table,
        other => Shape::Other(other.to_owned()),
    }
}

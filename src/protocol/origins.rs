//! Where each number and wording comes from. The rule goes by what is written, not by a list of keys, so that a key
//! added later cannot do without its origin.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{FaultKind, Shape};
use super::model::Origin;
use super::report::Report;
use super::vocabulary::ORIGINS;

/// The tables whose origins stand under `[origin]`, in the same shape.
const TABLES: [&str; 12] = [
    "infusion",
    "elimination",
    "schedule",
    "limits",
    "before_start",
    "alarms",
    "call",
    "emergency",
    "discharge",
    "card",
    "check_back",
    "series",
];
/// Tables inside an item of a list whose numbers have their origins under the same name.
const INNER: [&str; 3] = ["escalate", "clears", "since"];
/// The lists whose items carry their origins with them, and the key that names an item.
const LISTS: [(&str, &str); 6] = [
    ("response", "id"),
    ("drug", "name"),
    ("ask", "response"),
    ("screening", "id"),
    ("gate", "id"),
    ("after_care", ""),
];

/// All origins by path; faults for those that are missing, superfluous or no origin.
pub(super) fn collect(root: &DeTable<'_>, report: &mut Report) -> BTreeMap<String, Origin> {
    let mut collector = Collector { report, origins: BTreeMap::new() };
    let origins = root.get("origin").and_then(|value| collector.table(value));
    for name in TABLES {
        if let Some((value, table)) = root.get(name).and_then(|value| Some((value, value.get_ref().as_table()?))) {
            collector.twins(table, value.span().start, origins.and_then(|all| all.get(name)), name);
        }
    }
    for (key, value) in origins.into_iter().flatten() {
        let known = TABLES.contains(&key.get_ref().as_ref());
        if !known || (!root.contains_key(key.get_ref().as_ref()) && !collector.report.was_dropped(0, key.get_ref())) {
            collector.unused(key.get_ref(), key.span().start.min(value.span().start));
        }
    }
    for (name, naming) in LISTS {
        let items = root.get(name).and_then(|value| value.get_ref().as_array());
        for (index, item) in items.into_iter().flat_map(|items| items.iter()).enumerate() {
            if let Some(table) = item.get_ref().as_table() {
                let id = table.get(naming).and_then(|id| id.get_ref().as_str()).map(str::to_owned);
                let path = format!("{name}.{}", id.unwrap_or_else(|| (index + 1).to_string()));
                collector.item(table, item.span().start, &path);
            }
        }
    }
    collector.origins
}

struct Collector<'r> {
    report: &'r mut Report,
    origins: BTreeMap<String, Origin>,
}

impl Collector<'_> {
    /// A table of values beside a table of origins, level by level.
    fn twins(&mut self, values: &DeTable<'_>, at: usize, origins: Option<&Spanned<DeValue<'_>>>, path: &str) {
        let origins = origins.and_then(|value| self.table(value));
        for (key, value) in values {
            let inner = format!("{path}.{}", key.get_ref());
            let twin = origins.and_then(|all| all.get(key.get_ref().as_ref()));
            if let Some(table) = value.get_ref().as_table() {
                self.twins(table, value.span().start, twin, &inner);
            } else if let Some(twin) = twin {
                self.origin(inner, twin);
            } else if is_decision(value.get_ref()) {
                self.report.add(key.span().start, FaultKind::OriginMissing { key: inner });
            }
        }
        for (key, _) in origins.into_iter().flatten() {
            if !values.contains_key(key.get_ref().as_ref()) && !self.report.was_dropped(at, key.get_ref()) {
                self.unused(&format!("{path}.{}", key.get_ref()), key.span().start);
            }
        }
    }

    /// One item of a list: its `say` and every number, those of `when` too, against its own `origin`.
    fn item(&mut self, item: &DeTable<'_>, at: usize, path: &str) {
        let origins = item.get("origin").and_then(|value| self.table(value));
        let when = item.get("when").and_then(|when| Some((when.span().start, when.get_ref().as_table()?)));
        let of_when = when.into_iter().flat_map(|(_, table)| table.iter());
        let mut there: Vec<&str> = Vec::new();
        for (key, value) in item.iter().filter(|(key, _)| key.get_ref() != "origin").chain(of_when) {
            let name = key.get_ref().as_ref();
            there.push(name);
            let inner = format!("{path}.{name}");
            let origin = origins.and_then(|all| all.get(name));
            if let Some(table) = value.get_ref().as_table().filter(|_| INNER.contains(&name)) {
                self.inner(table, value.span().start, origin, &inner);
            } else if let Some(origin) = origin {
                self.origin(inner, origin);
            } else if name == "say" || matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_)) {
                self.report.add(key.span().start, FaultKind::OriginMissing { key: inner });
            }
        }
        for (key, _) in origins.into_iter().flatten() {
            let name = key.get_ref().as_ref();
            let dropped = self.report.was_dropped(at, name)
                || when.is_some_and(|(when, _)| self.report.was_dropped(when, name))
                || self.report.was_dropped(at, "when");
            if !there.contains(&name) && !dropped {
                self.unused(&format!("{path}.{name}"), key.span().start);
            }
        }
    }

    /// A table inside an item: one word for all its numbers, or a table of the same shape.
    fn inner(&mut self, values: &DeTable<'_>, at: usize, origins: Option<&Spanned<DeValue<'_>>>, path: &str) {
        let Some(word) = origins.filter(|origin| origin.get_ref().as_table().is_none()) else {
            return self.twins(values, at, origins, path);
        };
        for (key, _) in values.iter().filter(|(_, value)| is_decision(value.get_ref())) {
            self.origin(format!("{path}.{}", key.get_ref()), word);
        }
    }

    fn origin(&mut self, path: String, value: &Spanned<DeValue<'_>>) {
        let at = value.span().start;
        let Some(word) = value.get_ref().as_str() else {
            let found = value.get_ref().type_str().to_owned();
            self.report
                .add(at, FaultKind::WrongType { key: format!("origin of {path}"), found, expected: Shape::Text });
            return;
        };
        if let Some((_, origin)) = ORIGINS.iter().find(|(known, _)| *known == word) {
            self.origins.insert(path, *origin);
        } else {
            let known = ORIGINS.iter().map(|(known, _)| *known).collect();
            let what = FaultKind::UnknownWord { key: format!("origin of {path}"), word: word.to_owned(), known };
            self.report.add(at, what);
        }
    }

    fn table<'v, 't>(&mut self, value: &'v Spanned<DeValue<'t>>) -> Option<&'v DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let found = value.get_ref().type_str().to_owned();
            let what = FaultKind::WrongType { key: "origin".to_owned(), found, expected: Shape::Table };
            self.report.add(value.span().start, what);
        }
        table
    }

    fn unused(&mut self, path: &str, at: usize) {
        self.report.add(at, FaultKind::OriginUnused { key: path.to_owned() });
    }
}

/// Whether a value is a decision somebody answers for: a number, or a list (of marks, of required readings).
const fn is_decision(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Array(_))
}

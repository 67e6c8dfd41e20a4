//! The call and the emergency: all of it optional, for a protocol without them still records both.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::{Section, Unique};
use crate::protocol::calling::{Ask, CallRules, EmergencyPlan, MAX_ASK_WORDS, MAX_CHECKLIST, MAX_MARKS};
use crate::protocol::fault::FaultKind;
use crate::protocol::raw::{RawAsk, RawProtocol};
use crate::protocol::report::Report;

/// Minutes until the next rung is shown.
const RUNG_MIN: RangeInclusive<i64> = 1..=60;

/// When the next rung of the ladder is shown.
pub(in crate::protocol) fn call(raw: &RawProtocol, report: &mut Report) -> Option<CallRules> {
    let table = raw.call.as_ref()?;
    let mut section = Section::new("call", table.span().start, report);
    let raw = table.get_ref();
    Some(CallRules {
        answer_min: section.whole("answer_min", raw.answer_min.as_ref(), &RUNG_MIN),
        arrive_min: section.whole("arrive_min", raw.arrive_min.as_ref(), &RUNG_MIN),
    })
}

/// What is asked for, by response: each must be one that stands in the protocol, and be short enough to be read out.
pub(in crate::protocol) fn asks(raw: &RawProtocol, report: &mut Report) -> Vec<Ask> {
    let known = |id: &str| {
        raw.response.iter().any(|response| response.get_ref().id.as_ref().is_some_and(|known| known.get_ref() == id))
    };
    let mut unique = Unique::default();
    raw.ask.iter().map(|item| ask(item, known, &mut unique, report)).collect()
}

fn ask(item: &Spanned<RawAsk>, known: impl Fn(&str) -> bool, unique: &mut Unique, report: &mut Report) -> Ask {
    let mut section = Section::new("ask", item.span().start, report);
    let raw = item.get_ref();
    if let Some(response) = &raw.response {
        unique.check(&mut section, "response", response);
        if !known(response.get_ref()) {
            let what = FaultKind::NoSuchResponse { key: section.path("response"), id: response.get_ref().clone() };
            section.report.add(response.span().start, what);
        }
    }
    if let Some(say) = &raw.say {
        let found = say.get_ref().split_whitespace().count();
        if found > MAX_ASK_WORDS {
            let what = FaultKind::TooMany { key: section.path("say"), found, most: MAX_ASK_WORDS, what: "words" };
            section.report.add(say.span().start, what);
        }
    }
    Ask { response: section.text("response", raw.response.as_ref()), say: section.text("say", raw.say.as_ref()) }
}

/// The checklist and the marks of an emergency.
pub(in crate::protocol) fn emergency(raw: &RawProtocol, report: &mut Report) -> EmergencyPlan {
    let Some(table) = raw.emergency.as_ref() else { return EmergencyPlan::default() };
    let mut section = Section::new("emergency", table.span().start, report);
    let raw = table.get_ref();
    EmergencyPlan {
        checklist: keyed(&mut section, "checklist", raw.checklist.as_ref(), MAX_CHECKLIST),
        marks: keyed(&mut section, "marks", raw.marks.as_ref(), MAX_MARKS),
    }
}

/// A list of which each item has a key: no more of them than keys, and none twice.
fn keyed(
    section: &mut Section<'_>,
    key: &'static str,
    list: Option<&Spanned<Vec<Spanned<String>>>>,
    most: usize,
) -> Vec<String> {
    let Some(list) = list else { return Vec::new() };
    let mut unique = Unique::default();
    for item in list.get_ref() {
        unique.check(section, key, item);
    }
    let found = list.get_ref().len();
    if found > most {
        let what = FaultKind::TooMany { key: section.path(key), found, most, what: "items" };
        section.report.add(list.span().start, what);
    }
    list.get_ref().iter().map(|item| item.get_ref().clone()).collect()
}

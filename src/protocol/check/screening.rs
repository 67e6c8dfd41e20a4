//! The screening before the start, and the question of the day after. A protocol may do without either.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::{Section, Unique};
use crate::protocol::fault::FaultKind;
use crate::protocol::raw::{RawCheckBack, RawScreening};
use crate::protocol::report::Report;
use crate::protocol::screening::{CheckBack, MAX_ANSWERS, ScreeningItem};
use crate::protocol::vocabulary::SCREENINGS;

/// Hours after leaving: from the next morning to a week.
const AFTER_H: RangeInclusive<i64> = 6..=168;

/// The items, in file order.
pub(in crate::protocol) fn screening(raw: &[Spanned<RawScreening>], report: &mut Report) -> Vec<ScreeningItem> {
    let mut ids = Unique::default();
    let items = raw.iter().map(|item| {
        let mut section = Section::new("screening", item.span().start, report);
        let raw = item.get_ref();
        ScreeningItem {
            id: ids.id(&mut section, raw.id.as_ref()),
            kind: section.word("kind", raw.kind.as_ref(), SCREENINGS),
            say: section.text("say", raw.say.as_ref()),
        }
    });
    items.collect()
}

/// The question of the day after, if the table is there.
pub(in crate::protocol) fn check_back(raw: Option<&Spanned<RawCheckBack>>, report: &mut Report) -> Option<CheckBack> {
    let table = raw?;
    let raw = table.get_ref();
    let mut section = Section::new("check_back", table.span().start, report);
    let listed = section.required("answers", raw.answers.as_ref());
    let answers: Vec<String> =
        listed.into_iter().flat_map(Spanned::get_ref).map(|item| item.get_ref().clone()).collect();
    if let Some(listed) = listed
        && !(1..MAX_ANSWERS).contains(&answers.len())
    {
        let (found, most) = (answers.len(), MAX_ANSWERS - 1);
        let what = FaultKind::OutOfRange {
            key: "number of check_back.answers".to_owned(),
            found: found as i64,
            least: 1,
            most: most as i64,
        };
        section.report.add(listed.span().start, what);
    }
    Some(CheckBack {
        after_h: section.whole("after_h", raw.after_h.as_ref(), &AFTER_H),
        say: section.text("say", raw.say.as_ref()),
        answers,
        not_reached: section.text("not_reached", raw.not_reached.as_ref()),
    })
}

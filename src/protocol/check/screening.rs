//! The screening before the start, and the question of the day after. A protocol may do without either.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::{Section, Unique};
use crate::protocol::fault::FaultKind;
use crate::protocol::raw::{RawCheckBack, RawScreening, RawSeries};
use crate::protocol::report::Report;
use crate::protocol::screening::{CheckBack, MAX_ANSWERS, ScreeningItem, SeriesRules};
use crate::protocol::vocabulary::SCREENINGS;

/// Hours after leaving: from the next morning to a week.
const AFTER_H: RangeInclusive<i64> = 6..=168;

/// Infusions of a series.
const INFUSIONS: RangeInclusive<i64> = 1..=60;
/// Infusions in seven days.
const IN_7_DAYS: RangeInclusive<i64> = 1..=7;
/// Weeks of a series.
const WEEKS: RangeInclusive<i64> = 1..=104;
/// Psychotherapy sessions over a series.
const PSYCHOTHERAPY: RangeInclusive<i64> = 0..=60;

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

/// What is expected of a series, if the table is there.
pub(in crate::protocol) fn series(raw: Option<&Spanned<RawSeries>>, report: &mut Report) -> Option<SeriesRules> {
    let table = raw?;
    let raw = table.get_ref();
    let mut section = Section::new("series", table.span().start, report);
    let explained = raw.explained.iter().flat_map(Spanned::get_ref).map(|item| item.get_ref().clone());
    Some(SeriesRules {
        infusions: section.whole("infusions", raw.infusions.as_ref(), &INFUSIONS),
        most_in_7_days: section.whole("most_in_7_days", raw.most_in_7_days.as_ref(), &IN_7_DAYS),
        most_weeks: section.whole("most_weeks", raw.most_weeks.as_ref(), &WEEKS),
        psychotherapy: section.whole("psychotherapy", raw.psychotherapy.as_ref(), &PSYCHOTHERAPY),
        assess_after: section.whole("assess_after", raw.assess_after.as_ref(), &INFUSIONS),
        explained: explained.collect(),
    })
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
    let self_harm_answers = 1..=answers.len().max(1) as i64;
    Some(CheckBack {
        after_h: section.whole("after_h", raw.after_h.as_ref(), &AFTER_H),
        say: section.text("say", raw.say.as_ref()),
        answers,
        not_reached: section.text("not_reached", raw.not_reached.as_ref()),
        self_harm_answer: section.whole_if("self_harm_answer", raw.self_harm_answer.as_ref(), &self_harm_answers),
    })
}

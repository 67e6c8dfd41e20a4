//! The lists of a protocol beside the responses: drugs on the form, the discharge gate, the after-care sentences.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::section::{Section, Unique};
use crate::protocol::OnlyIf;
use crate::protocol::model::{Drug, Expects, GateItem, Sentence};
use crate::protocol::raw::{RawDrug, RawGate, RawProtocol, RawSentence};
use crate::protocol::report::Report;
use crate::protocol::vocabulary::{ONLY_IFS, SHOWS};

/// Minutes until somebody looks again.
pub(super) const LOOK_AGAIN_MIN: RangeInclusive<i64> = 1..=480;

/// Drugs on the form. One that does not say whether it sedates counts as sedating.
pub(in crate::protocol) fn drugs(raw: &[Spanned<RawDrug>], report: &mut Report) -> Vec<Drug> {
    let mut names = Unique::default();
    let mut drugs = Vec::with_capacity(raw.len());
    for item in raw {
        let mut section = Section::new("drug", item.span().start, report);
        let raw = item.get_ref();
        if let Some(name) = &raw.name {
            names.check(&mut section, "name", name);
        }
        drugs.push(Drug { name: section.text("name", raw.name.as_ref()), sedating: raw.sedating.unwrap_or(true) });
    }
    drugs
}

/// The discharge gate: at least one item, or nobody would be asked anything before the patient leaves.
pub(in crate::protocol) fn gate(raw: &RawProtocol, report: &mut Report) -> Vec<GateItem> {
    if raw.gate.is_empty() {
        Section::new("", 0, report).missing("gate");
    }
    let mut ids = Unique::default();
    let mut gate = Vec::with_capacity(raw.gate.len());
    for item in &raw.gate {
        let mut section = Section::new("gate", item.span().start, report);
        let raw = item.get_ref();
        gate.push(GateItem {
            id: ids.id(&mut section, raw.id.as_ref()),
            say: section.text("say", raw.say.as_ref()),
            shows: section.word_if("shows", raw.shows.as_ref(), SHOWS),
            asks_name: raw.asks_name.as_ref().is_some_and(|asks| *asks.get_ref()),
            only_if: section.word_if("only_if", raw.only_if.as_ref(), ONLY_IFS),
            expects: expects(&mut section, raw),
        });
    }
    gate.extend((!asks_word(&gate)).then(|| word_item(&gate)));
    gate
}

fn asks_word(gate: &[GateItem]) -> bool {
    gate.iter().any(|item| item.only_if == Some(OnlyIf::SelfHarm))
}

/// Thoughts of self-harm stand until a clinician's word is recorded. Where the file has no item for it, this one is asked:
/// an alarm that nobody could end would be worse than one in words that are not the clinic's.
fn word_item(gate: &[GateItem]) -> GateItem {
    let mut id = "self-harm-word".to_owned();
    while gate.iter().any(|item| item.id == id) {
        id.push('-');
    }
    GateItem {
        id,
        say: "Thoughts of self-harm: the clinician's word, by name".to_owned(),
        shows: None,
        asks_name: true,
        only_if: Some(OnlyIf::SelfHarm),
        expects: Expects::default(),
    }
}

/// What the record must show; the ranges are those of the values themselves.
fn expects(section: &mut Section<'_>, raw: &RawGate) -> Expects {
    Expects {
        at_least: section.whole_if("at_least", raw.at_least.as_ref(), &(0..=10)),
        at_most: section.whole_if("at_most", raw.at_most.as_ref(), &(0..=10)),
        no_vomiting_min: section.whole_if("no_vomiting_min", raw.no_vomiting_min.as_ref(), &(1..=480)),
        since_end_min: section.whole_if("since_end_min", raw.since_end_min.as_ref(), &(1..=1440)),
        within_percent: section.whole_if("within_percent", raw.within_percent.as_ref(), &(1..=100)),
        systolic_below: section.whole_if("systolic_below", raw.systolic_below.as_ref(), &(60..=300)),
        diastolic_below: section.whole_if("diastolic_below", raw.diastolic_below.as_ref(), &(30..=220)),
    }
}

/// What the patient is told.
pub(in crate::protocol) fn after_care(raw: &[Spanned<RawSentence>], report: &mut Report) -> Vec<Sentence> {
    raw.iter()
        .map(|item| {
            let mut section = Section::new("after_care", item.span().start, report);
            Sentence { say: section.text("say", item.get_ref().say.as_ref()) }
        })
        .collect()
}

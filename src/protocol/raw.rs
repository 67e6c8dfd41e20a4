//! The file as it is written: every key optional and with its place, so that one reading finds all that is wrong.

use std::fmt::{self, Formatter};

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// A value with its place, if it is there.
pub(crate) type Field<T> = Option<Spanned<T>>;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProtocol {
    pub(super) format: Field<i64>,
    pub(super) name: Field<String>,
    pub(super) version: Field<String>,
    pub(super) approval: Field<RawApproval>,
    pub(super) infusion: Field<RawInfusion>,
    pub(super) elimination: Field<RawElimination>,
    pub(super) schedule: Field<RawSchedule>,
    pub(super) limits: Option<RawVitals>,
    pub(super) before_start: Option<RawVitals>,
    pub(super) alarms: Field<RawAlarms>,
    #[serde(default)]
    pub(super) response: Vec<Spanned<RawResponse>>,
    #[serde(default)]
    pub(super) drug: Vec<Spanned<RawDrug>>,
    pub(super) call: Field<RawCall>,
    #[serde(default)]
    pub(super) ask: Vec<Spanned<RawAsk>>,
    pub(super) emergency: Field<RawEmergency>,
    pub(super) discharge: Field<RawDischarge>,
    #[serde(default)]
    pub(super) screening: Vec<Spanned<RawScreening>>,
    #[serde(default)]
    pub(super) gate: Vec<Spanned<RawGate>>,
    #[serde(default)]
    pub(super) after_care: Vec<Spanned<RawSentence>>,
    pub(super) card: Field<RawCard>,
    pub(super) check_back: Field<RawCheckBack>,
    pub(super) series: Field<RawSeries>,
    #[expect(dead_code, reason = "a known key; its shape follows the file, so `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// `[card]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCard {
    pub(super) title: Field<String>,
    pub(super) no_driving: Field<String>,
    pub(super) after_sleep: Field<String>,
    pub(super) clinician_sets_driving: Field<String>,
    pub(super) baseline: Field<String>,
    pub(super) baseline_note: Field<String>,
    pub(super) after_care: Field<String>,
    pub(super) normal_heading: Field<String>,
    pub(super) normal: Field<Vec<Spanned<String>>>,
    pub(super) call_heading: Field<String>,
    pub(super) call: Field<Vec<Spanned<String>>>,
    pub(super) clinic_number: Field<String>,
    pub(super) crisis: Field<String>,
    pub(super) emergency: Field<String>,
    pub(super) replaces: Field<String>,
    pub(super) language: Field<String>,
    pub(super) calendar: Field<RawCalendar>,
}

/// `[card.calendar]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCalendar {
    pub(super) weekdays: Field<Vec<Spanned<String>>>,
    pub(super) months: Field<Vec<Spanned<String>>>,
    pub(super) parts: Field<Vec<Spanned<String>>>,
    pub(super) form: Field<String>,
}

/// `[approval]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawApproval {
    pub(super) approved_by: Field<String>,
    pub(super) on: Field<String>,
}

/// `[infusion]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInfusion {
    pub(super) route: Field<String>,
    pub(super) duration_min: Field<i64>,
}

/// `[elimination]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawElimination {
    pub(super) model: Field<String>,
    pub(super) half_life_h: Field<f64>,
}

/// `[schedule]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSchedule {
    pub(super) baseline_within_min: Field<i64>,
    pub(super) every_min: Field<i64>,
    pub(super) at_min: Field<Vec<Spanned<i64>>>,
    pub(super) at_end: Option<bool>,
    pub(super) after_end_min: Field<Vec<Spanned<i64>>>,
    pub(super) required: Field<Vec<Spanned<String>>>,
    pub(super) discharge_within_min: Field<i64>,
    pub(super) counts_early_min: Field<i64>,
    pub(super) overdue_after_min: Field<i64>,
    pub(super) put_off_min: Field<i64>,
    pub(super) look_every_min: Field<i64>,
    pub(super) look_after_end_min: Field<i64>,
    pub(super) observe_min: Field<i64>,
}

/// `[limits]` and `[before_start]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVitals {
    pub(super) systolic: Field<RawLimits>,
    pub(super) diastolic: Field<RawLimits>,
    pub(super) heart_rate: Field<RawLimits>,
    pub(super) spo2: Field<RawLimits>,
    pub(super) respiratory_rate: Field<RawLimits>,
}

/// `[limits.systolic]` and its likes
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimits {
    pub(super) bold_over_baseline_percent: Field<i64>,
    pub(super) notify_at_least: Field<i64>,
    pub(super) notify_at_most: Field<i64>,
    pub(super) notify_over_baseline_percent: Field<i64>,
    pub(super) call_at_least: Field<i64>,
    pub(super) call_at_most: Field<i64>,
    pub(super) clears_within: Field<i64>,
}

/// `[alarms]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAlarms {
    pub(super) escalate_every_min: Field<i64>,
}

/// `[[response]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResponse {
    pub(super) id: Field<String>,
    pub(super) when: Field<RawWhen>,
    pub(super) priority: Field<String>,
    pub(super) say: Field<String>,
    pub(super) plan: Option<bool>,
    pub(super) steps: Field<Vec<Spanned<RawStep>>>,
    pub(super) look_again_min: Field<i64>,
    pub(super) escalate: Field<RawEscalate>,
    pub(super) clears: Field<RawClears>,
    #[expect(dead_code, reason = "a known key; `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// One of `steps`: plain text, or a table.
pub(super) struct RawStep {
    pub(super) say: Option<String>,
    pub(super) touch: bool,
    pub(super) calls: bool,
    pub(super) comfort: Field<String>,
}

/// `{ say = "...", ... }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepTable {
    say: Option<String>,
    #[serde(default)]
    touch: bool,
    #[serde(default)]
    calls: bool,
    comfort: Field<String>,
}

impl<'de> Deserialize<'de> for RawStep {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrTable;

        impl<'de> Visitor<'de> for TextOrTable {
            type Value = RawStep;

            fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
                formatter.write_str("text in quotes or a table with say")
            }

            fn visit_str<E: de::Error>(self, say: &str) -> Result<RawStep, E> {
                Ok(RawStep { say: Some(say.to_owned()), touch: false, calls: false, comfort: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawStep, A::Error> {
                let StepTable { say, touch, calls, comfort } = StepTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawStep { say, touch, calls, comfort })
            }
        }

        deserializer.deserialize_any(TextOrTable)
    }
}

/// `escalate = { ... }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEscalate {
    pub(super) to: Field<String>,
    pub(super) no_answer_min: Field<i64>,
    pub(super) no_improvement: Field<i64>,
}

/// `clears = { ... }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClears {
    pub(super) at_most: Field<i64>,
    pub(super) at_least: Field<i64>,
    pub(super) readings: Field<i64>,
}

/// `when = { ... }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWhen {
    pub(super) observation: Field<String>,
    pub(super) at_least: Field<i64>,
    pub(super) at_most: Field<i64>,
    pub(super) for_min: Field<i64>,
    pub(super) readings: Field<i64>,
    pub(super) sedation_at_most: Field<i64>,
    pub(super) seen: Field<String>,
    pub(super) vital: Field<String>,
    pub(super) reaches: Field<String>,
    pub(super) over_baseline: Field<i64>,
    pub(super) over_baseline_percent: Field<i64>,
    pub(super) under_baseline: Field<i64>,
    pub(super) under_baseline_percent: Field<i64>,
    pub(super) phase: Field<Vec<Spanned<String>>>,
    pub(super) since: Field<RawSince>,
    pub(super) history: Field<String>,
    pub(super) given: Field<String>,
    pub(super) after_min: Field<i64>,
}

/// `since = { ... }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSince {
    pub(super) drug: Field<String>,
    pub(super) response: Field<String>,
    pub(super) after_min: Field<i64>,
    pub(super) within_min: Field<i64>,
}

/// `[[drug]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDrug {
    pub(super) name: Field<String>,
    pub(super) sedating: Option<bool>,
    #[expect(dead_code, reason = "a known key; `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// `[discharge]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDischarge {
    pub(super) baseline_h: Field<i64>,
    pub(super) no_driving_h: Field<i64>,
    pub(super) next_day_after_sleep: Option<bool>,
}

/// `[[gate]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGate {
    pub(super) id: Field<String>,
    pub(super) say: Field<String>,
    pub(super) shows: Field<String>,
    pub(super) asks_name: Field<bool>,
    pub(super) only_if: Field<String>,
    pub(super) at_least: Field<i64>,
    pub(super) at_most: Field<i64>,
    pub(super) no_vomiting_min: Field<i64>,
    pub(super) since_end_min: Field<i64>,
    pub(super) within_percent: Field<i64>,
    pub(super) systolic_below: Field<i64>,
    pub(super) diastolic_below: Field<i64>,
    #[expect(dead_code, reason = "a known key; `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// `[[screening]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScreening {
    pub(super) id: Field<String>,
    pub(super) kind: Field<String>,
    pub(super) say: Field<String>,
    #[expect(dead_code, reason = "a known key; `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// `[series]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeries {
    pub(super) infusions: Field<i64>,
    pub(super) most_in_7_days: Field<i64>,
    pub(super) most_weeks: Field<i64>,
    pub(super) psychotherapy: Field<i64>,
    pub(super) assess_after: Field<i64>,
    pub(super) explained: Field<Vec<Spanned<String>>>,
}

/// `[check_back]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheckBack {
    pub(super) after_h: Field<i64>,
    pub(super) say: Field<String>,
    pub(super) answers: Field<Vec<Spanned<String>>>,
    pub(super) not_reached: Field<String>,
    pub(super) self_harm_answer: Field<i64>,
}

/// `[[after_care]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSentence {
    pub(super) say: Field<String>,
    #[expect(dead_code, reason = "a known key; `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// `[call]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCall {
    pub(super) answer_min: Field<i64>,
    pub(super) arrive_min: Field<i64>,
}

/// `[[ask]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAsk {
    pub(super) response: Field<String>,
    pub(super) say: Field<String>,
    #[expect(dead_code, reason = "a known key; `origins` reads it from the table")]
    pub(super) origin: Option<IgnoredAny>,
}

/// `[emergency]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEmergency {
    pub(super) checklist: Field<Vec<Spanned<String>>>,
    pub(super) marks: Field<Vec<Spanned<String>>>,
}

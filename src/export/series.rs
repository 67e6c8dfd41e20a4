//! The series as JSON, for programs.

use serde_json::{Value, json};

use crate::guidance::{Aid, Moment, Series, Warning, What};
use crate::protocol::SeriesRules;
use crate::session::Zone;
use crate::words;

/// The whole series. `visits` are oldest first; `nth` is the number as the record counts it, `typed` as a person gave it.
#[must_use]
pub fn series_json(series: &Series, rules: Option<&SeriesRules>, zone: &Zone) -> Value {
    let visits = series.visits.iter().map(|visit| {
        let seen = &visit.visit;
        json!({
            "id": seen.session,
            "number": seen.number,
            "on": visit.on.to_string(),
            "started": seen.started_utc_ms.map(|utc_ms| zone.local(utc_ms).to_rfc3339()),
            "nth": visit.nth,
            "typed": seen.typed.0,
            "called": visit.called,
            "gap_days": visit.gap_days,
            "clock_ahead": seen.clock_ahead,
            "booster": visit.booster,
            "moments": seen.moments.iter().map(moment).collect::<Vec<_>>(),
            "scores": seen.scores,
            "psychotherapy": seen.psychotherapy,
            "checked_back": seen.checked_back,
        })
    });
    json!({
        "format": 1,
        "infusions": series.infusions,
        "planned": series.planned,
        "visits": visits.collect::<Vec<_>>(),
        "psychotherapy": series.psychotherapy,
        "response_can_be_assessed": rules.map(|rules| series.can_be_assessed(rules)),
        "warnings": series.warnings.iter().map(warning).collect::<Vec<_>>(),
    })
}

fn moment(moment: &Moment) -> Value {
    let what = match moment.what {
        What::Grade(scale, grade) => json!({ "scale": scale, "grade": grade }),
        What::Vomiting => json!({ "vomiting": true }),
        What::Seen(sign) => json!({ "seen": sign }),
        What::PressurePeak { systolic, diastolic } => json!({ "systolic": systolic, "diastolic": diastolic }),
    };
    let said = |aids: &[Aid]| aids.iter().map(words::aid).collect::<Vec<_>>();
    json!({
        "t_plus_min": moment.t_plus_min,
        "what": what,
        "helped": said(&moment.helped),
        "done": said(&moment.done),
        "text": words::moment(moment),
    })
}

fn warning(warning: &Warning) -> Value {
    match warning {
        Warning::TooMany { infusions, from, to } => {
            json!({ "kind": "too_many_in_7_days", "infusions": infusions, "from": from.to_string(), "to": to.to_string() })
        }
        Warning::TooLong { days } => json!({ "kind": "too_long", "days": days }),
        Warning::OtherNumber { typed, counted } => {
            json!({ "kind": "other_number", "typed": typed, "counted": counted })
        }
    }
}

//! The finding of a response in words, each number with the mark of its origin: `nausea 2 [p] or more, in recovery`.

use crate::protocol::{Band, Done, Drug, Only, Reach, Response, Scale, Since, When};
use crate::words::{during_name, past_name, reading_name, scale_name, sign_name, vital_name, vital_unit};

/// The finding and what must hold besides it. `mark` gives the mark of a key, after a blank; nothing where it has none.
pub(super) fn finding(response: &Response, drugs: &[Drug], mark: &dyn Fn(&str) -> String) -> String {
    let found = match response.when {
        When::Graded { scale, at_least, at_most, over_baseline, under_baseline, for_min, readings } => {
            let grade = grades(scale, (at_least, at_most), mark);
            let over = over_baseline.map(|by| format!("{by}{} or more above the start", mark("over_baseline")));
            let under = under_baseline.map(|by| format!("{by}{} or more below the start", mark("under_baseline")));
            let bounds: Vec<String> = [grade, over, under].into_iter().flatten().collect();
            format!("{} {}{}", scale_name(scale), bounds.join(" and "), lasting(for_min, readings, mark))
        }
        When::Vomiting { sedation_at_most: None } => "vomiting".to_owned(),
        When::Vomiting { sedation_at_most: Some(grade) } => {
            format!("vomiting while MOAA/S is {grade}{} or less", mark("sedation_at_most"))
        }
        When::Seen { sign } => sign_name(sign).to_owned(),
        When::Vital { reading, reaches: Reach::Call } => format!("{} past a call limit", reading_name(reading)),
        When::Vital { reading, .. } => format!("{} past a notify limit", reading_name(reading)),
        When::Measured { vital, band, for_min, readings } => {
            let bounds = values(&band, vital_unit(vital), mark).join(" and ");
            format!("{} {bounds}{}", vital_name(vital), lasting(for_min, readings, mark))
        }
        When::Unobtainable => "a reading was tried and could not be obtained".to_owned(),
        When::Known { past } => past_name(past).to_owned(),
        When::Given { drug, after_min } => {
            let name = drugs.get(drug).map_or("the drug", |drug| drug.name.as_str());
            format!("{after_min} min{} after {name} was given", mark("after_min"))
        }
    };
    format!("{found}{}", only(&response.only, mark))
}

fn grades(scale: Scale, (at_least, at_most): (u8, u8), mark: &dyn Fn(&str) -> String) -> Option<String> {
    let (least, most) = (format!("{at_least}{}", mark("at_least")), format!("{at_most}{}", mark("at_most")));
    match (at_least, at_most) {
        (0, high) if high == scale.max() => None,
        (low, high) if low == high => Some(least),
        (_, high) if high == scale.max() => Some(format!("{least} or more")),
        (0, _) => Some(format!("{most} or less")),
        _ => Some(format!("{least} to {most}")),
    }
}

fn values(band: &Band, unit: &str, mark: &dyn Fn(&str) -> String) -> Vec<String> {
    let bounds = [
        ("at_least", band.at_least, format!("{unit} or more")),
        ("at_most", band.at_most, format!("{unit} or less")),
        ("over_baseline", band.over_baseline, format!("{unit} or more over baseline")),
        ("over_baseline_percent", band.over_baseline_percent, "% or more over baseline".to_owned()),
        ("under_baseline", band.under_baseline, format!("{unit} or more under baseline")),
        ("under_baseline_percent", band.under_baseline_percent, "% or more under baseline".to_owned()),
    ];
    bounds.into_iter().filter_map(|(key, value, rest)| Some(format!("{}{} {rest}", value?, mark(key)))).collect()
}

fn lasting(for_min: Option<u32>, readings: Option<u32>, mark: &dyn Fn(&str) -> String) -> String {
    let lasting = for_min.map(|minutes| format!(", for {minutes} min{}", mark("for_min"))).unwrap_or_default();
    let running = readings.map(|count| format!(", in {count}{} readings running", mark("readings")));
    format!("{lasting}{}", running.unwrap_or_default())
}

fn only(only: &Only, mark: &dyn Fn(&str) -> String) -> String {
    let phases: Vec<&str> = only.phases.iter().map(|phase| during_name(*phase)).collect();
    let conditions = [
        (!phases.is_empty()).then(|| format!(", in {}", phases.join(" or "))),
        only.since.as_ref().map(|since| format!(", {}", self::since(since, mark))),
        only.past.map(|past| format!(", with {}", past_name(past))),
    ];
    conditions.into_iter().flatten().collect()
}

fn since(since: &Since, mark: &dyn Fn(&str) -> String) -> String {
    let of = match &since.of {
        Done::Drug(name) => format!("{name} was given"),
        Done::Response(id) => format!("\"{id}\" was answered"),
    };
    let after = since.after_min.map(|min| format!("{min} min{} or more", mark("since.after_min")));
    let within = since.within_min.map(|min| format!("{min} min{} or less", mark("since.within_min")));
    match (after, within) {
        (None, None) => format!("after {of}"),
        (Some(after), Some(within)) => format!("{after} and {within} after {of}"),
        (Some(bound), None) | (None, Some(bound)) => format!("{bound} after {of}"),
    }
}

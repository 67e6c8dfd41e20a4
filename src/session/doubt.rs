//! What is unlikely in what was entered (protocol-facts 8, "Ask once"). It is stored at once, marked unconfirmed, and its
//! alarm fires at once: a check never stands between a sitter and an emergency.

use super::event::Doubt;
use super::measure::{BloodPressure, DurationMin, Reading, Vitals};
use super::opening::Description;

/// The last obtained values, to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LastValues {
    /// Blood pressure.
    pub blood_pressure: Option<BloodPressure>,
    /// Heart rate, /min.
    pub heart_rate: Option<u16>,
    /// SpO2, %.
    pub spo2: Option<u8>,
}

/// What is unlikely in `vitals`, given the last values.
#[must_use]
pub fn doubts(vitals: &Vitals, last: &LastValues) -> Vec<Doubt> {
    let mut found = Vec::new();
    if let Some(now) = vitals.blood_pressure.as_ref().and_then(Reading::value) {
        let (sys, dia) = (now.systolic(), now.diastolic());
        if !(90..=180).contains(&sys) || last.blood_pressure.is_some_and(|l| l.systolic().abs_diff(sys) > 40) {
            found.push(Doubt::Systolic);
        }
        if !(50..=110).contains(&dia) || last.blood_pressure.is_some_and(|l| l.diastolic().abs_diff(dia) > 30) {
            found.push(Doubt::Diastolic);
        }
    }
    if let Some(now) = vitals.heart_rate.as_ref().and_then(Reading::value) {
        let rate = now.get();
        if !(45..=130).contains(&rate) || last.heart_rate.is_some_and(|l| l.abs_diff(rate) > 40) {
            found.push(Doubt::HeartRate);
        }
    }
    if let Some(now) = vitals.spo2.as_ref().and_then(Reading::value)
        && (now.get() < 90 || last.spo2.is_some_and(|l| l.saturating_sub(now.get()) >= 4))
    {
        found.push(Doubt::Spo2);
    }
    if let Some(now) = vitals.respiratory_rate.as_ref().and_then(Reading::value)
        && !(9..=24).contains(&now.get())
    {
        found.push(Doubt::RespiratoryRate);
    }
    if let Some(now) = vitals.temperature.as_ref().and_then(Reading::value)
        && !(350..=385).contains(&now.get())
    {
        found.push(Doubt::Temperature);
    }
    found
}

/// What is unlikely in a description: the weight, and the dose for it.
#[must_use]
pub fn description_doubts(description: &Description) -> Vec<Doubt> {
    let mut found = Vec::new();
    let weight_g = description.weight_g.map(super::measure::WeightG::get);
    if weight_g.is_some_and(|grams| !(40_000..=200_000).contains(&grams)) {
        found.push(Doubt::Weight);
    }
    if is_unlikely_dose(description) {
        found.push(Doubt::Dose);
    }
    let per_kg = description.dose_per_kg_ug.map(super::measure::DosePerKgUg::get);
    if per_kg.is_some_and(|ug| !(300..=1000).contains(&ug)) && !found.contains(&Doubt::Dose) {
        found.push(Doubt::Dose);
    }
    if let (Some(grams), Some(dose), Some(per_kg)) = (weight_g, description.dose_ug, per_kg) {
        // Micrograms to a kilogram times grams are thousandths of a microgram.
        let (given, worked_out) = (u64::from(dose.get()) * 1000, u64::from(per_kg) * u64::from(grams));
        if given.abs_diff(worked_out) * 50 > worked_out {
            found.push(Doubt::DoseDisagrees);
        }
    }
    let last_g = description.last_weight_g.map(super::measure::WeightG::get);
    if let Some((now, last)) = weight_g.zip(last_g) {
        found.extend(against_last(u64::from(now), u64::from(last)));
    }
    found.extend(same_person(description));
    found
}

/// Whether the dose is unlikely for the weight.
#[must_use]
pub fn is_unlikely_dose(description: &Description) -> bool {
    let Some((weight, dose)) = description.weight_g.zip(description.dose_ug) else { return false };
    // Micrograms to a gram are milligrams to a kilogram: 0.3 to 1.0 is 3 to 10 tenths.
    let (grams, tenths) = (u64::from(weight.get()), u64::from(dose.get()) * 10);
    !(grams * 3..=grams * 10).contains(&tenths)
}

/// A weight against the last visit's: about 2.2 times as much, or as little, is the other unit.
fn against_last(now_g: u64, last_g: u64) -> Option<Doubt> {
    let (more, less) = (now_g.max(last_g), now_g.min(last_g));
    if (209 * less..=232 * less).contains(&(more * 100)) {
        Some(Doubt::Pounds)
    } else {
        (now_g.abs_diff(last_g) * 10 > last_g).then_some(Doubt::WeightChanged)
    }
}

/// Whoever set the pump does not check the settings as well.
fn same_person(description: &Description) -> Option<Doubt> {
    let (set, checked) = (description.pump_set_by.as_deref()?, description.pump_checked_by.as_deref()?);
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    (folded(set) == folded(checked)).then_some(Doubt::SamePerson)
}

/// What is unlikely in a planned duration.
#[must_use]
pub(super) fn duration_doubts(planned_min: DurationMin) -> Vec<Doubt> {
    if (30..=120).contains(&planned_min.get()) { Vec::new() } else { vec![Doubt::Duration] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::vitals_line::parse;

    #[rstest::rstest]
    #[case::usual("128/80 72 98 14", &[])]
    #[case::low_systolic("89/60", &[Doubt::Systolic])]
    #[case::edge_low("90/50 45 90 9", &[])]
    #[case::edge_high("180/110 130 100 24", &[])]
    #[case::high("181/111 131 89 25", &[Doubt::Systolic, Doubt::Diastolic, Doubt::HeartRate, Doubt::Spo2, Doubt::RespiratoryRate])]
    #[case::zero("128/80 0 98 0", &[Doubt::HeartRate, Doubt::RespiratoryRate])]
    #[case::cold("128/80 72 98 14 34.9", &[Doubt::Temperature])]
    fn asked_once(#[case] line: &str, #[case] expected: &[Doubt]) {
        assert_eq!(doubts(&parse(line).expect("a line"), &LastValues::default()), expected);
    }

    #[rstest::rstest]
    #[case::usual(72_000, 36_000, &[])]
    #[case::light(39_999, 20_000, &[Doubt::Weight])]
    #[case::edges_of_the_dose(100_000, 30_000, &[])]
    #[case::one_mg_a_kg(100_000, 100_000, &[])]
    #[case::little(100_000, 29_999, &[Doubt::Dose])]
    #[case::much(100_000, 100_001, &[Doubt::Dose])]
    #[case::pounds(220_000, 50_000, &[Doubt::Weight, Doubt::Dose])]
    fn weight_and_dose(#[case] weight_g: i64, #[case] dose_ug: i64, #[case] expected: &[Doubt]) {
        let description = Description {
            weight_g: weight_g.try_into().ok(),
            dose_ug: dose_ug.try_into().ok(),
            ..Description::default()
        };
        assert_eq!(description_doubts(&description), expected);
    }

    #[rstest::rstest]
    #[case::agrees(72_000, 36_000, 500, &[])]
    #[case::two_percent(100_000, 51_000, 500, &[])]
    #[case::more(100_000, 51_001, 500, &[Doubt::DoseDisagrees])]
    #[case::less(100_000, 48_999, 500, &[Doubt::DoseDisagrees])]
    #[case::ten_times(72_000, 36_000, 5_000, &[Doubt::Dose, Doubt::DoseDisagrees])]
    fn two_typed_numbers(#[case] weight_g: i64, #[case] dose_ug: i64, #[case] per_kg: i64, #[case] expected: &[Doubt]) {
        let description = Description {
            weight_g: weight_g.try_into().ok(),
            dose_ug: dose_ug.try_into().ok(),
            dose_per_kg_ug: per_kg.try_into().ok(),
            ..Description::default()
        };
        assert_eq!(description_doubts(&description), expected);
    }

    #[rstest::rstest]
    #[case::as_before(72_000, 72_000, &[])]
    #[case::ten_percent(79_200, 72_000, &[])]
    #[case::more(79_201, 72_000, &[Doubt::WeightChanged])]
    #[case::less(64_799, 72_000, &[Doubt::WeightChanged])]
    #[case::pounds(158_700, 72_000, &[Doubt::Pounds])]
    #[case::pounds_before(72_000, 158_700, &[Doubt::Pounds])]
    #[case::double(144_000, 72_000, &[Doubt::WeightChanged])]
    fn against_the_last_visit(#[case] now_g: i64, #[case] last_g: i64, #[case] expected: &[Doubt]) {
        let description = Description {
            weight_g: now_g.try_into().ok(),
            last_weight_g: last_g.try_into().ok(),
            ..Description::default()
        };
        assert_eq!(description_doubts(&description), expected);
    }

    #[rstest::rstest]
    #[case("Dr B", "Sitter A", &[])]
    #[case("Dr B", " dr  b", &[Doubt::SamePerson])]
    fn a_second_person(#[case] set: &str, #[case] checked: &str, #[case] expected: &[Doubt]) {
        let (pump_set_by, pump_checked_by) = (Some(set.to_owned()), Some(checked.to_owned()));
        let description = Description { pump_set_by, pump_checked_by, ..Description::default() };
        assert_eq!(description_doubts(&description), expected);
    }

    #[test]
    fn a_jump_from_the_last_value_is_asked_about() {
        let before = parse("128/80 72 98").expect("a line");
        let last = LastValues {
            blood_pressure: before.blood_pressure.and_then(|r| r.value()),
            heart_rate: Some(72),
            spo2: Some(98),
        };
        let found = |line: &str| doubts(&parse(line).expect("a line"), &last);
        assert_eq!(found("168/110 112 95"), []);
        assert_eq!(found("169/110 112 95"), [Doubt::Systolic]);
        assert_eq!(found("140/111 113 94"), [Doubt::Diastolic, Doubt::HeartRate, Doubt::Spo2]);
    }
}

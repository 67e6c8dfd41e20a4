//! How old the patient is, where the date of birth is known.

use chrono::{Datelike, NaiveDate};

use super::opening::Description;

impl Description {
    /// Whole years on a day; `None` where the date of birth is not known, or lies after that day.
    #[must_use]
    pub fn age_years(&self, on: NaiveDate) -> Option<u32> {
        let born = NaiveDate::parse_from_str(self.born.as_deref()?, "%Y-%m-%d").ok()?;
        let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
        u32::try_from(on.year() - born.year() - i32::from(!had_birthday)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("1984-03-07", "2026-03-06", Some(41))]
    #[case("1984-03-07", "2026-03-07", Some(42))]
    #[case("2004-02-29", "2026-02-28", Some(21))]
    #[case("2004-02-29", "2026-03-01", Some(22))]
    #[case("2026-11-24", "2026-11-23", None)]
    #[case("spring", "2026-11-23", None)]
    fn years(#[case] born: &str, #[case] on: &str, #[case] expected: Option<u32>) {
        let description = Description { born: Some(born.to_owned()), ..Description::default() };
        let on = NaiveDate::parse_from_str(on, "%Y-%m-%d").expect("a day");
        assert_eq!(description.age_years(on), expected);
    }

    #[test]
    fn nobody_knows() {
        assert_eq!(Description::default().age_years(NaiveDate::MIN), None);
    }
}

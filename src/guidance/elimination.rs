//! How much of the dose is left: one compartment, constant-rate segments, first-order elimination (protocol-facts 6).
//! Only ratios are known unless a dose is: every figure is a share.

/// Milliseconds in an hour, as the unit of the rate constant.
const HOUR_MS: f64 = 3_600_000.0;

/// A stretch of infusion at one rate, with its part of the dose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dosed {
    /// From, ms.
    pub from_ms: i64,
    /// To, ms; after `from_ms`.
    pub to_ms: i64,
    /// What was given in it: mg, or a share.
    pub amount: f64,
}

impl Dosed {
    /// What is left of this segment's dose at some moment; before it begins, nothing.
    fn left(&self, at_ms: i64, half_life_h: f64) -> f64 {
        let k = std::f64::consts::LN_2 / half_life_h;
        let hours = |ms: i64| ms as f64 / HOUR_MS;
        let given_until = at_ms.min(self.to_ms);
        let given_h = hours(given_until - self.from_ms);
        if given_h <= 0.0 {
            return 0.0;
        }
        // exp_m1 keeps short segments exact, where 1 - exp(-x) would lose its digits.
        let at_stop = -(-k * given_h).exp_m1() / (k * hours(self.to_ms - self.from_ms));
        self.amount * at_stop * (-k * hours(at_ms - given_until)).exp()
    }
}

/// What is in the body at some moment, in the unit of the segments' amounts.
#[must_use]
pub fn amount(segments: &[Dosed], half_life_h: f64, at_ms: i64) -> f64 {
    segments.iter().map(|segment| segment.left(at_ms, half_life_h)).sum()
}

/// The share of the amount at END that is left `since_end_ms` later: 2^(-t / half-life).
#[must_use]
pub fn share_of_end(half_life_h: f64, since_end_ms: i64) -> f64 {
    (-(since_end_ms.max(0) as f64) / HOUR_MS / half_life_h).exp2()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MIN: i64 = 60_000;

    /// protocol-facts 6: hours since END and percent of the end amount.
    #[rstest::rstest]
    #[case(1, 72.97)]
    #[case(2, 53.25)]
    #[case(3, 38.86)]
    #[case(4, 28.36)]
    #[case(6, 15.10)]
    #[case(8, 8.042)]
    #[case(12, 2.280)]
    #[case(24, 0.0520)]
    fn the_table(#[case] hours: i64, #[case] percent: f64) {
        let found = share_of_end(2.2, hours * 60 * MIN) * 100.0;
        assert!((found - percent).abs() < percent * 5e-4, "{hours} h: {found} for {percent}");
    }

    #[test]
    fn forty_minutes_leave_nine_tenths() {
        let given = [Dosed { from_ms: 0, to_ms: 40 * MIN, amount: 1.0 }];
        assert!((amount(&given, 2.2, 40 * MIN) - 0.901_960_370_633).abs() < 1e-12);
    }

    fn segments() -> impl Strategy<Value = Vec<Dosed>> {
        prop::collection::vec((0i64..600, 1i64..240, 0.01f64..100.0), 1..6).prop_map(|raw| {
            raw.into_iter()
                .map(|(from, long, amount)| Dosed { from_ms: from * MIN, to_ms: (from + long) * MIN, amount })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn never_negative_and_never_above_what_was_given(given in segments(), at in -100i64..3000) {
            let left = amount(&given, 2.2, at * MIN);
            let total: f64 = given.iter().map(|s| s.amount).sum();
            prop_assert!((0.0..=total).contains(&left));
        }

        #[test]
        fn continuous(given in segments(), at in 0i64..3000) {
            let total: f64 = given.iter().map(|s| s.amount).sum();
            let step = (amount(&given, 2.2, at * MIN + 1) - amount(&given, 2.2, at * MIN)).abs();
            // In one millisecond at most what the fastest segment gives, one minute being the shortest.
            prop_assert!(step <= total / 59_000.0);
        }

        #[test]
        fn agrees_with_the_closed_form(from in 0i64..100, long in 1i64..480, after in 0i64..3000) {
            let (a, b, t) = (from as f64 / 60.0, (from + long) as f64 / 60.0, (from + long + after) as f64 / 60.0);
            let k = 0.315_066_900_255;
            let closed = ((-k * (t - b)).exp() - (-k * (t - a)).exp()) / (k * (b - a));
            let given = [Dosed { from_ms: from * MIN, to_ms: (from + long) * MIN, amount: 1.0 }];
            prop_assert!((amount(&given, 2.2, (from + long + after) * MIN) - closed).abs() < 1e-9);
        }
    }
}

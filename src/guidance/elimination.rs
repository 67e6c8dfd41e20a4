//! How much of the dose is left: one compartment, constant-rate segments, first-order elimination (protocol-facts 6).
//! Only ratios are known unless a dose is: every figure is a share.

/// A stretch of infusion at one rate, with its part of the dose. Hours on any line of time, the same for all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dosed {
    /// From, hours.
    pub from_h: f64,
    /// To, hours; after `from_h`.
    pub to_h: f64,
    /// What was given in it: mg, or a share.
    pub amount: f64,
}

impl Dosed {
    /// What is left of this segment's dose at some moment; before it begins, nothing.
    fn left(&self, at_h: f64, half_life_h: f64) -> f64 {
        let k = std::f64::consts::LN_2 / half_life_h;
        let given_until_h = at_h.min(self.to_h);
        let given_h = given_until_h - self.from_h;
        if given_h <= 0.0 {
            return 0.0;
        }
        // exp_m1 keeps short segments exact, where 1 - exp(-x) would lose its digits.
        let at_stop = -(-k * given_h).exp_m1() / (k * (self.to_h - self.from_h));
        self.amount * at_stop * (-k * (at_h - given_until_h)).exp()
    }
}

/// What is in the body at some moment, in the unit of the segments' amounts.
#[must_use]
pub fn amount(segments: &[Dosed], half_life_h: f64, at_h: f64) -> f64 {
    segments.iter().map(|segment| segment.left(at_h, half_life_h)).sum()
}

/// The share of the amount at END that is left `since_end_h` later: 2^(-t / half-life).
#[must_use]
pub fn share_of_end(half_life_h: f64, since_end_h: f64) -> f64 {
    (-since_end_h.max(0.0) / half_life_h).exp2()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// protocol-facts 6: hours since END and percent of the end amount.
    #[rstest::rstest]
    #[case(1.0, 72.97)]
    #[case(2.0, 53.25)]
    #[case(3.0, 38.86)]
    #[case(4.0, 28.36)]
    #[case(6.0, 15.10)]
    #[case(8.0, 8.042)]
    #[case(12.0, 2.280)]
    #[case(24.0, 0.0520)]
    fn the_table(#[case] hours: f64, #[case] percent: f64) {
        let found = share_of_end(2.2, hours) * 100.0;
        assert!((found - percent).abs() < percent * 5e-4, "{hours} h: {found} for {percent}");
    }

    #[test]
    fn forty_minutes_leave_nine_tenths() {
        let given = [Dosed { from_h: 0.0, to_h: 40.0 / 60.0, amount: 1.0 }];
        assert!((amount(&given, 2.2, 40.0 / 60.0) - 0.901_960_370_633).abs() < 1e-12);
    }

    /// Overlapping ones too, from a second to four hours long.
    fn segments() -> impl Strategy<Value = Vec<Dosed>> {
        let one = (0.0f64..10.0, 0.000_3f64..4.0, 0.01f64..100.0);
        prop::collection::vec(one, 1..6).prop_map(|raw| {
            raw.into_iter().map(|(from_h, long_h, amount)| Dosed { from_h, to_h: from_h + long_h, amount }).collect()
        })
    }

    /// Of any length, one after the other with pauses or without, and over each other.
    fn long_and_short() -> impl Strategy<Value = Vec<Dosed>> {
        let long_h = prop_oneof![Just(1e-3 / 3600.0), Just(1.0 / 3600.0), 0.01f64..4.0, Just(48.0)];
        let gap_h = prop_oneof![Just(0.0), Just(1e-3 / 3600.0), 0.0f64..3.0, -1.0f64..0.0];
        prop::collection::vec((gap_h, long_h, 0.01f64..1000.0), 1..5).prop_map(|raw| {
            let mut end_h = 0.0;
            raw.into_iter()
                .map(|(gap_h, long_h, amount)| {
                    let from_h = end_h + gap_h;
                    end_h = from_h + long_h;
                    Dosed { from_h, to_h: end_h, amount }
                })
                .collect()
        })
    }

    /// What each moment's drop leaves, added up by Simpson's rule.
    fn integral(given: &[Dosed], t: f64) -> f64 {
        const PIECES: u32 = 2000;
        let k = std::f64::consts::LN_2 / 2.2;
        let of = |s: &Dosed| {
            let until = t.min(s.to_h);
            if until <= s.from_h {
                return 0.0;
            }
            let h = (until - s.from_h) / f64::from(PIECES);
            let left = |n: u32| (-k * (t - (s.from_h + h * f64::from(n)))).exp();
            let inner: f64 = (1..PIECES).map(|n| if n % 2 == 1 { 4.0 * left(n) } else { 2.0 * left(n) }).sum();
            s.amount / (s.to_h - s.from_h) * (left(0) + inner + left(PIECES)) * h / 3.0
        };
        given.iter().map(of).sum()
    }

    /// The closed form of protocol-facts 6, written as it stands there.
    fn closed_form(given: &[Dosed], t: f64) -> f64 {
        let k = std::f64::consts::LN_2 / 2.2;
        let of = |s: &Dosed| {
            let (a, b) = (s.from_h, s.to_h);
            if t <= a {
                0.0
            } else if t < b {
                s.amount * (1.0 - (-k * (t - a)).exp()) / (k * (b - a))
            } else {
                s.amount * ((-k * (t - b)).exp() - (-k * (t - a)).exp()) / (k * (b - a))
            }
        };
        given.iter().map(of).sum()
    }

    proptest! {
        #[test]
        fn never_negative_and_never_above_what_was_given(given in segments(), at in -2.0f64..50.0) {
            let left = amount(&given, 2.2, at);
            let total: f64 = given.iter().map(|s| s.amount).sum();
            prop_assert!((0.0..=total).contains(&left));
        }

        #[test]
        fn continuous(given in segments(), at in 0.0f64..50.0) {
            // In a microsecond at most what the segments give in it, and what leaves.
            let step_h = 1e-6 / 3600.0;
            let step = (amount(&given, 2.2, at + step_h) - amount(&given, 2.2, at)).abs();
            let most: f64 = given.iter().map(|s| s.amount * step_h * (1.0 / (s.to_h - s.from_h) + 1.0)).sum();
            prop_assert!(step <= most + 1e-9);
        }

        #[test]
        fn agrees_with_the_closed_form(given in segments(), at in -1.0f64..50.0) {
            let total: f64 = given.iter().map(|s| s.amount).sum();
            prop_assert!((amount(&given, 2.2, at) - closed_form(&given, at)).abs() < 1e-9 * total);
        }

        /// Against an integral that knows nothing of the closed form, from a millisecond to two days long, at any distance.
        #[test]
        fn agrees_with_the_integral(given in long_and_short(), at in -1.0f64..100.0) {
            let total: f64 = given.iter().map(|s| s.amount).sum();
            prop_assert!((amount(&given, 2.2, at) - integral(&given, at)).abs() < 1e-9 * total);
        }

        /// Cut anywhere, without a gap between the two: the same.
        #[test]
        fn a_segment_in_two_is_the_same(given in long_and_short(), part in 0.001f64..0.999, at in -1.0f64..100.0) {
            let cut = given.iter().flat_map(|s| {
                let middle = s.from_h + (s.to_h - s.from_h) * part;
                let share = (middle - s.from_h) / (s.to_h - s.from_h);
                [Dosed { to_h: middle, amount: s.amount * share, ..*s }, Dosed { from_h: middle, amount: s.amount * (1.0 - share), ..*s }]
            });
            // What is too short to be cut in two numbers stays whole.
            let cut: Vec<Dosed> = cut.filter(|s| s.to_h > s.from_h).collect();
            prop_assume!(cut.len() == 2 * given.len());
            let total: f64 = given.iter().map(|s| s.amount).sum();
            prop_assert!((amount(&given, 2.2, at) - amount(&cut, 2.2, at)).abs() < 1e-9 * total);
        }

        /// The same rate, stopped sooner: what was not given cannot be left.
        #[test]
        fn ending_earlier_never_leaves_more(given in segments(), part in 0.01f64..1.0, at in 0.0f64..50.0) {
            let (last, before) = given.split_last().expect("one at least");
            let to_h = last.from_h + (last.to_h - last.from_h) * part;
            let sooner = Dosed { to_h, amount: last.amount * part, ..*last };
            let stopped: Vec<Dosed> = before.iter().copied().chain([sooner]).collect();
            prop_assert!(amount(&stopped, 2.2, at) <= amount(&given, 2.2, at) + 1e-12);
        }
    }
}

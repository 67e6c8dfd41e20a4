//! Reads a line of vitals as a sitter types it: `128/80 72 98 14`. Trailing ones may be left out; `x` is not taken, `?` is
//! tried and unobtainable. What cannot be is refused with its reason, and the typed text stays with the sitter.

use super::measure::{
    BloodPressure, Diastolic, HeartRate, OutOfRange, Reading, RespiratoryRate, Reversed, Spo2, Systolic,
    TemperatureTenthsCel, Vitals,
};

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// Nothing was typed.
    Empty,
    /// A token that is no number.
    NotANumber {
        /// The token.
        token: String,
    },
    /// Several digits run together: `12080`.
    RunTogether {
        /// The token.
        token: String,
    },
    /// A systolic pressure without a diastolic one.
    NoDiastolic {
        /// mmHg.
        systolic: i64,
    },
    /// Outside what can be.
    OutOfRange(OutOfRange),
    /// Diastolic not below systolic: offer to swap.
    Reversed(Reversed),
    /// A temperature that looks like degrees Fahrenheit.
    Fahrenheit {
        /// The token.
        token: String,
    },
    /// More values than there are fields.
    TooMany {
        /// The first token too many.
        token: String,
    },
}

impl From<OutOfRange> for LineFault {
    fn from(fault: OutOfRange) -> Self {
        Self::OutOfRange(fault)
    }
}

/// Reads a line.
pub fn parse(line: &str) -> Result<Vitals, LineFault> {
    let spaced = spread(line);
    let mut tokens = spaced.iter().map(String::as_str);
    let Some(first) = tokens.next() else { return Err(LineFault::Empty) };
    // `x` and `?` stand for the whole pressure: half of one is neither.
    if let Some(half) =
        line.split_whitespace().next().filter(|half| half.contains('/') && half.contains(['x', 'X', '?']))
    {
        return Err(LineFault::NotANumber { token: half.to_owned() });
    }
    let blood_pressure = Some(match missing(first) {
        Some(reading) => reading,
        None => pressure(first, &mut tokens)?,
    });
    let vitals = Vitals {
        blood_pressure,
        heart_rate: next(&mut tokens, whole::<HeartRate>)?,
        spo2: next(&mut tokens, whole::<Spo2>)?,
        respiratory_rate: next(&mut tokens, whole::<RespiratoryRate>)?,
        temperature: next(&mut tokens, temperature)?,
    };
    tokens.next().map_or(Ok(vitals), |token| Err(LineFault::TooMany { token: token.to_owned() }))
}

/// The same line with its two pressures the other way round, where that makes it readable.
#[must_use]
pub fn swapped(line: &str) -> Option<String> {
    let Err(LineFault::Reversed(Reversed { systolic, diastolic })) = parse(line) else { return None };
    let rest = spread(line).split_off(2).join(" ");
    let swapped = format!("{diastolic}/{systolic} {rest}").trim_end().to_owned();
    parse(&swapped).is_ok().then_some(swapped)
}

/// Splits at white space, commas and slashes; `120/80/72` is two pressures and the pulse.
fn spread(line: &str) -> Vec<String> {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'))
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect()
}

fn missing<T>(token: &str) -> Option<Reading<T>> {
    match token {
        "x" | "X" => Some(Reading::NotTaken),
        "?" => Some(Reading::Unobtainable),
        _ => None,
    }
}

fn pressure<'a>(first: &str, tokens: &mut impl Iterator<Item = &'a str>) -> Result<Reading<BloodPressure>, LineFault> {
    let systolic = number(first)?;
    if systolic > Systolic::MAX && first.len() >= 4 {
        return Err(LineFault::RunTogether { token: first.to_owned() });
    }
    let Some(second) = tokens.next() else { return Err(LineFault::NoDiastolic { systolic }) };
    let diastolic = number(second)?;
    // Checked each in its own range first only when the order is right: `80/128` is a swap, not a range fault.
    if diastolic >= systolic && Systolic::try_from(diastolic).is_ok() && Diastolic::try_from(systolic).is_ok() {
        let (systolic, diastolic) = (systolic as u16, diastolic as u16);
        return Err(LineFault::Reversed(Reversed { systolic, diastolic }));
    }
    let both = (Systolic::try_from(systolic)?, Diastolic::try_from(diastolic)?);
    BloodPressure::new(both.0, both.1).map(Reading::Value).map_err(LineFault::Reversed)
}

fn next<'a, T>(
    tokens: &mut impl Iterator<Item = &'a str>,
    read: impl Fn(&str) -> Result<T, LineFault>,
) -> Result<Option<Reading<T>>, LineFault> {
    tokens.next().map(|token| missing(token).map_or_else(|| read(token).map(Reading::Value), Ok)).transpose()
}

fn number(token: &str) -> Result<i64, LineFault> {
    let digits = !token.is_empty() && token.len() <= 9 && token.bytes().all(|b| b.is_ascii_digit());
    let parsed = if digits { token.parse().ok() } else { None };
    parsed.ok_or_else(|| LineFault::NotANumber { token: token.to_owned() })
}

fn whole<T: TryFrom<i64, Error = OutOfRange>>(token: &str) -> Result<T, LineFault> {
    Ok(T::try_from(number(token)?)?)
}

fn temperature(token: &str) -> Result<TemperatureTenthsCel, LineFault> {
    let (whole, tenths) = token.split_once('.').unwrap_or((token, "0"));
    let (degrees, tenths) = (number(whole)?, number(tenths).ok().filter(|t| *t <= 9 && tenths.len() == 1));
    let Some(tenths) = tenths else { return Err(LineFault::NotANumber { token: token.to_owned() }) };
    if (77..=113).contains(&degrees) {
        return Err(LineFault::Fahrenheit { token: token.to_owned() });
    }
    Ok(TemperatureTenthsCel::try_from(degrees * 10 + tenths)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(line: &str) -> String {
        match parse(line) {
            Ok(vitals) => serde_json::to_string(&vitals).expect("plain data is JSON"),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn lines_as_they_are_typed() {
        let lines = [
            "128/80 72 98 14",
            "128/80",
            "120 80",
            "120/80/72",
            "120/80,72,98",
            "x",
            "x 72",
            "? 72 98",
            "128/80 x 98 ?",
            "128/80 0 98 0",
            "128/80 72 98 14 36.8",
            "128/80 72 98 14 37",
            "",
            "   ",
            "12080",
            "128",
            "80/128",
            "120/120",
            "29/10",
            "301/80",
            "120/9",
            "120/80 301",
            "120/80 72 101",
            "120/80 72 98 81",
            "120/80 72 98 14 98.6",
            "120/80 72 98 14 24.9",
            "120/80 72 98 14 36 5",
            "abc",
            "120/8o",
            "-5/80",
            "120/80 7.5",
            "x/80 72",
            "120/x 72",
            "99999999999999999999",
        ];
        let table = lines.map(|line| format!("{line:24} {}\n", shown(line))).concat();
        insta::assert_snapshot!(table);
    }

    proptest! {
        #[test]
        fn never_panics(line in "\\PC{0,40}") {
            let _ = parse(&line);
        }

        #[test]
        fn what_is_in_range_is_read(sys in 30i64..=300, dia in 10i64..=220, hr in 0i64..=300, spo2 in 0i64..=100) {
            prop_assume!(dia < sys);
            let vitals = parse(&format!("{sys}/{dia} {hr} {spo2}")).expect("in range");
            let pressure = vitals.blood_pressure.and_then(|r| r.value()).expect("a pressure");
            prop_assert_eq!((i64::from(pressure.systolic()), i64::from(pressure.diastolic())), (sys, dia));
            prop_assert_eq!(vitals.spo2.and_then(|r| r.value()).map(i64::from), Some(spo2));
        }
    }
}

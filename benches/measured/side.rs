//! Things measured side by side in one run, a round of each in turn, so that the noise of the machine meets all of them.

use std::io::Write;
use std::time::{Duration, Instant};

/// Runs each thing once a round and says its median, which is returned; the ratio is to the first one.
pub(crate) fn side_by_side<T>(
    title: &str,
    rounds: usize,
    things: &mut [(&str, &mut dyn FnMut() -> T)],
) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); things.len()];
    for _ in 0..rounds {
        for ((_, thing), times) in things.iter_mut().zip(&mut times) {
            times.push(time(thing));
        }
    }
    let medians: Vec<Duration> = times.into_iter().map(median).collect();
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{title} (medians of {rounds})");
    for ((name, _), median) in things.iter().zip(&medians) {
        let ratio = median.as_secs_f64() / medians[0].as_secs_f64();
        let _ = writeln!(out, "  {name:<48} {:>10.1} us   {ratio:>5.2}x", median.as_secs_f64() * 1e6);
    }
    medians
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn time<T>(thing: &mut dyn FnMut() -> T) -> Duration {
    let start = Instant::now();
    let made = thing();
    let took = start.elapsed();
    // What it takes to put away is not measured.
    drop(made);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

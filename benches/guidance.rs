//! What a session means now, worked out anew at each message. Promise: below 200 microseconds at 500 entries.

use bedside::guidance::Guidance;
use divan::{Bencher, black_box};

#[path = "measured/busy.rs"]
mod busy;

fn main() {
    divan::main();
}

#[divan::bench(args = [125, 250, 500, 1000])]
fn guidance_of(bencher: Bencher<'_, '_>, entries: usize) {
    let console = busy::busy(entries);
    let (settings, live) = (&console.model().settings, console.model().live().expect("a session"));
    bencher.bench_local(|| Guidance::of(black_box(&live.protocol), &live.session, &settings.zone, live.guidance.now));
}

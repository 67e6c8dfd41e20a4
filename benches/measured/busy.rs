//! A busy session, made as a sitter makes one: keys pressed at a console without a terminal, three hours of them.

use bedside::clock::ManualClock;
use bedside::console::Settings;
use bedside::headless::Headless;
use bedside::journal::Journal;
use bedside::protocol::{Protocol, shipped};
use bedside::session::{MINUTE_MS, SECOND_MS, Scribe, Stamp};
use bedside::zones::load_zone;
use uuid::Uuid;

/// 23 November 2026, 14:00 in New York.
const AFTERNOON_MS: i64 = 1_795_460_400_000;
/// Three hours.
const LENGTH_MS: i64 = 180 * MINUTE_MS;
/// What the sitter presses, over and over.
const KEYS: [&str; 12] = [
    "l",
    "a3",
    "d2",
    "m4",
    "n2",
    "v146/92 88 96 14<enter>",
    "l",
    "a4",
    "p2",
    "n1",
    "v128/80 74 98 13<enter>",
    "tresting with music, says the room is wide<enter>",
];

/// A console with a session of at least so many entries, spread over three hours, its infusion ended after forty minutes.
pub(crate) fn busy(entries: usize) -> Headless {
    busy_with("standard-iv-40", entries)
}

/// The same under another of the shipped protocols.
pub(crate) fn busy_with(protocol: &str, entries: usize) -> Headless {
    let zone = load_zone(Some("America/New_York")).expect("a zone of the database");
    let protocol = Protocol::load(shipped(protocol).expect("it is shipped")).expect("it is sound");
    let settings = Settings { room: Some("Room 2".into()), ..Settings::of(protocol, zone.clone()) };
    let start = Stamp { utc_ms: AFTERNOON_MS, utc_offset_min: -300, boot_id: Uuid::from_u128(1), boot_ms: 3_600_000 };
    let scribe = Scribe::new("station-1".into(), "0.1.0".into(), 7);
    let journal = Journal::in_memory().expect("memory");
    let mut console = Headless::new(settings, scribe, ManualClock::new(start, zone), journal, (120, 36));
    console.press("nAna Ruiz<tab>Jo Doe<enter>v124/78 74 98 14<enter>ss<enter>");
    let gap_ms = LENGTH_MS / i64::try_from(entries).expect("some entries");
    let mut ended = false;
    for keys in KEYS.iter().cycle() {
        if count(&console) >= entries {
            return console;
        }
        pass(&mut console, gap_ms);
        console.press("<esc>1");
        console.press(keys);
        if !ended && minutes(&console) >= 40 {
            console.press("<esc>y<enter>");
            ended = true;
        }
    }
    console
}

/// Time passes in steps that the console does not take for a sleep of the machine.
fn pass(console: &mut Headless, ms: i64) {
    for _ in 0..ms / SECOND_MS {
        console.advance(SECOND_MS);
    }
    console.advance(ms % SECOND_MS);
}

/// How many entries the session has.
pub(crate) fn count(console: &Headless) -> usize {
    console.model().live().map_or(0, |live| live.session.entries().len())
}

fn minutes(console: &Headless) -> i64 {
    console.model().live().map_or(0, |live| live.guidance.progress.elapsed_ms.unwrap_or_default() / MINUTE_MS)
}

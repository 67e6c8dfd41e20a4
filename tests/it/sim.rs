//! The simulation harness: a console that is driven as a person would drive it, on a clock that is moved by hand.

use std::collections::BTreeMap;

use bedside::clock::ManualClock;
use bedside::console::{Msg, Settings};
use bedside::headless::Headless;
use bedside::journal::{Holder, Journal};
use bedside::protocol::{self, Protocol};
use bedside::session::{Actor, Pin, Scribe, Session, Stamp, Zone};
use uuid::Uuid;

/// 23 November 2026, 14:00 in New York.
pub(crate) const AFTERNOON_MS: i64 = 1_795_460_400_000;

/// A zone by name, with its real rules.
pub(crate) fn zone(name: &str) -> Zone {
    bedside::zones::load_zone(Some(name)).expect("a zone of the database")
}

/// Minutes, ms.
pub(crate) const fn minutes(n: i64) -> i64 {
    n * 60_000
}

/// A shipped protocol.
pub(crate) fn shipped(name: &str) -> Protocol {
    Protocol::load(protocol::shipped(name).expect("a shipped protocol")).expect("it loads")
}

/// The standard protocol without its screening: most visits here are about what comes after it, and a start without it asks
/// for a reason. What it asks has scenarios of its own, under the protocol as it is shipped.
pub(crate) fn unscreened() -> Protocol {
    let text = protocol::shipped("standard-iv-40").expect("a shipped protocol");
    let (before, rest) = text.split_once("[[screening]]").expect("it has a screening");
    let (_, after) = rest.split_once("# The gate:").expect("the gate follows");
    Protocol::load(&format!("{before}# The gate:{after}")).expect("it loads")
}

/// Settings as in a room of New York, 24-hour clock.
pub(crate) fn settings() -> Settings {
    Settings { room: Some("Room 2".into()), ..Settings::of(unscreened(), zone("America/New_York")) }
}

/// A moment in a boot that is always the same, with the offset that the zone's clocks have then.
pub(crate) fn stamp(utc_ms: i64, zone: &Zone) -> Stamp {
    Stamp { utc_ms, utc_offset_min: zone.offset_min(utc_ms), boot_id: Uuid::from_u128(1), boot_ms: 3_600_000 }
}

/// A simulated console.
pub(crate) struct Sim {
    headless: Option<Headless>,
    settings: Settings,
    size: (u16, u16),
    seed: u64,
    boots: u128,
    lock: Result<(), Option<Holder>>,
    pins: BTreeMap<String, Pin>,
}

impl Sim {
    /// On its first screen, 80x24, with an empty journal in memory.
    pub(crate) fn new() -> Self {
        Self::with(settings(), (80, 24))
    }

    /// With settings and a size.
    pub(crate) fn with(settings: Settings, size: (u16, u16)) -> Self {
        Self::starting(settings, size, AFTERNOON_MS)
    }

    /// With settings and a size, at some moment, UTC ms.
    pub(crate) fn starting(settings: Settings, size: (u16, u16), utc_ms: i64) -> Self {
        Self::opening(settings, size, utc_ms, Journal::in_memory().expect("memory"))
    }

    /// On a journal that holds something already.
    pub(crate) fn opening(settings: Settings, size: (u16, u16), utc_ms: i64, journal: Journal) -> Self {
        let clock = ManualClock::new(stamp(utc_ms, &settings.zone), settings.zone.clone());
        let mut sim = Self { headless: None, settings, size, seed: 7, boots: 1, lock: Ok(()), pins: BTreeMap::new() };
        sim.begin(clock, journal);
        sim
    }

    fn begin(&mut self, clock: ManualClock, journal: Journal) {
        let scribe = Scribe::new("station-1".into(), "0.1.0".into(), self.seed);
        self.seed += 1;
        let (settings, lock) = (self.settings.clone(), self.lock.clone());
        let mut headless = Headless::beside(settings, scribe, clock, journal, self.size, lock);
        headless.set_pins(self.pins.clone());
        self.headless = Some(headless);
    }

    /// Who is named in the room, and their PINs by id; for the next start of the program, which comes at once.
    pub(crate) fn people(&mut self, sitters: Vec<Actor>, clinicians: Vec<Actor>, pins: BTreeMap<String, Pin>) {
        self.settings.pins = pins.keys().cloned().collect();
        (self.settings.sitters, self.settings.clinicians, self.pins) = (sitters, clinicians, pins);
        self.crash(0);
    }

    /// Names are hidden after so many minutes without a key, from the next start of the program on, which comes at once.
    pub(crate) fn lock_after(&mut self, minutes: u32) {
        self.settings.lock_after_min = Some(minutes);
        self.crash(0);
    }

    /// What the PINs are, by the person's id.
    pub(crate) fn set_pins(&mut self, pins: BTreeMap<String, Pin>) {
        self.pins.clone_from(&pins);
        self.console_mut().set_pins(pins);
    }

    /// The console.
    pub(crate) fn console(&self) -> &Headless {
        self.headless.as_ref().expect("a running console")
    }

    /// The console.
    pub(crate) fn console_mut(&mut self) -> &mut Headless {
        self.headless.as_mut().expect("a running console")
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.console_mut().press(keys);
        self
    }

    /// Lets time pass.
    pub(crate) fn advance(&mut self, ms: i64) -> &mut Self {
        self.console_mut().advance(ms);
        self
    }

    /// Opens a session for Ana Ruiz.
    pub(crate) fn open(&mut self) -> &mut Self {
        self.press("nAna Ruiz<tab>Jo Doe<enter>")
    }

    /// The program is killed, and started again so much later in the same boot.
    pub(crate) fn crash(&mut self, gap_ms: i64) -> &mut Self {
        self.lock = self.console().lock().clone();
        let (clock, journal) = self.headless.take().expect("a running console").into_parts();
        clock.advance(gap_ms);
        self.begin(clock, journal);
        self
    }

    /// The room's protocol is edited: the next start of the program reads it so.
    pub(crate) fn edit_protocol(&mut self, edits: &[(String, String)]) -> &mut Self {
        let text = protocol::shipped("standard-iv-40").expect("a shipped protocol").to_owned();
        let edited = edits.iter().fold(text, |text, (from, to)| {
            assert!(text.contains(from), "the protocol has no {from:?}");
            text.replacen(from, to, 1)
        });
        self.settings.protocol = Protocol::load(&edited).expect("an edited protocol that loads");
        self
    }

    /// The machine is restarted, and the program with it.
    pub(crate) fn reboot(&mut self, gap_ms: i64) -> &mut Self {
        self.lock = self.console().lock().clone();
        let (clock, journal) = self.headless.take().expect("a running console").into_parts();
        self.boots += 1;
        clock.reboot(Uuid::from_u128(self.boots), gap_ms);
        self.begin(clock, journal);
        self
    }

    /// The machine sleeps so long: both clocks run on, and nothing ticks until it wakes.
    pub(crate) fn sleep(&mut self, ms: i64) -> &mut Self {
        self.console().clock().advance(ms);
        self.console_mut().send(Msg::Tick);
        self
    }

    /// The wall clock is set; the elapsed time does not know it.
    pub(crate) fn step_wall(&mut self, ms: i64) -> &mut Self {
        self.console().clock().step_wall(ms);
        self.advance(1000)
    }

    /// Another console holds the session from now on: this one is told so, as when it opens it.
    pub(crate) fn lock(&mut self, holder: &str) -> &mut Self {
        let (sitter, host) = holder.split_once(" at ").expect("a sitter and a machine");
        let (sitter, host, since) = (sitter.to_owned(), host.to_owned(), self.session().last_recorded_utc_ms());
        self.lock = Err(Some(Holder { pid: 4711, host, sitter, since, epoch: 1 }));
        let (lock, session) = (self.lock.clone(), self.session().session_id());
        self.console_mut().set_lock(lock.clone());
        self.console_mut().send(Msg::Lock(session, lock));
        self
    }

    /// The terminal has another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.size = (columns, rows);
        self.console_mut().send(Msg::Resize(columns, rows));
        self
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        self.console().screen()
    }

    /// The session on the screen.
    pub(crate) fn session(&self) -> &Session {
        &self.console().model().live().expect("a session on the screen").session
    }
}

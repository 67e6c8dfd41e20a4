//! The simulation harness: a console that is driven as a person would drive it, on a clock that is moved by hand.

use bedside::clock::ManualClock;
use bedside::console::{Settings, theme::Theme};
use bedside::headless::Headless;
use bedside::journal::Journal;
use bedside::protocol::{self, Protocol};
use bedside::session::{Scribe, Session, Stamp, Zone};
use bedside::words::ClockStyle;
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

/// Settings as in a room of New York, 24-hour clock.
pub(crate) fn settings() -> Settings {
    Settings {
        room: Some("Room 2".into()),
        sitters: Vec::new(),
        clock: ClockStyle::H24,
        zone: zone("America/New_York"),
        protocol: shipped("standard-iv-40"),
        theme: Theme::Colour,
        rehearsal: false,
        tick_ms: 1000,
    }
}

/// A moment in a boot that is always the same.
pub(crate) fn stamp(utc_ms: i64) -> Stamp {
    Stamp { utc_ms, utc_offset_min: -300, boot_id: Uuid::from_u128(1), boot_ms: 3_600_000 }
}

/// A simulated console.
pub(crate) struct Sim {
    headless: Option<Headless>,
    settings: Settings,
    size: (u16, u16),
    seed: u64,
}

impl Sim {
    /// On its first screen, 80x24, with an empty journal in memory.
    pub(crate) fn new() -> Self {
        Self::with(settings(), (80, 24))
    }

    /// With settings and a size.
    pub(crate) fn with(settings: Settings, size: (u16, u16)) -> Self {
        let clock = ManualClock::new(stamp(AFTERNOON_MS), settings.zone.clone());
        let journal = Journal::in_memory().expect("memory");
        let mut sim = Self { headless: None, settings, size, seed: 7 };
        sim.begin(clock, journal);
        sim
    }

    fn begin(&mut self, clock: ManualClock, journal: Journal) {
        let scribe = Scribe::new("station-1".into(), "0.1.0".into(), self.seed);
        self.seed += 1;
        self.headless = Some(Headless::new(self.settings.clone(), scribe, clock, journal, self.size));
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
        let (clock, journal) = self.headless.take().expect("a running console").into_parts();
        clock.advance(gap_ms);
        self.begin(clock, journal);
        self
    }

    /// The machine is restarted, and the program with it.
    pub(crate) fn reboot(&mut self, gap_ms: i64) -> &mut Self {
        let (clock, journal) = self.headless.take().expect("a running console").into_parts();
        clock.reboot(Uuid::from_u128(2), gap_ms);
        self.begin(clock, journal);
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

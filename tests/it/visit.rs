//! A visit as a test plays it: commands in, entries out, with a clock that the test moves. The console's own entries
//! (prompts raised, checks missed) are made as its loop makes them.

use bedside::guidance::Guidance;
use bedside::protocol::{Protocol, shipped};
use bedside::session::{
    Actor, At, Command, Context, Event, MINUTE_MS, Observation, Opening, ProtocolCopy, PumpAct, Refusal, Role, Scribe,
    Session, Stamp, Zone, decide, vitals_line,
};
use uuid::Uuid;

/// Monday 23 November 2026, 14:05 in New York.
pub(crate) const OPENED_UTC_MS: i64 = 1_795_460_700_000;

pub(crate) struct Visit {
    pub(crate) protocol: Protocol,
    pub(crate) session: Session,
    pub(crate) zone: Zone,
    scribe: Scribe,
    now: Stamp,
}

pub(crate) fn new_york() -> Zone {
    Zone::new(jiff::tz::TimeZone::get("America/New_York").expect("zone data"))
}

pub(crate) fn sitter() -> Actor {
    Actor { id: "jd".into(), name: "June Doe".into(), role: Role::Sitter }
}

/// The standard protocol without its screening, which has tests of its own.
pub(crate) fn standard() -> Protocol {
    crate::sim::unscreened()
}

impl Visit {
    pub(crate) fn open(patient: &str) -> Self {
        Self::open_at(patient, OPENED_UTC_MS, false)
    }

    pub(crate) fn open_at(patient: &str, utc_ms: i64, rehearsal: bool) -> Self {
        Self::begin(standard(), patient, utc_ms, rehearsal)
    }

    /// Under another of the shipped protocols.
    pub(crate) fn open_with(protocol: &str) -> Self {
        let protocol = Protocol::load(shipped(protocol).expect("it is shipped")).expect("it is sound");
        Self::begin(protocol, "Patient T1", OPENED_UTC_MS, false)
    }

    /// Under a protocol of one's own.
    pub(crate) fn under(protocol: Protocol) -> Self {
        Self::begin(protocol, "Patient T1", OPENED_UTC_MS, false)
    }

    fn begin(protocol: Protocol, patient: &str, utc_ms: i64, rehearsal: bool) -> Self {
        let zone = new_york();
        let now = stamp(&zone, utc_ms, 1_000_000);
        let mut scribe = Scribe::new("room-2".into(), "0.1.0".into(), 7);
        let opening = Opening {
            number: "1123-2".into(),
            patient: patient.into(),
            room: Some("Room 2".into()),
            protocol: ProtocolCopy {
                name: protocol.name.clone(),
                version: protocol.version.clone(),
                fingerprint: protocol.fingerprint.clone(),
                text: protocol.text.clone(),
                route: protocol.infusion.route,
            },
            zone: zone.name().map(str::to_owned),
            rehearsal,
        };
        let first = scribe.open(opening, sitter(), &now);
        let session = Session::replay([first]).expect("it begins with its opening");
        Self { protocol, session, zone, scribe, now }
    }

    pub(crate) fn now(&self) -> At {
        self.session.at(&self.now)
    }

    pub(crate) fn guidance(&self) -> Guidance {
        Guidance::of(&self.protocol, &self.session, &self.zone, self.now())
    }

    /// Lets time pass, half a minute at a time; the console does what its loop does.
    pub(crate) fn wait_min(&mut self, minutes: i64) {
        for _ in 0..minutes * 2 {
            self.wait_ms(MINUTE_MS / 2);
        }
    }

    pub(crate) fn wait_ms(&mut self, ms: i64) {
        self.now = stamp(&self.zone, self.now.utc_ms + ms, self.now.boot_ms + ms);
        self.tick();
    }

    /// The wall clock drifts against boot time.
    pub(crate) fn drift_ms(&mut self, ms: i64) {
        self.now.utc_ms += ms;
    }

    fn tick(&mut self) {
        // One pass is enough; a second shows that nothing is raised twice.
        for _ in 0..2 {
            for command in self.guidance().own_commands() {
                self.try_by(Actor::console(), 0, &command).expect("the console's own commands are possible");
            }
        }
    }

    /// What the sitter does now. Gives the entry's number.
    pub(crate) fn does(&mut self, command: &Command) -> u64 {
        self.did(0, command)
    }

    /// What the sitter did some time ago, milliseconds.
    pub(crate) fn did(&mut self, ago_ms: i64, command: &Command) -> u64 {
        self.attempt(ago_ms, command).unwrap_or_else(|refusal| panic!("{command:?} was refused: {refusal:?}"))
    }

    pub(crate) fn attempt(&mut self, ago_ms: i64, command: &Command) -> Result<u64, Refusal> {
        let seq = self.try_by(sitter(), ago_ms, command)?;
        self.tick();
        Ok(seq)
    }

    pub(crate) fn by(&mut self, actor: Actor, command: &Command) -> u64 {
        let seq = self.try_by(actor, 0, command).expect("possible");
        self.tick();
        seq
    }

    fn try_by(&mut self, actor: Actor, ago_ms: i64, command: &Command) -> Result<u64, Refusal> {
        let observed_at = self.now.utc_ms - ago_ms;
        let context = Context { session: &self.session, protocol: &self.protocol, observed_at, now: &self.now };
        let event = decide(&context, command)?;
        Ok(self.record(event, actor, observed_at))
    }

    /// Writes an event without deciding it.
    pub(crate) fn record(&mut self, event: Event, actor: Actor, observed_at: i64) -> u64 {
        let entry = self.scribe.write(&self.session, event, actor, observed_at, &self.now);
        self.session.apply(entry);
        self.session.last_entry().seq()
    }

    pub(crate) fn utc_ms(&self) -> i64 {
        self.now.utc_ms
    }

    pub(crate) fn vitals(&mut self, line: &str) -> u64 {
        self.does(&vitals(line))
    }

    pub(crate) fn sees(&mut self, observation: Observation) -> u64 {
        self.does(&Command::Observe(observation))
    }

    pub(crate) fn pump(&mut self, act: PumpAct) -> u64 {
        self.does(&Command::Pump(act))
    }
}

pub(crate) fn vitals(line: &str) -> Command {
    Command::Vitals { vitals: vitals_line::parse(line).expect("a line of vitals"), typed: line.into() }
}

fn stamp(zone: &Zone, utc_ms: i64, boot_ms: i64) -> Stamp {
    Stamp { utc_ms, utc_offset_min: zone.offset_min(utc_ms), boot_id: Uuid::from_u128(1), boot_ms }
}

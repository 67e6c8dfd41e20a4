//! The only reader of clocks: the wall in UTC, boot time, the boot's id; the zone; entropy for ids. Time is an argument
//! everywhere else, so that a session can be simulated.

use std::cell::Cell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

use crate::session::{Stamp, Zone};

/// Something that can be asked what time it is.
pub trait Clock {
    /// Both clocks, read now.
    fn now(&self) -> Stamp;
}

/// The machine's own clocks.
#[derive(Debug)]
pub struct SystemClock {
    zone: Zone,
    boot_id: Uuid,
    boot: BootClock,
}

impl SystemClock {
    /// Reads the boot's id once; `zone` gives the offset of local time in each stamp.
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        let boot = BootClock::new();
        Self { zone, boot_id: boot.id(), boot }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Stamp {
        let utc_ms = wall_ms();
        Stamp {
            utc_ms,
            utc_offset_min: self.zone.offset_min(utc_ms),
            boot_id: self.boot_id,
            boot_ms: self.boot.read_ms(),
        }
    }
}

/// Boot time, where the system has it: it runs on while the machine sleeps, as the patient does.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[derive(Debug)]
struct BootClock;

#[cfg(any(target_os = "linux", target_os = "android"))]
impl BootClock {
    const fn new() -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "the other systems' clock counts from its own start")]
    fn read_ms(&self) -> i64 {
        let read = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        read.tv_sec * 1_000 + read.tv_nsec / 1_000_000
    }

    #[expect(clippy::unused_self, reason = "the other systems' clock makes its own id")]
    fn id(&self) -> Uuid {
        std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .ok()
            .and_then(|text| Uuid::parse_str(text.trim()).ok())
            .unwrap_or_else(id_of_this_run)
    }
}

/// Elsewhere: std's monotonic clock, from the program's start.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[derive(Debug)]
struct BootClock(std::time::Instant);

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl BootClock {
    #[expect(clippy::disallowed_methods, reason = "clock.rs is where clocks are read")]
    fn new() -> Self {
        Self(std::time::Instant::now())
    }

    fn read_ms(&self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    fn id(&self) -> Uuid {
        id_of_this_run()
    }
}

/// Stands in for the boot's id where the system gives none. Each run gets its own, so that times of two runs are
/// compared by the wall clock: one id for all boots would make the elapsed time stand still after a reboot.
fn id_of_this_run() -> Uuid {
    Uuid::from_u64_pair(entropy_seed(), entropy_seed())
}

#[expect(clippy::disallowed_methods, reason = "clock.rs is where clocks are read")]
fn wall_ms() -> i64 {
    let signed = |ms: u128| i64::try_from(ms).unwrap_or(i64::MAX);
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => signed(since.as_millis()),
        Err(before) => -signed(before.duration().as_millis()),
    }
}

/// Runs at a multiple of another clock, from a moment of its own: rehearsals at speed.
#[derive(Debug)]
pub struct ScaledClock<C> {
    start: Stamp,
    zone: Zone,
    speed: u32,
    base: C,
    base_start: Stamp,
}

impl<C: Clock> ScaledClock<C> {
    /// Shows `start` now and runs `speed` times as fast as `base`.
    pub fn new(start: Stamp, zone: Zone, speed: u32, base: C) -> Self {
        let base_start = base.now();
        Self { start, zone, speed, base, base_start }
    }
}

impl<C: Clock> Clock for ScaledClock<C> {
    fn now(&self) -> Stamp {
        let real_ms = self.base.now().since_ms(&self.base_start);
        later(self.start, &self.zone, real_ms.saturating_mul(i64::from(self.speed)))
    }
}

/// Stands still until it is moved: tests, and rehearsals without a terminal.
#[derive(Debug)]
pub struct ManualClock {
    now: Cell<Stamp>,
    zone: Zone,
}

impl ManualClock {
    /// Shows `start` until it is moved.
    #[must_use]
    pub const fn new(start: Stamp, zone: Zone) -> Self {
        Self { now: Cell::new(start), zone }
    }

    /// Lets time pass, on both clocks.
    pub fn advance(&self, ms: i64) {
        self.now.set(later(self.now.get(), &self.zone, ms));
    }

    /// Sets the wall clock forward, or back; boot time runs on as if nothing had happened.
    pub fn step_wall(&self, ms: i64) {
        let now = self.now.get();
        self.now.set(Stamp { boot_ms: now.boot_ms, ..later(now, &self.zone, ms) });
    }

    /// Restarts the machine: the wall is `gap_ms` later, boot time begins anew.
    pub fn reboot(&self, boot_id: Uuid, gap_ms: i64) {
        self.now.set(Stamp { boot_id, boot_ms: 0, ..later(self.now.get(), &self.zone, gap_ms) });
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Stamp {
        self.now.get()
    }
}

impl<C: Clock + ?Sized> Clock for &C {
    fn now(&self) -> Stamp {
        (**self).now()
    }
}

fn later(from: Stamp, zone: &Zone, ms: i64) -> Stamp {
    let utc_ms = from.utc_ms.saturating_add(ms);
    Stamp {
        utc_ms,
        utc_offset_min: zone.offset_min(utc_ms),
        boot_id: from.boot_id,
        boot_ms: from.boot_ms.saturating_add(ms),
    }
}

/// Sixty-four bits from the operating system, different at each call: the seed of a run's ids.
#[must_use]
pub fn entropy_seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::load_zone;

    fn start() -> Stamp {
        Stamp { utc_ms: 1_790_000_000_000, utc_offset_min: 0, boot_id: Uuid::from_u128(7), boot_ms: 5_000 }
    }

    #[test]
    fn the_system_clock_stays_within_one_boot_and_never_runs_back() {
        let clock = SystemClock::new(Zone::utc());
        let (first, second) = (clock.now(), clock.now());
        assert_eq!(first.boot_id, second.boot_id);
        assert!(!first.boot_id.is_nil());
        assert!(second.boot_ms >= first.boot_ms);
        assert!(first.utc_ms > start().utc_ms - 50_000 * 86_400_000);
    }

    #[test]
    fn a_scaled_clock_runs_faster_from_its_own_start() {
        let real = ManualClock::new(start(), Zone::utc());
        let own = Stamp { utc_ms: 1_000, boot_ms: 0, ..start() };
        let scaled = ScaledClock::new(own, Zone::utc(), 60, &real);
        assert_eq!(scaled.now(), own);
        real.advance(1_500);
        assert_eq!(scaled.now(), Stamp { utc_ms: 91_000, boot_ms: 90_000, ..own });
        // A wall clock set while a rehearsal runs changes nothing.
        real.step_wall(3_600_000);
        assert_eq!(scaled.now().utc_ms, 91_000);
    }

    #[test]
    fn a_step_moves_the_wall_only_and_a_reboot_starts_boot_time_anew() {
        let clock = ManualClock::new(start(), Zone::utc());
        clock.step_wall(-60_000);
        assert_eq!(clock.now().wall_step_ms(&start()), -60_000);
        assert_eq!(clock.now().since_ms(&start()), 0);
        clock.reboot(Uuid::from_u128(8), 90_000);
        assert_eq!(clock.now().since_ms(&start()), 30_000);
        assert_eq!(clock.now().boot_ms, 0);
    }

    #[test]
    fn the_offset_follows_daylight_saving() {
        let zone = load_zone(Some("America/New_York")).unwrap();
        // 2026-11-01 05:59 UTC, a minute before the clocks go back.
        let clock = ManualClock::new(Stamp { utc_ms: 1_793_512_740_000, ..start() }, zone);
        clock.advance(0);
        assert_eq!(clock.now().utc_offset_min, -240);
        clock.advance(60_000);
        assert_eq!(clock.now().utc_offset_min, -300);
    }

    #[test]
    fn seeds_differ() {
        assert_ne!(entropy_seed(), entropy_seed());
    }
}

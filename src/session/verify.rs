//! PURE. More than that the entries hold together: that signatures cover what they say, and that the clocks make sense.

use super::chain::{Break, Chain, Why};
use super::entry::Hash;
use super::link::{Kind, Link};
use super::time::SECOND_MS;

/// The wall clock may go back so far unrecorded, as the time service sets it, ms.
const SLACK_MS: i64 = 2 * SECOND_MS;

/// A session's entries as they are verified, one after the other.
#[derive(Debug, Default)]
pub struct Verifier {
    chain: Chain,
    /// The hash of each entry: a signature names one.
    hashes: Vec<Hash>,
    before: Option<Moment>,
    /// The wall clock went back, and the entry that says so has still to come, in the same moment.
    went_back: Option<(Break, Moment)>,
    signatures: Vec<Signed>,
}

/// A signature that covers what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// The entry that signs.
    pub seq: u64,
    /// The last entry that it covers.
    pub through: u64,
    /// The hash of the entry that signs: whoever has it elsewhere can tell that nothing before it was changed or cut off.
    pub hash: Hash,
}

/// When an entry was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    epoch: u32,
    boot_id: uuid::Uuid,
    boot_ms: i64,
    recorded_at: i64,
}

impl Verifier {
    /// One more stored line. Its link is returned, for whoever knows what should stand beside it.
    pub fn take(&mut self, line: &[u8]) -> Result<Link, Break> {
        let seq = self.chain.len() + 1;
        let link =
            Link::read(line).map_err(|fault| Break { seq, why: Why::Unreadable { reason: fault.to_string() } })?;
        let hash = Hash::of(line);
        self.chain.extend_link(&link, hash)?;
        self.hashes.push(hash);
        self.check_clock(&link)?;
        if link.kind == Kind::Signature {
            self.check_signature(&link, hash)?;
        }
        Ok(link)
    }

    /// Nothing more comes.
    pub fn finish(&mut self) -> Result<(), Break> {
        self.went_back.take().map_or(Ok(()), |(at, _)| Err(at))
    }

    /// How many entries were taken.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.chain.len()
    }

    /// The hash of the last entry; none where there is none.
    #[must_use]
    pub fn last_hash(&self) -> Option<Hash> {
        self.hashes.last().copied()
    }

    /// The signatures, in order.
    #[must_use]
    pub fn signatures(&self) -> &[Signed] {
        &self.signatures
    }

    /// Within one boot the time since the boot never runs back, and the wall clock only where an entry says so. A tenure
    /// of a session is followed by a later one.
    fn check_clock(&mut self, link: &Link) -> Result<(), Break> {
        let now =
            Moment { epoch: link.epoch, boot_id: link.boot_id, boot_ms: link.boot_ms, recorded_at: link.recorded_at };
        let broken = |why| Break { seq: link.seq, why };
        if let Some((at, when)) = self.went_back.take() {
            let same_moment = (when.boot_id, when.boot_ms) == (now.boot_id, now.boot_ms);
            match (same_moment, link.kind) {
                (true, Kind::ClockStep) => {}
                (true, _) => self.went_back = Some((at, when)),
                (false, _) => return Err(at),
            }
        }
        let Some(before) = self.before.replace(now) else { return Ok(()) };
        if now.epoch < before.epoch {
            return Err(broken(Why::Epoch { epoch: now.epoch, before: before.epoch }));
        }
        if now.boot_id != before.boot_id {
            return Ok(());
        }
        if now.boot_ms < before.boot_ms {
            return Err(broken(Why::BootBack { by_ms: before.boot_ms.saturating_sub(now.boot_ms) }));
        }
        let back_ms = before.recorded_at.saturating_sub(now.recorded_at);
        if back_ms > SLACK_MS && link.kind != Kind::ClockStep && self.went_back.is_none() {
            self.went_back = Some((broken(Why::WallBack { by_ms: back_ms }), now));
        }
        Ok(())
    }

    fn check_signature(&mut self, link: &Link, hash: Hash) -> Result<(), Break> {
        let broken = |why| Err(Break { seq: link.seq, why });
        let Some((through, covers)) = &link.covers else { return broken(Why::SignatureUnclear) };
        let covered = through.checked_sub(1).and_then(|index| self.hashes.get(usize::try_from(index).ok()?));
        if *through >= link.seq || covered.copied() != Hash::from_hex(covers) {
            return broken(Why::Signature { through: *through });
        }
        self.signatures.push(Signed { seq: link.seq, through: *through, hash });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    /// A record of lines that are made here, as another version might have.
    #[derive(Default)]
    struct Record(Vec<Vec<u8>>);

    impl Record {
        fn add(&mut self, boot: u128, boot_ms: i64, recorded_at: i64, event: &Value) -> &mut Self {
            self.add_in(1, boot, boot_ms, recorded_at, event)
        }

        fn add_in(&mut self, epoch: u32, boot: u128, boot_ms: i64, recorded_at: i64, event: &Value) -> &mut Self {
            let seq = self.0.len() + 1;
            let prev = self.0.last().map_or(Hash([0; 32]), |line| Hash::of(line)).hex();
            let line = json!({
                "id": Uuid::from_u128(seq as u128), "session": Uuid::from_u128(9), "station": "s", "epoch": epoch,
                "seq": seq, "observed_at": 0, "recorded_at": recorded_at, "utc_offset_min": 0,
                "boot_id": Uuid::from_u128(boot), "boot_ms": boot_ms,
                "actor": { "id": "a", "name": "A", "role": "sitter" }, "app": "0", "event": event, "prev_hash": prev,
            });
            self.0.push(serde_json::to_vec(&line).unwrap());
            self
        }

        fn verified(&self) -> Result<Verifier, Break> {
            let mut verifier = Verifier::default();
            for line in &self.0 {
                verifier.take(line)?;
            }
            verifier.finish()?;
            Ok(verifier)
        }

        fn fault(&self) -> (u64, Why) {
            let at = self.verified().unwrap_err();
            (at.seq, at.why)
        }

        fn opened() -> Self {
            let mut record = Self::default();
            record.add(1, 1_000, 50_000, &json!({ "kind": "session_opened" }));
            record
        }
    }

    fn note() -> Value {
        json!({ "kind": "note_taken" })
    }

    #[test]
    fn clocks_that_make_sense_hold() {
        let mut record = Record::opened();
        record.add(1, 1_000, 50_000, &note()).add(1, 9_000, 58_000, &note());
        // Set back an hour, with an entry that says so; a small step of the time service; a reboot.
        record.add(1, 10_000, -3_541_000, &json!({ "kind": "clock_stepped", "by_ms": -3_600_000 }));
        record.add(1, 11_000, -3_541_500, &note()).add(2, 5, -4_000_000, &note());
        // The console was away, and the clock was set meanwhile: two entries of one moment.
        record.add(2, 90, -9_000_000, &json!({ "kind": "console_returned" }));
        record.add(2, 90, -9_000_000, &json!({ "kind": "clock_stepped", "by_ms": -5_000_000 }));
        record.add_in(2, 3, 0, 0, &note());
        assert_eq!(record.verified().unwrap().entries(), 9);
    }

    #[test]
    fn clocks_that_do_not_are_found_at_their_entry() {
        let mut record = Record::opened();
        record.add(1, 2_000, 40_000, &note()).add(1, 3_000, 41_000, &note());
        assert_eq!(record.fault(), (2, Why::WallBack { by_ms: 10_000 }));
        let mut record = Record::opened();
        record.add(1, 2_000, 40_000, &note());
        assert_eq!(record.fault(), (2, Why::WallBack { by_ms: 10_000 }), "at the end too");
        let mut record = Record::opened();
        record.add(1, 2_000, 40_000, &note()).add(1, 2_001, 40_001, &json!({ "kind": "clock_stepped" }));
        assert_eq!(record.fault().0, 2, "a later step explains nothing");
        let mut record = Record::opened();
        record.add(1, 999, 60_000, &note());
        assert_eq!(record.fault(), (2, Why::BootBack { by_ms: 1 }));
        let mut record = Record::opened();
        record.add_in(0, 1, 2_000, 60_000, &note());
        assert_eq!(record.fault(), (2, Why::Epoch { epoch: 0, before: 1 }));
    }

    #[test]
    fn a_signature_must_cover_what_it_says() {
        let signed = |through: u64, covers: String| {
            let mut record = Record::opened();
            record.add(1, 2_000, 52_000, &note());
            record.add(1, 3_000, 53_000, &json!({ "kind": "session_signed", "covers": covers, "through": through }));
            record.add(1, 4_000, 54_000, &note());
            record
        };
        let hash = |index: usize| Hash::of(&signed(0, String::new()).0[index]).hex();
        let verified = signed(2, hash(1)).verified().unwrap();
        let [one] = verified.signatures() else { panic!() };
        assert_eq!((one.seq, one.through), (3, 2));
        for (through, covers) in [(2, hash(0)), (1, hash(1)), (3, hash(1)), (0, hash(1)), (2, "x".into()), (9, hash(1))]
        {
            assert_eq!(signed(through, covers).fault(), (3, Why::Signature { through }));
        }
        let mut record = Record::opened();
        record.add(1, 2_000, 52_000, &json!({ "kind": "session_signed" }));
        assert_eq!(record.fault(), (2, Why::SignatureUnclear));
    }

    #[test]
    fn every_changed_byte_but_of_the_last_line_is_found() {
        let mut record = Record::opened();
        record.add(1, 2_000, 52_000, &note()).add(1, 3_000, 53_000, &note());
        for index in 0..2 {
            for at in 0..record.0[index].len() {
                for bit in 0..8 {
                    let mut changed = Record(record.0.clone());
                    changed.0[index][at] ^= 1 << bit;
                    assert!(changed.verified().is_err(), "line {index}, byte {at}, bit {bit}");
                }
            }
        }
    }
}

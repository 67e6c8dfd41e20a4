//! PURE. The longest chain that two copies give together: an entry that is damaged in one is taken from the other, and what
//! comes after it goes on, for each entry names the hash of the one before.

use std::collections::BTreeMap;

use super::super::chain;
use super::super::entry::Hash;
use super::super::link::Kind;
use super::decide::State;
use super::side::{Side, Stitch};

/// The chain. A copy that holds from its first entry to its last is never contradicted by the other: it can only go on. The
/// journal comes first, for what was called saved stands there.
pub(super) fn best(journal: &Side, transcript: &Side) -> Vec<Stitch> {
    let pool = journal.stitches.iter().chain(&transcript.stitches);
    let in_force = if journal.state == State::Whole {
        &journal.stitches[..journal.holds]
    } else if matches!(transcript.state, State::Whole | State::Torn) && transcript.holds > 0 {
        &transcript.stitches[..transcript.holds]
    } else {
        &[]
    };
    let mut chain: Vec<Stitch> = in_force.to_vec();
    let (seq, hash) = chain.last().map_or((1, chain::BEFORE_FIRST), |last| (last.link.seq + 1, last.hash));
    chain.extend(longest(pool, seq, hash).into_iter().cloned());
    let whole = chain::check_lines(chain.iter().map(|stitch| stitch.line.clone()));
    // Only a forged copy holds link by link and not as a whole: what holds of it is taken.
    if let Err(at) = whole {
        chain.truncate(usize::try_from(at.seq).unwrap_or(1).saturating_sub(1));
    }
    chain
}

/// The longest chain of lines that begins at a place, after a hash. Of two that are as long, the one that was given first.
fn longest<'a>(pool: impl Iterator<Item = &'a Stitch>, seq: u64, after: Hash) -> Vec<&'a Stitch> {
    let mut places: BTreeMap<u64, Vec<&Stitch>> = BTreeMap::new();
    for stitch in pool.filter(|stitch| stitch.link.seq >= seq) {
        places.entry(stitch.link.seq).or_default().push(stitch);
    }
    // From the end: the longest way on from each place and hash.
    let mut ways: BTreeMap<(u64, Hash), (usize, &Stitch)> = BTreeMap::new();
    for (seq, stitches) in places.iter().rev() {
        for stitch in stitches {
            let Some(prev) = stitch.link.prev_hash else { continue };
            if (*seq == 1) != (stitch.link.kind == Kind::Opening) {
                continue;
            }
            let length = 1 + ways.get(&(seq + 1, stitch.hash)).map_or(0, |(length, _)| *length);
            let way = ways.entry((*seq, prev)).or_insert((length, stitch));
            if length > way.0 {
                *way = (length, stitch);
            }
        }
    }
    let mut chain = Vec::new();
    let mut at = (seq, after);
    while let Some((_, stitch)) = ways.get(&at) {
        chain.push(*stitch);
        at = (stitch.link.seq + 1, stitch.hash);
    }
    chain
}

//! Every row of the table, what is woven out of two damaged copies, and what is said.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::session::{Actor, Entry, Event, FIRST_PREV_HASH, Fields, Hash, Opening, ProtocolCopy};

const SESSION: Uuid = Uuid::from_u128(1);

/// A session of so many entries; `text` tells two of them apart from their second entry on.
fn session(count: u64, text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for seq in 1..=count {
        let protocol = ProtocolCopy {
            name: "P".into(),
            version: "1".into(),
            fingerprint: String::new(),
            text: String::new(),
            route: crate::protocol::Route::Iv,
        };
        let opening = Opening {
            number: "1123-1".into(),
            patient: "Patient T1".into(),
            room: None,
            protocol,
            zone: None,
            rehearsal: false,
        };
        let event = match seq {
            1 => Event::SessionOpened(Box::new(opening)),
            _ => Event::NoteTaken { text: format!("{text} {seq}"), patients_words: false },
        };
        entries.push(Entry::seal(Fields {
            id: Uuid::from_u128(100 + u128::from(seq)),
            session: SESSION,
            station: "room-2".into(),
            epoch: 1,
            seq,
            observed_at: 0,
            recorded_at: 0,
            utc_offset_min: 0,
            boot_id: Uuid::nil(),
            boot_ms: 0,
            actor: Actor::console(),
            while_locked: false,
            app: "0".into(),
            event,
            prev_hash: entries.last().map_or_else(|| FIRST_PREV_HASH.to_owned(), |last| last.hash.hex()),
        }));
    }
    entries
}

type Rows = Vec<StoredRow>;

/// A name, both copies, how long a chain they give, what is done with each.
type Case<'a> = (&'a str, Rows, Vec<u8>, usize, JournalAct, TranscriptAct);

fn rows(entries: &[Entry]) -> Rows {
    entries.iter().map(|entry| (entry.seq(), entry.line.clone(), entry.hash.0)).collect()
}

fn bytes(entries: &[Entry]) -> Vec<u8> {
    entries.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect()
}

fn compare(rows: &Rows, bytes: &[u8]) -> Comparison {
    Comparison::of(SESSION, Side::journal(SESSION, rows), Side::transcript(SESSION, Some(bytes)))
}

/// Both copies after everything that the comparison asks for was done.
fn healed(comparison: &Comparison, mut rows: Rows, mut bytes: Vec<u8>) -> (Rows, Vec<u8>) {
    let best = &comparison.best;
    let row = |stitch: &Stitch| (stitch.link.seq, stitch.line.clone(), stitch.hash.0);
    match comparison.journal_act() {
        JournalAct::Leave => {}
        JournalAct::Add => rows.extend(best[rows.len()..].iter().map(row)),
        JournalAct::Replace => rows = best.iter().map(row).collect(),
    }
    let lines =
        |from: usize| best[from..].iter().flat_map(|s| [s.line.as_slice(), b"\n"].concat()).collect::<Vec<u8>>();
    match comparison.transcript_act() {
        TranscriptAct::Leave | TranscriptAct::LeaveDamaged => {}
        TranscriptAct::Add | TranscriptAct::Cut | TranscriptAct::CutAndAdd => {
            bytes.truncate(usize::try_from(comparison.transcript.ended_bytes).unwrap());
            bytes.extend(lines(comparison.transcript.ended));
        }
        TranscriptAct::SetAsideDamaged | TranscriptAct::SetAsideDisagreeing => bytes = lines(0),
    }
    (rows, bytes)
}

#[test]
fn every_row_of_the_journal() {
    use Against::{Behind, Forked, Level, Nothing};
    use JournalAct::{Add, Leave, Replace};
    use State::{Absent, Broken, Torn, Whole};
    let table = [
        (Absent, [Leave, Leave, Add, Leave]),
        (Whole, [Leave, Leave, Add, Leave]),
        (Torn, [Leave, Leave, Replace, Replace]),
        (Broken, [Leave, Leave, Replace, Replace]),
    ];
    for (state, acts) in table {
        assert_eq!([Nothing, Level, Behind, Forked].map(|against| journal_act(state, against)), acts, "{state:?}");
    }
}

#[test]
fn every_row_of_the_transcript() {
    use Against::{Behind, Forked, Level, Nothing};
    use State::{Absent, Broken, Torn, Whole};
    use TranscriptAct::{Add, Cut, CutAndAdd, Leave, LeaveDamaged, SetAsideDamaged, SetAsideDisagreeing};
    let table = [
        (Absent, [Leave, Leave, Add, Leave]),
        (Whole, [Leave, Leave, Add, SetAsideDisagreeing]),
        (Torn, [Cut, Cut, CutAndAdd, SetAsideDisagreeing]),
        (Broken, [LeaveDamaged, SetAsideDamaged, SetAsideDamaged, SetAsideDamaged]),
    ];
    for (state, acts) in table {
        assert_eq!([Nothing, Level, Behind, Forked].map(|against| transcript_act(state, against)), acts, "{state:?}");
    }
}

/// Each state of the two copies as it comes about, with what is done and said.
#[test]
fn copies_as_trouble_leaves_them() {
    use JournalAct as J;
    use TranscriptAct as T;
    let all = session(6, "note");
    let other = session(6, "other");
    let broken_row = |at: usize| {
        let mut rows = rows(&all);
        rows[at].1[9] ^= 1;
        rows
    };
    let without_row = |at: usize| {
        let mut rows = rows(&all);
        rows.remove(at);
        rows
    };
    let broken_line = |at: usize| {
        let mut bytes = bytes(&all);
        let before: usize = all[..at].iter().map(|entry| entry.line.len() + 1).sum();
        bytes[before + 9] ^= 1;
        bytes
    };
    let cut = |less: usize| bytes(&all)[..bytes(&all).len() - less].to_vec();
    let forged = || {
        let mut rows = rows(&all);
        let forged = Entry::seal(Fields { recorded_at: 1, ..all[5].fields.clone() });
        (rows[5].1, rows[5].2) = (forged.line, forged.hash.0);
        rows
    };
    let cases: Vec<Case<'_>> = vec![
        ("nothing at all", vec![], vec![], 0, J::Leave, T::Leave),
        ("level", rows(&all), bytes(&all), 6, J::Leave, T::Leave),
        ("the transcript lags", rows(&all), bytes(&all[..4]), 6, J::Leave, T::Add),
        ("the transcript is gone", rows(&all), vec![], 6, J::Leave, T::Add),
        ("a torn end that lags", rows(&all), cut(20), 6, J::Leave, T::CutAndAdd),
        ("a torn end that the journal never had", rows(&all[..5]), cut(20), 5, J::Leave, T::Cut),
        ("only the line feed is missing", rows(&all[..5]), cut(1), 6, J::Add, T::Cut),
        ("a first line torn", vec![], bytes(&all)[..30].to_vec(), 0, J::Leave, T::Cut),
        ("newest rows lost", rows(&all[..3]), bytes(&all), 6, J::Add, T::Leave),
        ("the journal lost", vec![], bytes(&all), 6, J::Add, T::Leave),
        ("the journal lost, a torn end", vec![], cut(20), 5, J::Add, T::Cut),
        ("a row changed", broken_row(2), bytes(&all), 6, J::Replace, T::Leave),
        ("a row missing", without_row(2), bytes(&all), 6, J::Replace, T::Leave),
        ("the first row missing", without_row(0), bytes(&all), 6, J::Replace, T::Leave),
        ("a row changed, the transcript shorter", broken_row(2), bytes(&all[..4]), 6, J::Replace, T::Add),
        ("a row changed, no transcript", broken_row(2), vec![], 2, J::Leave, T::Add),
        ("the same entry in both", broken_row(2), broken_line(2), 2, J::Leave, T::SetAsideDamaged),
        ("one entry here, another there", broken_row(2), broken_line(4), 6, J::Replace, T::SetAsideDamaged),
        ("a line changed", rows(&all), broken_line(3), 6, J::Leave, T::SetAsideDamaged),
        ("a line changed, the newest rows lost", rows(&all[..4]), broken_line(2), 6, J::Add, T::SetAsideDamaged),
        ("a line changed, the journal lost", vec![], broken_line(3), 3, J::Add, T::SetAsideDamaged),
        ("a first line changed, the journal lost", vec![], broken_line(0), 0, J::Leave, T::LeaveDamaged),
        ("both hold and differ", rows(&all), bytes(&other), 6, J::Leave, T::SetAsideDisagreeing),
        ("they differ, the journal shorter", rows(&all[..3]), bytes(&other), 3, J::Leave, T::SetAsideDisagreeing),
        ("the last row forged with its hash", forged(), bytes(&all), 6, J::Leave, T::SetAsideDisagreeing),
        ("a torn end of another", rows(&all), [&bytes(&other)[..], b"{"].concat(), 6, J::Leave, T::SetAsideDisagreeing),
    ];
    for (name, rows, bytes, best, journal, transcript) in cases {
        let comparison = compare(&rows, &bytes);
        let found = (comparison.best.len(), comparison.journal_act(), comparison.transcript_act());
        assert_eq!(found, (best, journal, transcript), "{name}");
        let (rows, bytes) = healed(&comparison, rows, bytes);
        let again = compare(&rows, &bytes);
        let done = (again.journal_act(), again.transcript_act());
        let stays = matches!(transcript, T::LeaveDamaged);
        assert_eq!(done, (J::Leave, if stays { T::LeaveDamaged } else { T::Leave }), "{name}: once is enough");
        assert!(again.findings().iter().all(|f| matches!(f.what, What::JournalLost { .. }) || stays), "{name}");
    }
}

#[test]
fn what_was_found_is_told_with_its_place() {
    let all = session(6, "note");
    let told = |rows: &Rows, bytes: &[u8]| {
        compare(rows, bytes).findings().into_iter().map(|f| (f.number, f.what)).collect::<Vec<_>>()
    };
    let number = || Some("1123-1".to_owned());
    assert_eq!(told(&rows(&all), &bytes(&all)), []);
    assert_eq!(told(&rows(&all[..4]), &bytes(&all)), [(number(), What::JournalLacks { from: 5, through: 6 })]);
    assert_eq!(told(&vec![], &bytes(&all)), [(number(), What::OnlyTranscript { entries: 6 })]);
    assert_eq!(told(&rows(&all), &bytes(&all[..4])), [(number(), What::TranscriptLacks { entries: 2 })]);
    let mut changed = rows(&all);
    changed[2].1[9] ^= 1;
    let [(_, What::JournalDamaged { at, through: 6 })] = &told(&changed, &bytes(&all))[..] else { panic!() };
    assert_eq!(at.seq, 3);
    let other = session(5, "other");
    assert_eq!(told(&rows(&all), &bytes(&other)), [(number(), What::Disagree { seq: 2, journal: 6, transcript: 5 })]);
}

#[test]
fn lines_of_another_session_are_not_taken_in() {
    let all = session(3, "note");
    let strangers = Side::journal(Uuid::from_u128(2), &rows(&all));
    assert_eq!((strangers.state, strangers.holds, strangers.stitches.len()), (State::Broken, 0, 0));
}

/// One thing that goes wrong with a copy.
#[derive(Debug, Clone)]
enum Harm {
    None,
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Drop(prop::sample::Index),
}

fn harm() -> impl Strategy<Value = Harm> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        Just(Harm::None),
        index().prop_map(Harm::Cut),
        (index(), 0u8..8).prop_map(|(at, bit)| Harm::Flip(at, bit)),
        index().prop_map(Harm::Drop),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to one copy, the other restores it whole; and whatever happens to both, nothing that is not of the
    /// session comes in, and the second look finds nothing more to do.
    #[test]
    fn one_whole_copy_restores_the_other(to_rows in harm(), to_bytes in harm(), both in any::<bool>(), count in 1u64..9) {
        let all = session(count, "note");
        let (mut rows, mut bytes) = (rows(&all), bytes(&all));
        match &to_rows {
            Harm::None => {}
            Harm::Cut(at) => rows.truncate(at.index(rows.len())),
            Harm::Flip(at, bit) => {
                let row = at.index(rows.len());
                let byte = at.index(rows[row].1.len());
                rows[row].1[byte] ^= 1 << bit;
            }
            Harm::Drop(at) => { rows.remove(at.index(rows.len())); }
        }
        if both {
            match &to_bytes {
                Harm::None => {}
                Harm::Cut(at) => bytes.truncate(at.index(bytes.len())),
                Harm::Flip(at, bit) => { let byte = at.index(bytes.len()); bytes[byte] ^= 1 << bit; }
                Harm::Drop(at) => { bytes.remove(at.index(bytes.len())); }
            }
        }
        let comparison = compare(&rows, &bytes);
        let hashes: Vec<Hash> = all.iter().map(|entry| entry.hash).collect();
        let mut woven: Vec<Hash> = comparison.best.iter().map(|stitch| stitch.hash).collect();
        // The last line of a transcript has neither a follower nor a hash beside it: only the journal's row speaks for it.
        if both && matches!(to_bytes, Harm::Flip(..) | Harm::Drop(_)) && woven.last() != hashes.get(woven.len().wrapping_sub(1)) {
            woven.pop();
        }
        prop_assert_eq!(&woven, &hashes[..woven.len()]);
        if !both {
            prop_assert_eq!(comparison.best.len(), all.len());
        }
        let (rows, bytes) = healed(&comparison, rows, bytes);
        let again = compare(&rows, &bytes);
        prop_assert_eq!(again.journal_act(), JournalAct::Leave);
        let left = again.transcript_act();
        prop_assert!(matches!(left, TranscriptAct::Leave | TranscriptAct::LeaveDamaged), "{:?}", left);
        prop_assert_eq!(again.best.len(), comparison.best.len());
    }
}

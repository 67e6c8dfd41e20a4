//! The journal's part of a take-over: an entry of a tenure that is over is refused in the transaction that would store it.

use bedside::journal::{JournalError, Reply, Request, Writer};
use bedside::session::{Entry, Event, Fields, Hash, TakenOver, Tenure, chain};

use super::{Ward, epochs, sitter};
use crate::sim::AFTERNOON_MS;

/// A session's entries, as two scribes continue it.
fn continued(entries: &[Entry], station: &str, event: Event, epoch: u32) -> Entry {
    let last = entries.last().unwrap();
    let seq = last.seq() + 1;
    let id = uuid::Uuid::from_u128(u128::from(Hash::of(station.as_bytes()).0[0]) << 64 | u128::from(seq));
    Entry::seal(Fields {
        id,
        station: station.into(),
        epoch,
        seq,
        event,
        prev_hash: last.hash.hex(),
        ..last.fields.clone()
    })
}

fn note(text: &str) -> Event {
    Event::NoteTaken { text: text.into(), patients_words: false }
}

fn taken() -> Event {
    let (by, from) = (sitter("Sitter B"), sitter("Sitter A"));
    let (from_station, reason) = ("ward-1".into(), "screen frozen".into());
    Event::SessionTakenOver(Box::new(TakenOver { by, from, from_station, reason, without_pin: false }))
}

#[test]
fn the_journal_refuses_an_entry_of_a_tenure_that_is_over_and_the_transcript_never_has_it() {
    let ward = Ward::new();
    drop(ward.infusing());
    let stored = ward.stored();
    let session = stored[0].fields.session;
    let (mut old, mut new) = (ward.journal(), ward.journal());
    let late = continued(&stored, "ward-1", note("too late"), 1);
    let taking = continued(&stored, "ward-22", taken(), 2);
    new.append(std::slice::from_ref(&taking)).unwrap();
    let by =
        Some(Tenure { epoch: 2, by: "Sitter B".into(), station: "ward-22".into(), since: taking.fields.recorded_at });
    let seq = late.seq();
    let refused = old.append(std::slice::from_ref(&late)).unwrap_err();
    assert_eq!(refused, JournalError::TakenOver { session, seq, by: by.map(Box::new) });
    assert!(refused.to_string().contains("Sitter B at ward-22 has taken this session over"), "{refused}");
    // Not even one that follows from the last: it would say that the old tenure goes on.
    let forged = continued(std::slice::from_ref(&taking), "ward-1", note("forged"), 1);
    assert!(matches!(old.append(&[forged]), Err(JournalError::TakenOver { .. })));
    let next = continued(std::slice::from_ref(&taking), "ward-22", note("goes on"), 2);
    new.append(std::slice::from_ref(&next)).unwrap();
    drop((old, new));
    let transcript = std::fs::read_to_string(ward.folder.transcripts().join(format!("{session}.jsonl"))).unwrap();
    assert!(transcript.contains("goes on") && !transcript.contains("too late") && !transcript.contains("forged"));
    assert_eq!(transcript.lines().count(), stored.len() + 2);
    assert!(ward.journal().verify(&ward.folder, session).unwrap().holds());
}

#[test]
fn of_two_that_record_in_one_tenure_the_later_is_told_who_went_on() {
    let ward = Ward::new();
    drop(ward.infusing());
    let stored = ward.stored();
    let session = stored[0].fields.session;
    let (mut one, mut other) = (ward.journal(), ward.journal());
    let first = continued(&stored, "ward-22", note("found it free"), 1);
    one.append(std::slice::from_ref(&first)).unwrap();
    let late = continued(&stored, "ward-1", note("too late"), 1);
    let later = continued(std::slice::from_ref(&late), "ward-1", note("later"), 1);
    let refused = other.append(&[late.clone(), later]).unwrap_err();
    let name = first.fields.actor.name.clone();
    let by = match first.fields.actor.role {
        bedside::session::Role::Console => String::new(),
        _ => name,
    };
    let by = Some(Box::new(Tenure { epoch: 1, by, station: "ward-22".into(), since: first.fields.recorded_at }));
    assert_eq!(refused, JournalError::TakenOver { session, seq: late.seq(), by });
    // What only does not follow, with nothing in its place, is no other console's.
    let gap =
        continued(std::slice::from_ref(&continued(&[first], "ward-1", note("lost"), 1)), "ward-1", note("gap"), 1);
    assert!(matches!(other.append(&[gap]), Err(JournalError::Refused { .. })));
    assert!(ward.journal().verify(&ward.folder, session).unwrap().holds());
}

#[rstest::rstest]
#[case::to_a_later_tenure(taken(), 2)]
#[case::to_another_recorder_of_the_same_tenure(note("went on"), 1)]
fn the_writer_says_once_that_a_session_is_lost_and_saves_the_others(#[case] won: Event, #[case] epoch: u32) {
    let ward = Ward::new();
    drop(ward.infusing());
    let stored = ward.stored();
    let session = stored[0].fields.session;
    let mut other = crate::journal::sample::Sample::opened(9, "1123-9", AFTERNOON_MS);
    ward.journal().append(&[continued(&stored, "ward-22", won, epoch)]).unwrap();
    let (replies, mut inbox) = tokio::sync::mpsc::unbounded_channel();
    let writer = Writer::start(ward.journal(), replies).unwrap();
    let late = continued(&stored, "ward-1", note("too late"), 1);
    let later = continued(std::slice::from_ref(&late), "ward-1", note("later"), 1);
    writer.send(Request::Append(vec![late, other.entries[0].clone()])).unwrap();
    let mut said = Vec::new();
    while !said.iter().any(|reply| matches!(reply, Reply::Durable { session: s, .. } if *s == other.session)) {
        said.push(inbox.blocking_recv().unwrap());
    }
    writer.send(Request::Append(vec![later, other.note("saved")])).unwrap();
    while said.iter().filter(|reply| matches!(reply, Reply::Durable { .. })).count() < 2 {
        said.push(inbox.blocking_recv().unwrap());
    }
    let lost = |reply: &&Reply| matches!(reply, Reply::NotSaved { session: s, why: JournalError::TakenOver { .. }, .. } if *s == session);
    assert_eq!(said.iter().filter(lost).count(), 1, "{said:?}");
    let refused = |reply: &&Reply| matches!(reply, Reply::NotSaved { why: JournalError::Refused { .. }, .. });
    assert_eq!(said.iter().find(refused), None, "what follows from what was lost is lost as well");
    let unsaved = writer.stop().unwrap_err();
    assert_eq!((unsaved.entries, unsaved.from[0].0), (2, session));
    assert!(matches!(unsaved.why, Some(JournalError::TakenOver { .. })), "{unsaved:?}");
}

/// Consoles that write, take over and look again in any order: there is one chain, it is what was acknowledged, in that order, and
/// nobody writes after somebody else's take-over without having taken over in turn.
#[test]
fn however_three_consoles_write_and_take_over_there_is_one_chain() {
    for seed in 0..8 {
        let mut random = fastrand::Rng::with_seed(seed);
        let ward = Ward::new();
        drop(ward.infusing());
        let first = ward.stored();
        let session = first[0].fields.session;
        let mut expected = first.clone();
        let mut consoles: Vec<_> = (0..3).map(|_| (ward.journal(), first.clone(), 1)).collect();
        for step in 0..40 {
            let who = random.usize(0..3);
            let (journal, seen, epoch) = &mut consoles[who];
            if random.u8(0..4) == 0 {
                *seen = journal.load(session).unwrap();
            }
            let last = seen.last().unwrap();
            let takes_over = random.u8(0..3) == 0;
            let next_epoch = if takes_over { last.fields.epoch + 1 } else { *epoch };
            let event = if takes_over { taken() } else { note(&format!("{who} at {step}")) };
            let entry = continued(seen, &format!("ward-{who}-{step}"), event, next_epoch);
            let follows = seen.len() == expected.len();
            let is_of_time = next_epoch >= expected.last().unwrap().fields.epoch;
            let stored = journal.append(std::slice::from_ref(&entry));
            assert_eq!(stored.is_ok(), follows && is_of_time, "seed {seed}, step {step}: {stored:?}");
            if stored.is_ok() {
                *epoch = next_epoch;
                seen.push(entry.clone());
                expected.push(entry);
            }
        }
        drop(consoles);
        let found = ward.stored();
        assert_eq!(found, expected, "seed {seed}");
        chain::check(&found).unwrap();
        assert!(epochs(&found).is_sorted(), "seed {seed}: {:?}", epochs(&found));
        assert!(found.len() > first.len() + 5, "seed {seed}: hardly anything was stored");
        let transcript = std::fs::read(ward.folder.transcripts().join(format!("{session}.jsonl"))).unwrap();
        let lines: Vec<u8> = found.iter().flat_map(|entry| [entry.line.as_slice(), b"\n"].concat()).collect();
        assert_eq!(transcript, lines, "seed {seed}: both copies are the same");
    }
}

//! Power loss: everything that a child wrote and synced is logged, and played again up to a cut. What was synced is there;
//! of the rest some writes are, some are not, some half. Whatever was called durable before the cut must be in the journal.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bedside::journal::{DataFolder, Journal};

use super::child::{ENTRIES, OPENED, Place, sample};

/// The disk writes so many bytes at once, or none of them.
const SECTOR: usize = 512;
/// How often a cut is played, each time with other unsynced writes.
const WAYS: u64 = 6;

#[derive(Debug)]
enum Op {
    Write { path: PathBuf, at: usize, bytes: Vec<u8> },
    Cut { path: PathBuf, length: usize },
    Create { path: PathBuf },
    Sync { path: PathBuf },
    Remove { path: PathBuf },
}

fn ops(log: &[u8]) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut rest = log;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8(rest[..end].to_vec()).unwrap();
        rest = &rest[end + 1..];
        let fields: Vec<&str> = head.splitn(4, ' ').collect();
        let (number, count): (usize, usize) = (fields[1].parse().unwrap(), fields[2].parse().unwrap());
        let path = PathBuf::from(fields[3]);
        match fields[0] {
            "W" => {
                ops.push(Op::Write { path, at: number, bytes: rest[..count].to_vec() });
                rest = &rest[count + 1..];
            }
            "T" => ops.push(Op::Cut { path, length: number }),
            "C" => ops.push(Op::Create { path }),
            "S" => ops.push(Op::Sync { path }),
            "U" => ops.push(Op::Remove { path }),
            // A writer renames nothing.
            other => panic!("{other}"),
        }
    }
    ops
}

/// A file on a disk whose power may go.
#[derive(Default)]
struct OnDisk {
    synced: Vec<u8>,
    unsynced: Vec<(Option<usize>, usize, Vec<u8>)>,
    /// Whether its name is on the disk.
    is_named: bool,
    /// Whether it was removed, and its folder not synced since.
    is_removed: bool,
}

fn apply(bytes: &mut Vec<u8>, at: Option<usize>, length: usize, new: &[u8]) {
    match at {
        None => bytes.resize(length, 0),
        Some(at) => {
            if bytes.len() < at + new.len() {
                bytes.resize(at + new.len(), 0);
            }
            bytes[at..at + new.len()].copy_from_slice(new);
        }
    }
}

/// What is on the disk after a cut. Way 0 leaves no unsynced write, way 1 all of them, the others some.
fn after(ops: &[Op], way: u64, random: &mut fastrand::Rng) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files: BTreeMap<&Path, OnDisk> = BTreeMap::new();
    for op in ops {
        match op {
            Op::Create { path } => drop(files.insert(path, OnDisk::default())),
            Op::Remove { path } => {
                if let Some(file) = files.get_mut(path.as_path()) {
                    file.is_removed = true;
                }
            }
            Op::Write { path, at, bytes } => {
                files.entry(path).or_default().unsynced.push((Some(*at), 0, bytes.clone()));
            }
            Op::Cut { path, length } => files.entry(path).or_default().unsynced.push((None, *length, Vec::new())),
            Op::Sync { path } => {
                if let Some(file) = files.get_mut(path.as_path()) {
                    for (at, length, new) in std::mem::take(&mut file.unsynced) {
                        apply(&mut file.synced, at, length, &new);
                    }
                } else {
                    // A folder: the names in it.
                    files.retain(|name, file| name.parent() != Some(path.as_path()) || !file.is_removed);
                    for (_, file) in files.iter_mut().filter(|(name, _)| name.parent() == Some(path.as_path())) {
                        file.is_named = true;
                    }
                }
            }
        }
    }
    let mut left = BTreeMap::new();
    for (path, file) in files {
        let is_lost = !file.is_named && (way == 0 || (way > 1 && random.bool()));
        let is_gone = file.is_removed && (way == 1 || (way > 1 && random.bool()));
        if is_lost || is_gone {
            continue;
        }
        let mut bytes = file.synced;
        for (at, length, mut new) in file.unsynced {
            if way == 0 || (way > 1 && random.bool()) {
                continue;
            }
            if way > 1 && random.u8(..4) == 0 {
                new.truncate(random.usize(..=new.len() / SECTOR) * SECTOR);
            }
            apply(&mut bytes, at, length, &new);
        }
        left.insert(path.to_owned(), bytes);
    }
    left
}

#[test]
fn whatever_was_called_durable_outlasts_a_power_cut_at_any_moment() {
    let Some(place) = Place::new() else { return };
    let log = place.file("log");
    let notes = place.run(&[("BEDSIDE_SHIM_LOG", log.clone().into())]);
    assert_eq!(notes.last().map(String::as_str), Some("stopped"), "{notes:?}");
    let ops = ops(&fs::read(&log).unwrap());
    let syncs = ops.iter().filter(|op| matches!(op, Op::Sync { .. })).count();
    assert!(syncs > ENTRIES as usize, "{syncs} syncs were logged");
    let (mut random, sample) = (fastrand::Rng::with_seed(7), sample());
    let mut played = 0;
    for cut in 1..=ops.len() {
        // After each sync, and after each write that is followed by one: in between nothing else is decided.
        let is_edge = matches!(ops[cut - 1], Op::Sync { .. }) || matches!(ops.get(cut), Some(Op::Sync { .. }));
        for way in 0..if is_edge { WAYS } else { 0 } {
            let name = format!("cut after {cut} of {}, way {way}", ops.len());
            let base = tempfile::tempdir().unwrap();
            let data = DataFolder::locate(Some(&base.path().join("data"))).unwrap();
            fs::create_dir_all(data.transcripts()).unwrap();
            let mut acked = 0;
            for op in &ops[..cut] {
                if let Op::Write { path, bytes, .. } = op
                    && path.ends_with("notes")
                    && let Some(ack) = std::str::from_utf8(bytes).unwrap().strip_prefix("ack ")
                {
                    acked = ack.trim().parse().unwrap();
                }
            }
            for (path, bytes) in after(&ops[..cut], way, &mut random) {
                if let Ok(inside) = path.strip_prefix(place.folder().path())
                    && !inside.starts_with("locks")
                    && !inside.to_string_lossy().ends_with("-shm")
                {
                    fs::write(data.path().join(inside), bytes).unwrap();
                }
            }
            let mut journal = Journal::recover(&data, OPENED).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(journal.take_told(), [], "{name}");
            let there = if acked == 0 && journal.load(sample.session).is_err() {
                Vec::new()
            } else {
                journal.load(sample.session).unwrap_or_else(|why| panic!("{name}: {why}"))
            };
            assert!(there.len() >= acked, "{name}: {acked} were called durable, {} are there", there.len());
            assert_eq!(there, sample.entries[..there.len()], "{name}");
            played += 1;
        }
    }
    assert!(played > 100, "{played} cuts were played");
}

//! `bedside backup` and `bedside restore`: a verified copy, put back without overwriting anything.

use std::fs;
use std::path::Path;

use super::*;

/// A home with a finished visit, and where a backup of it is to go.
fn visit() -> (Home, Visit, PathBuf) {
    let home = Home::new();
    let visit = Visit::open("1123-1", "Ana R.", OPENED).described("A7").note("quiet and warm").left();
    home.save(&visit);
    let to = home.base.path().join("disk/backup");
    fs::create_dir(home.base.path().join("disk")).unwrap();
    (home, visit, to)
}

fn backup(home: &Home, to: &Path) -> Run {
    home.run([OsStr::new("backup"), to.as_os_str()])
}

fn restore(home: &Home, from: &Path) -> Run {
    home.run([OsStr::new("restore"), from.as_os_str()])
}

/// Everything in a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push((path.clone(), fs::read(&path).unwrap())) }
    }
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn a_backup_is_whole_private_and_never_written_over() {
    use std::os::unix::fs::PermissionsExt;
    let (home, visit, to) = visit();
    let run = backup(&home, &to);
    assert_eq!(run.fine(), format!("Backed up to {}, and verified there: 1 session, 7 entries.\n", to.display()));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&to), mode(&to.join("transcripts")), mode(&to.join("journal.db"))), (0o700, 0o700, 0o600));
    let transcript = to.join(format!("transcripts/{}.jsonl", visit.id()));
    assert_eq!(mode(&transcript), 0o600);
    let there = files(&to);
    assert_eq!(there.len(), 2, "{there:?}");
    assert!(backup(&home, &to).sentence(2).contains("is never written over"));
    assert_eq!(files(&to), there);
    assert!(backup(&home, &home.data().join("backup")).sentence(2).contains("lies in the data folder"));
    // It is read like any data folder.
    let shown = home.bedside().args(["verify", "--data-dir"]).arg(&to).assert();
    assert_eq!(Run::of(&shown).fine(), "1123-1: 7 entries hold\n");
    assert_eq!(fs::read_dir(home.base.path().join("disk")).unwrap().count(), 1, "nothing half-made is left");
    let missing = Home::new();
    assert!(backup(&missing, &to.join("x")).sentence(1).contains("open a session first"));
}

#[test]
fn a_backup_is_made_while_a_console_writes() {
    let (home, visit, to) = visit();
    let mut console = home.journal();
    let other = Visit::open("1123-2", "Bo K.", OPENED + DAY_MS).started();
    console.append(other.session.entries()).unwrap();
    assert!(backup(&home, &to).fine().contains("2 sessions, 10 entries"));
    console.append(other.note("and on").session.entries()).unwrap();
    drop(console);
    // What came later is set aside by the restore, not lost.
    let run = restore(&home, &to);
    assert!(
        run.fine().starts_with(&format!(
            "Restored from {}, and verified: 2 sessions, 10 entries. What was there",
            to.display()
        ))
    );
    assert_eq!(home.run(["verify"]).fine(), "1123-1: 7 entries hold\n1123-2: 3 entries hold\n");
    assert!(home.run(["show", "1123-1"]).fine().contains("quiet and warm"));
    let aside = fs::read_dir(home.data()).unwrap().map(|file| file.unwrap().path());
    let aside = aside.filter(|path| path.to_string_lossy().contains("before-restore-")).collect::<Vec<_>>();
    assert_eq!(aside.len(), 1);
    let before = home.bedside().args(["verify", "--data-dir"]).arg(&aside[0]).assert();
    assert_eq!(Run::of(&before).fine(), "1123-1: 7 entries hold\n1123-2: 4 entries hold\n");
    assert!(visit.id() != Uuid::nil());
}

#[test]
fn a_folder_in_use_is_not_restored_and_one_that_is_empty_is() {
    let (home, _, to) = visit();
    backup(&home, &to).fine();
    let before = files(&home.data().join("transcripts"));
    let console = home.journal();
    assert!(restore(&home, &to).sentence(3).contains("leave it first, then restore"));
    drop(console);
    assert_eq!(files(&home.data().join("transcripts")), before);
    fs::remove_dir_all(home.data()).unwrap();
    let run = restore(&home, &to);
    assert_eq!(run.fine(), format!("Restored from {}, and verified: 1 session, 7 entries.\n", to.display()));
    assert_eq!(home.run(["verify"]).fine(), "1123-1: 7 entries hold\n");
    assert!(restore(&home, &home.base.path().join("nowhere")).sentence(1).contains("there is no backup"));
}

#[test]
fn a_backup_that_was_changed_is_not_put_in_place() {
    let (home, visit, to) = visit();
    backup(&home, &to).fine();
    let transcript = to.join(format!("transcripts/{}.jsonl", visit.id()));
    let whole = fs::read_to_string(&transcript).unwrap();
    let there = files(&home.data());
    fs::write(&transcript, whole.replace("quiet", "Quiet")).unwrap();
    assert!(restore(&home, &to).sentence(1).contains("does not hold"));
    fs::write(&transcript, &whole).unwrap();
    let database = fs::read(to.join("journal.db")).unwrap();
    let at = database.windows(5).position(|window| window == b"quiet").unwrap();
    let mut changed = database.clone();
    changed[at] ^= 1;
    fs::write(to.join("journal.db"), &changed).unwrap();
    assert!(restore(&home, &to).sentence(1).contains("entry 3 does not hold"));
    for (length, said) in [(0, "no journal"), (1000, "is damaged"), (database.len() / 2, "")] {
        fs::write(to.join("journal.db"), &database[..length]).unwrap();
        let run = restore(&home, &to);
        assert!(run.code != Some(0) && run.err.contains(said), "{length}: {}", run.err);
    }
    let unchanged = |files: Vec<(PathBuf, Vec<u8>)>| {
        files.into_iter().filter(|(path, _)| !path.ends_with("in-use.lock")).collect::<Vec<_>>()
    };
    assert_eq!(unchanged(files(&home.data())), unchanged(there));
    // A damaged record that is all there is can be had back as it is.
    fs::write(to.join("journal.db"), &changed).unwrap();
    let run = home.run([OsStr::new("restore"), to.as_os_str(), OsStr::new("--as-it-is")]);
    assert!(run.code == Some(1) && run.out.contains("Restored") && run.out.contains("does not hold"), "{}", run.out);
}

#[test]
fn cards_and_pins_are_in_a_backup_and_a_restore_takes_nobodys_pin_away() {
    let (home, visit, to) = visit();
    fs::create_dir(home.data().join("cards")).unwrap();
    fs::write(home.data().join("cards/1123-1-1.txt"), "a card").unwrap();
    fs::write(home.data().join("cards/.1123-1-2.txt.77.part"), "half a c").unwrap();
    fs::write(home.data().join("pins.json"), "{}").unwrap();
    backup(&home, &to).fine();
    assert_eq!(fs::read_dir(to.join("cards")).unwrap().count(), 1, "what is half written is no card");
    assert_eq!(fs::read_to_string(to.join("cards/1123-1-1.txt")).unwrap(), "a card");
    // A PIN that was set after the backup stays.
    fs::write(home.data().join("pins.json"), "{ }").unwrap();
    let lock = home.data().join(format!("locks/{}.lock", visit.id()));
    fs::create_dir_all(home.data().join("locks")).unwrap();
    fs::write(&lock, "{\"epoch\": 3}").unwrap();
    restore(&home, &to).fine();
    assert_eq!(fs::read_to_string(home.data().join("pins.json")).unwrap(), "{ }");
    assert!(!lock.exists(), "the tenure of a record that is no longer here");
    // On another machine everything comes.
    fs::remove_dir_all(home.data()).unwrap();
    restore(&home, &to).fine();
    assert_eq!(fs::read_to_string(home.data().join("pins.json")).unwrap(), "{}");
    assert_eq!(fs::read_to_string(home.data().join("cards/1123-1-1.txt")).unwrap(), "a card");
}

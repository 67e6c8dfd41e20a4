//! `bedside verify`: both copies, files, healing, and standard tools that come to the same hashes.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use bedside::session::Hash;

use super::*;

/// A visit that was left, in both copies.
fn visit() -> (Home, Visit) {
    let home = Home::new();
    let visit = Visit::open("1123-1", "Ana R.", OPENED).described("A7").note("quiet and warm").left();
    home.save(&visit);
    (home, visit)
}

fn transcript(home: &Home, visit: &Visit) -> PathBuf {
    home.folder().transcripts().join(format!("{}.jsonl", visit.id()))
}

fn record(visit: &Visit) -> String {
    let line = |entry: &Entry| format!("{}\n", String::from_utf8(entry.line.clone()).unwrap());
    visit.session.entries().iter().map(line).collect()
}

#[test]
fn a_file_of_lines_holds_or_its_first_bad_line_is_named() {
    let (home, visit) = visit();
    let whole = record(&visit);
    let id = visit.id().to_string();
    let check = |text: &str| {
        let file = home.file("record.jsonl", text);
        home.run(["verify", &file.display().to_string()])
    };
    let said = check(&whole);
    let name = home.base.path().join("record.jsonl").display().to_string();
    assert_eq!(
        said.fine(),
        format!("{name}: session {id}: 7 entries hold; not signed, so that a missing end would not show\n")
    );
    assert_eq!(check(whole.trim_end()).code, Some(0), "the last line end may be missing");
    let bad = |text: &str| {
        let run = check(text);
        assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
        run.out.lines().last().unwrap().strip_prefix(&format!("{name}: ")).unwrap().to_owned()
    };
    let changed = bad(&whole.replace("quiet and warm", "quiet and wArm"));
    assert_eq!(
        changed,
        "line 4: entry 4 does not hold: it does not follow from the entry before, so one of the two was changed"
    );
    let lines: Vec<&str> = whole.lines().collect();
    assert!(bad(&[lines[0], lines[2]].join("\n")).starts_with("line 2: entry 2 does not hold: it is numbered 3"));
    assert!(bad(&lines[1..].join("\n")).starts_with("line 1: entry 1 does not hold: it is numbered 2"));
    assert!(bad(&format!("{}\n\n{}", lines[0], lines[1])).starts_with("line 2: entry 2 does not hold: it cannot be"));
    assert!(bad("not JSON\n").starts_with("line 1: entry 1 does not hold: it cannot be read"));
    assert!(bad("").starts_with("there is no entry in it"));
    assert!(bad(&format!("{}\u{1b}]0;x\u{7}\n", lines[0])).starts_with("line 1"));
    // Two records in one file, each from its first line.
    let other = Visit::open("1123-2", "Bo K.", OPENED + DAY_MS).note("one");
    let both = format!("{whole}{}", record(&other));
    assert_eq!(check(&both).fine().lines().count(), 2);
    assert!(bad(&both.replace("\"one\"", "\"One\"").replace("quiet", "Quiet")).starts_with("line 4"));
    let json = home.file("both.jsonl", &both);
    let found = home.run(["verify", "--json", &json.display().to_string()]).json();
    assert_eq!((&found["holds"], &found["sessions"][1]["entries"]), (&true.into(), &2.into()));
    assert_eq!(found["sessions"][0]["last_hash"], visit.session.last_entry().hash.hex());
    let missing = home.run(["verify", "no/such.jsonl"]);
    assert!(missing.sentence(3).contains("no/such.jsonl cannot be read"), "{}", missing.err);
    assert!(home.run(["verify", "--heal", "x.jsonl"]).sentence(2).contains("leave the file out"));
}

#[test]
fn every_changed_byte_of_a_file_is_found_in_its_line_or_the_next() {
    let (home, visit) = visit();
    let whole = record(&visit).into_bytes();
    let second = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    for at in (second..last).step_by(37) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        let path = home.base.path().join("changed.jsonl");
        fs::write(&path, &changed).unwrap();
        let found = bedside::journal::verify_file(&path).unwrap();
        let line = whole[..at].split(|byte| *byte == b'\n').count() as u64;
        let (named, _) = found.fault.unwrap_or_else(|| panic!("byte {at}"));
        assert!((line..=line + 1).contains(&named), "byte {at}: line {line}, named {named}");
    }
}

#[test]
fn a_transcript_is_checked_and_each_copy_heals_the_other() {
    let (home, visit) = visit();
    let path = transcript(&home, &visit);
    let whole = fs::read_to_string(&path).unwrap();
    assert_eq!(whole, record(&visit));
    // The journal holds: a transcript that lags, or was damaged, is told.
    fs::write(&path, &whole[..whole.len() - 5]).unwrap();
    assert_eq!(home.run(["verify"]).fine(), "1123-1: 7 entries hold\n");
    assert_eq!(
        home.run(["verify", "last"]).fine(),
        "1123-1: 7 entries hold\n1123-1: the transcript lacks 1 entry so far; the console adds what it lacks\n"
    );
    fs::write(&path, whole.replace("quiet", "Quiet")).unwrap();
    let run = home.run(["verify"]);
    assert!(run.code == Some(1) && run.out.contains("in the transcript entry 4 does not hold"), "{}", run.out);
    assert_eq!(fs::read_to_string(&path).unwrap(), whole.replace("quiet", "Quiet"), "verify changes nothing");
    let healed = home.run(["verify", "--heal"]);
    assert!(healed.fine().contains("set aside and written anew"), "{}", healed.out);
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);
    // The transcript holds: what the journal lost is told and put back.
    home.tamper("quiet and warm", "quiet and wArm");
    let run = home.run(["verify", "1123-1", "--json"]);
    assert_eq!((run.code, &run.json()[0]["first_broken"]), (Some(1), &3.into()));
    assert!(run.json()[0]["transcript"][0].as_str().unwrap().contains("can be put right"));
    assert!(home.run(["verify", "--heal"]).fine().contains("put right from its transcript"));
    assert_eq!(home.run(["verify"]).fine(), "1123-1: 7 entries hold\n");
    assert!(home.run(["show", "last"]).fine().contains("quiet and warm"));
}

#[test]
fn a_lost_journal_is_not_taken_for_an_empty_one() {
    let (home, visit) = visit();
    fs::remove_file(home.folder().journal()).unwrap();
    let run = home.run(["verify"]);
    assert_eq!(run.code, Some(1));
    let id = visit.id();
    assert_eq!(
        run.out,
        "1123-1: the journal does not have this session; its transcript holds 7 entries: bedside verify --heal\n"
    );
    assert_eq!(home.run(["verify", &id.to_string()]).code, Some(1));
    for command in [&["sessions"][..], &["show", "last"]] {
        assert!(home.run(command).sentence(3).contains("bedside verify --heal"), "{command:?}");
    }
    assert!(home.run(["verify", "--heal"]).fine().contains("its 7 entries are back"));
    assert!(home.run(["show", "last"]).fine().contains("quiet and warm"));
}

#[test]
fn a_signature_holds_and_an_end_that_was_cut_off_after_it_is_missed_in_either_copy_and_in_both() {
    let home = Home::new();
    let visit = Visit::open("1123-1", "Ana R.", OPENED).note("quiet and warm").left().signed();
    home.save(&visit);
    let signature = visit.session.last_entry().hash.hex();
    let whole = format!("1123-1: 7 entries hold, signed through entry 6 (signature {signature})\n");
    assert_eq!(home.run(["verify"]).fine(), whole);
    let path = transcript(&home, &visit);
    let said = home.run(["verify", &path.display().to_string()]);
    assert!(said.fine().ends_with(&format!("signed through entry 6 (signature {signature})\n")), "{}", said.out);
    // The journal's end cut off, behind its triggers' back.
    let cut = |sql: &str| {
        let raw = rusqlite::Connection::open(home.folder().journal()).unwrap();
        let guard: String = raw
            .query_row("SELECT sql FROM sqlite_schema WHERE name = 'entry_never_goes'", [], |row| row.get(0))
            .unwrap();
        raw.execute_batch(&format!("DROP TRIGGER entry_never_goes; {sql}; {guard}")).unwrap();
    };
    cut("DELETE FROM entry WHERE seq >= 6");
    let run = home.run(["verify"]);
    let missing = "1123-1: entry 7 does not hold: it was a signature, and it is missing";
    assert!(run.code == Some(1) && run.out.starts_with(missing), "{}", run.out);
    assert!(run.out.contains("the journal has lost entries 6 to 7, which its transcript has"), "{}", run.out);
    assert!(home.run(["verify", "--heal"]).fine().contains("taken from its transcript"));
    assert_eq!(home.run(["verify"]).fine(), whole);
    // Both cut alike: what was signed is remembered.
    cut("DELETE FROM entry WHERE seq >= 6");
    let lines: Vec<String> = fs::read_to_string(&path).unwrap().lines().take(5).map(|l| format!("{l}\n")).collect();
    fs::write(&path, lines.concat()).unwrap();
    let run = home.run(["verify"]);
    assert!(run.code == Some(1) && run.out.starts_with(missing), "{}", run.out);
    // A signature over something else.
    let file = home.file("forged.jsonl", &record(&visit).replace("\"through\":6", "\"through\":5"));
    let run = home.run(["verify", &file.display().to_string()]);
    assert!(run.out.contains("line 7: entry 7 does not hold: it is a signature over entry 5"), "{}", run.out);
}

/// The hashes of a record as docs/record.md says how to work them out, by programs that are not ours.
#[test]
fn standard_tools_come_to_the_same_hashes() {
    let (home, visit) = visit();
    let file = transcript(&home, &visit);
    let last = visit.session.last_entry().hash.hex();
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/record.md")).unwrap();
    let script = |language: &str| {
        let (_, after) = docs.split_once(&format!("```{language}\n")).expect("a script in the page");
        after.split_once("```").unwrap().0.to_owned()
    };
    for (program, language) in [("sh", "sh"), ("python3", "python")] {
        let is_there =
            Command::new(program).args(["-c", if program == "sh" { "sha256sum </dev/null" } else { "" }]).output();
        if !is_there.is_ok_and(|output| output.status.success()) {
            assert!(std::env::var_os("CI").is_none(), "{program} with its tools is needed here");
            eprintln!("SKIPPED: {program} or its tools are not here; the script in docs/record.md was not tried");
            continue;
        }
        let run = |file: &std::path::Path| {
            let script = home.file(&format!("check.{language}"), &script(language));
            let output = Command::new(program).arg(script).arg(file).output().unwrap();
            (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        assert_eq!(run(&file), (true, last.clone()), "{program}");
        let changed = home.file("changed.jsonl", &record(&visit).replace("quiet", "Quiet"));
        let (held, said) = run(&changed);
        assert!(!held && said.contains("line 4"), "{program}: {said}");
    }
    assert_eq!(Hash::from_hex(&last), Some(visit.session.last_entry().hash));
}

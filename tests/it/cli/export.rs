//! `bedside export`: each form to the standard output and to a file, never over one that is there, never half.

use std::io::Read;
use std::process::{Command as Program, Stdio};

use super::*;
use bedside::session::Hash;

fn one_visit(home: &Home) -> Visit {
    let visit = Visit::open("1123-1", "Ana Ruiz", OPENED).note("=HYPERLINK(\"http://x\")").left();
    home.save(&visit);
    visit
}

#[test]
fn the_stored_lines_come_out_byte_for_byte() {
    let home = Home::new();
    let visit = one_visit(&home);
    let run = home.run(["export", "last", "--format", "jsonl"]);
    let expected: Vec<u8> = visit.session.entries().iter().flat_map(|e| [&e.line[..], b"\n"].concat()).collect();
    assert_eq!(run.fine().as_bytes(), expected);
    // Each line gives the hash that the next one names.
    let lines: Vec<&str> = run.out.lines().collect();
    for (line, next) in lines.iter().zip(&lines[1..]) {
        assert!(next.contains(&Hash::of(line.as_bytes()).hex()));
    }
}

#[test]
fn sha256sum_finds_the_hashes_of_an_exported_record() {
    let home = Home::new();
    let visit = one_visit(&home);
    let path = home.base.path().join("out.jsonl");
    home.run(["export", "1123-1", "--format", "jsonl", "-o", path.to_str().unwrap()]).fine();
    let script = "while IFS= read -r line; do printf %s \"$line\" | sha256sum; done < \"$0\"";
    let output = Program::new("sh").args(["-c", script]).arg(&path).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let found: Vec<&str> = said.lines().filter_map(|line| line.split(' ').next()).collect();
    let expected: Vec<String> = visit.session.entries().iter().map(|entry| entry.hash.hex()).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_file_that_is_there_stays_unless_forced() {
    let home = Home::new();
    one_visit(&home);
    let path = home.file("out.csv", "precious");
    let name = path.to_str().unwrap();
    let run = home.run(["export", "last", "--format", "csv", "-o", name]);
    assert!(run.sentence(3).contains("--force"), "{}", run.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    home.run(["export", "last", "--format", "csv", "-o", name, "--force"]).fine();
    assert!(fs::read_to_string(&path).unwrap().starts_with("session,number,"));
    // What cannot be written leaves what was there, and nothing beside it.
    let run = home.run(["export", "last", "--format", "csv", "-o", home.base.path().to_str().unwrap(), "--force"]);
    assert!(run.sentence(3).contains("no ordinary file"), "{}", run.err);
    let run = home.run(["export", "last", "--format", "csv", "-o", "/dev/null", "--force"]);
    assert!(run.sentence(3).contains("no ordinary file"), "{}", run.err);
    let left = fs::read_dir(home.base.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().ends_with(".part")));
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_what_is_written_over() {
    let home = Home::new();
    one_visit(&home);
    let path = home.file("real.txt", "old");
    let link = home.base.path().join("link.txt");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    home.run(["export", "last", "--format", "text", "-o", link.to_str().unwrap(), "--force"]).fine();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(fs::read_to_string(&path).unwrap().contains("Ana Ruiz"));
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let home = Home::new();
    let mut visit = Visit::open("1123-1", "Ana Ruiz", OPENED);
    for _ in 0..400 {
        visit = visit.note(&"x".repeat(400));
    }
    home.save(&visit);
    let mut program = Program::new(env!("CARGO_BIN_EXE_bedside"))
        .args(["export", "last", "--format", "csv"])
        .env("BEDSIDE_DATA_DIR", home.data())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    program.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = program.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn a_damaged_record_is_exported_as_lines_alone() {
    let home = Home::new();
    let visit = Visit::open("1123-1", "Ana Ruiz", OPENED).note("resting quietly");
    home.save(&visit);
    home.tamper("resting quietly", "screaming loud.");
    for format in ["text", "csv"] {
        let run = home.run(["export", "last", "--format", format]);
        assert_eq!(run.out, "");
        assert!(run.sentence(1).contains("damaged"), "{}", run.err);
    }
    let run = home.run(["export", "last", "--format", "jsonl"]);
    assert!(run.sentence(1).contains("as they are stored"), "{}", run.err);
    assert!(run.out.contains("screaming loud.") && run.out.lines().count() == 2);
}

//! `bedside card`: to the terminal, to a file, and never over one that is there.

use super::*;

/// A session whose infusion has ended.
fn ended(home: &Home) {
    let run = home.run(["rehearse", "--auto", "--speed", "0"]);
    run.fine();
    let rehearsals = home.data().join("rehearsals");
    let kept = fs::read_dir(rehearsals).unwrap().next().unwrap().unwrap().path();
    for entry in fs::read_dir(kept).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            fs::copy(entry.path(), home.data().join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn a_card_is_printed_and_written_once() {
    let home = Home::new();
    ended(&home);
    let run = home.run(["card", "last"]);
    assert!(run.fine().contains("Do not drive before"), "{}", run.out);
    let path = home.base.path().join("card.pdf");
    let path = path.to_str().unwrap();
    home.run(["card", "last", "--format", "pdf", "-o", path]).fine();
    let first = fs::read(path).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    let run = home.run(["card", "last", "-o", path]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(run.err.contains("--force"), "{}", run.err);
    assert_eq!(fs::read(path).unwrap(), first);
    home.run(["card", "last", "-o", path, "--force"]).fine();
    assert!(fs::read_to_string(path).unwrap().contains("Do not drive before"));
    // Nothing half-written is left beside it.
    let hidden = fs::read_dir(home.base.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(hidden.count(), 0);
}

#[test]
fn what_there_is_no_card_of_says_why() {
    let home = Home::new();
    assert_eq!(home.run(["card", "last"]).code, Some(1));
    ended(&home);
    // Another program takes a PDF; a terminal does not (`terminal/refusals.rs`).
    let piped = home.bedside().args(["card", "last", "--format", "pdf"]).assert().success();
    assert!(piped.get_output().stdout.starts_with(b"%PDF-"));
    let nowhere = home.base.path().join("no/such/folder/card.txt");
    let run = home.run(["card", "last", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("name another place"), "{}", run.err);
}

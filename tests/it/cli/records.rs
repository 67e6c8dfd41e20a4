//! `sessions`, `show` and `verify`.

use std::fs;

use super::*;

/// Three visits: one of yesterday that is still open, two of today.
fn three() -> (Home, [SessionId; 3]) {
    let home = Home::new();
    let open = Visit::open("1122-1", "Bo K.", OPENED - DAY_MS).started();
    let first = Visit::open("1123-1", "Ana R.", OPENED).described("A7").note("quiet and warm").left();
    let second = Visit::open("1123-2", "Ana R.", OPENED + 60 * MINUTE_MS).left().note("the ride is here");
    for visit in [&open, &first, &second] {
        home.save(visit);
    }
    (home, [open.id(), first.id(), second.id()])
}

#[test]
fn sessions_are_listed_open_ones_first_then_the_newest() {
    let (home, _) = three();
    let run = home.run(["sessions"]);
    let lines: Vec<&str> = run.fine().lines().collect();
    let words = |line: &str| line.split("  ").map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = lines.into_iter().map(words).collect();
    assert_eq!(rows[0], ["number", "date", "time", "patient", "sitter", "state", "entries"]);
    assert_eq!(rows[1], ["1122-1", "2026-11-22", "14:05", "Bo K.", "June Doe", "infusion", "3"]);
    assert_eq!(rows[2], ["1123-2", "2026-11-23", "15:05", "Ana R.", "June Doe", "discharged home", "6"]);
    assert_eq!(rows[3], ["1123-1", "2026-11-23", "14:05", "Ana R. (A7)", "June Doe", "discharged home", "7"]);
    assert_eq!(rows.len(), 4);
}

#[test]
fn a_list_that_was_cut_says_so_and_json_is_never_cut_unasked() {
    let (home, ids) = three();
    let run = home.run(["sessions", "--limit", "1"]);
    assert_eq!(run.fine().lines().count(), 3);
    assert!(run.out.ends_with("and 2 more: --all\n"), "{}", run.out);
    assert_eq!(home.run(["sessions", "--all"]).fine().lines().count(), 4);
    assert_eq!(home.run(["sessions", "--all", "--limit", "1"]).code, Some(2));
    let rows = home.run(["sessions", "--json"]).json();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(rows[0]["id"], ids[0].to_string());
    assert_eq!((&rows[0]["open"], &rows[0]["phase"]), (&true.into(), &"infusion".into()));
    assert_eq!(rows[1]["opened"], "2026-11-23T15:05:00.000-05:00");
    assert_eq!((&rows[2]["patient"]["code"], &rows[2]["sitter"]["id"]), (&"A7".into(), &"jd".into()));
    assert_eq!(home.run(["sessions", "--json", "--limit", "2"]).json().as_array().unwrap().len(), 2);
}

#[test]
fn twelve_hours_are_written_as_the_room_wishes() {
    let (home, _) = three();
    home.file(".config/bedside/bedside.toml", "clock = \"12h\"");
    assert!(home.run(["sessions"]).fine().contains("2:05 pm"));
}

#[test]
fn a_record_is_shown_by_number_id_and_last() {
    let (home, ids) = three();
    for asked in ["1123-1", &ids[1].to_string(), &ids[1].to_string()[..20]] {
        let run = home.run(["show", asked]);
        assert!(run.fine().contains("Ana R.") && run.out.contains("quiet and warm"), "{asked}: {}", run.out);
        assert!(is_plain(&run.out) && !run.out.contains("the ride is here"), "one session's data only");
    }
    assert!(home.run(["show", "last"]).fine().contains("the ride is here"));
    let record = home.run(["show", "1123-1", "--json"]).json();
    assert_eq!((&record["number"], &record["patient"]["code"]), (&"1123-1".into(), &"A7".into()));
    assert!(record.get("warnings").is_none());
}

#[test]
fn a_session_that_is_not_there_is_named_without_what_a_terminal_obeys() {
    let (home, ids) = three();
    assert_eq!(home.run(["show", "0101-1"]).sentence(1), "there is no session 0101-1: list them with bedside sessions");
    let run = home.run(["show", "\x1b[2J\x1b]52;c;aGk=\x07nobody\u{202e}"]);
    assert_eq!(run.sentence(1), "there is no session nobody: list them with bedside sessions");
    assert_eq!(home.run(["verify", "\x1b[2Jx"]).sentence(1), "there is no session x: list them with bedside sessions");
    let common = &ids[1].to_string()[..4];
    assert!(home.run(["show", common]).sentence(1).contains("give more of the id"));
}

#[test]
fn a_folder_without_sessions_is_no_trouble_unless_one_is_asked_for() {
    let home = Home::new();
    let place = home.data().display().to_string();
    assert!(home.run(["sessions"]).fine().starts_with(&format!("no sessions yet in {place}: ")));
    assert_eq!(home.run(["sessions", "--json"]).fine(), "[]\n");
    assert!(home.run(["verify"]).fine().starts_with(&format!("no sessions yet in {place}: ")));
    assert_eq!(home.run(["verify", "--json"]).fine(), "[]\n");
    assert!(home.run(["show", "last"]).sentence(1).contains("open a session first"));
    assert!(home.run(["verify", "last"]).sentence(1).contains("open a session first"));
    assert!(!home.data().exists(), "reading makes nothing");
    fs::create_dir(home.data()).unwrap();
    home.file("data/journal.db", "");
    assert!(home.run(["sessions"]).fine().starts_with("no sessions yet"));
}

#[test]
fn records_that_hold_are_said_to_hold() {
    let (home, ids) = three();
    assert_eq!(home.run(["verify"]).fine(), "1122-1: 3 entries hold\n1123-1: 7 entries hold\n1123-2: 6 entries hold\n");
    assert_eq!(home.run(["verify", "1123-2"]).fine(), "1123-2: 6 entries hold\n");
    let found = home.run(["verify", "last", "--json"]).json();
    assert_eq!((&found[0]["id"], &found[0]["holds"]), (&ids[2].to_string().into(), &true.into()));
}

#[test]
fn one_changed_byte_is_found_and_the_rest_is_still_shown() {
    let (home, _) = three();
    home.tamper("quiet and warm", "quiet and wArm");
    let run = home.run(["verify"]);
    assert_eq!(run.code, Some(1));
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[1], "1123-1: entry 3 does not hold: it was changed after it was stored");
    assert_eq!(
        lines[2],
        "1123-1: with its transcript entries 1 to 7 can be put right: bedside verify --heal, or start the console"
    );
    assert!(lines[0].ends_with("hold") && lines[3].ends_with("hold"), "{lines:?}");
    assert_eq!(home.run(["verify", "1123-2"]).code, Some(0));
    let found = home.run(["verify", "1123-1", "--json"]);
    assert_eq!((found.code, &found.json()[0]["first_broken"]), (Some(1), &3.into()));

    let shown = home.run(["show", "1123-1"]);
    assert_eq!(shown.code, Some(1));
    assert!(shown.out.starts_with("WARNING: the record of session 1123-1 is damaged."), "{}", shown.out);
    assert!(shown.out.contains("quiet and wArm") && shown.out.contains("entry 3"), "{}", shown.out);
    let json = home.run(["show", "1123-1", "--json"]);
    assert_eq!((json.code, json.json()["warnings"].as_array().unwrap().len()), (Some(1), 1));
    assert!(json.err.starts_with("WARNING"), "{}", json.err);
    assert!(home.run(["sessions"]).fine().contains("damaged: bedside verify 1123-1"));
}

#[test]
fn the_last_entry_is_checked_too() {
    let (home, _) = three();
    home.tamper("the ride is here", "the ride is HERE");
    assert!(home.run(["verify", "last"]).out.starts_with("1123-2: entry 6 does not hold"));
}

#[test]
fn an_entry_that_cannot_be_read_keeps_its_place() {
    let (home, _) = three();
    home.tamper("\"kind\":\"note_taken\",\"text\":\"quiet", "\"kind\":\"note_taken\",\"text\":*quiet");
    let shown = home.run(["show", "1123-1"]);
    assert_eq!(shown.code, Some(1));
    assert!(shown.out.contains("damaged, cannot be read") && !shown.out.contains("quiet and warm"), "{}", shown.out);
    assert!(shown.out.contains("Ana R.") && !shown.out.contains("newer version"), "{}", shown.out);
}

#[test]
fn where_the_opening_is_damaged_the_stored_lines_are_shown() {
    let (home, _) = three();
    home.tamper(
        "\"event\":{\"kind\":\"session_opened\",\"number\":\"1123-2\"",
        "\"event\":{\"kind\":\"session_opened\",\"number\":\x1b1123-2\"",
    );
    let shown = home.run(["show", "last"]);
    assert_eq!(shown.code, Some(1));
    assert!(shown.out.contains("The stored lines:") && shown.out.contains("the ride is here"), "{}", shown.out);
    assert!(is_plain(&shown.out));
    let json = home.run(["show", "last", "--json"]);
    assert_eq!((json.code, json.json()["lines"].as_array().unwrap().len()), (Some(1), 6));
    assert!(home.run(["sessions"]).fine().contains('?'), "its row stays in the list");
    assert!(home.run(["verify", "last"]).out.starts_with("1123-2: entry 1 does not hold"));
}

#[test]
fn a_protocol_that_this_version_does_not_read_is_said_to_be_replaced() {
    let home = Home::new();
    home.save(&Visit::open_under("1123-1", "Ana R.", OPENED, "format = 99\n").note("here"));
    let shown = home.run(["show", "last"]);
    assert!(shown.fine().starts_with("WARNING: the protocol kept with this session (Ours) cannot be read"));
    assert!(shown.out.contains("here"));
}

#[test]
fn a_damaged_or_foreign_file_is_trouble() {
    let (home, _) = three();
    let path = home.folder().journal();
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..4096].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    for command in [&["sessions"][..], &["verify"], &["show", "last"]] {
        let run = home.run(command);
        assert!(run.sentence(3).contains("keep the file as it is"), "{}", run.err);
    }
    fs::write(&path, "Dear diary, today was a long day, and nothing of it is a database. ".repeat(99)).unwrap();
    assert!(home.run(["sessions"]).sentence(3).contains("is not a bedside journal"));
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    assert!(home.run(["sessions"]).sentence(3).contains("is not a bedside journal"));
}

#[test]
fn a_journal_of_a_newer_form_is_trouble() {
    let (home, _) = three();
    rusqlite::Connection::open(home.folder().journal()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(home.run(["show", "last"]).sentence(3).contains("was written by a newer bedside"));
}

#[test]
fn a_console_that_runs_meanwhile_is_no_hindrance() {
    let home = Home::new();
    let mut visit = Visit::open("1123-1", "Ana R.", OPENED).started();
    let mut console = home.journal();
    console.append(visit.session.entries()).unwrap();
    assert!(home.run(["show", "last"]).fine().contains("Ana R."));
    visit = visit.note("meanwhile");
    console.append(&visit.session.entries()[3..]).unwrap();
    assert!(home.run(["show", "last"]).fine().contains("meanwhile"));
    assert_eq!(home.run(["verify"]).fine(), "1123-1: 4 entries hold\n");
    console.append(visit.note("and on").session.entries()).unwrap();
}

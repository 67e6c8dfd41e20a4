//! `pin` and `access`: who has a PIN, and who looked at what.

use super::*;

const ROOM: &str = "[[sitter]]\nid = \"sa\"\nname = \"Sitter A\"\n[[clinician]]\nid = \"b\"\nname = \"Dr B\"\n";

fn room() -> Home {
    let home = Home::new();
    home.file(".config/bedside/bedside.toml", ROOM);
    home
}

fn set(home: &Home, arguments: &[&str], typed: &str) -> Run {
    Run::of(&home.bedside().arg("pin").args(arguments).write_stdin(typed).assert())
}

#[test]
fn a_pin_is_set_from_the_standard_input_changed_and_taken_away() {
    let home = room();
    assert!(set(&home, &["sa", "--stdin"], "4711\n").fine().contains("sa has a PIN now"));
    let file = home.data().join("pins.json");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"sa\": \"$argon2id$v=19$") && !text.contains("4711"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    set(&home, &["b", "--stdin"], "correct horse").fine();
    assert_ne!(fs::read_to_string(&file).unwrap(), text);
    assert!(set(&home, &["sa", "--remove"], "").fine().contains("sa has no PIN any more"));
    assert!(set(&home, &["sa", "--remove"], "").fine().contains("sa had no PIN"));
    let left = fs::read_to_string(&file).unwrap();
    assert!(left.contains("\"b\"") && !left.contains("\"sa\""), "{left}");
}

#[test]
fn what_cannot_be_a_pin_or_a_person_is_refused_in_one_sentence() {
    let home = room();
    for typed in ["", "123", " 4711", "47!11", &"1".repeat(65)] {
        assert!(set(&home, &["sa", "--stdin"], typed).sentence(2).contains("4 to 64 characters"), "{typed:?}");
    }
    assert!(set(&home, &["zz", "--stdin"], "4711").sentence(2).ends_with("the configuration knows sa, b"));
    assert!(set(&home, &["sa"], "4711").sentence(2).contains("--stdin"));
    assert!(!home.data().join("pins.json").exists());
    home.file("data/pins.json", "not json");
    assert!(set(&home, &["sa", "--stdin"], "4711").sentence(3).contains("cannot be read"));
    assert_eq!(fs::read_to_string(home.data().join("pins.json")).unwrap(), "not json", "left as it was");
}

#[test]
fn the_access_log_says_who_looked_and_holds_together() {
    let home = room();
    assert!(home.run(["access"]).fine().contains("nothing"));
    assert_eq!(home.run(["access", "--json"]).json(), serde_json::json!([]));
    let visit = Visit::open("1123-1", "Ana R.", OPENED).left();
    home.save(&visit);
    home.run(["show", "last"]).fine();
    home.run(["card", "1123-1"]).fine();
    home.run(["verify"]).fine();
    set(&home, &["sa", "--stdin"], "4711").fine();
    let run = home.run(["access"]);
    let lines: Vec<&str> = run.fine().lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (line, says) in
        lines.iter().zip(["shown 1123-1, at ", "card made as text 1123-1", "verified: holds", "PIN set, Sitter A"])
    {
        assert!(line.contains(says), "{line}");
    }
    let rows = home.run(["access", "--json"]).json();
    assert_eq!((&rows[0]["act"]["kind"], &rows[0]["number"]), (&"shown".into(), &"1123-1".into()));
    assert_eq!((&rows[1]["act"]["format"], &rows[3]["who"]["id"]), (&"text".into(), &"sa".into()));
    assert_eq!(home.run(["access", "--since", "1"]).fine().lines().count(), 4);
    assert!(home.run(["access", "--since", "2099-01-01"]).fine().contains("nothing"));
    assert!(home.run(["access", "--since", "soon"]).sentence(2).contains("2026-11-23"));
    home.tamper("\"kind\":\"card_printed\"", "\"kind\":\"card_prlnted\"");
    let run = home.run(["access"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("line 3 of the access log does not hold"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_is_read_all_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let home = room();
    home.save(&Visit::open("1123-1", "Ana R.", OPENED).left());
    let files = || fs::read_dir(home.data()).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
    let allow = |mode: u32, folder: u32| {
        files().for_each(|file| fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap());
        fs::set_permissions(home.data(), fs::Permissions::from_mode(folder)).unwrap();
    };
    allow(0o400, 0o500);
    let run = home.run(["show", "last"]);
    let logged = home.run(["access"]);
    allow(0o600, 0o700);
    run.fine();
    if !is_root() {
        assert!(logged.fine().contains("nothing"), "{}", logged.out);
    }
}

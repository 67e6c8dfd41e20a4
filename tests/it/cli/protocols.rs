//! `protocol check` and `protocol show`, and where a protocol comes from.

use super::*;

fn invalid(name: &str) -> String {
    format!("{}/tests/protocols/invalid/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn shipped_protocols_hold_and_are_not_approved() {
    for name in ["standard-iv-40", "pain-iv-60"] {
        let run = Home::new().run(["protocol", "check", name]);
        assert!(run.fine().contains("NOT APPROVED BY A CLINICIAN: no fault found"), "{}", run.out);
    }
}

#[test]
fn every_wrong_file_is_refused_with_line_and_column() {
    let home = Home::new();
    for name in ["bedside-config", "empty", "lists-that-are-none", "many-at-once", "not-toml"] {
        let file = invalid(name);
        let run = home.run(["protocol", "check", &file]);
        assert_eq!((run.code, run.err.as_str()), (Some(1), ""), "{}", run.out);
        for line in run.out.lines() {
            let rest = line.strip_prefix(&format!("{file}:")).unwrap_or_else(|| panic!("{line}"));
            let mut parts = rest.splitn(3, ':');
            assert!(parts.next().unwrap().parse::<usize>().unwrap() > 0, "{line}");
            assert!(parts.next().unwrap().parse::<usize>().unwrap() > 0, "{line}");
            assert!(parts.next().unwrap().len() > 10, "{line}");
        }
        let found = home.run(["protocol", "check", "--json", &file]);
        assert_eq!(found.code, Some(1));
        let json = found.json();
        assert_eq!(json["holds"], false);
        assert_eq!(json["faults"].as_array().unwrap().len(), run.out.lines().count());
        assert!(json["faults"][0]["line"].as_u64().is_some() && json["faults"][0]["says"].as_str().is_some());
    }
}

#[test]
fn a_protocol_that_holds_is_said_to_hold_in_json() {
    let json = Home::new().run(["protocol", "check", "--json", "pain-iv-60"]).json();
    assert_eq!((&json["holds"], json["fingerprint"].as_str().unwrap().len()), (&true.into(), 64));
}

#[test]
fn a_file_that_cannot_be_read_is_trouble_and_not_a_fault_in_it() {
    let home = Home::new();
    let unknown = home.run(["protocol", "check", "nothing\x1b[2J.toml"]);
    let sentence = "there is no protocol \"nothing.toml\": name a file, or one of standard-iv-40, pain-iv-60, intramuscular, esketamine-nasal";
    assert_eq!(unknown.sentence(3), sentence);
    assert!(home.run(["protocol", "show", "."]).sentence(3).contains("cannot be read"));
    home.file("latin.toml", "");
    fs::write(home.base.path().join("latin.toml"), b"name = \"\xe9\"").unwrap();
    assert!(home.run(["protocol", "check", "latin.toml"]).sentence(3).contains("not UTF-8"));
    home.file("long.toml", &"#".repeat(300_000));
    assert!(home.run(["protocol", "check", "long.toml"]).sentence(3).contains("more than"));
}

#[test]
fn the_page_is_of_the_protocol_asked_for_else_of_the_rooms() {
    let home = Home::new();
    assert!(home.run(["protocol", "show"]).fine().contains("Standard IV, 40 minutes"));
    assert!(home.run(["protocol", "show", "pain-iv-60"]).fine().contains("60 min"));
    assert!(home.run(["--protocol", "pain-iv-60", "protocol", "show"]).fine().contains("60 min"));
    home.file(".config/bedside/ours.toml", &shipped("pain-iv-60").unwrap().replacen("name = \"", "name = \"Ours: ", 1));
    home.file(".config/bedside/bedside.toml", "protocol = \"ours.toml\"");
    assert!(home.run(["protocol", "show"]).fine().contains("Ours: "), "beside the configuration");
    assert!(home.run(["protocol", "show", "--protocol", "standard-iv-40"]).fine().contains("Standard IV, 40 minutes"));
    let json = home.run(["protocol", "show", "--json"]).json();
    assert_eq!(json["infusion"]["duration_min"], 60);
}

#[test]
fn a_wrong_protocol_is_trouble_where_it_is_needed() {
    let home = Home::new();
    let file = invalid("lists-that-are-none");
    let run = home.run(["protocol", "show", "--protocol", &file]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.lines().all(|line| line.starts_with(&file)), "{}", run.err);
}

#[test]
fn what_is_no_fault_is_warned_of() {
    let home = Home::new();
    let text = shipped("standard-iv-40").unwrap().replace("look_every_min = 5", "look_every_min = 2");
    home.file("ours.toml", &text);
    let said = home.run(["protocol", "check", "ours.toml"]).fine().to_owned();
    assert!(said.contains("ours.toml:42:18: warning: look_every_min is 2"), "{said}");
    assert!(said.contains("no fault found, 1 warning"), "{said}");
    let json = home.run(["protocol", "check", "--json", "ours.toml"]).json();
    assert_eq!((&json["holds"], &json["warnings"][0]["line"]), (&true.into(), &42.into()));
}

#[test]
fn a_simulation_says_what_would_be_asked_when_and_how_often() {
    let home = Home::new();
    let mut all = String::new();
    for name in ["standard-iv-40", "intramuscular", "esketamine-nasal"] {
        let said = home.run(["protocol", "simulate", name]).fine().to_owned();
        // The fingerprint changes with every comment.
        let said: Vec<&str> = said.lines().filter(|line| !line.starts_with("SHA-256")).collect();
        all.push_str(&said.join("\n"));
        all.push_str("\n\n");
    }
    insta::assert_snapshot!(all);
    // Its infusion is not over when the scripted sitter says that the pump stopped.
    let other = home.run(["protocol", "simulate", "pain-iv-60"]);
    assert_eq!(other.code, Some(1));
    assert!(other.out.contains("its keys are written for standard-iv-40"), "{}", other.out);
}

#[test]
fn a_simulation_in_json_has_the_same_figures_and_leaves_no_record() {
    let home = Home::new();
    let json =
        home.run(["protocol", "simulate", "esketamine-nasal", "--rehearsal", "esketamine-visit", "--json"]).json();
    let asked = json["asked"].as_array().unwrap();
    let low = asked.iter().filter(|asked| asked["priority"] == "low").count();
    assert_eq!(json["often"]["low"]["count"], low);
    assert!(asked.iter().any(|asked| asked["says"] == "vital signs at START+40" && asked["t_plus_min"] == 40));
    assert!(home.run(["sessions"]).fine().contains("no sessions yet"));
    assert_eq!(home.run(["protocol", "simulate", "esketamine-nasal", "--rehearsal", "none"]).code, Some(2));
}

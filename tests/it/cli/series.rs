//! `bedside series`: one patient's visits, and nobody else's.

use super::*;

/// Two visits of one patient, one of another of the same name, and one that nothing tells apart.
fn four(home: &Home) {
    for (number, day, code) in [("1109-1", -14, "A17"), ("1112-1", -11, "A17"), ("1113-1", -10, "B2")] {
        home.save(&Visit::open(number, "Ana Ruiz", OPENED + day * DAY_MS).described(code).left());
    }
    home.save(&Visit::open("1114-1", "Ana Ruiz", OPENED - 9 * DAY_MS).left());
}

#[test]
fn a_code_is_one_patient_and_a_name_may_be_several() {
    let home = Home::new();
    four(&home);
    let run = home.run(["series", "a17"]);
    let printed = run.fine();
    assert!(printed.contains("Ana Ruiz, code A17: 2 sessions"), "{printed}");
    assert!(printed.contains("1109-1") && printed.contains("1112-1") && printed.contains("3 days later"), "{printed}");
    assert!(!printed.contains("1113-1") && !printed.contains("1114-1"), "{printed}");
    assert!(printed.contains("Another session of the same name"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    let run = home.run(["series", "Ana Ruiz"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.is_empty(), "{}", run.out);
    for listed in ["code A17: 2 sessions", "code B2: 1 session", "neither code nor date of birth: 1 session"] {
        assert!(run.err.contains(listed), "{}", run.err);
    }
}

#[test]
fn a_program_reads_the_same() {
    let home = Home::new();
    four(&home);
    let run = home.run(["series", "A17", "--json"]);
    let value: serde_json::Value = serde_json::from_str(run.fine()).unwrap();
    assert_eq!(value["infusions"], 2);
    assert_eq!(value["patient"]["code"], "A17");
    assert_eq!(value["visits"][1]["gap_days"], 3);
    let run = home.run(["series", "Ana Ruiz", "--json"]);
    assert_eq!(run.code, Some(1));
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(value["candidates"].as_array().map(Vec::len), Some(3));
    let run = home.run(["series", "nobody"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("No session of nobody"), "{}", run.err);
}

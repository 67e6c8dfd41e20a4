//! `bedside when`: the guidance without a session, exact for a program, rounded up for a person.

use chrono::DateTime;
use serde_json::Value;

use super::*;

const FORTY: &str = "2026-11-23T14:02:00-05:00,2026-11-23T14:42:00-05:00,36";

fn answer(home: &Home, arguments: &[&str]) -> Value {
    let mut all = vec!["when", "--json"];
    all.extend(arguments);
    serde_json::from_str(home.run(&all).fine()).expect("JSON")
}

#[test]
fn a_program_reads_exact_times_in_the_zone_and_what_is_left() {
    let home = Home::new();
    let at = ["--at", "2026-11-23T14:42:00-05:00", "--at", "2026-11-23T14:22:00-05:00", "--at", "2026-11-23T22:42:00Z"];
    let found = answer(&home, &[&["--segment", FORTY, "--zone", "Europe/London"][..], &at].concat());
    assert_eq!(found["infusion_end"], "2026-11-23T19:42:00+00:00");
    assert_eq!(found["expected_baseline"], "2026-11-23T22:42:00+00:00");
    assert_eq!(found["no_driving_until"], "2026-11-24T07:42:00+00:00");
    assert_eq!(found["half_life_h"], 2.2);
    let amounts = found["amounts"].as_array().expect("a list");
    let left = |index: usize| amounts[index]["amount_mg"].as_f64().expect("a number");
    assert!((left(0) - 36.0 * 0.901_960_370_633).abs() < 1e-9);
    assert_eq!(amounts[0]["share_of_end"], 1.0);
    // In their order: the second is before the end.
    assert_eq!(amounts[1]["share_of_end"], Value::Null);
    assert!(left(1) > 15.0 && left(1) < 18.0);
    let share = amounts[2]["share_of_end"].as_f64().expect("a number");
    assert!((share - (-3.0f64 / 2.2).exp2()).abs() < 1e-12);
}

#[test]
fn fractions_overlaps_and_old_offsets_stay_exact() {
    let home = Home::new();
    let found = answer(
        &home,
        &[
            "--segment",
            "1900-01-01T00:00:00.25Z,1900-01-01T00:30:00.125Z,20",
            "--segment",
            "1900-01-01T00:10:00Z,1900-01-01T00:40:00.5Z,10",
            "--zone",
            "America/New_York",
        ],
    );
    for (key, expected) in [
        ("infusion_end", "1900-01-01T00:40:00.500Z"),
        ("expected_baseline", "1900-01-01T03:40:00.500Z"),
        ("no_driving_until", "1900-01-01T12:40:00.500Z"),
    ] {
        let moment = DateTime::parse_from_rfc3339(found[key].as_str().expect("a time")).expect("RFC 3339");
        assert_eq!(moment, DateTime::parse_from_rfc3339(expected).unwrap(), "{key}");
    }
}

#[test]
fn a_person_reads_the_minute_after_and_what_it_is_not() {
    let home = Home::new();
    let segment = "2026-11-23T14:02:00-05:00,2026-11-23T14:42:00.001-05:00,36";
    let run = home.run(["when", "--segment", segment, "--at", "2026-11-23T17:42:00-05:00"]);
    let said = run.fine();
    for text in [
        "END: Monday 23 November 2026, 14:42",
        "about 17:43 (how patients feel, not clearance)",
        "No driving before Tuesday 24 November 02:43 (12 h after END)",
        "Not before the morning, after a night's sleep",
        "the clinician sets the driving time",
        "39 % of the amount at END",
        "not a measure of fitness",
    ] {
        assert!(said.contains(text), "{text}: {said}");
    }
}

/// Against a table that another program made: each change of the clocks of ten years in five zones.
#[test]
fn twelve_elapsed_hours_agree_with_an_independent_table() {
    let home = Home::new();
    let table = include_str!("../../tables/no_driving.csv");
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect()).collect();
    assert!(rows.len() > 500, "{}", rows.len());
    let protocol = Protocol::load(shipped("standard-iv-40").unwrap()).unwrap();
    for row in &rows {
        let [zone, end, expected] = row[..] else { panic!("{row:?}") };
        let to = DateTime::parse_from_rfc3339(end).unwrap().to_utc();
        let given = bedside::guidance::Given { from: to - chrono::TimeDelta::minutes(40), to, dose_mg: 36.0 };
        let zone = bedside::zones::load_zone(Some(zone)).unwrap();
        let found = bedside::guidance::when(&protocol, &[given], &[], &zone).unwrap();
        let local = zone.local(found.no_driving_until.timestamp_millis());
        assert_eq!(local.to_rfc3339(), expected, "{row:?}");
    }
    // And one of them through the program.
    let [zone, end, expected] = rows[0][..] else { panic!("{:?}", rows[0]) };
    let found = answer(&home, &["--segment", &format!("2026-01-01T00:00:00Z,{end},1"), "--zone", zone]);
    assert_eq!(found["no_driving_until"], expected);
}

#[test]
fn what_cannot_be_meant_says_what_to_write() {
    let home = Home::new();
    let backwards = "2026-11-23T14:42:00-05:00,2026-11-23T14:02:00-05:00,36";
    let end_of_days = "9999-12-31T00:00:00Z,9999-12-31T23:59:59Z,36";
    for (arguments, says) in [
        (&["--segment", "14:02,14:42,36"][..], "2026-11-23T14:02:00-05:00"),
        (&["--segment", "x"], "START,END,MG"),
        (&["--segment", &FORTY.replace(",36", ",0")], "no dose"),
        (&["--segment", &FORTY.replace(",36", ",NaN")], "no dose"),
        (&["--segment", &FORTY.replace(",36", ",-3")], "no dose"),
        (&["--segment", &FORTY.replace(",36", ",1001")], "no dose"),
        (&["--segment", backwards], "END is not after START"),
        (&["--segment", FORTY, "--zone", "America/Gotham"], "no time zone"),
        (&["--segment", FORTY, "--at", "soon"], "2026-11-23T14:02:00-05:00"),
        (&["--segment", FORTY, "--at", "9999-12-31T23:59:59-12:00"], "calendar"),
        (&[], "--segment"),
    ] {
        let run = home.run([&["when"][..], arguments].concat());
        assert_eq!(run.code, Some(2), "{arguments:?} {}", run.err);
        assert!(run.err.contains(says), "{arguments:?} {}", run.err);
    }
    let run = home.run(["when", "--segment", end_of_days]);
    assert!(run.code == Some(2) && run.err.contains("calendar"), "{:?} {}", run.code, run.err);
}

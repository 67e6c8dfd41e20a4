//! Protocol files: the shipped ones load, every wrong one is refused with all its faults, and nothing panics.

mod changes;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bedside::protocol::{FaultKind, MAX_BYTES, Origin, Priority, Protocol, SHIPPED, Vital, shipped};
use bedside::words;
use proptest::prelude::*;

/// The TOML files of a folder under tests/protocols, by name.
fn files(folder: &str) -> BTreeMap<String, String> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "protocols", folder].iter().collect();
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.insert(name(&path), fs::read_to_string(&path).expect("UTF-8"));
        }
    }
    files
}

fn name(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

fn sentences(text: &str) -> Vec<String> {
    match Protocol::load(text) {
        Ok(_) => vec!["loads".to_owned()],
        Err(faults) => faults.iter().map(words::fault_line).collect(),
    }
}

fn standard() -> &'static str {
    shipped("standard-iv-40").expect("it is shipped")
}

#[test]
fn every_shipped_protocol_loads() {
    for (name, text) in SHIPPED {
        assert_eq!(sentences(text), ["loads"], "{name}");
        let protocol = Protocol::load(text).expect("it loads");
        assert_eq!(protocol.text, *text);
        assert_eq!(protocol.fingerprint.len(), 64);
        assert!(protocol.approval.is_none(), "{name}: only a clinic's own copy can be approved");
    }
    assert!(shipped("nothing").is_none());
}

#[test]
fn the_standard_protocol_says_what_the_file_says() {
    let protocol = Protocol::load(standard()).expect("it loads");
    assert_eq!(protocol.infusion.duration_min, 40);
    assert_eq!(protocol.schedule.after_end_min, [15, 30]);
    assert_eq!(protocol.limits[&Vital::Systolic].call_at_least, Some(180));
    assert_eq!(protocol.before_start[&Vital::Diastolic].notify_at_least, Some(90));
    assert_eq!(protocol.discharge.no_driving_h, 12);
    let mild = protocol.responses.iter().find(|response| response.id == "anxiety-mild").expect("it is there");
    assert_eq!(mild.priority, Priority::Prompt);
    for (path, origin) in [
        ("limits.systolic.call_at_least", Origin::Published),
        ("before_start.systolic.call_at_least", Origin::Default),
        ("response.nausea.look_again_min", Origin::Default),
        ("response.nausea.at_least", Origin::Published),
        ("response.challenging.say", Origin::Clinic),
        ("gate.oriented.say", Origin::Default),
        ("response.ondansetron-look-again.after_min", Origin::Published),
        ("after_care.1.say", Origin::Clinic),
        ("discharge.no_driving_h", Origin::Clinic),
        ("schedule.required", Origin::Default),
    ] {
        assert_eq!(protocol.origins.get(path), Some(&origin), "{path}");
    }
}

#[test]
fn the_pain_protocol_differs_in_duration_and_interval_only() {
    let standard = Protocol::load(standard()).expect("it loads");
    let mut pain = Protocol::load(shipped("pain-iv-60").expect("it is shipped")).expect("it loads");
    assert_eq!((pain.infusion.duration_min, pain.schedule.every_min), (60, 15));
    pain.name.clone_from(&standard.name);
    pain.infusion = standard.infusion.clone();
    pain.schedule.every_min = standard.schedule.every_min;
    pain.text.clone_from(&standard.text);
    pain.fingerprint.clone_from(&standard.fingerprint);
    assert_eq!(pain, standard);
}

#[test]
fn valid_files_load() {
    let files = files("valid");
    assert!(!files.is_empty());
    for (name, text) in files {
        assert_eq!(sentences(&text), ["loads"], "{name}");
    }
}

#[test]
fn line_ends_of_windows_load() {
    assert_eq!(sentences(&standard().replace('\n', "\r\n")), ["loads"]);
}

#[test]
fn invalid_files_are_refused_with_all_their_faults() {
    let mut all = String::new();
    for (name, text) in files("invalid") {
        writeln!(all, "{name}").expect("a String takes it");
        for sentence in sentences(&text) {
            writeln!(all, "    {sentence}").expect("a String takes it");
        }
    }
    insta::assert_snapshot!(all);
}

/// The standard protocol with one change, at the first place that is no comment.
fn changed(from: &str, to: &str) -> String {
    let text = standard();
    let is_comment = |at: usize| text[..at].rsplit('\n').next().is_some_and(|line| line.starts_with('#'));
    let places = text.match_indices(from).map(|(at, _)| at);
    let at = places.into_iter().find(|at| !is_comment(*at)).unwrap_or_else(|| panic!("{from} is not there"));
    format!("{}{to}{}", &text[..at], &text[at + from.len()..])
}

#[test]
fn a_change_that_is_wrong_is_refused() {
    let mut all = String::new();
    for (index, (from, to)) in changes::changes().into_iter().enumerate() {
        let sentences = sentences(&changed(from, to));
        assert_ne!(sentences, ["loads"], "{index}: {to}");
        writeln!(all, "{} -> {}", from.escape_debug(), to.escape_debug()).expect("a String takes it");
        for sentence in sentences {
            writeln!(all, "    {sentence}").expect("a String takes it");
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_shipped_protocols_hold_nothing_to_warn_of() {
    for (name, text) in SHIPPED {
        let (_, warnings) = Protocol::lint(text).expect("it loads");
        assert_eq!(warnings.iter().map(words::warning_line).collect::<Vec<_>>(), [""; 0], "{name}");
    }
}

#[test]
fn a_change_to_know_of_is_warned_of() {
    let mut all = String::new();
    for (from, to) in changes::changes_to_know_of() {
        let (_, warnings) = Protocol::lint(&changed(from, to)).unwrap_or_else(|faults| panic!("{to}: {faults:?}"));
        assert!(!warnings.is_empty(), "{to}");
        writeln!(all, "{} -> {}", from.escape_debug(), to.escape_debug()).expect("a String takes it");
        for warning in &warnings {
            writeln!(all, "    {}", words::warning_line(warning)).expect("a String takes it");
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_text_too_long_and_a_file_too_long_are_refused() {
    let long = standard().replace("Oriented: name, place, day", &"ä".repeat(501));
    let faults = Protocol::load(&long).expect_err("refused");
    assert!(matches!(faults[0].what, FaultKind::TextTooLong { found: 501, .. }), "{faults:?}");
    let huge = format!("{}#{}", standard(), "x".repeat(MAX_BYTES));
    let faults = Protocol::load(&huge).expect_err("refused");
    assert!(matches!(faults[0].what, FaultKind::FileTooLong { .. }), "{faults:?}");
}

#[test]
fn a_file_of_other_keys_stops_soon() {
    let other = (0..20_000).map(|n| format!("k{n} = 1")).collect::<Vec<_>>().join("\n");
    let faults = Protocol::load(&other).expect_err("refused");
    assert!(faults.len() <= 60, "{}", faults.len());
    assert!(faults.iter().any(|fault| fault.what == FaultKind::More));
}

#[test]
fn a_column_counts_characters_and_no_byte_order_mark() {
    let faults = Protocol::load("\u{feff}format = 1\nname = \"äöü\" x").expect_err("refused");
    assert_eq!((faults[0].line, faults[0].column), (2, 14));
    let faults = Protocol::load("\u{feff}unknown = 1").expect_err("refused");
    let unknown = faults.iter().find(|fault| matches!(fault.what, FaultKind::UnknownKey { .. })).expect("it is named");
    assert_eq!((unknown.line, unknown.column), (1, 1));
}

#[test]
fn the_page_is_one_that_a_clinician_can_sign() {
    let page = words::protocol_page(&Protocol::load(standard()).expect("it loads"));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "no line is wider than 80 columns");
    insta::assert_snapshot!(page);
}

#[test]
fn an_approved_protocol_names_its_clinician_on_the_page() {
    let text = standard()
        .replace("approved_by = \"\"\non = \"\"", "approved_by = \"Dr. Ana Ruiz\"\non = \"23 November 2026\"");
    let page = words::protocol_page(&Protocol::load(&text).expect("it loads"));
    assert!(page.contains("Approved by Dr. Ana Ruiz, 23 November 2026"));
    assert!(!page.contains("NOT APPROVED"));
}

/// Nothing that a terminal obeys may come out of a sentence, whatever stood in the file.
fn printable(sentence: &str) -> bool {
    !sentence.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

fn loads_without_panic(text: &str) {
    if let Err(faults) = Protocol::load(text) {
        assert!(!faults.is_empty());
        assert!(faults.is_sorted_by_key(|fault| (fault.line, fault.column)));
        for fault in &faults {
            assert!(fault.line >= 1 && fault.column >= 1);
            assert!(printable(&words::fault_line(fault)), "{fault:?}");
            assert!(!words::fault(fault).starts_with("this is wrong"), "{fault:?} has no sentence of its own");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_loads_or_is_refused(text in any::<String>()) {
        loads_without_panic(&text);
    }

    #[test]
    fn toml_like_text_loads_or_is_refused(
        text in "((\\[{1,2}(response|limits|origin|limits\\.spo2|drug|gate|origin\\.limits)\\]{1,2}|(id|when|say|origin|steps|name|limits)( = |\\.)(\"\\PC{0,4}\"|[0-9]{1,22}|\\{ (seen|at_least) = (1|\"x\") \\}|\\[1, \\{\\}\\]|spo2 = 3))\n){0,12}"
    ) {
        loads_without_panic(&text);
    }

    #[test]
    fn a_damaged_shipped_protocol_loads_or_is_refused(
        which in 0..SHIPPED.len(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = SHIPPED[which].1.as_bytes().to_vec();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
        }
        loads_without_panic(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_shipped_protocol_without_some_lines_loads_or_is_refused(
        which in 0..SHIPPED.len(),
        from in any::<prop::sample::Index>(),
        count in 1..40_usize,
    ) {
        let lines: Vec<&str> = SHIPPED[which].1.lines().collect();
        let from = from.index(lines.len());
        let kept: Vec<&str> =
            lines.iter().enumerate().filter(|(n, _)| !(from..from + count).contains(n)).map(|(_, line)| *line).collect();
        loads_without_panic(&kept.join("\n"));
    }
}

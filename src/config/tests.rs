//! Configurations that are read, and those that are refused with their place.

use super::*;

const WHOLE: &str = r#"
room = "Room 2"
station = "room-2"
time_zone = "America/New_York"
clock = "12h"
protocol = "standard-iv-40"
clinic_number = "555 0100"
crisis_number = "988"
bell = true

[[sitter]]
id = "jd"
name = "J. Doe"

[[sitter]]
id = "mk"
name = "M. Kern"

[[clinician]]
id = "ar"
name = "Dr. Ana Ruiz"
extension = "214"

[call]
ladder = ["ar", "Front desk, 201", "911"]
emergency = "dial 9, then the public number"
"#;

fn sentences(text: &str) -> String {
    words::faults_of_config("bedside.toml", &Config::parse(text).expect_err("refused"))
}

#[test]
fn everything_is_optional_and_everything_is_read() {
    assert_eq!(Config::parse("").unwrap(), Config::default());
    assert_eq!(Config::default().clock, ClockStyle::H24);
    let config = Config::parse(WHOLE).unwrap();
    assert_eq!(config.room.as_deref(), Some("Room 2"));
    assert_eq!(config.station.as_deref(), Some("room-2"));
    assert_eq!(config.clock, ClockStyle::H12);
    assert_eq!(config.protocol.as_deref(), Some(Path::new("standard-iv-40")));
    assert_eq!(config.sitters[1], Person { id: "mk".into(), name: "M. Kern".into() });
    assert_eq!(config.clinicians[0].extension.as_deref(), Some("214"));
    assert_eq!(config.clinic_number.as_deref(), Some("555 0100"));
    assert!(config.bell && !Config::default().bell);
    let ladder = config.ladder();
    let rungs: Vec<String> = ladder.rungs.iter().map(Rung::shown).collect();
    assert_eq!(rungs, ["Dr. Ana Ruiz, 214", "Front desk, 201", "911"]);
    assert_eq!(ladder.emergency.as_deref(), Some("dial 9, then the public number"));
    assert_eq!(config.crisis_number.as_deref(), Some("988"));
    assert_eq!(config.zone().unwrap().name(), Some("America/New_York"));
}

#[rstest::rstest]
#[case::unknown_key("rooms = \"2\"", "bedside.toml:1:1: \"rooms\" is not known here: write one of room,")]
#[case::wrong_type("room = \"2\"\nstation = 7", "bedside.toml:2:11: station is written as integer `7`: write text")]
#[case::clock("clock = \"13h\"", "bedside.toml:1:9: clock is \"13h\": write one of 24h, 12h")]
#[case::zone("time_zone = \"America/New_Yrok\"", "bedside.toml:1:13: there is no time zone \"America/New_Yrok\"")]
#[case::nameless("[[sitter]]\nid = \"jd\"", "bedside.toml:1:1: name is missing in [sitter]: add it")]
#[case::twice(
    "[[sitter]]\nid = \"jd\"\nname = \"J\"\n[[sitter]]\nid = \"jd\"\nname = \"K\"",
    "bedside.toml:5:6: sitter.id \"jd\" stands on line 2 already"
)]
#[case::escape("room = \"a\\u001b[31m\"", "bedside.toml:1:8: room contains the character U+001B")]
#[case::empty("[call]\nladder = [\"\"]", "bedside.toml:2:11: call.ladder is empty")]
#[case::no_toml("room = ", "bedside.toml:1:8: this is not TOML")]
fn what_is_wrong_is_named_with_its_place(#[case] text: &str, #[case] begins: &str) {
    let sentences = sentences(text);
    assert!(sentences.starts_with(begins), "{sentences}");
    assert!(!sentences.contains("protocols shipped"), "{sentences}");
}

#[test]
fn all_faults_are_named_at_once() {
    assert_eq!(sentences("clock = \"1\"\nx = 2\nroom = 3").lines().count(), 3);
    assert!(sentences(&" ".repeat(MAX_BYTES + 1)).contains("262145 bytes"));
}

#[test]
fn a_protocol_file_is_looked_for_beside_the_configuration() {
    let base = tempfile::tempdir().unwrap();
    let path = base.path().join("bedside.toml");
    std::fs::write(&path, "protocol = \"ours.toml\"").unwrap();
    assert_eq!(Config::load(Some(&path)).unwrap().protocol, Some(base.path().join("ours.toml")));
    std::fs::write(&path, "protocol = \"pain-iv-60\"").unwrap();
    assert_eq!(Config::load(Some(&path)).unwrap().protocol, Some(PathBuf::from("pain-iv-60")));
}

#[test]
fn a_named_configuration_must_be_there() {
    let trouble = Config::load(Some(Path::new("/no/such/bedside.toml"))).unwrap_err();
    assert!(trouble.to_string().contains("--config"), "{trouble}");
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Config::load(Some(folder.path())), Err(ConfigTrouble::Unreadable { .. })));
}

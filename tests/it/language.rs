//! The words of `when`, one table: a response, what is pressed, and when it speaks.

use bedside::protocol::Protocol;
use bedside::session::Event;
use bedside::words::fault_line;
use rstest::rstest;

use crate::sim::{AFTERNOON_MS, Sim, minutes, settings};

/// A protocol with one response of medium priority, and what every protocol with readings needs.
fn protocol(when: &str, more: &str, origin: &str) -> Protocol {
    let text = format!(
        "{}
[[response]]
id = \"asked\"
when = {{ {when} }}
priority = \"medium\"
say = \"Asked\"
steps = [\"Done\"]
{more}
origin = {{ say = \"default\", {origin} }}

[[response]]
id = \"pain\"
when = {{ observation = \"pain\", at_least = 1 }}
say = \"Pain\"
steps = [\"Done\"]
origin = {{ say = \"default\", at_least = \"default\" }}

[[response]]
id = \"unobtainable\"
when = {{ vital = \"any\", reaches = \"unobtainable\" }}
priority = \"high\"
say = \"Look\"
steps = [\"Looked\"]
origin = {{ say = \"default\" }}
",
        include_str!("../protocols/valid/nasal-minimal.toml").replace("route = \"nasal\"", "route = \"iv\"")
    );
    Protocol::load(&text).unwrap_or_else(|faults| {
        panic!("{when}: {:?}", faults.iter().map(fault_line).collect::<Vec<_>>());
    })
}

/// Plays keys (`+5`: five minutes pass) after the baseline 120/80 and the start, and says when the response was raised:
/// whole minutes since the start.
fn raised(protocol: Protocol, keys: &[&str]) -> Vec<i64> {
    let mut sim = Sim::starting(bedside::console::Settings { protocol, ..settings() }, (80, 24), AFTERNOON_MS);
    sim.open();
    for key in keys {
        match key.strip_prefix('+') {
            Some("0.5") => sim.advance(minutes(1) / 2),
            Some(min) => sim.advance(minutes(min.parse().expect("minutes"))),
            None => sim.press(key),
        };
    }
    let session = sim.session();
    let rows = session.rows().filter(
        |row| matches!(row.event, Event::PromptRaised { prompt, .. } if prompt.rule == "asked" && prompt.round == 0),
    );
    rows.map(|row| session.state().infusion.t_plus_min(row.item.at.session_ms).unwrap_or(-1)).collect()
}

/// The baseline and the start, and half a minute: what is read in the minute of the start is a baseline too.
const BEGIN: &[&str] = &["v120/80 70 98 14<enter>", "ss<enter>", "+0.5"];

#[rstest]
// A vital sign by its own values.
#[case("vital = \"systolic\", at_least = 150", "at_least", &["+1", "v149/80<enter>", "+1", "v150/80<enter>"], &[2])]
#[case("vital = \"heart_rate\", at_most = 50", "at_most", &["+1", "v120/80 51<enter>", "+1", "v120/80 50<enter>"], &[2])]
#[case("vital = \"systolic\", at_least = 90, at_most = 100", "at_least at_most", &["v89/50<enter>", "v101/50<enter>", "+1", "v95/50<enter>"], &[1])]
// From the baseline of 120/80.
#[case("vital = \"systolic\", over_baseline = 30", "over_baseline", &["v149/80<enter>", "+1", "v150/80<enter>"], &[1])]
#[case("vital = \"diastolic\", over_baseline_percent = 25", "over_baseline_percent", &["v120/99<enter>", "+1", "v120/100<enter>"], &[1])]
#[case("vital = \"systolic\", under_baseline = 20", "under_baseline", &["v101/80<enter>", "+1", "v100/80<enter>"], &[1])]
#[case("vital = \"systolic\", under_baseline_percent = 20", "under_baseline_percent", &["v97/70<enter>", "+1", "v96/70<enter>"], &[1])]
#[case("vital = \"systolic\", over_baseline = 30, at_least = 160", "over_baseline at_least", &["v155/80<enter>", "+1", "v160/80<enter>"], &[1])]
#[case("vital = \"spo2\", under_baseline = 4", "under_baseline", &["v120/80 70 95<enter>", "+1", "v120/80 70 94<enter>"], &[1])]
// Sustained: for minutes, over readings running; a value outside begins anew.
#[case("vital = \"systolic\", at_least = 150, for_min = 5", "at_least for_min", &["v155/80<enter>", "+4", "v155/80<enter>", "+4"], &[5])]
#[case("vital = \"systolic\", at_least = 150, for_min = 5", "at_least for_min", &["v155/80<enter>", "+4", "v140/80<enter>", "v155/80<enter>", "+4"], &[])]
#[case("vital = \"systolic\", at_least = 150, readings = 2", "at_least readings", &["v155/80<enter>", "+1", "v140/80<enter>", "+1", "v155/80<enter>", "+1", "v152/80<enter>"], &[3])]
#[case("observation = \"anxiety\", at_least = 4, readings = 3", "at_least readings", &["a5", "+3", "a5", "+3", "a4", "+3"], &[6])]
// A grade from the one before the start: there was none, so it does not speak.
#[case("observation = \"anxiety\", over_baseline = 2", "over_baseline", &["a9", "+3"], &[])]
// The phase in which it was observed.
#[case("observation = \"nausea\", at_least = 1, phase = [\"recovery\"]", "at_least", &["n2", "+5", "se<enter>", "+1", "n2"], &[6])]
#[case("observation = \"nausea\", at_least = 1, phase = [\"infusion\"]", "at_least", &["+5", "se<enter>", "n2", "+5"], &[])]
#[case("seen = \"restless\", phase = [\"recovery\"]", "", &["wr", "+5", "se<enter>", "+1", "wr"], &[6])]
// Since a drug: the name in any case; after its last giving.
#[case("observation = \"nausea\", at_least = 1, since = { drug = \"ondansetron\", after_min = 3 }", "at_least since", &["n1", "gOndansetron<tab>4 mg<tab>B<tab>B<enter>", "+2", "n1", "+1", "n1"], &[3])]
#[case("observation = \"nausea\", at_least = 1, since = { drug = \"ondansetron\", within_min = 3 }", "at_least since", &["gondansetron<tab>4 mg<tab>B<tab>B<enter>", "+4", "n1", "gondansetron<tab>4 mg<tab>B<tab>B<enter>", "+3", "n1"], &[7])]
#[case("observation = \"nausea\", at_least = 1, since = { drug = \"ondansetron\" }", "at_least", &["n1", "+1", "gother<tab>4 mg<tab>B<tab>B<enter>", "+1", "n1"], &[])]
// Since a response: answered, not declined.
#[case("observation = \"anxiety\", at_least = 1, since = { response = \"pain\", after_min = 2 }", "at_least since", &["p5", "+1", "1", "+1", "a3", "+1", "a3"], &[3])]
#[case("observation = \"anxiety\", at_least = 1, since = { response = \"pain\" }", "at_least", &["p5", "+1", "0", "<esc>", "+1", "a3"], &[])]
// What is known beforehand.
#[case("observation = \"nausea\", at_least = 1, history = \"nausea\"", "at_least", &["n1", "+2", "i<up>n<enter>", "+1"], &[2])]
#[case("history = \"anxiety\"", "", &["+1", "i<up>n<enter>", "+1", "i<up>na<enter>", "+1"], &[2])]
#[case("history = \"nausea\", phase = [\"preparation\"]", "", &["+1", "i<up>n<enter>", "+1"], &[])]
fn a_response_speaks(#[case] when: &str, #[case] origins: &str, #[case] keys: &[&str], #[case] at: &[i64]) {
    let origin: Vec<String> = origins.split_whitespace().map(|key| format!("{key} = \"default\"")).collect();
    let keys: Vec<&str> = BEGIN.iter().chain(keys).copied().collect();
    assert_eq!(raised(protocol(when, "", &origin.join(", ")), &keys), at, "{when}");
}

#[rstest]
// Without hysteresis each return is a new finding.
#[case("", &["a7", "+1", "a6", "+1", "a7"], &[0, 2])]
// With it the finding holds until 4.
#[case("clears = { at_most = 4 }", &["a7", "+1", "a6", "+1", "a7", "+1", "a4", "+1", "a7"], &[0, 4])]
#[case("clears = { readings = 2 }", &["a7", "+1", "a3", "+1", "a7", "+1", "a3", "+1", "a3", "+1", "a7"], &[0, 5])]
#[case("clears = { at_most = 4, readings = 2 }", &["a7", "+1", "a4", "+1", "a6", "+1", "a4", "+1", "a7", "+1", "a4", "+1", "a3", "+1", "a7"], &[0, 7])]
fn a_finding_clears(#[case] clears: &str, #[case] keys: &[&str], #[case] at: &[i64]) {
    let origin =
        if clears.is_empty() { "at_least = \"default\"" } else { "at_least = \"default\", clears = \"default\"" };
    // Each is acknowledged at once, so that the next one is not taken for the same alarm standing.
    let keys: Vec<String> = BEGIN
        .iter()
        .chain(keys)
        .map(|key| if key.starts_with('a') { format!("{key}+k") } else { (*key).to_owned() })
        .collect();
    let keys: Vec<&str> = keys
        .iter()
        .flat_map(|key| match key.split_once("+k") {
            Some((grade, _)) => vec![grade, "k"],
            None => vec![key.as_str()],
        })
        .collect();
    assert_eq!(raised(protocol("observation = \"anxiety\", at_least = 7", clears, origin), &keys), at, "{clears}");
}

#[test]
fn a_grade_is_counted_from_the_last_one_before_the_start() {
    let when = "observation = \"anxiety\", over_baseline = 2";
    let keys =
        ["v120/80 70 98 14<enter>", "a3", "+1", "a9", "+1", "a4", "+1", "ss<enter>", "+1", "a5", "+1", "a6", "+1"];
    assert_eq!(raised(protocol(when, "", "over_baseline = \"default\""), &keys), [2]);
}

#[test]
fn what_counts_from_the_baseline_does_not_speak_before_the_start() {
    let keys = ["v120/80 70 98 14<enter>", "+1", "v160/80<enter>", "+1"];
    let when = "vital = \"systolic\", over_baseline = 30";
    assert_eq!(raised(protocol(when, "", "over_baseline = \"default\""), &keys), [] as [i64; 0]);
}

//! Times as they are read: both styles, the night of a change, deadlines rounded up.

use bedside::session::{PumpAct, Zone};
use bedside::words::{self, ClockStyle};

use crate::visit::{OPENED_UTC_MS, Visit, new_york};

const H12: ClockStyle = ClockStyle::H12;
const H24: ClockStyle = ClockStyle::H24;
const MIN: i64 = 60_000;

fn utc(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().expect("a time").as_millisecond()
}

#[rstest::rstest]
#[case::afternoon("2026-11-23T19:05:09Z", "2:05 pm", "14:05")]
#[case::never_rounded_up("2026-11-23T19:05:59.999Z", "2:05 pm", "14:05")]
#[case::midnight("2026-11-24T05:00:00Z", "12:00 am", "00:00")]
#[case::noon("2026-11-23T17:00:00Z", "12:00 pm", "12:00")]
#[case::summer("2026-07-01T18:05:00Z", "2:05 pm", "14:05")]
#[case::before_the_hour_twice("2026-11-01T05:30:00Z", "1:30 am", "01:30")]
#[case::the_hour_once_more("2026-11-01T06:30:00Z", "1:30 am", "01:30")]
#[case::before_the_gap("2026-03-08T06:59:00Z", "1:59 am", "01:59")]
#[case::after_the_gap("2026-03-08T07:00:00Z", "3:00 am", "03:00")]
fn clock(#[case] at: &str, #[case] twelve: &str, #[case] twenty_four: &str) {
    let zone = new_york();
    assert_eq!(
        (words::clock(&zone, utc(at), H12).as_str(), words::clock(&zone, utc(at), H24).as_str()),
        (twelve, twenty_four)
    );
}

#[test]
fn days_and_seconds() {
    let zone = new_york();
    let at = utc("2026-11-24T07:43:07Z");
    assert_eq!(words::clock_with_seconds(&zone, at, H12), "2:43:07 am");
    assert_eq!(words::clock_with_seconds(&zone, at, H24), "02:43:07");
    assert_eq!(words::day(&zone, at), "Tuesday 24 November");
    assert_eq!(words::date(&zone, at), "Tuesday 24 November 2026");
    assert_eq!(words::day_and_clock(&zone, at, H12), "Tuesday 24 November 2:43 am");
    assert_eq!(words::day(&Zone::utc(), utc("2026-02-03T00:00:00Z")), "Tuesday 3 February");
}

#[rstest::rstest]
#[case("2026-11-24T09:40:00Z", "Tuesday 24 November, 4:40 in the morning", "Tuesday 24 November, 04:40 in the morning")]
#[case(
    "2026-11-24T09:39:00.001Z",
    "Tuesday 24 November, 4:40 in the morning",
    "Tuesday 24 November, 04:40 in the morning"
)]
#[case(
    "2026-11-24T05:20:00Z",
    "Tuesday 24 November, 12:20 at night, just after this day begins",
    "Tuesday 24 November, 00:20 at night, just after this day begins"
)]
#[case(
    "2026-11-24T04:59:30Z",
    "Tuesday 24 November, 12:00 at night, as this day begins",
    "Tuesday 24 November, 00:00 at night, as this day begins"
)]
#[case("2026-11-24T17:00:00Z", "Tuesday 24 November, 12:00 at noon", "Tuesday 24 November, 12:00 at noon")]
#[case(
    "2026-11-24T17:01:00Z",
    "Tuesday 24 November, 12:01 in the afternoon",
    "Tuesday 24 November, 12:01 in the afternoon"
)]
#[case("2026-11-24T23:15:00Z", "Tuesday 24 November, 6:15 in the evening", "Tuesday 24 November, 18:15 in the evening")]
#[case("2026-11-25T02:00:00Z", "Tuesday 24 November, 9:00 at night", "Tuesday 24 November, 21:00 at night")]
fn part_of_day(#[case] at: &str, #[case] twelve: &str, #[case] twenty_four: &str) {
    let zone = new_york();
    assert_eq!(words::part_of_day(&zone, utc(at), H12), twelve);
    assert_eq!(words::part_of_day(&zone, utc(at), H24), twenty_four);
}

#[rstest::rstest]
#[case(-5, "0:00", "0 s")]
#[case(0, "0:00", "0 s")]
#[case(65_999, "1:05", "1 min 5 s")]
#[case(190_000, "3:10", "3 min 10 s")]
#[case(3_599_999, "59:59", "59 min 59 s")]
#[case(3_725_000, "1:02:05", "1 h 2 min")]
#[case(7_200_000, "2:00:00", "2 h")]
#[case(93_600_000, "26:00:00", "26 h")]
#[case(i64::MAX, "2562047788015:12:55", "2562047788015 h 12 min")]
fn durations(#[case] ms: i64, #[case] running: &str, #[case] told: &str) {
    assert_eq!((words::duration(ms).as_str(), words::span(ms).as_str()), (running, told));
}

#[test]
fn ago_and_t_plus() {
    let ago = |ms| words::minutes_ago(ms);
    assert_eq!(
        [ago(-1), ago(59_999), ago(MIN), ago(65 * MIN), ago(120 * MIN)],
        ["just now", "just now", "1 min ago", "1 h 5 min ago", "2 h ago"]
    );
    let t = |minutes| words::t_plus(minutes);
    assert_eq!([t(Some(18)), t(Some(-12)), t(Some(0)), t(None)], ["T+18", "T-12", "T+0", "     "]);
}

/// Opens at a time, starts at once, ends after 40 min and gives the lines of guidance.
fn after(opened_utc_ms: i64, style: ClockStyle) -> Vec<String> {
    let mut visit = Visit::open_at("Ana Ruiz", opened_utc_ms, false);
    visit.vitals("124/78 72 98 14");
    visit.pump(PumpAct::Start);
    visit.wait_min(40);
    visit.pump(PumpAct::End);
    words::after_lines(&visit.protocol, &visit.session, &visit.guidance(), &visit.zone, style)
}

#[test]
fn twelve_hours_are_twelve_hours_when_the_clocks_go_back() {
    // END 16:30 summer time; twelve hours later the clocks read 3:30, not 4:30.
    assert_eq!(
        after(utc("2026-10-31T19:50:00Z"), H12),
        [
            "Expected at baseline: about 7:30 pm (how patients feel, not clearance)",
            "No driving before Sunday 1 November 3:30 am (12 h after END)",
            "Not before the morning, after a night's sleep",
        ]
    );
}

#[test]
fn twelve_hours_are_twelve_hours_when_the_clocks_go_forward() {
    // END 20:00 winter time; twelve hours later the clocks read 9:00, not 8:00.
    assert_eq!(
        after(utc("2026-03-08T00:20:00Z"), H24),
        [
            "Expected at baseline: about 23:00 (how patients feel, not clearance)",
            "No driving before Sunday 8 March 09:00 (12 h after END)",
        ]
    );
}

#[test]
fn deadlines_are_rounded_up_and_a_baseline_after_midnight_says_its_day() {
    // END at 22:45:01: three hours later is another day.
    assert_eq!(
        after(utc("2026-11-24T03:05:01Z"), H24),
        [
            "Expected at baseline: about Tuesday 24 November 01:46 (how patients feel, not clearance)",
            "No driving before Tuesday 24 November 10:46 (12 h after END)",
        ]
    );
    assert_eq!(words::up_to_minute(OPENED_UTC_MS), OPENED_UTC_MS);
}

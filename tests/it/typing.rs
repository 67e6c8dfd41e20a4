//! Keys at the pace at which they come: typed by a person, or from a key that is held down.

use bedside::console::Settings;

use crate::sim::{Sim, settings};

/// As fast as a practised hand types, ms.
const TYPED_MS: i64 = 250;
/// As a keyboard repeats a key that is held down, ms: the first time later than all others.
const REPEATED_MS: [i64; 2] = [500, 33];

/// In the infusion.
fn infusing() -> Sim {
    let mut sim = Sim::new();
    sim.open().press("v124/78 74 98 14<enter>ss<enter>").advance(60_000);
    sim
}

/// Presses each key so long after the one before.
fn type_at(sim: &mut Sim, keys: &str, ms: i64) {
    for key in keys.chars() {
        sim.advance(ms).press(&key.to_string());
    }
}

fn entries(sim: &Sim) -> usize {
    sim.session().entries().len()
}

#[test]
fn a_sentence_with_a_mark_in_it_is_a_note() {
    let mut sim = infusing();
    let before = entries(&sim);
    sim.press("t");
    type_at(&mut sim, "He says stop! please help him", TYPED_MS);
    sim.advance(5000).press("<enter>");
    assert_eq!(entries(&sim), before + 1, "{}", sim.screen());
    assert!(sim.screen().contains("note: He says stop! please help him"), "{}", sim.screen());
}

#[test]
fn each_key_that_was_for_the_text_begins_the_wait_anew() {
    let mut sim = infusing();
    sim.press("tHe is blue!");
    // Not one tick: the text may go on. One tick: it does not.
    sim.advance(900);
    assert!(sim.screen().contains("EMERGENCY?"), "{}", sim.screen());
    sim.advance(100);
    let begun = sim.session().last_entry().fields.clone();
    assert!(sim.screen().contains("EMERGENCY since"), "{}", sim.screen());
    assert_eq!(begun.recorded_at - begun.observed_at, 1000);
    let before = entries(&sim);
    // 1, 2, b, f are items and marks of an emergency.
    for key in ["1", "2", "b", "f", "1"] {
        sim.advance(600).press(key);
        assert_eq!(entries(&sim), before, "{}", sim.screen());
        assert!(sim.screen().contains("Not taken"), "{}", sim.screen());
    }
    sim.advance(700).press("1");
    assert_eq!(entries(&sim), before + 1, "{}", sim.screen());
    sim.press("<esc>y");
    assert!(sim.screen().contains("He is blue") && !sim.screen().contains("blue!"), "{}", sim.screen());
}

#[test]
fn a_key_held_down_answers_no_item_unread() {
    let mut sim = Sim::new();
    sim.edit_protocol(&[]).crash(0);
    sim.open().press("i<c-g>dDr Kim<enter>").advance(5000);
    let before = entries(&sim);
    sim.press("n").advance(REPEATED_MS[0]);
    for _ in 0..60 {
        sim.press("n").advance(REPEATED_MS[1]);
    }
    // The first one, and the first that the keyboard repeats after its long pause.
    assert_eq!(entries(&sim), before + 2, "{}", sim.screen());
    sim.advance(1000).press("n");
    assert_eq!(entries(&sim), before + 3, "{}", sim.screen());
}

#[test]
fn a_hurried_row_of_answers_is_no_name_at_any_pace() {
    for ms in [0, 33, TYPED_MS, 690] {
        let mut sim = Sim::new();
        sim.edit_protocol(&[]).crash(0);
        sim.open().press("i<c-g>").advance(1000);
        let before = entries(&sim);
        type_at(&mut sim, "yunnnnn", ms);
        assert!(sim.screen().contains("Decided by _ name"), "{ms} ms:\n{}", sim.screen());
        sim.advance(700).press("Una<enter>");
        assert_eq!(entries(&sim), before + 1, "{ms} ms:\n{}", sim.screen());
        assert!(sim.screen().contains("decided by Una"), "{ms} ms:\n{}", sim.screen());
    }
}

#[test]
fn a_hand_types_no_faster_where_time_runs_faster() {
    // Thirty times: a quarter of a second at the keyboard is more than seven.
    let fast = Settings { tick_ms: 1500, hand_second_ms: 30_000, ..settings() };
    let mut sim = Sim::with(fast, (80, 24));
    sim.open().press("v124/78 74 98 14<enter>ss<enter>").advance(60_000);
    sim.press("t");
    type_at(&mut sim, "stop! please", 30 * TYPED_MS);
    assert!(sim.screen().contains("stop! please"), "{}", sim.screen());
    sim.press("!").advance(30_000);
    assert!(sim.screen().contains("EMERGENCY since"), "{}", sim.screen());
    let before = entries(&sim);
    type_at(&mut sim, "12", 30 * TYPED_MS);
    assert_eq!(entries(&sim), before, "{}", sim.screen());
}

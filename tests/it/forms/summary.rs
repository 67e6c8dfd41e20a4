//! The page to paste into any record system.

use bedside::export::summary;
use bedside::session::text::is_dropped;
use bedside::words::ClockStyle;
use unicode_width::UnicodeWidthStr;

use super::hostile;
use crate::afternoon::whole;
use crate::visit::{OPENED_UTC_MS, Visit};

/// Lines of a page.
const PAGE: usize = 66;

fn page(visit: &Visit, style: ClockStyle) -> String {
    summary(&visit.protocol, &visit.session, &visit.zone, style)
}

fn without_hashes(visit: &Visit, shown: &str) -> String {
    let last = visit.session.last_entry().hash.hex();
    shown.replace(&visit.protocol.fingerprint[..12], "FINGERPRINT").replace(&last, "HASH")
}

#[test]
fn a_whole_visit_on_one_page() {
    let visit = whole();
    let page = page(&visit, ClockStyle::H12);
    // More happens in it than in any visit: a few lines more than a page.
    assert!(page.lines().count() <= PAGE + 4, "{} lines\n{page}", page.lines().count());
    insta::assert_snapshot!(without_hashes(&visit, &page));
}

#[test]
fn an_ordinary_visit_leaves_room_on_the_page() {
    let mut visit = Visit::open("Patient T1");
    visit.vitals("124/78 72 98 14");
    visit.pump(bedside::session::PumpAct::Start);
    for _ in 0..4 {
        visit.wait_min(10);
        visit.vitals("132/84 78 97 13");
    }
    visit.pump(bedside::session::PumpAct::End);
    assert!(page(&visit, ClockStyle::H24).lines().count() < PAGE - 20);
}

#[test]
fn a_visit_that_has_only_begun() {
    let visit = Visit::open_at("Patient R1", OPENED_UTC_MS, true);
    insta::assert_snapshot!(without_hashes(&visit, &page(&visit, ClockStyle::H24)));
}

#[test]
fn no_text_is_too_wide_and_none_moves_a_terminal() {
    for visit in hostile() {
        for style in [ClockStyle::H12, ClockStyle::H24] {
            let page = page(&visit, style);
            assert!(page.lines().all(|line| line.width() <= 80), "{page}");
            assert!(!page.chars().any(|c| c != '\n' && is_dropped(c)), "{page}");
            assert_eq!(page, self::page(&visit, style));
        }
    }
}

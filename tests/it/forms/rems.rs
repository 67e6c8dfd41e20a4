//! The fields of the esketamine monitoring form: of a nasal visit alone, blank where the record is silent.

use bedside::export::{NotNasal, rems};
use bedside::protocol::Protocol;
use bedside::session::Session;
use bedside::words::ClockStyle;
use unicode_width::UnicodeWidthStr;

use crate::afternoon::whole;
use crate::scenarios;
use crate::sim::zone;
use crate::visit::Visit;

#[test]
fn a_nasal_visit_fills_in_what_it_holds() {
    let sim = scenarios::played("70-nasal-visit");
    let journal = sim.console().journal();
    let last = journal.all_sessions().expect("a list").pop().expect("a session");
    let session = Session::replay(journal.load(last.id).expect("entries")).expect("a session");
    let protocol = Protocol::load(&session.protocol_copy().text).expect("a protocol");
    let form = rems(&protocol, &session, &zone("America/New_York"), ClockStyle::H12).expect("a nasal visit");
    assert!(form.lines().all(|line| line.width() <= 80), "{form}");
    insta::assert_snapshot!(form.replace(&session.session_id().to_string(), "ID"));
}

#[test]
fn what_nobody_recorded_stays_blank() {
    let visit = Visit::open_with("esketamine-nasal");
    let form = rems(&visit.protocol, &visit.session, &visit.zone, ClockStyle::H24).expect("a nasal visit");
    for label in ["BP before administration", "First device", "Sedation", "Dose administered", "Sex"] {
        assert!(form.lines().any(|line| line.starts_with(label) && line.contains("____")), "{label}: {form}");
    }
}

#[test]
fn an_infusion_has_no_such_form() {
    let visit = whole();
    assert_eq!(rems(&visit.protocol, &visit.session, &visit.zone, ClockStyle::H24), Err(NotNasal));
}

//! The card: the same words as text and as a PDF, whatever the patient is called, and never a time that does not count.

use std::io::Write;
use std::process::{Command as Program, Stdio};

use bedside::export::pdf::{Paper, can_be_set};
use bedside::export::{Card, NoCard, Numbers, card};
use bedside::session::{Command, MINUTE_MS};
use bedside::words::ClockStyle;

use crate::afternoon::whole;
use crate::visit::{OPENED_UTC_MS, Visit};

fn of(visit: &Visit, style: ClockStyle) -> Result<Card, NoCard> {
    let numbers = Numbers { clinic: Some("555 0100".into()), crisis: Some("988".into()) };
    card(&visit.protocol, &visit.session, &numbers, &visit.zone, style)
}

/// A visit of somebody with this name, ended.
fn ended(name: &str) -> Visit {
    let mut visit = Visit::open_at(name, OPENED_UTC_MS, false);
    visit.does(&Command::Pump(bedside::session::PumpAct::Start));
    visit.wait_ms(40 * MINUTE_MS);
    visit.does(&Command::Pump(bedside::session::PumpAct::End));
    visit
}

#[test]
fn the_card_as_text() {
    let visit = whole();
    insta::assert_snapshot!(of(&visit, ClockStyle::H12).expect("a card").text());
}

#[test]
fn no_end_no_card_and_no_wording_no_card() {
    let mut visit = Visit::open("Patient T1");
    assert_eq!(of(&visit, ClockStyle::H24).unwrap_err(), NoCard::NoEnd);
    visit.protocol.card = None;
    assert_eq!(of(&visit, ClockStyle::H24).unwrap_err(), NoCard::NoWords);
}

#[test]
fn a_drug_that_sedates_leaves_the_time_to_the_clinician_and_is_not_named() {
    let mut visit = ended("Patient T1");
    let drug = bedside::session::DrugGiven {
        drug: "Midazolam".into(),
        dose: "1 mg".into(),
        given_by: "Dr B".into(),
        ordered_by: "Dr B".into(),
        sedating: true,
    };
    visit.does(&Command::Drug(Box::new(drug)));
    let text = of(&visit, ClockStyle::H24).expect("a card").text();
    assert!(text.contains("Ask the clinician when you may drive"), "{text}");
    assert!(!text.to_lowercase().contains("midazolam") && !text.to_lowercase().contains("ketamine"), "{text}");
}

#[test]
fn a_card_after_an_amended_end_says_that_it_replaces_one() {
    let mut visit = ended("Patient T1");
    let until = visit.guidance().after.expect("times").no_driving_until_utc_ms;
    visit.does(&Command::GiveGuidance { no_driving_until: Some(until) });
    assert!(!of(&visit, ClockStyle::H24).expect("a card").text().contains("REPLACES"));
    let end = visit.session.pump_acts().last().expect("an end").0;
    let observed_at = Some(visit.utc_ms() - MINUTE_MS);
    visit.does(&Command::Amend { about: end, observed_at, event: None, reason: "read wrongly".into() });
    assert!(of(&visit, ClockStyle::H24).expect("a card").text().contains("REPLACES any card"));
}

/// Latin with marks, Greek, Cyrillic, Hebrew, Arabic, joined letters, and a name as long as the program takes.
fn names() -> Vec<String> {
    let mut names: Vec<String> =
        ["Patient T1", "Zoe\u{308} A\u{301}ngstro\u{308}m", "Ελένη", "Ольга", "מרים", "محمد عبد الله", "Ana محمد Ruiz"]
            .map(str::to_owned)
            .to_vec();
    names.push("Anastasia ".repeat(30));
    names.push("w".repeat(300));
    names
}

#[test]
fn every_name_stands_on_both_cards() {
    for name in names() {
        let visit = ended(&name);
        let card = of(&visit, ClockStyle::H24).expect("a card");
        for paper in [Paper::A4, Paper::Letter] {
            let pdf = card.pdf(paper).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 200 * 1024, "{name}: {}", pdf.len());
            assert_eq!(pdf, card.pdf(paper).expect("again"), "{name}: other bytes");
        }
    }
}

#[test]
fn a_name_that_cannot_be_set_gives_way_to_the_number_and_a_line_for_a_pen() {
    for name in ["王小明", "𓀀 𓀁"] {
        let visit = ended(name);
        let card = of(&visit, ClockStyle::H24).expect("a card");
        let text = card.text();
        assert!(text.is_ascii() && text.contains("1123-2") && text.contains("write it by hand"), "{text}");
        assert!(!can_be_set(name));
        assert!(card.pdf(Paper::A4).expect("a PDF with the number").starts_with(b"%PDF-"));
    }
}

/// Any printer prints it: marks are left out, another script is said to be one.
#[test]
fn the_text_is_ascii_of_eighty_columns_whatever_the_name() {
    for name in names() {
        let text = of(&ended(&name), ClockStyle::H12).expect("a card").text();
        assert!(text.is_ascii(), "{name}: {text}");
        assert!(text.lines().all(|line| line.len() <= 80), "{name}: {text}");
    }
    assert!(of(&ended("Zoe\u{308} Ångström"), ClockStyle::H12).expect("a card").text().starts_with("Zoe Angstrom "));
}

#[test]
fn a_number_beside_an_arabic_name_is_not_turned() {
    let card = of(&ended("محمد عبد الله"), ClockStyle::H24).expect("a card");
    let Some(read) = pdftotext(&card.pdf(Paper::A4).expect("a PDF")) else { return };
    assert!(read.contains("1123-2") && read.contains("2026-11-23"), "{read}");
}

/// The words of a PDF as a program reads them that did not make it.
fn pdftotext(pdf: &[u8]) -> Option<String> {
    let program = Program::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut program = match program {
        Ok(program) => program,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "CI must have pdftotext: {why}");
            // Aloud: nobody should think that it was tried.
            std::io::stderr().write_all(b"SKIPPED: pdftotext is not installed\n").expect("stderr");
            return None;
        }
    };
    program.stdin.take().expect("a pipe").write_all(pdf).expect("it reads");
    let output = program.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn pdftotext_reads_the_same_words_as_the_text_card() {
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    for name in ["Patient T1", "王小明"] {
        let visit = ended(name);
        let card = of(&visit, ClockStyle::H12).expect("a card");
        let Some(read) = pdftotext(&card.pdf(Paper::A4).expect("a PDF")) else { return };
        assert_eq!(sorted(&read), sorted(&card.text()), "{name}");
    }
}

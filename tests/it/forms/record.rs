//! The record as a PDF: the same bytes each time, whatever the names; every word of the record stands in it, as a program reads it that
//! did not make it.

use bedside::export::pdf::Paper;
use bedside::export::{record_pdf, text};
use bedside::words::ClockStyle;

use super::hostile;
use crate::afternoon::{infusing, whole};
use crate::card::pdftotext;
use crate::visit::{OPENED_UTC_MS, Visit};

fn pdf(visit: &Visit, paper: Paper) -> Vec<u8> {
    let made = || record_pdf(&visit.protocol, &visit.session, &visit.zone, ClockStyle::H24, paper);
    let bytes = made().unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(bytes, made().expect("again"), "other bytes");
    bytes
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn every_visit_and_every_text_can_be_printed() {
    let mut visits = hostile();
    visits.extend([whole(), infusing(), Visit::open_at("Patient R1", OPENED_UTC_MS, true), Visit::open("王小明 👩‍⚕️")]);
    for visit in visits {
        for paper in [Paper::A4, Paper::Letter] {
            assert!(pdf(&visit, paper).starts_with(b"%PDF-"));
        }
    }
}

#[test]
fn pdftotext_finds_every_word_of_the_record_and_who_it_is_on_each_page() {
    let visit = whole();
    let Some(read) = pdftotext(&pdf(&visit, Paper::A4)) else { return };
    let record = text(&visit.protocol, &visit.session, &visit.zone, ClockStyle::H24);
    let found = words(&read);
    let missing: Vec<&str> = words(&record).into_iter().filter(|word| !found.contains(word)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{read}");
    let pages: Vec<&str> = read.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 1);
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains("Ana Ruiz, code A-17") && page.contains(&format!("page {}/{}", index + 1, pages.len())));
    }
}

#[test]
fn a_letter_that_cannot_be_set_stands_as_its_number() {
    let visit = Visit::open("王小明");
    let Some(read) = pdftotext(&pdf(&visit, Paper::A4)) else { return };
    assert!(read.contains("[U+738B]") && read.contains("cannot be set in this font"), "{read}");
}

//! A stored session becomes a session again: 500 entries in three hours. Promise: below 2 ms.

use bedside::session::{Entry, Session, chain};
use divan::Bencher;

#[path = "measured/busy.rs"]
mod busy;

const ENTRIES: usize = 500;

fn main() {
    divan::main();
}

fn entries() -> Vec<Entry> {
    let console = busy::busy(ENTRIES);
    console.model().live().expect("a session").session.entries().to_vec()
}

#[divan::bench]
fn parse_check_and_fold(bencher: Bencher<'_, '_>) {
    let lines: Vec<Vec<u8>> = entries().into_iter().map(|entry| entry.line).collect();
    bencher.with_inputs(|| lines.clone()).bench_local_values(|lines| {
        let entries = chain::check_lines(lines).expect("they hold");
        Session::replay(entries).expect("it begins with its opening")
    });
}

#[divan::bench]
fn fold_alone(bencher: Bencher<'_, '_>) {
    let entries = entries();
    bencher
        .with_inputs(|| entries.clone())
        .bench_local_values(|entries| Session::replay(entries).expect("it begins with its opening"));
}

#[divan::bench]
fn one_more_entry(bencher: Bencher<'_, '_>) {
    let entries = entries();
    let (last, before) = entries.split_last().expect("entries");
    let session = Session::replay(before.to_vec()).expect("it begins with its opening");
    bencher.with_inputs(|| (session.clone(), last.clone())).bench_local_values(|(mut session, last)| {
        session.apply(last);
        session
    });
}

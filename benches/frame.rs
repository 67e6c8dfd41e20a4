//! One frame at 120x36 of a busy session. Promise: below 0.5 ms. Two moments a second apart are drawn in turn, so that each
//! frame differs from the one before as it does at the bedside.

use std::io::sink;

use bedside::console::{Model, view};
use bedside::headless::Headless;
use divan::Bencher;
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

#[path = "measured/busy.rs"]
mod busy;

fn main() {
    divan::main();
}

fn two_moments() -> (Headless, Headless) {
    let (now, mut later) = (busy::busy(500), busy::busy(500));
    later.advance(1000);
    (now, later)
}

fn draw_in_turn<B: Backend>(bencher: Bencher<'_, '_>, mut terminal: Terminal<B>) {
    let (now, later) = two_moments();
    let mut models: [&Model; 2] = [now.model(), later.model()];
    bencher.bench_local(|| {
        models.swap(0, 1);
        assert!(terminal.draw(|frame| view::draw(models[0], frame)).is_ok());
    });
}

#[divan::bench]
fn into_memory(bencher: Bencher<'_, '_>) {
    let terminal = Terminal::new(TestBackend::new(120, 36)).expect("memory cannot fail");
    draw_in_turn(bencher, terminal);
}

#[divan::bench]
fn as_escape_sequences(bencher: Bencher<'_, '_>) {
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 120, 36)) };
    let backend = CrosstermBackend::new(sink());
    draw_in_turn(bencher, Terminal::with_options(backend, options).expect("a fixed size asks nobody"));
}

/// All that a second costs: the tick, its guidance, the frame.
#[divan::bench]
fn one_second(bencher: Bencher<'_, '_>) {
    let mut console = busy::busy(500);
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).expect("memory cannot fail");
    bencher.bench_local(|| {
        console.advance(1000);
        assert!(terminal.draw(|frame| view::draw(console.model(), frame)).is_ok());
    });
}

//! The call card: the call's state with its clock, the rung that comes next, and what is read aloud, part by part.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::model::Model;
use super::head;
use super::layout::row;
use crate::words;

/// The letter of a line, its text and its style.
type Said = (String, String, Style);

/// Draws the card from line `top` on.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect, top: usize) {
    super::lines::draw(frame, area, lines(model, area), top, model.settings.theme.strong());
}

/// The card: first whom to call, then what is read aloud, all of it; what else there is stands below.
pub(super) fn lines(model: &Model, area: Rect) -> Vec<Line<'static>> {
    let theme = model.settings.theme;
    let (width, room) = (usize::from(area.width).saturating_sub(2), usize::from(area.height));
    let Some(card) = model.call_card() else { return Vec::new() };
    let mut lines = state(model, width);
    let spoken = by_part(&card.spoken, width, theme.strong());
    // Where a line for each part is too much, the parts follow each other: what is asked for is never off the screen.
    if lines.len() + spoken.len() > room {
        let all = card.spoken.iter().map(|(letter, said)| format!("{letter}: {said}")).collect::<Vec<_>>().join(" ");
        lines.extend(wrapped("   ", &all, width, theme.strong()));
    } else {
        lines.extend(spoken);
    }
    if !card.besides.is_empty() {
        let besides = format!("{} {}", words::not_read_aloud(), card.besides);
        lines.extend(wrapped("+  ", &besides, width, theme.text()));
    }
    let line = |(letter, said, style)| Line::from(vec![Span::styled(letter, theme.quiet()), Span::styled(said, style)]);
    lines.into_iter().map(line).collect()
}

/// Under the keys: a word to the sitter, for the card needs its row; and always, that the console places no call.
pub(super) fn draw_below(model: &Model, frame: &mut Frame<'_>, footer: Rect) {
    head::notice(model, frame, row(footer, 1));
    let last = Line::styled(format!(" {}", words::PLACES_NO_CALL), model.settings.theme.text());
    frame.render_widget(Paragraph::new(last), row(footer, 2));
}

/// The call that was made, and the one that comes next.
fn state(model: &Model, width: usize) -> Vec<Said> {
    let Some(live) = model.live() else { return Vec::new() };
    let (theme, settings) = (model.settings.theme, &model.settings);
    let last = live.session.state().call();
    let open = live.open_call();
    let made = last.map(|last| words::call_state(last, open.as_ref(), &settings.zone, settings.clock));
    let next = settings.ladder.next(last);
    let next_is_due = open.is_none_or(|open| open.next_due) || next.from_the_top;
    let style = if next_is_due { theme.strong() } else { theme.text() };
    let next = words::next_call(&next, &settings.ladder, open.as_ref());
    let plain = |text: &str, style: Style| {
        let lines = textwrap::wrap(text, width).into_iter().map(move |line| (" ".to_owned(), line.into_owned(), style));
        lines.collect::<Vec<_>>()
    };
    let made = made.map(|made| plain(&made, theme.strong())).unwrap_or_default();
    made.into_iter().chain(plain(&next, style)).collect()
}

fn by_part(spoken: &[(char, String)], width: usize, style: Style) -> Vec<Said> {
    spoken.iter().flat_map(|(letter, said)| wrapped(&format!("{letter}  "), said, width, style)).collect()
}

/// A text with its letter before the first line.
fn wrapped(letter: &str, text: &str, width: usize, style: Style) -> Vec<Said> {
    let lines = textwrap::wrap(text, width - letter.len()).into_iter().filter(|line| !line.is_empty());
    let letters = std::iter::once(format!(" {letter}")).chain(std::iter::repeat(" ".repeat(letter.len() + 1)));
    lines.zip(letters).map(|(line, letter)| (letter, line.into_owned(), style)).collect()
}

//! Lines that may be more than their place holds: scrolled, and the last row says which part of them is seen. Text that stops
//! without a sign reads as if it were whole.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::clip::clip;
use super::layout::row;
use crate::words;

/// As many lines as there are rows; where there are more, the last of them ends in a sign that it goes on.
pub(super) fn within(mut lines: Vec<String>, rows: usize, columns: u16) -> Vec<String> {
    if lines.len() > rows {
        lines.truncate(rows);
        if let Some(last) = lines.last_mut() {
            *last = clip(&format!("{last} \u{2026}"), columns);
        }
    }
    lines
}

/// How far so many lines can be scrolled in so many rows.
pub(super) const fn most(count: usize, rows: usize) -> usize {
    if count > rows { count - rows.saturating_sub(1) } else { 0 }
}

/// Draws the lines from `top` on.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'_>>, top: usize, mark: Style) {
    let (count, whole) = (lines.len(), usize::from(area.height));
    let top = top.min(most(count, whole));
    let rows = if count > whole { whole.saturating_sub(1) } else { whole };
    for (index, line) in lines.into_iter().skip(top).take(rows).enumerate() {
        frame.render_widget(Paragraph::new(line), row(area, index as u16));
    }
    if count > whole && whole > 0 {
        let place = format!(" {} ", words::lines_shown(top + 1, (top + rows).min(count), count));
        let width = (place.len() as u16).min(area.width);
        let at = Rect { x: area.right() - width, width, ..row(area, area.height - 1) };
        frame.render_widget(Paragraph::new(Line::styled(place, mark)), at);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn drawn(count: usize, rows: u16, top: usize) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(30, rows)).expect("memory cannot fail");
        let lines = (1..=count).map(|line| Line::raw(format!("line {line}"))).collect();
        terminal.draw(|frame| draw(frame, frame.area(), lines, top, Style::new())).expect("memory cannot fail");
        let buffer = terminal.backend().buffer();
        let row = |y| (0..30).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim().to_owned();
        (0..rows).map(row).collect()
    }

    #[rstest::rstest]
    #[case::all("one/two", 2, "one/two")]
    #[case::more("one/two/three", 2, "one/two \u{2026}")]
    #[case::a_full_row("one/twelve chars/three", 2, "one/twelve char\u{2026}")]
    #[case::no_row("one", 0, "")]
    fn what_goes_on_says_so(#[case] lines: &str, #[case] rows: usize, #[case] expected: &str) {
        let lines = lines.split('/').map(str::to_owned).collect();
        assert_eq!(within(lines, rows, 12).join("/"), expected);
    }

    #[rstest::rstest]
    #[case::all_of_it(3, 3, 0, &["line 1", "line 2", "line 3"])]
    #[case::more_below(4, 3, 0, &["line 1", "line 2", "1-2 of 4, Down more"])]
    #[case::the_end(4, 3, 2, &["line 3", "line 4", "3-4 of 4, Up back"])]
    #[case::past_the_end(4, 3, 9, &["line 3", "line 4", "3-4 of 4, Up back"])]
    fn seen(#[case] count: usize, #[case] rows: u16, #[case] top: usize, #[case] expected: &[&str]) {
        assert_eq!(drawn(count, rows, top), expected);
    }
}

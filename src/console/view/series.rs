//! The series: earlier sessions, scores, psychotherapy, as lines that are scrolled.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::super::model::{Live, Model};
use super::lines;
use crate::words;

/// The lines of the page, wrapped to its width.
fn wrapped(model: &Model, live: &Live, width: u16) -> Vec<String> {
    let earlier = &live.earlier;
    let series = earlier.series(&live.session, &live.protocol, &model.settings.zone);
    let failed = earlier.failed.as_ref().map(|failed| words::earlier_failed_why(&failed.why));
    let lines = words::series_lines(&series, Some(&live.protocol), earlier.perhaps, earlier.unreadable);
    let lines: Vec<String> = failed.into_iter().chain(lines).collect();
    let options = textwrap::Options::new(usize::from(width).saturating_sub(2)).subsequent_indent("    ");
    lines.iter().flat_map(|line| textwrap::wrap(line, &options)).map(String::from).collect()
}

/// The last line from which the page can be shown.
pub(super) fn last_top(model: &Model, live: &Live, area: Rect) -> usize {
    lines::most(wrapped(model, live, area.width).len(), usize::from(area.height))
}

/// Draws the lines from `top` on.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, top: usize) {
    let theme = model.settings.theme;
    let style = |index: usize| if index == 0 { theme.strong() } else { theme.text() };
    let lines = wrapped(model, live, area.width).into_iter().enumerate();
    let lines = lines.map(|(index, line)| Line::styled(format!(" {line}"), style(index))).collect();
    lines::draw(frame, area, lines, top, theme.strong());
}

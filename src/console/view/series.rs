//! The series: earlier sessions, scores, psychotherapy, as lines that are scrolled.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::super::model::{Live, Model};
use super::layout::row;
use crate::words;

/// The lines of the page, wrapped to its width.
pub(super) fn lines(model: &Model, live: &Live, width: u16) -> Vec<String> {
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
    lines(model, live, area.width).len().saturating_sub(usize::from(area.height.max(1)))
}

/// Draws the lines from `top` on.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, top: usize) {
    let theme = model.settings.theme;
    let lines = lines(model, live, area.width);
    let last = last_top(model, live, area);
    for (index, line) in lines.iter().enumerate().skip(top.min(last)).take(usize::from(area.height)) {
        let style = if index == 0 { theme.strong() } else { theme.text() };
        let place = row(area, (index - top.min(last)) as u16);
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), style)), place);
    }
}

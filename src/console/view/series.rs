//! The series: earlier sessions, scores, psychotherapy, as lines that are scrolled.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::row;
use crate::words;

/// Draws the lines from `top` on; the first is a heading.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, top: usize) {
    let theme = model.settings.theme;
    let lines = words::asked_lines(&live.session.state().asked);
    let last = lines.len().saturating_sub(usize::from(area.height.max(1)));
    for (index, line) in lines.iter().skip(top.min(last)).take(usize::from(area.height)).enumerate() {
        let style = if index == 0 && top == 0 { theme.strong() } else { theme.text() };
        let line = clip(&format!(" {line}"), area.width);
        frame.render_widget(Paragraph::new(Line::styled(line, style)), row(area, index as u16));
    }
}

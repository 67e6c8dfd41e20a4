//! The discharge gate: each item with its answer and what the record shows beside it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::row;
use crate::words;

/// What the record shows beside the marked item, whole: the list may cut it.
pub(super) fn marked_evidence(model: &Model, live: &Live, mark: usize) -> String {
    let evidence = live
        .guidance
        .gate
        .get(mark)
        .map(|item| words::evidence(&item.evidence, &model.settings.zone, model.settings.clock, live.guidance.now));
    evidence.unwrap_or_default()
}

/// Draws the gate around the marked item.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, mark: usize) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let rows = usize::from(area.height.max(1));
    let top = (mark + 1).saturating_sub(rows);
    for (index, item) in live.guidance.gate.iter().enumerate().skip(top).take(rows) {
        let marked = index == mark;
        let style = if marked { theme.marked() } else { theme.text() };
        let answer = item.answer.as_ref().map(|(answer, at, _)| {
            let clock = words::clock(&settings.zone, at.utc_ms, settings.clock);
            format!("{} {clock}", words::gate_answer_word(Some(answer)))
        });
        let evidence = words::evidence(&item.evidence, &settings.zone, settings.clock, live.guidance.now);
        let room = area.width.saturating_sub(18);
        let beside = if evidence.is_empty() { String::new() } else { format!("  ({evidence})") };
        let beside = clip(&beside, room.saturating_sub(item.say.width() as u16));
        let line = Line::from(vec![
            Span::styled(if marked { ">" } else { " " }, theme.strong()),
            Span::styled(format!("{:<17}", answer.unwrap_or_else(|| "--".to_owned())), theme.strong()),
            Span::styled(clip(&item.say, room), style),
            Span::styled(beside, theme.text()),
        ]);
        frame.render_widget(Paragraph::new(line), row(area, (index - top) as u16));
    }
}

//! The staircase of the half-life after the end, for staff: each step's clock time and the share that is left.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::model::{Live, Model};
use super::layout::row;
use crate::words;

/// Columns for the words before the bar.
const WORDS: usize = 26;

/// Draws the staircase.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let Some(stairs) = &live.guidance.staircase else { return };
    let now = words::staircase_now(stairs);
    frame.render_widget(Paragraph::new(Line::styled(format!(" {now}"), theme.strong())), row(area, 0));
    let width = usize::from(area.width).saturating_sub(WORDS + 2);
    for (index, (said, share)) in words::staircase_steps(stairs, &settings.zone, settings.clock).into_iter().enumerate()
    {
        let bar = "\u{2588}".repeat((share * width as f64).round() as usize);
        let line =
            Line::from(vec![Span::styled(format!(" {said:<WORDS$}"), theme.text()), Span::styled(bar, theme.quiet())]);
        frame.render_widget(Paragraph::new(line), row(area, 1 + index as u16));
    }
    let caption = textwrap::wrap(&words::staircase_caption(stairs), usize::from(area.width).saturating_sub(2))
        .into_iter()
        .map(|line| Line::styled(format!(" {line}"), theme.text()))
        .collect::<Vec<_>>();
    let place = Rect {
        y: area.y + 1 + stairs.steps.len() as u16,
        height: area.height.saturating_sub(1 + stairs.steps.len() as u16),
        ..area
    };
    frame.render_widget(Paragraph::new(caption), place);
}

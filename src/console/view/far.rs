//! The far view: four lines to be read from across the room, initials only.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::super::model::{Live, Model};
use super::giant;
use super::layout::Regions;
use crate::protocol::ReadingKind;
use crate::session::PumpState;
use crate::words;

/// Draws the far view.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let theme = model.settings.theme;
    let mut area = regions.whole;
    area.height = regions.footer.y;
    let progress = &live.guidance.progress;
    let clock = match progress.pump {
        PumpState::Waiting => super::head::clock(model),
        PumpState::Ended => words::duration(progress.since_end_ms.unwrap_or_default()),
        PumpState::Running | PumpState::Paused => words::duration(progress.elapsed_ms.unwrap_or_default()),
    };
    // Covered is covered, from near and from far: clock and alarm only.
    let covered = model.veil() == 2;
    let pressure =
        if covered { String::new() } else { words::last_reading(&live.guidance.history, ReadingKind::BloodPressure) };
    let caption = if covered { String::new() } else { words::far_caption(&live.session, &live.guidance) };
    let alarm = live.drawn().map(|prompt| {
        let headline = words::headline(prompt, &live.protocol, &live.session, &live.guidance);
        let style = if prompt.settled.is_some() { theme.strong() } else { theme.alarm(prompt.priority) };
        (format!("{}{headline}", words::priority_mark(prompt.priority)), style)
    });
    let mut lines = vec![Line::raw(""), Line::styled(caption, theme.strong()), Line::raw("")];
    lines.extend(giant::rows(&clock).into_iter().map(|row| Line::styled(row, theme.strong())));
    lines.push(Line::raw(""));
    lines.extend(giant::rows(&pressure).into_iter().map(|row| Line::styled(row, theme.strong())));
    lines.push(Line::raw(""));
    let asked = live.asks_whether_stopped().then(|| words::pump_stopped_question(false));
    let asked = asked.and_then(|lines| Some((lines.first()?.clone(), theme.strong())));
    let lost = live.no_alarms_here().map(|said| (said.to_owned(), theme.strong()));
    let (text, style) = lost.or(alarm).or(asked).unwrap_or_else(|| (words::far_due(&live.guidance), theme.text()));
    lines.push(Line::styled(text, style));
    lines.push(Line::raw(""));
    lines.push(Line::styled(super::rules::absence(model, live).unwrap_or_default(), theme.strong()));
    lines.push(Line::styled(super::rules::limits(model, live).unwrap_or_default(), theme.text()));
    frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), area);
    // Not saved, not approved, a rehearsal: from afar too. The first row is free.
    super::head::strip(model, live, frame, Rect { height: 1, ..area });
}

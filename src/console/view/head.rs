//! The head of the screen: who, phase and clocks, and what must be known all the time.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::Regions;
use crate::protocol::Priority;
use crate::words;

/// Draws the head.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let theme = model.settings.theme;
    let who = words::who_line(&live.session, live.hidden > 0);
    let who = clip(&format!(" {who}"), regions.who.width);
    frame.render_widget(Paragraph::new(Line::styled(who, theme.text())), regions.who);
    let room = regions.phase.width.saturating_sub(clock(model).len() as u16 + 3);
    frame.render_widget(Paragraph::new(phase(model, live, room)), regions.phase);
    frame.render_widget(Paragraph::new(Line::styled(clock(model), theme.strong())).alignment(Alignment::Right), {
        Rect { width: regions.phase.width.saturating_sub(1), ..regions.phase }
    });
    frame.render_widget(Paragraph::new(strip(model, live)), regions.strip);
}

/// The clock on the wall.
pub(super) fn clock(model: &Model) -> String {
    words::clock(&model.settings.zone, model.now.utc_ms, model.settings.clock)
}

fn phase(model: &Model, live: &Live, room: u16) -> Line<'static> {
    let theme = model.settings.theme;
    let (name, figures) = words::phase_line(&live.session, &live.guidance, &model.settings.zone, model.settings.clock);
    Line::from(vec![
        Span::styled(format!(" {name}"), theme.strong()),
        Span::raw("   "),
        Span::styled(clip(&figures, room.saturating_sub(name.width() as u16 + 4)), theme.strong()),
    ])
}

/// Not saved, who else holds the session, a late entry, rehearsal, approval: as many as hold, the gravest first.
fn strip(model: &Model, live: &Live) -> Line<'static> {
    let theme = model.settings.theme;
    let mut parts: Vec<Span<'static>> = Vec::new();
    if let Some(not_saved) = &model.not_saved {
        let clock = words::clock(&model.settings.zone, not_saved.since_utc_ms, model.settings.clock);
        parts.push(Span::styled(words::not_saved(&clock, &not_saved.why), theme.alarm(Priority::High)));
    }
    if let Some(holder) = &live.read_only {
        parts.push(Span::styled(words::read_only(holder), theme.alarm(Priority::Medium)));
    }
    if let Some(late) = live.late {
        let clock = words::clock(&model.settings.zone, late, model.settings.clock);
        parts.push(Span::styled(words::late_entry(&clock), theme.strong()));
    }
    if live.session.opening().rehearsal {
        parts.push(Span::styled(words::REHEARSAL, theme.rehearsal()));
    }
    if live.protocol.approval.is_none() {
        parts.push(Span::styled(words::not_approved(&live.protocol.name), theme.text()));
    }
    let mut spans = vec![Span::raw(" ")];
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            spans.push(Span::styled("  |  ", theme.quiet()));
        }
        spans.push(part);
    }
    Line::from(spans)
}

/// A word to the sitter, whole: where one row is too little it takes the row above as well. In a rehearsal, otherwise,
/// what the scripted patient shows.
pub(super) fn notice(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let (text, style) = if let Some(notice) = &model.notice {
        (notice.text.clone(), theme.strong())
    } else if model.patient.shows.is_empty() && model.patient.monitor.is_empty() {
        return;
    } else {
        (words::patient_line(&model.patient.shows, &model.patient.monitor), theme.rehearsal())
    };
    sentence(frame, area, &text, style);
}

/// A sentence on the lowest rows of an area, the last of which is `area` itself.
pub(super) fn sentence(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) {
    let lines = textwrap::wrap(text, usize::from(area.width).saturating_sub(2));
    let rows = (lines.len() as u16).clamp(1, 2);
    for (index, line) in lines.iter().take(2).enumerate() {
        let place = Rect { y: (area.y + 1 + index as u16).saturating_sub(rows), ..area };
        frame.render_widget(Clear, place);
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), style)), place);
    }
}

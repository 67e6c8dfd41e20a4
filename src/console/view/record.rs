//! The entries, newest first: clock time, T+, what happened, and whether it is on the disk.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::row;
use crate::session::{Event, Row};
use crate::words;

/// Columns kept for the saved mark.
const MARK: u16 = 7;

/// Draws the last entries.
pub(super) fn draw_last(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    for (index, entry) in live.last_rows().take(usize::from(area.height)).enumerate() {
        draw_row(model, live, frame, row(area, index as u16), &entry, false);
    }
}

/// Draws the whole record around the marked entry.
pub(super) fn draw_all(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, mark: usize) {
    let rows = usize::from(area.height.max(1));
    let top = (mark + 1).saturating_sub(rows);
    for (index, entry) in live.record_rows().enumerate().skip(top).take(rows) {
        draw_row(model, live, frame, row(area, (index - top) as u16), &entry, index == mark);
    }
}

fn draw_row(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, entry: &Row<'_>, marked: bool) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let clock = words::clock(&settings.zone, entry.item.at.utc_ms, settings.clock);
    let minute = words::t_plus(live.session.state().infusion.t_plus_min(entry.item.at.session_ms));
    // The card's text names the patient; the whole of it is in `bedside show`.
    let said = match entry.event {
        Event::ClinicianCalled { rung, whom, .. } => {
            words::event(&Event::ClinicianCalled { said: String::new(), rung: *rung, whom: whom.clone() })
        }
        // A code and a date of birth name somebody as well as a name does.
        Event::PatientDescribed(_) if live.hidden > 0 => words::event(&Event::PatientDescribed(Box::default())),
        _ => words::row(entry, &settings.zone, settings.clock),
    };
    let style = if marked {
        theme.marked()
    } else if entry.by_person() && entry.stands() {
        theme.text()
    } else {
        theme.quiet()
    };
    let style = if entry.stands() { style } else { style.add_modifier(Modifier::CROSSED_OUT) };
    let sign = if marked { ">" } else { " " };
    let text = Rect { width: area.width.saturating_sub(MARK), ..area };
    let line = clip(&format!("{sign}{clock:>5}  {minute:<6} {said}"), text.width);
    let line = Line::styled(line, style);
    frame.render_widget(Paragraph::new(line), text);
    let saved = entry.item.seq <= live.durable_through;
    let mark = if saved { format!("#{} ", entry.item.seq) } else { "\u{b7} ".to_owned() };
    let style = if saved { theme.quiet() } else { theme.strong() };
    let place = Rect { x: area.x + text.width, width: area.width - text.width, ..area };
    frame.render_widget(Paragraph::new(Line::styled(mark, style)).alignment(Alignment::Right), place);
}

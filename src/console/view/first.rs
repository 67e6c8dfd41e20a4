//! The first screen: sessions of today, one that runs first; a new session; a rehearsal.

use ratatui::Frame;
use ratatui::layout::{Alignment, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::super::model::{Model, Screen};
use super::super::update::asks_pin_of;
use super::layout::{Regions, row};
use crate::journal::SessionRow;
use crate::session::{Event, Zone};
use crate::words::{self, ClockStyle};

/// The row of the list's heading.
const HEADING: u16 = 5;
/// The most rows for what was found of the journal and its transcripts.
const TOLD_ROWS: u16 = 8;

/// Draws the first screen.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, regions: &Regions) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let title = words::first_title(settings.room.as_deref());
    frame.render_widget(Paragraph::new(Line::styled(format!(" {title}"), theme.strong())), regions.who);
    let now = words::day_and_clock(&settings.zone, model.now.utc_ms, settings.clock);
    let right = Rect { width: regions.who.width.saturating_sub(1), ..regions.who };
    frame.render_widget(Paragraph::new(Line::styled(now, theme.text())).alignment(Alignment::Right), right);
    let approval = match &settings.protocol_trouble {
        Some(_) => words::protocol_unread().to_owned(),
        None => words::approval_line(&settings.protocol),
    };
    frame.render_widget(Paragraph::new(Line::styled(format!(" {approval}"), theme.text())), regions.phase);
    if settings.rehearsal {
        frame.render_widget(
            Paragraph::new(Line::styled(format!(" {}", words::REHEARSAL), theme.rehearsal())),
            regions.strip,
        );
    }
    if model.is_locked {
        let said = words::locked_first(asks_pin_of(model).is_some());
        let line = Line::styled(format!(" {said}"), theme.strong());
        frame.render_widget(Paragraph::new(line), row(regions.whole, HEADING - 2));
    }
    let Screen::First(first) = &model.screen else {
        let line = Line::styled(format!(" {}", words::opening()), theme.strong());
        frame.render_widget(Paragraph::new(line), row(regions.whole, HEADING));
        return;
    };
    let here = model.listed.iter().filter(|row| row.self_harm).count();
    let heading = match words::more_wait_for_word(model.waiting, here) {
        Some(more) if first.listed => more,
        _ => words::list_heading(first.listed, model.listed.len()).to_owned(),
    };
    frame.render_widget(
        Paragraph::new(Line::styled(format!(" {heading}"), theme.strong())),
        row(regions.whole, HEADING - 1),
    );
    draw_told(model, frame, regions);
    draw_place(model, frame, regions);
    for (place, index) in lines(model, regions) {
        let Some(session) = model.listed.get(index) else { continue };
        let marked = index == first.mark;
        let line = list_line(session, model.is_locked, &settings.zone, settings.clock, model.now.utc_ms);
        let style = if marked { theme.marked() } else { theme.text() };
        let sign = if marked { ">" } else { " " };
        frame.render_widget(Paragraph::new(Line::styled(format!("{sign}{line}"), style)), place);
    }
}

/// Which of the sessions are seen, where the list is longer than its place.
fn draw_place(model: &Model, frame: &mut Frame<'_>, regions: &Regions) {
    let seen: Vec<usize> = lines(model, regions).map(|(_, index)| index).collect();
    if let [first, .., last] = seen.as_slice()
        && seen.len() < model.listed.len()
    {
        let place = words::lines_shown(first + 1, last + 1, model.listed.len());
        let line = Line::styled(format!("{place} "), model.settings.theme.strong()).alignment(Alignment::Right);
        frame.render_widget(Paragraph::new(line), row(regions.whole, HEADING - 1));
    }
}

fn list_line(session: &SessionRow, hidden: bool, zone: &Zone, style: ClockStyle, now_utc_ms: i64) -> String {
    let opening = session.opening.as_ref();
    let patient = session.described.as_ref().or(opening).and_then(|entry| match &entry.fields.event {
        Event::SessionOpened(opening) => Some(words::short_name(&opening.patient, None)),
        // Two people of one name are told apart by code and date of birth.
        Event::PatientDescribed(known) => Some(words::told_apart(known)),
        _ => None,
    });
    let patient = if hidden { Some(words::name_hidden().to_owned()) } else { patient };
    // Who sat is history; that somebody is to be called or asked is not.
    let calls = session.self_harm.then(words::self_harm_state);
    let asks = calls.or_else(|| words::check_back_state(session.check_back_at, zone, now_utc_ms));
    let sitter = asks.map_or_else(|| words::sitter_of(opening), str::to_owned);
    let state = words::list_state(session.open, session.signed);
    words::list_line(&session.number, zone, session.opened_at, style, patient.as_deref(), &sitter, state)
}

/// What was found of the journal and its transcripts, wrapped; at most so many rows that the list keeps its own.
fn told(model: &Model, regions: &Regions) -> Vec<String> {
    let width = usize::from(regions.whole.width).saturating_sub(2);
    let lines = model.told.iter().flat_map(|said| textwrap::wrap(said, width)).map(String::from);
    lines.take(usize::from(TOLD_ROWS)).collect()
}

fn draw_told(model: &Model, frame: &mut Frame<'_>, regions: &Regions) {
    if !model.overlays.is_empty() {
        return;
    }
    let told = told(model, regions);
    let top = regions.notice.y - told.len() as u16;
    for (said, y) in told.iter().zip(top..) {
        let line = Line::styled(format!(" {said}"), model.settings.theme.strong());
        frame.render_widget(Paragraph::new(line), row(regions.whole, y));
    }
}

/// The lines of the list with the session that each shows; the list stays above the panel.
fn lines(model: &Model, regions: &Regions) -> impl Iterator<Item = (Rect, usize)> {
    let Screen::First(first) = &model.screen else { return Vec::new().into_iter() };
    let told = told(model, regions).len() as u16;
    let bottom = if model.overlays.is_empty() { regions.notice.y - told } else { regions.panel.y };
    let rows = usize::from(bottom.saturating_sub(HEADING));
    let top = (first.mark + 1).saturating_sub(rows);
    let shown = (top..model.listed.len()).take(rows);
    shown.map(|index| (row(regions.whole, HEADING + (index - top) as u16), index)).collect::<Vec<_>>().into_iter()
}

/// The session under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<usize> {
    if !model.overlays.is_empty() {
        return None;
    }
    lines(model, regions).find(|(place, _)| place.contains(at)).map(|(_, index)| index)
}

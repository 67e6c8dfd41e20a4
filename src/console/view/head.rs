//! The head of the screen: who, phase and clocks, and what must be known all the time.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use super::super::update::asks_pin_of;
use super::clip::clip;
use super::layout::Regions;
use super::lines::within;
use crate::protocol::Priority;
use crate::words;

/// Rows of a sentence under the list.
const SENTENCE_ROWS: usize = 2;

/// Draws the head.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let theme = model.settings.theme;
    let columns = usize::from(regions.who.width).saturating_sub(1);
    let who = words::who_line(&live.session, model.veil() > 0, counted(model, live), columns);
    let who = clip(&format!(" {who}"), regions.who.width);
    frame.render_widget(Paragraph::new(Line::styled(who, theme.text())), regions.who);
    let room = regions.phase.width.saturating_sub(clock(model).len() as u16 + 3);
    frame.render_widget(Paragraph::new(phase(model, live, room)), regions.phase);
    frame.render_widget(Paragraph::new(Line::styled(clock(model), theme.strong())).alignment(Alignment::Right), {
        Rect { width: regions.phase.width.saturating_sub(1), ..regions.phase }
    });
    strip(model, live, frame, regions.strip);
}

/// Which infusion it is, counted from the earlier visits; none where there are none.
fn counted(model: &Model, live: &Live) -> Option<(usize, Option<u8>)> {
    let earlier = Some(&live.earlier).filter(|earlier| !earlier.visits.is_empty())?;
    let series = earlier.series(&live.session, &live.protocol, &model.settings.zone);
    Some((series.current()?.called?, series.planned))
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

/// What must be known all the time. At the right, always whole: rehearsal, approval. At the left, the gravest first and
/// cut where there is no room: not saved, who else holds the session, a late entry; otherwise the protocol's name.
pub(super) fn strip(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let mut right: Vec<Span<'static>> = Vec::new();
    if live.session.opening().rehearsal {
        right.push(Span::styled(words::REHEARSAL, theme.rehearsal()));
    }
    if live.protocol.approval.is_none() {
        right.push(Span::styled(words::not_approved(), theme.text()));
    }
    let right = joined(right, theme.quiet());
    let room = area.width.saturating_sub(right.width() as u16 + 4);
    let place = Rect { width: area.width.saturating_sub(1), ..area };
    frame.render_widget(Paragraph::new(right).alignment(Alignment::Right), place);
    let left = joined(urgent(model, live), theme.quiet());
    let text: String = left.spans.iter().map(|span| span.content.as_ref()).collect();
    if text.width() <= usize::from(room) {
        frame.render_widget(Paragraph::new(left), Rect { x: area.x + 1, width: room, ..area });
    } else {
        let style = left.spans.first().map_or(theme.text(), |span| span.style);
        let line = Line::styled(clip(&text, room), style);
        frame.render_widget(Paragraph::new(line), Rect { x: area.x + 1, width: room, ..area });
    }
}

fn urgent(model: &Model, live: &Live) -> Vec<Span<'static>> {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let clock = |utc_ms| words::clock(&settings.zone, utc_ms, settings.clock);
    let not_saved = model.not_saved.as_ref().map(|not_saved| {
        let said = words::not_saved(&clock(not_saved.since_utc_ms), &not_saved.why);
        Span::styled(said, theme.alarm(Priority::High))
    });
    let wrong = live
        .session
        .state()
        .wall_is_wrong
        .then(|| Span::styled(words::wall_clock_wrong(), theme.alarm(Priority::Medium)));
    let held = live.read_only.as_ref().map(|why| Span::styled(why.strip(model), theme.alarm(Priority::Medium)));
    let unguarded =
        (live.is_unguarded && live.read_only.is_none()).then(|| Span::styled(words::unguarded(), theme.strong()));
    let locked = model.is_locked.then(|| {
        let name = asks_pin_of(model).map(|sitter| sitter.name.as_str());
        Span::styled(words::locked(name), theme.strong())
    });
    let late = live.late.map(|late| Span::styled(words::late_entry(&clock(late)), theme.strong()));
    // Its own card, and the emergency, tell of the call themselves.
    let called = live.open_call().filter(|_| live.session.state().emergency().is_none());
    let called = called
        .and_then(|open| Some(Span::styled(words::call_chip(live.session.state().call()?, &open), theme.strong())));
    let author = live.author.as_ref().filter(|_| live.session.is_signed());
    let author = author.map(|author| Span::styled(words::addenda_by(&author.name), theme.strong()));
    let found: Vec<_> =
        [not_saved, wrong, held, unguarded, locked, late, called, author].into_iter().flatten().collect();
    if found.is_empty() { vec![Span::styled(live.protocol.name.clone(), theme.text())] } else { found }
}

fn joined(parts: Vec<Span<'static>>, bar: Style) -> Line<'static> {
    let mut spans = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            spans.push(Span::styled(" | ", bar));
        }
        spans.push(part);
    }
    Line::from(spans)
}

/// A word to the sitter, whole: where one row is too little it takes the row above as well. In a rehearsal, otherwise,
/// what the scripted patient shows; in one row where something that matters more ends in the row above: the sentence that
/// refuses what a form holds, an item of the emergency.
pub(super) fn notice(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    if let Some(notice) = &model.notice {
        sentence(frame, area, &notice.text, theme.strong());
    } else if let Some(text) = patient(model) {
        let is_emergency = model.live().is_some_and(|live| live.session.state().emergency().is_some());
        let one_row = is_emergency || !model.overlays.is_empty();
        let text = if one_row { clip(&text, area.width.saturating_sub(2)) } else { text };
        sentence(frame, area, &text, theme.rehearsal());
    }
}

/// What the scripted patient shows.
fn patient(model: &Model) -> Option<String> {
    let patient = &model.patient;
    let shows = !patient.shows.is_empty() || !patient.monitor.is_empty();
    shows.then(|| words::patient_line(&patient.shows, &patient.monitor))
}

/// A sentence on the lowest rows of an area, the last of which is `area` itself.
pub(super) fn sentence(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) {
    let columns = area.width.saturating_sub(2);
    let lines = textwrap::wrap(text, usize::from(columns)).into_iter().map(String::from).collect();
    let lines = within(lines, SENTENCE_ROWS, columns);
    let rows = lines.len().max(1) as u16;
    for (index, line) in lines.iter().enumerate() {
        let place = Rect { y: (area.y + 1 + index as u16).saturating_sub(rows), ..area };
        frame.render_widget(Clear, place);
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), style)), place);
    }
}

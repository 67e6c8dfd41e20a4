//! The panel over the record: forms, menus of one more key, reasons, questions, the call card.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::super::form::{Form, FormKind};
use super::super::input::Chord;
use super::super::keymap::{Binding, Context, label, shown, title};
use super::super::model::{Confirm, Model, Overlay};
use super::clip::clip;
use super::layout::{Regions, row};
use super::lines;
use crate::guidance::Brief;
use crate::words;

/// Columns of one item of a menu.
const ITEM: u16 = 26;

/// Draws what lies over the record.
pub(super) fn draw(model: &Model, overlay: &Overlay, frame: &mut Frame<'_>, area: Rect) {
    match overlay {
        Overlay::Keys(context, _) => draw_menu(model, *context, frame, area),
        Overlay::Form(form) => draw_form(model, form, frame, area),
        Overlay::Call(top) => super::call::draw(model, frame, area, usize::from(*top)),
        Overlay::Brief(next, _, _, top) => {
            let lines = brief_lines(model, &next.name, area.width);
            lines::draw(frame, area, lines, usize::from(*top), model.settings.theme.strong());
        }
        Overlay::Reason(owed, _) => {
            let Some(live) = model.live() else { return };
            let reasons = words::quick_reasons_for(owed, &live.session);
            let items = reasons.iter().enumerate().map(|(index, reason)| format!("{} {reason}", index + 1));
            let lines: Vec<String> = std::iter::once(words::owed(owed, &live.session)).chain(items).collect();
            draw_question(model, &lines, frame, area);
        }
        Overlay::AsRead(seq) => {
            let Some(row) = model.live().and_then(|live| live.session.row(*seq)) else { return };
            let lines = [words::as_read(row.event), words::alarm_stands().to_owned()];
            draw_question(model, &lines, frame, area);
        }
        Overlay::Held => {
            let lines = model.live().and_then(|live| Some(live.read_only.as_ref()?.lines(model, live)));
            draw_question(model, &lines.unwrap_or_default(), frame, area);
        }
        Overlay::WallClock(doubt, _) => {
            let (zone, style) = (&model.settings.zone, model.settings.clock);
            draw_question(model, &words::wall_clock_question(*doubt, model.now.utc_ms, zone, style), frame, area);
        }
        Overlay::Confirm(confirm, top) => {
            let lines = confirm_lines(model, confirm, area.width);
            lines::draw(frame, area, lines, usize::from(*top), model.settings.theme.strong());
        }
        Overlay::Help(_) | Overlay::Sheet(..) => {}
    }
}

fn draw_question(model: &Model, said: &[String], frame: &mut Frame<'_>, area: Rect) {
    let lines = question_lines(model, said, area.width);
    lines::draw(frame, area, lines, 0, model.settings.theme.strong());
}

/// What is asked before it is done, to be scrolled.
pub(super) fn confirm_lines(model: &Model, confirm: &Confirm, width: u16) -> Vec<Line<'static>> {
    let unsaved = model.live().map_or(0, super::super::model::Live::unsaved);
    question_lines(model, &super::super::question::lines(model, confirm, unsaved), width)
}

/// What is asked stands out; a long line goes on under itself.
fn question_lines(model: &Model, said: &[String], width: u16) -> Vec<Line<'static>> {
    let theme = model.settings.theme;
    let wrap = |text: &str| -> Vec<String> {
        let indent: String = text.chars().take_while(|c| *c == ' ').chain("  ".chars()).collect();
        let options = textwrap::Options::new(usize::from(width).saturating_sub(2)).subsequent_indent(&indent);
        textwrap::wrap(text, options).into_iter().map(String::from).collect()
    };
    let styled = |(index, text): (usize, &String)| {
        let style = if index == 0 { theme.strong() } else { theme.text() };
        wrap(text).into_iter().map(move |line| Line::styled(format!(" {line}"), style)).collect::<Vec<_>>()
    };
    said.iter().enumerate().flat_map(styled).collect()
}

/// The brief as it stands now, to be scrolled: what is said aloud stands out, what is read beside it does not.
pub(super) fn brief_lines(model: &Model, next: &str, width: u16) -> Vec<Line<'static>> {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let Some(live) = model.live() else { return Vec::new() };
    let brief = Brief::of(&live.protocol, &live.session, &live.guidance, &settings.zone);
    let (zone, style, hidden) = (&settings.zone, settings.clock, model.veil() > 0);
    let lines = words::brief(&brief, &live.protocol, &live.session, &live.guidance, hidden, zone, style);
    let title = words::brief_title(next, &live.session.sitter().name);
    let width = usize::from(width).saturating_sub(2);
    let strong = std::iter::once(title).chain(lines.spoken).map(|line| (line, theme.strong()));
    let all = strong.chain(lines.read.into_iter().map(|line| (line, theme.text())));
    let wrapped = |(line, style): (String, ratatui::style::Style)| {
        let rows = textwrap::wrap(&line, width).into_iter().map(|row| Line::styled(format!(" {row}"), style));
        rows.collect::<Vec<_>>()
    };
    all.flat_map(wrapped).collect()
}

/// The keys of a menu with their places.
fn menu(model: &Model, context: Context, area: Rect) -> Vec<(Rect, &'static Binding)> {
    let columns = (area.width / ITEM).max(1);
    let keys = shown(model, context).filter(|binding| binding.chords != [Chord::Esc]);
    keys.enumerate()
        .map(|(index, binding)| {
            let (column, line) = (index as u16 % columns, index as u16 / columns);
            let place = row(area, line + 1);
            (Rect { x: place.x + 1 + column * ITEM, width: ITEM.min(place.width), ..place }, binding)
        })
        .filter(|(place, _)| place.height > 0 && place.right() <= area.right() + 1)
        .collect()
}

fn draw_menu(model: &Model, context: Context, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let heading = Line::styled(format!(" {}", title(model, context)), theme.strong());
    frame.render_widget(Paragraph::new(heading), row(area, 0));
    for (place, binding) in menu(model, context, area) {
        let line = Line::from(vec![
            Span::styled(binding.chords[0].shown(), theme.key()),
            Span::raw(" "),
            Span::styled(label(model, binding), theme.text()),
        ]);
        frame.render_widget(Paragraph::new(line), place.intersection(area));
    }
}

/// The key under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<Chord> {
    match model.overlays.last()? {
        Overlay::Keys(context, _) => {
            let keys = menu(model, *context, regions.panel);
            keys.into_iter().find(|(place, _)| place.contains(at)).map(|(_, binding)| binding.chords[0])
        }
        Overlay::Reason(..) if regions.panel.contains(at) => {
            let index = u32::from(at.y - regions.panel.y);
            (1..=8).contains(&index).then(|| Chord::Char(char::from_digit(index, 10).unwrap_or('0')))
        }
        _ => None,
    }
}

fn draw_form(model: &Model, form: &Form, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let count = words::field_count(form.focus, form.fields.len());
    let title = super::super::question::form_title(model, &form.kind);
    let title = match title.split_once('\n') {
        Some((title, below)) => format!("{title}{count}\n{below}"),
        None => format!("{title}{count}"),
    };
    let width = usize::from(area.width).saturating_sub(2);
    let title = textwrap::wrap(&title, width).into_iter().map(String::from).collect();
    // One row is left for the field with the cursor, and one for the fault.
    let title = lines::within(title, usize::from(area.height).saturating_sub(2).max(1), area.width.saturating_sub(2));
    for (index, line) in title.iter().enumerate() {
        let line = Line::styled(format!(" {line}"), theme.strong());
        frame.render_widget(Paragraph::new(line), row(area, index as u16));
    }
    let label_width = form.fields.iter().map(|field| field.label.chars().count()).max().unwrap_or(0);
    // A form longer than the panel is scrolled to its focus; the last row is kept for the fault.
    let room = usize::from(area.height).saturating_sub(title.len() + 1).max(1);
    let top = (form.focus + 1).saturating_sub(room);
    for (index, field) in form.fields.iter().enumerate().skip(top).take(room) {
        let place = row(area, (index - top + title.len()) as u16);
        let focused = index == form.focus;
        let label = format!(" {:<label_width$} ", field.label);
        let label_cells = label.chars().count() as u16;
        let style = if focused { theme.strong() } else { theme.text() };
        frame.render_widget(Paragraph::new(Line::styled(label, style)), place);
        let input = Rect { x: place.x + label_cells, width: place.width.saturating_sub(label_cells + 1), ..place };
        draw_input(model, field, form.kind == FormKind::Identity, focused, frame, input);
    }
    let notes = super::super::question::form_notes(model, form);
    let notes = notes.iter().flat_map(|note| textwrap::wrap(note, width)).map(String::from).collect();
    // The last row is kept for the fault, or for who can be named.
    let under = form.fields.len() + title.len();
    let notes = lines::within(notes, usize::from(area.height).saturating_sub(under + 1), area.width.saturating_sub(2));
    for (index, line) in notes.iter().enumerate() {
        let place = row(area, (under + index) as u16);
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), theme.text())), place);
    }
    let last = row(area, area.height.saturating_sub(1));
    let asked = form.bang.as_ref().map(|_| words::emergency_or_text());
    if let Some(fault) = asked.or(form.fault.as_deref()) {
        // A sentence that says what to do is no use cut short: it stands on the last rows, over the hints of a long form.
        let lines = textwrap::wrap(fault, usize::from(area.width).saturating_sub(2));
        let first = area.height.saturating_sub(lines.len() as u16);
        for (index, line) in lines.iter().enumerate() {
            let place = row(area, first + index as u16);
            frame.render_widget(Clear, place);
            frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), theme.strong())), place);
        }
    } else if let people @ [_, ..] = super::super::update::people(&model.settings, form).as_slice() {
        let names = people.iter().map(|person| person.name.as_str());
        let line = words::sitter_choice(names);
        frame.render_widget(Clear, last);
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), theme.text())), last);
    }
}

fn draw_input(
    model: &Model,
    field: &super::super::form::Field,
    is_identity: bool,
    focused: bool,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let theme = model.settings.theme;
    // Neither the PIN nor its characters: only how many there are.
    let masked = field.is_secret.then(|| "*".repeat(field.input.value().chars().count()));
    let value = masked.as_deref().unwrap_or_else(|| field.input.value());
    if value.is_empty() {
        // The form of identity says in its hints who the patient is.
        let is_hidden = is_identity && model.veil() > 0;
        let hint = if is_hidden { "" } else { field.hint.as_str() };
        let lead = if focused { "_ " } else { "" };
        let hint = clip(&format!("{lead}{hint}"), area.width);
        frame.render_widget(Paragraph::new(Line::styled(hint, theme.quiet())), area);
    }
    let scroll = field.input.visual_scroll(usize::from(area.width).saturating_sub(1));
    if !value.is_empty() {
        let line = Line::styled(value.to_owned(), theme.strong());
        frame.render_widget(Paragraph::new(line).scroll((0, scroll as u16)), area);
    }
    if focused {
        let cursor = field.input.visual_cursor().saturating_sub(scroll) as u16;
        frame.set_cursor_position(Position::new(area.x + cursor.min(area.width.saturating_sub(1)), area.y));
    }
}

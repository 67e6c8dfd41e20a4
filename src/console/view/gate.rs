//! The discharge gate: each item with its answer and, in a few words, what the record shows; under the list, in their fixed
//! places, what the record shows of the marked item and who answered it, whole.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::{Regions, SENTENCE, row};
use crate::guidance::GateItem;
use crate::session::{Against, GateAnswer};
use crate::words;

/// Columns of the mark and the answer.
const ANSWER: u16 = 12;
/// Columns of what the record shows, at the right.
const SHOWN: u16 = 26;
/// Rows of what the record shows of the marked item.
const MARKED_ROWS: usize = 2;

/// Draws the list around the marked item; its last row is kept for what the record shows of that one.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions, mark: usize) {
    // Further apart, what the record shows would not be read with its item.
    let area = Rect { width: regions.record.width.min(SENTENCE), ..regions.record };
    let (whole, count) = (usize::from(area.height.saturating_sub(1).max(1)), live.guidance.gate.len());
    // Where there is more, one row says so.
    let rows = if count > whole { whole.saturating_sub(1).max(1) } else { whole };
    let top = (mark + 1).saturating_sub(rows);
    if count > whole && whole > 1 {
        let shown = format!("{} ", words::lines_shown(top + 1, (top + rows).min(count), count));
        let width = (shown.width() as u16).min(area.width);
        let place = Rect { x: area.right() - width, width, ..row(area, rows as u16) };
        frame.render_widget(Paragraph::new(Line::styled(shown, model.settings.theme.strong())), place);
    }
    for (index, item) in live.guidance.gate.iter().enumerate().skip(top).take(rows) {
        draw_item(model, item, index == mark, frame, row(area, (index - top) as u16));
    }
    draw_marked(model, live, frame, regions, mark);
}

fn draw_item(model: &Model, item: &GateItem, is_marked: bool, frame: &mut Frame<'_>, place: Rect) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let style = if is_marked { theme.marked() } else { theme.text() };
    let answer = item.answer.as_ref().map(|(answer, ..)| answer);
    let word = if answer.is_some() { words::gate_item_word(item) } else { "--" };
    // What stood against an answer when it was given stays beside it, whatever the record shows by now.
    let word = match item.answered_against.filter(|_| !item.is_asked_again()) {
        Some(against) => format!("{word} {}", words::against_mark(against)),
        None => word.to_owned(),
    };
    // "Met" against the record stays marked, and an open item that would be says so before it is answered.
    let is_against = match answer {
        None | Some(GateAnswer::Met { .. }) => item.against.filter(|_| !item.asks_name),
        Some(_) => None,
    };
    let sign = match is_against {
        Some(Against::Otherwise) => "\u{2260} ",
        // Before a value that is recorded it would read as if that were in doubt: there the words say what is not.
        Some(Against::NotRecorded) if !item.evidence.is_recorded() => "? ",
        _ => "  ",
    };
    let gap = if is_against.is_some() { " " } else { "" };
    let shown = |with_time| {
        let said = words::evidence_short(&item.evidence, &settings.zone, settings.clock, with_time);
        format!("{gap}{sign}{said}")
    };
    // The two make way for each other, and stand in columns where both have room; the time stands under the list too.
    let room = place.width.saturating_sub(ANSWER);
    let has_room = |shown: &str| item.say.width() + 1 + shown.width() <= usize::from(room);
    let shown = Some(shown(true)).filter(|shown| has_room(shown)).unwrap_or_else(|| shown(false));
    let wanted = (shown.width() as u16).min(SHOWN);
    let column = if item.say.width() as u16 + SHOWN < room { SHOWN } else { wanted };
    let said = room.saturating_sub(column);
    let answer_style = if is_against.is_some() && answer.is_some() { theme.marked() } else { theme.strong() };
    let lead = if is_marked { ">" } else { " " };
    let line = Line::from(vec![
        Span::styled(lead, theme.strong()),
        Span::styled(word.clone(), answer_style),
        Span::raw(" ".repeat(usize::from(ANSWER).saturating_sub(1 + word.width()))),
        Span::styled(clip(&item.say, said), style),
    ]);
    frame.render_widget(Paragraph::new(line), place);
    let at = Rect { x: place.right().saturating_sub(column), width: column.min(place.width), ..place };
    let style = if is_against.is_some() { theme.strong() } else { theme.text() };
    frame.render_widget(Paragraph::new(Line::styled(clip(&shown, column), style)), at);
}

/// What the record shows of the marked item, whole, and the answer that it has: on the last row of the list and the one
/// under it, wherever the list stands.
fn draw_marked(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions, mark: usize) {
    let Some(item) = live.guidance.gate.get(mark) else { return };
    let (theme, settings) = (model.settings.theme, &model.settings);
    let shown = words::evidence(&item.evidence, &settings.zone, settings.clock, live.guidance.now);
    let width = usize::from(regions.notice.width).saturating_sub(2);
    let record = words::record_shows(None, &shown);
    let answer = item.answer.as_ref().map(|(answer, at, by)| {
        words::answer_stands(answer, &words::clock(&settings.zone, at.utc_ms, settings.clock), by)
    });
    // An item that the list cuts stands whole here.
    let is_cut = item.say.width() + usize::from(ANSWER) + 1 > usize::from(regions.record.width);
    let record = if is_cut { words::record_shows(Some(&item.say), &shown) } else { record };
    let mut lines: Vec<String> = textwrap::wrap(&record, width).into_iter().map(String::from).collect();
    lines.extend(answer.iter().flat_map(|answer| textwrap::wrap(answer, width)).map(String::from));
    if lines.len() > MARKED_ROWS {
        let rest = lines.split_off(MARKED_ROWS - 1).join(" ");
        lines.push(clip(&rest, regions.notice.width.saturating_sub(2)));
    }
    for (index, line) in lines.iter().enumerate() {
        let place = Rect { y: regions.notice.y - 1 + index as u16, ..regions.notice };
        frame.render_widget(Clear, place);
        let style = if index == 0 { theme.strong() } else { theme.text() };
        let line = clip(&format!(" {line}"), place.width);
        frame.render_widget(Paragraph::new(Line::styled(line, style)), place);
    }
}

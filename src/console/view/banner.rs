//! The banner: the alarm or prompt on top with its numbered responses; without one, what was dealt with, what is owed, and
//! after the end the clock times of the guidance.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::input::Chord;
use super::super::model::{Live, Model, Page};
use super::layout::{Regions, row};
use crate::guidance::Prompt;
use crate::protocol::{Priority, Response};
use crate::session::{PumpState, SECOND_MS};
use crate::words;

/// Draws the banner.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let area = regions.banner;
    if live.asks_whether_stopped() {
        let lines = words::pump_stopped_question();
        draw_lines(model, frame, area, &lines);
    } else if let Some(prompt) = live.drawn() {
        draw_prompt(model, live, prompt, frame, area);
    } else {
        draw_lines(model, frame, area, &quiet_lines(model, live));
    }
}

fn draw_lines(model: &Model, frame: &mut Frame<'_>, area: Rect, lines: &[String]) {
    let width = usize::from(area.width).saturating_sub(2);
    let wrapped = lines.iter().flat_map(|line| textwrap::wrap(line, width));
    for (index, line) in wrapped.take(usize::from(area.height)).enumerate() {
        let style = if index == 0 { model.settings.theme.strong() } else { model.settings.theme.text() };
        frame.render_widget(Paragraph::new(Line::styled(format!(" {line}"), style)), row(area, index as u16));
    }
}

fn draw_prompt(model: &Model, live: &Live, prompt: &Prompt, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let Some(response) = live.protocol.responses.get(prompt.rule) else { return };
    draw_headline(model, live, prompt, frame, row(area, 0));
    for (index, said) in said(response, area.width).iter().take(2).enumerate() {
        frame
            .render_widget(Paragraph::new(Line::styled(format!(" {said}"), theme.text())), row(area, 1 + index as u16));
    }
    if matches!(live.page, Page::Record(_)) {
        let line = Line::styled(format!(" {}", words::answer_from_the_session()), theme.text());
        frame.render_widget(Paragraph::new(line), row(area, 3));
    }
    for (place, key, label) in responses(response, prompt, live.page, area) {
        let line =
            Line::from(vec![Span::styled(key.shown(), theme.key()), Span::raw(" "), Span::styled(label, theme.text())]);
        frame.render_widget(Paragraph::new(line), place);
    }
}

/// The alarm or prompt on top as one line, as it stands in an emergency.
pub(super) fn draw_alarm(model: &Model, live: &Live, frame: &mut Frame<'_>, first: Rect) {
    if let Some(prompt) = live.drawn() {
        draw_headline(model, live, prompt, frame, first);
    }
}

/// What was found, and at the right how many more there are.
fn draw_headline(model: &Model, live: &Live, prompt: &Prompt, frame: &mut Frame<'_>, first: Rect) {
    let theme = model.settings.theme;
    let settings = &model.settings;
    let headline = if prompt.settled.is_some() {
        words::settled_line(prompt, &live.protocol, &live.session, &live.guidance, &settings.zone, settings.clock)
    } else {
        words::headline(prompt, &live.protocol, &live.session, &live.guidance)
    };
    let count = words::prompt_count(live.top.passed % live.queue().len().max(1), live.queue().len());
    let style = if prompt.settled.is_some() { theme.strong() } else { theme.alarm(prompt.priority) };
    let mark = words::priority_mark(prompt.priority);
    let line = Line::from(vec![
        Span::styled(format!(" {mark}"), blinking(model, prompt, style)),
        Span::styled(headline, style),
    ]);
    // How many there are stands at the right, where a long headline cannot push it off the screen.
    let right = (count.chars().count() as u16 + 1).min(first.width);
    let said_in = Rect { width: first.width - if count.is_empty() { 0 } else { right }, ..first };
    let counted_in = Rect { x: first.right() - right, width: right, ..first };
    frame.render_widget(Paragraph::new(line), said_in);
    frame.render_widget(Paragraph::new(Line::styled(count, theme.text())), counted_in);
}

/// The mark of an open high alarm blinks, once in two seconds: nothing else on the screen does.
fn blinking(model: &Model, prompt: &Prompt, style: Style) -> Style {
    let off = model.now.boot_ms.div_euclid(SECOND_MS) % 2 != 0;
    if prompt.priority == Priority::High && prompt.settled.is_none() && off {
        style.remove_modifier(Modifier::BOLD).add_modifier(Modifier::DIM)
    } else {
        style
    }
}

fn said(response: &Response, width: u16) -> Vec<String> {
    textwrap::wrap(&response.say, usize::from(width).saturating_sub(2)).into_iter().map(String::from).collect()
}

/// The numbered responses with their places: the last two rows of the banner.
fn responses(response: &Response, prompt: &Prompt, page: Page, area: Rect) -> Vec<(Rect, Chord, String)> {
    // In the record a digit begins a late entry: no number is printed that could not be pressed.
    if matches!(page, Page::Record(_)) {
        return Vec::new();
    }
    let digit = |n: usize| Chord::Char(char::from_digit(n as u32, 10).unwrap_or('0'));
    let mut items: Vec<(Chord, String)> =
        response.steps.iter().enumerate().map(|(index, step)| (digit(index + 1), step.clone())).collect();
    items.push((Chord::Char('0'), words::not_done().to_owned()));
    if prompt.settled.is_none() && prompt.priority > Priority::Prompt {
        items.push((Chord::Char('k'), words::acknowledge().to_owned()));
    }
    let (mut x, mut y) = (1, 3);
    let mut out = Vec::new();
    for (key, label) in items {
        let width = (label.chars().count() + 2) as u16;
        if x + width > area.width && x > 1 {
            (x, y) = (1, y + 1);
        }
        if y < area.height {
            let place =
                Rect { x: area.x + x, y: area.y + y, width: width.min(area.width.saturating_sub(x)), height: 1 };
            out.push((place, key, label));
        }
        x += width + 3;
    }
    out
}

/// What stands in the banner when no prompt does.
fn quiet_lines(model: &Model, live: &Live) -> Vec<String> {
    let settings = &model.settings;
    let mut lines = Vec::new();
    if live.guidance.after.is_some() {
        lines.extend(words::after_lines(&live.protocol, &live.session, &live.guidance, &settings.zone, settings.clock));
    } else if live.session.state().infusion.state == PumpState::Waiting {
        lines.push(words::before_start(&live.session));
    }
    if let Some(owed) = live.session.state().owed.last() {
        lines.insert(lines.len().min(3), words::owed_line(owed, &live.session, live.session.state().owed.len()));
    }
    if let Some(seq) = live.session.state().unconfirmed.last() {
        lines.insert(0, words::unconfirmed_line(*seq));
    }
    lines
}

/// The response under a click.
pub(super) fn hit(model: &Model, regions: &Regions, at: Position) -> Option<Chord> {
    let live = model.live().filter(|live| !matches!(live.shown_page(), Page::Far | Page::Emergency))?;
    let prompt = live.drawn()?;
    let response = live.protocol.responses.get(prompt.rule)?;
    responses(response, prompt, live.page, regions.banner)
        .into_iter()
        .find(|(place, ..)| place.contains(at))
        .map(|(_, key, _)| key)
}

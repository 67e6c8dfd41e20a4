//! A terminal below 80x24: the essentials, as many lines as there are, and the word that it is too small.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::super::form::Form;
use super::super::model::{Model, Overlay};
use super::layout::{MIN_COLUMNS, MIN_ROWS};
use crate::protocol::{Priority, ReadingKind};
use crate::words;

/// Draws the essentials, the gravest first.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let lines: Vec<Line<'static>> = lines(model).into_iter().map(|(text, style)| Line::styled(text, style)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// Alarms that are listed, the worst first.
const MOST_ALARMS: usize = 4;

fn lines(model: &Model) -> Vec<(String, Style)> {
    let theme = model.settings.theme;
    let too_small = (words::too_small(MIN_COLUMNS, MIN_ROWS), theme.text());
    let Some(live) = model.live() else {
        return vec![(super::head::clock(model), theme.strong()), too_small];
    };
    let mut out = Vec::new();
    let (name, figures) = words::phase_line(&live.session, &live.guidance, &model.settings.zone, model.settings.clock);
    if let Some(not_saved) = &model.not_saved {
        let clock = words::clock(&model.settings.zone, not_saved.since_utc_ms, model.settings.clock);
        out.push((words::not_saved(&clock, ""), theme.alarm(Priority::High)));
    }
    if let Some(why) = &live.read_only {
        out.push((why.strip(model), theme.alarm(Priority::Medium)));
    }
    out.extend(live.no_alarms_here().map(|said| (said.to_owned(), theme.strong())));
    if live.is_unguarded && live.read_only.is_none() {
        out.push((words::unguarded().to_owned(), theme.strong()));
    }
    let open = &live.guidance.prompts.open;
    let alarms =
        open.iter().filter(|_| !live.is_lost()).filter(|prompt| prompt.priority >= Priority::Medium).take(MOST_ALARMS);
    let quiet = open
        .first()
        .or_else(|| live.on_top())
        .filter(|_| !live.is_lost())
        .filter(|prompt| prompt.priority < Priority::Medium);
    for prompt in alarms.chain(quiet) {
        let headline = words::headline(prompt, &live.protocol, &live.session, &live.guidance);
        out.push((format!("{}{headline}", words::priority_mark(prompt.priority)), theme.alarm(prompt.priority)));
    }
    if let Some(Overlay::Form(Form { bang: Some(_), .. })) = model.overlays.last() {
        out.push((words::emergency_or_text().to_owned(), theme.strong()));
    }
    if let Some(notice) = &model.notice {
        out.push((notice.text.clone(), theme.strong()));
    }
    if let Some(absence) = super::rules::absence(model, live) {
        out.push((absence, theme.strong()));
    }
    if let Some(emergency) = live.session.state().emergency() {
        let lines = super::emergency::small_lines(model, live, emergency).into_iter();
        out.extend(
            lines.enumerate().map(|(index, line)| (line, if index < 2 { theme.strong() } else { theme.text() })),
        );
        out.push(too_small);
        return out;
    }
    out.push((format!("{name} {figures}"), theme.strong()));
    let pressure = words::last_reading(&live.guidance.history, ReadingKind::BloodPressure);
    let others = [ReadingKind::HeartRate, ReadingKind::Spo2, ReadingKind::RespiratoryRate];
    let others = others
        .map(|kind| format!("{} {}", words::reading_short(kind), words::last_reading(&live.guidance.history, kind)));
    let look = live.session.state().last_look.map(|look| live.guidance.now.session_ms - look.session_ms);
    out.push((format!("BP {pressure}  last look {}", words::look_ago(look)), theme.text()));
    out.push((others.join("  "), theme.text()));
    out.push(too_small);
    out
}

//! The last vital signs with their change from baseline, the last look, and what is due.

use ratatui::Frame;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use super::layout::Regions;
use crate::guidance::{Due, History};
use crate::protocol::{Priority, Reach, ReadingKind, Vital};
use crate::words;

/// Draws both lines.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    frame.render_widget(Paragraph::new(values(model, live, regions.vitals.width)), regions.vitals);
    frame.render_widget(Paragraph::new(due(model, live, regions.due.width)), regions.due);
}

/// How the numbers stand in the row.
struct Spacing {
    between: &'static str,
    /// With the change from the baseline.
    change: bool,
    /// Ages in fewer characters.
    short_ages: bool,
}

/// The wider the better; where every number is past its limit and of another time, what can be read elsewhere gives way.
const SPACINGS: [Spacing; 5] = [
    Spacing { between: "   ", change: true, short_ages: false },
    Spacing { between: "  ", change: true, short_ages: false },
    Spacing { between: " ", change: true, short_ages: false },
    Spacing { between: " ", change: false, short_ages: false },
    Spacing { between: " ", change: false, short_ages: true },
];

fn values(model: &Model, live: &Live, width: u16) -> Line<'static> {
    let mut row = Line::default();
    for spacing in &SPACINGS {
        row = values_spaced(model, live, width, spacing);
        if row.width() <= usize::from(width) {
            break;
        }
    }
    row
}

fn values_spaced(model: &Model, live: &Live, width: u16, spacing: &Spacing) -> Line<'static> {
    let theme = model.settings.theme;
    let history = &live.guidance.history;
    let pressure = history.last_attempt(ReadingKind::BloodPressure).map(|(_, taken)| taken.seq);
    let mut spans = vec![Span::raw(" ")];
    for kind in [ReadingKind::BloodPressure, ReadingKind::HeartRate, ReadingKind::Spo2, ReadingKind::RespiratoryRate] {
        spans.extend(number(model, live, kind));
        // The time at the end of the row is the pressure's: what is not of its line has its own.
        let other = history.last_attempt(kind).map(|(_, taken)| taken).filter(|taken| Some(taken.seq) != pressure);
        spans.extend(other.map(|taken| {
            let ago_ms = live.guidance.now.session_ms - taken.at.session_ms;
            let age = if spacing.short_ages { words::number_age_short(ago_ms) } else { words::number_age(ago_ms) };
            Span::styled(format!(" {age}"), theme.text())
        }));
        if kind == ReadingKind::BloodPressure
            && spacing.change
            && let Some(change) = words::change_from_baseline(history)
        {
            spans.push(Span::styled(format!(" {change}"), theme.text()));
        }
        spans.push(Span::raw(spacing.between));
    }
    if let Some((_, taken)) = history.last_attempt(ReadingKind::BloodPressure) {
        let ago = words::minutes_ago(live.guidance.now.session_ms - taken.at.session_ms);
        let clock = words::clock(&model.settings.zone, taken.at.utc_ms, model.settings.clock);
        let used: usize = spans.iter().map(Span::width).sum();
        // Cut short it would be another age: whole, or the age alone, or not at all.
        let whole = [format!("{clock}, {ago}"), ago].into_iter().find(|said| used + said.width() <= usize::from(width));
        spans.extend(whole.map(|said| Span::styled(said, theme.text())));
    }
    Line::from(spans)
}

/// One reading: its name, and its value with the mark and the colour of its alarm.
pub(super) fn number(model: &Model, live: &Live, kind: ReadingKind) -> [Span<'static>; 2] {
    let name = Span::styled(format!("{} ", words::reading_short(kind)), model.settings.theme.text());
    let value = words::last_reading(&live.guidance.history, kind);
    [name, Span::styled(format!("{value}{}", mark(live, kind)), style(model, live, kind))]
}

/// The alarm's mark behind a value past a limit: colour never speaks alone.
fn mark(live: &Live, kind: ReadingKind) -> String {
    let priority = match reach(live, kind) {
        Reach::Call => Priority::High,
        Reach::Notify => Priority::Medium,
        Reach::Inside => return String::new(),
    };
    format!(" {}", words::priority_mark(priority).trim_end())
}

/// Bold over the clinic's bold limit; the alarm's colour past a limit, with its mark in the value's text.
fn style(model: &Model, live: &Live, kind: ReadingKind) -> Style {
    let theme = model.settings.theme;
    match reach(live, kind) {
        Reach::Call => theme.alarm(Priority::High),
        Reach::Notify => theme.alarm(Priority::Medium),
        Reach::Inside if is_bold(&live.guidance.history, live, kind) => {
            theme.strong().add_modifier(Modifier::UNDERLINED)
        }
        Reach::Inside => theme.strong(),
    }
}

fn reach(live: &Live, kind: ReadingKind) -> Reach {
    let history = &live.guidance.history;
    let last = history.last_attempt(kind).map(|(_, taken)| taken);
    last.and_then(|taken| history.reach(&live.protocol, kind, &taken, Reach::Inside)).unwrap_or(Reach::Inside)
}

fn is_bold(history: &History, live: &Live, kind: ReadingKind) -> bool {
    kind.vitals().iter().any(|vital: &Vital| {
        let Some((value, taken)) = history.last_value(*vital) else { return false };
        let (limits, baseline) = history.limits_at(&live.protocol, *vital, taken.at);
        limits.is_bold(value, baseline)
    })
}

/// Closer together where two checks are due at once and there is little room.
fn due(model: &Model, live: &Live, columns: u16) -> Line<'static> {
    let line = due_apart(model, live, "   |   ");
    if line.width() > usize::from(columns) { due_apart(model, live, " | ") } else { line }
}

fn due_apart(model: &Model, live: &Live, between: &'static str) -> Line<'static> {
    let theme = model.settings.theme;
    let guidance = &live.guidance;
    let now_ms = guidance.now.session_ms;
    let look = live.session.state().last_look.map(|look| now_ms - look.session_ms);
    let mut spans =
        vec![Span::styled(" last look ", theme.text()), Span::styled(words::look_ago(look), theme.strong())];
    let mut push = |due: &Due, said: &str| {
        let style = if due.due { theme.strong() } else { theme.text() };
        let mark = if due.overdue { "> " } else { "" };
        spans.push(Span::styled(between, theme.quiet()));
        spans.push(Span::styled(format!("{mark}{said}"), style));
    };
    // The least disturbing first: look, listen, then the cuff.
    let look_due = guidance.schedule.look.as_ref().filter(|look| look.due);
    if let Some(due) = look_due {
        push(due, words::look_due(due));
    }
    if let Some(vitals) = &guidance.schedule.vitals {
        let (zone, style) = (&model.settings.zone, model.settings.clock);
        match &guidance.schedule.put_off {
            Some(put_off) => push(vitals, &words::put_off_to(put_off, look_due.is_none(), zone, style)),
            None => push(vitals, &words::vitals_due(guidance, vitals, look)),
        }
    }
    Line::from(spans)
}

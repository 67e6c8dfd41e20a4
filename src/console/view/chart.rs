//! The vital signs over time, as on an anaesthesia record: systolic and diastolic as arrowheads, heart rate as a dot,
//! findings and drugs as letters along the foot.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use crate::guidance::gaps;
use crate::protocol::Vital;
use crate::session::{Check, Event, MINUTE_MS, Observation};
use crate::words;

/// The scale, mmHg and /min.
const LOW: u16 = 40;
const HIGH: u16 = 200;
/// Columns for the numbers at the left.
const AXIS: u16 = 5;
/// Minutes before the start that are shown.
const BEFORE_MIN: i64 = 15;
/// The least stretch of time after the start, minutes.
const LEAST_AFTER_MIN: i64 = 75;

/// Where time and value lie.
struct Plot {
    area: Rect,
    from_ms: i64,
    to_ms: i64,
}

impl Plot {
    fn column(&self, session_ms: i64) -> Option<u16> {
        let span = self.to_ms - self.from_ms;
        let along = session_ms - self.from_ms;
        if !(0..=span).contains(&along) || self.area.width < 2 {
            return None;
        }
        let column = along * i64::from(self.area.width - 1) / span;
        Some(self.area.x + u16::try_from(column).ok()?)
    }

    fn line(&self, value: u16) -> u16 {
        let value = value.clamp(LOW, HIGH);
        let height = self.area.height.saturating_sub(1);
        self.area.y + height - (u32::from(value - LOW) * u32::from(height) / u32::from(HIGH - LOW)) as u16
    }
}

/// Draws the chart.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    if area.width < AXIS + 20 || area.height < 8 {
        return;
    }
    let theme = model.settings.theme;
    let plot = plot(live, area);
    let buffer = frame.buffer_mut();
    let [long, short] = words::chart_legends();
    let legend = if long.width() < usize::from(area.width) { long } else { short };
    put(buffer, area.x + 1, area.y, legend, theme.text());
    for value in [LOW, 80, 120, 160, HIGH] {
        let line = plot.line(value);
        put(buffer, area.x, line, &format!("{value:>4}"), theme.quiet());
        for column in (plot.area.x..plot.area.right()).step_by(4) {
            put(buffer, column, line, "\u{b7}", theme.quiet());
        }
    }
    minutes(live, &plot, buffer, theme.quiet());
    readings(live, &plot, buffer, theme.strong());
    events(live, &plot, buffer, theme.strong());
}

/// From a quarter of an hour before the start (or from the opening) to now, five quarters of an hour at least.
fn plot(live: &Live, area: Rect) -> Plot {
    let area = Rect {
        x: area.x + AXIS,
        y: area.y + 1,
        width: area.width.saturating_sub(AXIS + 1),
        height: area.height.saturating_sub(4),
    };
    let start_ms = live.session.state().infusion.started.map_or(live.guidance.now.session_ms, |at| at.session_ms);
    let from_ms = start_ms - BEFORE_MIN * MINUTE_MS;
    let to_ms = (start_ms + LEAST_AFTER_MIN * MINUTE_MS).max(live.guidance.now.session_ms);
    Plot { area, from_ms, to_ms }
}

fn put(buffer: &mut Buffer, x: u16, y: u16, text: &str, style: Style) {
    let area = *buffer.area();
    if x < area.right() && y < area.bottom() {
        buffer.set_stringn(x, y, text, usize::from(area.right() - x), style);
    }
}

fn minutes(live: &Live, plot: &Plot, buffer: &mut Buffer, style: Style) {
    let Some(start) = live.session.state().infusion.started else { return };
    let foot = plot.area.bottom() + 1;
    let span_min = (plot.to_ms - plot.from_ms) / MINUTE_MS;
    let step = if span_min > 150 { 60 } else { 15 };
    for minute in (0..=span_min).step_by(step) {
        if let Some(column) = plot.column(start.session_ms + minute * MINUTE_MS) {
            put(buffer, column, foot, &minute.to_string(), style);
        }
    }
    for mark in [Some(start), live.session.state().infusion.ended].into_iter().flatten() {
        if let Some(column) = plot.column(mark.session_ms) {
            for line in plot.area.y..plot.area.bottom() {
                put(buffer, column, line, "\u{250a}", style);
            }
        }
    }
}

fn readings(live: &Live, plot: &Plot, buffer: &mut Buffer, style: Style) {
    let signs = [(Vital::HeartRate, "\u{2022}"), (Vital::Systolic, "\u{2228}"), (Vital::Diastolic, "\u{2227}")];
    for taken in &live.guidance.history.vitals {
        let Some(column) = plot.column(taken.at.session_ms) else { continue };
        for (vital, sign) in signs {
            if let Some(value) = taken.vitals.value(vital) {
                put(buffer, column, plot.line(value), sign, style);
            }
        }
    }
}

/// A letter for each finding above none, each drug and each check that was put off: the key that records it. What was not
/// taken, or missed, is an x; a stretch in which a reading was due and nobody took it is a line.
fn events(live: &Live, plot: &Plot, buffer: &mut Buffer, style: Style) {
    for gap in gaps(&live.protocol, &live.session, &live.guidance.history, live.guidance.now) {
        let to_ms = gap.to.unwrap_or(live.guidance.now).session_ms;
        if let (Check::Vitals, Some(from), Some(to)) = (gap.check, plot.column(gap.from.session_ms), plot.column(to_ms))
        {
            put(buffer, from, plot.area.bottom(), &"-".repeat(usize::from(to - from + 1)), style);
        }
    }
    for row in live.session.standing() {
        let letter = match row.event {
            Event::ObservationRecorded { observation } => match observation {
                Observation::Nausea(grade) if grade.get() > 0 => "n",
                Observation::Vomiting => "v",
                Observation::Anxiety(grade) if grade.get() > 0 => "a",
                Observation::Pain(grade) if grade.get() > 0 => "p",
                Observation::Seen(_) => "w",
                _ => continue,
            },
            Event::DrugGiven(_) => "g",
            Event::CheckPutOff { .. } => "j",
            Event::MarkMissed { .. } => "x",
            Event::VitalsRecorded { vitals, .. } if vitals.has_not_taken() => "x",
            Event::InfusionPaused => "=",
            _ => continue,
        };
        if let Some(column) = plot.column(row.item.at.session_ms) {
            put(buffer, column, plot.area.bottom(), letter, style);
        }
    }
}

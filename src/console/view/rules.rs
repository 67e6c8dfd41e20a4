//! The two lines across the screen. Each is a fixed place for what must be seen while it holds: above the banner the comfort
//! plan in distress, otherwise the limits that were set for this patient, and another protocol of the room; under it, how long
//! the sitter has been out, what of the preparation is to be known of until the end, and at the gate how much of it is settled
//! and how much is missing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model, Page};
use super::super::sheet::missing_now;
use super::clip::clip;
use super::layout::Regions;
use crate::session::Phase;
use crate::words;

/// Columns of the line before, between and after texts.
const DASHES: usize = 2;

/// Draws both lines.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let theme = model.settings.theme;
    let (limits, absence) = (limits(model, live), absence(model, live));
    let marks = marks(live, regions.lower_rule, absence.as_deref());
    let (strong, text) = (theme.strong(), theme.text());
    if let Some(plan) = plan(model, live) {
        // Distress comes first: the limits stand under the banner meanwhile.
        let beside: Vec<String> = limits.into_iter().chain(marks).collect();
        let beside = (!beside.is_empty()).then(|| beside.join("; "));
        draw_one(model, frame, regions.upper_rule, Some((&plan, strong)), None);
        draw_one(model, frame, regions.lower_rule, styled(absence.as_ref(), strong), styled(beside.as_ref(), strong));
        return;
    }
    let protocol = protocol(model, live);
    if let Page::Gate(_) = live.page {
        let (settled, missing) = gate(model, live);
        let beside = |left: String| {
            let room = usize::from(regions.lower_rule.width).saturating_sub(left.width() + 3 * DASHES + 4);
            let right = beside_gate(live, &missing, room);
            (right.width() <= room, left, right)
        };
        let [long, short] = settled;
        let (_, left, right) = match absence {
            Some(absence) => beside(absence),
            None => Some(beside(long)).filter(|(fits, ..)| *fits).unwrap_or_else(|| beside(short)),
        };
        draw_one(model, frame, regions.upper_rule, styled(limits.as_ref(), text), styled(protocol.as_ref(), text));
        draw_one(model, frame, regions.lower_rule, Some((&left, strong)), Some((&right, strong)));
        return;
    }
    // What earlier visits held is the least of it: only where nothing else stands.
    if limits.is_none() && protocol.is_none() {
        let last = last_time(model, live, regions.upper_rule.width);
        draw_one(model, frame, regions.upper_rule, styled(last.as_ref(), text), None);
        draw_one(model, frame, regions.lower_rule, styled(absence.as_ref(), strong), styled(marks.as_ref(), text));
        return;
    }
    draw_one(model, frame, regions.upper_rule, styled(limits.as_ref(), text), styled(protocol.as_ref(), text));
    draw_one(model, frame, regions.lower_rule, styled(absence.as_ref(), strong), styled(marks.as_ref(), text));
}

fn styled(said: Option<&String>, style: Style) -> Option<(&str, Style)> {
    said.map(|said| (said.as_str(), style))
}

/// Minutes before this one that are still told of, and minutes after it that are told of already.
const AROUND_MIN: (i64, i64) = (2, 4);

/// What earlier visits held around this minute, while the infusion runs.
fn last_time(model: &Model, live: &Live, columns: u16) -> Option<String> {
    let now_ms = live.guidance.now.session_ms;
    let is_infusing = live.session.state().phase == Phase::Infusion && live.hidden < 2;
    if is_infusing && live.earlier.failed.is_some() {
        return Some(words::earlier_failed().to_owned());
    }
    let is_infusing = is_infusing && !live.earlier.visits.is_empty();
    let minute = live.session.state().infusion.t_plus_min(now_ms).filter(|_| is_infusing)?;
    let series = live.earlier.series(&live.session, &live.protocol, &model.settings.zone);
    words::last_time(&series, minute, AROUND_MIN, usize::from(columns).saturating_sub(2 * DASHES + 2))
}

/// What of the preparation is to be known of until the end: nobody named for the way home, and how the screening stands. In
/// fewer words where the sitter's absence needs the room.
fn marks(live: &Live, area: Rect, absence: Option<&str>) -> Option<String> {
    if live.is_over() {
        return None;
    }
    let [long, short] = both_marks(live)?;
    let taken = absence.map_or(0, |absence| absence.width() + DASHES + 2);
    let fits = long.width() + taken + 2 * DASHES + 2 <= usize::from(area.width);
    Some(if fits { long } else { short })
}

fn both_marks(live: &Live) -> Option<[String; 2]> {
    let count = live.session.screening_count(&live.protocol, live.guidance.now);
    words::preparation_marks(&live.session.state().description, &count)
}

/// How much is missing, and what of the preparation is to be known of, in as few words as the room asks for.
fn beside_gate(live: &Live, missing: &[String; 2], room: usize) -> String {
    let marks = both_marks(live).filter(|_| !live.is_over());
    let with = |missing: &String, marks: &String| format!("{missing}; {marks}");
    let Some([_, marks]) = marks else { return missing[0].clone() };
    let fewest = words::fewer_marks(&marks);
    let all = [with(&missing[0], &marks), with(&missing[1], &marks), with(&missing[1], &fewest)];
    let fits = all.iter().find(|said| said.width() <= room).cloned();
    fits.unwrap_or_else(|| all[2].clone())
}

/// How far the gate is, and how much is missing while everybody is still here.
fn gate(model: &Model, live: &Live) -> ([String; 2], [String; 2]) {
    let gate = &live.guidance.gate;
    let settled = gate.iter().filter(|item| item.is_settled()).count();
    let (zone, style) = (&model.settings.zone, model.settings.clock);
    let ready = live.session.state().ready.map(|at| words::clock(zone, at.utc_ms, style));
    let heading = words::gate_heading(settled, gate.len(), ready.as_deref());
    (heading, words::missing_count(missing_now(model, live).len()))
}

/// The patient's comfort plan, while a response to distress is on top.
fn plan(model: &Model, live: &Live) -> Option<String> {
    let response = live.protocol.responses.get(live.drawn()?.rule).filter(|response| response.plan)?;
    let state = live.session.state();
    let noted = state.description.comfort_plan.as_deref();
    // That nothing was asked matters where a step touches; elsewhere it would only be in the way.
    let nothing_known = state.comfort.is_empty() && noted.is_none();
    let is_shown = !nothing_known || response.steps.iter().any(|step| step.touch);
    (is_shown && model.veil() < 2).then(|| words::plan_line(&state.comfort, noted))
}

/// The one line of an emergency, across the whole screen.
pub(super) fn draw_emergency(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    draw_one(model, frame, area, styled(absence(model, live).as_ref(), model.settings.theme.strong()), None);
}

/// How long the sitter has been out.
pub(super) fn absence(model: &Model, live: &Live) -> Option<String> {
    let settings = &model.settings;
    let over = live.is_over();
    words::absence(&live.session, live.guidance.now.session_ms, &settings.zone, settings.clock).filter(|_| !over)
}

/// Limits that differ for this patient.
pub(super) fn limits(model: &Model, live: &Live) -> Option<String> {
    words::limits_line(&live.session.state().limits_set, &model.settings.zone, model.settings.clock)
}

/// Another protocol of the room, or that it cannot be read.
fn protocol(model: &Model, live: &Live) -> Option<String> {
    if model.settings.protocol_trouble.is_some() {
        return Some(words::protocol_unread().to_owned());
    }
    let other = model.has_other_protocol() && live.read_only.is_none();
    other.then(|| words::newer_protocol(&model.settings.protocol, live.session.protocol_copy()))
}

/// A line with a text at its left and one at its right; the left one matters more, and the right one gives way.
fn draw_one(
    model: &Model,
    frame: &mut Frame<'_>,
    area: Rect,
    left: Option<(&str, Style)>,
    right: Option<(&str, Style)>,
) {
    let quiet = model.settings.theme.quiet();
    let dashes = |count: usize| Span::styled("\u{2500}".repeat(count), quiet);
    let width = usize::from(area.width);
    let padded = |text: &str, room: usize| format!(" {} ", clip(text, room as u16));
    let left = left.map(|(text, style)| (padded(text, width.saturating_sub(2 * DASHES + 2)), style));
    let taken = left.as_ref().map_or(0, |(text, _)| text.width() + DASHES);
    let right = right.map(|(text, style)| (padded(text, width.saturating_sub(taken + 2 * DASHES + 2)), style));
    let mut spans = Vec::new();
    if let Some((left, style)) = left {
        spans.extend([dashes(DASHES), Span::styled(left, style)]);
    }
    let used = taken + right.as_ref().map_or(0, |(text, _)| text.width() + DASHES);
    spans.push(dashes(width.saturating_sub(used)));
    if let Some((right, style)) = right {
        spans.extend([Span::styled(right, style), dashes(DASHES)]);
    }
    frame.render_widget(Paragraph::new(Line::from(spans)), area);
}

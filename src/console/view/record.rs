//! The entries, newest first: clock time, T+, what happened, and whether it is on the disk.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::row;
use crate::guidance::{Gap, gaps};
use crate::session::{Event, Row};
use crate::words;

/// Columns kept for the saved mark.
const MARK: u16 = 7;
/// Columns before what belongs to the entry above, without the clock time.
const INDENT: u16 = 11;

/// Draws the last entries.
pub(super) fn draw_last(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    for (index, entry) in live.last_rows().take(usize::from(area.height)).enumerate() {
        draw_row(model, live, frame, row(area, index as u16), &entry, false);
    }
}

/// Draws the whole record around the marked entry.
pub(super) fn draw_all(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, mark: usize) {
    let rows = usize::from(area.height.max(1));
    let marked = live.record_rows().nth(mark).map(|entry| entry.item.seq);
    let lines = lines(model, live);
    let is_marked = |line: &Shown<'_>| matches!(line, Shown::Entry(entry) if Some(entry.item.seq) == marked);
    let at = lines.iter().position(is_marked).unwrap_or(0);
    // What the marked entry said first is seen with it.
    let originals = lines.iter().skip(at + 1).take_while(|line| matches!(line, Shown::Original(_))).count();
    let top = (at + originals + 1).saturating_sub(rows).min(at);
    for (index, line) in lines.iter().skip(top).take(rows).enumerate() {
        let place = row(area, index as u16);
        match line {
            Shown::Entry(entry) => draw_row(model, live, frame, place, entry, is_marked(line)),
            Shown::Gap(gap) => draw_gap(model, live, frame, place, gap),
            Shown::Original(original) => draw_original(model, original, frame, place),
        }
    }
}

/// A line of the record: an entry, or the gap where one was due. A gap is no entry, and is never marked.
enum Shown<'a> {
    Entry(Row<'a>),
    Gap(Gap),
    Original(words::Original),
}

/// Entries and gaps, newest first. A gap stands at the time at which its check was due.
fn lines<'a>(model: &Model, live: &'a Live) -> Vec<Shown<'a>> {
    let mut gaps = gaps(&live.protocol, &live.session, &live.guidance.history, live.guidance.now);
    let mut lines = Vec::new();
    for entry in live.record_rows() {
        while let Some(gap) = gaps.pop_if(|gap| gap.from.session_ms >= entry.item.at.session_ms) {
            lines.push(Shown::Gap(gap));
        }
        let originals = if live.originals {
            words::originals(&entry, &live.session, &model.settings.zone, model.settings.clock)
        } else {
            Vec::new()
        };
        lines.push(Shown::Entry(entry));
        lines.extend(originals.into_iter().map(Shown::Original));
    }
    lines
}

/// What an entry said first is struck through; who corrected it, when and why is not. Both stand under the entry.
fn draw_original(model: &Model, original: &words::Original, frame: &mut Frame<'_>, area: Rect) {
    let theme = model.settings.theme;
    let (said, style) = match original {
        words::Original::Struck(said) => (said, theme.text().add_modifier(Modifier::CROSSED_OUT)),
        words::Original::Why(said) => (said, theme.text()),
    };
    let indent = INDENT + model.settings.clock.columns() as u16;
    let said = clip(said, area.width.saturating_sub(indent + MARK));
    let place = Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
    frame.render_widget(Paragraph::new(Line::styled(said, style)), place);
}

fn draw_gap(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, gap: &Gap) {
    let settings = &model.settings;
    let clock = words::clock(&settings.zone, gap.from.utc_ms, settings.clock);
    let minute = words::t_plus(live.session.state().infusion.t_plus_min(gap.from.session_ms));
    let said = words::gap(gap, &settings.zone, settings.clock);
    let columns = settings.clock.columns();
    let line = clip(&format!(" {clock:>columns$}  {minute:<6} -- {said} --"), area.width.saturating_sub(MARK));
    frame.render_widget(Paragraph::new(Line::styled(line, settings.theme.text())), area);
}

fn draw_row(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, entry: &Row<'_>, marked: bool) {
    let (theme, settings) = (model.settings.theme, &model.settings);
    let clock = words::clock(&settings.zone, entry.item.at.utc_ms, settings.clock);
    let minute = words::t_plus(live.session.state().infusion.t_plus_min(entry.item.at.session_ms));
    let said = said(model, entry);
    let style = if marked {
        theme.marked()
    } else if entry.by_person() && entry.stands() {
        theme.text()
    } else {
        theme.quiet()
    };
    let style = if entry.stands() { style } else { style.add_modifier(Modifier::CROSSED_OUT) };
    let (sign, columns) = (if marked { ">" } else { " " }, settings.clock.columns());
    let text = Rect { width: area.width.saturating_sub(MARK), ..area };
    let line = clip(&format!("{sign}{clock:>columns$}  {minute:<6} {said}"), text.width);
    let line = Line::styled(line, style);
    frame.render_widget(Paragraph::new(line), text);
    let saved = entry.item.seq <= live.durable_through;
    let mark = if saved { format!("#{} ", entry.item.seq) } else { "\u{b7} ".to_owned() };
    let style = if saved { theme.quiet() } else { theme.strong() };
    let place = Rect { x: area.x + text.width, width: area.width - text.width, ..area };
    frame.render_widget(Paragraph::new(Line::styled(mark, style)).alignment(Alignment::Right), place);
}

/// What an entry says, without what names somebody.
fn said(model: &Model, entry: &Row<'_>) -> String {
    match entry.event {
        // The card's text names the patient; the whole of it is in `bedside show`.
        Event::ClinicianCalled { rung, whom, .. } => {
            words::event(&Event::ClinicianCalled { said: String::new(), rung: *rung, whom: whom.clone() })
        }
        // A code and a date of birth name somebody as well as a name does.
        Event::PatientDescribed(_) if model.veil() > 0 => words::event(&Event::PatientDescribed(Box::default())),
        _ => words::row(entry, &model.settings.zone, model.settings.clock),
    }
}

/// The marked entry, where the list cuts it.
pub(super) fn marked_whole(model: &Model, live: &Live, mark: usize, width: u16) -> Option<String> {
    let entry = live.record_rows().nth(mark)?;
    let said = said(model, &entry);
    let taken = usize::from(MARK + INDENT) + model.settings.clock.columns();
    (said.width() + taken > usize::from(width)).then(|| format!("#{} {said}", entry.item.seq))
}

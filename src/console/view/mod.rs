//! Draws the model. One file a region; a region's place never depends on what is in it, so nothing on the screen moves.

mod banner;
mod call;
mod chart;
mod clip;
mod emergency;
mod far;
mod first;
mod footer;
mod gate;
mod giant;
mod head;
mod help;
mod layout;
mod lines;
mod offered;
mod panel;
mod record;
mod rules;
mod screening;
mod series;
mod sheet;
mod small;
mod staircase;
mod step;
mod vitals;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Borders, Clear};

use super::input::Chord;
use super::model::{Live, Model, Overlay, Page, Screen};
use layout::Regions;

/// What a click meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A key.
    Key(Chord),
    /// A line of the first screen.
    Line(usize),
}

/// Whether only the essentials are drawn: no prompt's steps, no question, no form.
#[must_use]
pub const fn is_small(model: &Model) -> bool {
    model.size.0 < layout::MIN_COLUMNS || model.size.1 < layout::MIN_ROWS
}

/// Draws the whole screen. Never changes the model.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < layout::MIN_COLUMNS || area.height < layout::MIN_ROWS {
        small::draw(model, frame, area);
        return;
    }
    let regions = regions(model, area);
    match &model.screen {
        Screen::First(_) | Screen::Opening(_) => first::draw(model, frame, &regions),
        Screen::Live(live) => draw_live(model, live, frame, &regions),
    }
    draw_overlay(model, frame, &regions);
    if matches!(model.overlays.last(), Some(Overlay::Call(_))) {
        footer::draw(model, frame, &regions);
        call::draw_below(model, frame, regions.footer);
    } else {
        draw_notice(model, frame, &regions);
        footer::draw(model, frame, &regions);
    }
}

/// The places on this screen. The items of the gate and of the screening, and the lines of the series, are sentences.
fn regions(model: &Model, area: Rect) -> Regions {
    let regions = Regions::of(area);
    match model.live().map(|live| drawn_page(model, live)) {
        Some(Page::Gate(_) | Page::Screening(_) | Page::Series(_)) => regions.for_sentences(),
        _ => regions,
    }
}

/// The page under the overlays. A question or a form over the far view would cover its alarm: the session stands under it.
fn drawn_page(model: &Model, live: &Live) -> Page {
    match live.shown_page() {
        Page::Far if !model.overlays.is_empty() => Page::Main,
        page => page,
    }
}

fn draw_live(model: &Model, live: &Live, frame: &mut Frame<'_>, regions: &Regions) {
    let page = drawn_page(model, live);
    match page {
        Page::Far => return far::draw(model, live, frame, regions),
        Page::Emergency => return emergency::draw(model, live, frame, regions),
        Page::Main | Page::Record(_) | Page::Gate(_) | Page::Screening(_) | Page::Series(_) => {}
    }
    head::draw(model, live, frame, regions);
    if model.veil() < 2 {
        vitals::draw(model, live, frame, regions);
    }
    rules::draw(model, live, frame, regions);
    match page {
        _ if model.veil() == 2 => {}
        Page::Main | Page::Far | Page::Emergency => record::draw_last(model, live, frame, regions.record),
        Page::Record(marked) => {
            // The last row is kept for the marked entry, whole.
            let list = Rect { height: regions.record.height.saturating_sub(1), ..regions.record };
            record::draw_all(model, live, frame, list, live.marked_index(marked));
        }
        Page::Gate(mark) => gate::draw(model, live, frame, regions, mark),
        Page::Series(top) => series::draw(model, live, frame, regions.record, top),
        Page::Screening(mark) => screening::draw(model, live, frame, regions.record, mark),
    }
    if let (Some(area), true) = (regions.side, model.veil() < 2) {
        side(model, live, frame, area);
    }
    banner::draw(model, live, frame, regions);
}

/// The side: the chart, and after the end the staircase under it.
fn side(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect) {
    let block = Block::new().borders(Borders::LEFT).border_style(model.settings.theme.quiet());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let stairs = live.guidance.staircase.as_ref().map_or(0, |stairs| stairs.steps.len() as u16 + 4);
    let [chart, below] = layout::split_bottom(inner, stairs);
    chart::draw(model, live, frame, chart);
    if stairs > 0 {
        staircase::draw(model, live, frame, below);
    }
}

/// A word to the sitter lies over everything but the help; at the gate, otherwise, what the record shows of the marked item.
fn draw_notice(model: &Model, frame: &mut Frame<'_>, regions: &Regions) {
    if matches!(model.overlays.last(), Some(Overlay::Help(_))) {
        return;
    }
    match model.live().map(|live| (live, drawn_page(model, live))) {
        // What the record shows of the marked item stands there.
        Some((_, Page::Gate(_))) if model.notice.is_none() && model.overlays.is_empty() && model.veil() < 2 => {}
        Some((live, Page::Screening(mark)))
            if model.notice.is_none() && model.overlays.is_empty() && model.veil() < 2 =>
        {
            let said = screening::marked(live, mark, &model.settings.zone, model.settings.clock);
            head::sentence(frame, regions.notice, &said, model.settings.theme.strong());
        }
        Some((live, Page::Record(marked)))
            if model.notice.is_none() && model.overlays.is_empty() && model.veil() < 2 =>
        {
            let whole = record::marked_whole(model, live, live.marked_index(marked), regions.record.width);
            match whole {
                Some(whole) => head::sentence(frame, regions.notice, &whole, model.settings.theme.strong()),
                None => head::notice(model, frame, regions.notice),
            }
        }
        Some((_, Page::Far)) => {}
        // The call card and the brief need the row.
        _ if model.notice.is_none()
            && matches!(model.overlays.last(), Some(Overlay::Call(_) | Overlay::Brief(..) | Overlay::Sheet(..))) => {}
        _ => head::notice(model, frame, regions.notice),
    }
}

fn draw_overlay(model: &Model, frame: &mut Frame<'_>, regions: &Regions) {
    let Some(overlay) = model.overlays.last() else { return };
    if let Overlay::Help(top) = overlay {
        help::draw(model, frame, regions, *top);
        return;
    }
    if let (Overlay::Sheet(sheet, top), Some(live)) = (overlay, model.live()) {
        sheet::draw(model, live, *sheet, *top, frame, regions);
        return;
    }
    let area = panel_area(overlay, regions);
    frame.render_widget(Clear, area);
    panel::draw(model, overlay, frame, area);
}

/// The last line from which the page of the series can be shown.
#[must_use]
pub fn last_series_top(model: &Model) -> usize {
    let whole = Rect::new(0, 0, model.size.0.max(layout::MIN_COLUMNS), model.size.1.max(layout::MIN_ROWS));
    let regions = regions(model, whole);
    model.live().map_or(0, |live| series::last_top(model, live, regions.record))
}

/// Where an overlay lies. The call card and the brief are long, and have the row under the panel too.
fn panel_area(overlay: &Overlay, regions: &Regions) -> Rect {
    let spare = u16::from(matches!(overlay, Overlay::Call(_) | Overlay::Brief(..)));
    Rect { height: regions.panel.height + spare, ..regions.panel }
}

/// How far what lies over the record can be scrolled, lines; 0 where all of it is seen.
#[must_use]
pub(in crate::console) fn panel_scroll(model: &Model) -> usize {
    let Some(overlay) = model.overlays.last().filter(|_| !is_small(model)) else { return 0 };
    let regions = regions(model, Rect::new(0, 0, model.size.0, model.size.1));
    let area = panel_area(overlay, &regions);
    let count = match overlay {
        Overlay::Help(_) => return help::most(model, &regions),
        Overlay::Sheet(sheet, _) => return model.live().map_or(0, |live| sheet::most(model, live, *sheet, &regions)),
        Overlay::Call(_) => call::lines(model, area).len(),
        Overlay::Brief(next, ..) => panel::brief_lines(model, &next.name, area.width).len(),
        Overlay::Confirm(confirm, _) => panel::confirm_lines(model, confirm, area.width).len(),
        _ => return 0,
    };
    lines::most(count, usize::from(area.height))
}

/// Whether a numbered answer to the prompt on top is printed: nobody answers what could not be read. From afar only that
/// nothing was done can be said, and is not printed.
#[must_use]
pub(in crate::console) fn prints_answer(model: &Model, response: u8) -> bool {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let is_far = model.live().is_some_and(|live| drawn_page(model, live) == Page::Far);
    let chord = Chord::Char(char::from(b'0' + response.min(9)));
    !is_small(model) && (is_far || banner::prints(model, &regions(model, area), chord))
}

/// What lies under a click.
#[must_use]
pub fn hit(model: &Model, column: u16, row: u16) -> Option<Target> {
    if is_small(model) {
        return None;
    }
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let regions = regions(model, area);
    let at = ratatui::layout::Position::new(column, row);
    footer::hit(model, &regions, at)
        .or_else(|| panel::hit(model, &regions, at))
        .or_else(|| if model.overlays.is_empty() { banner::hit(model, &regions, at) } else { None })
        .or_else(|| if model.overlays.is_empty() { emergency::hit(model, &regions, at) } else { None })
        .map(Target::Key)
        .or_else(|| first::hit(model, &regions, at).map(Target::Line))
}

//! What is read at the gate lies over the record, and over the banner too where that holds no prompt; the width is the whole
//! screen's, for a card has 80 columns.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::super::model::{Live, Model};
use super::super::sheet::{Sheet, SheetLine};
use super::layout::{MIN_COLUMNS, MIN_ROWS, Regions, row};
use crate::words;

/// Columns for the words before a bar.
const WORDS: usize = 26;

/// Where it lies: an alarm that comes meanwhile must be seen.
fn area(live: &Live, regions: &Regions) -> Rect {
    let has_prompt = live.drawn().is_some() || live.asks_whether_stopped();
    let top = if has_prompt { regions.record.y } else { regions.banner.y };
    Rect { x: regions.whole.x, y: top, width: regions.whole.width, height: regions.footer.y - top }
}

/// How far it can be scrolled.
pub(in crate::console) fn most(model: &Model, live: &Live, sheet: Sheet) -> usize {
    if model.size.0 < MIN_COLUMNS || model.size.1 < MIN_ROWS {
        return 0;
    }
    let area = area(live, &Regions::of(Rect::new(0, 0, model.size.0, model.size.1)));
    let (count, rows) = (sheet.lines(model, live, usize::from(area.width)).len(), usize::from(area.height));
    if count > rows { count - (rows - 1) } else { 0 }
}

/// Draws it from line `top` on.
pub(super) fn draw(model: &Model, live: &Live, sheet: Sheet, top: u16, frame: &mut Frame<'_>, regions: &Regions) {
    let area = area(live, regions);
    frame.render_widget(Clear, area);
    let lines = sheet.lines(model, live, usize::from(area.width));
    let (count, rows) = (lines.len(), usize::from(area.height));
    // Where it does not fit, the last row says which part of it is seen.
    let rows = if count > rows { rows - 1 } else { rows };
    let top = usize::from(top).min(count.saturating_sub(rows));
    for (index, line) in lines.into_iter().skip(top).take(rows).enumerate() {
        frame.render_widget(Paragraph::new(drawn(model, line, area.width)), row(area, index as u16));
    }
    if count > rows {
        let place = format!(" {} ", words::lines_shown(top + 1, (top + rows).min(count), count));
        let width = (place.len() as u16).min(area.width);
        let at = Rect { x: area.right() - width, width, ..row(area, area.height - 1) };
        frame.render_widget(Paragraph::new(Line::styled(place, model.settings.theme.strong())), at);
    }
}

fn drawn(model: &Model, line: SheetLine, columns: u16) -> Line<'static> {
    let theme = model.settings.theme;
    match line {
        SheetLine::Strong(text) => Line::styled(text, theme.strong()),
        SheetLine::Text(text) => Line::styled(text, theme.text()),
        SheetLine::Bar(text, share) => {
            let room = usize::from(columns).saturating_sub(WORDS + 4);
            let bar = "\u{2588}".repeat((share * room as f64).round() as usize);
            Line::from(vec![Span::styled(format!("  {text:<WORDS$}"), theme.text()), Span::styled(bar, theme.quiet())])
        }
    }
}

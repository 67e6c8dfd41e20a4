//! What is read at the gate lies over the record, and over the banner too where that holds no prompt; the width is the whole
//! screen's, for a card has 80 columns.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::super::model::{Live, Model};
use super::super::sheet::{Sheet, SheetLine};
use super::layout::Regions;
use super::lines;

/// Columns for the words before a bar.
const WORDS: usize = 26;

/// Where it lies: an alarm that comes meanwhile must be seen.
fn area(live: &Live, regions: &Regions) -> Rect {
    let has_prompt = live.drawn().is_some() || live.asks_whether_stopped();
    let top = if has_prompt { regions.record.y } else { regions.banner.y };
    Rect { x: regions.whole.x, y: top, width: regions.whole.width, height: regions.footer.y - top }
}

/// How far it can be scrolled.
pub(super) fn most(model: &Model, live: &Live, sheet: Sheet, regions: &Regions) -> usize {
    let area = area(live, regions);
    lines::most(sheet.lines(model, live, usize::from(area.width)).len(), usize::from(area.height))
}

/// Draws it from line `top` on.
pub(super) fn draw(model: &Model, live: &Live, sheet: Sheet, top: u16, frame: &mut Frame<'_>, regions: &Regions) {
    let area = area(live, regions);
    frame.render_widget(Clear, area);
    let lines = sheet.lines(model, live, usize::from(area.width));
    let lines = lines.into_iter().map(|line| drawn(model, line, area.width)).collect();
    lines::draw(frame, area, lines, usize::from(top), model.settings.theme.strong());
}

fn drawn(model: &Model, line: SheetLine, columns: u16) -> Line<'static> {
    let theme = model.settings.theme;
    match line {
        SheetLine::Strong(text) => Line::styled(text, theme.strong()),
        SheetLine::Text(text) => Line::styled(text, theme.text()),
        SheetLine::Bar(text, share) => {
            let room = usize::from(columns).saturating_sub(WORDS + 4);
            let bar = "\u{2588}".repeat((share * room as f64).round() as usize);
            Line::from(vec![Span::styled(format!("   {text:<WORDS$}"), theme.text()), Span::styled(bar, theme.quiet())])
        }
    }
}

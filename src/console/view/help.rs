//! The keys, context by context, out of the one table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::super::keymap::{CONTEXTS, bindings};
use super::super::model::Model;
use super::layout::Regions;
use super::lines;
use crate::words;

/// Draws the help from line `top` on.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, regions: &Regions, top: u16) {
    let area = area(model, regions);
    frame.render_widget(Clear, area);
    lines::draw(frame, area, content(model), usize::from(top), model.settings.theme.strong());
}

/// How far it can be scrolled.
pub(super) fn most(model: &Model, regions: &Regions) -> usize {
    lines::most(content(model).len(), usize::from(area(model, regions).height))
}

/// In a session the help lies under the banner: an alarm that comes meanwhile must be seen.
fn area(model: &Model, regions: &Regions) -> Rect {
    let mut area = if model.live().is_some() { regions.record } else { regions.whole };
    area.width = regions.whole.width;
    area.height = regions.footer.y - area.y;
    area
}

fn content(model: &Model) -> Vec<Line<'static>> {
    let theme = model.settings.theme;
    let mut lines = vec![Line::styled(format!(" {}", words::help_title()), theme.strong())];
    // In a session its keys come first, on the first screen those of the first screen.
    let here = model.page_context();
    let order = std::iter::once(here).chain(CONTEXTS.into_iter().filter(|context| *context != here));
    for context in order {
        lines.push(Line::raw(""));
        lines.push(Line::styled(format!(" {}", context.title()), theme.strong()));
        for binding in bindings(context).filter(|binding| !binding.help.is_empty()) {
            let keys: Vec<String> = binding.chords.iter().map(|chord| chord.shown()).collect();
            lines.push(Line::from(vec![
                Span::styled(format!("   {:<8}", keys.join(" ")), theme.key()),
                Span::styled(binding.help, theme.text()),
            ]));
        }
    }
    lines.push(Line::raw(""));
    lines.extend(words::statement().iter().map(|line| Line::styled(format!(" {line}"), theme.text())));
    // The numbers by which the console works, each with its origin.
    let protocol = model.live().map_or(&model.settings.protocol, |live| &live.protocol);
    lines.push(Line::raw(""));
    lines.extend(words::protocol_page(protocol).lines().map(|line| Line::styled(format!(" {line}"), theme.text())));
    lines
}

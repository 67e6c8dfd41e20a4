//! The screening: each item with its answer and who decided. The marked one stands whole in the row under the list.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::model::{Live, Model};
use super::clip::clip;
use super::layout::row;
use crate::protocol::ScreeningKind;
use crate::session::{Screening, Zone};
use crate::words::{self, ClockStyle};

/// Columns of an answer.
const ANSWER: usize = 10;

/// The marked item, whole: the list may cut it.
pub(super) fn marked(live: &Live, mark: usize, zone: &Zone, style: ClockStyle) -> String {
    let Some(item) = live.protocol.screening.get(mark) else { return String::new() };
    let answer = live.session.state().asked.screening.get(&item.id).map(|(screened, _)| words::screened(screened));
    let of_another = live.session.state().asked.of_another.get(&item.id);
    let of_another = of_another.map(|(screened, _)| words::asked_for_another(screened));
    let answer = answer.or(of_another).unwrap_or_else(|| words::screening_word(None).to_owned());
    let before = live.earlier.screened(&item.id).and_then(|(visit, _)| words::screened_before(visit, &item.id));
    let before = before.map(|before| format!("; {before}")).unwrap_or_default();
    let said = &live.session.state().asked.self_harm;
    let besides = words::self_harm_besides(said, zone, style).filter(|_| item.kind == ScreeningKind::SelfHarm);
    let besides = besides.map(|besides| format!("; {besides}")).unwrap_or_default();
    format!("{} ({}): {answer}{besides}{before}", item.say, words::screening_kind_name(item.kind))
}

/// Draws the list around the marked item.
pub(super) fn draw(model: &Model, live: &Live, frame: &mut Frame<'_>, area: Rect, mark: usize) {
    let theme = model.settings.theme;
    let answers = &live.session.state().asked.screening;
    let title = words::screening_title(live.decided_by.as_deref());
    let title = clip(&format!(" {title}"), area.width);
    frame.render_widget(Paragraph::new(Line::styled(title, theme.strong())), row(area, 0));
    let rows = usize::from(area.height.max(2)) - 1;
    let top = (mark + 1).saturating_sub(rows);
    for (index, item) in live.protocol.screening.iter().enumerate().skip(top).take(rows) {
        let marked = index == mark;
        let answer = answers.get(&item.id).map(|(screened, _)| screened.answer);
        // What is to be known of stands out; a plain no does not.
        let style = if answer == Some(Screening::No) { theme.text() } else { theme.strong() };
        let said = if marked { theme.marked() } else { theme.text() };
        let room = area.width.saturating_sub(ANSWER as u16 + 2);
        let line = Line::from(vec![
            Span::styled(if marked { ">" } else { " " }, theme.strong()),
            Span::styled(format!("{:<ANSWER$} ", words::screening_word(answer)), style),
            Span::styled(clip(&item.say, room), said),
        ]);
        frame.render_widget(Paragraph::new(line), row(area, (index - top + 1) as u16));
    }
}

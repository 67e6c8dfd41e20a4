//! Fixed places. From 80x24 up; a larger screen gives the record more rows and, from 100 columns, a side for the chart.
//!
//! ```text
//! who                                                    row 0
//! phase, elapsed, remaining, wall clock                  row 1
//! what must be known: not saved, rehearsal, approval     row 2
//! last vital signs                                       row 3
//! last look, checks due                                  row 4
//! ---------------------------------------------------    row 5
//! alarm or prompt, worst first                           rows 6 to 10
//! ---------------------------------------------------    row 11
//! record, gate, or the panel over them                   rows 12 to 19
//! a word to the sitter                                   fourth from below
//! keys                                                   the last three
//! ```

use ratatui::layout::Rect;

/// The narrowest full screen.
pub(super) const MIN_COLUMNS: u16 = 80;
/// The lowest full screen.
pub(super) const MIN_ROWS: u16 = 24;
/// From this width on, the chart stands at the side.
const SIDE_FROM: u16 = 100;
/// Columns that an item of the gate needs, with what the record shows beside it.
pub(super) const SENTENCE: u16 = 84;
/// The narrowest chart.
const LEAST_SIDE: u16 = 34;
/// Rows of keys.
pub(super) const FOOTER_ROWS: u16 = 3;
/// Rows of the banner.
pub(super) const BANNER_ROWS: u16 = 5;

/// Where each region lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Regions {
    /// The whole screen.
    pub whole: Rect,
    /// Room, patient, sitter.
    pub who: Rect,
    /// Phase and clocks.
    pub phase: Rect,
    /// What must be known all the time.
    pub strip: Rect,
    /// Last vital signs.
    pub vitals: Rect,
    /// Last look and checks due.
    pub due: Rect,
    /// A line.
    pub upper_rule: Rect,
    /// Alarm or prompt.
    pub banner: Rect,
    /// A line.
    pub lower_rule: Rect,
    /// The record, or the gate.
    pub record: Rect,
    /// Where forms and menus lie.
    pub panel: Rect,
    /// A word to the sitter.
    pub notice: Rect,
    /// The keys.
    pub footer: Rect,
    /// The chart, on a wide screen.
    pub side: Option<Rect>,
}

impl Regions {
    /// The places on a screen of at least 80x24.
    #[must_use]
    pub(super) fn of(whole: Rect) -> Self {
        let has_side = whole.width >= SIDE_FROM;
        let main_width = if has_side { (whole.width * 11 / 20).max(62) } else { whole.width };
        let full = |y: u16, height: u16| Rect::new(whole.x, whole.y + y, whole.width, height);
        let main = |y: u16, height: u16| Rect::new(whole.x, whole.y + y, main_width, height);
        let footer_top = whole.height - FOOTER_ROWS;
        let record_top = 7 + BANNER_ROWS;
        let record_rows = footer_top - 1 - record_top;
        let side = has_side.then(|| {
            Rect::new(whole.x + main_width, whole.y + 5, whole.width - main_width, footer_top.saturating_sub(6))
        });
        Self {
            whole,
            who: full(0, 1),
            phase: full(1, 1),
            strip: full(2, 1),
            vitals: full(3, 1),
            due: full(4, 1),
            upper_rule: main(5, 1),
            banner: main(6, BANNER_ROWS),
            lower_rule: main(6 + BANNER_ROWS, 1),
            record: main(record_top, record_rows),
            panel: main(record_top, record_rows),
            notice: full(footer_top - 1, 1),
            footer: full(footer_top, FOOTER_ROWS),
            side,
        }
    }
}

impl Regions {
    /// For pages whose lines are sentences: they have the columns that sentences need, and the side what is left; none where
    /// that is too little for a chart. Nothing moves to another place.
    #[must_use]
    pub(super) fn for_sentences(self) -> Self {
        let Some(side) = self.side.filter(|_| self.record.width < SENTENCE) else { return self };
        let side = Some(Rect { x: SENTENCE, width: self.whole.width.saturating_sub(SENTENCE), ..side })
            .filter(|side| side.width >= LEAST_SIDE);
        let width = if side.is_some() { SENTENCE } else { self.whole.width };
        let wide = |area: Rect| Rect { width, ..area };
        Self {
            upper_rule: wide(self.upper_rule),
            banner: wide(self.banner),
            lower_rule: wide(self.lower_rule),
            record: wide(self.record),
            panel: wide(self.panel),
            side,
            ..self
        }
    }
}

/// An area in two: `rows` at the bottom, the rest above.
#[must_use]
pub(super) fn split_bottom(area: Rect, rows: u16) -> [Rect; 2] {
    let rows = rows.min(area.height);
    let above = Rect { height: area.height - rows, ..area };
    let below = Rect { y: area.y + area.height - rows, height: rows, ..area };
    [above, below]
}

/// One row of an area; empty past its end.
#[must_use]
pub(super) const fn row(area: Rect, index: u16) -> Rect {
    if index < area.height {
        Rect { x: area.x, y: area.y + index, width: area.width, height: 1 }
    } else {
        Rect { x: area.x, y: area.y, width: 0, height: 0 }
    }
}

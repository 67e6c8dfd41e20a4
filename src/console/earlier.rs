//! What is known of the patient's earlier visits, and for whom it was asked.

use crate::guidance::{EarlierVisit, Series};
use crate::protocol::Protocol;
use crate::session::{Identity, Screened, Session, WeightG, Zone};

/// Earlier visits of the patient on the screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// For whom they were asked last: asked anew when somebody else is described.
    pub asked_for: Option<Identity>,
    /// The visits, oldest first.
    pub visits: Vec<EarlierVisit>,
    /// How many may be of the same patient, and hold too little to tell.
    pub perhaps: usize,
    /// How many cannot be read.
    pub unreadable: usize,
    /// The journal could not answer.
    pub failed: Option<Failed>,
}

/// A look-up that failed: it is made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// When it was last tried (boot ms).
    pub at_boot_ms: i64,
    /// Why.
    pub why: String,
}

impl Failed {
    /// Asked again; until the answer comes it stays failed.
    #[must_use]
    pub fn asked_again(self, at_boot_ms: i64) -> Self {
        Self { at_boot_ms, ..self }
    }
}

impl Earlier {
    /// The series that they make with the visit on the screen.
    #[must_use]
    pub fn series(&self, session: &Session, protocol: &Protocol, zone: &Zone) -> Series {
        Series::of(&self.visits, Some(session), protocol.series.as_ref(), zone)
    }

    /// The weight of the last visit that has one.
    #[must_use]
    pub fn last_weight(&self) -> Option<WeightG> {
        self.visits.iter().rev().find_map(|visit| visit.weight_g)
    }

    /// The last answer to an item of the screening, and the visit that holds it.
    #[must_use]
    pub fn screened(&self, item: &str) -> Option<(&EarlierVisit, &Screened)> {
        self.visits.iter().rev().find_map(|visit| Some((visit, visit.screening.get(item)?)))
    }
}

//! The words that follow from the route: an infusion runs on a pump; anything else is given, once or several times.

use crate::protocol::Route;

/// What the start is, as a fact: `infusion started`, `first device given`.
#[must_use]
pub const fn started(route: Route) -> &'static str {
    match route {
        Route::Iv => "infusion started",
        Route::Im => "first injection given",
        Route::Nasal => "first device given",
        Route::Oral => "first dose given",
    }
}

/// What the end is, as a fact.
#[must_use]
pub const fn ended(route: Route) -> &'static str {
    match route {
        Route::Iv => "infusion ended",
        Route::Im => "last injection given",
        Route::Nasal => "last device given",
        Route::Oral => "last dose given",
    }
}

/// Over the menu of `s`.
#[must_use]
pub const fn pump_menu_title(route: Route) -> &'static str {
    match route {
        Route::Iv => "Infusion",
        Route::Im => "Injection",
        Route::Nasal => "Nasal device",
        Route::Oral => "Dose",
    }
}

/// The label of the key that opens it.
#[must_use]
pub const fn pump_menu_label(route: Route) -> &'static str {
    if route.has_pump() { "pump" } else { "dose" }
}

/// What one visit of a series is called: `infusion 3 of 6`.
#[must_use]
pub const fn visit_word(route: Route) -> &'static str {
    if route.has_pump() { "infusion" } else { "treatment" }
}

/// The label of the key that records the start.
#[must_use]
pub const fn start_label(route: Route) -> &'static str {
    match route {
        Route::Iv => "start",
        Route::Im => "first injection",
        Route::Nasal => "first device",
        Route::Oral => "first dose",
    }
}

/// The label of the key that records the end.
#[must_use]
pub const fn end_label(route: Route) -> &'static str {
    match route {
        Route::Iv => "end",
        Route::Im => "last injection",
        Route::Nasal => "last device",
        Route::Oral => "last dose",
    }
}

/// The phase from the start to the end.
#[must_use]
pub const fn giving_phase(route: Route) -> &'static str {
    if route.has_pump() { "infusion" } else { "dosing" }
}

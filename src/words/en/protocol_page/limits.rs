//! The limits of the vital signs on the page, as a table.

use super::Page;
use crate::protocol::{Limits, Vital};
use crate::words::{vital_name, vital_unit};

impl Page<'_> {
    /// One table of limits.
    pub(super) fn limits(&mut self, table: &str, heading: &str) {
        let limits = if table == "limits" { &self.protocol.limits } else { &self.protocol.before_start };
        if limits.is_empty() {
            return;
        }
        self.heading(heading);
        self.line(&format!("  {:<26}{:<13}{:<13}{:<13}{:<13}", "", "call at", "notify at", "notify at", "call at"));
        self.line(&format!("  {:<26}{:<13}{:<13}{:<13}{:<13}", "", "or below", "or below", "or above", "or above"));
        for (vital, row) in limits {
            self.limit_row(&format!("{table}.{}", path_of(*vital)), *vital, row);
        }
    }

    fn limit_row(&mut self, path: &str, vital: Vital, row: &Limits) {
        let cell = |page: &Self, key: &str, value: Option<u16>| {
            value.map_or_else(|| "-".to_owned(), |value| format!("{value}{}", page.mark(&format!("{path}.{key}"))))
        };
        let name = format!("{}, {}", vital_name(vital), vital_unit(vital));
        let line = format!(
            "  {name:<26}{:<13}{:<13}{:<13}{:<13}",
            cell(self, "call_at_most", row.call_at_most),
            cell(self, "notify_at_most", row.notify_at_most),
            cell(self, "notify_at_least", row.notify_at_least),
            cell(self, "call_at_least", row.call_at_least)
        );
        self.line(&line);
        let over = [
            ("notify_over_baseline_percent", "notify", row.notify_over_baseline_percent),
            ("bold_over_baseline_percent", "bold mark, no alarm,", row.bold_over_baseline_percent),
        ];
        let mut more: Vec<String> = Vec::new();
        for (key, what, percent) in over {
            let mark = self.mark(&format!("{path}.{key}"));
            more.extend(percent.map(|percent| format!("{what} at +{percent} %{mark} over baseline")));
        }
        let mark = self.mark(&format!("{path}.clears_within"));
        more.push(match row.clears_within {
            0 => format!("an alarm ends as soon as the value is back inside{mark}"),
            within => format!("an alarm ends {within} {}{mark} inside its limit", vital_unit(vital)),
        });
        self.paragraph("      ", "      ", &more.join("; "));
    }
}

/// The key of a vital sign in the file.
const fn path_of(vital: Vital) -> &'static str {
    match vital {
        Vital::Systolic => "systolic",
        Vital::Diastolic => "diastolic",
        Vital::HeartRate => "heart_rate",
        Vital::Spo2 => "spo2",
        Vital::RespiratoryRate => "respiratory_rate",
    }
}

//! How languages write a day and a moment.
//!
//! The forms are those of CLDR, kept as data in `locales/dates.json`; `scripts/dates.mjs` makes them, and the golden
//! that the test compares with, out of what `Intl.DateTimeFormat` says. A library that carries all of CLDR is some
//! megabytes for forms that fit on a page.

use jiff::Zoned;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The language of those whose own is not there.
const FALLBACK: &str = "en";

/// The forms of one language, with `{d}`, `{mm}` and so on in the place of numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    day: String,
    moment: String,
    exact: String,
    /// For `moment`.
    months: Vec<String>,
    /// For `day` and `exact`.
    short_months: Vec<String>,
    /// Before and after noon; empty where the day has 24 hours.
    halves: Vec<String>,
}

fn forms(language: &str) -> &'static Forms {
    static ALL: OnceLock<BTreeMap<String, Forms>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        serde_json::from_str(include_str!("../locales/dates.json"))
            .expect("a test reads the forms of this build")
    });
    all.get(language).or_else(|| all.get(FALLBACK)).expect("English is there: a test asks for it")
}

/// A day, short enough for a field: `Nov 22, 2026`, `22.11.2026`.
pub(crate) fn day(language: &str, day: Date) -> String {
    let forms = forms(language);
    on(forms.day.clone(), day, &forms.short_months)
}

/// A moment in a sentence, to the minute: `22. November 2026 um 14:05`.
pub(crate) fn moment(language: &str, at: &Zoned) -> String {
    let forms = forms(language);
    on(of_day(forms.moment.clone(), at, forms), at.date(), &forms.months)
}

/// A moment to the second, short: `22.11.2026, 14:05:09`.
pub(crate) fn exact(language: &str, at: &Zoned) -> String {
    let forms = forms(language);
    on(of_day(forms.exact.clone(), at, forms), at.date(), &forms.short_months)
}

/// A moment to the second with its distance from UTC, which no reader has to guess: `22.11.2026, 14:05:09 (UTC+01:00)`.
pub(crate) fn exact_in_zone(language: &str, at: &Zoned) -> String {
    let offset = if at.offset().is_zero() { String::new() } else { at.strftime("%:z").to_string() };
    format!("{} (UTC{offset})", exact(language, at))
}

fn of_day(form: String, at: &Zoned, forms: &Forms) -> String {
    let half = forms.halves.get(usize::from(at.hour() >= 12)).map_or("", String::as_str);
    let hour = match (forms.halves.is_empty(), at.hour()) {
        (true, hour) => hour,
        (false, hour) => (hour + 11) % 12 + 1,
    };
    form.replace("{hh}", &format!("{hour:02}"))
        .replace("{h}", &hour.to_string())
        .replace("{min}", &format!("{:02}", at.minute()))
        .replace("{s}", &format!("{:02}", at.second()))
        .replace("{a}", half)
}

fn on(form: String, day: Date, months: &[String]) -> String {
    let month = usize::try_from(day.month()).ok().and_then(|number| months.get(number.checked_sub(1)?));
    form.replace("{dd}", &format!("{:02}", day.day()))
        .replace("{d}", &day.day().to_string())
        .replace("{mm}", &format!("{:02}", day.month()))
        .replace("{m}", &day.month().to_string())
        .replace("{M}", month.map_or("", String::as_str))
        .replace("{y}", &day.year().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz::TimeZone};

    #[derive(Deserialize)]
    struct Golden {
        at: Timestamp,
        language: String,
        day: String,
        moment: String,
        exact: String,
    }

    #[test]
    fn every_language_writes_days_and_moments_as_a_browser_does() {
        let golden: Vec<Golden> = serde_json::from_str(include_str!("../locales/dates.golden.json")).unwrap();
        for tag in envelope::LANGUAGES {
            assert!(golden.iter().any(|one| one.language == tag), "{tag} has its forms");
        }
        for one in golden {
            let at = one.at.to_zoned(TimeZone::UTC);
            assert_eq!(day(&one.language, at.date()), one.day, "{} in {}", one.at, one.language);
            assert_eq!(moment(&one.language, &at), one.moment, "{} in {}", one.at, one.language);
            assert_eq!(exact(&one.language, &at), one.exact, "{} in {}", one.at, one.language);
        }
    }

    #[test]
    fn the_distance_from_utc_stands_beside_a_moment() {
        let at: Timestamp = "2026-11-22T23:05:09Z".parse().unwrap();
        let (berlin, newfoundland) = (TimeZone::get("Europe/Berlin"), TimeZone::get("America/St_Johns"));
        for (zone, language, written) in [
            (Ok(TimeZone::UTC), "en", "Nov 22, 2026, 11:05:09 PM (UTC)"),
            (berlin.clone(), "de", "23.11.2026, 00:05:09 (UTC+01:00)"),
            (berlin, "hu", "2026. nov. 23. 0:05:09 (UTC+01:00)"),
            (newfoundland.clone(), "pl", "22 lis 2026, 19:35:09 (UTC-03:30)"),
            (newfoundland, "zh", "2026年11月22日 19:35:09 (UTC-03:30)"),
        ] {
            assert_eq!(exact_in_zone(language, &at.to_zoned(zone.unwrap())), written);
        }
    }

    #[test]
    fn a_language_without_forms_writes_as_english_does() {
        let at: Timestamp = "2026-11-22T14:05:09Z".parse().unwrap();
        assert_eq!(moment("tlh", &at.to_zoned(TimeZone::UTC)), "November 22, 2026 at 2:05 PM");
    }
}

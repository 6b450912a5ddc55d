//! Which envelopes are meant, behind the question mark of a list and of an export alike.

use crate::caller::Caller;
use crate::problem::Problem;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use service::Mode;
use service::envelope::Shelf;
use service::envelopes::Wish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those of this status.
    status: Option<String>,
    /// Only what is kept there: `desk` where it is left out, `archive`, `trash`, or `deleted`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    shelf: Shelf,
    /// Only those with these letters in title, name or address.
    q: Option<String>,
    /// Only those that were made from this template, also by a list or a public link.
    template: Option<String>,
    /// Only those that were made from the rows of this bulk sending.
    bulk: Option<String>,
    /// Only those that were made then or later: a day, which begins at midnight UTC, or an instant (RFC 3339).
    #[param(example = "2026-11-01")]
    created_from: Option<String>,
    /// Only those that were made before: a day or an instant.
    #[param(example = "2026-12-01")]
    created_before: Option<String>,
    /// With a desk session only: test envelopes, or live ones.
    test: Option<bool>,
}

impl Filter {
    pub(super) fn wish(self, caller: &Caller) -> Result<Wish, Problem> {
        let asked = self.test.map(|test| if test { Mode::Test } else { Mode::Live });
        let said = |text: Option<String>| text.filter(|it| !it.is_empty());
        Ok(Wish {
            mode: caller.mode.or(asked),
            status: said(self.status),
            shelf: self.shelf,
            words: self.q,
            template: said(self.template),
            bulk: said(self.bulk),
            created_from: said(self.created_from).map(|it| instant(&it)).transpose()?,
            created_before: said(self.created_before).map(|it| instant(&it)).transpose()?,
            limit: None,
            cursor: None,
        })
    }
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    let day = || Some(text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp());
    text.parse().ok().or_else(day).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "instant_malformed",
            "A time is written 2026-11-22 or 2026-11-22T16:30:00Z; write it so and ask again.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::instant;

    #[test]
    fn a_time_is_a_day_or_an_instant_and_nothing_else() {
        for (text, at) in [
            ("2026-11-22", "2026-11-22T00:00:00Z"),
            ("2026-11-22T16:30:00Z", "2026-11-22T16:30:00Z"),
            ("2026-11-22T16:30:00+02:00", "2026-11-22T14:30:00Z"),
        ] {
            assert_eq!(instant(text).ok(), at.parse().ok(), "{text}");
        }
        for text in ["yesterday", "22.11.2026", "2026-13-01", "99999999999999"] {
            assert_eq!(instant(text).unwrap_err().status, 400, "{text}");
        }
    }
}

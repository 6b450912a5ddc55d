//! Between `jiff::Timestamp` and the two times of RFC 5280 4.1.2.5, both in whole seconds UTC.

use std::time::Duration;

use der::DateTime;
use der::asn1::{GeneralizedTime, UtcTime};
use jiff::Timestamp;
use x509_cert::time::Time;

/// UTCTime through 2049, GeneralizedTime from 2050. `None` before 1970 and after 9999.
pub(crate) fn to_time(at: Timestamp) -> Option<Time> {
    let seconds = u64::try_from(at.as_second()).ok()?;
    let date = DateTime::from_unix_duration(Duration::from_secs(seconds)).ok()?;
    Some(match UtcTime::from_date_time(date) {
        Ok(time) => Time::UtcTime(time),
        Err(_) => Time::GeneralTime(GeneralizedTime::from_date_time(date)),
    })
}

/// A time after what `Timestamp` holds (RFC 5280 4.1.2.5: 99991231235959Z, "no well-defined end") becomes its maximum.
pub(crate) fn to_timestamp(time: Time) -> Timestamp {
    i64::try_from(time.to_unix_duration().as_secs())
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_changes_with_the_year_2050() {
        let at = |text: &str| to_time(text.parse().expect("a time")).expect("in range");
        assert!(matches!(at("2049-12-31T23:59:59Z"), Time::UtcTime(_)));
        assert!(matches!(at("2050-01-01T00:00:00Z"), Time::GeneralTime(_)));
        assert_eq!(to_timestamp(at("2050-01-01T00:00:00Z")).to_string(), "2050-01-01T00:00:00Z");
    }

    #[test]
    fn no_well_defined_end_is_later_than_everything() {
        assert_eq!(to_timestamp(Time::INFINITY), Timestamp::MAX);
    }
}

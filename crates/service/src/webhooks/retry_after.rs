//! When a receiver wants to be called again.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;

/// What `Retry-After` says (RFC 9110 10.2.3), from a moment on: seconds, or a date. `None` where it says neither; a date
/// that is over is no wait.
pub(crate) fn retry_after(said: &str, from: Timestamp) -> Option<Duration> {
    let said = said.trim();
    if let Ok(seconds) = said.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let date = DateTimeParser::new().parse_timestamp(said).ok()?;
    Some(Duration::try_from(date.duration_since(from)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else() {
        let from = "2026-03-02T10:00:00Z".parse().unwrap();
        for (said, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Mon, 02 Mar 2026 10:02:00 GMT", Some(120)),
            ("Mon, 02 Mar 2026 09:00:00 GMT", Some(0)),
            ("4294967296", None),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(said, from).map(|it| it.as_secs()), expected, "{said}");
        }
    }
}

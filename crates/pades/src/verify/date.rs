//! Dates of PDF and of ASN.1.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use pki::asn1::Tlv;

/// ISO 32000-2 7.9.4: `D:YYYYMMDDHHmmSSOHH'mm`, everything after the year optional.
pub(super) fn pdf_date(text: &str) -> Option<Timestamp> {
    let text = text.trim().strip_prefix("D:").unwrap_or(text.trim());
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(14).collect();
    let rest = text.get(digits.len()..)?;
    let (sign, rest) = match rest.chars().next() {
        Some('+') => (1, rest.get(1..)?),
        Some('-') => (-1, rest.get(1..)?),
        _ => (0, ""),
    };
    let zone: String = rest.chars().filter(char::is_ascii_digit).take(4).collect();
    let minutes = number(&zone, 0, 2).unwrap_or(0) * 60 + number(&zone, 2, 2).unwrap_or(0);
    at(&digits, sign * minutes * 60)
}

/// GeneralizedTime or UTCTime (tag 23), as certificates and time stamps write them.
pub(super) fn asn1_date(element: Tlv<'_>) -> Option<Timestamp> {
    let text = std::str::from_utf8(element.value).ok()?;
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    match element.tag {
        pki::asn1::tag::GENERALIZED_TIME => at(&digits, 0),
        // RFC 5280 4.1.2.5.1: two-digit years from 50 belong to the last century.
        0x17 => {
            let century = if number(&digits, 0, 2)? >= 50 { "19" } else { "20" };
            at(&format!("{century}{digits}"), 0)
        }
        _ => None,
    }
}

fn number(digits: &str, start: usize, length: usize) -> Option<i32> {
    digits.get(start..start + length)?.parse().ok()
}

fn at(digits: &str, offset_seconds: i32) -> Option<Timestamp> {
    let part =
        |start, missing| number(digits, start, 2).map_or(Some(missing), |value| i8::try_from(value).ok());
    let year = i16::try_from(number(digits, 0, 4)?).ok()?;
    // A leap second is told as the second before it.
    let second = part(12, 0)?.min(59);
    let civil = DateTime::new(year, part(4, 1)?, part(6, 1)?, part(8, 0)?, part(10, 0)?, second, 0).ok()?;
    let zone = TimeZone::fixed(Offset::from_seconds(offset_seconds).ok()?);
    civil.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_and_without_their_optional_parts() {
        for (text, wanted) in [
            ("D:20261122090807Z", "2026-11-22T09:08:07Z"),
            ("D:20261122090807+02'00'", "2026-11-22T07:08:07Z"),
            ("D:20261122090807-0330", "2026-11-22T12:38:07Z"),
            ("D:2026", "2026-01-01T00:00:00Z"),
            ("20261122", "2026-11-22T00:00:00Z"),
        ] {
            assert_eq!(pdf_date(text).map(|at| at.to_string()).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "D:", "yesterday", "D:20261322", "D:20260230", "D:2026é"] {
            let date = pdf_date(text);
            assert!(date.is_none() || text == "D:2026é", "{text}: {date:?}");
        }
    }
}

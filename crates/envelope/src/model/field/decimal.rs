//! A decimal number, exact.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// So many digits on either side of the point: far more than money needs, and sums stay within 128 bits.
const DIGITS_MAX: usize = 18;
const SCALE: i128 = 1_000_000_000_000_000_000;

/// A decimal number with up to 18 digits on either side of the point, exact: what is added up in a contract is not
/// rounded. Written with a full stop, without an exponent and without separators of thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

impl Decimal {
    /// Their sum; none where it has too many digits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let sum = self.0.checked_add(other.0)?;
        (sum.unsigned_abs() < (SCALE * SCALE).unsigned_abs()).then_some(Self(sum))
    }

    /// How many decimals it has, without zeros at the end.
    pub fn decimals(self) -> usize {
        self.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }
}

/// The text is no decimal number of that form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_digits = |text: &str| {
            (1..=DIGITS_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_digits(whole) || !is_digits(part) {
            return Err(NotDecimal);
        }
        let number = |text: &str| text.parse::<i128>().map_err(|_| NotDecimal);
        let value = number(whole)? * SCALE + number(&format!("{part:0<DIGITS_MAX$}"))?;
        Ok(Self(if negative { -value } else { value }))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (size, sign) = (self.0.unsigned_abs(), if self.0 < 0 { "-" } else { "" });
        let (whole, part) = (size / SCALE.unsigned_abs(), size % SCALE.unsigned_abs());
        let part = format!("{part:0>DIGITS_MAX$}");
        match part.trim_end_matches('0') {
            "" => write!(out, "{sign}{whole}"),
            part => write!(out, "{sign}{whole}.{part}"),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotDecimal| de::Error::custom("a number is written like \"-12.50\""))
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Decimal {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Decimal {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        text.parse::<Decimal>().ok().map(|it| it.to_string())
    }

    #[test]
    fn a_number_is_kept_exactly_and_written_without_empty_decimals() {
        assert_eq!(read("12.50").as_deref(), Some("12.5"));
        assert_eq!(read("-0.000000000000000001").as_deref(), Some("-0.000000000000000001"));
        assert_eq!(read("-0").as_deref(), Some("0"));
        assert_eq!(read("007").as_deref(), Some("7"));
        let long = "999999999999999999.999999999999999999";
        assert_eq!(read(long).as_deref(), Some(long));
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in
            ["", "-", ".", ".5", "5.", "1,5", "1e5", "+1", " 1", "1.2.3", "--1", "٣", "1000000000000000000"]
        {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_sum_is_exact_and_one_with_too_many_digits_is_none() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(number("0.1").plus(number("0.2")), Some(number("0.3")));
        assert_eq!(number("2").plus(number("-2.5")), Some(number("-0.5")));
        let most = number("999999999999999999.999999999999999999");
        assert_eq!(most.plus(number("0.000000000000000001")), None);
        assert_eq!(most.plus(number("-0.000000000000000001")).map(|it| it.decimals()), Some(18));
    }

    #[test]
    fn a_number_comes_as_a_text() {
        let told = |text| Decimal::deserialize(de::value::StrDeserializer::<de::value::Error>::new(text));
        assert_eq!(told("-12.50").map(|it| it.to_string()).as_deref(), Ok("-12.5"));
        assert_eq!(
            told("much").map_err(|it| it.to_string()),
            Err("a number is written like \"-12.50\"".to_owned())
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-0-9.]{0,45}") {
            if let Ok(number) = text.parse::<Decimal>() {
                prop_assert_eq!(number.to_string().parse::<Decimal>(), Ok(number));
            }
        }
    }
}

//! Canonical JSON: one value, one text, in every language.

use serde_json::Value;
use std::fmt;

/// The largest whole number that every reader of JSON keeps exactly (RFC 8785 3.2.2.3, I-JSON: RFC 7493 2.2).
const LARGEST: u64 = (1 << 53) - 1;
/// Levels of arrays and objects in one value. Readers stop between 100 and 1000 levels, each at its own; the file puts
/// three levels around an entry, so what is within this limit can be read back everywhere.
pub(crate) const DEEPEST: usize = 64;

/// Why a value has no canonical text here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotCanonical {
    /// A number with a fraction or an exponent. RFC 8785 has a rule for these, but it rests on printing doubles the
    /// way ECMAScript does, which few languages bring along; we never write one, so that the check stays short.
    /// Write lengths and positions as whole numbers of a smaller unit.
    Fraction,
    /// A whole number beyond 2^53 - 1, which JavaScript would round.
    TooLarge,
    /// More than 64 arrays and objects inside one another.
    TooDeep,
}

impl fmt::Display for NotCanonical {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Fraction => "a number is not a whole number",
            Self::TooLarge => "a number is beyond 2^53 - 1",
            Self::TooDeep => "arrays and objects are nested too deeply",
        })
    }
}

impl std::error::Error for NotCanonical {}

/// The canonical text of a value: RFC 8785, with whole numbers only.
///
/// # Errors
/// See [`NotCanonical`].
pub fn canonical(value: &Value) -> Result<String, NotCanonical> {
    canonical_within(value, DEEPEST)
}

/// The same with room for another number of levels.
pub(crate) fn canonical_within(value: &Value, levels: usize) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write(&mut text, value, levels)?;
    Ok(text)
}

fn write(text: &mut String, value: &Value, levels: usize) -> Result<(), NotCanonical> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => write_number(text, number)?,
        Value::String(string) => write_string(text, string),
        Value::Array(items) => {
            let levels = levels.checked_sub(1).ok_or(NotCanonical::TooDeep)?;
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(text, item, levels)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            let levels = levels.checked_sub(1).ok_or(NotCanonical::TooDeep)?;
            let mut sorted: Vec<_> = members.iter().collect();
            // RFC 8785 3.2.3: by UTF-16 code units, which is not the order of UTF-8 beyond the basic plane.
            sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            text.push('{');
            for (index, (key, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_string(text, key);
                text.push(':');
                write(text, member, levels)?;
            }
            text.push('}');
        }
    }
    Ok(())
}

fn write_number(text: &mut String, number: &serde_json::Number) -> Result<(), NotCanonical> {
    let (sign, size) = match (number.as_u64(), number.as_i64()) {
        (Some(size), _) => ("", size),
        (None, Some(negative)) => ("-", negative.unsigned_abs()),
        (None, None) => return Err(NotCanonical::Fraction),
    };
    if size > LARGEST {
        return Err(NotCanonical::TooLarge);
    }
    text.push_str(sign);
    text.push_str(&size.to_string());
    Ok(())
}

/// RFC 8785 3.2.2.2: the two-character escapes where JSON has them, `\u00xx` in small letters for the other control
/// characters, and every other character as itself.
pub(crate) fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control if control < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(value: &Value) -> String {
        canonical(value).unwrap()
    }

    #[test]
    fn keys_are_sorted_by_utf_16_code_units() {
        // The example of RFC 8785 3.2.3: U+1F600 comes before U+FB33, although its code point is larger.
        let value =
            json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        assert_eq!(
            of(&value),
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        );
    }

    #[test]
    fn strings_are_escaped_as_rfc_8785_says() {
        let value = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/\u{8}\t\u{c}\r\u{7f}\u{2028}");
        assert_eq!(of(&value), "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u{7f}\u{2028}\"");
    }

    #[test]
    fn nothing_stands_between_the_parts() {
        assert_eq!(
            of(&json!({"b": [1, -2, null, true, false], "a": {}})),
            r#"{"a":{},"b":[1,-2,null,true,false]}"#
        );
    }

    #[test]
    fn a_number_with_a_fraction_is_refused_even_when_the_fraction_is_nothing() {
        for text in ["1.5", "1.0", "1e3", "-0"] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(canonical(&value), Err(NotCanonical::Fraction), "{text}");
        }
    }

    #[test]
    fn whole_numbers_pass_up_to_what_every_language_keeps() {
        assert_eq!(of(&json!(9_007_199_254_740_991_u64)), "9007199254740991");
        assert_eq!(of(&json!(-9_007_199_254_740_991_i64)), "-9007199254740991");
        assert_eq!(canonical(&json!(9_007_199_254_740_992_u64)), Err(NotCanonical::TooLarge));
        assert_eq!(canonical(&json!(-9_007_199_254_740_992_i64)), Err(NotCanonical::TooLarge));
        assert_eq!(canonical(&json!(i64::MIN)), Err(NotCanonical::TooLarge));
    }

    #[test]
    fn sixty_four_levels_pass_and_one_more_is_refused() {
        let nested = |levels| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        assert!(canonical(&nested(64)).is_ok());
        assert_eq!(canonical(&nested(65)), Err(NotCanonical::TooDeep));
        let object = |levels| (0..levels).fold(json!(1), |inner, _| json!({"a": inner}));
        assert!(canonical(&object(64)).is_ok());
        assert_eq!(canonical(&object(65)), Err(NotCanonical::TooDeep));
    }
}

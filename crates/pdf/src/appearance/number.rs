//! Numbers in content streams.

/// A number with at most two decimals (1/7200 in, finer than any printer) and without superfluous zeros. What is not
/// finite becomes 0: it cannot be written, and every caller has refused it before.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let rounded = format!("{value:.2}");
    let trimmed = rounded.trim_end_matches('0').trim_end_matches('.');
    if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_no_superfluous_digits() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (1.5, "1.5"),
            (1.004, "1"),
            (1.006, "1.01"),
            (-100.0, "-100"),
        ];
        for (value, written) in cases {
            assert_eq!(number(value), written);
        }
        assert_eq!(number(f64::NAN), "0");
    }
}

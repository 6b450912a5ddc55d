//! PEM (RFC 7468), read leniently: other blocks and text between them are passed over.

/// The contents of every block with this label. `None` when such a block is not base64 or has no end.
pub(crate) fn blocks(text: &str, label: &str) -> Option<Vec<Vec<u8>>> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(&begin) {
        let (body, after) = after.split_once(&end)?;
        let clean: String = body.split_whitespace().collect();
        found.push(base64_decode(&clean)?);
        rest = after;
    }
    Some(found)
}

/// One block with lines of 64 characters.
pub(crate) fn write(label: &'static str, der: &[u8]) -> String {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).expect("a label of ours is well formed")
}

/// The blocks come without line breaks here, which `der::pem` does not take in every length; base64 itself is small.
fn base64_decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xFF).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_other_blocks_are_passed_over() {
        let text = format!("note\n{}{}", write("OTHER", b"x"), write("CERTIFICATE", &[7; 100]));
        assert_eq!(blocks(&text, "CERTIFICATE"), Some(vec![vec![7; 100]]));
    }

    #[test]
    fn a_block_without_an_end_is_refused() {
        assert_eq!(blocks("-----BEGIN CERTIFICATE-----\nAAAA", "CERTIFICATE"), None);
    }
}

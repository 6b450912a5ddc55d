//! Takes a whole file and breaks it in one known way.

/// The file's first `length` bytes: a download that stopped.
#[must_use]
pub fn truncated(bytes: &[u8], length: usize) -> Vec<u8> {
    bytes.iter().copied().take(length).collect()
}

/// The file with some bytes before `%PDF-`, as mail gateways leave them. All offsets inside still count from the
/// header, which readers accept (ISO 32000-1 annex H, implementation note 13).
#[must_use]
pub fn with_junk_before_the_header(bytes: &[u8]) -> Vec<u8> {
    let mut out = b"X-Gateway: scanned\r\n".to_vec();
    out.extend_from_slice(bytes);
    out
}

/// The file with a `startxref` that points `off` bytes too far: a file that readers only open by repairing it.
#[must_use]
pub fn with_startxref_off_by(bytes: &[u8], off: usize) -> Vec<u8> {
    let word = b"startxref\n";
    let at = bytes
        .windows(word.len())
        .rposition(|window| window == word)
        .expect("a generated file ends with startxref");
    let (head, tail) = bytes.split_at(at + word.len());
    let digits: String =
        tail.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    let place: usize = digits.parse().expect("a generated file names a place");
    let mut out = head.to_vec();
    out.extend_from_slice(format!("{}\n%%EOF\n", place + off).as_bytes());
    out
}

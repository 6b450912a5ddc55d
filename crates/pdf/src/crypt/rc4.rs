//! RC4, as old files need it.

/// Encrypts or decrypts (the same thing) in place. An empty key leaves the data alone.
pub(super) fn apply(key: &[u8], data: &mut [u8]) {
    if key.is_empty() {
        return;
    }
    let mut state: [u8; 256] = std::array::from_fn(|place| u8::try_from(place).unwrap_or(0));
    let at = |state: &[u8; 256], place: u8| state.get(usize::from(place)).copied().unwrap_or(0);
    let mut j = 0_u8;
    for (i, key_byte) in (0..=255_u8).zip(key.iter().cycle()) {
        j = j.wrapping_add(at(&state, i)).wrapping_add(*key_byte);
        state.swap(usize::from(i), usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    for byte in data {
        i = i.wrapping_add(1);
        j = j.wrapping_add(at(&state, i));
        state.swap(usize::from(i), usize::from(j));
        *byte ^= at(&state, at(&state, i).wrapping_add(at(&state, j)));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_known_answer_comes_out() {
        let mut data = *b"Plaintext";
        super::apply(b"Key", &mut data);
        assert_eq!(data, [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
    }
}

//! Which way up a photograph was taken: the one EXIF tag that changes what is seen.

/// The orientation tag (0x0112) of an APP1 payload, 1 to 8; none where it has none or is no EXIF.
pub(super) fn orientation(payload: &[u8]) -> Option<u8> {
    let tiff = payload.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |place: usize| {
        let pair: [u8; 2] = tiff.get(place..place.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let directory = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) } as usize;
    // TIFF 6.0 section 2: a count, then entries of 12 bytes: tag, type, count, value.
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map_while(|index| directory.checked_add(2 + index * 12))
        .find(|&entry| short(entry) == Some(0x0112))
        .and_then(|entry| short(entry.checked_add(8)?))
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| (1..=8).contains(value))
}

/// How the unit square of the stored picture has to be turned or mirrored so that it is shown as it was seen, and
/// whether width and height change places.
pub(super) fn turn(orientation: u8) -> ([f64; 6], bool) {
    match orientation {
        2 => ([-1.0, 0.0, 0.0, 1.0, 1.0, 0.0], false),
        3 => ([-1.0, 0.0, 0.0, -1.0, 1.0, 1.0], false),
        4 => ([1.0, 0.0, 0.0, -1.0, 0.0, 1.0], false),
        5 => ([0.0, -1.0, -1.0, 0.0, 1.0, 1.0], true),
        6 => ([0.0, -1.0, 1.0, 0.0, 0.0, 1.0], true),
        7 => ([0.0, 1.0, 1.0, 0.0, 0.0, 0.0], true),
        8 => ([0.0, 1.0, -1.0, 0.0, 1.0, 0.0], true),
        _ => ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], false),
    }
}

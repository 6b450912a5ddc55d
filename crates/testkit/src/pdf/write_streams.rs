//! Writes objects into an object stream, with a cross-reference stream alone or hidden behind a table
//! (ISO 32000-1 7.5.7 and 7.5.8).

use super::assemble::{Body, Part};
use super::write_table::{HEADER, end, put, table};

/// Where an object is, as a cross-reference stream tells it (ISO 32000-1 table 18).
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    Packed { stream: usize, index: usize },
}

/// A file whose only cross-reference is a stream; every object that is not a stream is packed.
pub(super) fn write_stream(body: &Body) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let packing = body.parts.len() + 1;
    let cross_reference = packing + 1;
    let places = put_all(&mut out, body, packing, |_| true);
    let start = out.len();
    let entries = format!("/Size {} {}", cross_reference + 1, body.trailer);
    put_cross_reference(&mut out, cross_reference, &entries, (0, &places), start);
    end(&mut out, start);
    out
}

/// A file with a table that shows catalog, page tree, pages and streams; fonts, information and form are packed and
/// named only by the cross-reference stream that the trailer's /`XRefStm` points to.
pub(super) fn write_hybrid(body: &Body) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let packing = body.parts.len() + 1;
    let cross_reference = packing + 1;
    let places = put_all(&mut out, body, packing, |number| !body.visible.contains(&number));
    let hidden_at = out.len();
    put_cross_reference(
        &mut out,
        cross_reference,
        &format!("/Size {}", cross_reference + 1),
        (0, &places),
        hidden_at,
    );
    let mut shown: Vec<Option<usize>> = places
        .iter()
        .skip(1)
        .map(|place| match place {
            Place::At(offset) => Some(*offset),
            Place::Free | Place::Packed { .. } => None,
        })
        .collect();
    shown.push(Some(hidden_at));
    let start = table(&mut out, &shown);
    let size = shown.len() + 1;
    out.extend_from_slice(
        format!("trailer\n<< /Size {size} {} /XRefStm {hidden_at} >>\n", body.trailer).as_bytes(),
    );
    end(&mut out, start);
    out
}

/// Writes the streams, then one object stream with every value that `packed` picks by its number. The result begins
/// with object 0 and ends with the object stream.
fn put_all(out: &mut Vec<u8>, body: &Body, packing: usize, packed: impl Fn(usize) -> bool) -> Vec<Place> {
    let mut places = vec![Place::Free];
    let (mut head, mut values, mut count) = (String::new(), Vec::new(), 0);
    for (index, part) in body.parts.iter().enumerate() {
        let number = index + 1;
        match part {
            Part::Value(bytes) if packed(number) => {
                head.push_str(&format!("{number} {} ", values.len()));
                values.extend_from_slice(bytes);
                values.push(b'\n');
                places.push(Place::Packed { stream: packing, index: count });
                count += 1;
            }
            Part::Value(_) | Part::Stream(..) => places.push(Place::At(put(out, number, part))),
        }
    }
    let first = head.len();
    let mut data = head.into_bytes();
    data.extend(values);
    let entries = format!("/Type /ObjStm /N {count} /First {first} /Filter /FlateDecode");
    places.push(Place::At(put(out, packing, &Part::Stream(entries, stored_zlib(&data)))));
    places
}

/// A cross-reference stream with fields of 1, 4 and 2 bytes and the `Up` predictor, as most producers write it. It
/// lists itself when `places` ends just before it.
fn put_cross_reference(
    out: &mut Vec<u8>,
    number: usize,
    entries: &str,
    (first, places): (usize, &[Place]),
    own_offset: usize,
) {
    let mut rows: Vec<[u8; 7]> = places.iter().map(|place| row(*place)).collect();
    rows.push(row(Place::At(own_offset)));
    let mut above = [0_u8; 7];
    let mut data = Vec::with_capacity(rows.len() * 8);
    for current in &rows {
        // PNG filter type 2: each byte is the difference from the byte above it.
        data.push(2);
        data.extend(current.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = *current;
    }
    let dictionary = format!(
        "/Type /XRef /W [1 4 2] /Index [{first} {}] {entries} /Filter /FlateDecode \
         /DecodeParms << /Predictor 12 /Columns 7 >>",
        rows.len()
    );
    put(out, number, &Part::Stream(dictionary, stored_zlib(&data)));
}

fn row(place: Place) -> [u8; 7] {
    let (kind, second, third) = match place {
        Place::Free => (0, 0, 65_535),
        Place::At(offset) => (1, offset, 0),
        Place::Packed { stream, index } => (2, stream, index),
    };
    let second = u32::try_from(second).expect("a fixture is smaller than 4 GiB").to_be_bytes();
    let third = u16::try_from(third).expect("a fixture packs fewer than 65,536 objects").to_be_bytes();
    [kind, second[0], second[1], second[2], second[3], third[0], third[1]]
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 3.2.4): what a decoder has to accept, without a compressor here.
fn stored_zlib(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(65_535).peekable();
    if blocks.peek().is_none() {
        out.extend_from_slice(&[1, 0, 0, 0xff, 0xff]);
    }
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("a block has at most 65,535 bytes");
        out.push(u8::from(blocks.peek().is_none()));
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    out.extend_from_slice(&((high << 16) | low).to_be_bytes());
    out
}

//! Streams compressed with /FlateDecode.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

use crate::object::{Dictionary, Object, Stream};

/// A stream of `dictionary` whose data are `plain`, compressed (ISO 32000-2 7.4.4). The same bytes for the same
/// input.
pub(crate) fn deflated(dictionary: Dictionary, plain: &[u8]) -> Stream {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(plain).expect("writing into memory does not fail");
    let data = encoder.finish().expect("writing into memory does not fail");
    Stream { dictionary: dictionary.with("Filter", Object::name("FlateDecode")), data }
}

//! For tests: objects that belong to no file.

use std::collections::BTreeMap;

use super::NewObjects;
use crate::object::{Object, ObjectId};

/// Objects under numbers from 1.
#[derive(Default)]
pub(crate) struct Loose {
    last: u32,
    pub(crate) objects: BTreeMap<ObjectId, Object>,
}

impl NewObjects for Loose {
    fn allocate(&mut self) -> ObjectId {
        self.last += 1;
        ObjectId::new(self.last)
    }

    fn put(&mut self, id: ObjectId, object: Object) {
        self.objects.insert(id, object);
    }
}

/// A stream's data without its compression.
pub(crate) fn inflated(object: &Object) -> Vec<u8> {
    let stream = object.as_stream().expect("a stream");
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(stream.data.as_slice()), &mut plain)
        .unwrap();
    plain
}

//! One indirect object, wherever it is.

use super::Document;
use crate::crossref::Place;
use crate::error::Error;
use crate::limits::OBJECT_BYTES_MAX;
use crate::object::{Object, ObjectId, Stream};
use crate::syntax::is_whitespace;
use crate::window::{parse, read};

/// How often loading may lead to loading: a stream's /Length, the stream in which that stands, its /Length, ...
const DEPTH_MAX: usize = 8;
/// What asking for an object costs where there is none.
const LOOK: u64 = 16;

/// An object that stands by itself in the file.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) id: ObjectId,
    /// Still encrypted. Of a stream its dictionary.
    pub(crate) object: Object,
    /// Offset and length of a stream's data.
    pub(crate) data: Option<(u64, u64)>,
}

impl Document {
    pub(super) fn load(&self, id: ObjectId, depth: usize) -> Result<Object, Error> {
        let Some(located) = self.find(id, depth)? else { return self.load_head(id, depth) };
        let mut object = match (located.object, located.data) {
            (Object::Dictionary(dictionary), Some((start, length))) => {
                self.work.copied(length)?;
                let length = usize::try_from(length)
                    .map_err(|_| Error::BadObject { id, expected: "a stream that fits into memory" })?;
                Object::Stream(Stream { dictionary, data: read(&*self.source, start, length)? })
            }
            (object, _) => object,
        };
        if let Some(crypt) = &self.crypt {
            crypt.decrypt(id, &mut object);
        }
        Ok(object)
    }

    pub(super) fn load_head(&self, id: ObjectId, depth: usize) -> Result<Object, Error> {
        self.load_head_and_place(id, depth).map(|(object, _)| object)
    }

    /// An object, and of a stream, which comes as its dictionary, offset and length of the data.
    pub(super) fn load_head_and_place(
        &self,
        id: ObjectId,
        depth: usize,
    ) -> Result<(Object, Option<(u64, u64)>), Error> {
        self.work.copied(LOOK)?;
        if let Place::Compressed { stream } = self.entries.find(id.number) {
            // 7.5.7: compressed objects are of generation 0, and the stream holds them decrypted.
            if id.generation != 0 {
                return Ok((Object::Null, None));
            }
            return Ok((self.object_stream(stream, depth)?.object(id, &self.work)?, None));
        }
        let Some(located) = self.find(id, depth)? else { return Ok((Object::Null, None)) };
        let mut object = located.object;
        if let Some(crypt) = &self.crypt {
            crypt.decrypt(id, &mut object);
        }
        Ok((object, located.data))
    }

    /// The object that the table says is in the file by itself, checked to be the one that was asked for.
    fn find(&self, id: ObjectId, depth: usize) -> Result<Option<Located>, Error> {
        let Place::InUse { offset, generation } = self.entries.find(id.number) else { return Ok(None) };
        if generation != id.generation {
            return Ok(None);
        }
        if depth > DEPTH_MAX {
            return Err(Error::BadObject { id, expected: "an object that does not depend on itself" });
        }
        let bad = || Error::BadObject { id, expected: "an object at the place its entry names" };
        let offset =
            offset.checked_add(self.shift).filter(|offset| *offset < self.source.length()).ok_or_else(bad)?;
        match self.locate(offset, depth) {
            Ok(located) if located.id == id => Ok(Some(located)),
            Ok(_) | Err(Error::Damaged { .. }) => Err(bad()),
            Err(other) => Err(other),
        }
    }

    /// What stands at an offset of the source.
    pub(crate) fn locate(&self, offset: u64, depth: usize) -> Result<Located, Error> {
        let header = parse(&*self.source, offset, OBJECT_BYTES_MAX, &self.work, |parser| parser.indirect())?;
        let data = match header.data {
            Some(data) => {
                let start = offset.saturating_add(data as u64);
                Some((start, self.stream_length(&header.object, start, depth)?))
            }
            None => None,
        };
        Ok(Located { id: header.id, object: header.object, data })
    }

    /// 7.3.8.2: /Length, where `endstream` follows the data; otherwise what lies before the next `endstream`.
    fn stream_length(&self, dictionary: &Object, start: u64, depth: usize) -> Result<u64, Error> {
        let promised = match dictionary.as_dictionary().and_then(|dictionary| dictionary.get("Length")) {
            Some(Object::Reference(id)) if depth < DEPTH_MAX => {
                self.load_head(*id, depth.saturating_add(1)).ok().and_then(|object| object.as_integer())
            }
            Some(other) => other.as_integer(),
            None => None,
        };
        if let Some(length) = promised.and_then(|length| u64::try_from(length).ok())
            && let Some(end) = start.checked_add(length)
            && end <= self.source.length()
        {
            let after = read(&*self.source, end, 32)?;
            let word = after.trim_ascii_start();
            if word.starts_with(b"endstream") || word.starts_with(b"endobj") {
                return Ok(length);
            }
        }
        self.search_endstream(start)
    }

    fn search_endstream(&self, start: u64) -> Result<u64, Error> {
        const CHUNK: usize = 64 * 1024;
        const WORD: &[u8] = b"endstream";
        let mut from = start;
        while from < self.source.length() {
            let bytes = read(&*self.source, from, CHUNK)?;
            self.work.copied(bytes.len() as u64)?;
            if let Some(place) = bytes.windows(WORD.len()).position(|window| window == WORD) {
                let end = from.saturating_add(place as u64);
                let back = end.saturating_sub(2).max(start);
                let line = match read(
                    &*self.source,
                    back,
                    usize::try_from(end.saturating_sub(back)).unwrap_or(0),
                )?[..]
                {
                    [b'\r', b'\n'] => 2,
                    [.., last] if is_whitespace(last) => 1,
                    _ => 0,
                };
                return Ok(end.saturating_sub(start).saturating_sub(line));
            }
            from = from.saturating_add((CHUNK - WORD.len() + 1) as u64);
        }
        Err(Error::Damaged { place: start, expected: "the end of a stream" })
    }
}

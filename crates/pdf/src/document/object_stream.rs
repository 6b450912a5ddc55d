//! Objects within streams (7.5.7), a few streams kept for the next question.

use std::sync::{Arc, PoisonError};

use super::Document;
use crate::crossref::Place;
use crate::error::Error;
use crate::limits::{OBJECT_STREAM_BYTES_MAX, OBJECT_STREAM_CACHE_BYTES};
use crate::object::{Object, ObjectId};
use crate::syntax::{Lexer, Parser, Token};
use crate::work::Work;

/// A decoded object stream.
pub(crate) struct ObjectStream {
    data: Vec<u8>,
    first: usize,
    /// Object numbers with their offsets from `first`, by number.
    index: Vec<(u32, usize)>,
}

/// The streams that were used last, newest at the end.
#[derive(Default)]
pub(super) struct Cache {
    streams: Vec<(u32, Arc<ObjectStream>)>,
}

impl Cache {
    fn take(&mut self, number: u32) -> Option<Arc<ObjectStream>> {
        let place = self.streams.iter().position(|(known, _)| *known == number)?;
        let entry = self.streams.remove(place);
        let stream = Arc::clone(&entry.1);
        self.streams.push(entry);
        Some(stream)
    }

    fn put(&mut self, number: u32, stream: Arc<ObjectStream>) {
        self.streams.push((number, stream));
        let size = |streams: &[(u32, Arc<ObjectStream>)]| {
            streams.iter().map(|(_, stream)| stream.data.len().saturating_add(256)).sum::<usize>()
        };
        while self.streams.len() > 1 && size(&self.streams) > OBJECT_STREAM_CACHE_BYTES {
            self.streams.remove(0);
        }
    }
}

impl ObjectStream {
    /// Numbers of the objects inside.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.index.iter().map(|(number, _)| *number)
    }

    /// The object of this number; `Null` where it is not inside.
    pub(super) fn object(&self, id: ObjectId, work: &Work) -> Result<Object, Error> {
        let Ok(place) = self.index.binary_search_by_key(&id.number, |(number, _)| *number) else {
            return Ok(Object::Null);
        };
        let offset = self.index.get(place).map_or(0, |(_, offset)| *offset).saturating_add(self.first);
        let mut parser = Parser::new(self.data.get(offset..).unwrap_or_default(), 0);
        let result = parser.object();
        work.parsed(parser.lexer.scanned() as u64)?;
        match result {
            Err(Error::Damaged { .. }) => Err(Error::BadObject { id, expected: "an object in its stream" }),
            other => other,
        }
    }
}

impl Document {
    pub(crate) fn object_stream(&self, number: u32, depth: usize) -> Result<Arc<ObjectStream>, Error> {
        let cache = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stream) = cache().take(number) {
            return Ok(stream);
        }
        let stream = Arc::new(self.read_object_stream(number, depth)?);
        cache().put(number, Arc::clone(&stream));
        Ok(stream)
    }

    fn read_object_stream(&self, number: u32, depth: usize) -> Result<ObjectStream, Error> {
        // 7.5.7: an object stream stands by itself; asking for one inside another would not end.
        let Place::InUse { generation, .. } = self.entries.find(number) else {
            return Err(Error::BadObject { id: ObjectId::new(number), expected: "an object stream" });
        };
        let id = ObjectId { number, generation };
        let bad = |expected| Error::BadObject { id, expected };
        let Object::Stream(stream) = self.load(id, depth.saturating_add(1))? else {
            return Err(bad("an object stream"));
        };
        let integer = |key: &str| -> Result<usize, Error> {
            let value = self.lookup(&stream.dictionary, key)?;
            value
                .as_integer()
                .and_then(|value| usize::try_from(value).ok())
                .ok_or_else(|| bad("/N and /First"))
        };
        let (count, first) = (integer("N")?, integer("First")?);
        let data = self.decode_up_to(&stream.dictionary, stream.data, OBJECT_STREAM_BYTES_MAX)?;
        let mut lexer = Lexer::new(data.get(..first.min(data.len())).unwrap_or_default());
        let mut index = Vec::new();
        for _ in 0..count {
            let (Token::Integer(number), Token::Integer(offset)) = (lexer.token(), lexer.token()) else {
                break;
            };
            if let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) {
                index.push((number, offset));
            }
        }
        self.work.parsed(lexer.at() as u64)?;
        index.sort_by_key(|(number, _)| *number);
        index.dedup_by_key(|(number, _)| *number);
        index.shrink_to_fit();
        Ok(ObjectStream { data, first, index })
    }
}

//! Pieces of a source, as large as a question needs and no larger.

use crate::error::{Error, Limit};
use crate::limits::OBJECT_BYTES_MAX;
use crate::source::Source;
use crate::syntax::Parser;
use crate::work::Work;

/// The first window: most objects are smaller.
const FIRST: usize = 4096;

/// Up to `wanted` bytes from `offset`; fewer at the end of the source.
pub(crate) fn read(source: &dyn Source, offset: u64, wanted: usize) -> Result<Vec<u8>, Error> {
    let available = source.length().saturating_sub(offset);
    let take = usize::try_from(available).unwrap_or(usize::MAX).min(wanted);
    let mut bytes = vec![0; take];
    source.read_at(offset, &mut bytes)?;
    Ok(bytes)
}

/// Parses with windows that grow until the answer no longer depends on where they end. At most `limit` bytes. What is
/// looked at is paid for, also where it leads to nothing.
pub(crate) fn parse<T>(
    source: &dyn Source,
    offset: u64,
    limit: usize,
    work: &Work,
    attempt: impl Fn(&mut Parser<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    work.look()?;
    let mut size = FIRST.min(limit);
    loop {
        let bytes = read(source, offset, size)?;
        let at_end = bytes.len() < size || offset.saturating_add(size as u64) >= source.length();
        let mut parser = Parser::new(&bytes, offset);
        let result = attempt(&mut parser);
        work.parsed(parser.lexer.scanned() as u64)?;
        if !parser.lexer.hit_end() || at_end {
            return result;
        }
        if size >= limit {
            return Err(if limit >= OBJECT_BYTES_MAX {
                Error::TooComplex(Limit::ObjectBytes)
            } else {
                Error::Damaged { place: offset, expected: "a shorter object" }
            });
        }
        size = size.saturating_mul(8).min(limit);
    }
}

/// Byte after byte from a place on, through a buffer.
pub(crate) struct Cursor<'s> {
    source: &'s dyn Source,
    buffer: Vec<u8>,
    /// Offset of the buffer's first byte.
    start: u64,
    /// Place in the buffer.
    at: usize,
    size: usize,
}

impl<'s> Cursor<'s> {
    pub(crate) fn new(source: &'s dyn Source, offset: u64, size: usize) -> Self {
        Self { source, buffer: Vec::new(), start: offset, at: 0, size }
    }

    /// Offset of the next byte.
    pub(crate) fn offset(&self) -> u64 {
        self.start.saturating_add(self.at as u64)
    }

    pub(crate) fn seek(&mut self, offset: u64) {
        match offset.checked_sub(self.start).and_then(|at| usize::try_from(at).ok()) {
            Some(at) if at <= self.buffer.len() => self.at = at,
            _ => {
                self.buffer.clear();
                self.start = offset;
                self.at = 0;
            }
        }
    }

    /// The bytes from here on, at least `count` of them where the source has so many.
    pub(crate) fn ahead(&mut self, count: usize) -> Result<&[u8], Error> {
        if self.buffer.len().saturating_sub(self.at) < count {
            let offset = self.offset();
            self.buffer = read(self.source, offset, self.size.max(count))?;
            self.start = offset;
            self.at = 0;
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    pub(crate) fn peek(&mut self) -> Result<Option<u8>, Error> {
        Ok(self.ahead(1)?.first().copied())
    }

    pub(crate) fn advance(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.buffer.len());
    }

    /// Passes over white space.
    pub(crate) fn skip_space(&mut self) -> Result<(), Error> {
        while self.peek()?.is_some_and(crate::syntax::is_whitespace) {
            self.advance(1);
        }
        Ok(())
    }

    /// A run of digits, as a number.
    pub(crate) fn digits(&mut self) -> Result<Option<u64>, Error> {
        let mut value = None::<u64>;
        while let Some(byte) = self.peek()?.filter(u8::is_ascii_digit) {
            let digit = u64::from(byte.wrapping_sub(b'0'));
            value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            self.advance(1);
        }
        Ok(value)
    }
}

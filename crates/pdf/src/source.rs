//! Where bytes come from.

use std::io;
use std::sync::Arc;

/// Bytes that can be read at any place. They must not change while a document is open.
pub trait Source: Send + Sync {
    /// Number of bytes.
    fn length(&self) -> u64;
    /// Fills `buffer` from `offset` (bytes from the start). Past the end it is `ErrorKind::UnexpectedEof`.
    ///
    /// # Errors
    /// What the storage reports.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

fn read_slice(bytes: &[u8], offset: u64, buffer: &mut [u8]) -> io::Result<()> {
    let wanted = usize::try_from(offset)
        .ok()
        .and_then(|start| bytes.get(start..start.checked_add(buffer.len())?))
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    buffer.copy_from_slice(wanted);
    Ok(())
}

impl Source for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        read_slice(self, offset, buffer)
    }
}

impl Source for Box<[u8]> {
    fn length(&self) -> u64 {
        self.len() as u64
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        read_slice(self, offset, buffer)
    }
}

impl Source for Arc<[u8]> {
    fn length(&self) -> u64 {
        self.len() as u64
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        read_slice(self, offset, buffer)
    }
}

impl Source for &'static [u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        read_slice(self, offset, buffer)
    }
}

impl<S: Source + ?Sized> Source for Arc<S> {
    fn length(&self) -> u64 {
        (**self).length()
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        (**self).read_at(offset, buffer)
    }
}

impl Source for std::fs::File {
    fn length(&self) -> u64 {
        self.metadata().map_or(0, |metadata| metadata.len())
    }
    #[cfg(unix)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, buffer, offset)
    }
    #[cfg(windows)]
    fn read_at(&self, mut offset: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        while !buffer.is_empty() {
            let count = std::os::windows::fs::FileExt::seek_read(self, buffer, offset)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            offset += count as u64;
            buffer = buffer.split_at_mut(count).1;
        }
        Ok(())
    }
}

/// Pieces one after another: a base file and the tails of its revisions.
#[derive(Clone)]
pub struct Joined {
    /// Each piece with the offset at which it starts.
    pieces: Vec<(u64, Arc<dyn Source>)>,
    length: u64,
}

impl Joined {
    /// Joins the pieces in their order. Lengths are asked once, here.
    #[must_use]
    pub fn new(pieces: Vec<Arc<dyn Source>>) -> Self {
        let mut length = 0_u64;
        let pieces = pieces
            .into_iter()
            .map(|piece| {
                let start = length;
                length = length.saturating_add(piece.length());
                (start, piece)
            })
            .collect();
        Self { pieces, length }
    }
}

impl Source for Joined {
    fn length(&self) -> u64 {
        self.length
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut offset = offset;
        let mut rest = buffer;
        // The last piece that starts at or before the offset.
        let first = self.pieces.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        for (start, piece) in self.pieces.iter().skip(first) {
            if rest.is_empty() {
                return Ok(());
            }
            let inside = offset.saturating_sub(*start);
            let available = piece.length().saturating_sub(inside);
            let take = usize::try_from(available).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at_mut(take);
            piece.read_at(inside, now)?;
            offset = offset.saturating_add(take as u64);
            rest = later;
        }
        if rest.is_empty() { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

/// The first bytes of a source: the document as it stood at the end of one of its revisions.
#[derive(Clone)]
pub struct Prefix {
    inner: Arc<dyn Source>,
    length: u64,
}

impl Prefix {
    /// The first `length` bytes of `inner`, or all of it where it is shorter.
    #[must_use]
    pub fn new(inner: Arc<dyn Source>, length: u64) -> Self {
        let length = length.min(inner.length());
        Self { inner, length }
    }
}

impl Source for Prefix {
    fn length(&self) -> u64 {
        self.length
    }
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        match offset.checked_add(buffer.len() as u64) {
            Some(end) if end <= self.length => self.inner.read_at(offset, buffer),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined() -> Joined {
        Joined::new(vec![Arc::new(b"abc".to_vec()), Arc::new(Vec::new()), Arc::new(b"defg".to_vec())])
    }

    #[test]
    fn joined_pieces_read_across_their_seams() {
        let mut buffer = [0; 5];
        joined().read_at(1, &mut buffer).expect("within");
        assert_eq!(&buffer, b"bcdef");
        let mut last = [0; 1];
        joined().read_at(6, &mut last).expect("the last byte");
        assert_eq!(&last, b"g");
    }

    #[test]
    fn joined_pieces_end_where_they_end() {
        let mut buffer = [0; 2];
        assert!(joined().read_at(6, &mut buffer).is_err());
        assert!(joined().read_at(u64::MAX, &mut buffer).is_err());
    }

    #[test]
    fn a_prefix_hides_what_comes_after() {
        let prefix = Prefix::new(Arc::new(b"abcdef".to_vec()), 3);
        let mut buffer = [0; 3];
        prefix.read_at(0, &mut buffer).expect("within");
        assert!(prefix.read_at(1, &mut buffer).is_err());
        assert_eq!(prefix.length(), 3);
    }
}

//! The bytes of a zip, made piece by piece as somebody takes them.
//!
//! What is in memory is one piece, however large the files are; and between two pieces no thread waits, however slowly
//! they are taken. Nothing is sought back: the length and the check sum of a file stand behind it (APPNOTE 4.4.4, bit 3),
//! and everything is deflated, since there are readers that need to see the end of such a file in its bytes.

use super::{Content, Entry};
use crate::server::Service;
use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt as _, try_unfold};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Cursor, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use store::LocalBlob;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// So many bytes are read at a time, and about so many go out at a time.
const CHUNK: usize = 1 << 16;

/// A zip of these entries, all with the same time.
pub(super) fn of(
    service: Service,
    tenant: String,
    entries: Vec<Entry>,
    at: Timestamp,
) -> BoxStream<'static, io::Result<Bytes>> {
    let zipping = Zipping::new(at);
    let state = (zipping, VecDeque::from(entries), service, tenant);
    let pieces = try_unfold(state, |(mut zipping, mut left, service, tenant)| async move {
        loop {
            if zipping.is_over() {
                return Ok(None);
            }
            let next = match left.pop_front() {
                Some(entry) if zipping.wants_more() => Some(opened(&service, &tenant, entry).await?),
                Some(entry) => {
                    left.push_front(entry);
                    None
                }
                None => None,
            };
            let last = left.is_empty();
            let (back, made) = tokio::task::spawn_blocking(move || {
                let made = zipping.step(next, last);
                (zipping, made)
            })
            .await
            .map_err(io::Error::other)?;
            zipping = back;
            let piece = made.inspect_err(|error| tracing::error!(%error, "a zip was broken off"))?;
            if !piece.is_empty() {
                return Ok(Some((piece, (zipping, left, service, tenant))));
            }
        }
    });
    pieces.boxed()
}

async fn opened(service: &Service, tenant: &str, entry: Entry) -> io::Result<Opened> {
    let pieces = match entry.content {
        Content::Made(bytes) => {
            return Ok(Opened { name: entry.name, content: Box::new(Cursor::new(bytes)) });
        }
        Content::Blobs(digests) => {
            let mut pieces = Vec::with_capacity(digests.len());
            for digest in digests {
                pieces.push(service.store().blobs().open_local(tenant, &digest).await.map_err(failed)?);
            }
            pieces
        }
        Content::Revision(digest) => service.pieces(tenant, digest).await.map_err(failed)?,
    };
    Ok(Opened { name: entry.name, content: Box::new(Pieces { left: pieces.into(), open: None }) })
}

fn failed(error: impl std::fmt::Debug) -> io::Error {
    tracing::error!(?error, "a file of a zip cannot be read");
    io::Error::other("a file cannot be read")
}

/// A file that is to be written next.
struct Opened {
    name: String,
    content: Box<dyn Read + Send>,
}

/// Stored pieces, read one after another.
struct Pieces {
    left: VecDeque<LocalBlob>,
    /// A local copy lives as long as it is read.
    open: Option<(File, LocalBlob)>,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some((file, _held)) = &mut self.open {
                let read = file.read(buffer)?;
                if read > 0 {
                    return Ok(read);
                }
            }
            let Some(piece) = self.left.pop_front() else { return Ok(0) };
            self.open = Some((File::open(piece.path())?, piece));
        }
    }
}

/// What was written and nobody has taken yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn length(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A zip that is being made.
struct Zipping {
    /// None when its end has been written.
    zip: Option<ZipWriter<StreamWriter<Written>>>,
    written: Written,
    options: SimpleFileOptions,
    /// The file that is being written.
    open: Option<Box<dyn Read + Send>>,
}

impl Zipping {
    fn new(at: Timestamp) -> Self {
        let written = Written::default();
        let at = at.to_zoned(TimeZone::UTC);
        let date = |number: i8| u8::try_from(number).unwrap_or(1);
        let at = zip::DateTime::from_date_and_time(
            u16::try_from(at.year()).unwrap_or(1980),
            date(at.month()),
            date(at.day()),
            date(at.hour()),
            date(at.minute()),
            date(at.second()),
        );
        // The lightest compression: what is in a PDF is compressed already.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .unix_permissions(0o644)
            .last_modified_time(at.unwrap_or_default());
        Self { zip: Some(ZipWriter::new_stream(written.clone())), written, options, open: None }
    }

    fn is_over(&self) -> bool {
        self.zip.is_none()
    }

    /// Whether a next file can be begun.
    fn wants_more(&self) -> bool {
        self.open.is_none()
    }

    /// Goes on until there is a piece to be taken, or a next file is needed, or all is written. `next` is begun if
    /// there is one; after the file of the `last` step comes the end.
    fn step(&mut self, next: Option<Opened>, last: bool) -> io::Result<Bytes> {
        let Some(zip) = &mut self.zip else { return Ok(Bytes::new()) };
        if let Some(next) = next {
            zip.start_file(next.name, self.options)?;
            self.open = Some(next.content);
        }
        let mut buffer = vec![0; CHUNK];
        while let Some(content) = &mut self.open {
            let read = content.read(&mut buffer)?;
            if read == 0 {
                self.open = None;
                break;
            }
            zip.write_all(buffer.get(..read).unwrap_or_default())?;
            if self.written.length() >= CHUNK {
                return Ok(self.written.take());
            }
        }
        if last && let Some(zip) = self.zip.take() {
            zip.finish()?;
        }
        Ok(self.written.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Seek as _;

    /// Bytes that do not compress.
    struct Noise {
        state: u64,
        left: usize,
    }

    impl Read for Noise {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = buffer.len().min(self.left);
            for byte in buffer.iter_mut().take(length) {
                self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *byte = self.state.to_be_bytes()[0];
            }
            self.left -= length;
            Ok(length)
        }
    }

    #[test]
    fn two_hundred_documents_of_a_megabyte_go_through_with_two_pieces_in_memory() {
        const FILES: u64 = 200;
        const EACH: usize = 1 << 20;
        let mut zipping = Zipping::new(Timestamp::UNIX_EPOCH);
        let mut file = tempfile::tempfile().expect("there is room");
        let (mut begun, mut most) = (0, 0);
        while !zipping.is_over() {
            let next = (zipping.wants_more() && begun < FILES).then(|| {
                begun += 1;
                let content = Noise { state: begun, left: EACH };
                Opened { name: format!("{begun}.pdf"), content: Box::new(content) }
            });
            let piece = zipping.step(next, begun == FILES).expect("it is written");
            most = most.max(piece.len());
            file.write_all(&piece).expect("it is written");
        }
        assert!(most < 3 * CHUNK, "{most} bytes were in memory at once");
        file.rewind().expect("it is read");
        let mut archive = zip::ZipArchive::new(file).expect("it is a zip");
        assert_eq!(archive.len() as u64, FILES);
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("it is there");
            let read = io::copy(&mut entry, &mut io::sink()).expect("its check sum is right");
            assert_eq!(read, EACH as u64);
        }
    }

    #[test]
    fn an_empty_zip_is_a_zip() {
        let mut zipping = Zipping::new(Timestamp::UNIX_EPOCH);
        let bytes = zipping.step(None, true).expect("it is written");
        assert!(zipping.is_over());
        assert_eq!(zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip").len(), 0);
    }
}

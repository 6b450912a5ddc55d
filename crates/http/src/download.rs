//! Files on their way out: streamed, never held whole.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, TryStreamExt};
use service::documents::download::Download;
use service::documents::zipped::Zipped;
use service::envelope::FileType;
use service::exports::Export;
use service::work::Trail;
use tokio_util::io::ReaderStream;

/// Pieces are read so many bytes at a time.
const CHUNK: usize = 1 << 16;

/// A PDF as an answer; `inline` shows it, otherwise it is saved under its name.
pub(crate) fn pdf(download: Download, inline: bool) -> Response {
    answer(download, "application/pdf", inline)
}

/// A file that a recipient added: it is saved, and never shown as a page of ours.
pub(crate) fn attached((download, kind): (Download, FileType)) -> Response {
    answer(download, kind.media_type(), false)
}

fn answer(download: Download, media_type: &'static str, inline: bool) -> Response {
    let length = download.length();
    let disposition = disposition(&download.file_name, inline);
    let digest = download.digest.clone();
    let pieces = futures::stream::iter(download.pieces).then(|piece| async move {
        let file = tokio::fs::File::open(piece.path()).await?;
        // The piece goes with the stream: a local copy lives as long as it is read.
        Ok::<_, std::io::Error>(ReaderStream::with_capacity(file, CHUNK).inspect_ok(move |_| {
            let _held = &piece;
        }))
    });
    let mut response = Body::from_stream(pieces.try_flatten()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    if let Ok(value) = HeaderValue::from_str(&format!("\"{digest}\"")) {
        headers.insert(header::ETAG, value);
    }
    response
}

/// Values as a file that was made for the answer.
pub(crate) fn export(export: Export) -> Response {
    let file = tokio::fs::File::from_std(export.file);
    let mut response = Body::from_stream(ReaderStream::with_capacity(file, CHUNK)).into_response();
    name(&mut response, export.format.media_type(), &export.file_name, false);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(export.length));
    response
}

/// A zip that is made while it goes out.
pub(crate) fn zip(zip: Zipped) -> Response {
    let mut response = Body::from_stream(zip.bytes).into_response();
    name(&mut response, "application/zip", &zip.file_name, false);
    response
}

/// The audit trail; `inline` shows it.
pub(crate) fn trail(trail: Trail, inline: bool) -> Response {
    match trail {
        Trail::Issued(download) => pdf(download, inline),
        Trail::Told { file_name, bytes } => made(bytes, "application/pdf", &file_name, inline),
    }
}

/// A small file that is made for the answer.
pub(crate) fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    made(bytes, kind, name, false)
}

fn made(bytes: Vec<u8>, kind: &'static str, file_name: &str, inline: bool) -> Response {
    let mut response = bytes.into_response();
    name(&mut response, kind, file_name, inline);
    response
}

/// Says what it is, and under which name it is to be saved.
fn name(response: &mut Response, kind: &'static str, name: &str, inline: bool) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&disposition(name, inline)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
}

/// RFC 6266: a plain name for old readers, the real one in UTF-8.
fn disposition(name: &str, inline: bool) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() || " .-_()".contains(it) { it } else { '_' })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("Vertrag \"Müller\".pdf", false),
            "attachment; filename=\"Vertrag _M_ller_.pdf\"; filename*=UTF-8''Vertrag%20%22M%C3%BCller%22.pdf"
        );
        assert!(disposition("a\r\nb", true).starts_with("inline; filename=\"a__b\";"));
    }
}

//! The parts of a Word document that hold text.

use super::TemplateError;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A document has so many parts at most.
const PARTS_MAX: usize = 5000;
/// A part with text has so many bytes at most, unpacked.
const PART_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Rewrites each part that holds text, and copies the rest as it is.
pub(super) fn each(
    template: &[u8],
    rewrite: &dyn Fn(&str) -> Result<String, TemplateError>,
) -> Result<Vec<u8>, TemplateError> {
    let mut archive = ZipArchive::new(Cursor::new(template)).map_err(|_| TemplateError::Unreadable)?;
    if archive.len() > PARTS_MAX || archive.index_for_name("word/document.xml").is_none() {
        return Err(TemplateError::Unreadable);
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| TemplateError::Unreadable)?;
        let name = part.name().map_err(|_| TemplateError::Unreadable)?.into_owned();
        if !holds_text(&name) {
            drop(part);
            let raw = archive.by_index_raw(index).map_err(|_| TemplateError::Unreadable)?;
            writer.raw_copy_file(raw).map_err(|_| TemplateError::Unreadable)?;
            continue;
        }
        let mut xml = String::new();
        part.by_ref()
            .take(PART_BYTES_MAX + 1)
            .read_to_string(&mut xml)
            .map_err(|_| TemplateError::Unreadable)?;
        if xml.len() as u64 > PART_BYTES_MAX {
            return Err(TemplateError::TooLarge);
        }
        let filled = rewrite(&xml)?;
        writer.start_file(name, SimpleFileOptions::default()).map_err(|_| TemplateError::Unreadable)?;
        writer.write_all(filled.as_bytes()).map_err(|_| TemplateError::Unreadable)?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|_| TemplateError::Unreadable)
}

fn holds_text(name: &str) -> bool {
    let Some(part) = name.strip_prefix("word/").and_then(|it| it.strip_suffix(".xml")) else { return false };
    part == "document"
        || part == "footnotes"
        || part == "endnotes"
        || part.starts_with("header")
        || part.starts_with("footer")
}

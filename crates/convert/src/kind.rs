//! What a file is, told by its content.

use std::io::{Read, Seek, SeekFrom};

/// What an uploaded file is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// Word, since 2007.
    Docx,
    /// Word, before.
    Doc,
    /// OpenDocument text.
    Odt,
    /// Rich text.
    Rtf,
    /// Excel, since 2007.
    Xlsx,
    /// Excel, before.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// PowerPoint, since 2007.
    Pptx,
    /// A web page.
    Html,
}

/// A PDF may begin a little later than its file (ISO 32000-2, Annex I of the first edition: 1024 bytes).
const HEAD: usize = 1024;

impl Kind {
    /// Tells what a file is; nothing where it is of no kind that we take.
    pub fn of(file: &mut (impl Read + Seek)) -> Option<Self> {
        let mut head = vec![0; HEAD];
        let mut length = 0;
        while let Some(rest) = head.get_mut(length..).filter(|rest| !rest.is_empty()) {
            match file.read(rest) {
                Ok(0) | Err(_) => break,
                Ok(more) => length += more,
            }
        }
        head.truncate(length);
        file.seek(SeekFrom::Start(0)).ok()?;
        match Self::of_head(&head) {
            None if head.starts_with(b"PK\x03\x04") => Self::of_archive(file),
            None if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Self::of_compound(file),
            found => found,
        }
    }

    fn of_head(head: &[u8]) -> Option<Self> {
        if head.windows(5).any(|it| it == b"%PDF-") {
            return Some(Self::Pdf);
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if head.starts_with(b"\xFF\xD8\xFF") {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"{\\rtf") {
            return Some(Self::Rtf);
        }
        let text =
            String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
        (text.starts_with("<!doctype html") || text.starts_with("<html")).then_some(Self::Html)
    }

    /// The compound file of the old office programs: its directory says of which of them ([MS-DOC] 2.1.1, [MS-XLS] 2.1.2).
    fn of_compound(file: &mut (impl Read + Seek)) -> Option<Self> {
        let kind = cfb::CompoundFile::open(&mut *file).ok().and_then(|parts| {
            [("/WordDocument", Self::Doc), ("/Workbook", Self::Xls), ("/Book", Self::Xls)]
                .into_iter()
                .find_map(|(part, kind)| parts.is_stream(part).then_some(kind))
        });
        file.seek(SeekFrom::Start(0)).ok()?;
        kind
    }

    /// An archive with the parts of an office document.
    fn of_archive(file: &mut (impl Read + Seek)) -> Option<Self> {
        let mut archive = zip::ZipArchive::new(&mut *file).ok()?;
        let kind = Self::of_parts(&mut archive);
        drop(archive);
        file.seek(SeekFrom::Start(0)).ok()?;
        kind
    }

    fn of_parts<R: Read + Seek>(archive: &mut zip::ZipArchive<R>) -> Option<Self> {
        let mut media = String::new();
        if let Ok(part) = archive.by_name("mimetype") {
            part.take(100).read_to_string(&mut media).ok()?;
        }
        match media.trim() {
            "application/vnd.oasis.opendocument.text" => return Some(Self::Odt),
            "application/vnd.oasis.opendocument.spreadsheet" => return Some(Self::Ods),
            _ => {}
        }
        [
            ("word/document.xml", Self::Docx),
            ("xl/workbook.xml", Self::Xlsx),
            ("ppt/presentation.xml", Self::Pptx),
        ]
        .into_iter()
        .find_map(|(part, kind)| archive.index_for_name(part).map(|_| kind))
    }

    /// How files of this kind end; also what a program is told by.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Pptx => "pptx",
            Self::Html => "html",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn told(bytes: &[u8]) -> Option<Kind> {
        Kind::of(&mut Cursor::new(bytes))
    }

    /// A compound file with these streams.
    fn compound(streams: &[&str]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for stream in streams {
            file.create_stream(stream).unwrap().write_all(b"what it holds").unwrap();
        }
        file.into_inner().into_inner()
    }

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_it_holds() {
        assert_eq!(told(b"%PDF-1.7\n"), Some(Kind::Pdf));
        assert_eq!(told(b"junk\n%PDF-1.7\n"), Some(Kind::Pdf));
        assert_eq!(told(b"\x89PNG\r\n\x1a\nrest"), Some(Kind::Png));
        assert_eq!(told(b"\xFF\xD8\xFF\xE0"), Some(Kind::Jpeg));
        assert_eq!(told(b"{\\rtf1 x}"), Some(Kind::Rtf));
        assert_eq!(told(b"\n <!DOCTYPE html><p>"), Some(Kind::Html));
        assert_eq!(
            told(&archive(&[("[Content_Types].xml", ""), ("word/document.xml", "")])),
            Some(Kind::Docx)
        );
        assert_eq!(told(&archive(&[("xl/workbook.xml", "")])), Some(Kind::Xlsx));
        assert_eq!(told(&archive(&[("ppt/presentation.xml", "")])), Some(Kind::Pptx));
        let odt = archive(&[("mimetype", "application/vnd.oasis.opendocument.text")]);
        assert_eq!(told(&odt), Some(Kind::Odt));
    }

    #[test]
    fn the_old_office_files_are_told_by_their_streams() {
        assert_eq!(told(&compound(&["/1Table", "/WordDocument"])), Some(Kind::Doc));
        assert_eq!(told(&compound(&["/Workbook"])), Some(Kind::Xls));
        assert_eq!(told(&compound(&["/Book"])), Some(Kind::Xls));
        // An installer, slides, and a document behind a password are compound files too.
        for other in [&["/Property"][..], &["/PowerPoint Document"], &["/EncryptedPackage"], &[]] {
            assert_eq!(told(&compound(other)), None, "{other:?}");
        }
    }

    #[test]
    fn what_is_of_no_kind_is_refused() {
        for bytes in [&b""[..], b"hello", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"] {
            assert_eq!(told(bytes), None, "{bytes:?}");
        }
        assert_eq!(told(&archive(&[("readme.txt", "")])), None);
    }

    proptest::proptest! {
        /// Strangers' bytes are told or refused, and neither panic nor hang.
        #[test]
        fn a_compound_file_with_other_bytes_in_it_comes_to_an_end(
            changes in proptest::collection::vec((0_usize..4096, proptest::num::u8::ANY), 1..24),
            length in 0_usize..4096,
        ) {
            let mut bytes = compound(&["/1Table", "/WordDocument"]);
            for (place, byte) in changes {
                if let Some(changed) = bytes.get_mut(place) {
                    *changed = byte;
                }
            }
            bytes.truncate(bytes.len().saturating_sub(length / 8));
            let _ = told(&bytes);
        }
    }
}

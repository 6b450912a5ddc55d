//! A file that a recipient adds to a field: told by its content, kept as it is.

use crate::error::{Class, Error};
use crate::record;
use envelope::{AttachedFile, FileType, Personal};
use pdf::appearance::{Ink, InkRefusal};
use pdf::intake::IntakeRefusal;
use std::sync::Arc;

/// The name of a file has so many characters at most.
const NAME_CHARACTERS_MAX: usize = 120;

/// What a file is, by its content alone: a name says what somebody wants it to be. One that begins like a PDF or a
/// picture and cannot be read to its end is refused.
///
/// # Errors
/// [`Error::Wrong`], with what to do instead.
pub(crate) fn told(name: &str, bytes: Arc<[u8]>) -> Result<AttachedFile, Error> {
    let kind = kind(&bytes)?;
    let digest = Personal::Known(record::digest(&bytes));
    let length = bytes.len() as u64;
    match kind {
        FileType::Pdf => open_pdf(bytes)?,
        FileType::Jpeg | FileType::Png => look_at(&bytes)?,
    }
    Ok(AttachedFile { name: clean(name, kind).into(), kind, length, digest })
}

fn kind(bytes: &[u8]) -> Result<FileType, Error> {
    // A PDF may have a kilobyte of something before its header (ISO 32000-2 annex I does as readers do).
    let head = bytes.get(..1024).unwrap_or(bytes);
    match bytes {
        [b'\x89', b'P', b'N', b'G', ..] => Ok(FileType::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(FileType::Jpeg),
        _ if head.windows(5).any(|it| it == b"%PDF-") => Ok(FileType::Pdf),
        [] => Err(refused("file_empty", "This file is empty; choose another one.")),
        _ => Err(refused(
            "file_unknown",
            "This is neither a PDF nor a JPEG nor a PNG; save it as one of these.",
        )),
    }
}

/// What only says that it cannot be signed as it is can be read all the same.
fn open_pdf(bytes: Arc<[u8]>) -> Result<(), Error> {
    match pdf::intake::intake(Arc::new(bytes)) {
        Ok(_)
        | Err(
            IntakeRefusal::CertifiedNoChanges
            | IntakeRefusal::DamagedAndSigned
            | IntakeRefusal::DynamicXfa
            | IntakeRefusal::XfaAndSigned,
        ) => Ok(()),
        Err(refusal) => Err(Error::Wrong {
            class: Class::Unprocessable,
            code: refusal.code(),
            sentence: refusal.to_string(),
        }),
    }
}

fn look_at(bytes: &[u8]) -> Result<(), Error> {
    match (Ink::Image { bytes: bytes.to_vec() }).check() {
        Ok(()) => Ok(()),
        Err(InkRefusal::TooLarge(_)) => Err(refused(
            "picture_too_large",
            "This picture is too large; make it smaller, 5 MB at most, and add it again.",
        )),
        Err(InkRefusal::Empty) => {
            Err(refused("picture_empty", "Nothing can be seen in this picture; choose another one."))
        }
        Err(_) => Err(refused(
            "picture_unreadable",
            "This picture cannot be read; save it anew as JPEG or PNG, or choose another one.",
        )),
    }
}

fn refused(code: &'static str, sentence: &str) -> Error {
    Error::Wrong { class: Class::Unprocessable, code, sentence: sentence.to_owned() }
}

/// A name as every system takes it, with the ending of what the file is.
fn clean(name: &str, kind: FileType) -> String {
    let ending = match kind {
        FileType::Pdf => ".pdf",
        FileType::Jpeg => ".jpg",
        FileType::Png => ".png",
    };
    let name: String = name
        .chars()
        .map(|it| if it.is_control() || "/\\:*?\"<>|".contains(it) { ' ' } else { it })
        .take(NAME_CHARACTERS_MAX)
        .collect();
    let name = name.trim_matches(|it: char| it == '.' || it.is_whitespace());
    let stem = name.rsplit_once('.').filter(|(_, end)| end.len() <= 4).map_or(name, |(stem, _)| stem);
    format!("{}{ending}", if stem.is_empty() { "file" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> String {
        told("x.pdf", bytes.into())
            .map(|it| it.kind.name().to_owned())
            .unwrap_or_else(|it| it.code().to_owned())
    }

    #[test]
    fn a_file_is_what_its_content_says_whatever_it_is_called() {
        let pdf = testkit::Pdf::one_page().bytes();
        let file = told("holiday.jpeg", pdf.as_slice().into()).unwrap();
        assert_eq!(
            (file.kind, file.name.text(), file.length),
            (FileType::Pdf, "holiday.pdf", pdf.len() as u64)
        );
        assert_eq!(file.digest.known(), Some(&record::digest(&pdf)));
    }

    #[test]
    fn a_file_that_only_begins_like_one_is_refused() {
        assert_eq!(code(b""), "file_empty");
        assert_eq!(code(b"PK\x03\x04 a Word file"), "file_unknown");
        assert_eq!(code(b"%PDF-1.7 and nothing"), "not_a_pdf");
        assert_eq!(code(b"\x89PNG\r\n\x1a\n and nothing"), "picture_unreadable");
        assert_eq!(code(b"\xff\xd8\xff and nothing"), "picture_unreadable");
    }

    #[test]
    fn a_name_leaves_its_folders_behind_and_gets_the_ending_of_what_it_is() {
        assert_eq!(clean("../../etc/passwd", FileType::Pdf), "etc passwd.pdf");
        assert_eq!(clean("\u{7}\r\n", FileType::Png), "file.png");
        assert_eq!(clean("Carte d'identité.JPEG", FileType::Jpeg), "Carte d'identité.jpg");
        assert_eq!(clean("v1.2 final notes", FileType::Pdf), "v1.2 final notes.pdf");
    }
}

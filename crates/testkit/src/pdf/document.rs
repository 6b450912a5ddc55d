//! The document: pages, the way it names its objects, and the oddities a test asks for.

use super::page::Page;
use super::{assemble, write_streams, write_table};

/// How a file says where its objects are (ISO 32000-1 7.5.4 and 7.5.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossReference {
    /// A classic table with a trailer.
    Table,
    /// A cross-reference stream, and every object that may be in one packed into an object stream.
    Stream,
    /// Both: a table for old readers whose trailer points to a stream that names further, hidden objects.
    Hybrid,
}

/// A form that the document brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One text field, `existing.name`, on the first page.
    TextField,
    /// One empty signature field, `existing.signature`, on the first page.
    SignatureField,
    /// The text field, and an /XFA stream beside it: a hybrid form, which works without its XFA part.
    HybridXfa,
    /// An /XFA stream and no field at all: a dynamic form, whose pages only say "please wait".
    DynamicXfa,
}

/// A generated document. Made of pages; [`Pdf::bytes`] writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pdf {
    pub(super) title: String,
    pub(super) pages: Vec<Page>,
    pub(super) cross_reference: CrossReference,
    pub(super) form: Option<Form>,
    pub(super) ballast: usize,
}

impl Pdf {
    /// A document of the given pages with a classic cross-reference table. Without pages it is a file that a
    /// product has to refuse.
    #[must_use]
    pub fn new(pages: Vec<Page>) -> Pdf {
        Pdf {
            title: "Test".to_owned(),
            pages,
            cross_reference: CrossReference::Table,
            form: None,
            ballast: 0,
        }
    }

    /// One A4 page with one line of text.
    #[must_use]
    pub fn one_page() -> Pdf {
        Pdf::new(vec![Page::a4().line(72.0, 770.0, "One page, one line.")])
    }

    /// The same document with another kind of cross-reference.
    #[must_use]
    pub fn cross_reference(mut self, kind: CrossReference) -> Pdf {
        self.cross_reference = kind;
        self
    }

    /// The same document with a form.
    #[must_use]
    pub fn form(mut self, form: Form) -> Pdf {
        self.form = Some(form);
        self
    }

    /// The same document under another title (/Info /Title, Latin-1).
    #[must_use]
    pub fn title(mut self, title: &str) -> Pdf {
        title.clone_into(&mut self.title);
        self
    }

    /// The same document with `bytes` bytes of an embedded stream that no reader needs: a large file of few objects.
    #[must_use]
    pub fn ballast(mut self, bytes: usize) -> Pdf {
        self.ballast = bytes;
        self
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let body = assemble::assemble(self);
        match self.cross_reference {
            CrossReference::Table => write_table::write(&body),
            CrossReference::Stream => write_streams::write_stream(&body),
            CrossReference::Hybrid => write_streams::write_hybrid(&body),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::pdf::{truncated, with_junk_before_the_header, with_startxref_off_by};

    /// What an outside reader says: its exit status (0 fine, 2 errors, 3 warnings) and its messages.
    fn qpdf(bytes: &[u8]) -> (Option<i32>, String) {
        let file =
            std::env::temp_dir().join(format!("testkit-{}-{:016x}.pdf", std::process::id(), hash(bytes)));
        std::fs::write(&file, bytes).expect("the temporary folder can be written");
        let out = Command::new("qpdf")
            .arg("--check")
            .arg(&file)
            .output()
            .expect("qpdf is installed by `make test`");
        let _ = std::fs::remove_file(&file);
        let words =
            format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        (out.status.code(), words)
    }

    fn hash(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    #[test]
    fn qpdf_reads_every_layout_with_every_form_without_a_warning() {
        for kind in [CrossReference::Table, CrossReference::Stream, CrossReference::Hybrid] {
            for form in [None, Some(Form::TextField), Some(Form::SignatureField), Some(Form::HybridXfa)] {
                let mut document = Pdf::contract().cross_reference(kind);
                document.form = form;
                let (status, words) = qpdf(&document.bytes());
                assert_eq!(status, Some(0), "{kind:?} {form:?}: {words}");
            }
        }
    }

    #[test]
    fn qpdf_reads_rotated_cropped_scaled_and_heavy_pages() {
        let pages = vec![
            Page::a4().rotated(90).line(72.0, 700.0, "turned"),
            Page::letter().cropped(36.0, 36.0, 576.0, 756.0).line(72.0, 700.0, "cropped"),
            Page::new(300.0, 200.0).user_unit(2.0).rotated(-90).line(20.0, 20.0, "scaled"),
        ];
        let (status, words) = qpdf(&Pdf::new(pages).ballast(100_000).bytes());
        assert_eq!(status, Some(0), "{words}");
    }

    #[test]
    fn the_same_document_is_written_twice_to_the_same_bytes() {
        assert_eq!(Pdf::contract().bytes(), Pdf::contract().bytes());
    }

    #[test]
    fn damaged_files_are_noticed_by_qpdf() {
        let whole = Pdf::contract().bytes();
        assert_ne!(qpdf(&truncated(&whole, whole.len() / 2)).0, Some(0));
        assert_ne!(qpdf(&with_startxref_off_by(&whole, 7)).0, Some(0));
        assert_eq!(qpdf(&with_junk_before_the_header(&whole)).0, Some(0), "an old habit that readers accept");
    }
}

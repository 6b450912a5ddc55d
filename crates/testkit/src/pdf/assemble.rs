//! Turns a document into numbered objects, before anything is said about where they lie in the file.

use super::document::{Form, Pdf};
use super::page::literal;

/// One object's body.
pub(super) enum Part {
    /// Any object but a stream.
    Value(Vec<u8>),
    /// A stream: its dictionary's entries without /Length and `<<`, and its data as stored.
    Stream(String, Vec<u8>),
}

/// The objects of a file, numbered from 1 in their order, and what its trailer says.
pub(super) struct Body {
    pub parts: Vec<Part>,
    /// Numbers of the objects that an old reader has to see in a hybrid file: catalog, page tree and pages.
    pub visible: Vec<usize>,
    /// /Root, /Info and /ID.
    pub trailer: String,
}

const CATALOG: usize = 1;
const PAGES: usize = 2;
const REGULAR: usize = 3;
const BOLD: usize = 4;
const INFO: usize = 5;

pub(super) fn assemble(pdf: &Pdf) -> Body {
    let first_page = INFO + 1;
    let page_number = |index: usize| first_page + 2 * index;
    let after_pages = page_number(pdf.pages.len());
    let (form_entries, annotation, form_parts) = form(pdf.form, after_pages, page_number(0));

    let kids: Vec<String> = (0..pdf.pages.len()).map(|index| format!("{} 0 R", page_number(index))).collect();
    let mut info = b"<< /Producer (testkit) /CreationDate (D:20260102030405Z) /Title (".to_vec();
    info.extend(literal(&pdf.title));
    info.extend_from_slice(b") >>");
    let mut parts = vec![
        Part::Value(format!("<< /Type /Catalog /Pages {PAGES} 0 R{form_entries} >>").into_bytes()),
        Part::Value(
            format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")).into_bytes(),
        ),
        font("Helvetica"),
        font("Helvetica-Bold"),
        Part::Value(info),
    ];
    let mut visible = vec![CATALOG, PAGES];
    for (index, page) in pdf.pages.iter().enumerate() {
        let number = page_number(index);
        visible.push(number);
        let annotations = if index == 0 { annotation.as_str() } else { "" };
        parts.push(Part::Value(
            format!(
                "<< /Type /Page /Parent {PAGES} 0 R {} /Contents {} 0 R{annotations} \
                 /Resources << /Font << /F1 {REGULAR} 0 R /F2 {BOLD} 0 R >> >> >>",
                page.boxes(),
                number + 1
            )
            .into_bytes(),
        ));
        parts.push(Part::Stream(String::new(), page.content()));
    }
    parts.extend(form_parts);
    if pdf.ballast > 0 {
        parts.push(Part::Stream("/Type /EmbeddedFile".to_owned(), noise(pdf.ballast)));
    }
    let id = identifier(&parts);
    Body { parts, visible, trailer: format!("/Root {CATALOG} 0 R /Info {INFO} 0 R /ID [<{id}> <{id}>]") }
}

fn font(name: &str) -> Part {
    Part::Value(
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
            .into_bytes(),
    )
}

/// The catalog's entry, the first page's /Annots and the further objects of a form, numbered from `next`.
fn form(form: Option<Form>, next: usize, page: usize) -> (String, String, Vec<Part>) {
    let Some(form) = form else { return (String::new(), String::new(), Vec::new()) };
    let field = next + 1;
    let (fields, annotation, widget) = match form {
        Form::DynamicXfa => (String::new(), String::new(), None),
        Form::TextField | Form::HybridXfa => widget_of("Tx", "name", "[72 600 272 620]", field, page),
        Form::SignatureField => widget_of("Sig", "signature", "[72 600 272 640]", field, page),
    };
    let mut parts = Vec::new();
    let xfa = next + 1 + usize::from(widget.is_some());
    let xfa_entry = match form {
        Form::HybridXfa | Form::DynamicXfa => format!(" /XFA {xfa} 0 R"),
        Form::TextField | Form::SignatureField => String::new(),
    };
    parts.push(Part::Value(
        format!(
            "<< /Fields [{fields}]{xfa_entry} /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv {REGULAR} 0 R >> >> >>"
        )
        .into_bytes(),
    ));
    parts.extend(widget);
    if !xfa_entry.is_empty() {
        let packet = b"<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"><template/></xdp:xdp>".to_vec();
        parts.push(Part::Stream(String::new(), packet));
    }
    (format!(" /AcroForm {next} 0 R"), annotation, parts)
}

fn widget_of(
    kind: &str,
    name: &str,
    rect: &str,
    field: usize,
    page: usize,
) -> (String, String, Option<Part>) {
    let widget = format!(
        "<< /Type /Annot /Subtype /Widget /FT /{kind} /T (existing.{name}) /Rect {rect} /F 4 /P {page} 0 R >>"
    );
    (format!("{field} 0 R"), format!(" /Annots [{field} 0 R]"), Some(Part::Value(widget.into_bytes())))
}

/// Bytes that look random to a compressor, the same every time (a linear congruential generator).
fn noise(length: usize) -> Vec<u8> {
    let mut state: u32 = 0x2545_f491;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

/// 32 hexadecimal digits that follow from the objects, for /ID.
fn identifier(parts: &[Part]) -> String {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        let (Part::Value(bytes) | Part::Stream(_, bytes)) = part;
        for byte in bytes {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    format!("{hash:032x}")
}

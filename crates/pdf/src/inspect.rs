//! What a file is made of, for a person who wants to know.

use crate::crossref::SectionKind;
use crate::document::Document;
use crate::error::Error;
use crate::fields::FieldKind;
use crate::object::{Dictionary, Object};
use crate::signatures::{Permission, SignatureEntry};

/// The answer of [`inspect`].
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Inspection {
    /// Bytes of the file.
    pub length: u64,
    /// Each page as it is shown.
    pub pages: Vec<PageInspection>,
    /// Terminal fields of the form.
    pub fields: Vec<FieldInspection>,
    /// Signatures, in the order of the form.
    pub signatures: Vec<SignatureInspection>,
    /// Cross-reference sections, oldest first.
    pub revisions: Vec<RevisionInspection>,
    /// What its certification allows.
    pub certification: Option<Permission>,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// What is unusual, one sentence each.
    pub oddities: Vec<String>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PageInspection {
    /// From 1.
    pub number: u32,
    /// Points, as shown.
    pub width: f64,
    /// Points, as shown.
    pub height: f64,
    /// Degrees, clockwise.
    pub rotate: u16,
}

/// A field.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FieldInspection {
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: FieldKind,
    /// Whether it has a value.
    pub filled: bool,
}

/// A signature, as it describes itself: nothing here is verified.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SignatureInspection {
    /// Full name of its field.
    pub field: String,
    /// `/SubFilter`.
    pub sub_filter: Option<String>,
    /// `/ByteRange`.
    pub byte_range: Vec<i64>,
    /// `/M`, as written.
    pub claimed_time: Option<String>,
    /// `/Name`.
    pub name: Option<String>,
    /// `/Reason`.
    pub reason: Option<String>,
}

/// A cross-reference section.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RevisionInspection {
    /// Its kind.
    pub kind: SectionKind,
    /// Its place, in bytes.
    pub start: u64,
    /// Where its revision ends, in bytes.
    pub end: u64,
}

/// Describes a document.
///
/// # Errors
/// As [`Document::get`].
pub fn inspect(document: &Document) -> Result<Inspection, Error> {
    let mut pages = Vec::new();
    for number in 1..=document.page_count()? {
        let page = document.page(number)?;
        pages.push(PageInspection { number, width: page.width, height: page.height, rotate: page.rotate });
    }
    let fields = document.fields()?;
    let mut signatures = Vec::new();
    for entry in document.signatures_among(&fields)? {
        signatures.push(signature(document, &entry)?);
    }
    let revisions = document.sections().iter().rev();
    Ok(Inspection {
        length: document.source().length(),
        pages,
        fields: fields
            .into_iter()
            .map(|field| FieldInspection {
                name: field.name,
                kind: field.kind,
                filled: !field.value.is_null(),
            })
            .collect(),
        signatures,
        revisions: revisions
            .map(|section| RevisionInspection {
                kind: section.kind,
                start: section.start,
                end: section.revision_end,
            })
            .collect(),
        certification: document.certification()?,
        encrypted: document.is_encrypted(),
        oddities: oddities(document)?,
    })
}

fn signature(document: &Document, entry: &SignatureEntry) -> Result<SignatureInspection, Error> {
    let text =
        |dictionary: &Dictionary, key: &str| Ok::<_, Error>(document.lookup(dictionary, key)?.as_text());
    let dictionary = &entry.dictionary;
    let range = document.lookup(dictionary, "ByteRange")?;
    Ok(SignatureInspection {
        field: entry.field.clone(),
        sub_filter: document
            .lookup(dictionary, "SubFilter")?
            .as_name()
            .map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned()),
        byte_range: range.as_array().unwrap_or_default().iter().filter_map(Object::as_integer).collect(),
        claimed_time: text(dictionary, "M")?,
        name: text(dictionary, "Name")?,
        reason: text(dictionary, "Reason")?,
    })
}

fn oddities(document: &Document) -> Result<Vec<String>, Error> {
    let mut oddities = Vec::new();
    let mut say = |condition: bool, sentence: &str| {
        if condition {
            oddities.push(sentence.to_owned());
        }
    };
    say(document.was_repaired(), "The cross-reference is damaged; objects were found by a search.");
    say(document.offset_shift() > 0, "Bytes stand before the header, and offsets count from the header.");
    say(
        document.page_tree()?.is_odd(),
        "The page tree is damaged, or has a page that is no indirect object.",
    );
    let last = document.sections().first();
    let length = document.source().length();
    say(
        last.is_some_and(|section| section.revision_end < length),
        "Bytes follow the end of the last revision.",
    );
    let mut size = document.trailer().get("Size").and_then(Object::as_integer);
    size = size.filter(|size| *size <= i64::from(document.highest_number()));
    say(size.is_some(), "/Size is smaller than the highest object number.");
    let form = document.form()?.unwrap_or_default();
    say(!document.lookup(&form, "XFA")?.is_null(), "The form has an XFA part.");
    Ok(oddities)
}

//! Whether a stranger's file can be signed, and what has to be done to it before.

mod check;
mod refusal;
mod xfa;

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::Document;
use crate::error::Error;
use crate::fields::{Field, FieldKind};
use crate::geometry::{Page, Rect};
use crate::object::{Object, ObjectId};
use crate::signatures::Permission;
use crate::source::Source;

use check::entries_are_sound;
pub use refusal::IntakeRefusal;

/// What is known of a file that can be signed.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Intake {
    /// Each page, in its order.
    pub pages: Vec<PageSize>,
    /// Signatures that it carries already.
    pub signatures: usize,
    /// What its certification allows, where it has one.
    pub certification: Option<Permission>,
    /// Why it has to be rewritten ([`crate::rewrite::rewrite`]) before anything is appended; empty where it is sound.
    pub rewrite: Vec<RewriteReason>,
    /// Whether it is encrypted (with the empty user password).
    pub encrypted: bool,
    /// Whether the permissions of an encrypted file allow signing; true for every other file.
    pub permits_signing: bool,
    /// The fields of its form.
    pub existing_fields: Vec<ExistingField>,
}

/// A page as it is shown, in points.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageSize {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Why a file is rewritten on intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewriteReason {
    /// Its cross-reference or its page tree is damaged.
    Damaged,
    /// Its XFA form is dropped, so that its AcroForm counts.
    Xfa,
}

impl RewriteReason {
    /// The word for it in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Xfa => "xfa",
        }
    }
}

/// A field that the file brings along.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ExistingField {
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: FieldKind,
    /// Page of its first widget, from 1.
    pub page: Option<u32>,
    /// Its first widget on the page as shown.
    pub rect: Option<Rect>,
    /// A signature field that is signed.
    pub signed: bool,
}

/// Looks a file over. Nothing of it is changed.
///
/// # Errors
/// The refusal, where it cannot be signed.
pub fn intake(source: Arc<dyn Source>) -> Result<Intake, IntakeRefusal> {
    let refused = |outcome| match outcome {
        Outcome::Refused(refusal) => refusal,
        Outcome::Failed(error) => refusal_of(error),
    };
    let document = Document::open(Arc::clone(&source)).map_err(refusal_of)?;
    if !document.was_repaired() && entries_are_sound(&document).map_err(refusal_of)? {
        match look_over(&document) {
            Err(Outcome::Failed(Error::BadObject { .. } | Error::BadStream(_) | Error::Damaged { .. })) => {}
            other => return other.map_err(refused),
        }
    }
    if document.is_encrypted() {
        return Err(IntakeRefusal::EncryptedAndDamaged);
    }
    let document = if document.was_repaired() {
        document
    } else {
        Document::open_repaired(Arc::clone(&source)).map_err(refusal_of)?
    };
    let intake = look_over(&document).map_err(refused)?;
    if check::may_be_signed(&*source).map_err(refusal_of)? {
        return Err(IntakeRefusal::DamagedAndSigned);
    }
    Ok(intake)
}

/// The document to rewrite: as it is where its cross-reference can be trusted, else found anew by a search.
pub(crate) fn trusted(document: &Document) -> Result<Option<Document>, Error> {
    let is_trusted = document.was_repaired()
        || (entries_are_sound(document)?
            && !matches!(
                look_over(document),
                Err(Outcome::Failed(Error::BadObject { .. } | Error::BadStream(_) | Error::Damaged { .. }))
            ));
    if is_trusted { Ok(None) } else { Document::open_repaired(Arc::clone(document.source())).map(Some) }
}

enum Outcome {
    Refused(IntakeRefusal),
    Failed(Error),
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

fn look_over(document: &Document) -> Result<Intake, Outcome> {
    let mut rewrite = Vec::new();
    if document.was_repaired() || document.page_tree()?.is_odd() {
        rewrite.push(RewriteReason::Damaged);
    }
    if document.page_count()? == 0 {
        return Err(Outcome::Refused(IntakeRefusal::WithoutPages));
    }
    let fields = document.fields()?;
    let signed = document.signatures_among(&fields)?;
    let certification = document.certification()?;
    if certification == Some(Permission::NoChanges) || document.is_locked_by(&signed)? {
        return Err(Outcome::Refused(IntakeRefusal::CertifiedNoChanges));
    }
    match xfa::kind(document, &fields)? {
        xfa::Kind::None => {}
        xfa::Kind::Dynamic => return Err(Outcome::Refused(IntakeRefusal::DynamicXfa)),
        xfa::Kind::BesideFields if !signed.is_empty() => {
            return Err(Outcome::Refused(IntakeRefusal::XfaAndSigned));
        }
        xfa::Kind::BesideFields => rewrite.push(RewriteReason::Xfa),
    }
    if !rewrite.is_empty() && !signed.is_empty() {
        return Err(Outcome::Refused(IntakeRefusal::DamagedAndSigned));
    }
    let (pages, places) = pages(document, &fields)?;
    let is_signed =
        |field: &Field| signed.iter().any(|signature| signature.field_id == field.id && field.id.is_some());
    let existing_fields = fields
        .iter()
        .map(|field| {
            let place = field.widgets.first().and_then(|widget| places.get(widget));
            ExistingField {
                name: field.name.clone(),
                kind: field.kind,
                page: place.map(|(page, _)| *page),
                rect: place.and_then(|(_, rect)| *rect),
                signed: field.kind == FieldKind::Signature && is_signed(field),
            }
        })
        .collect();
    Ok(Intake {
        pages,
        signatures: signed.len(),
        certification,
        rewrite,
        encrypted: document.is_encrypted(),
        permits_signing: document.permits_signing(),
        existing_fields,
    })
}

type Places = HashMap<ObjectId, (u32, Option<Rect>)>;

/// Page sizes, and where the first widget of each field is.
fn pages(document: &Document, fields: &[Field]) -> Result<(Vec<PageSize>, Places), Error> {
    let mut wanted: Places =
        fields.iter().filter_map(|field| field.widgets.first()).map(|widget| (*widget, (0, None))).collect();
    let mut sizes = Vec::new();
    for number in 1..=document.page_count()? {
        let page = document.page(number)?;
        sizes.push(PageSize { width: page.width, height: page.height });
        if wanted.is_empty() {
            continue;
        }
        let annotations = match document.lookup(&page.dictionary, "Annots") {
            Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => return Err(limit),
            other => other.unwrap_or(Object::Null),
        };
        for id in annotations.as_array().unwrap_or_default().iter().filter_map(Object::as_reference) {
            if let Some(place) = wanted.get_mut(&id).filter(|(page, _)| *page == 0) {
                *place = (number, widget_rect(document, id, &page)?);
            }
        }
    }
    wanted.retain(|_, (page, _)| *page > 0);
    Ok((sizes, wanted))
}

fn widget_rect(document: &Document, id: ObjectId, page: &Page) -> Result<Option<Rect>, Error> {
    let widget = document.head(id)?;
    let Some(dictionary) = widget.as_dictionary() else { return Ok(None) };
    let corners = document.lookup(dictionary, "Rect")?;
    let numbers: Vec<f64> =
        corners.as_array().unwrap_or_default().iter().filter_map(Object::as_number).collect();
    Ok(<[f64; 4]>::try_from(numbers).ok().map(|corners| page.from_user_space(corners)))
}

/// A file that opens by no means is refused by what is wrong with it.
fn refusal_of(error: Error) -> IntakeRefusal {
    match error {
        Error::NotAPdf => IntakeRefusal::NotAPdf,
        Error::NeedsPassword | Error::UnsupportedEncryption => IntakeRefusal::NeedsPassword,
        Error::TooComplex(_) => IntakeRefusal::TooComplex,
        Error::Read(kind) => IntakeRefusal::Unreadable(kind),
        _ => IntakeRefusal::WithoutPages,
    }
}

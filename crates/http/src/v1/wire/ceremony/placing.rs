//! What a signer places themselves.

use crate::problem::Problem;
use crate::v1::wire::draft::place;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::envelope::commands::place_fields::PLACED_FIELDS_MAX;
use service::envelope::{Envelope, FieldId, FieldKind, PlacedField, Rect};
use utoipa::ToSchema;

/// All fields that the signer places themselves.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacedFieldsRequest {
    fields: Vec<WirePlacedField>,
}

/// A field where its signer put it.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WirePlacedField {
    /// An id of their own choice, which no other field of the envelope has.
    id: String,
    /// `signature`, `initials`, `date_signed`, `recipient_name` or `text`.
    #[serde(rename = "type")]
    kind: FieldKind,
    /// Number of the document, from 1.
    document: u16,
    /// Number of the page, from 1.
    page: u32,
    /// From the left edge of the page as it is shown, in points.
    x: f64,
    /// From its top edge, in points.
    y: f64,
    /// In points. The usual width of its type where it is left out.
    width: Option<f64>,
    /// In points. The usual height of its type where it is left out.
    height: Option<f64>,
}

impl PlacedFieldsRequest {
    /// As the use case takes them.
    ///
    /// # Errors
    /// The places of all lengths that are none.
    pub(crate) fn into_fields(self) -> Result<Vec<PlacedField>, Problem> {
        let mut errors = Vec::new();
        let mut fields = Vec::new();
        for (index, field) in self.fields.into_iter().enumerate() {
            match field.into_placed() {
                Some(field) => fields.push(field),
                None => errors.push(place(
                    &format!("/fields/{index}"),
                    "length_malformed",
                    "One of x, y, width, height is no length on a page; give points.",
                )),
            }
        }
        let Some(first) = errors.first() else { return Ok(fields) };
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, &first.code, first.detail.clone());
        Err(Problem { errors, ..problem })
    }
}

impl WirePlacedField {
    fn into_placed(self) -> Option<PlacedField> {
        let Self { id, kind, document, page, x, y, width, height } = self;
        let usual = kind.usual_size();
        let rect = Rect::new(x, y, width.unwrap_or(usual.0), height.unwrap_or(usual.1))?;
        Some(PlacedField { id: FieldId(id), kind, document, page, rect })
    }
}

/// What a signer may place themselves.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct PlacingAnswer {
    types: Vec<FieldKind>,
    /// So many fields at most.
    most: usize,
    documents: Vec<PlacingDocument>,
}

/// What one document takes.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct PlacingDocument {
    /// Number of the document.
    number: u16,
    /// `anything`; `one_signature` where somebody has signed it, so that a field of another kind would change what they
    /// signed; `nothing` where it is certified.
    takes: &'static str,
}

impl PlacingAnswer {
    pub(super) fn of(state: &Envelope, recipient: u16) -> Option<Self> {
        let takes = |number| PlacingDocument { number, takes: state.takes(recipient, number).word() };
        state.may_place(recipient).then(|| Self {
            types: PlacedField::KINDS.to_vec(),
            most: PLACED_FIELDS_MAX,
            documents: state.documents_seen_by(recipient).map(takes).collect(),
        })
    }
}

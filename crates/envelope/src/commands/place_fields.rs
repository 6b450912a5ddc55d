//! A signer places their own fields.

use super::draft_field_place;
use super::draft_findings::is_id;
use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::field::FieldDraft;
use crate::model::field::placing::{PlacedField, Placing};
use crate::placing::{Takes, too_much};
use crate::refusal::{Finding, Refusal};
use crate::state::Envelope;
use std::collections::BTreeSet;

/// A signer places so many fields at most.
pub const PLACED_FIELDS_MAX: usize = 50;

/// Places fields, in place of all that the recipient placed before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFields {
    /// Number of the recipient.
    pub recipient: u16,
    /// All of their own fields.
    pub fields: Vec<PlacedField>,
}

impl PlaceFields {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        turn::with_consent(state, self.recipient, context)?;
        if !state.may_place(self.recipient) {
            return Err(Refusal::PlacesGiven);
        }
        if self.fields.len() > PLACED_FIELDS_MAX {
            return Err(Refusal::Invalid(vec![Finding::new(
                "/fields",
                "too_many",
                format!("You can place {PLACED_FIELDS_MAX} fields at most; take some away."),
            )]));
        }
        let fields: Vec<FieldDraft> = self.fields.iter().map(|it| it.of(self.recipient)).collect();
        Refusal::unless_empty(self.findings(state, &fields))?;
        if state.placed_by(self.recipient).eq(fields.iter()) {
            return Ok(Decision::default());
        }
        let (recipient, fields) = (self.recipient, self.fields.clone());
        Ok(Decision::of(Event::FieldsPlaced { recipient, fields }))
    }

    fn findings(&self, state: &Envelope, fields: &[FieldDraft]) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut ids: BTreeSet<_> = others(state, self.recipient).map(|it| &it.id).collect();
        for (index, field) in fields.iter().enumerate() {
            let at = |key: &str| format!("/fields/{index}/{key}");
            if !is_id(&field.id.0) {
                found.push(Finding::new(
                    at("id"),
                    "field_id_malformed",
                    "A field id has 1 to 64 letters, digits, hyphens or underscores; choose another one.",
                ));
            } else if !ids.insert(&field.id) {
                found.push(Finding::new(
                    at("id"),
                    "field_id_repeated",
                    format!("The field id {} is used already; choose another one.", field.id.0),
                ));
            }
            if !PlacedField::KINDS.contains(&field.kind) {
                found.push(Finding::new(
                    at("type"),
                    "field_not_placeable",
                    "You can place signatures, initials, the date, your name and text; choose one of them.",
                ));
            }
            // Who does not see a document is told the same as of one that does not exist.
            if !state.draft.is_visible(field.document, self.recipient) {
                found.push(Finding::new(
                    at("document"),
                    "field_without_document",
                    format!(
                        "Field {} names document {}, which does not exist; use a number from the list.",
                        index + 1,
                        field.document
                    ),
                ));
                continue;
            }
            draft_field_place::on_page(&state.draft, index, field, &mut found);
            if state.takes(self.recipient, field.document) == Takes::Nothing {
                found.push(Finding::new(
                    format!("/fields/{index}"),
                    "certified_document_takes_invisible_signatures_only",
                    format!(
                        "Document {} is certified and nothing visible can be added to it; take field {} away, you sign \
                         it all the same.",
                        field.document,
                        index + 1
                    ),
                ));
            }
        }
        // Of a document that they do not see nothing more is said.
        if found.is_empty() {
            let many = too_much(state, self.recipient, fields).into_iter();
            let many = many.filter_map(|index| Some((index, fields.get(index)?)));
            found.extend(many.map(|(index, field)| beside_a_signature(field, format!("/fields/{index}"))));
        }
        found
    }
}

/// The fields that stay as they are, whatever this recipient places.
fn others(state: &Envelope, recipient: u16) -> impl Iterator<Item = &FieldDraft> {
    state.draft.fields.iter().filter(move |it| it.recipient != recipient || it.placing == Placing::Sender)
}

/// Somebody else was faster: what was placed before they signed can stay out of it no longer.
pub(crate) fn signed_meanwhile(state: &Envelope, recipient: u16) -> impl Iterator<Item = Finding> {
    let placed: Vec<&FieldDraft> = state.placed_by(recipient).collect();
    let found = too_much(state, recipient, placed.iter().copied());
    found.into_iter().filter_map(move |index| {
        let field = placed.get(index)?;
        Some(beside_a_signature(field, format!("/values/{}", field.id.0)))
    })
}

fn beside_a_signature(field: &FieldDraft, pointer: String) -> Finding {
    Finding::new(
        pointer,
        "signed_document_takes_one_place_each",
        format!(
            "Document {} is signed already, so it takes your signature in one place and nothing more; take this \
             field away.",
            field.document
        ),
    )
}

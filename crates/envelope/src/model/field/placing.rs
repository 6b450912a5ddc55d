//! Who says where a field stands.

use super::kind::FieldKind;
use super::{FieldDraft, FieldId};
use crate::model::points::Rect;
use serde::{Deserialize, Serialize};

/// Who said where a field stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Placing {
    /// The sender, in the draft.
    #[default]
    Sender,
    /// Its recipient, in their visit.
    Recipient,
}

/// A field where its recipient put it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedField {
    /// Its id, chosen by who placed it.
    pub id: FieldId,
    /// What goes there.
    pub kind: FieldKind,
    /// Number of the document, from 1.
    pub document: u16,
    /// Number of the page, from 1.
    pub page: u32,
    /// Where on the page.
    pub rect: Rect,
}

impl PlacedField {
    /// What recipients can place by themselves: what needs no words of the sender to be understood.
    pub const KINDS: [FieldKind; 5] = [
        FieldKind::Signature,
        FieldKind::Initials,
        FieldKind::DateSigned,
        FieldKind::RecipientName,
        FieldKind::Text,
    ];

    /// As a field of the envelope. Whoever placed it wants it filled: what is left empty is taken away again.
    pub(crate) fn of(&self, recipient: u16) -> FieldDraft {
        FieldDraft {
            id: self.id.clone(),
            kind: self.kind,
            document: self.document,
            page: self.page,
            rect: self.rect,
            recipient,
            required: true,
            placing: Placing::Recipient,
            ..FieldDraft::default()
        }
    }
}

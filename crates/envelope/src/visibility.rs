//! Who sees which document of an envelope. The sender sees all of them.

use crate::model::draft::Draft;
use crate::model::field::FieldId;
use crate::state::Envelope;

impl Draft {
    /// Whether a recipient sees a document; both are counted from 1. Of a document that does not exist there is nothing
    /// to see.
    pub fn is_visible(&self, document: u16, recipient: u16) -> bool {
        let document = usize::from(document).checked_sub(1).and_then(|at| self.documents.get(at));
        document.is_some_and(|it| it.visible_to.as_ref().is_none_or(|them| them.contains(&recipient)))
    }
}

impl Envelope {
    /// Numbers of the documents that a recipient sees. Whoever takes a recipient's place later sees the same ones.
    pub fn documents_seen_by(&self, recipient: u16) -> impl Iterator<Item = u16> {
        self.document_numbers().filter(move |document| self.draft.is_visible(*document, recipient))
    }

    /// Whether a recipient may know what another one put into this field, once the documents are finished: of a
    /// confidential field nobody but its own recipient, of every other one whoever sees its document.
    pub fn may_see_field(&self, recipient: u16, field: &FieldId) -> bool {
        let field = self.draft.fields.iter().find(|it| it.id == *field);
        field.is_some_and(|it| match it.confidential {
            true => it.recipient == recipient,
            false => self.draft.is_visible(it.document, recipient),
        })
    }
}

//! What signers place themselves.

use crate::event::Event;
use crate::model::draft::Draft;
use crate::model::field::kind::FieldKind;
use crate::model::field::placing::{PlacedField, Placing};
use crate::state::Progress;
use std::collections::BTreeSet;

/// Changes the fields of a draft that was sent. What one person placed is not what another one, who takes their part,
/// would have placed.
pub(super) fn change(draft: &mut Draft, event: &Event) {
    let (whose, placed) = match event {
        Event::FieldsPlaced { recipient, fields } => (*recipient, fields.as_slice()),
        Event::RecipientReplaced { recipient, .. } => (*recipient, [].as_slice()),
        _ => return,
    };
    draft.fields.retain(|it| it.recipient != whose || it.placing == Placing::Sender);
    draft.fields.extend(placed.iter().map(|it| it.of(whose)));
}

impl Progress {
    pub(super) fn apply_placed(&mut self, event: &Event) {
        match event {
            Event::FieldsPlaced { recipient, fields } if is_laid_out(fields) => {
                self.laying_out.insert(*recipient);
            }
            Event::FieldsPlaced { recipient, .. } | Event::RecipientReplaced { recipient, .. } => {
                self.laying_out.remove(recipient);
            }
            _ => {}
        }
    }
}

/// Whether more than one signature in each document is placed, which is a field that the signature itself makes.
fn is_laid_out(fields: &[PlacedField]) -> bool {
    let mut signed = BTreeSet::new();
    fields.iter().any(|it| it.kind != FieldKind::Signature || !signed.insert(it.document))
}

//! Flexible signing: where a signer may place their own fields.

use crate::model::field::FieldDraft;
use crate::model::field::kind::FieldKind;
use crate::model::field::placing::Placing;
use crate::model::revision::RevisionKind;
use crate::part::ActKind;
use crate::state::{Envelope, Progress};
use std::collections::BTreeSet;

/// What a document takes of fields that a signer places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Every kind, as often as they like.
    Anything,
    /// Their signature, in one place: a field of another kind would change what somebody has signed.
    OneSignature,
    /// Nothing: it is certified so that nothing visible may be added.
    Nothing,
}

impl Takes {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anything => "anything",
            Self::OneSignature => "one_signature",
            Self::Nothing => "nothing",
        }
    }
}

impl Envelope {
    /// Whether a recipient places their fields themselves: the sender does not insist on places, and has given this
    /// signer none to sign at.
    pub fn may_place(&self, recipient: u16) -> bool {
        let given =
            |field: &FieldDraft| field.kind == FieldKind::Signature && field.placing == Placing::Sender;
        !self.draft.rules.place_required && self.is_signer(recipient) && !self.fields_of(recipient).any(given)
    }

    /// The fields that a recipient has placed themselves.
    pub fn placed_by(&self, recipient: u16) -> impl Iterator<Item = &FieldDraft> {
        self.fields_of(recipient).filter(|field| field.placing == Placing::Recipient)
    }

    /// What a document takes of what this recipient places now.
    pub fn takes(&self, recipient: u16, document: u16) -> Takes {
        use crate::model::draft::Certification::FillForms;
        let index = usize::from(document).checked_sub(1);
        let facts = index.and_then(|at| self.draft.documents.get(at)).map(|it| &it.facts);
        if facts.is_some_and(|it| it.certification == Some(FillForms)) {
            return Takes::Nothing;
        }
        let came_signed = facts.is_some_and(|it| it.signatures > 0);
        let signed_since = || self.status.progress().is_some_and(|it| it.is_signed(document, recipient));
        if came_signed || signed_since() { Takes::OneSignature } else { Takes::Anything }
    }
}

impl Progress {
    /// Whether somebody else has signed a document here, or has finished and their signature is on its way into it.
    fn is_signed(&self, document: u16, recipient: u16) -> bool {
        let index = usize::from(document).checked_sub(1);
        let mut history = index.and_then(|at| self.documents.get(at)).into_iter().flatten();
        let is_act = |kind: &RevisionKind| matches!(kind, RevisionKind::Act { .. });
        let on_its_way = |act: &crate::part::Act| {
            act.kind == ActKind::Sign && act.recipient != recipient && act.documents.contains(&document)
        };
        history.any(|revision| is_act(&revision.kind)) || self.acts.iter().any(on_its_way)
    }
}

/// Those of the fields that are too much for documents which take one signature of this recipient alone, by their
/// place in the list.
pub(crate) fn too_much<'f>(
    state: &Envelope,
    recipient: u16,
    fields: impl IntoIterator<Item = &'f FieldDraft>,
) -> Vec<usize> {
    let mut signed = BTreeSet::new();
    let mut found = Vec::new();
    for (index, field) in fields.into_iter().enumerate() {
        let only_one = state.takes(recipient, field.document) == Takes::OneSignature;
        if only_one && !(field.kind == FieldKind::Signature && signed.insert(field.document)) {
            found.push(index);
        }
    }
    found
}

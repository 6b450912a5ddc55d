//! A recipient finishes and signs.

use super::{fill, identity, place_fields, shown, turn};
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::digest::Digest;
use crate::model::field::FieldId;
use crate::model::field::kind::FieldKind;
use crate::model::personal::Personal;
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Progress};
use crate::values::Sheet;
use std::collections::BTreeMap;

/// The act of signing: the intent, made durable before any key is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Number of the recipient.
    pub recipient: u16,
    /// They said that they mean to sign.
    pub agreed: bool,
    /// Last values, on top of what was filled before.
    pub values: BTreeMap<FieldId, String>,
    /// Digest of the adopted signature.
    pub signature: Option<Digest>,
    /// Digest of the adopted initials.
    pub initials: Option<Digest>,
    /// The revision of each document that the signer was shown.
    pub shown: BTreeMap<u16, Digest>,
    /// What the signature means, one of the words of the Part 11 profile; nothing where there is none.
    pub meaning: Option<String>,
    /// What was found wrong with the signature, the initials or the letters of a value by those who draw
    /// them; they are refused together with what is found here.
    pub drawing_findings: Vec<Finding>,
}

impl Sign {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        if !state.is_signer(self.recipient) {
            return Err(Refusal::OtherAct);
        }
        let documents = state.documents_signed_by(self.recipient);
        shown::check(state, progress, self.recipient, &self.shown, documents.iter().copied())?;
        let values = fill::all_values(state, progress, self.recipient, &self.values, context.now);
        let mut found = fill::findings(state, self.recipient, &self.values);
        self.missing(state, progress, &mut found);
        found.extend(place_fields::signed_meanwhile(state, self.recipient));
        found.extend(self.drawing_findings.iter().cloned());
        Refusal::unless_empty(found)?;
        self.proved_again(state, progress, context)?;
        let intent = Event::SigningIntended {
            recipient: self.recipient,
            documents,
            shown: self.shown.clone(),
            values,
            signature: self.signature.map(Personal::Known),
            initials: self.initials.map(Personal::Known),
            meaning: self.meaning.clone().filter(|_| state.draft.rules.part_11.is_some()),
        };
        Ok(Decision::of(intent)
            .with(Effect::EndLink { recipient: self.recipient })
            .with(Effect::CarryOutAct { recipient: self.recipient }))
    }

    /// 21 CFR 11.200: who signs proves who they are at the moment of signing.
    fn proved_again(&self, state: &Envelope, progress: &Progress, context: &Context) -> Result<(), Refusal> {
        if state.draft.rules.part_11.is_none() {
            return Ok(());
        }
        identity::require_again(progress, self.recipient, context)
    }

    fn missing(&self, state: &Envelope, progress: &Progress, found: &mut Vec<Finding>) {
        if !self.agreed {
            found.push(Finding::new("/agreed", "not_agreed", "Confirm that you mean to sign, then finish."));
        }
        // 21 CFR 11.50: the meaning stands beside the signature.
        if let Some(profile) = &state.draft.rules.part_11
            && !self.meaning.as_ref().is_some_and(|meaning| profile.meanings.contains(meaning))
        {
            found.push(Finding::new(
                "/meaning",
                "meaning_missing",
                "Say what your signature means: choose one of the given meanings, then finish.",
            ));
        }
        let sheet = Sheet::new(&state.draft, &progress.values, &self.values);
        for field in state.fields_of(self.recipient).filter(|field| sheet.is_there(field)) {
            let (ink, pointer) = match field.kind {
                FieldKind::Signature => (self.signature, "/signature"),
                FieldKind::Initials => (self.initials, "/initials"),
                _ => continue,
            };
            if ink.is_none() {
                fill::required(field, pointer.to_owned(), found);
            }
        }
        fill::missing(state, progress, self.recipient, &self.values, found);
    }
}

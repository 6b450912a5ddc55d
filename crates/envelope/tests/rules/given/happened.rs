//! Events in few words.

use super::{EXPIRY, digest, sender, time};
use envelope::{
    CertificateFacts, ConsentText, Digest, Draft, Event, FieldId, NewRevision, Personal, PlacedField, Role,
    SealedFile,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The draft was made.
pub fn created(draft: Draft) -> Vec<Event> {
    vec![Event::EnvelopeCreated { sender: sender(), test: false, draft: Box::new(draft) }]
}

/// The draft was made and sent, and its first step is open.
pub fn sent(draft: Draft) -> Vec<Event> {
    let revisions = prepared(&draft);
    let signers = draft.recipients.iter().zip(1u16..).filter(|(it, _)| it.role == Role::Signer);
    let step = signers.clone().map(|(it, _)| it.step).min().expect("somebody signs");
    let first = signers.filter(|(it, _)| it.step == step).map(|(_, number)| number).collect();
    let mut events = created(draft);
    events.push(Event::EnvelopeSent { expires_at: time(EXPIRY), revisions });
    events.push(Event::StepOpened { step, recipients: first });
    events
}

/// The blank fields of each document, as one revision on what was uploaded.
pub fn prepared(draft: &Draft) -> Vec<NewRevision> {
    draft
        .documents
        .iter()
        .zip(1..)
        .map(|(it, number)| revision(number, it.facts.digest, blank(number)))
        .collect()
}

/// Digest of a document with its blank fields.
pub fn blank(document: u16) -> Digest {
    digest(1000 + document)
}

/// Digest of a document after a recipient's act.
pub fn signed_by(recipient: u16, document: u16) -> Digest {
    digest(2000 + 100 * recipient + document)
}

/// Digest of a document after the seal.
pub fn with_seal(document: u16) -> Digest {
    digest(9000 + document)
}

/// A new revision of a document.
pub fn revision(document: u16, base: Digest, digest: Digest) -> NewRevision {
    let tail = (base != digest).then_some(digest);
    NewRevision { document, base, digest, length: 1500, tail, tail_length: 500, event_head: None }
}

/// The certificate of every act and seal here.
pub fn certificate() -> CertificateFacts {
    CertificateFacts { serial: "0a".into(), digest: digest(7777) }
}

/// Their turn came.
pub fn step_opened<const N: usize>(step: u16, recipients: [u16; N]) -> Event {
    Event::StepOpened { step, recipients: recipients.into() }
}

/// They began their visit.
pub fn opened(recipient: u16) -> Event {
    Event::RecipientOpened { recipient }
}

/// They agreed to sign electronically.
pub fn consented(recipient: u16) -> Event {
    Event::ConsentGiven { recipient, version: "1".into(), text: Some(consent_text()) }
}

/// What everybody here agrees to.
pub fn consent_text() -> ConsentText {
    ConsentText { language: "en".into(), paragraphs: vec!["Sign online?".into()], digest: digest(6000) }
}

/// They filled one field.
pub fn filled(recipient: u16, field: &str, value: &str) -> Event {
    Event::FieldsFilled { recipient, values: personal([(field, value)]) }
}

/// They placed these fields themselves.
pub fn placed<const N: usize>(recipient: u16, fields: [PlacedField; N]) -> Event {
    Event::FieldsPlaced { recipient, fields: fields.into() }
}

/// They finished, having been shown the one document with its blank fields.
pub fn intended(recipient: u16) -> Event {
    intended_on(recipient, &[(1, blank(1))])
}

/// They finished, having been shown these revisions of the documents that they sign.
pub fn intended_on(recipient: u16, shown: &[(u16, Digest)]) -> Event {
    Event::SigningIntended {
        recipient,
        documents: shown.iter().map(|(document, _)| *document).collect(),
        shown: shown.iter().copied().collect(),
        values: BTreeMap::new(),
        signature: Some(Personal::Known(digest(5000 + recipient))),
        initials: None,
        meaning: None,
    }
}

/// Their act is in the one document.
pub fn signed(recipient: u16, base: Digest) -> Event {
    signed_with(recipient, [revision(1, base, signed_by(recipient, 1))])
}

/// Their act is in these documents.
pub fn signed_with<const N: usize>(recipient: u16, revisions: [NewRevision; N]) -> Event {
    Event::RecipientSigned { recipient, certificate: certificate(), revisions: revisions.into() }
}

/// They declined.
pub fn declined(recipient: u16) -> Event {
    Event::RecipientDeclined { recipient, reason: "No.".into() }
}

/// The sender asked for the end.
pub fn cancel_requested() -> Event {
    Event::CancelRequested { reason: "Enough.".into() }
}

/// The seal is in the one document.
pub fn sealed(base: Digest) -> Event {
    sealed_with(base, [])
}

/// The seal is in the one document and on these files.
pub fn sealed_with<const N: usize>(base: Digest, files: [SealedFile; N]) -> Event {
    let revisions = vec![revision(1, base, with_seal(1))];
    Event::EnvelopeSealed { certificate: certificate(), revisions, files: files.into() }
}

/// A PDF that a recipient added, with the seal on it.
pub fn sealed_file(field: &str, recipient: u16) -> SealedFile {
    SealedFile {
        field: field.into(),
        recipient,
        digest: Personal::Known(digest(78)),
        length: 1500,
        tail: Personal::Known(digest(79)),
        tail_length: 500,
    }
}

/// One recipient's whole way to a finished act on the one document.
pub fn went_to_sign(recipient: u16, shown: Digest) -> Vec<Event> {
    vec![opened(recipient), consented(recipient), intended_on(recipient, &[(1, shown)])]
}

/// Everything up to the last signature of [`super::draft`], and the intent to seal.
pub fn all_signed() -> Vec<Event> {
    let mut events = sent(super::draft());
    events.extend(went_to_sign(1, blank(1)));
    events.extend([signed(1, blank(1)), step_opened(2, [2])]);
    events.extend(went_to_sign(2, signed_by(1, 1)));
    events.extend([signed(2, signed_by(1, 1)), Event::SealingIntended {}]);
    events
}

/// [`super::draft`] from its making to its end.
pub fn completed() -> Vec<Event> {
    let mut events = all_signed();
    events.extend([sealed(signed_by(2, 1)), Event::EnvelopeCompleted {}]);
    events
}

/// Values of fields.
pub fn personal<const N: usize>(values: [(&str, &str); N]) -> BTreeMap<FieldId, Personal> {
    values.into_iter().map(|(id, value)| (id.into(), value.into())).collect()
}

/// What the evidence does to a value whose retention is over.
pub fn erase(value: &mut Value) {
    match value {
        Value::Object(items) if items.contains_key("$personal") => {
            *value = serde_json::json!({ "$erased": "00" });
        }
        Value::Object(items) => items.values_mut().for_each(erase),
        Value::Array(items) => items.iter_mut().for_each(erase),
        _ => {}
    }
}

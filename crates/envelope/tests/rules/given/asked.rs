//! Commands in few words.

use super::{blank, certificate, digest, revision, sender, signed_by, with_seal};
use envelope::commands::issue_link::{IssueLink, LinkAsker};
use envelope::commands::{
    cancel::CancelEnvelope, consent::GiveConsent, create::CreateEnvelope, decline::Decline, fill::FillFields,
    open::OpenEnvelope, place_fields::PlaceFields, record_act::RecordAct,
    record_audit_trail::RecordAuditTrail, record_message::RecordMessage,
    record_refused_message::RecordRefusedMessage, record_seal::RecordSeal, revise::ReviseDraft,
    send::SendEnvelope, sign::Sign, wake::Wake,
};
use envelope::{Command, Digest, Draft, NewRevision, PlacedField};

/// Make it.
pub fn create(draft: Draft) -> Command {
    Command::Create(CreateEnvelope { sender: sender(), test: false, draft })
}

/// Change it, made on this version.
pub fn revise(version: u64, draft: Draft) -> Command {
    Command::Revise(ReviseDraft { version: Some(version), draft, by_edit_link: false })
}

/// Send it as it was made, with its documents prepared.
pub fn send(draft: &Draft) -> Command {
    Command::Send(SendEnvelope { version: 1, revisions: super::prepared(draft) })
}

/// Ask for a link on the sender's side.
pub fn issue_link(recipient: u16) -> Command {
    Command::IssueLink(IssueLink { recipient, asked_by: LinkAsker::Program })
}

/// Begin the visit.
pub fn open(recipient: u16) -> Command {
    Command::Open(OpenEnvelope { recipient })
}

/// Agree to sign electronically.
pub fn consent(recipient: u16) -> Command {
    Command::Consent(GiveConsent { recipient, version: "1".into(), text: super::consent_text() })
}

/// Fill fields.
pub fn fill<const N: usize>(recipient: u16, values: [(&str, &str); N]) -> Command {
    let values = values.into_iter().map(|(id, value)| (id.into(), value.to_owned())).collect();
    Command::Fill(FillFields { recipient, values })
}

/// Place these fields themselves.
pub fn place_fields<const N: usize>(recipient: u16, fields: [PlacedField; N]) -> Command {
    Command::PlaceFields(PlaceFields { recipient, fields: fields.into() })
}

/// Finish, having been shown the one document with its blank fields.
pub fn sign(recipient: u16) -> Command {
    Command::Sign(signing(recipient))
}

/// What [`sign`] asks, to be varied.
pub fn signing(recipient: u16) -> Sign {
    Sign {
        recipient,
        agreed: true,
        values: [].into(),
        signature: Some(digest(5000 + recipient)),
        initials: None,
        shown: [(1, blank(1))].into(),
        meaning: None,
        drawing_findings: Vec::new(),
    }
}

/// Finish, having been shown these revisions.
pub fn sign_on<const N: usize>(recipient: u16, shown: [(u16, Digest); N]) -> Command {
    Command::Sign(Sign { shown: shown.into(), ..signing(recipient) })
}

/// Decline.
pub fn decline(recipient: u16) -> Command {
    Command::Decline(Decline { recipient, reason: "No.".into() })
}

/// Cancel.
pub fn cancel() -> Command {
    Command::Cancel(CancelEnvelope { reason: "Enough.".into() })
}

/// A deadline has come.
pub fn wake() -> Command {
    Command::Wake(Wake)
}

/// The act is in the one document, made on this revision.
pub fn record_act(recipient: u16, base: Digest) -> Command {
    record_act_with(recipient, [revision(1, base, signed_by(recipient, 1))])
}

/// The act is in these documents.
pub fn record_act_with<const N: usize>(recipient: u16, revisions: [NewRevision; N]) -> Command {
    Command::RecordAct(RecordAct { recipient, certificate: certificate(), revisions: revisions.into() })
}

/// The seal is in the one document, made on this revision.
pub fn record_seal(base: Digest) -> Command {
    record_seal_with([revision(1, base, with_seal(1))])
}

/// The seal is in these documents.
pub fn record_seal_with<const N: usize>(revisions: [NewRevision; N]) -> Command {
    Command::RecordSeal(RecordSeal { certificate: certificate(), revisions: revisions.into(), files: vec![] })
}

/// The audit trail is made.
pub fn record_audit_trail() -> Command {
    Command::RecordAuditTrail(RecordAuditTrail { digest: digest(8888), length: 4096 })
}

/// A mail was accepted.
pub fn record_message(recipient: Option<u16>) -> Command {
    Command::RecordMessage(RecordMessage {
        recipient,
        purpose: "invitation".into(),
        message: "m1@example.org".into(),
    })
}

/// A mail was refused for good.
pub fn record_refused_message(recipient: Option<u16>) -> Command {
    Command::RecordRefusedMessage(RecordRefusedMessage {
        recipient,
        purpose: "invitation".into(),
        message: "m1@example.org".into(),
        reply: Some("550 5.1.1".into()),
    })
}

//! What can be asked, and the way from there to what happened.

use crate::commands::{
    cancel, consent, create, decline, expire, fill, issue_link, open, record_act, record_audit_trail,
    record_message, record_refused_message, record_seal, revise, send, sign,
};
use crate::decision::{Context, Decision};
use crate::refusal::Refusal;
use crate::state::Envelope;

/// What can be asked. Each command stands in a file of its own under `commands/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make a draft.
    Create(create::CreateEnvelope),
    /// Change a draft.
    Revise(revise::ReviseDraft),
    /// Send it.
    Send(send::SendEnvelope),
    /// The sender asks for a link, to take a recipient to their page themselves.
    IssueLink(issue_link::IssueLink),
    /// A recipient begins their visit.
    Open(open::OpenEnvelope),
    /// A recipient agrees to sign electronically.
    Consent(consent::GiveConsent),
    /// A recipient fills fields.
    Fill(fill::FillFields),
    /// A recipient finishes and signs.
    Sign(sign::Sign),
    /// A recipient declines.
    Decline(decline::Decline),
    /// The sender cancels.
    Cancel(cancel::CancelEnvelope),
    /// Its time has come.
    Expire(expire::ExpireEnvelope),
    /// A worker has put an act into the documents.
    RecordAct(record_act::RecordAct),
    /// A worker has put the seal on.
    RecordSeal(record_seal::RecordSeal),
    /// A worker has made the audit trail.
    RecordAuditTrail(record_audit_trail::RecordAuditTrail),
    /// A worker has delivered a message.
    RecordMessage(record_message::RecordMessage),
    /// A mail server has refused a message for good.
    RecordRefusedMessage(record_refused_message::RecordRefusedMessage),
}

/// Decides a command on a state: what happened and what is to be done, or why not.
///
/// # Errors
/// A [`Refusal`] where the rules say no; the state is untouched then. A command on an envelope that does
/// not exist is a question for the caller, except [`Command::Create`], which needs none.
pub fn decide(state: Option<&Envelope>, command: &Command, context: &Context) -> Result<Decision, Refusal> {
    let existing = || state.ok_or(Refusal::NotSent);
    match command {
        Command::Create(it) => it.decide(),
        Command::Revise(it) => it.decide(existing()?),
        Command::Send(it) => it.decide(existing()?, context),
        Command::IssueLink(it) => it.decide(existing()?, context),
        Command::Open(it) => it.decide(existing()?, context),
        Command::Consent(it) => it.decide(existing()?, context),
        Command::Fill(it) => it.decide(existing()?, context),
        Command::Sign(it) => it.decide(existing()?, context),
        Command::Decline(it) => it.decide(existing()?, context),
        Command::Cancel(it) => it.decide(existing()?, context),
        Command::Expire(it) => it.decide(existing()?, context),
        Command::RecordAct(it) => it.decide(existing()?, context),
        Command::RecordSeal(it) => it.decide(existing()?, context),
        Command::RecordAuditTrail(it) => it.decide(existing()?),
        Command::RecordMessage(it) => it.decide(existing()?),
        Command::RecordRefusedMessage(it) => it.decide(existing()?),
    }
}

//! What can be asked, and the way from there to what happened.

use crate::commands::{
    answer_challenge, answer_delegation, approve, attach_file, begin_challenge, cancel, consent,
    correct_recipient, create, decline, delegate, extend, fill, finish_filling, hand_over, issue_link,
    lift_lock, open, place_fields, record_act, record_audit_trail, record_bounce, record_fill,
    record_message, record_refused_message, record_seal, record_undelivered_code, remind, remove_file,
    remove_recipient, repeat_invitation, replace_recipient, revise, send, set_authentication, shelve, sign,
    wake, withdraw_consent,
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
    /// A signer places their own fields.
    PlaceFields(place_fields::PlaceFields),
    /// A recipient adds a file to a field.
    AttachFile(attach_file::AttachFile),
    /// A recipient takes a file away again.
    RemoveFile(remove_file::RemoveFile),
    /// A recipient finishes and signs.
    Sign(sign::Sign),
    /// A recipient declines.
    Decline(decline::Decline),
    /// The sender cancels.
    Cancel(cancel::CancelEnvelope),
    /// A deadline has come.
    Wake(wake::Wake),
    /// A recipient is sent a code.
    BeginChallenge(begin_challenge::BeginChallenge),
    /// A recipient answers.
    AnswerChallenge(answer_challenge::AnswerChallenge),
    /// The sender lets a recipient try again.
    LiftLock(lift_lock::LiftLock),
    /// A recipient takes back their agreement to sign electronically.
    WithdrawConsent(withdraw_consent::WithdrawConsent),
    /// A recipient approves, or has read.
    Approve(approve::Approve),
    /// A filler finishes.
    FinishFilling(finish_filling::FinishFilling),
    /// A recipient names somebody else in their place.
    Delegate(delegate::Delegate),
    /// The sender agrees to that, or does not.
    AnswerDelegation(answer_delegation::AnswerDelegation),
    /// Another person takes a recipient's place.
    Replace(replace_recipient::ReplaceRecipient),
    /// How a recipient proves who they are is settled.
    SetAuthentication(set_authentication::SetAuthentication),
    /// An address is corrected.
    Correct(correct_recipient::CorrectRecipient),
    /// The sender takes a recipient out.
    Remove(remove_recipient::RemoveRecipient),
    /// The sender reminds recipients.
    Remind(remind::Remind),
    /// The sender has an invitation sent again.
    RepeatInvitation(repeat_invitation::RepeatInvitation),
    /// The sender gives it more time.
    Extend(extend::ExtendEnvelope),
    /// The sender puts it away.
    Shelve(shelve::ShelveEnvelope),
    /// Another user becomes its sender.
    HandOver(hand_over::HandOverEnvelope),
    /// A worker has put a filler's values into the documents.
    RecordFill(record_fill::RecordFill),
    /// A mail came back.
    RecordBounce(record_bounce::RecordBounce),
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
    /// A code did not reach its recipient.
    RecordUndeliveredCode(record_undelivered_code::RecordUndeliveredCode),
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
        Command::PlaceFields(it) => it.decide(existing()?, context),
        Command::AttachFile(it) => it.decide(existing()?, context),
        Command::RemoveFile(it) => it.decide(existing()?, context),
        Command::Sign(it) => it.decide(existing()?, context),
        Command::Decline(it) => it.decide(existing()?, context),
        Command::Cancel(it) => it.decide(existing()?, context),
        Command::Wake(it) => it.decide(existing()?, context),
        Command::BeginChallenge(it) => it.decide(existing()?, context),
        Command::AnswerChallenge(it) => it.decide(existing()?, context),
        Command::LiftLock(it) => it.decide(existing()?, context),
        Command::WithdrawConsent(it) => it.decide(existing()?, context),
        Command::Approve(it) => it.decide(existing()?, context),
        Command::FinishFilling(it) => it.decide(existing()?, context),
        Command::Delegate(it) => it.decide(existing()?, context),
        Command::AnswerDelegation(it) => it.decide(existing()?, context),
        Command::Replace(it) => it.decide(existing()?, context),
        Command::SetAuthentication(it) => it.decide(existing()?, context),
        Command::Correct(it) => it.decide(existing()?),
        Command::Remove(it) => it.decide(existing()?, context),
        Command::Remind(it) => it.decide(existing()?, context),
        Command::RepeatInvitation(it) => it.decide(existing()?),
        Command::Extend(it) => it.decide(existing()?, context),
        Command::Shelve(it) => it.decide(existing()?),
        Command::HandOver(it) => it.decide(existing()?),
        Command::RecordFill(it) => it.decide(existing()?, context),
        Command::RecordBounce(it) => it.decide(existing()?),
        Command::RecordAct(it) => it.decide(existing()?, context),
        Command::RecordSeal(it) => it.decide(existing()?, context),
        Command::RecordAuditTrail(it) => it.decide(existing()?),
        Command::RecordMessage(it) => it.decide(existing()?),
        Command::RecordRefusedMessage(it) => it.decide(existing()?),
        Command::RecordUndeliveredCode(it) => it.decide(existing()?),
    }
}

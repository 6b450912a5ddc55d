//! Send an envelope.

use super::draft_findings::findings;
use super::settle::open_step;
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::draft::{Draft, Expiry, FieldKind, Role};
use crate::model::revision::NewRevision;
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Status};
use jiff::{Timestamp, ToSpan};

/// Sends a draft whose documents have been prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendEnvelope {
    /// The version of the draft that was prepared.
    pub version: u64,
    /// The prepared revision of each document, in their order.
    pub revisions: Vec<NewRevision>,
}

/// An envelope lives so many days at most.
pub const EXPIRY_DAYS_MAX: u16 = 365;

/// Whether a draft can be sent as it is; asked before its documents are prepared, and again when it is.
///
/// # Errors
/// [`Refusal::Invalid`] with all findings, or the status that forbids it.
pub fn check(state: &Envelope, context: &Context) -> Result<Timestamp, Refusal> {
    match &state.status {
        Status::Draft => {}
        Status::Ended(ending) => return Err(Refusal::EnvelopeEnded(ending.outcome)),
        Status::InProgress(_) | Status::Finishing(_) => return Err(Refusal::AlreadySent),
    }
    let mut found = findings(&state.draft);
    complete(state, &mut found);
    let expires_at = expiry(&state.draft, context.now);
    match expires_at {
        Ok(at) if found.is_empty() => return Ok(at),
        Ok(_) => {}
        Err(finding) if found.iter().any(|it| it.pointer == finding.pointer) => {}
        Err(finding) => found.push(finding),
    }
    Err(Refusal::Invalid(found))
}

impl SendEnvelope {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let expires_at = check(state, context)?;
        if self.version != state.version {
            return Err(Refusal::DraftMoved);
        }
        let prepared_all = self.revisions.len() == state.draft.documents.len()
            && self.revisions.iter().zip(state.document_numbers()).zip(&state.draft.documents).all(
                |((new, number), document)| new.document == number && new.base == document.facts.sent.digest,
            );
        if !prepared_all {
            return Err(Refusal::HeadMoved);
        }
        let sent = Decision::of(Event::EnvelopeSent { expires_at, revisions: self.revisions.clone() })
            .with(Effect::ExpireAt { at: expires_at });
        Ok(sent.then(state, context, open_step))
    }
}

/// What a draft may lack, and an envelope that is sent may not.
fn complete(state: &Envelope, found: &mut Vec<Finding>) {
    let draft = &state.draft;
    if draft.title.trim().is_empty() {
        found.push(Finding::new(
            "/title",
            "title_missing",
            "Give it a title; recipients read it in the mail.",
        ));
    }
    if draft.documents.is_empty() {
        found.push(Finding::new("/documents", "document_missing", "Add at least one document."));
    }
    if !draft.recipients.iter().any(|it| it.role == Role::Signer) {
        found.push(Finding::new("/recipients", "signer_missing", "Add at least one person who signs."));
    }
    for (recipient, number) in draft.recipients.iter().zip(state.recipient_numbers()) {
        let pointer = format!("/recipients/{}", number - 1);
        if recipient.name.text().trim().is_empty() {
            found.push(Finding::new(
                format!("{pointer}/name"),
                "name_missing",
                format!("Recipient {number} has no name; write it as it shall stand in the document."),
            ));
        }
        if recipient.email.text().is_empty() {
            found.push(Finding::new(
                format!("{pointer}/email"),
                "email_missing",
                format!("Recipient {number} has no e-mail address; the link is sent there."),
            ));
        }
        let has_fields = state.fields_of(number).next().is_some();
        if recipient.role == Role::Copy && has_fields {
            found.push(Finding::new(
                pointer,
                "copy_with_fields",
                format!(
                    "Recipient {number} only receives a copy and has fields; remove them or let them sign."
                ),
            ));
        } else if recipient.role == Role::Signer
            && draft.rules.place_required
            && !state.has_field(number, FieldKind::Signature)
        {
            found.push(Finding::new(
                pointer,
                "place_missing",
                format!("Recipient {number} has no place to sign; put a signature field on a page."),
            ));
        }
    }
    signed_documents(state, found);
}

/// Into a document that came signed, each signer's act adds one signature field; there is no way to show
/// the same signature a second time without changing what was signed.
fn signed_documents(state: &Envelope, found: &mut Vec<Finding>) {
    for (document, number) in state.draft.documents.iter().zip(state.document_numbers()) {
        if document.facts.signatures == 0 {
            continue;
        }
        for recipient in state.recipient_numbers() {
            let places = state.fields_of(recipient).filter(|it| it.document == number).count();
            if places > 1 {
                found.push(Finding::new(format!("/documents/{}", number - 1),
                    "signed_document_takes_one_place_each", format!(
                    "Document {number} is signed already, so recipient {recipient} can have one place in it; remove {}.",
                    places - 1)));
            }
        }
    }
}

/// The one instant at which it ends.
fn expiry(draft: &Draft, now: Timestamp) -> Result<Timestamp, Finding> {
    match draft.expiry {
        Expiry::At(at) if at <= now => Err(Finding::new(
            "/expires_at",
            "expiry_in_the_past",
            "The time at which it expires has passed; choose a later one.",
        )),
        Expiry::At(at) if end_of_day(draft, now, EXPIRY_DAYS_MAX).is_some_and(|last| at > last) => {
            Err(Finding::new(
                "/expires_at",
                "expiry_malformed",
                format!("It can live {EXPIRY_DAYS_MAX} days at most; choose an earlier time."),
            ))
        }
        Expiry::At(at) => Ok(at),
        Expiry::Days(days) => end_of_day(draft, now, days).ok_or_else(|| {
            Finding::new("/time_zone", "time_zone_unknown", "The time zone is not known; use an IANA name.")
        }),
    }
}

/// The first instant of the day after, so that the whole last day counts, also when clocks are changed.
fn end_of_day(draft: &Draft, now: Timestamp, days: u16) -> Option<Timestamp> {
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(&draft.time_zone).ok()?;
    let last = now.to_zoned(zone.clone()).date().checked_add(i32::from(days).days()).ok()?;
    let after = last.tomorrow().ok()?;
    Some(after.to_zoned(zone).ok()?.timestamp())
}

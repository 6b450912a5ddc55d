//! Send an envelope.

use super::draft_findings::findings;
use super::draft_methods;
use super::draft_recipients::needs_email;
use super::settle::open_step;
use crate::deadline::end_of_day;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::draft::{Draft, Expiry};
use crate::model::field::FieldDraft;
use crate::model::field::kind::{FieldKind, FilledBy};
use crate::model::recipient::RecipientDraft;
use crate::model::revision::NewRevision;
use crate::model::role::Role;
use crate::model::rules::{Completion, Placeholders};
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Shelf, Status};
use jiff::Timestamp;

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
    if state.shelf == Shelf::Deleted {
        return Err(Refusal::EnvelopeDeleted);
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
        Self::telephone_allowance(state, context)?;
        let mut sent = Decision::of(Event::EnvelopeSent { expires_at, revisions: self.revisions.clone() });
        sent.events.extend(out_of_trash(state));
        Ok(sent.then(state, context, |next| open_step(next, context)))
    }
}

/// What runs does not lie in the trash.
pub(crate) fn out_of_trash(state: &Envelope) -> Option<Event> {
    (state.shelf == Shelf::Trash).then_some(Event::EnvelopeShelved { shelf: Shelf::Desk })
}

impl SendEnvelope {
    /// seed: Xodo Sign, "the Signer Authentication Overage is not allowed for that specific account".
    fn telephone_allowance(state: &Envelope, context: &Context) -> Result<(), Refusal> {
        let telephone = state.draft.rules.telephone;
        let needed = state.draft.recipients.iter().flat_map(|it| &it.authentication);
        let needed = needed.filter(|method| method.kind().needs_phone()).count();
        let used = context.telephone_used.saturating_add(u32::try_from(needed).unwrap_or(u32::MAX));
        match telephone.monthly_allowance {
            Some(most) if needed > 0 && used > most && !telephone.overage => {
                Err(Refusal::TelephoneAllowanceUsed)
            }
            _ => Ok(()),
        }
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
    if !draft.recipients.iter().any(|it| it.role.signs()) {
        found.push(Finding::new("/recipients", "signer_missing", "Add at least one person who signs."));
    } else if draft.rules.completion == Completion::Required
        && !draft.recipients.iter().any(|it| it.role.signs() && !it.optional)
    {
        found.push(Finding::new(
            "/recipients",
            "required_signer_missing",
            "All who sign are optional, so that it would be complete without anybody; make one of them required.",
        ));
    }
    for number in state.recipient_numbers() {
        recipient(state, number, found);
    }
    signed_documents(state, found);
    super::draft_visibility::complete(state, found);
}

/// What a recipient may lack in a draft, and may not when it is sent.
fn recipient(state: &Envelope, number: u16, found: &mut Vec<Finding>) {
    let draft = &state.draft;
    let Some(recipient) = state.recipient(number) else { return };
    let pointer = format!("/recipients/{}", number - 1);
    if recipient.is_vacant() && draft.rules.placeholders == Placeholders::Send {
        found.push(Finding::new(
            format!("{pointer}/placeholder"),
            "role_vacant",
            format!("Recipient {number} is a role without a person; say who it is before sending."),
        ));
    } else if !recipient.is_vacant() {
        if recipient.name.text().trim().is_empty() {
            found.push(Finding::new(
                format!("{pointer}/name"),
                "name_missing",
                format!("Recipient {number} has no name; write it as it shall stand in the document."),
            ));
        }
        if recipient.email.text().is_empty() && needs_email(recipient) {
            found.push(Finding::new(
                format!("{pointer}/email"),
                "email_missing",
                format!("Recipient {number} has no e-mail address; the link is sent there."),
            ));
        }
    }
    draft_methods::complete(draft, usize::from(number - 1), recipient, found);
    let lacking = match recipient.role {
        Role::InPersonSigner if recipient.host.is_none() => {
            Some(("host", "host_missing", "signs in person and has no host; say on whose device."))
        }
        Role::Witness if recipient.witness_of.is_none() => {
            Some(("witness_of", "witnessed_missing", "is a witness of nobody; say whose act they see."))
        }
        Role::AutomaticSigner if recipient.mandate.as_deref().unwrap_or_default().trim().is_empty() => {
            Some(("mandate", "mandate_missing", "signs by itself and has no mandate; say what entitles it."))
        }
        _ => None,
    };
    if let Some((key, code, what)) = lacking {
        found.push(Finding::new(format!("{pointer}/{key}"), code, format!("Recipient {number} {what}")));
    }
    places(state, number, recipient, pointer, found);
}

/// Who has fields, and who lacks one.
fn places(
    state: &Envelope,
    number: u16,
    recipient: &RecipientDraft,
    pointer: String,
    found: &mut Vec<Finding>,
) {
    let has_fields = state.fields_of(number).next().is_some();
    if recipient.role == Role::Copy && has_fields {
        found.push(Finding::new(
            pointer,
            "copy_with_fields",
            format!("Recipient {number} only receives a copy and has fields; remove them or let them sign."),
        ));
    } else if !recipient.role.takes_fields() && has_fields {
        found.push(Finding::new(
            pointer,
            "role_takes_no_fields",
            format!("Recipient {number} fills nothing in and has fields; remove them or let them sign."),
        ));
    } else if recipient.role == Role::Filler
        && state.fields_of(number).any(|it| matches!(it.kind, FieldKind::Signature | FieldKind::Initials))
    {
        found.push(Finding::new(
            pointer,
            "filler_with_signature",
            format!("Recipient {number} only fills in and has a place to sign; remove it or let them sign."),
        ));
    } else if recipient.role.signs()
        && state.draft.rules.place_required
        && !state.has_field(number, FieldKind::Signature)
    {
        found.push(Finding::new(
            pointer,
            "place_missing",
            format!("Recipient {number} has no place to sign; put a signature field on a page."),
        ));
    }
    if recipient.role == Role::AutomaticSigner {
        by_hand(state, number, found);
    }
}

/// What somebody would have to fill in for a signer who signs by itself.
fn by_hand(state: &Envelope, number: u16, found: &mut Vec<Finding>) {
    let filled_by_hand = |field: &FieldDraft| {
        field.kind == FieldKind::Initials
            || field.kind.filled_by() == FilledBy::Person
                && field.formula.is_none()
                && field.value.text().is_empty()
    };
    for (index, field) in state.draft.fields.iter().enumerate() {
        if field.recipient == number && field.required && filled_by_hand(field) {
            found.push(Finding::new(
                format!("/fields/{index}"),
                "automatic_signer_fills_nothing",
                format!(
                    "Field {} is required of recipient {number}, who signs by itself and fills nothing in; give it \
                     to somebody else, or do not require it.",
                    index + 1
                ),
            ));
        }
    }
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
pub(crate) fn expiry(draft: &Draft, now: Timestamp) -> Result<Timestamp, Finding> {
    match draft.expiry {
        Expiry::At(at) if at <= now => Err(Finding::new(
            "/expires_at",
            "expiry_in_the_past",
            "The time at which it expires has passed; choose a later one.",
        )),
        Expiry::At(at) if last_moment(draft, now, EXPIRY_DAYS_MAX).is_some_and(|last| at > last) => {
            Err(Finding::new(
                "/expires_at",
                "expiry_malformed",
                format!("It can live {EXPIRY_DAYS_MAX} days at most; choose an earlier time."),
            ))
        }
        Expiry::At(at) => Ok(at),
        Expiry::Days(days) => last_moment(draft, now, days).ok_or_else(|| {
            Finding::new("/time_zone", "time_zone_unknown", "The time zone is not known; use an IANA name.")
        }),
    }
}

fn last_moment(draft: &Draft, now: Timestamp, days: u16) -> Option<Timestamp> {
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(&draft.time_zone).ok()?;
    end_of_day(&zone, now, days)
}

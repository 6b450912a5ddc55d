//! What an event of an envelope is called outside.

use envelope::{Event, Shelf};

/// Every name, as a subscription lists them.
pub const NAMES: &[&str] = &[
    "envelope.created",
    "envelope.sent",
    "envelope.completed",
    "envelope.declined",
    "envelope.cancelled",
    "envelope.expired",
    "envelope.extended",
    "envelope.handed_over",
    "envelope.archived",
    "envelope.trashed",
    "envelope.restored",
    "envelope.deleted",
    "envelope.audit_trail_issued",
    "recipient.invited",
    "recipient.opened",
    "recipient.authenticated",
    "recipient.authentication_failed",
    "recipient.locked",
    "recipient.unlocked",
    "recipient.consented",
    "recipient.consent_withdrawn",
    "recipient.signed",
    "recipient.filled",
    "recipient.approved",
    "recipient.viewed",
    "recipient.declined",
    "recipient.released",
    "recipient.delegation_asked",
    "recipient.delegation_refused",
    "recipient.replaced",
    "recipient.corrected",
    "recipient.removed",
    "recipient.reminded",
    "recipient.bounced",
    "recipient.code_undelivered",
];

/// One thing that is told: its name, and the recipient whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) name: &'static str,
    pub(super) recipient: Option<u16>,
}

/// What an event tells: nothing, one thing, or one for each of its recipients. One match, so that a new event cannot
/// be forgotten. Intents are not told: their results are.
pub(super) fn told(event: &Event) -> Vec<Told> {
    let whole = |name| vec![Told { name, recipient: None }];
    let one = |name, number: &u16| vec![Told { name, recipient: Some(*number) }];
    let each = |name, numbers: &[u16]| {
        numbers.iter().map(|number| Told { name, recipient: Some(*number) }).collect()
    };
    match event {
        Event::EnvelopeCreated { .. } => whole("envelope.created"),
        Event::EnvelopeSent { .. } => whole("envelope.sent"),
        Event::EnvelopeCompleted {} => whole("envelope.completed"),
        Event::EnvelopeDeclined { .. } => whole("envelope.declined"),
        Event::EnvelopeCancelled {} => whole("envelope.cancelled"),
        Event::EnvelopeExpired {} => whole("envelope.expired"),
        Event::ExpiryExtended { .. } => whole("envelope.extended"),
        Event::EnvelopeHandedOver { .. } => whole("envelope.handed_over"),
        Event::EnvelopeShelved { shelf } => whole(match shelf {
            Shelf::Archive => "envelope.archived",
            Shelf::Trash => "envelope.trashed",
            Shelf::Desk => "envelope.restored",
            Shelf::Deleted => "envelope.deleted",
        }),
        Event::AuditTrailIssued { .. } => whole("envelope.audit_trail_issued"),
        Event::StepOpened { recipients, .. } => each("recipient.invited", recipients),
        Event::InvitationRepeated { recipient } => one("recipient.invited", recipient),
        Event::RecipientOpened { recipient } => one("recipient.opened", recipient),
        Event::ChallengePassed { recipient, .. } => one("recipient.authenticated", recipient),
        Event::ChallengeFailed { recipient, .. } => one("recipient.authentication_failed", recipient),
        Event::RecipientLocked { recipient, .. } => one("recipient.locked", recipient),
        Event::RecipientUnlocked { recipient } => one("recipient.unlocked", recipient),
        Event::ConsentGiven { recipient, .. } => one("recipient.consented", recipient),
        Event::ConsentWithdrawn { recipient } => one("recipient.consent_withdrawn", recipient),
        Event::RecipientSigned { recipient, .. } => one("recipient.signed", recipient),
        Event::RecipientFilled { recipient, .. } => one("recipient.filled", recipient),
        Event::RecipientApproved { recipient, .. } => one("recipient.approved", recipient),
        Event::RecipientViewed { recipient, .. } => one("recipient.viewed", recipient),
        Event::RecipientDeclined { recipient, .. } => one("recipient.declined", recipient),
        Event::RecipientsReleased { recipients } => each("recipient.released", recipients),
        Event::DelegationAsked { recipient, .. } => one("recipient.delegation_asked", recipient),
        Event::DelegationRefused { recipient } => one("recipient.delegation_refused", recipient),
        Event::RecipientReplaced { recipient, .. } => one("recipient.replaced", recipient),
        Event::RecipientCorrected { recipient, .. } => one("recipient.corrected", recipient),
        Event::RecipientRemoved { recipient } => one("recipient.removed", recipient),
        Event::RecipientsReminded { recipients } => each("recipient.reminded", recipients),
        Event::MessageRefused { recipient: Some(number), .. }
        | Event::MessageBounced { recipient: Some(number), .. } => one("recipient.bounced", number),
        Event::CodeUndelivered { recipient, .. } => one("recipient.code_undelivered", recipient),
        Event::MessageRefused { recipient: None, .. }
        | Event::MessageBounced { recipient: None, .. }
        | Event::DraftRevised { .. }
        | Event::MessageSent { .. }
        | Event::LinkIssued { .. }
        | Event::AuthenticationSet { .. }
        | Event::FieldsFilled { .. }
        | Event::FieldsPlaced { .. }
        | Event::FileAttached { .. }
        | Event::FileRemoved { .. }
        | Event::SigningIntended { .. }
        | Event::ChallengeIssued { .. }
        | Event::FillingIntended { .. }
        | Event::SealingIntended {}
        | Event::EnvelopeSealed { .. }
        | Event::CancelRequested { .. }
        | Event::ExpiryReached {} => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_has_every_name_that_the_match_gives_once() {
        let source = include_str!("told.rs");
        let (_, code) = source.split_once("match event {").unwrap();
        let (code, _) = code.split_once("#[cfg(test)]").unwrap();
        let given: BTreeSet<&str> = code.split('"').skip(1).step_by(2).collect();
        assert_eq!(given, NAMES.iter().copied().collect());
        assert_eq!(given.len(), NAMES.len());
    }

    #[test]
    fn an_event_about_several_is_told_for_each_of_them() {
        let event = Event::StepOpened { step: 2, recipients: vec![3, 5] };
        let about = |number| Told { name: "recipient.invited", recipient: Some(number) };
        assert_eq!(told(&event), [about(3), about(5)]);
    }

    #[test]
    fn what_only_the_sender_is_concerned_with_is_not_told() {
        let refused = |recipient| Event::MessageRefused {
            recipient,
            purpose: "invitation".into(),
            message: "<job@host>".into(),
            reply: None,
        };
        assert_eq!(told(&refused(None)), []);
        assert_eq!(told(&refused(Some(1))), [Told { name: "recipient.bounced", recipient: Some(1) }]);
    }
}

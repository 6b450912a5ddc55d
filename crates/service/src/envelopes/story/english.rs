//! Each event in an English sentence.

use super::learnt;
use envelope::{Envelope, Event, MethodKind, Shelf};

pub(super) fn sentence(event: &Event, state: &Envelope, name: impl Fn(&u16) -> String) -> String {
    let names = |numbers: &[u16]| numbers.iter().map(&name).collect::<Vec<_>>().join(", ");
    match event {
        Event::EnvelopeCreated { sender, .. } => format!("{} made the draft.", sender.name.text()),
        Event::DraftRevised { .. } => "The draft was changed.".into(),
        Event::EnvelopeSent { expires_at, .. } => format!("It was sent; it expires at {expires_at}."),
        Event::StepOpened { recipients, .. } => {
            format!("It is the turn of {}.", names(recipients))
        }
        Event::MessageSent { recipient: Some(number), purpose, .. } => {
            format!("A mail ({purpose}) to {} was accepted by the mail server.", name(number))
        }
        Event::MessageSent { recipient: None, purpose, .. } => {
            format!("A mail ({purpose}) to the sender, {}, was accepted.", state.sender.name.text())
        }
        Event::MessageRefused { recipient, purpose, reply, .. } => {
            let whom = recipient.as_ref().map_or_else(|| state.sender.name.text().to_owned(), name);
            let why = super::refused(reply.as_deref(), &super::ENGLISH);
            format!("A mail ({purpose}) to {whom} did not arrive: {why}.")
        }
        Event::LinkIssued { recipient } => {
            format!("A link for {} was handed to the sender, to take them to their page.", name(recipient))
        }
        Event::RecipientOpened { recipient } => format!("{} opened the link.", name(recipient)),
        Event::ConsentGiven { recipient, version, .. } => {
            format!("{} agreed to sign electronically (text {version}).", name(recipient))
        }
        Event::FieldsFilled { recipient, values } => {
            format!("{} filled {} field(s).", name(recipient), values.len())
        }
        Event::FileAttached { recipient, field, file } => {
            format!("{} added a file ({}) to the field {}.", name(recipient), file.kind.name(), field.0)
        }
        Event::FileRemoved { recipient, field } => {
            format!("{} took the file of the field {} away.", name(recipient), field.0)
        }
        Event::SigningIntended { recipient, .. } => format!("{} confirmed to sign.", name(recipient)),
        Event::RecipientSigned { recipient, certificate, .. } => {
            format!("{} signed; certificate {}.", name(recipient), certificate.serial)
        }
        Event::RecipientDeclined { recipient, reason } => {
            format!("{} declined: {}", name(recipient), reason.text())
        }
        Event::SealingIntended {} => "Everybody has acted; the seal is being put on.".into(),
        Event::EnvelopeSealed { certificate, .. } => {
            format!("The seal was put on; certificate {}.", certificate.serial)
        }
        Event::EnvelopeCompleted {} => "It is completed.".into(),
        Event::EnvelopeDeclined { recipient } => format!("It ended because {} declined.", name(recipient)),
        Event::CancelRequested { reason } => format!("The sender asked to cancel: {}", reason.text()),
        Event::EnvelopeCancelled {} => "It was cancelled.".into(),
        Event::ExpiryReached {} => "Its time has come.".into(),
        Event::EnvelopeExpired {} => "It expired.".into(),
        Event::AuditTrailIssued { digest, .. } => format!("The audit trail was issued; SHA-256 {digest}."),
        Event::ChallengeIssued { recipient, method: MethodKind::Oidc, destination, .. } => {
            format!("{} went to sign in at {}.", name(recipient), destination.text())
        }
        Event::ChallengeIssued { recipient, method, destination, .. } => {
            format!("{} was sent {}: {}.", name(recipient), way(*method), destination.text())
        }
        Event::ChallengePassed { recipient, method, detail, .. } => {
            format!("{} proved who they are by {}{}.", name(recipient), way(*method), learnt(detail))
        }
        Event::ChallengeFailed { recipient, method: MethodKind::Oidc, attempts_left, detail, .. } => {
            format!(
                "Somebody else than {} signed in at the identity provider{}; attempts still taken: {attempts_left}.",
                name(recipient),
                learnt(detail)
            )
        }
        Event::ChallengeFailed { recipient, method, attempts_left, .. } => {
            format!(
                "A wrong answer was given in the name of {} by {}; answers still taken: {attempts_left}.",
                name(recipient),
                way(*method)
            )
        }
        Event::RecipientLocked { recipient, .. } => format!(
            "There were too many wrong answers in the name of {}; nobody gets in by that link.",
            name(recipient)
        ),
        Event::RecipientUnlocked { recipient } => format!("The sender let {} try again.", name(recipient)),
        Event::ConsentWithdrawn { recipient } => {
            format!("{} took back the agreement to sign electronically.", name(recipient))
        }
        Event::FillingIntended { recipient, .. } => {
            format!("{} confirmed what they filled in.", name(recipient))
        }
        Event::RecipientFilled { recipient, .. } => {
            format!("What {} filled in is in the documents.", name(recipient))
        }
        Event::RecipientApproved { recipient, .. } => format!("{} approved.", name(recipient)),
        Event::RecipientViewed { recipient, .. } => format!("{} has read the documents.", name(recipient)),
        Event::RecipientsReleased { recipients } => {
            format!("Nothing more is needed of {}.", names(recipients))
        }
        Event::DelegationAsked { recipient, name: other, email, reason } => {
            format!(
                "{} asked that {} <{}> act in their place: {}",
                name(recipient),
                other.text(),
                email.text(),
                reason.text()
            )
        }
        Event::DelegationRefused { recipient } => {
            format!("The sender did not agree that somebody else act for {}.", name(recipient))
        }
        Event::RecipientReplaced { recipient, name: other, email, .. } => {
            format!(
                "In place of {}, recipient {recipient} is {} <{}> from now on.",
                name(recipient),
                other.text(),
                email.text()
            )
        }
        Event::RecipientCorrected { recipient, email, .. } => {
            format!("The address of {} was corrected to {}.", name(recipient), email.text())
        }
        Event::AuthenticationSet { recipient, authentication, .. } => {
            let ways: Vec<_> = authentication.iter().map(|method| way(method.kind())).collect();
            format!("It was settled how {} proves who they are: {}.", name(recipient), ways.join(", then "))
        }
        Event::RecipientRemoved { recipient } => format!("The sender took {} out.", name(recipient)),
        Event::RecipientsReminded { recipients } => format!("{} got a reminder.", names(recipients)),
        Event::InvitationRepeated { recipient } => {
            format!("The invitation of {} was sent again.", name(recipient))
        }
        Event::ExpiryExtended { expires_at } => format!("It was given more time, until {expires_at}."),
        Event::EnvelopeShelved { shelf } => match shelf {
            Shelf::Desk => "It was taken back into the list.".into(),
            Shelf::Archive => "It was archived.".into(),
            Shelf::Trash => "It was thrown away.".into(),
            Shelf::Deleted => "Its documents were deleted; the events stay.".into(),
        },
        Event::EnvelopeHandedOver { to } => format!("Its sender is {} from now on.", to.name.text()),
        Event::MessageBounced { recipient: Some(number), status, destination, .. } => {
            match destination.text() {
                "" => format!("A mail to {} came back ({status}).", name(number)),
                address => format!("A mail to {}, {address}, came back ({status}).", name(number)),
            }
        }
        Event::CodeUndelivered { recipient, method, destination, reason } => {
            let why = reason.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            format!("{} for {} did not arrive: {}{why}.", sent(*method), name(recipient), destination.text())
        }
        Event::MessageBounced { recipient: None, status, .. } => {
            format!("A mail to the sender came back ({status}).")
        }
    }
}

/// A code, at the beginning of a sentence.
fn sent(method: MethodKind) -> &'static str {
    match method {
        MethodKind::SmsCode => "A code by text message",
        MethodKind::VoiceCode => "A code in a call",
        _ => "A code by mail",
    }
}

pub(super) fn way(method: MethodKind) -> &'static str {
    match method {
        MethodKind::EmailLink => "the link in the mail",
        MethodKind::EmailCode => "a code by mail",
        MethodKind::SmsCode => "a code by text message",
        MethodKind::VoiceCode => "a code in a call",
        MethodKind::Secret => "a secret question",
        MethodKind::Pin => "a PIN",
        MethodKind::Custom => "the sender’s own sign-in",
        MethodKind::Host => "the application they act in",
        MethodKind::Totp => "an authenticator app",
        MethodKind::Passkey => "a passkey",
        MethodKind::Oidc => "sign-in at an identity provider",
    }
}

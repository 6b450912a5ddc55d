//! Each event in a sentence, for people who were not there.

mod words;

pub(crate) use words::{Words, fill};

use crate::written_time;
use envelope::{Envelope, Event, MethodKind, Shelf};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Tells events of an envelope.
struct Teller<'a> {
    state: &'a Envelope,
    words: &'a Words,
}

/// Tells an event in a language; English where there are no words in it.
pub(crate) fn sentence(event: &Event, state: &Envelope, language: &str) -> String {
    Teller { state, words: Words::of(language) }.sentence(event)
}

impl Teller<'_> {
    fn sentence(&self, event: &Event) -> String {
        let (words, said) = (self.words, &self.words.events);
        let name = |number: &u16| self.name(*number);
        let of = |phrase: &str, number: &u16| fill(phrase, &[("name", &name(number))]);
        let with = |phrase: &str, number: &u16, more: &[(&str, &str)]| {
            let name = name(number);
            fill(phrase, &[&[("name", name.as_str())], more].concat())
        };
        let all = |phrase: &str, numbers: &[u16]| {
            let names: Vec<String> = numbers.iter().map(name).collect();
            fill(phrase, &[("names", &names.join(", "))])
        };
        match event {
            Event::EnvelopeCreated { sender, .. } => {
                fill(&said.envelope_created, &[("sender", sender.name.text())])
            }
            Event::DraftRevised { .. } => said.draft_revised.clone(),
            Event::EnvelopeSent { expires_at, .. } => {
                fill(&said.envelope_sent, &[("at", &self.time(*expires_at))])
            }
            Event::StepOpened { recipients, .. } => all(&said.step_opened, recipients),
            Event::MessageSent { recipient: Some(number), purpose, .. } => {
                with(&said.message_sent, number, &[("purpose", words.purpose(purpose))])
            }
            Event::MessageSent { recipient: None, purpose, .. } => {
                let sender = self.state.sender.name.text();
                let values = [("purpose", words.purpose(purpose)), ("sender", sender)];
                fill(&said.message_sent_to_sender, &values)
            }
            Event::MessageRefused { recipient, purpose, reply, .. } => {
                let whom = recipient.as_ref().map_or_else(|| self.state.sender.name.text().to_owned(), name);
                let why = self.refused(reply.as_deref());
                let values = [("purpose", words.purpose(purpose)), ("name", &whom), ("reason", &why)];
                fill(&said.message_refused, &values)
            }
            Event::LinkIssued { recipient } => of(&said.link_issued, recipient),
            Event::RecipientOpened { recipient } => of(&said.recipient_opened, recipient),
            Event::ConsentGiven { recipient, version, .. } => {
                with(&said.consent_given, recipient, &[("version", version)])
            }
            Event::FieldsFilled { recipient, values } => {
                with(&said.fields_filled, recipient, &[("count", &values.len().to_string())])
            }
            Event::FieldsPlaced { recipient, fields } => {
                with(&said.fields_placed, recipient, &[("count", &fields.len().to_string())])
            }
            Event::FileAttached { recipient, field, file } => {
                let values = [("kind", file.kind.name()), ("field", field.0.as_str())];
                with(&said.file_attached, recipient, &values)
            }
            Event::FileRemoved { recipient, field } => {
                with(&said.file_removed, recipient, &[("field", &field.0)])
            }
            Event::SigningIntended { recipient, .. } => of(&said.signing_intended, recipient),
            Event::RecipientSigned { recipient, certificate, .. } => {
                with(&said.recipient_signed, recipient, &[("serial", &certificate.serial)])
            }
            Event::RecipientDeclined { recipient, reason } => {
                with(&said.recipient_declined, recipient, &[("reason", reason.text())])
            }
            Event::SealingIntended {} => said.sealing_intended.clone(),
            Event::EnvelopeSealed { certificate, .. } => {
                fill(&said.envelope_sealed, &[("serial", &certificate.serial)])
            }
            Event::EnvelopeCompleted {} => said.envelope_completed.clone(),
            Event::EnvelopeDeclined { recipient } => of(&said.envelope_declined, recipient),
            Event::CancelRequested { reason } => fill(&said.cancel_requested, &[("reason", reason.text())]),
            Event::EnvelopeCancelled {} => said.envelope_cancelled.clone(),
            Event::ExpiryReached {} => said.expiry_reached.clone(),
            Event::EnvelopeExpired {} => said.envelope_expired.clone(),
            Event::AuditTrailIssued { digest, .. } => {
                fill(&said.audit_trail_issued, &[("digest", &digest.to_string())])
            }
            Event::ChallengeIssued { recipient, method: MethodKind::Oidc, destination, .. } => {
                with(&said.sign_in_asked, recipient, &[("destination", destination.text())])
            }
            Event::ChallengeIssued { recipient, method, destination, .. } => {
                let values = [("way", words.way(*method)), ("destination", destination.text())];
                with(&said.challenge_issued, recipient, &values)
            }
            Event::ChallengePassed { recipient, method, detail, .. } => {
                let values = [("way", words.way(*method)), ("detail", &*in_brackets(detail.text()))];
                with(&said.challenge_passed, recipient, &values)
            }
            Event::ChallengeFailed { recipient, method: MethodKind::Oidc, attempts_left, detail, .. } => {
                let left = attempts_left.to_string();
                let values = [("detail", &*in_brackets(detail.text())), ("left", &left)];
                with(&said.sign_in_failed, recipient, &values)
            }
            Event::ChallengeFailed { recipient, method, attempts_left, .. } => {
                let left = attempts_left.to_string();
                with(&said.challenge_failed, recipient, &[("way", words.way(*method)), ("left", &left)])
            }
            Event::RecipientLocked { recipient, .. } => of(&said.recipient_locked, recipient),
            Event::RecipientUnlocked { recipient } => of(&said.recipient_unlocked, recipient),
            Event::ConsentWithdrawn { recipient } => of(&said.consent_withdrawn, recipient),
            Event::FillingIntended { recipient, .. } => of(&said.filling_intended, recipient),
            Event::RecipientFilled { recipient, .. } => of(&said.recipient_filled, recipient),
            Event::RecipientApproved { recipient, .. } => of(&said.recipient_approved, recipient),
            Event::RecipientViewed { recipient, .. } => of(&said.recipient_viewed, recipient),
            Event::RecipientsReleased { recipients } => all(&said.recipients_released, recipients),
            Event::DelegationAsked { recipient, name: other, email, reason } => {
                let values = [("other", other.text()), ("email", email.text()), ("reason", reason.text())];
                with(&said.delegation_asked, recipient, &values)
            }
            Event::DelegationRefused { recipient } => of(&said.delegation_refused, recipient),
            Event::RecipientReplaced { recipient, name: other, email, .. } => {
                let number = recipient.to_string();
                let values = [("number", number.as_str()), ("other", other.text()), ("email", email.text())];
                with(&said.recipient_replaced, recipient, &values)
            }
            Event::RecipientCorrected { recipient, email, .. } => {
                with(&said.recipient_corrected, recipient, &[("email", email.text())])
            }
            Event::AuthenticationSet { recipient, authentication, .. } => {
                let ways: Vec<_> = authentication.iter().map(|method| words.way(method.kind())).collect();
                with(&said.authentication_set, recipient, &[("ways", &ways.join(&said.then))])
            }
            Event::RecipientRemoved { recipient } => of(&said.recipient_removed, recipient),
            Event::RecipientsReminded { recipients } => all(&said.recipients_reminded, recipients),
            Event::InvitationRepeated { recipient } => of(&said.invitation_repeated, recipient),
            Event::ExpiryExtended { expires_at } => {
                fill(&said.expiry_extended, &[("at", &self.time(*expires_at))])
            }
            Event::EnvelopeShelved { shelf } => match shelf {
                Shelf::Desk => said.shelved_desk.clone(),
                Shelf::Archive => said.shelved_archive.clone(),
                Shelf::Trash => said.shelved_trash.clone(),
                Shelf::Deleted => said.shelved_deleted.clone(),
            },
            Event::EnvelopeHandedOver { to } => fill(&said.envelope_handed_over, &[("name", to.name.text())]),
            Event::MessageBounced { recipient: Some(number), status, destination, .. } => {
                let phrase = match destination.text() {
                    "" => &said.message_bounced,
                    _ => &said.message_bounced_at,
                };
                with(phrase, number, &[("status", status), ("destination", destination.text())])
            }
            Event::MessageBounced { recipient: None, status, .. } => {
                fill(&said.message_to_sender_bounced, &[("status", status)])
            }
            Event::CodeUndelivered { recipient, method, destination, reason } => {
                let code = match method {
                    MethodKind::SmsCode => &words.codes.sms,
                    MethodKind::VoiceCode => &words.codes.voice,
                    _ => &words.codes.email,
                };
                let detail = in_brackets(reason.as_deref().unwrap_or_default());
                let values =
                    [("code", code.as_str()), ("destination", destination.text()), ("detail", &detail)];
                with(&said.code_undelivered, recipient, &values)
            }
        }
    }

    fn name(&self, number: u16) -> String {
        usize::from(number)
            .checked_sub(1)
            .and_then(|index| self.state.draft.recipients.get(index))
            .and_then(|it| Some(it.name.text()).filter(|it| !it.is_empty()).or(it.placeholder.as_deref()))
            .map_or_else(|| number.to_string(), ToOwned::to_owned)
    }

    /// A time as the envelope's people read it.
    fn time(&self, at: Timestamp) -> String {
        let zone = TimeZone::get(&self.state.draft.time_zone).unwrap_or(TimeZone::UTC);
        written_time::exact_in_zone(self.words.language, &at.to_zoned(zone))
    }

    /// In words what a server said in codes (RFC 3463), and the codes.
    fn refused(&self, reply: Option<&str>) -> String {
        let reasons = &self.words.reasons;
        let Some(codes) = reply else { return reasons.no_such_form.clone() };
        let status = codes.split(' ').nth(1).unwrap_or_default();
        let reason = match status.split('.').nth(1) {
            Some("1") => &reasons.unknown,
            Some("2") => &reasons.mailbox,
            _ => &reasons.other,
        };
        format!("{reason} ({codes})")
    }
}

/// What is known besides, in brackets.
fn in_brackets(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" ({detail})") }
}

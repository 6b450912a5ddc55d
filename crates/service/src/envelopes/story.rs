//! Each event in a sentence, for people who were not there.

use envelope::{Envelope, Event};

/// Tells an event in a language; English where the language is not complete.
pub(crate) fn sentence(event: &Event, state: &Envelope, language: &str) -> String {
    let name = |number: &u16| {
        usize::from(*number)
            .checked_sub(1)
            .and_then(|index| state.draft.recipients.get(index))
            .map(|it| it.name.text())
            .filter(|it| !it.is_empty())
            .map_or_else(|| number.to_string(), ToOwned::to_owned)
    };
    if language == "fr" { french(event, state, name) } else { english(event, state, name) }
}

fn english(event: &Event, state: &Envelope, name: impl Fn(&u16) -> String) -> String {
    match event {
        Event::EnvelopeCreated { sender, .. } => format!("{} made the draft.", sender.name.text()),
        Event::DraftRevised { .. } => "The draft was changed.".into(),
        Event::EnvelopeSent { expires_at, .. } => format!("It was sent; it expires at {expires_at}."),
        Event::StepOpened { recipients, .. } => {
            format!("It is the turn of {}.", recipients.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        Event::MessageSent { recipient: Some(number), purpose, .. } => {
            format!("A mail ({purpose}) to {} was accepted by the mail server.", name(number))
        }
        Event::MessageSent { recipient: None, purpose, .. } => {
            format!("A mail ({purpose}) to the sender, {}, was accepted.", state.sender.name.text())
        }
        Event::MessageRefused { recipient, purpose, reply, .. } => {
            let whom = recipient.as_ref().map_or_else(|| state.sender.name.text().to_owned(), name);
            let why = refused(reply.as_deref(), &ENGLISH);
            format!("A mail ({purpose}) to {whom} did not arrive: {why}.")
        }
        Event::LinkIssued { recipient } => {
            format!("A link for {} was handed to the sender, to take them to their page.", name(recipient))
        }
        Event::RecipientOpened { recipient } => format!("{} opened the link.", name(recipient)),
        Event::ConsentGiven { recipient, version } => {
            format!("{} agreed to sign electronically (text {version}).", name(recipient))
        }
        Event::FieldsFilled { recipient, values } => {
            format!("{} filled {} field(s).", name(recipient), values.len())
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
    }
}

fn french(event: &Event, state: &Envelope, name: impl Fn(&u16) -> String) -> String {
    match event {
        Event::EnvelopeCreated { sender, .. } => format!("{} a créé le brouillon.", sender.name.text()),
        Event::DraftRevised { .. } => "Le brouillon a été modifié.".into(),
        Event::EnvelopeSent { expires_at, .. } => format!("Envoyé ; expire le {expires_at}."),
        Event::StepOpened { recipients, .. } => {
            format!("C’est le tour de {}.", recipients.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        Event::MessageSent { recipient: Some(number), purpose, .. } => {
            format!("Le courriel ({purpose}) à {} a été accepté par le serveur.", name(number))
        }
        Event::MessageSent { recipient: None, purpose, .. } => {
            format!("Le courriel ({purpose}) à l’expéditeur, {}, a été accepté.", state.sender.name.text())
        }
        Event::MessageRefused { recipient, purpose, reply, .. } => {
            let whom = recipient.as_ref().map_or_else(|| state.sender.name.text().to_owned(), name);
            let why = refused(reply.as_deref(), &FRENCH);
            format!("Le courriel ({purpose}) à {whom} n’est pas arrivé : {why}.")
        }
        Event::LinkIssued { recipient } => {
            format!("Un lien pour {} a été remis à l’expéditeur, qui conduit à la page.", name(recipient))
        }
        Event::RecipientOpened { recipient } => format!("{} a ouvert le lien.", name(recipient)),
        Event::ConsentGiven { recipient, version } => {
            format!("{} a accepté de signer électroniquement (texte {version}).", name(recipient))
        }
        Event::FieldsFilled { recipient, values } => {
            format!("{} a rempli {} champ(s).", name(recipient), values.len())
        }
        Event::SigningIntended { recipient, .. } => format!("{} a confirmé sa signature.", name(recipient)),
        Event::RecipientSigned { recipient, certificate, .. } => {
            format!("{} a signé ; certificat {}.", name(recipient), certificate.serial)
        }
        Event::RecipientDeclined { recipient, reason } => {
            format!("{} a refusé : {}", name(recipient), reason.text())
        }
        Event::SealingIntended {} => "Tout le monde a signé ; le cachet est en cours d’apposition.".into(),
        Event::EnvelopeSealed { certificate, .. } => {
            format!("Le cachet a été apposé ; certificat {}.", certificate.serial)
        }
        Event::EnvelopeCompleted {} => "Terminé.".into(),
        Event::EnvelopeDeclined { recipient } => format!("Clos, car {} a refusé.", name(recipient)),
        Event::CancelRequested { reason } => {
            format!("L’expéditeur a demandé l’annulation : {}", reason.text())
        }
        Event::EnvelopeCancelled {} => "Annulé.".into(),
        Event::ExpiryReached {} => "L’échéance est atteinte.".into(),
        Event::EnvelopeExpired {} => "Expiré.".into(),
        Event::AuditTrailIssued { digest, .. } => {
            format!("Le journal d’audit a été émis ; SHA-256 {digest}.")
        }
    }
}

/// Why a mail did not arrive: no mail for such an address, no such address, its mailbox, anything else.
type Reasons = [&'static str; 4];

const ENGLISH: Reasons = [
    "no mail can be made for this address",
    "the mail server does not know the address",
    "the mail server says that the mailbox does not take it",
    "the mail server refused it",
];
const FRENCH: Reasons = [
    "aucun courriel ne peut être adressé ainsi",
    "le serveur ne connaît pas l’adresse",
    "le serveur dit que la boîte ne le prend pas",
    "le serveur l’a refusé",
];

/// In words what a server said in codes (RFC 3463), and the codes.
fn refused(reply: Option<&str>, reasons: &Reasons) -> String {
    let Some(codes) = reply else { return reasons[0].to_owned() };
    let status = codes.split(' ').nth(1).unwrap_or_default();
    let reason = match status.split('.').nth(1) {
        Some("1") => reasons[1],
        Some("2") => reasons[2],
        _ => reasons[3],
    };
    format!("{reason} ({codes})")
}

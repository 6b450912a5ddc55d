//! Each event in a French sentence.

use super::learnt;
use envelope::{Envelope, Event, MethodKind, Shelf};

pub(super) fn sentence(event: &Event, state: &Envelope, name: impl Fn(&u16) -> String) -> String {
    let names = |numbers: &[u16]| numbers.iter().map(&name).collect::<Vec<_>>().join(", ");
    match event {
        Event::EnvelopeCreated { sender, .. } => format!("{} a créé le brouillon.", sender.name.text()),
        Event::DraftRevised { .. } => "Le brouillon a été modifié.".into(),
        Event::EnvelopeSent { expires_at, .. } => format!("Envoyé ; expire le {expires_at}."),
        Event::StepOpened { recipients, .. } => {
            format!("C’est le tour de {}.", names(recipients))
        }
        Event::MessageSent { recipient: Some(number), purpose, .. } => {
            format!("Le courriel ({purpose}) à {} a été accepté par le serveur.", name(number))
        }
        Event::MessageSent { recipient: None, purpose, .. } => {
            format!("Le courriel ({purpose}) à l’expéditeur, {}, a été accepté.", state.sender.name.text())
        }
        Event::MessageRefused { recipient, purpose, reply, .. } => {
            let whom = recipient.as_ref().map_or_else(|| state.sender.name.text().to_owned(), name);
            let why = super::refused(reply.as_deref(), &super::FRENCH);
            format!("Le courriel ({purpose}) à {whom} n’est pas arrivé : {why}.")
        }
        Event::LinkIssued { recipient } => {
            format!("Un lien pour {} a été remis à l’expéditeur, qui conduit à la page.", name(recipient))
        }
        Event::RecipientOpened { recipient } => format!("{} a ouvert le lien.", name(recipient)),
        Event::ConsentGiven { recipient, version, .. } => {
            format!("{} a accepté de signer électroniquement (texte {version}).", name(recipient))
        }
        Event::FieldsFilled { recipient, values } => {
            format!("{} a rempli {} champ(s).", name(recipient), values.len())
        }
        Event::FileAttached { recipient, field, file } => {
            format!("{} a joint un fichier ({}) au champ {}.", name(recipient), file.kind.name(), field.0)
        }
        Event::FileRemoved { recipient, field } => {
            format!("{} a retiré le fichier du champ {}.", name(recipient), field.0)
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
        Event::ChallengeIssued { recipient, method: MethodKind::Oidc, destination, .. } => {
            format!("{} a été conduit vers la page de connexion de {}.", name(recipient), destination.text())
        }
        Event::ChallengeIssued { recipient, method, destination, .. } => {
            format!("{} a reçu {} : {}.", name(recipient), way(*method), destination.text())
        }
        Event::ChallengePassed { recipient, method, detail, .. } => {
            format!("{} a prouvé son identité par {}{}.", name(recipient), way(*method), learnt(detail))
        }
        Event::ChallengeFailed { recipient, method: MethodKind::Oidc, attempts_left, detail, .. } => {
            format!(
                "Quelqu’un d’autre que {} s’est connecté chez le fournisseur d’identité{} ; essais encore admis : {attempts_left}.",
                name(recipient),
                learnt(detail)
            )
        }
        Event::ChallengeFailed { recipient, method, attempts_left, .. } => {
            format!(
                "Une mauvaise réponse a été donnée au nom de {} par {} ; réponses encore admises : {attempts_left}.",
                name(recipient),
                way(*method)
            )
        }
        Event::RecipientLocked { recipient, .. } => {
            format!("Trop de mauvaises réponses au nom de {} ; ce lien n’ouvre plus rien.", name(recipient))
        }
        Event::RecipientUnlocked { recipient } => {
            format!("L’expéditeur a autorisé {} à réessayer.", name(recipient))
        }
        Event::ConsentWithdrawn { recipient } => {
            format!("{} a retiré son accord de signer électroniquement.", name(recipient))
        }
        Event::FillingIntended { recipient, .. } => format!("{} a confirmé sa saisie.", name(recipient)),
        Event::RecipientFilled { recipient, .. } => {
            format!("La saisie de {} est dans les documents.", name(recipient))
        }
        Event::RecipientApproved { recipient, .. } => format!("{} a approuvé.", name(recipient)),
        Event::RecipientViewed { recipient, .. } => format!("{} a lu les documents.", name(recipient)),
        Event::RecipientsReleased { recipients } => {
            format!("Rien de plus n’est attendu de {}.", names(recipients))
        }
        Event::DelegationAsked { recipient, name: other, email, reason } => {
            format!(
                "{} a demandé que {} <{}> agisse à sa place : {}",
                name(recipient),
                other.text(),
                email.text(),
                reason.text()
            )
        }
        Event::DelegationRefused { recipient } => {
            format!("L’expéditeur n’a pas accepté qu’une autre personne agisse pour {}.", name(recipient))
        }
        Event::RecipientReplaced { recipient, name: other, email, .. } => {
            format!(
                "À la place de {}, le destinataire {recipient} est désormais {} <{}>.",
                name(recipient),
                other.text(),
                email.text()
            )
        }
        Event::RecipientCorrected { recipient, email, .. } => {
            format!("L’adresse de {} a été corrigée : {}.", name(recipient), email.text())
        }
        Event::AuthenticationSet { recipient, authentication, .. } => {
            let ways: Vec<_> = authentication.iter().map(|method| way(method.kind())).collect();
            format!(
                "Il a été fixé comment {} prouve son identité : {}.",
                name(recipient),
                ways.join(", puis ")
            )
        }
        Event::RecipientRemoved { recipient } => format!("L’expéditeur a retiré {}.", name(recipient)),
        Event::RecipientsReminded { recipients } => format!("{} a reçu un rappel.", names(recipients)),
        Event::InvitationRepeated { recipient } => {
            format!("L’invitation de {} a été renvoyée.", name(recipient))
        }
        Event::ExpiryExtended { expires_at } => format!("Le délai a été prolongé jusqu’au {expires_at}."),
        Event::EnvelopeShelved { shelf } => match shelf {
            Shelf::Desk => "Remis dans la liste.".into(),
            Shelf::Archive => "Archivé.".into(),
            Shelf::Trash => "Mis à la corbeille.".into(),
            Shelf::Deleted => "Les documents ont été supprimés ; les événements restent.".into(),
        },
        Event::EnvelopeHandedOver { to } => format!("L’expéditeur est désormais {}.", to.name.text()),
        Event::MessageBounced { recipient: Some(number), status, destination, .. } => {
            match destination.text() {
                "" => format!("Un courriel à {} est revenu ({status}).", name(number)),
                address => format!("Un courriel à {}, {address}, est revenu ({status}).", name(number)),
            }
        }
        Event::CodeUndelivered { recipient, method, destination, reason } => {
            let why = reason.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            format!(
                "{} pour {} n’est pas arrivé : {}{why}.",
                sent(*method),
                name(recipient),
                destination.text()
            )
        }
        Event::MessageBounced { recipient: None, status, .. } => {
            format!("Un courriel à l’expéditeur est revenu ({status}).")
        }
    }
}

/// A code, at the beginning of a sentence.
fn sent(method: MethodKind) -> &'static str {
    match method {
        MethodKind::SmsCode => "Un code par SMS",
        MethodKind::VoiceCode => "Un code par appel",
        _ => "Un code par courriel",
    }
}

pub(super) fn way(method: MethodKind) -> &'static str {
    match method {
        MethodKind::EmailLink => "le lien du courriel",
        MethodKind::EmailCode => "un code par courriel",
        MethodKind::SmsCode => "un code par SMS",
        MethodKind::VoiceCode => "un code par appel",
        MethodKind::Secret => "une question secrète",
        MethodKind::Pin => "un code PIN",
        MethodKind::Custom => "la connexion de l’expéditeur",
        MethodKind::Host => "l’application où elle agit",
        MethodKind::Totp => "une application d’authentification",
        MethodKind::Passkey => "une clé d’accès",
        MethodKind::Oidc => "une connexion chez un fournisseur d’identité",
    }
}

//! The words of the audit trail, one set per language.

use envelope::{Delivery, Outcome, Status};

/// A set of words.
pub(crate) struct Words {
    pub(crate) language: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) introduction: &'static str,
    pub(crate) test: &'static str,
    pub(crate) title: &'static str,
    pub(crate) id: &'static str,
    pub(crate) status: &'static str,
    pub(crate) sender: &'static str,
    pub(crate) tenant: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) documents: &'static str,
    pub(crate) document: &'static str,
    pub(crate) uploaded: &'static str,
    pub(crate) newest: &'static str,
    pub(crate) recipients: &'static str,
    pub(crate) recipient: &'static str,
    pub(crate) method: &'static str,
    pub(crate) email_link: &'static str,
    pub(crate) handed_link: &'static str,
    pub(crate) nobody_came: &'static str,
    pub(crate) last_mail: &'static str,
    deliveries: [&'static str; 2],
    pub(crate) events: &'static str,
    pub(crate) address: &'static str,
    pub(crate) browser: &'static str,
    pub(crate) page: &'static str,
    outcomes: [&'static str; 5],
    parts: [&'static str; 4],
}

static ENGLISH: Words = Words {
    language: "en",
    heading: "Audit trail",
    introduction: "This is the record of what happened, made from the events alone. Each event names the one \
                   before it by its SHA-256; the file evidence.json holds them whole and can be checked without us.",
    test: "TEST. These are no real signatures.",
    title: "Title",
    id: "Number",
    status: "Status",
    sender: "Sender",
    tenant: "Organisation",
    time_zone: "Time zone",
    documents: "Documents",
    document: "Document",
    uploaded: "SHA-256 as uploaded",
    newest: "SHA-256 as finished",
    recipients: "Recipients",
    recipient: "Recipient",
    method: "Identified by",
    email_link: "a secret link sent to the e-mail address",
    handed_link: "the sender, who took the person to the page",
    nobody_came: "has not opened the link",
    last_mail: "Last mail",
    deliveries: ["accepted by the mail server", "refused by the mail server; it did not arrive"],
    events: "Events",
    address: "Network address",
    browser: "Browser",
    page: "Page {page} of {pages}",
    outcomes: ["completed", "declined", "cancelled", "expired", "in progress"],
    parts: ["signed", "declined", "copy", "has not acted"],
};

static FRENCH: Words = Words {
    language: "fr",
    heading: "Journal d’audit",
    introduction: "Voici le relevé de ce qui s’est passé, établi à partir des seuls événements. Chaque événement \
                   nomme le précédent par son SHA-256 ; le fichier evidence.json les contient en entier et se \
                   vérifie sans nous.",
    test: "TEST. Ces signatures ne sont pas réelles.",
    title: "Titre",
    id: "Numéro",
    status: "État",
    sender: "Expéditeur",
    tenant: "Organisation",
    time_zone: "Fuseau horaire",
    documents: "Documents",
    document: "Document",
    uploaded: "SHA-256 au dépôt",
    newest: "SHA-256 une fois terminé",
    recipients: "Destinataires",
    recipient: "Destinataire",
    method: "Identifié par",
    email_link: "un lien secret envoyé à l’adresse électronique",
    handed_link: "l’expéditeur, qui a conduit la personne à la page",
    nobody_came: "n’a pas ouvert le lien",
    last_mail: "Dernier courriel",
    deliveries: ["accepté par le serveur", "refusé par le serveur ; il n’est pas arrivé"],
    events: "Événements",
    address: "Adresse réseau",
    browser: "Navigateur",
    page: "Page {page} sur {pages}",
    outcomes: ["terminé", "refusé", "annulé", "expiré", "en cours"],
    parts: ["a signé", "a refusé", "copie", "n’a pas agi"],
};

impl Words {
    /// The words of a language; English where it is not complete.
    pub(crate) fn of(language: &str) -> &'static Self {
        if language == "fr" { &FRENCH } else { &ENGLISH }
    }

    pub(crate) fn outcome(&self, status: &Status) -> &'static str {
        let at = match status {
            Status::Ended(ending) => match ending.outcome {
                Outcome::Completed => 0,
                Outcome::Declined { .. } => 1,
                Outcome::Cancelled => 2,
                Outcome::Expired => 3,
            },
            _ => 4,
        };
        self.outcomes[at]
    }

    /// What became of a mail.
    pub(crate) fn delivery(&self, delivery: Delivery) -> &'static str {
        match delivery {
            Delivery::Accepted => self.deliveries[0],
            Delivery::Refused => self.deliveries[1],
        }
    }

    /// How far a recipient came, from the word of the API.
    pub(crate) fn part(&self, word: &str) -> &'static str {
        match word {
            "signed" => self.parts[0],
            "declined" => self.parts[1],
            "waiting" => self.parts[2],
            _ => self.parts[3],
        }
    }
}

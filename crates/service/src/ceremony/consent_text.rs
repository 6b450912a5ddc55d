//! What a recipient agrees to before they act electronically: the built-in words, and which are in force.
//!
//! In force are the newest words of the tenant in the recipient's language, and the built-in ones where the tenant
//! wrote none. That holds until somebody agrees, also for envelopes that are out and for pages that are open: who
//! agrees has read the words in force (`consent_moved` asks them to read again where they changed meanwhile). To show
//! for weeks what was in force when an envelope was sent would mean that words which had to be mended, perhaps because
//! the law changed, are still agreed to. What was agreed to stays as it was: the event holds the words themselves.

use crate::error::Error;
use crate::record::digest;
use crate::server::Service;
use envelope::{ConsentText, Role};
use store::consent_texts;

/// Version of the built-in words for those who sign; a change of their meaning is a new version.
pub const CONSENT_VERSION: &str = "2026-11";

/// What is asked of a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To sign.
    Sign,
    /// To read and approve.
    Approve,
    /// To read.
    View,
    /// To fill in what others sign.
    Fill,
}

impl Asked {
    /// What is asked of this role.
    pub fn of(role: Role) -> Self {
        match role {
            Role::Approver => Self::Approve,
            Role::Viewer | Role::Host | Role::Copy => Self::View,
            Role::Filler => Self::Fill,
            Role::Signer | Role::InPersonSigner | Role::AutomaticSigner | Role::Witness => Self::Sign,
        }
    }

    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Approve => "approve",
            Self::View => "view",
            Self::Fill => "fill",
        }
    }
}

/// The words that are in force for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Their version; opaque to whoever gives it back.
    pub version: String,
    /// The words.
    pub text: ConsentText,
}

impl Consent {
    /// The tenant's own words.
    pub(crate) fn own(language: &str, number: i64, paragraphs: Vec<String>) -> Self {
        Self { version: format!("{language}-{number}"), text: text(language, paragraphs) }
    }

    /// The built-in words; English where the language is not complete.
    pub fn built_in(language: &str, asked: Asked) -> Self {
        let version = match asked {
            Asked::Sign => CONSENT_VERSION.to_owned(),
            _ => format!("{CONSENT_VERSION}-{}", asked.word()),
        };
        let (language, paragraphs) = match language {
            "fr" => ("fr", french(asked)),
            _ => ("en", english(asked)),
        };
        Self { version, text: text(language, paragraphs.map(str::to_owned).to_vec()) }
    }
}

fn text(language: &str, paragraphs: Vec<String>) -> ConsentText {
    let digest = digest(paragraphs.join("\n\n").as_bytes());
    ConsentText { language: language.to_owned(), paragraphs, digest }
}

impl Service {
    /// The words that somebody is to agree to now.
    pub(crate) async fn consent_in_force(
        &self,
        tenant: &str,
        language: &str,
        role: Role,
    ) -> Result<Consent, Error> {
        let newest = self
            .store()
            .read(move |tx| Box::pin(async move { consent_texts::newest(tx, tenant, language).await }))
            .await
            .map_err(Error::Fault)?;
        let Some(row) = newest else { return Ok(Consent::built_in(language, Asked::of(role))) };
        let paragraphs: Vec<String> = serde_json::from_str(&row.paragraphs).map_err(Error::fault)?;
        Ok(if paragraphs.is_empty() {
            Consent::built_in(language, Asked::of(role))
        } else {
            Consent::own(language, row.version, paragraphs)
        })
    }
}

fn english(asked: Asked) -> [&'static str; 4] {
    let evidence = "Your name, your e-mail address, and the time and the network address of your visit are kept as \
        evidence with the documents.";
    let finished = "All you need is an up-to-date browser and an e-mail address. Once everybody is done, you can \
        download the finished document and keep it.";
    match asked {
        Asked::Sign => [
            "You have received a document to read and to sign online. Your electronic signature binds you like \
             one on paper.",
            "All you need is an up-to-date browser and an e-mail address. You can download what you have signed \
             and keep it.",
            evidence,
            "You do not have to sign online: decline here, or ask the sender for another way.",
        ],
        Asked::Approve => [
            "You have received a document to read and to approve online. Your approval counts like one given on \
             paper; nothing is signed with it.",
            finished,
            evidence,
            "You do not have to approve online: decline here, or ask the sender for another way.",
        ],
        Asked::View => [
            "You have received a document to read online. That you have opened and read it is written down; you \
             sign nothing and agree to nothing in it.",
            finished,
            evidence,
            "You do not have to read online: decline here, or ask the sender for another way.",
        ],
        Asked::Fill => [
            "You have received a document to read and to fill in online. What you enter becomes part of the \
             document that others sign; you sign nothing yourself.",
            finished,
            evidence,
            "You do not have to fill it in online: decline here, or ask the sender for another way.",
        ],
    }
}

fn french(asked: Asked) -> [&'static str; 4] {
    let evidence = "Votre nom, votre adresse électronique, l’heure et l’adresse réseau de votre visite sont \
        consignés comme preuve, avec les documents.";
    let finished = "Pour cela, vous avez besoin d’un navigateur à jour et d’une adresse électronique. Quand chacun \
        aura terminé, vous pourrez télécharger le document final et le garder.";
    match asked {
        Asked::Sign => [
            "Vous avez reçu un document à lire et à signer en ligne. Votre signature électronique vous engage \
             comme une signature sur papier.",
            "Pour cela, vous avez besoin d’un navigateur à jour et d’une adresse électronique. Vous pourrez \
             télécharger ce que vous avez signé et le garder.",
            evidence,
            "Vous n’êtes pas obligé de signer en ligne : refusez ici, ou demandez à l’expéditeur une autre voie.",
        ],
        Asked::Approve => [
            "Vous avez reçu un document à lire et à approuver en ligne. Votre approbation vaut comme sur papier ; \
             elle n’appose aucune signature.",
            finished,
            evidence,
            "Vous n’êtes pas obligé d’approuver en ligne : refusez ici, ou demandez à l’expéditeur une autre voie.",
        ],
        Asked::View => [
            "Vous avez reçu un document à lire en ligne. Il est consigné que vous l’avez ouvert et lu ; vous ne \
             signez rien et n’acceptez rien de son contenu.",
            finished,
            evidence,
            "Vous n’êtes pas obligé de lire en ligne : refusez ici, ou demandez à l’expéditeur une autre voie.",
        ],
        Asked::Fill => [
            "Vous avez reçu un document à lire et à remplir en ligne. Ce que vous saisissez fait partie du document \
             que d’autres signent ; vous ne signez rien vous-même.",
            finished,
            evidence,
            "Vous n’êtes pas obligé de le remplir en ligne : refusez ici, ou demandez à l’expéditeur une autre voie.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_nothing_reads_of_no_signature_of_theirs() {
        for (language, signing) in [("en", "electronic signature"), ("fr", "signature électronique")] {
            for asked in [Asked::Sign, Asked::Approve, Asked::View, Asked::Fill] {
                let consent = Consent::built_in(language, asked);
                let words = consent.text.paragraphs.join(" ");
                assert_eq!(words.contains(signing), asked == Asked::Sign, "{language} {words}");
                assert_eq!(consent.version == CONSENT_VERSION, asked == Asked::Sign);
            }
        }
    }

    #[test]
    fn the_digest_is_that_of_the_paragraphs_with_an_empty_line_between_them() {
        let own = Consent::own("en", 3, vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(own.version, "en-3");
        assert_eq!(own.text.digest, digest(b"a\n\nb"));
    }
}

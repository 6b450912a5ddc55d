//! What a recipient agrees to before they act electronically: the built-in words, and which are in force.
//!
//! In force are the newest words of the tenant in the recipient's language, and the built-in ones where the tenant
//! wrote none. That holds until somebody agrees, also for envelopes that are out and for pages that are open: who
//! agrees has read the words in force (`consent_moved` asks them to read again where they changed meanwhile). To show
//! for weeks what was in force when an envelope was sent would mean that words which had to be mended, perhaps because
//! the law changed, are still agreed to. What was agreed to stays as it was: the event holds the words themselves.

mod built_in;

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
        let (language, paragraphs) = built_in::paragraphs(language, asked);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_nothing_reads_of_no_signature_of_theirs() {
        for (language, signing) in [
            ("en", "electronic signature"),
            ("fr", "signature électronique"),
            ("de", "elektronische Unterschrift"),
            ("ru", "электронная подпись"),
            ("zh", "电子签名"),
        ] {
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

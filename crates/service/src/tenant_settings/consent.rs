//! The words that recipients agree to, version after version.

use super::{Settler, language, refuse};
use crate::ceremony::{Asked, Consent};
use crate::error::Error;
use crate::server::Service;
use crate::world::{from_micros, to_micros};
use envelope::{Digest, Finding};
use jiff::Timestamp;
use store::consent_texts::{self, ConsentTextRow};

/// A text has so many paragraphs at most.
const PARAGRAPHS_MAX: usize = 20;
/// And so many characters; it stands in the event of everybody who agrees.
const CHARACTERS_MAX: usize = 8000;
/// So many versions are listed.
const LISTED: i64 = 50;

/// The words in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsentSetting {
    /// The language.
    pub language: &'static str,
    /// The words in force for those who sign.
    pub in_force: Consent,
    /// Whether they are the tenant's own. The built-in ones differ by what is asked of somebody.
    pub own: bool,
    /// The built-in words for those who sign.
    pub built_in: Vec<String>,
    /// The tenant's own versions, newest first.
    pub versions: Vec<ConsentVersion>,
}

/// One version of a tenant's own words.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsentVersion {
    /// As it stands in events.
    pub version: String,
    /// The paragraphs; none where this version went back to the built-in words.
    pub paragraphs: Vec<String>,
    /// SHA-256, as in events.
    pub digest: Digest,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl ConsentVersion {
    fn of(row: &ConsentTextRow) -> Result<Self, Error> {
        let paragraphs = serde_json::from_str(&row.paragraphs).map_err(Error::fault)?;
        let Consent { version, text } = Consent::own(&row.language, row.version, paragraphs);
        let (paragraphs, digest) = (text.paragraphs, text.digest);
        let (made_by, created_at) = (row.made_by.clone(), from_micros(row.created_at));
        Ok(Self { version, paragraphs, digest, made_by, created_at })
    }
}

impl Service {
    /// The words in a language, and all versions of the tenant's own.
    pub async fn consent_setting(&self, tenant: &str, tag: &str) -> Result<ConsentSetting, Error> {
        let language = language(tag)?;
        let rows = self
            .store()
            .read(move |tx| Box::pin(consent_texts::list(tx, tenant, language, LISTED)))
            .await
            .map_err(Error::Fault)?;
        let versions = rows.iter().map(ConsentVersion::of).collect::<Result<Vec<_>, _>>()?;
        let built_in = Consent::built_in(language, Asked::Sign);
        let own = rows.first().zip(versions.first()).filter(|(_, it)| !it.paragraphs.is_empty());
        let own = own.map(|(row, it)| Consent::own(language, row.version, it.paragraphs.clone()));
        Ok(ConsentSetting {
            language,
            own: own.is_some(),
            built_in: built_in.text.paragraphs.clone(),
            in_force: own.unwrap_or(built_in),
            versions,
        })
    }

    /// Puts words of the tenant's own in force. The same words as before make no new version.
    pub async fn set_consent(
        &self,
        settler: Settler<'_>,
        tag: &str,
        paragraphs: &[String],
    ) -> Result<ConsentSetting, Error> {
        settler.may_change()?;
        let language = language(tag)?;
        let paragraphs: Vec<String> = paragraphs.iter().map(|it| it.trim().to_owned()).collect();
        refuse(findings(&paragraphs))?;
        self.new_consent_version(settler, language, &paragraphs).await
    }

    /// Goes back to the built-in words; a version too, so that the story has no gap.
    pub async fn reset_consent(&self, settler: Settler<'_>, tag: &str) -> Result<ConsentSetting, Error> {
        settler.may_change()?;
        self.new_consent_version(settler, language(tag)?, &[]).await
    }

    async fn new_consent_version(
        &self,
        settler: Settler<'_>,
        language: &'static str,
        paragraphs: &[String],
    ) -> Result<ConsentSetting, Error> {
        let text = serde_json::to_string(paragraphs).map_err(Error::fault)?;
        let (text, now) = (&text, to_micros(self.now()));
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let before = consent_texts::newest(tx, settler.tenant, language).await?;
                    let in_force = before.as_ref().map_or("[]", |it| it.paragraphs.as_str());
                    if in_force == text {
                        return Ok(());
                    }
                    let row = ConsentTextRow {
                        tenant: settler.tenant.to_owned(),
                        language: language.to_owned(),
                        version: before.map_or(0, |it| it.version) + 1,
                        paragraphs: text.clone(),
                        made_by: settler.id().to_owned(),
                        created_at: now,
                    };
                    if consent_texts::insert(tx, &row).await? {
                        return Ok(());
                    }
                    Err(store::Fault::conflict("another version was made in the same moment".to_owned()))
                })
            })
            .await
            .map_err(Error::Fault)?;
        self.consent_setting(settler.tenant, language).await
    }
}

fn findings(paragraphs: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    if paragraphs.is_empty() || paragraphs.iter().all(String::is_empty) {
        found.push(Finding::new(
            "/text",
            "consent_empty",
            "Nobody can agree to nothing; write at least one paragraph, or go back to the built-in words.",
        ));
        return found;
    }
    let characters: usize = paragraphs.iter().map(|it| it.chars().count()).sum();
    if paragraphs.len() > PARAGRAPHS_MAX || characters > CHARACTERS_MAX {
        found.push(Finding::new(
            "/text",
            "consent_too_long",
            format!(
                "A text has {PARAGRAPHS_MAX} paragraphs and {CHARACTERS_MAX} characters at most; shorten it."
            ),
        ));
        return found;
    }
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.is_empty() || paragraph.chars().any(char::is_control) {
            found.push(Finding::new(
                format!("/text/{index}"),
                "consent_malformed",
                "A paragraph is one line of words; leave out empty ones, tabs and line breaks.",
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(paragraphs: &[&str]) -> Vec<(&'static str, String)> {
        let paragraphs: Vec<String> = paragraphs.iter().map(|it| (*it).to_owned()).collect();
        findings(&paragraphs).into_iter().map(|it| (it.code, it.pointer)).collect()
    }

    #[test]
    fn a_text_has_words_and_an_end() {
        assert_eq!(codes(&["Yes?"]), []);
        assert_eq!(codes(&[]), [("consent_empty", "/text".to_owned())]);
        assert_eq!(codes(&["", ""]), [("consent_empty", "/text".to_owned())]);
        assert_eq!(codes(&["Yes?", ""]), [("consent_malformed", "/text/1".to_owned())]);
        assert_eq!(codes(&["Yes?", "a\nb"]), [("consent_malformed", "/text/1".to_owned())]);
        assert_eq!(codes(&["x"; PARAGRAPHS_MAX]), []);
        assert_eq!(codes(&["x"; PARAGRAPHS_MAX + 1]), [("consent_too_long", "/text".to_owned())]);
        assert_eq!(codes(&[&"x".repeat(CHARACTERS_MAX)]), []);
        assert_eq!(codes(&[&"x".repeat(CHARACTERS_MAX + 1)]), [("consent_too_long", "/text".to_owned())]);
    }
}

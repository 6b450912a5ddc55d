//! The words of mails, where a tenant wants other ones than ours.

use super::{Settler, language, refuse};
use crate::error::Error;
use crate::server::Service;
use crate::world::{from_micros, to_micros};
use deliver::{Context, Kind, Rendered, Variables, Words};
use envelope::{Finding, LANGUAGES};
use jiff::Timestamp;
use store::mail_templates::{self, MailTemplateRow};

/// One kind of mail in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct MailSetting {
    /// The mail.
    pub kind: Kind,
    /// The language.
    pub language: &'static str,
    /// The words in force.
    pub words: Words,
    /// Since when they are the tenant's own.
    pub own_since: Option<Timestamp>,
    /// The built-in words, in the form of a template.
    pub built_in: Words,
    /// What templates of this mail can name, and what they have to.
    pub variables: Variables,
}

/// Whether a kind of mail has words of the tenant's own in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailListed {
    /// The mail.
    pub kind: Kind,
    /// The language.
    pub language: &'static str,
    /// It has.
    pub own: bool,
}

impl Service {
    /// All mails in all languages.
    pub async fn mail_settings(&self, tenant: &str) -> Result<Vec<MailListed>, Error> {
        let rows = self
            .store()
            .read(move |tx| Box::pin(mail_templates::list(tx, tenant)))
            .await
            .map_err(Error::Fault)?;
        let own = |kind: Kind, tag: &str| rows.iter().any(|it| it.kind == kind.key() && it.language == tag);
        let of_kind =
            |kind: Kind| LANGUAGES.map(|language| MailListed { kind, language, own: own(kind, language) });
        Ok(Kind::ALL.into_iter().flat_map(of_kind).collect())
    }

    /// One of them.
    pub async fn mail_setting(&self, tenant: &str, key: &str, tag: &str) -> Result<MailSetting, Error> {
        let (kind, language) = (kind(key)?, language(tag)?);
        let row = self.mail_template(tenant, kind, language).await?;
        let built_in = Words::built_in(kind, language);
        Ok(MailSetting {
            kind,
            language,
            own_since: row.as_ref().map(|it| from_micros(it.updated_at)),
            words: row.map_or_else(|| Ok(built_in.clone()), |row| words(&row))?,
            built_in,
            variables: Variables::of(kind),
        })
    }

    /// Puts words of the tenant's own in force, for every mail that leaves from now on.
    pub async fn set_mail(
        &self,
        settler: Settler<'_>,
        key: &str,
        tag: &str,
        words: Words,
    ) -> Result<MailSetting, Error> {
        settler.may_change()?;
        let (kind, language) = (kind(key)?, language(tag)?);
        let words = checked(kind, words)?;
        let row = MailTemplateRow {
            tenant: settler.tenant.to_owned(),
            kind: kind.key().to_owned(),
            language: language.to_owned(),
            words: serde_json::to_string(&words).map_err(Error::fault)?,
            updated_at: to_micros(self.now()),
        };
        let row = &row;
        self.store().write(move |tx| Box::pin(mail_templates::put(tx, row))).await.map_err(Error::Fault)?;
        self.mail_setting(settler.tenant, key, tag).await
    }

    /// Goes back to the built-in words.
    pub async fn reset_mail(&self, settler: Settler<'_>, key: &str, tag: &str) -> Result<MailSetting, Error> {
        settler.may_change()?;
        let (kind, language) = (kind(key)?, language(tag)?);
        self.store()
            .write(move |tx| Box::pin(mail_templates::remove(tx, settler.tenant, kind.key(), language)))
            .await
            .map_err(Error::Fault)?;
        self.mail_setting(settler.tenant, key, tag).await
    }

    /// A mail with invented people in it: in the words given, or in those in force where none are.
    pub async fn preview_mail(
        &self,
        tenant: &str,
        key: &str,
        tag: &str,
        words: Option<Words>,
    ) -> Result<Rendered, Error> {
        let (kind, language) = (kind(key)?, language(tag)?);
        let words = match words {
            Some(words) => checked(kind, words)?,
            None => self.mail_setting(tenant, key, tag).await?.words,
        };
        let organization = self.tenant_name(tenant).await?;
        let context = Context::sample(kind, language, &organization, &self.settings().public_url);
        deliver::render_words(kind, language, &context, &words).map_err(Error::fault)
    }

    /// A mail that is to leave, in the tenant's words where it has any.
    pub(crate) async fn rendered(
        &self,
        tenant: &str,
        kind: Kind,
        tag: &str,
        context: &Context,
    ) -> Result<Rendered, Error> {
        let language = deliver::language_of(tag);
        if let Some(row) = self.mail_template(tenant, kind, language).await? {
            // What was right when it was written may not be for a later version of the program. A mail that says it
            // in our words is better than none.
            match deliver::render_words(kind, language, context, &words(&row)?) {
                Ok(rendered) => return Ok(rendered),
                Err(fault) => tracing::warn!(%fault, "a tenant's words for a mail cannot be used"),
            }
        }
        deliver::render(kind, language, context).map_err(Error::fault)
    }

    async fn mail_template(
        &self,
        tenant: &str,
        kind: Kind,
        language: &str,
    ) -> Result<Option<MailTemplateRow>, Error> {
        self.store()
            .read(move |tx| Box::pin(mail_templates::find(tx, tenant, kind.key(), language)))
            .await
            .map_err(Error::Fault)
    }
}

fn kind(key: &str) -> Result<Kind, Error> {
    Kind::of_key(key).ok_or(Error::NotFound { what: "mail" })
}

fn words(row: &MailTemplateRow) -> Result<Words, Error> {
    serde_json::from_str(&row.words).map_err(Error::fault)
}

/// The words as they are kept, or everything that is wrong with them.
fn checked(kind: Kind, words: Words) -> Result<Words, Error> {
    let words = Words { text: words.text.replace("\r\n", "\n"), ..words };
    let found = deliver::check(kind, &words);
    refuse(
        found.into_iter().map(|it| Finding::new(format!("/{}", it.part), it.code, it.sentence)).collect(),
    )?;
    Ok(words)
}

//! The words of mails, as a tenant sets them, on the wire.

use serde::{Deserialize, Serialize};
use service::deliver::{Rendered, Words};
use service::tenant_settings::{MailListed, MailSetting};
use utoipa::ToSchema;

/// The words of one mail. They name what the mail is about (`{{ title }}`) and may hold conditions
/// (`{% if organization %}…{% endif %}`), nothing else.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailWords {
    /// The subject.
    #[serde(default)]
    subject: String,
    /// The heading; the built-in one where it is empty.
    #[serde(default)]
    heading: String,
    /// The paragraphs, with an empty line between one and the next. Where `{{ link }}` stands, the button does.
    #[serde(default)]
    text: String,
    /// Introduces what somebody wrote; the built-in words where it is empty.
    #[serde(default)]
    message_intro: String,
    /// What stands on the button; the built-in words where it is empty.
    #[serde(default)]
    button: String,
}

impl From<MailWords> for Words {
    fn from(it: MailWords) -> Self {
        let MailWords { subject, heading, text, message_intro, button } = it;
        Self { subject, heading, text, message_intro, button }
    }
}

impl From<Words> for MailWords {
    fn from(it: Words) -> Self {
        let Words { subject, heading, text, message_intro, button } = it;
        Self { subject, heading, text, message_intro, button }
    }
}

/// What a preview is made of.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailWordsOrNone {
    /// The words; those in force where it is left out.
    pub(crate) words: Option<MailWords>,
}

/// The words of one kind of mail in one language.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct MailAnswer {
    kind: &'static str,
    language: &'static str,
    /// Whether these are the tenant's own words.
    own: bool,
    /// When they were changed last.
    updated_at: Option<String>,
    words: MailWords,
    built_in: MailWords,
    /// What templates can name.
    variables: Vec<&'static str>,
    /// What the text has to name.
    required: Vec<&'static str>,
}

impl From<MailSetting> for MailAnswer {
    fn from(it: MailSetting) -> Self {
        Self {
            kind: it.kind.key(),
            language: it.language,
            own: it.own_since.is_some(),
            updated_at: it.own_since.map(|at| at.to_string()),
            words: it.words.into(),
            built_in: it.built_in.into(),
            variables: it.variables.known,
            required: it.variables.required,
        }
    }
}

/// All mails.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct MailList {
    items: Vec<MailLine>,
}

/// A mail in one language.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct MailLine {
    kind: &'static str,
    language: &'static str,
    /// Whether it has words of the tenant's own.
    own: bool,
}

impl From<Vec<MailListed>> for MailList {
    fn from(all: Vec<MailListed>) -> Self {
        let line = |it: MailListed| MailLine { kind: it.kind.key(), language: it.language, own: it.own };
        Self { items: all.into_iter().map(line).collect() }
    }
}

/// A mail as its reader would see it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct MailPreview {
    subject: String,
    text: String,
    /// A complete page, without anything from elsewhere.
    html: String,
}

impl From<Rendered> for MailPreview {
    fn from(it: Rendered) -> Self {
        Self { subject: it.subject, text: it.text, html: it.html }
    }
}

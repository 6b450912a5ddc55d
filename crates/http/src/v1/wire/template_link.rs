//! A public link of a template on the wire, and what its visitors see.

use super::template::WirePerson;
use crate::problem::{Place, Problem};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::templates::{FormView, NewTemplateLink, PersonInput, TemplateLinkView};
use utoipa::ToSchema;

/// A public link to be made.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateLinkRequest {
    /// What you call it.
    #[serde(default)]
    label: String,
    /// The version that is used; the newest one of now where it is left out.
    version: Option<i64>,
    /// The role that the visitor takes; the first where it is left out.
    role: Option<String>,
    /// Who takes the other roles each time.
    #[serde(default)]
    people: Vec<WirePerson>,
    /// Another title than the template's.
    title: Option<String>,
    /// Another message than the template's.
    message: Option<String>,
    /// So many uses at most.
    uses_max: Option<i64>,
    /// When it ends by itself (RFC 3339).
    expires_at: Option<String>,
    /// A password that a visitor has to know, 4 to 200 characters.
    password: Option<String>,
}

impl TemplateLinkRequest {
    /// As the use case takes it.
    ///
    /// # Errors
    /// A problem where the instant is none.
    pub(crate) fn into_new(self) -> Result<NewTemplateLink, Problem> {
        let expires_at = self.expires_at.map(|text| text.parse()).transpose().map_err(|_| {
            let detail = "This is no time; write it like 2026-12-31T12:00:00Z.";
            let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "time_malformed", detail);
            problem.errors.push(Place {
                pointer: "/expires_at".to_owned(),
                code: "time_malformed".to_owned(),
                detail: detail.to_owned(),
            });
            problem
        })?;
        Ok(NewTemplateLink {
            label: self.label,
            version: self.version,
            role: self.role,
            people: self.people.into_iter().map(|it| PersonInput::from(it).person).collect(),
            title: self.title,
            message: self.message,
            uses_max: self.uses_max,
            expires_at,
            password: self.password.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
        })
    }
}

/// A public link.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct TemplateLinkAnswer {
    id: String,
    template: String,
    version: i64,
    label: String,
    /// The address.
    url: String,
    /// The same as a QR code, SVG.
    qr: String,
    /// The role that the visitor takes.
    role: String,
    password_set: bool,
    uses_max: Option<i64>,
    uses: i64,
    expires_at: Option<String>,
    ended_at: Option<String>,
    created_at: String,
}

/// The links of a template.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct TemplateLinkList {
    pub(crate) items: Vec<TemplateLinkAnswer>,
}

impl From<&TemplateLinkView> for TemplateLinkAnswer {
    fn from(it: &TemplateLinkView) -> Self {
        Self {
            id: it.id.clone(),
            template: it.template.clone(),
            version: it.version,
            label: it.label.clone(),
            url: it.url.clone(),
            qr: it.qr.clone(),
            role: it.role.clone(),
            password_set: it.password_set,
            uses_max: it.uses_max,
            uses: it.uses,
            expires_at: it.expires_at.map(|at| at.to_string()),
            ended_at: it.ended_at.map(|at| at.to_string()),
            created_at: it.created_at.to_string(),
        }
    }
}

/// What a visitor is shown before they say who they are.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FormAnswer {
    title: String,
    message: String,
    /// Who sends it.
    sender: String,
    language: String,
    asks_password: bool,
    /// It is only a test.
    test: bool,
}

impl From<FormView> for FormAnswer {
    fn from(it: FormView) -> Self {
        let FormView { title, message, sender, language, asks_password, test } = it;
        Self { title, message, sender, language, asks_password, test }
    }
}

/// What a visitor says of themselves.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormStart {
    /// Their name.
    #[serde(default)]
    pub(crate) name: String,
    /// Their address; a code is sent there.
    #[serde(default)]
    pub(crate) email: String,
    /// The language of their page and mails.
    pub(crate) language: Option<String>,
    /// The link's password, where it asks for one.
    #[serde(default)]
    pub(crate) password: String,
}

/// Where a visitor goes on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FormStarted {
    /// Their page.
    pub(crate) url: String,
}

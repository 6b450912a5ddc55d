//! A template on the wire.

use super::draft::WireDraft;
use super::envelope::EnvelopeAnswer;
use super::webhook::WireWebhook;
use crate::problem::Problem;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::envelope::template::{FormField, RoleNeeds, RolePerson, form_fields, roles};
use service::envelope::values::check::options;
use service::envelope::{Envelope, Event, FieldKind, Personal, Recorded, Role, Sender};
use service::envelopes::EnvelopeView;
use service::templates::{PersonInput, TemplateLine, TemplatePage, TemplateSource, TemplateView, Usage};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A template to be made: of a draft, or of an envelope that is there.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateRequest {
    /// What you call it. When a template is changed, the name stays where this is left out.
    pub(crate) name: Option<String>,
    /// What it holds, as an envelope's draft; recipients with a `placeholder` are its roles.
    draft: Option<WireDraft>,
    /// Instead of `draft`: the id of an envelope whose draft it takes.
    envelope: Option<String>,
    /// With `envelope`: who becomes a role. Everybody where it is left out; whoever is not named stays in the template.
    roles: Option<Vec<WireRole>>,
    /// With a desk session only: a template of tests. A key decides it by its kind.
    pub(crate) test: Option<bool>,
    /// When a template is changed: the version that the change was made on.
    pub(crate) version: Option<i64>,
}

/// A recipient who becomes a role.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WireRole {
    /// Number of the recipient, from 1.
    recipient: u16,
    /// What the role is called, such as `Tenant`.
    #[serde(default)]
    name: String,
}

impl TemplateRequest {
    /// What the template is to hold; `None` where nothing is said of that.
    ///
    /// # Errors
    /// A problem where both ways are taken, or a draft says what only an envelope can.
    pub(crate) fn source(&mut self, origins: &[String]) -> Result<Option<TemplateSource>, Problem> {
        match (self.draft.take(), self.envelope.take()) {
            (Some(_), Some(_)) => Err(wrong(
                "template_of_two_sources",
                "A template is made of a draft or of an envelope; give one of the two.",
            )),
            (Some(draft), None) if !draft.webhooks.is_empty() => Err(wrong(
                "webhooks_of_a_template",
                "Who is told is said when a template is used; leave the webhooks out.",
            )),
            (Some(draft), None) => {
                let input = draft.into_input()?.framed_also_by(origins);
                Ok(Some(TemplateSource::Draft(Box::new(input))))
            }
            (None, Some(envelope)) => {
                let roles = self.roles.take();
                let roles = roles.map(|all| all.into_iter().map(|it| (it.recipient, it.name)).collect());
                Ok(Some(TemplateSource::Envelope { envelope, roles }))
            }
            (None, None) => Ok(None),
        }
    }
}

pub(crate) fn wrong(code: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
}

/// What a template is used with.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UseRequest {
    /// The version; the newest where it is left out.
    pub(super) version: Option<i64>,
    /// Another title than the template's.
    pub(super) title: Option<String>,
    /// Another message than the template's.
    pub(super) message: Option<String>,
    /// Who takes the roles. A role without a person stays one, as in a draft.
    #[serde(default)]
    pub(super) people: Vec<WirePerson>,
    /// Values of fields by merge key or field id: texts, numbers, `true` and `false`.
    #[serde(default)]
    pub(super) values: BTreeMap<String, WireValue>,
    /// Send it at once. What is wrong with sending leaves the draft.
    #[serde(default)]
    pub(super) send: bool,
    /// Who is told of what happens in it. Their secrets are in the answer, this once.
    #[serde(default)]
    pub(crate) webhooks: Vec<WireWebhook>,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum WireValue {
    /// As it shall stand there.
    Text(String),
    /// Whether a box is ticked.
    Ticked(bool),
    /// A number.
    #[schema(value_type = f64)]
    Number(serde_json::Number),
}

impl From<WireValue> for String {
    fn from(it: WireValue) -> Self {
        match it {
            WireValue::Text(text) => text,
            WireValue::Ticked(ticked) => ticked.to_string(),
            WireValue::Number(number) => number.to_string(),
        }
    }
}

/// A person who takes a role.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WirePerson {
    /// What the role is called, in any case of its letters, or the number of the recipient.
    pub(super) role: String,
    /// Their name.
    #[serde(default)]
    pub(super) name: String,
    /// Their address.
    #[serde(default)]
    pub(super) email: String,
    /// Their telephone in the international form.
    #[serde(default)]
    pub(super) phone: String,
    /// Their language; the role's where it is left out.
    pub(super) language: Option<String>,
    /// The answer to the question that the template asks.
    pub(super) answer: Option<String>,
    /// Their PIN, where the template asks for one.
    pub(super) pin: Option<String>,
}

impl From<WirePerson> for PersonInput {
    fn from(it: WirePerson) -> Self {
        let WirePerson { role, name, email, phone, language, answer, pin } = it;
        Self { person: RolePerson { role, name, email, phone, language }, answer, pin }
    }
}

impl From<UseRequest> for Usage {
    fn from(it: UseRequest) -> Self {
        let UseRequest { version, title, message, people, values, send, webhooks: _ } = it;
        let people = people.into_iter().map(Into::into).collect();
        let values = values.into_iter().map(|(key, value)| (key, value.into())).collect();
        Self { version, title, message, people, values, send }
    }
}

/// A line of the list of templates.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct TemplateLineAnswer {
    /// Its id.
    id: String,
    name: String,
    /// Makes test envelopes.
    test: bool,
    /// The newest version.
    newest_version: i64,
    archived_at: Option<String>,
    created_at: String,
    updated_at: String,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct TemplateList {
    items: Vec<TemplateLineAnswer>,
    /// Give it as `cursor` for the next page.
    next_cursor: Option<String>,
}

/// A template, with one of its versions.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct TemplateAnswer {
    #[serde(flatten)]
    line: TemplateLineAnswer,
    /// The version that is shown here.
    version: i64,
    /// All versions, the oldest first.
    versions: Vec<VersionAnswer>,
    /// How often it was used.
    uses: i64,
    /// The recipients who get their person when it is used.
    roles: Vec<RoleAnswer>,
    /// What it holds, as an envelope made of it would be shown before it is sent.
    draft: EnvelopeAnswer,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct VersionAnswer {
    version: i64,
    created_at: String,
}

/// A role, and what has to be said of who takes it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct RoleAnswer {
    /// Number of the recipient.
    recipient: u16,
    name: String,
    #[schema(value_type = String)]
    role: Role,
    step: u16,
    language: String,
    needs_email: bool,
    needs_phone: bool,
    needs_answer: bool,
    /// The question whose answer is needed.
    question: Option<String>,
    needs_pin: bool,
}

/// What of a template can be filled beforehand.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FormFieldList {
    items: Vec<FormFieldAnswer>,
}

/// A value that a use of the template can give.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct FormFieldAnswer {
    /// The key in `values`: the merge key, or the field's id where it has none.
    key: String,
    /// The fields that take it.
    fields: Vec<String>,
    #[serde(rename = "type")]
    kind: FieldKind,
    label: String,
    required: bool,
    /// The recipient cannot change it.
    read_only: bool,
    /// Number of the recipient; 0 where it is words of the sender.
    recipient: u16,
    /// What can be chosen.
    options: Vec<OptionAnswer>,
    characters_max: Option<u16>,
    /// What stands there where nothing is given.
    value: String,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct OptionAnswer {
    label: String,
    /// What is given for it.
    value: String,
}

impl From<&TemplateView> for FormFieldList {
    fn from(it: &TemplateView) -> Self {
        let answer = |of: FormField<'_>| {
            let first = of.fields.first()?;
            let options = options(&first.choices).map(|it| OptionAnswer {
                value: it.value.unwrap_or_else(|| it.label.clone()),
                label: it.label,
            });
            Some(FormFieldAnswer {
                key: of.key.to_owned(),
                fields: of.fields.iter().map(|it| it.id.0.clone()).collect(),
                kind: first.kind,
                label: first.label.clone(),
                required: of.fields.iter().any(|it| it.required),
                read_only: of.fields.iter().all(|it| it.read_only),
                recipient: first.recipient,
                options: options.collect(),
                characters_max: first.characters_max,
                value: first.value.text().to_owned(),
            })
        };
        Self { items: form_fields(&it.draft).into_iter().filter_map(answer).collect() }
    }
}

impl From<TemplateLine> for TemplateLineAnswer {
    fn from(it: TemplateLine) -> Self {
        Self {
            id: it.id,
            name: it.name,
            test: it.test,
            newest_version: it.version,
            archived_at: it.archived_at.map(|at| at.to_string()),
            created_at: it.created_at.to_string(),
            updated_at: it.updated_at.to_string(),
        }
    }
}

impl From<TemplatePage> for TemplateList {
    fn from(it: TemplatePage) -> Self {
        Self { items: it.items.into_iter().map(Into::into).collect(), next_cursor: it.next_cursor }
    }
}

impl From<&TemplateView> for TemplateAnswer {
    fn from(it: &TemplateView) -> Self {
        let roles = roles(&it.draft)
            .map(|(recipient, name, place)| {
                let needs = RoleNeeds::of(place);
                RoleAnswer {
                    recipient,
                    name: name.to_owned(),
                    role: place.role,
                    step: place.step,
                    language: place.language.clone(),
                    needs_email: needs.email,
                    needs_phone: needs.phone,
                    needs_answer: needs.answer,
                    question: question(place),
                    needs_pin: needs.pin,
                }
            })
            .collect();
        Self {
            line: it.template.clone().into(),
            version: it.version,
            versions: it
                .versions
                .iter()
                .map(|of| VersionAnswer { version: of.version, created_at: of.created_at.to_string() })
                .collect(),
            uses: it.uses,
            roles,
            draft: EnvelopeAnswer::from(&as_envelope(it)),
        }
    }
}

fn question(place: &service::envelope::RecipientDraft) -> Option<String> {
    place.authentication.iter().find_map(|method| match method {
        service::envelope::Method::Secret { question, .. } => Some(question.text().to_owned()),
        _ => None,
    })
}

/// What a template holds, in the shape of an envelope that was not sent.
fn as_envelope(it: &TemplateView) -> EnvelopeView {
    let nobody = Sender { user: String::new(), name: Personal::default(), email: Personal::default() };
    let event =
        Event::EnvelopeCreated { sender: nobody, test: it.template.test, draft: Box::new(it.draft.clone()) };
    let made = Recorded { at: it.template.updated_at, event };
    EnvelopeView {
        id: it.template.id.clone(),
        envelope: Envelope::begin(&made).expect("an envelope begins with its first event"),
        problem: None,
        webhooks: Vec::new(),
        origin: None,
    }
}

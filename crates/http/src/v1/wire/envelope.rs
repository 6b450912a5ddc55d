//! An envelope on the wire.

use super::ceremony::FileOfField;
use super::draft::WireMails;
use super::field::WireField;
use super::recipient::RecipientAnswer;
use super::upload::certification;
use super::webhook::NewWebhookAnswer;
use super::{WirePage, time};
use serde::Serialize;
use service::envelope::{Expiry, FieldGroup, FileType, Reminders, Returns, Rules, Status, StepLimit};
use service::envelopes::{Capture, EnvelopeView, Page, Summary};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// An envelope.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct EnvelopeAnswer {
    /// Its id.
    id: String,
    /// `draft`, `in_progress`, `finishing`, `completed`, `declined`, `cancelled` or `expired`.
    status: &'static str,
    /// Sends nothing outside, and its documents are marked.
    test: bool,
    /// Counts its changes.
    version: u64,
    title: String,
    message: String,
    created_at: String,
    sent_at: Option<String>,
    ended_at: Option<String>,
    /// When it ends by itself; known from sending on.
    expires_at: Option<String>,
    /// As the draft says it.
    expires_in_days: Option<u16>,
    language: String,
    time_zone: String,
    sender: Person,
    documents: Vec<DocumentAnswer>,
    recipients: Vec<RecipientAnswer>,
    fields: Vec<WireField>,
    /// What was filled by those who are done, by the capture keys of the fields.
    captures: BTreeMap<String, CaptureAnswer>,
    groups: Vec<FieldGroup>,
    /// The files that recipients have added.
    files: Vec<FileOfField>,
    rules: Rules,
    frame_origins: Vec<String>,
    reminders: Reminders,
    step_limits: Vec<StepLimit>,
    mails: WireMails,
    returns: Returns,
    /// Where its sender keeps it: `desk`, `archive`, `trash` or `deleted`.
    shelf: &'static str,
    /// Whether the audit trail has been issued.
    audit_trail: bool,
    /// Why it waits, where something failed and is tried again.
    problem: Option<String>,
    /// Subscriptions that were made with it, in the answer that makes it alone: their secrets are shown this once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    webhooks: Vec<NewWebhookAnswer>,
    /// The template that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<TemplateOrigin>,
}

/// Where an envelope came from.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct TemplateOrigin {
    /// Id of the template.
    id: String,
    /// Its version.
    version: i64,
    /// Id of the public link by which a visitor started it.
    link: Option<String>,
}

/// A value: words, figures and dates as text, boxes as `true` or `false`, files by name, type and digest.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum CaptureAnswer {
    Text(String),
    Ticked(bool),
    File {
        name: String,
        #[serde(rename = "type")]
        kind: FileType,
        /// SHA-256, hexadecimal.
        digest: String,
    },
}

impl From<Capture> for CaptureAnswer {
    fn from(capture: Capture) -> Self {
        match capture {
            Capture::Text(text) => Self::Text(text),
            Capture::Ticked(ticked) => Self::Ticked(ticked),
            Capture::File { name, kind, digest } => Self::File { name, kind, digest },
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct DocumentAnswer {
    /// From 1.
    number: u16,
    title: String,
    /// Numbers of the recipients who see it; `null` where everybody does.
    visible_to: Option<BTreeSet<u16>>,
    upload: String,
    /// SHA-256 of the upload.
    digest: String,
    /// SHA-256 of the newest revision.
    revision: String,
    pages: Vec<WirePage>,
    /// How many signatures it came with.
    signatures: u16,
    /// What a certification in it allows: `no_changes`, `fill_forms`, `annotate`.
    certification: Option<&'static str>,
}

impl From<&EnvelopeView> for EnvelopeAnswer {
    fn from(view: &EnvelopeView) -> Self {
        let state = &view.envelope;
        let draft = &state.draft;
        let progress = state.status.progress();
        let (at, in_days) = match draft.expiry {
            Expiry::Days(days) => (None, Some(days)),
            Expiry::At(at) => (Some(at.to_string()), None),
        };
        Self {
            id: view.id.clone(),
            status: state.status.word(),
            test: state.test,
            version: state.version,
            title: draft.title.clone(),
            message: draft.message.text().to_owned(),
            created_at: state.created_at.to_string(),
            sent_at: progress.map(|it| it.sent_at.to_string()),
            ended_at: match &state.status {
                Status::Ended(ending) => Some(ending.at.to_string()),
                _ => None,
            },
            expires_at: progress.map(|it| it.expires_at.to_string()).or(at),
            expires_in_days: in_days,
            language: draft.language.clone(),
            time_zone: draft.time_zone.clone(),
            sender: Person {
                name: state.sender.name.text().to_owned(),
                email: state.sender.email.text().to_owned(),
            },
            documents: documents(view),
            recipients: state
                .recipient_numbers()
                .zip(&draft.recipients)
                .map(|(number, recipient)| RecipientAnswer::of(view, number, recipient))
                .collect(),
            fields: draft.fields.iter().map(WireField::from_draft).collect(),
            captures: view.captures().into_iter().map(|(key, it)| (key, it.into())).collect(),
            groups: draft.groups.clone(),
            files: super::ceremony::files(state, None),
            rules: draft.rules.clone(),
            frame_origins: draft.frame_origins.clone(),
            reminders: draft.reminders.clone(),
            step_limits: draft.step_limits.clone(),
            mails: WireMails::from(&draft.mails),
            returns: draft.returns.clone(),
            shelf: state.shelf.word(),
            audit_trail: state.audit_trail.is_some(),
            problem: view.problem.clone(),
            webhooks: view.webhooks.iter().cloned().map(Into::into).collect(),
            template: view.origin.as_ref().map(|it| TemplateOrigin {
                id: it.template.clone(),
                version: it.version,
                link: it.link.clone(),
            }),
        }
    }
}

fn documents(view: &EnvelopeView) -> Vec<DocumentAnswer> {
    let state = &view.envelope;
    state
        .document_numbers()
        .zip(&state.draft.documents)
        .map(|(number, document)| {
            let head = state.status.progress().and_then(|progress| progress.head(number));
            DocumentAnswer {
                number,
                title: document.title.clone(),
                visible_to: document.visible_to.clone(),
                upload: document.upload.clone(),
                digest: document.facts.digest.to_string(),
                revision: head.map_or(document.facts.sent.digest, |head| head.digest).to_string(),
                pages: document.facts.pages.iter().map(WirePage::from).collect(),
                signatures: document.facts.signatures,
                certification: document.facts.certification.map(certification),
            }
        })
        .collect()
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct EnvelopeList {
    items: Vec<SummaryAnswer>,
    /// Give it as `cursor` for the next page.
    next_cursor: Option<String>,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct SummaryAnswer {
    id: String,
    title: String,
    status: String,
    test: bool,
    created_at: String,
    updated_at: String,
    recipients: Vec<SummaryRecipient>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct SummaryRecipient {
    name: String,
    email: String,
    status: String,
}

impl From<Page> for EnvelopeList {
    fn from(page: Page) -> Self {
        Self {
            items: page.items.into_iter().map(SummaryAnswer::from).collect(),
            next_cursor: page.next_cursor,
        }
    }
}

impl From<Summary> for SummaryAnswer {
    fn from(line: Summary) -> Self {
        let recipients = line.recipients.into_iter();
        Self {
            id: line.id,
            title: line.title,
            status: line.status,
            test: line.test,
            created_at: time(line.created_at),
            updated_at: time(line.updated_at),
            recipients: recipients
                .map(|it| SummaryRecipient { name: it.name, email: it.email, status: it.status })
                .collect(),
        }
    }
}

//! A draft on the wire, and the way to the command.

use super::anchor::WireAnchor;
use super::field::WireField;
use super::recipient::WireRecipient;
use super::webhook::WireWebhook;
use crate::problem::{Place, Problem};
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use service::envelope::{Expiry, FieldGroup, MailWishes, Reminders, Returns, Rules, StepLimit};
use service::envelopes::{DocumentInput, DraftInput, MailInput};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A draft: what an envelope holds before it is sent. It is always given whole.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireDraft {
    /// What recipients read as its name.
    #[serde(default)]
    title: String,
    /// A few words to the recipients.
    #[serde(default)]
    message: String,
    /// The PDFs, in order; 1 to 50.
    #[serde(default)]
    documents: Vec<WireDocument>,
    /// Who takes part; 1 to 50.
    #[serde(default)]
    recipients: Vec<WireRecipient>,
    /// What is to be filled, and where.
    #[serde(default)]
    fields: Vec<WireField>,
    /// What is to be filled wherever a text stands. Fields are made of them at once; they stand in `fields` of the answer.
    #[serde(default)]
    anchors: Vec<WireAnchor>,
    /// What holds for the boxes and buttons of one group, where there is more to say than that one radio button of it can
    /// be chosen.
    #[serde(default)]
    groups: Vec<FieldGroup>,
    /// `en`, `fr`, `de`, `es`, `it`, `pt`, `nl`, `da`, `sv`, `pl`, `ru`, `tr`, `hi`, `zh` or `hu`;
    /// `en` where it is left out.
    language: Option<String>,
    /// IANA name, such as `Europe/Paris`; `UTC` where it is left out.
    time_zone: Option<String>,
    /// Expires at the end of the day that is so many days after sending. Where nothing is said of this or of what is
    /// marked with (*) below, a new draft takes what the tenant's drafts begin with (`/v1/settings/defaults`), and one
    /// that is changed keeps what it has.
    expires_in_days: Option<u16>,
    /// Expires at this instant (RFC 3339); instead of `expires_in_days`.
    expires_at: Option<String>,
    /// (*) Rules that differ from sender to sender, given whole.
    rules: Option<Rules>,
    /// Origins whose pages may show the signers' page in a frame.
    #[serde(default)]
    frame_origins: Vec<String>,
    /// (*) When recipients are reminded, given whole.
    reminders: Option<Reminders>,
    /// Limits of time for single steps.
    #[serde(default)]
    step_limits: Vec<StepLimit>,
    /// How mails about it look.
    #[serde(default)]
    mails: WireMails,
    /// Where browsers go when a visit is over, for recipients who have no addresses of their own.
    #[serde(default)]
    returns: Returns,
    /// When a draft is made: who is told of what happens in it. Their secrets are in the answer, this once.
    #[serde(default)]
    pub(crate) webhooks: Vec<WireWebhook>,
    /// With a desk session only: a test envelope. A key decides it by its kind.
    pub(crate) test: Option<bool>,
    /// When a draft is changed: the version that the change was made on.
    pub(crate) version: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireDocument {
    /// Id of an upload.
    pub(crate) upload: String,
    /// Its name; that of the file where it is left out.
    #[serde(default)]
    pub(crate) title: String,
    /// Numbers of the recipients who see it; everybody where it is left out. The sender sees every document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) visible_to: Option<BTreeSet<u16>>,
}

/// How the mails about an envelope look, and which of them its sender gets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireMails {
    /// Subject of the invitations, where it is not the usual one.
    #[serde(default)]
    subject: String,
    /// The sender's name as recipients read it, where it is not the user's own.
    #[serde(default)]
    sender_name: String,
    /// Where answers go, where that is not the user's own address.
    #[serde(default)]
    reply_to: String,
    /// (*) The sender's own mails: `true` for one after each act and one at the end, `null` for the end alone, `false` for
    /// none.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<bool>)]
    to_sender: Option<Option<bool>>,
    /// (*) The finished documents come as attachments of the last mail, where they are small enough and the reader has
    /// nothing to prove before they see them.
    attach_documents: Option<bool>,
}

/// Tells what is null from what is not there.
fn said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<bool>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl From<WireMails> for MailInput {
    fn from(mails: WireMails) -> Self {
        let WireMails { subject, sender_name, reply_to, to_sender, attach_documents } = mails;
        Self { subject, sender_name, reply_to, to_sender, attach_documents }
    }
}

impl From<&MailWishes> for WireMails {
    fn from(mails: &MailWishes) -> Self {
        Self {
            subject: mails.subject.text().to_owned(),
            sender_name: mails.sender_name.text().to_owned(),
            reply_to: mails.reply_to.text().to_owned(),
            to_sender: Some(mails.to_sender),
            attach_documents: Some(mails.attach_documents),
        }
    }
}

impl WireDraft {
    /// As the use cases take it.
    ///
    /// # Errors
    /// A problem that names each value which is no length and no time.
    pub(crate) fn into_input(self) -> Result<DraftInput, Problem> {
        let mut places = Vec::new();
        let language = self.language.unwrap_or_else(|| "en".to_owned());
        let says_when = self.expires_in_days.is_some() || self.expires_at.is_some();
        let expiry = says_when.then(|| {
            expiry(self.expires_in_days, self.expires_at.as_deref()).unwrap_or_else(|problem| {
                places.extend(problem.errors);
                Expiry::Days(30)
            })
        });
        let fields = self
            .fields
            .into_iter()
            .enumerate()
            .filter_map(|(index, field)| field.into_draft(index).map_err(|it| places.push(it)).ok())
            .collect();
        let anchors = self
            .anchors
            .into_iter()
            .enumerate()
            .filter_map(|(index, anchor)| anchor.into_input(index).map_err(|it| places.push(it)).ok())
            .collect();
        if !places.is_empty() {
            let mut problem = Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                &places[0].code.clone(),
                places[0].detail.clone(),
            );
            problem.errors = places;
            return Err(problem);
        }
        Ok(DraftInput {
            title: self.title,
            message: self.message,
            documents: self
                .documents
                .into_iter()
                .map(|it| DocumentInput { upload: it.upload, title: it.title, visible_to: it.visible_to })
                .collect(),
            recipients: self.recipients.into_iter().map(|it| it.into_input(&language)).collect(),
            fields,
            anchors,
            groups: self.groups,
            language,
            time_zone: self.time_zone.unwrap_or_else(|| "UTC".to_owned()),
            expiry,
            rules: self.rules,
            frame_origins: self.frame_origins,
            reminders: self.reminders,
            step_limits: self.step_limits,
            mails: self.mails.into(),
            returns: self.returns,
        })
    }
}

/// When something ends by itself, in days or at an instant; in 30 days where nothing is said.
///
/// # Errors
/// A problem where the instant is none.
pub(crate) fn expiry(in_days: Option<u16>, at: Option<&str>) -> Result<Expiry, Problem> {
    let Some(text) = at else { return Ok(Expiry::Days(in_days.unwrap_or(30))) };
    text.parse().map(Expiry::At).map_err(|_| {
        let detail = "This is no time; write it like 2026-12-31T12:00:00Z.";
        let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "time_malformed", detail);
        problem.errors.push(place("/expires_at", "time_malformed", detail));
        problem
    })
}

pub(crate) fn place(pointer: &str, code: &str, detail: &str) -> Place {
    Place { pointer: pointer.to_owned(), code: code.to_owned(), detail: detail.to_owned() }
}

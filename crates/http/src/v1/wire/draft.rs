//! A draft on the wire, and the way to the command.

use crate::problem::{Place, Problem};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use service::envelope::{Expiry, FieldDraft, FieldId, FieldKind, RecipientDraft, Rect, Role, Rules};
use service::envelopes::{DocumentInput, DraftInput};
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
    /// `en` or `fr`; `en` where it is left out.
    language: Option<String>,
    /// IANA name, such as `Europe/Paris`; `UTC` where it is left out.
    time_zone: Option<String>,
    /// Expires at the end of the day that is so many days after sending; 30 where nothing is said.
    expires_in_days: Option<u16>,
    /// Expires at this instant (RFC 3339); instead of `expires_in_days`.
    expires_at: Option<String>,
    /// Rules that differ from sender to sender.
    rules: Option<WireRules>,
    /// Origins whose pages may show the signers' page in a frame.
    #[serde(default)]
    frame_origins: Vec<String>,
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
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireRecipient {
    /// The person's name.
    #[serde(default)]
    pub(crate) name: String,
    /// Where mail goes.
    #[serde(default)]
    pub(crate) email: String,
    /// `signer` or `copy`; `signer` where it is left out.
    #[serde(default)]
    pub(crate) role: WireRole,
    /// Recipients of one step act in parallel; steps run in order. 1 where it is left out.
    #[serde(default = "one")]
    pub(crate) step: u16,
    /// `en` or `fr`; the envelope's where it is left out.
    pub(crate) language: Option<String>,
}

fn one() -> u16 {
    1
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireRole {
    /// Fills their fields and signs.
    #[default]
    Signer,
    /// Receives what comes out.
    Copy,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireField {
    /// Its id; given by us where it is left out.
    #[serde(default)]
    pub(crate) id: String,
    /// What goes there.
    #[serde(rename = "type")]
    pub(crate) kind: WireFieldKind,
    /// Number of the document, from 1.
    #[serde(default = "one")]
    pub(crate) document: u16,
    /// Number of the page, from 1.
    pub(crate) page: u32,
    /// From the left edge of the page as it is shown, in points.
    pub(crate) x: f64,
    /// From its top edge, in points.
    pub(crate) y: f64,
    /// In points; 0 together with the height for an invisible signature.
    pub(crate) width: f64,
    /// In points.
    pub(crate) height: f64,
    /// Number of the recipient, from 1.
    #[serde(default = "one")]
    pub(crate) recipient: u16,
    /// The recipient cannot finish without it.
    #[serde(default = "yes")]
    pub(crate) required: bool,
    /// What it is, for the person and for a screen reader.
    #[serde(default)]
    pub(crate) label: String,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireFieldKind {
    Signature,
    Initials,
    Text,
    DateSigned,
    Checkbox,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireRules {
    /// A signer needs a signature field in at least one document.
    #[serde(default = "yes")]
    pub(crate) place_required: bool,
    /// What a decline ends: `envelope` or `recipient`.
    #[serde(default)]
    pub(crate) decline_ends: WireDeclineEnds,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WireDeclineEnds {
    /// The whole envelope.
    #[default]
    Envelope,
    /// The part of this recipient.
    Recipient,
}

impl From<WireFieldKind> for FieldKind {
    fn from(kind: WireFieldKind) -> Self {
        match kind {
            WireFieldKind::Signature => Self::Signature,
            WireFieldKind::Initials => Self::Initials,
            WireFieldKind::Text => Self::Text,
            WireFieldKind::DateSigned => Self::DateSigned,
            WireFieldKind::Checkbox => Self::Checkbox,
        }
    }
}

impl From<FieldKind> for WireFieldKind {
    fn from(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Signature => Self::Signature,
            FieldKind::Initials => Self::Initials,
            FieldKind::Text => Self::Text,
            FieldKind::DateSigned => Self::DateSigned,
            FieldKind::Checkbox => Self::Checkbox,
        }
    }
}

impl From<Rules> for WireRules {
    fn from(rules: Rules) -> Self {
        let decline_ends = match rules.decline_ends {
            service::envelope::DeclineEnds::Envelope => WireDeclineEnds::Envelope,
            service::envelope::DeclineEnds::Recipient => WireDeclineEnds::Recipient,
        };
        Self { place_required: rules.place_required, decline_ends }
    }
}

impl From<WireRules> for Rules {
    fn from(rules: WireRules) -> Self {
        let decline_ends = match rules.decline_ends {
            WireDeclineEnds::Envelope => service::envelope::DeclineEnds::Envelope,
            WireDeclineEnds::Recipient => service::envelope::DeclineEnds::Recipient,
        };
        Self { place_required: rules.place_required, decline_ends }
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
        let expiry = match &self.expires_at {
            None => Expiry::Days(self.expires_in_days.unwrap_or(30)),
            Some(text) => text.parse().map(Expiry::At).unwrap_or_else(|_| {
                places.push(place(
                    "/expires_at",
                    "time_malformed",
                    "This is no time; write it like 2026-12-31T12:00:00Z.",
                ));
                Expiry::Days(30)
            }),
        };
        let fields = self
            .fields
            .into_iter()
            .enumerate()
            .filter_map(|(index, field)| {
                let rect = Rect::new(field.x, field.y, field.width, field.height);
                if rect.is_none() {
                    places.push(place(
                        &format!("/fields/{index}"),
                        "length_malformed",
                        "One of x, y, width, height is no length on a page; give points.",
                    ));
                }
                let id = if field.id.is_empty() { format!("field_{}", index + 1) } else { field.id };
                Some(FieldDraft {
                    id: FieldId(id),
                    kind: field.kind.into(),
                    document: field.document,
                    page: field.page,
                    rect: rect?,
                    recipient: field.recipient,
                    required: field.required,
                    label: field.label,
                })
            })
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
                .map(|it| DocumentInput { upload: it.upload, title: it.title })
                .collect(),
            recipients: self
                .recipients
                .into_iter()
                .map(|it| RecipientDraft {
                    name: it.name.into(),
                    email: it.email.trim().into(),
                    role: match it.role {
                        WireRole::Signer => Role::Signer,
                        WireRole::Copy => Role::Copy,
                    },
                    step: it.step,
                    language: it.language.unwrap_or_else(|| language.clone()),
                })
                .collect(),
            fields,
            language,
            time_zone: self.time_zone.unwrap_or_else(|| "UTC".to_owned()),
            expiry,
            rules: self.rules.map(Rules::from).unwrap_or_default(),
            frame_origins: self.frame_origins,
        })
    }
}

fn place(pointer: &str, code: &str, detail: &str) -> Place {
    Place { pointer: pointer.to_owned(), code: code.to_owned(), detail: detail.to_owned() }
}

impl WireField {
    pub(crate) fn from_draft(field: &FieldDraft) -> Self {
        Self {
            id: field.id.0.clone(),
            kind: field.kind.into(),
            document: field.document,
            page: field.page,
            x: field.rect.x.get(),
            y: field.rect.y.get(),
            width: field.rect.width.get(),
            height: field.rect.height.get(),
            recipient: field.recipient,
            required: field.required,
            label: field.label.clone(),
        }
    }
}

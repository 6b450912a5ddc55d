//! A draft as a sender gives it: uploads by id, whose facts are looked up here.

use crate::error::Error;
use crate::server::{Mode, Service};
use envelope::{
    DocumentDraft, Draft, Expiry, FieldDraft, Finding, MailWishes, RecipientDraft, Refusal, Reminders,
    Returns, Rules, StepLimit,
};

/// A draft before its uploads were looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftInput {
    /// What recipients read as its name.
    pub title: String,
    /// A few words to the recipients.
    pub message: String,
    /// The documents, in order.
    pub documents: Vec<DocumentInput>,
    /// Who takes part.
    pub recipients: Vec<RecipientInput>,
    /// What is to be filled, and where.
    pub fields: Vec<FieldDraft>,
    /// Language of what is addressed to nobody in particular.
    pub language: String,
    /// IANA name.
    pub time_zone: String,
    /// When it ends by itself.
    pub expiry: Expiry,
    /// Rules that differ from sender to sender.
    pub rules: Rules,
    /// Origins that may show the signers' page in a frame.
    pub frame_origins: Vec<String>,
    /// When recipients are reminded.
    pub reminders: Reminders,
    /// Limits of time for single steps.
    pub step_limits: Vec<StepLimit>,
    /// How mails about it look.
    pub mails: MailWishes,
    /// Where browsers go when a visit is over.
    pub returns: Returns,
}

impl DraftInput {
    /// The draft of a caller who lets these origins frame the signers' page too.
    #[must_use]
    pub fn framed_also_by(mut self, origins: &[String]) -> Self {
        for origin in origins {
            if !self.frame_origins.contains(origin) {
                self.frame_origins.push(origin.clone());
            }
        }
        self
    }
}

/// A recipient of a draft, and what is kept apart of how they prove who they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecipientInput {
    /// The recipient.
    pub draft: RecipientDraft,
    /// The answer to their secret question; the one given before stays where there is none.
    pub answer: Option<String>,
    /// Their PIN; the one given before stays where there is none.
    pub pin: Option<String>,
}

/// A document of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentInput {
    /// Id of an upload.
    pub upload: String,
    /// Its name; that of the file where it is empty.
    pub title: String,
}

impl Service {
    /// Looks up what was found in the uploads, as far as a caller in this mode may use them.
    pub(crate) async fn complete_draft(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        input: DraftInput,
        before: Option<&Draft>,
    ) -> Result<Draft, Error> {
        let mut documents = Vec::with_capacity(input.documents.len().min(64));
        let mut found = Vec::new();
        // More are refused by the rules; there is no need to look them all up for that.
        for (index, document) in input.documents.into_iter().enumerate() {
            let upload =
                if index < 64 { self.find_upload(tenant, mode, &document.upload).await? } else { None };
            match upload {
                Some(upload) => {
                    let title =
                        if document.title.trim().is_empty() { upload.file_name } else { document.title };
                    documents.push(DocumentDraft { upload: document.upload, title, facts: upload.facts });
                }
                None => found.push(Finding::new(
                    format!("/documents/{index}/upload"),
                    "upload_unknown",
                    "There is no such upload; upload the file first and use the id you get.",
                )),
            }
        }
        if !found.is_empty() {
            return Err(Refusal::Invalid(found).into());
        }
        let recipients = self.keep_secrets(tenant, input.recipients, before).await?;
        Ok(Draft {
            title: input.title,
            message: input.message.into(),
            documents,
            recipients,
            fields: input.fields,
            language: input.language,
            time_zone: input.time_zone,
            expiry: input.expiry,
            rules: input.rules,
            frame_origins: input.frame_origins,
            reminders: input.reminders,
            step_limits: input.step_limits,
            mails: input.mails,
            returns: input.returns,
        })
    }
}

//! A draft as a sender gives it: uploads by id, whose facts are looked up here.

use crate::edit_links::belongs;
use crate::error::Error;
use crate::execute::Scope;
use crate::placing::{Anchor, Anchored};
use crate::server::{Mode, Service};
use crate::telephone;
use crate::tenant_settings::Defaults;
use crate::uploads::Upload;
use envelope::{
    DocumentDraft, Draft, Expiry, FieldDraft, FieldGroup, Finding, MailWishes, RecipientDraft, Refusal,
    Reminders, Returns, Rules, StepLimit,
};
use std::collections::BTreeSet;

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
    /// What is to be filled wherever a text stands.
    pub anchors: Vec<Anchor>,
    /// What holds for the boxes and buttons of one group.
    pub groups: Vec<FieldGroup>,
    /// Language of what is addressed to nobody in particular.
    pub language: String,
    /// IANA name.
    pub time_zone: String,
    /// When it ends by itself; where nothing is said here and below, what the tenant set for new drafts, or what the
    /// draft held before.
    pub expiry: Option<Expiry>,
    /// Rules that differ from sender to sender.
    pub rules: Option<Rules>,
    /// Origins that may show the signers' page in a frame.
    pub frame_origins: Vec<String>,
    /// When recipients are reminded.
    pub reminders: Option<Reminders>,
    /// Limits of time for single steps.
    pub step_limits: Vec<StepLimit>,
    /// How mails about it look.
    pub mails: MailInput,
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

/// For whom a draft is completed.
#[derive(Clone, Copy)]
pub(crate) struct Completing<'a> {
    /// A caller in one mode uses uploads of that mode; `None` all.
    pub(crate) mode: Option<Mode>,
    /// The draft is one of a test.
    pub(crate) test: bool,
    /// The draft whose editing address the caller holds: then its uploads alone are theirs, and nobody's telephone is
    /// taken from the address book.
    pub(crate) held: Option<&'a Scope>,
}

/// How mails about a draft look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MailInput {
    /// Subject of the invitations; empty for the usual one.
    pub subject: String,
    /// The sender's name as recipients read it; empty for the user's own.
    pub sender_name: String,
    /// Where answers go; empty for the user's own address.
    pub reply_to: String,
    /// The sender's own mails; see [`MailWishes::to_sender`].
    pub to_sender: Option<Option<bool>>,
    /// The finished documents come with the last mail.
    pub attach_documents: Option<bool>,
}

/// What stands where a draft says nothing: what the tenant's drafts begin with where it is made, and what it held
/// before where it is changed. Whoever changes the title of a draft that was made under a tenant's rules, and says
/// nothing of rules, does not mean to take them away.
pub(crate) struct Base {
    expiry: Expiry,
    rules: Rules,
    reminders: Reminders,
    to_sender: Option<bool>,
    attach_documents: bool,
}

impl From<Defaults> for Base {
    fn from(it: Defaults) -> Self {
        let Defaults { rules, reminders, expires_in_days, to_sender, attach_documents } = it;
        Self { expiry: Expiry::Days(expires_in_days), rules, reminders, to_sender, attach_documents }
    }
}

impl From<&Draft> for Base {
    fn from(it: &Draft) -> Self {
        Self {
            expiry: it.expiry,
            rules: it.rules.clone(),
            reminders: it.reminders.clone(),
            to_sender: it.mails.to_sender,
            attach_documents: it.mails.attach_documents,
        }
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentInput {
    /// Id of an upload.
    pub upload: String,
    /// Its name; that of the file where it is empty.
    pub title: String,
    /// Numbers of the recipients who see it; everybody where nothing is said.
    pub visible_to: Option<BTreeSet<u16>>,
}

impl Service {
    /// Looks up what was found in the uploads, as far as a caller in this mode may use them, the places of anchors and
    /// the telephones of contacts.
    pub(crate) async fn complete_draft(
        &self,
        tenant: &str,
        completing: Completing<'_>,
        input: DraftInput,
        before: Option<&Draft>,
    ) -> Result<(Draft, Anchored), Error> {
        let Completing { mode, test, held } = completing;
        let mut documents = Vec::with_capacity(input.documents.len().min(64));
        let mut found = Vec::new();
        // More are refused by the rules; there is no need to look them all up for that.
        for (index, document) in input.documents.into_iter().enumerate() {
            let upload =
                if index < 64 { self.find_upload(tenant, mode, &document.upload).await? } else { None };
            let theirs = |it: &Upload| match (held, before) {
                (Some(scope), Some(before)) => belongs(it, scope, before),
                (Some(_), None) => false,
                (None, _) => true,
            };
            match upload.filter(theirs) {
                Some(upload) => {
                    let title =
                        if document.title.trim().is_empty() { upload.file_name } else { document.title };
                    let DocumentInput { upload: id, visible_to, .. } = document;
                    documents.push(DocumentDraft { upload: id, title, facts: upload.facts, visible_to });
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
        let base = match before {
            Some(before) => Base::from(before),
            None => self.draft_defaults(tenant).await?.into(),
        };
        let mut recipients = self.keep_secrets(tenant, input.recipients, before).await?;
        if held.is_none() {
            self.take_phones(tenant, test, &mut recipients).await?;
        }
        telephone::dial_all(&mut recipients)?;
        let mut fields = input.fields;
        let anchored = self.place_anchors(tenant, &documents, input.anchors, &mut fields).await?;
        let draft = Draft {
            title: input.title,
            message: input.message.into(),
            documents,
            recipients,
            fields,
            groups: input.groups,
            language: input.language,
            time_zone: input.time_zone,
            expiry: input.expiry.unwrap_or(base.expiry),
            rules: input.rules.unwrap_or(base.rules),
            frame_origins: input.frame_origins,
            reminders: input.reminders.unwrap_or(base.reminders),
            step_limits: input.step_limits,
            mails: MailWishes {
                subject: input.mails.subject.into(),
                sender_name: input.mails.sender_name.into(),
                reply_to: input.mails.reply_to.trim().into(),
                to_sender: input.mails.to_sender.unwrap_or(base.to_sender),
                attach_documents: input.mails.attach_documents.unwrap_or(base.attach_documents),
            },
            returns: input.returns,
        };
        Ok((draft, anchored))
    }
}

//! What drafts begin with, on the wire.

use serde::{Deserialize, Serialize};
use service::envelope::{Reminders, Rules};
use service::tenant_settings::Defaults;
use utoipa::ToSchema;

/// What a draft begins with where it says nothing itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireDefaults {
    /// The rules of a draft without `rules`.
    #[serde(default)]
    rules: Rules,
    /// The reminders of a draft without `reminders`.
    #[serde(default)]
    reminders: Reminders,
    /// Days that a draft without `expires_in_days` and `expires_at` lives, 1 to 365; 30 where nothing is said.
    expires_in_days: Option<u16>,
    #[serde(default)]
    mails: WireDefaultMails,
}

/// What the mails about a draft begin with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireDefaultMails {
    /// The sender's own mails of a draft without `mails.to_sender`.
    to_sender: Option<bool>,
    /// Whether the finished documents are attached for a draft without `mails.attach_documents`.
    #[serde(default)]
    attach_documents: bool,
}

impl From<WireDefaults> for Defaults {
    fn from(it: WireDefaults) -> Self {
        Self {
            rules: it.rules,
            reminders: it.reminders,
            expires_in_days: it.expires_in_days.unwrap_or(Self::default().expires_in_days),
            to_sender: it.mails.to_sender,
            attach_documents: it.mails.attach_documents,
        }
    }
}

impl From<Defaults> for WireDefaults {
    fn from(it: Defaults) -> Self {
        Self {
            rules: it.rules,
            reminders: it.reminders,
            expires_in_days: Some(it.expires_in_days),
            mails: WireDefaultMails { to_sender: it.to_sender, attach_documents: it.attach_documents },
        }
    }
}

//! One recipient, as the sender describes them.

use super::is_default;
use super::method::{Method, MethodKind};
use super::personal::Personal;
use super::role::Role;
use serde::{Deserialize, Serialize};

/// One recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientDraft {
    /// The person's name; empty as long as the role has no person.
    pub name: Personal,
    /// Where mail goes.
    pub email: Personal,
    /// Their part.
    pub role: Role,
    /// Recipients of one step act in parallel; steps run in order.
    pub step: u16,
    /// Language of their pages and mails.
    pub language: String,
    /// Their telephone, E.164; empty where none is known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub phone: Personal,
    /// How they prove who they are, in this order. Empty: by the link alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub authentication: Vec<Method>,
    /// What the role is called while it has no person yet ("Tenant", "Landlord"); `None` once it has one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub placeholder: Option<String>,
    /// The envelope can be completed without them, where its rules count the required ones.
    #[serde(default, skip_serializing_if = "is_default")]
    pub optional: bool,
    /// Number of the host of an in-person signer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host: Option<u16>,
    /// Number of the recipient whose act a witness saw.
    #[serde(default, skip_serializing_if = "is_default")]
    pub witness_of: Option<u16>,
    /// By what an automatic signer is entitled to sign without a person ("Power of attorney of 3 May 2026").
    #[serde(default, skip_serializing_if = "is_default")]
    pub mandate: Option<String>,
    /// How they come to their page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub arrival: Arrival,
    /// What is said to them alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notice: Notice,
    /// IANA name of their time zone, where it is not the envelope's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub time_zone: Option<String>,
}

/// How a recipient comes to their page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// By a link in a mail.
    #[default]
    Mail,
    /// By a link that the sender's program asks for and hands over itself; mailed only where the method
    /// `email_link` says so.
    Handed,
    /// Inside the sender's own pages, in a frame or by redirect; no mail is sent unless asked for.
    Embedded(Embedding),
}

/// Signing inside the pages of another application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embedding {
    /// How that application names the person; goes into the signature's reason and the audit trail.
    #[serde(default, skip_serializing_if = "is_default")]
    pub client_user_id: Option<String>,
    /// The invitation is mailed all the same.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mail: bool,
}

/// What is said to one recipient alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Subject of their invitation; empty for the usual one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub subject: Personal,
    /// A private message.
    #[serde(default, skip_serializing_if = "is_default")]
    pub message: Personal,
    /// Where their browser goes when they are done, for each way of ending.
    #[serde(default, skip_serializing_if = "is_default")]
    pub returns: Returns,
}

/// Where a browser goes when the visit is over. The page adds `status` to the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Returns {
    /// After the act.
    #[serde(default, skip_serializing_if = "is_default")]
    pub done: Option<String>,
    /// After a decline; else as `done`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub declined: Option<String>,
    /// When nothing can be done (expired, locked, over); else as `done`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub failed: Option<String>,
}

impl Returns {
    /// Where a recipient's browser goes: their own addresses come before those of all, and where one is missing, the
    /// one for after the act serves.
    pub fn or(&self, of_all: &Self) -> Self {
        let first = |own: &Option<String>, common: &Option<String>| {
            [own, &self.done, common, &of_all.done].into_iter().flatten().next().cloned()
        };
        Self {
            done: first(&self.done, &of_all.done),
            declined: first(&self.declined, &of_all.declined),
            failed: first(&self.failed, &of_all.failed),
        }
    }
}

impl Default for RecipientDraft {
    fn default() -> Self {
        Self {
            name: Personal::default(),
            email: Personal::default(),
            role: Role::Signer,
            step: 1,
            language: "en".to_owned(),
            phone: Personal::default(),
            authentication: Vec::new(),
            placeholder: None,
            optional: false,
            host: None,
            witness_of: None,
            mandate: None,
            arrival: Arrival::Mail,
            notice: Notice::default(),
            time_zone: None,
        }
    }
}

impl RecipientDraft {
    /// Whether they act inside another application's pages.
    pub fn is_embedded(&self) -> bool {
        matches!(self.arrival, Arrival::Embedded(_))
    }

    /// Whether their invitation is mailed.
    pub fn is_mailed(&self) -> bool {
        match &self.arrival {
            Arrival::Mail => true,
            // The program asked for the link and for its being mailed.
            Arrival::Handed => self.method(MethodKind::EmailLink).is_some(),
            Arrival::Embedded(embedding) => embedding.mail,
        }
    }

    /// Whether it is a role without a person yet.
    pub fn is_vacant(&self) -> bool {
        self.placeholder.is_some()
    }

    /// The methods that their page asks for, in order: the chain without what is passed by arriving.
    pub fn asked_methods(&self) -> impl Iterator<Item = &Method> {
        self.authentication.iter().filter(|method| !method.kind().is_arrival())
    }

    /// Their method of this kind.
    pub fn method(&self, kind: MethodKind) -> Option<&Method> {
        self.authentication.iter().find(|method| method.kind() == kind)
    }
}

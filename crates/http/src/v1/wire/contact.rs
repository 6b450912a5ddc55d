//! Contacts on the wire.

use serde::{Deserialize, Serialize};
use service::contacts::{ContactChange, ContactPage, KnownContact};
use service::envelope::Contact;
use utoipa::ToSchema;

/// Somebody for the address book.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactRequest {
    /// Their name.
    name: String,
    /// Their e-mail address; there is one contact of each.
    email: String,
    /// Their telephone in the international form, like `+33612345678`. A recipient with this address and no telephone
    /// takes it.
    #[serde(default)]
    phone: String,
    /// Language of their pages and mails; `en` where it is left out.
    #[serde(default = "english")]
    language: String,
    /// Where they work.
    #[serde(default)]
    company: String,
    /// What they are there.
    #[serde(default)]
    title: String,
    /// With a desk session only: in the address book of tests. A key uses that of its own mode.
    pub(crate) test: Option<bool>,
}

fn english() -> String {
    "en".to_owned()
}

impl From<ContactRequest> for Contact {
    fn from(it: ContactRequest) -> Self {
        let ContactRequest { name, email, phone, language, company, title, test: _ } = it;
        Self { name, email, phone, language, company, title }
    }
}

/// What is to be different in a contact.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactPatch {
    /// Their name.
    name: Option<String>,
    /// Their e-mail address.
    email: Option<String>,
    /// Their telephone; an empty text takes it away.
    phone: Option<String>,
    /// Language of their pages and mails.
    language: Option<String>,
    /// Where they work.
    company: Option<String>,
    /// What they are there.
    title: Option<String>,
}

impl From<ContactPatch> for ContactChange {
    fn from(it: ContactPatch) -> Self {
        let ContactPatch { name, email, phone, language, company, title } = it;
        Self { name, email, phone, language, company, title }
    }
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ContactAnswer {
    id: String,
    name: String,
    email: String,
    phone: String,
    language: String,
    company: String,
    title: String,
    /// It stands in the address book of tests.
    test: bool,
    created_at: String,
    updated_at: String,
}

impl From<KnownContact> for ContactAnswer {
    fn from(known: KnownContact) -> Self {
        let Contact { name, email, phone, language, company, title } = known.contact;
        Self {
            id: known.id,
            name,
            email,
            phone,
            language,
            company,
            title,
            test: known.test,
            created_at: known.created_at.to_string(),
            updated_at: known.updated_at.to_string(),
        }
    }
}

/// A page of the address book.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct ContactList {
    items: Vec<ContactAnswer>,
    /// For the next page; none after the last one.
    next_cursor: Option<String>,
}

impl From<ContactPage> for ContactList {
    fn from(page: ContactPage) -> Self {
        Self { items: page.items.into_iter().map(Into::into).collect(), next_cursor: page.next_cursor }
    }
}

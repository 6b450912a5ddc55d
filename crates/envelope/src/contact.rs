//! Somebody whom a sender knows, and what a draft takes from that.

use crate::commands::draft_findings::{is_email, language, text};
use crate::commands::draft_recipients::phone;
use crate::commands::replace_recipient::ReplaceRecipient;
use crate::model::recipient::RecipientDraft;
use crate::refusal::Finding;

/// Somebody in a sender's address book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Their e-mail address, by which they are found.
    pub email: String,
    /// Their telephone, E.164; empty where none is known.
    pub phone: String,
    /// Language of their pages and mails.
    pub language: String,
    /// Where they work; may be empty.
    pub company: String,
    /// What they are there; may be empty.
    pub title: String,
}

impl Contact {
    /// What is wrong with them: what they have in common with a recipient is held to the same.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for (value, key) in [(&self.name, "name"), (&self.company, "company"), (&self.title, "title")] {
            text(value, format!("/{key}"), &mut found);
        }
        if self.name.trim().is_empty() {
            found.push(Finding::new("/name", "name_missing", "Write the person's name."));
        }
        if !is_email(&self.email) {
            found.push(Finding::new(
                "/email",
                "email_malformed",
                "The e-mail address is not one; write it like name@example.org.",
            ));
        }
        phone(&self.phone, "/phone".into(), &mut found);
        language(&self.language, "/language".into(), &mut found);
        found
    }
}

impl RecipientDraft {
    /// The address under which a recipient's telephone is looked for: a person without a number of their own takes
    /// the contact's. `None` for everybody else.
    pub fn phone_is_sought_by(&self) -> Option<&str> {
        phone_is_sought_by(self.email.text(), self.phone.text()).filter(|_| !self.is_vacant())
    }
}

impl ReplaceRecipient {
    /// As for a recipient of a draft: who comes into a place later takes the contact's telephone as well.
    pub fn phone_is_sought_by(&self) -> Option<&str> {
        phone_is_sought_by(&self.email, &self.phone)
    }
}

fn phone_is_sought_by<'e>(email: &'e str, phone: &str) -> Option<&'e str> {
    Some(email.trim()).filter(|address| phone.trim().is_empty() && !address.is_empty())
}

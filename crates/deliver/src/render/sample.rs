//! What a preview shows instead of real people.

use super::catalog::catalog;
use super::context::Context;
use super::kind::Kind;

impl Context {
    /// Invented values for a mail of this kind, in its language. `address` is what our own addresses begin with.
    pub fn sample(kind: Kind, language: &str, organization: &str, address: &str) -> Self {
        let sample = &catalog(language).1.sample;
        let to_sender = kind.key().ends_with("_sender") || kind == Kind::SignIn;
        let (reader, other) = (sample.recipient.as_str(), sample.sender.as_str());
        Self {
            name: if to_sender { other } else { reader }.to_owned(),
            sender: other.to_owned(),
            sender_email: "sender@example.org".to_owned(),
            organization: organization.to_owned(),
            title: sample.title.clone(),
            documents: vec![sample.title.clone(), sample.second_document.clone()],
            message: sample.message.clone(),
            person: if to_sender { reader.to_owned() } else { sample.person.clone() },
            link: format!("{address}/s/0000"),
            until: "2030-12-31 23:59 UTC".to_owned(),
            code: "123 456 789".to_owned(),
            ..Self::default()
        }
    }
}

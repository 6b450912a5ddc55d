//! What drafts begin with where they say nothing themselves.
//!
//! A draft takes them when it is made, and from then on they are its own: they stand in its first event, and a later
//! change of the defaults changes nothing in it. What is to be right stands in the rules of drafts alone: defaults are
//! right where a draft of nothing but them is.

use super::{Settler, refuse};
use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use envelope::commands::create::CreateEnvelope;
use envelope::{
    Command, Context, Draft, Expiry, Finding, MailWishes, Refusal, Reminders, Returns, Rules, Sender, decide,
};
use serde::{Deserialize, Serialize};
use store::draft_defaults;

/// Days that an envelope lives where nobody says anything.
const DAYS: u16 = 30;

/// What drafts begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Defaults {
    /// Rules that differ from sender to sender.
    pub rules: Rules,
    /// When recipients are reminded.
    pub reminders: Reminders,
    /// An envelope expires at the end of the day that is so many days after sending.
    pub expires_in_days: u16,
    /// The sender's own mails; see [`MailWishes::to_sender`].
    pub to_sender: Option<bool>,
    /// The finished documents come with the last mail; see [`MailWishes::attach_documents`].
    pub attach_documents: bool,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            rules: Rules::default(),
            reminders: Reminders::default(),
            expires_in_days: DAYS,
            to_sender: None,
            attach_documents: false,
        }
    }
}

impl Defaults {
    /// A draft of nothing but them.
    fn draft(&self) -> Draft {
        Draft {
            title: String::new(),
            message: String::new().into(),
            documents: Vec::new(),
            recipients: Vec::new(),
            fields: Vec::new(),
            groups: Vec::new(),
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            expiry: Expiry::Days(self.expires_in_days),
            rules: self.rules.clone(),
            frame_origins: Vec::new(),
            reminders: self.reminders.clone(),
            step_limits: Vec::new(),
            mails: MailWishes {
                to_sender: self.to_sender,
                attach_documents: self.attach_documents,
                ..MailWishes::default()
            },
            returns: Returns::default(),
        }
    }

    /// What the rules of drafts find wrong with them.
    fn findings(&self, context: &Context) -> Vec<Finding> {
        let sender = Sender { user: String::new(), name: String::new().into(), email: String::new().into() };
        let create = Command::Create(CreateEnvelope { sender, test: true, draft: self.draft() });
        match decide(None, &create, context) {
            Err(Refusal::Invalid(found)) => found,
            _ => Vec::new(),
        }
    }
}

impl Service {
    /// What drafts of a tenant begin with.
    pub async fn draft_defaults(&self, tenant: &str) -> Result<Defaults, Error> {
        let wishes = self
            .store()
            .read(move |tx| Box::pin(draft_defaults::find(tx, tenant)))
            .await
            .map_err(Error::Fault)?;
        wishes.map_or_else(|| Ok(Defaults::default()), |it| serde_json::from_str(&it).map_err(Error::fault))
    }

    /// Sets it, for drafts that are made from now on.
    pub async fn set_draft_defaults(
        &self,
        settler: Settler<'_>,
        defaults: &Defaults,
    ) -> Result<Defaults, Error> {
        settler.may_change()?;
        refuse(defaults.findings(&Context::at(self.now())))?;
        let wishes = serde_json::to_string(defaults).map_err(Error::fault)?;
        let (wishes, now) = (wishes.as_str(), to_micros(self.now()));
        self.store()
            .write(move |tx| Box::pin(draft_defaults::put(tx, settler.tenant, wishes, now)))
            .await
            .map_err(Error::Fault)?;
        self.draft_defaults(settler.tenant).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use envelope::Part11;

    fn codes(defaults: &Defaults) -> Vec<&'static str> {
        let at = Context::at("2026-11-01T12:00:00Z".parse().expect("a time"));
        defaults.findings(&at).iter().map(|it| it.code).collect()
    }

    #[test]
    fn defaults_are_right_where_a_draft_of_them_is() {
        let days = |expires_in_days| Defaults { expires_in_days, ..Defaults::default() };
        let none: [&str; 0] = [];
        assert_eq!(codes(&Defaults::default()), none);
        assert_eq!((codes(&days(365)), codes(&days(366))), (none.to_vec(), vec!["expiry_malformed"]));
        let rules = Rules { part_11: Some(Part11::default()), factors_min: 9, ..Rules::default() };
        let reminders = Reminders { hour: Some(24), ..Reminders::default() };
        let wrong = Defaults { rules, reminders, ..Defaults::default() };
        assert_eq!(codes(&wrong), ["hour_malformed", "factors_malformed", "meanings_malformed"]);
    }

    #[test]
    fn what_was_kept_by_a_program_that_knew_less_is_read() {
        assert_eq!(serde_json::from_str::<Defaults>("{}").expect("it reads"), Defaults::default());
    }
}

//! What a tenant sets for itself: the words that recipients agree to, the words of mails, what drafts begin with.
//!
//! Whoever works for the tenant may read it. It holds for test envelopes and for those in earnest alike, so that a key
//! of test envelopes, which can do no harm elsewhere, cannot change it.

mod consent;
mod defaults;
mod mails;

pub use consent::{ConsentSetting, ConsentVersion};
pub use defaults::Defaults;
pub use mails::{MailListed, MailSetting};

use crate::error::{Class, Error};
use crate::server::Mode;
use envelope::{Actor, Finding, LANGUAGES, Refusal};

/// Who reads or changes the settings.
#[derive(Clone, Copy, Debug)]
pub struct Settler<'a> {
    /// The tenant.
    pub tenant: &'a str,
    /// The key's mode; none at the desk.
    pub mode: Option<Mode>,
    /// Who it is.
    pub actor: &'a Actor,
}

impl Settler<'_> {
    fn may_change(&self) -> Result<(), Error> {
        if self.mode == Some(Mode::Test) {
            return Err(Error::Wrong {
                class: Class::Forbidden,
                code: "settings_of_a_test_key",
                sentence:
                    "Settings hold for envelopes in earnest too; change them at the desk or with a live key."
                        .to_owned(),
            });
        }
        Ok(())
    }

    /// Their id, as it is kept beside what they changed.
    fn id(&self) -> &str {
        match self.actor {
            Actor::User { user, .. } => user,
            Actor::ApiKey { key, .. } => key,
            Actor::EditLink { .. } | Actor::Recipient { .. } | Actor::System => "",
        }
    }
}

/// The language, where there are words in it.
fn language(tag: &str) -> Result<&'static str, Error> {
    LANGUAGES.into_iter().find(|it| *it == tag).ok_or(Error::NotFound { what: "language" })
}

fn refuse(found: Vec<Finding>) -> Result<(), Error> {
    if found.is_empty() { Ok(()) } else { Err(Refusal::Invalid(found).into()) }
}

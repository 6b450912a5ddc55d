//! The words of the audit trail, one set per language.

use super::{english, french};
use envelope::{Delivery, Outcome, Role, Status};

/// A set of words.
pub(crate) struct Words {
    pub(crate) language: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) introduction: &'static str,
    pub(crate) test: &'static str,
    pub(crate) title: &'static str,
    pub(crate) id: &'static str,
    pub(crate) status: &'static str,
    pub(crate) sender: &'static str,
    pub(crate) tenant: &'static str,
    pub(crate) time_zone: &'static str,
    pub(crate) documents: &'static str,
    pub(crate) document: &'static str,
    /// In the place of the title of a document that not everybody sees.
    pub(crate) title_withheld: &'static str,
    pub(crate) uploaded: &'static str,
    pub(crate) rewritten: &'static str,
    pub(crate) prepared: &'static str,
    /// After the act of `{name}`.
    pub(crate) acted: &'static str,
    /// After what `{name}` filled in.
    pub(crate) filled: &'static str,
    pub(crate) sealed: &'static str,
    pub(crate) recipients: &'static str,
    pub(crate) recipient: &'static str,
    pub(crate) role: &'static str,
    /// In the order of [`Role::ALL`].
    pub(super) roles: [&'static str; 9],
    pub(crate) optional: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) nothing_asked: &'static str,
    pub(crate) arrived: &'static str,
    pub(crate) email_link: &'static str,
    pub(crate) handed_link: &'static str,
    pub(crate) host: &'static str,
    pub(crate) custom: &'static str,
    pub(crate) nobody_came: &'static str,
    pub(crate) proved: &'static str,
    pub(crate) nothing_proved: &'static str,
    pub(crate) code_to: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) unlocked: &'static str,
    pub(crate) consented: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) consent_version: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) did: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) certificate: &'static str,
    pub(crate) mandate: &'static str,
    pub(crate) witness_of: &'static str,
    pub(crate) on_device_of: &'static str,
    pub(crate) named_by_application: &'static str,
    pub(crate) earlier: &'static str,
    pub(crate) delegated: &'static str,
    pub(crate) delegation_refused: &'static str,
    pub(crate) last_mail: &'static str,
    pub(super) deliveries: [&'static str; 2],
    pub(crate) consent_heading: &'static str,
    /// `{version}` of the text, and `{names}` of those who agreed to it.
    pub(crate) consent_by: &'static str,
    pub(crate) consent_lost: &'static str,
    pub(crate) events: &'static str,
    pub(crate) user: &'static str,
    pub(crate) program: &'static str,
    pub(crate) edit_link: &'static str,
    pub(crate) server: &'static str,
    pub(crate) by: &'static str,
    pub(crate) address: &'static str,
    pub(crate) browser: &'static str,
    pub(crate) chain: &'static str,
    pub(crate) chain_told: &'static str,
    pub(crate) chain_first: &'static str,
    pub(crate) chain_last: &'static str,
    pub(crate) page: &'static str,
    pub(super) outcomes: [&'static str; 5],
    pub(super) parts: [&'static str; 9],
}

impl Words {
    /// The words of a language; English where it is not complete.
    pub(crate) fn of(language: &str) -> &'static Self {
        if language == "fr" { &french::WORDS } else { &english::WORDS }
    }

    pub(crate) fn outcome(&self, status: &Status) -> &'static str {
        let at = match status {
            Status::Ended(ending) => match ending.outcome {
                Outcome::Completed => 0,
                Outcome::Declined { .. } => 1,
                Outcome::Cancelled => 2,
                Outcome::Expired => 3,
            },
            _ => 4,
        };
        self.outcomes[at]
    }

    /// What became of a mail.
    pub(crate) fn delivery(&self, delivery: Delivery) -> &'static str {
        match delivery {
            Delivery::Accepted => self.deliveries[0],
            Delivery::Refused => self.deliveries[1],
        }
    }

    /// What part somebody plays.
    pub(crate) fn role(&self, role: Role) -> &'static str {
        let at = Role::ALL.iter().position(|it| *it == role);
        at.and_then(|at| self.roles.get(at)).copied().unwrap_or_default()
    }

    /// How far a recipient came, from the word of the API; `receives` is for those who only receive.
    pub(crate) fn part(&self, word: &str, receives: bool) -> &'static str {
        match word {
            "signed" => self.parts[0],
            "declined" => self.parts[1],
            _ if receives => self.parts[2],
            "filled" => self.parts[3],
            "approved" => self.parts[4],
            "viewed" => self.parts[5],
            "released" => self.parts[6],
            "removed" => self.parts[7],
            _ => self.parts[8],
        }
    }
}

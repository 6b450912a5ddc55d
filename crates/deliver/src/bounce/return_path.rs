//! An address of its own for each mail to come back to (variable envelope return path).

use super::name;
use super::settings::BounceSettingsError;

/// Characters before the `@` of the configured address: RFC 5321 4.5.3.1.1 allows 64, and a name of ours takes 36.
pub(super) const LONGEST: usize = 24;

/// The configured address, in two halves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReturnPath {
    mailbox: String,
    domain: String,
}

impl ReturnPath {
    pub(super) fn read(address: &str) -> Result<Self, BounceSettingsError> {
        let (mailbox, domain) = address.trim().split_once('@').ok_or(BounceSettingsError::ReturnPath)?;
        let plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b".-_".contains(&it))
        };
        if mailbox.len() > LONGEST || !plain(mailbox) || !plain(domain) {
            return Err(BounceSettingsError::ReturnPath);
        }
        Ok(Self { mailbox: mailbox.to_ascii_lowercase(), domain: domain.to_ascii_lowercase() })
    }

    /// The address to which the mail of this name comes back.
    pub(super) fn of(&self, name: &str) -> String {
        format!("{}+{name}@{}", self.mailbox, self.domain)
    }

    /// The name of the mail that came back to an address.
    pub(super) fn name(&self, address: &str) -> Option<String> {
        let (local, domain) = address.rsplit_once('@')?;
        let (mailbox, name) = local.split_once('+')?;
        let ours = mailbox.eq_ignore_ascii_case(&self.mailbox) && domain.eq_ignore_ascii_case(&self.domain);
        (ours && name::is_name(name)).then(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_comes_back_to_an_address_that_names_it() {
        let path = ReturnPath::read("Bounces@Sign.example.org").unwrap();
        assert_eq!(path.of("job_1"), "bounces+job_1@sign.example.org");
        assert_eq!(path.name("bounces+job_1@sign.example.org").as_deref(), Some("job_1"));
        assert_eq!(path.name("BOUNCES+job_1@SIGN.example.org").as_deref(), Some("job_1"));
        for other in [
            "bounces@sign.example.org",
            "x+job_1@sign.example.org",
            "bounces+job_1@x.org",
            "bounces+@sign.example.org",
            "",
        ] {
            assert_eq!(path.name(other), None, "{other}");
        }
    }

    #[test]
    fn twenty_four_characters_leave_room_for_a_name_and_one_more_does_not() {
        assert!(ReturnPath::read(&format!("{}@example.org", "b".repeat(24))).is_ok());
        for wrong in
            [format!("{}@example.org", "b".repeat(25)), "b".into(), "@x".into(), "b@".into(), "b c@x".into()]
        {
            assert_eq!(ReturnPath::read(&wrong), Err(BounceSettingsError::ReturnPath), "{wrong}");
        }
    }
}

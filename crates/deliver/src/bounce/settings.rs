//! How it is known who reports, and where mails come back to.

use super::return_path::LONGEST;
use crate::settings::Password;
use serde::Deserialize;
use std::fmt;

/// How it is known who reports, and where mails come back to. What is left out is not used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BounceSettings {
    /// The address that mails come back to, such as `bounces@example.org`. Each mail has its own below it,
    /// `bounces+NAME@example.org`, so the server behind it has to know such addresses; where it is left out, mails
    /// come back to where they come from.
    pub return_path: Option<String>,
    /// What who posts notifications to `/hooks/mail/dsn` shows.
    pub dsn_secret: Option<Password>,
    /// The password in the address that Postmark calls.
    pub postmark_secret: Option<Password>,
    /// Mailgun's HTTP webhook signing key.
    pub mailgun_signing_key: Option<Password>,
    /// SendGrid's verification key of the signed event webhook, as it is shown there (Base64).
    pub sendgrid_public_key: Option<String>,
}

impl BounceSettings {
    /// The names of those that are set, as the configuration in force is shown.
    pub fn shown(&self) -> serde_json::Value {
        serde_json::json!({
            "return_path": self.return_path, "dsn": self.dsn_secret.is_some(),
            "postmark": self.postmark_secret.is_some(), "mailgun": self.mailgun_signing_key.is_some(),
            "sendgrid": self.sendgrid_public_key.is_some(),
        })
    }
}

/// Why no report can be read with these settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BounceSettingsError {
    /// The return path is no address, or too long to carry the name of a mail.
    ReturnPath,
    /// SendGrid's key is not one.
    PublicKey,
}

impl fmt::Display for BounceSettingsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReturnPath => write!(
                out,
                "return_path has to be an address like bounces@example.org, with at most {LONGEST} letters, digits, dots \
                 and hyphens before the @"
            ),
            Self::PublicKey => out.write_str(
                "sendgrid_public_key has to be the verification key as SendGrid shows it, in Base64",
            ),
        }
    }
}

impl std::error::Error for BounceSettingsError {}

//! Mails that come back: delivery status notifications, and the webhooks of providers of mail.
//!
//! [`Bounces`] marks a mail so that whatever comes back names it, and reads what comes back. It vouches for two things:
//! who says it (a secret, a signature), and which mail it speaks of. Whether there is such a mail, and what follows, is
//! decided elsewhere. Nothing of a report is kept or logged.
//!
//! To add one more provider: a variant in [`BounceSource`], a file beside `postmark.rs` that reads its webhook, and a
//! key in [`BounceSettings`].

mod dsn;
mod mailgun;
mod name;
mod postmark;
mod return_path;
mod sendgrid;
mod settings;

pub use settings::{BounceSettings, BounceSettingsError};

use crate::channel::Callback;
use crate::message::Message;
use crate::settings::Password;
use aws_lc_rs::constant_time;
use return_path::ReturnPath;
use std::fmt;

/// Bytes of a report that are read at most.
pub const REPORT_BYTES_MAX: usize = 10 << 20;

/// Who reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BounceSource {
    /// Our own mail server, which passes on the notifications that it gets (RFC 3464).
    Dsn,
    /// Postmark.
    Postmark,
    /// Mailgun.
    Mailgun,
    /// Twilio SendGrid.
    SendGrid,
}

impl BounceSource {
    /// From the word in its address.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "dsn" => Self::Dsn,
            "postmark" => Self::Postmark,
            "mailgun" => Self::Mailgun,
            "sendgrid" => Self::SendGrid,
            _ => return None,
        })
    }
}

/// What is said of one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BounceReport {
    /// What the mail may be called, the likeliest first: what stands before the `@` of its Message-ID.
    pub names: Vec<String>,
    /// It will never arrive. Else it may yet, or it did.
    pub failed: bool,
    /// The status (RFC 3463), such as `5.1.1`.
    pub status: String,
}

/// Why a report was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BounceFault {
    /// No secret is configured by which this source could be known.
    NotConfigured,
    /// It does not come from there: the secret or the signature is another one, or too old.
    NotAuthentic,
    /// It comes from there, or from the operator, and is no report of a mail.
    NotUnderstood,
    /// It is longer than [`REPORT_BYTES_MAX`].
    TooLarge,
}

impl BounceFault {
    /// A stable word for logs and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotConfigured => "bounces_not_configured",
            Self::NotAuthentic => "bounce_not_authentic",
            Self::NotUnderstood => "bounce_not_understood",
            Self::TooLarge => "bounce_too_large",
        }
    }
}

impl fmt::Display for BounceFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotConfigured => {
                "This server takes no reports from there; set the secret for it in the section bounces of the configuration."
            }
            Self::NotAuthentic => {
                "This report does not come from the provider of the configuration; check the secret on both sides."
            }
            Self::NotUnderstood => {
                "This is no report of a mail that came back; send a delivery status notification (RFC 3464) as it arrived."
            }
            Self::TooLarge => "A report of more than 10 MB is not read; send it without what is attached to it.",
        })
    }
}

impl std::error::Error for BounceFault {}

/// Marks what leaves, and reads what comes back. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Bounces {
    settings: BounceSettings,
    return_path: Option<ReturnPath>,
}

impl Bounces {
    /// Makes ready what is needed.
    ///
    /// # Errors
    /// See [`BounceSettingsError`].
    pub fn new(settings: &BounceSettings) -> Result<Self, BounceSettingsError> {
        let return_path = settings.return_path.as_deref().map(ReturnPath::read).transpose()?;
        if let Some(key) = &settings.sendgrid_public_key {
            sendgrid::public_key(key).ok_or(BounceSettingsError::PublicKey)?;
        }
        Ok(Self { settings: settings.clone(), return_path })
    }

    /// Lets whatever comes back name the mail: by the address that it comes back to, and by a header of its provider's.
    pub fn mark(&self, message: &mut Message) {
        let Some(name) = name::of_message_id(&message.id) else { return };
        if let Some(path) = &self.return_path {
            message.return_path = path.of(&name);
        }
        if self.settings.postmark_secret.is_some() {
            message.headers.push((postmark::HEADER, name.clone()));
        }
        if self.settings.sendgrid_public_key.is_some() {
            message.headers.push((sendgrid::HEADER, sendgrid::header(&name)));
        }
    }

    /// Reads a notification that the operator vouches for.
    ///
    /// # Errors
    /// [`BounceFault`]: it cannot be read.
    pub fn notification(&self, message: &[u8]) -> Result<BounceReport, BounceFault> {
        if message.len() > REPORT_BYTES_MAX {
            return Err(BounceFault::TooLarge);
        }
        dsn::read(message, self.return_path.as_ref())
    }

    /// Whether what a source posts is worth reading: it is configured, and who posts shows the secret, where the secret
    /// is all that they show.
    ///
    /// # Errors
    /// [`BounceFault::NotConfigured`], [`BounceFault::NotAuthentic`].
    pub fn admits(&self, source: BounceSource, headers: &[(String, String)]) -> Result<(), BounceFault> {
        let settings = &self.settings;
        let callback = Callback { url: "", headers, body: &[] };
        match source {
            BounceSource::Dsn => is_by_password(&callback, known(settings.dsn_secret.as_ref())?),
            BounceSource::Postmark => is_by_password(&callback, known(settings.postmark_secret.as_ref())?),
            BounceSource::Mailgun => known(settings.mailgun_signing_key.as_ref()).map(drop),
            BounceSource::SendGrid => {
                settings.sendgrid_public_key.as_ref().map(drop).ok_or(BounceFault::NotConfigured)
            }
        }
    }

    /// Reads a request that claims to come from a source, at `now_s` seconds since 1970. What speaks of other things
    /// than mails that came back gives nothing.
    ///
    /// # Errors
    /// [`BounceFault`]: it is not the source's, or cannot be read.
    pub fn webhook(
        &self,
        source: BounceSource,
        callback: &Callback<'_>,
        now_s: i64,
    ) -> Result<Vec<BounceReport>, BounceFault> {
        if callback.body.len() > REPORT_BYTES_MAX {
            return Err(BounceFault::TooLarge);
        }
        self.admits(source, callback.headers)?;
        match source {
            BounceSource::Dsn => self.notification(callback.body).map(|report| vec![report]),
            BounceSource::Postmark => postmark::read(callback.body),
            BounceSource::Mailgun => {
                let key = known(self.settings.mailgun_signing_key.as_ref())?;
                mailgun::read(callback.body, key, now_s)
            }
            BounceSource::SendGrid => {
                let key = self.settings.sendgrid_public_key.as_deref().ok_or(BounceFault::NotConfigured)?;
                sendgrid::read(callback, key)
            }
        }
    }
}

/// An empty secret is none: nobody is trusted, rather than everybody.
fn known(secret: Option<&Password>) -> Result<&Password, BounceFault> {
    secret.filter(|it| !it.reveal().is_empty()).ok_or(BounceFault::NotConfigured)
}

/// The secret comes as a bearer token, or as the password of a log-in (RFC 7617) under any name.
fn is_by_password(callback: &Callback<'_>, secret: &Password) -> Result<(), BounceFault> {
    use base64::Engine as _;
    let said = callback.header("authorization").ok_or(BounceFault::NotAuthentic)?;
    let (scheme, said) = said.split_once(' ').ok_or(BounceFault::NotAuthentic)?;
    let said = if scheme.eq_ignore_ascii_case("bearer") {
        said.trim().as_bytes().to_vec()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let log_in = base64::engine::general_purpose::STANDARD.decode(said.trim()).unwrap_or_default();
        log_in.splitn(2, |byte| *byte == b':').nth(1).unwrap_or_default().to_vec()
    } else {
        return Err(BounceFault::NotAuthentic);
    };
    constant_time::verify_slices_are_equal(&said, secret.reveal().as_bytes())
        .map_err(|_| BounceFault::NotAuthentic)
}

//! How the mail server is reached.

use serde::Deserialize;
use std::fmt;

/// How the mail server is reached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// Host name, which its certificate has to carry.
    pub host: String,
    /// Port; 465 for `tls`, 587 for `starttls`, 25 for `none` where it is not given.
    #[serde(default)]
    pub port: Option<u16>,
    /// Encryption; `tls` where it is not given.
    #[serde(default)]
    pub encryption: Encryption,
    /// User name, where the server wants one.
    #[serde(default)]
    pub username: Option<String>,
    /// Password, where the server wants one.
    #[serde(default)]
    pub password: Option<Password>,
    /// Certificates of further authorities to trust, PEM, one after another.
    #[serde(default)]
    pub authorities_pem: Option<String>,
    /// What we call ourselves to the server; a host name.
    #[serde(default)]
    pub hello_name: Option<String>,
    /// Seconds that a message may take, from the connection to the server's last word.
    #[serde(default = "thirty")]
    pub timeout_s: u64,
    /// Connections kept open for the next message.
    #[serde(default = "four")]
    pub connections: u32,
}

fn thirty() -> u64 {
    30
}

fn four() -> u32 {
    4
}

impl SmtpSettings {
    /// A server by its name, everything else as it is where nothing is configured.
    pub fn new(host: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            port: None,
            encryption: Encryption::default(),
            username: None,
            password: None,
            authorities_pem: None,
            hello_name: None,
            timeout_s: thirty(),
            connections: four(),
        }
    }

    /// The port in force.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.encryption {
            Encryption::Tls => 465,
            Encryption::StartTls => 587,
            Encryption::None => 25,
        })
    }
}

/// How the connection is encrypted. There is no "if the server can": whoever sits between us and the server would say
/// that it cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// From the first byte (RFC 8314 3).
    #[default]
    Tls,
    /// Asked for after the greeting, and required (RFC 3207).
    StartTls,
    /// None, because somebody wrote so: a server on the same machine.
    None,
}

/// A password that shows itself to nobody.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// From its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Password(…)")
    }
}

/// Why no mail server can be used with these settings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SettingsError {
    /// The host is empty.
    NoHost,
    /// Only one of user name and password is given.
    HalfALogIn,
    /// A password would cross the network readable. Use `tls` or `starttls`, or leave the password out.
    PasswordInTheClear,
    /// The certificates of further authorities cannot be read, or the system's own cannot.
    Authorities,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoHost => "the mail server has no host name",
            Self::HalfALogIn => "the mail server needs both a user name and a password, or neither",
            Self::PasswordInTheClear => {
                "a password is not sent without encryption; set encryption to tls or starttls"
            }
            Self::Authorities => "the certificates of the authorities to trust cannot be read",
        })
    }
}

impl std::error::Error for SettingsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_configured_is_encrypted_and_has_its_usual_port() {
        let settings: SmtpSettings = serde_json::from_str(r#"{"host": "mail.example.org"}"#).unwrap();
        assert_eq!(settings, SmtpSettings::new("mail.example.org"));
        assert_eq!((settings.encryption, settings.port()), (Encryption::Tls, 465));
        let settings: SmtpSettings =
            serde_json::from_str(r#"{"host": "m", "encryption": "starttls"}"#).unwrap();
        assert_eq!(settings.port(), 587);
        let settings: SmtpSettings = serde_json::from_str(r#"{"host": "m", "encryption": "none"}"#).unwrap();
        assert_eq!(settings.port(), 25);
        assert!(serde_json::from_str::<SmtpSettings>(r#"{"host": "m", "tls": false}"#).is_err());
    }

    #[test]
    fn a_password_shows_itself_to_nobody() {
        let settings = SmtpSettings { password: Some(Password::new("hunter2")), ..SmtpSettings::new("m") };
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}

//! Why a message did not leave.

use std::error::Error as _;
use std::fmt;

/// A status code of RFC 3463 (`5.1.1`), which says what a reply code is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnhancedStatus {
    /// What it is about: 1 the address, 2 the mailbox, 7 what is allowed.
    pub subject: u16,
    /// What of it.
    pub detail: u16,
}

impl EnhancedStatus {
    /// The one that a server's words for "never" begin with.
    fn leading(words: &str) -> Option<Self> {
        let mut numbers = words.split_whitespace().next()?.strip_prefix("5.")?.split('.');
        let mut next = || numbers.next().filter(|it| it.len() <= 3)?.parse().ok();
        let status = Self { subject: next()?, detail: next()? };
        numbers.next().is_none().then_some(status)
    }

    /// Whether it speaks of who sends, or of what is allowed to them, rather than of the address.
    fn is_of_the_sender(self) -> bool {
        matches!((self.subject, self.detail), (7, _) | (1, 7 | 8))
    }
}

impl fmt::Display for EnhancedStatus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "5.{}.{}", self.subject, self.detail)
    }
}

/// Why a message did not leave. Holds no text of the server's, because servers repeat addresses in theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryFault {
    /// The server said: not now (4xx). Usual cause: greylisting, a full mailbox, too many mails at once.
    NotNow {
        /// Its reply code.
        code: u16,
    },
    /// The server said: never (5xx). Usual cause: the address does not exist.
    Refused {
        /// Its reply code.
        code: u16,
        /// What it says more exactly, where it does.
        status: Option<EnhancedStatus>,
    },
    /// The server did not accept our user name and password. Remedy: correct the configuration; messages wait.
    LogIn,
    /// The server's certificate is not trusted, or the encryption failed. Remedy: correct the server's certificate, or
    /// name its authority in the configuration.
    Untrusted,
    /// The server offers no encryption, and it is required. Remedy: another port, or `encryption = "none"`, said so.
    NotEncrypted,
    /// There was no server, or it went away or stopped answering.
    Unreachable,
    /// No mail can be made of it: an address or the Message-ID is not one, or the server cannot take such an address.
    Unacceptable,
}

impl DeliveryFault {
    /// Whether trying again later can help. What an operator has to put right can be tried again: the messages leave as
    /// soon as it is.
    pub fn again(self) -> bool {
        match self {
            Self::NotNow { .. } | Self::LogIn | Self::Untrusted | Self::NotEncrypted | Self::Unreachable => {
                true
            }
            Self::Refused { .. } | Self::Unacceptable => false,
        }
    }

    /// Whether no mail will ever reach this address from here, whatever an operator does: the address itself was
    /// refused, and not us.
    pub fn is_of_the_address(self) -> bool {
        match self {
            Self::Refused { status, .. } => !status.is_some_and(EnhancedStatus::is_of_the_sender),
            Self::Unacceptable => true,
            _ => false,
        }
    }

    /// The server's codes, such as `550 5.1.1`, where it refused the message.
    pub fn reply(self) -> Option<String> {
        match self {
            Self::Refused { code, status: Some(status) } => Some(format!("{code} {status}")),
            Self::Refused { code, status: None } => Some(code.to_string()),
            _ => None,
        }
    }

    /// A stable word for logs and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotNow { .. } => "mail_not_now",
            Self::Refused { .. } => "mail_refused",
            Self::LogIn => "mail_log_in",
            Self::Untrusted => "mail_untrusted",
            Self::NotEncrypted => "mail_not_encrypted",
            Self::Unreachable => "mail_unreachable",
            Self::Unacceptable => "mail_unacceptable",
        }
    }

    pub(crate) fn of(error: &lettre::transport::smtp::Error) -> Self {
        if let Some(code) = error.status() {
            let code = u16::from(code);
            return match code {
                // RFC 4954 6: authentication required, too weak, wrong, or not without encryption. They speak of us and
                // not of this message.
                530 | 534 | 535 | 538 => Self::LogIn,
                500.. => {
                    let words = error.source().map(ToString::to_string).unwrap_or_default();
                    Self::Refused { code, status: EnhancedStatus::leading(&words) }
                }
                _ => Self::NotNow { code },
            };
        }
        if error.is_tls() || is_handshake(error) {
            return Self::Untrusted;
        }
        if error.is_client() {
            // The library tells these apart by their words alone.
            let words = error.source().map(ToString::to_string).unwrap_or_default();
            return match () {
                () if words.contains("STARTTLS") => Self::NotEncrypted,
                () if words.contains("authentication") => Self::LogIn,
                () => Self::Unacceptable,
            };
        }
        Self::Unreachable
    }
}

/// rustls reports what is wrong with a handshake as invalid data on the connection.
fn is_handshake(error: &lettre::transport::smtp::Error) -> bool {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::InvalidData;
        }
        source = inner.source();
    }
    false
}

impl fmt::Display for DeliveryFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotNow { code } => write!(out, "the mail server does not take it now ({code})"),
            Self::Refused { code, .. } => write!(out, "the mail server refuses it ({code})"),
            Self::LogIn => out.write_str("the mail server does not accept our user name and password"),
            Self::Untrusted => out.write_str("the mail server's certificate is not trusted"),
            Self::NotEncrypted => out.write_str("the mail server offers no encryption"),
            Self::Unreachable => out.write_str("the mail server cannot be reached"),
            Self::Unacceptable => out.write_str("no mail can be made of this message"),
        }
    }
}

impl std::error::Error for DeliveryFault {}

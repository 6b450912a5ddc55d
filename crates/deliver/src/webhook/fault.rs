//! Why a webhook did not arrive.

use std::fmt;

/// Why a webhook did not arrive, or why its answer was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookFault {
    /// The address is not an `http` or `https` URL with a host, or is longer than 2,048 bytes.
    UrlInvalid,
    /// The address is not `https`, which is required unless the operator allows plain `http`.
    NotHttps,
    /// The address carries a user name or a password, which would end up in logs.
    UrlCredentials,
    /// A header cannot be sent: its name or value has characters that are not allowed.
    HeaderInvalid,
    /// The address leads into a private network or to another place that is not on the public internet.
    AddressRefused,
    /// The host's name is unknown, or its name server did not answer.
    NameUnknown,
    /// There is no server, or it went away.
    Unreachable,
    /// The server's certificate is not trusted, or the encryption failed.
    Untrusted,
    /// The time was over before the answer was whole.
    TimedOut,
    /// The server answered with a redirection, which is never followed. Remedy: subscribe with the final address.
    Redirected,
    /// The server answered with a status that is not 2xx.
    Status,
    /// The server answered that nobody listens there any more (410), and never will.
    Gone,
    /// The answer was longer than 64 KiB and was cut off. Where its status is 2xx, the webhook arrived all the same.
    AnswerTooLong,
}

impl WebhookFault {
    /// Whether trying again later can help. What stands in the address itself does not change.
    pub fn again(self) -> bool {
        !matches!(
            self,
            Self::UrlInvalid | Self::NotHttps | Self::UrlCredentials | Self::HeaderInvalid | Self::Gone
        )
    }

    /// A stable word for logs and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::UrlInvalid => "webhook_url_invalid",
            Self::NotHttps => "webhook_not_https",
            Self::UrlCredentials => "webhook_url_credentials",
            Self::HeaderInvalid => "webhook_header_invalid",
            Self::AddressRefused => "webhook_address_refused",
            Self::NameUnknown => "webhook_name_unknown",
            Self::Unreachable => "webhook_unreachable",
            Self::Untrusted => "webhook_untrusted",
            Self::TimedOut => "webhook_timed_out",
            Self::Redirected => "webhook_redirected",
            Self::Status => "webhook_status",
            Self::Gone => "webhook_gone",
            Self::AnswerTooLong => "webhook_answer_too_long",
        }
    }
}

impl fmt::Display for WebhookFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::UrlInvalid => "the address is not an http or https URL of at most 2,048 bytes",
            Self::NotHttps => "the address has to begin with https://",
            Self::UrlCredentials => "the address must not carry a user name or password",
            Self::HeaderInvalid => "a header has characters that cannot be sent",
            Self::AddressRefused => "the address does not lead to the public internet",
            Self::NameUnknown => "the host's name is unknown",
            Self::Unreachable => "the server cannot be reached",
            Self::Untrusted => "the server's certificate is not trusted",
            Self::TimedOut => "the server did not answer in time",
            Self::Redirected => "the server redirects elsewhere, which is not followed",
            Self::Status => "the server answered with an error",
            Self::Gone => "the server says that nobody listens there any more",
            Self::AnswerTooLong => "the server's answer is longer than 64 KiB and was cut off",
        })
    }
}

impl std::error::Error for WebhookFault {}

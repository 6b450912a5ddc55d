//! Why a short message or call did not leave.

use std::fmt;

/// Why a short message or call did not leave. Holds no text of the provider's, because providers repeat numbers in
/// theirs; `reason` is the provider's own number for it, or the HTTP status where it gave none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelFault {
    /// The provider said: not now (408, 429, 5xx). Usual cause: too many messages at once.
    NotNow {
        /// The provider's number for it.
        reason: u32,
    },
    /// The provider said: no. Usual cause: the number does not exist, or its owner wants no messages.
    Refused {
        /// The provider's number for it.
        reason: u32,
    },
    /// The provider did not accept our account. Remedy: correct the configuration, and have the person ask again.
    LogIn {
        /// The provider's number for it.
        reason: u32,
    },
    /// The provider's certificate is not trusted, or the encryption failed.
    Untrusted,
    /// There was no server, or it went away or stopped answering.
    Unreachable,
    /// The answer is not one of this provider's. Usual cause: the base URL leads to another server. Not tried again,
    /// because the message may have left.
    NotUnderstood,
    /// The provider was redirecting elsewhere, which is never followed: the message would go to who knows whom.
    Redirected,
    /// No request can be made of this message.
    Unacceptable,
    /// This channel does not carry such messages. Remedy: configure it.
    NotConfigured,
}

impl ChannelFault {
    /// Whether trying again later can help.
    pub fn again(self) -> bool {
        match self {
            Self::NotNow { .. } | Self::Untrusted | Self::Unreachable => true,
            Self::Refused { .. }
            | Self::LogIn { .. }
            | Self::NotUnderstood
            | Self::Redirected
            | Self::Unacceptable
            | Self::NotConfigured => false,
        }
    }

    /// A stable word for logs and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotNow { .. } => "channel_not_now",
            Self::Refused { .. } => "channel_refused",
            Self::LogIn { .. } => "channel_log_in",
            Self::Untrusted => "channel_untrusted",
            Self::Unreachable => "channel_unreachable",
            Self::NotUnderstood => "channel_not_understood",
            Self::Redirected => "channel_redirected",
            Self::Unacceptable => "channel_unacceptable",
            Self::NotConfigured => "channel_not_configured",
        }
    }

    /// The provider's number for it, where it gave one.
    pub fn reason(self) -> Option<u32> {
        match self {
            Self::NotNow { reason } | Self::Refused { reason } | Self::LogIn { reason } => Some(reason),
            _ => None,
        }
    }

    /// What a status that is not 2xx means.
    pub(crate) fn of_status(status: u16, reason: Option<u32>) -> Self {
        let reason = reason.unwrap_or_else(|| u32::from(status));
        match status {
            300..=399 => Self::Redirected,
            401 => Self::LogIn { reason },
            408 | 429 | 500.. => Self::NotNow { reason },
            _ => Self::Refused { reason },
        }
    }
}

impl fmt::Display for ChannelFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotNow { .. } => "the provider does not take it now",
            Self::Refused { .. } => "the provider refuses it",
            Self::LogIn { .. } => "the provider does not accept our account",
            Self::Untrusted => "the provider's certificate is not trusted",
            Self::Unreachable => "the provider cannot be reached",
            Self::NotUnderstood => "the answer is not one of this provider's; check the configured URL",
            Self::Redirected => "the provider's address redirects elsewhere; check the configured URL",
            Self::Unacceptable => "no request can be made of this message",
            Self::NotConfigured => "no provider is configured for such messages",
        })
    }
}

impl std::error::Error for ChannelFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_requests_and_errors_of_the_provider_are_tried_again_and_other_refusals_are_not() {
        for (status, code, again) in [
            (301, "channel_redirected", false),
            (400, "channel_refused", false),
            (401, "channel_log_in", false),
            (403, "channel_refused", false),
            (404, "channel_refused", false),
            (408, "channel_not_now", true),
            (429, "channel_not_now", true),
            (499, "channel_refused", false),
            (500, "channel_not_now", true),
            (503, "channel_not_now", true),
        ] {
            let fault = ChannelFault::of_status(status, None);
            assert_eq!((fault.code(), fault.again()), (code, again), "{status}");
        }
        assert_eq!(ChannelFault::of_status(400, Some(21_211)).reason(), Some(21_211));
        assert_eq!(ChannelFault::of_status(400, None).reason(), Some(400));
    }
}

//! How a recipient proves who they are.

use super::personal::Personal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One link of the chain by which a recipient proves who they are, with what has to be known for it. What is
/// secret stands nowhere in an event: `answer` and `pin` name a value that is kept apart, as HMAC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Method {
    /// The link was mailed to their address.
    EmailLink,
    /// A code of nine digits, mailed during the visit.
    EmailCode,
    /// A code of six digits, sent as a text message.
    SmsCode,
    /// A code of six digits, spoken twice in a call.
    VoiceCode,
    /// A question whose answer the sender knows of them.
    Secret {
        /// The question, as it is shown.
        question: Personal,
        /// Names the kept answer; `None` as long as none was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
    },
    /// A number or word that the sender told them by another way.
    Pin {
        /// Names the kept PIN; `None` as long as none was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pin: Option<String>,
    },
    /// The sender's own application signed them in; what it says of that goes into the audit trail.
    Custom {
        /// Name of the application.
        provider: String,
        /// What it says.
        #[serde(default)]
        data: Personal<BTreeMap<String, String>>,
    },
    /// The application in whose frame they act has authenticated them.
    Host {
        /// How that application names them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_user_id: Option<String>,
    },
    /// A code of an authenticator app (RFC 6238), enrolled once and used again.
    Totp,
    /// A passkey (`WebAuthn`), enrolled once and used again.
    Passkey,
    /// They signed in at the tenant's identity provider.
    Oidc {
        /// How the provider names them (`sub`), where the sender knows it; otherwise it is their address that has to be
        /// the same there and here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Personal>,
    },
}

/// A method without what has to be known for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// See [`Method::EmailLink`].
    EmailLink,
    /// See [`Method::EmailCode`].
    EmailCode,
    /// See [`Method::SmsCode`].
    SmsCode,
    /// See [`Method::VoiceCode`].
    VoiceCode,
    /// See [`Method::Secret`].
    Secret,
    /// See [`Method::Pin`].
    Pin,
    /// See [`Method::Custom`].
    Custom,
    /// See [`Method::Host`].
    Host,
    /// See [`Method::Totp`].
    Totp,
    /// See [`Method::Passkey`].
    Passkey,
    /// See [`Method::Oidc`].
    Oidc,
}

impl Method {
    /// Which one it is.
    pub fn kind(&self) -> MethodKind {
        match self {
            Self::EmailLink => MethodKind::EmailLink,
            Self::EmailCode => MethodKind::EmailCode,
            Self::SmsCode => MethodKind::SmsCode,
            Self::VoiceCode => MethodKind::VoiceCode,
            Self::Secret { .. } => MethodKind::Secret,
            Self::Pin { .. } => MethodKind::Pin,
            Self::Custom { .. } => MethodKind::Custom,
            Self::Host { .. } => MethodKind::Host,
            Self::Totp => MethodKind::Totp,
            Self::Passkey => MethodKind::Passkey,
            Self::Oidc { .. } => MethodKind::Oidc,
        }
    }
}

impl MethodKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::EmailLink,
        Self::EmailCode,
        Self::SmsCode,
        Self::VoiceCode,
        Self::Secret,
        Self::Pin,
        Self::Custom,
        Self::Host,
        Self::Totp,
        Self::Passkey,
        Self::Oidc,
    ];

    /// Whether it is passed by the way in which they come, so that the page asks for nothing.
    pub fn is_arrival(self) -> bool {
        matches!(self, Self::EmailLink | Self::Custom | Self::Host)
    }

    /// Whether a code is sent, which then is good once and for a while.
    pub fn sends_code(self) -> bool {
        matches!(self, Self::EmailCode | Self::SmsCode | Self::VoiceCode)
    }

    /// Whether it has to be begun before it can be answered: something is sent, or they are led away.
    pub fn is_begun(self) -> bool {
        self.sends_code() || self == Self::Oidc
    }

    /// Whether it needs a telephone number, and counts against the tenant's allowance of messages.
    pub fn needs_phone(self) -> bool {
        matches!(self, Self::SmsCode | Self::VoiceCode)
    }

    /// The word of the API, which events hold as well.
    pub fn word(self) -> &'static str {
        match self {
            Self::EmailLink => "email_link",
            Self::EmailCode => "email_code",
            Self::SmsCode => "sms_code",
            Self::VoiceCode => "voice_code",
            Self::Secret => "secret",
            Self::Pin => "pin",
            Self::Custom => "custom",
            Self::Host => "host",
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::Oidc => "oidc",
        }
    }
}

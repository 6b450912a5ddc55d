//! A way to prove who one is, on the wire. What is secret comes in and never goes out.

use serde::{Deserialize, Serialize};
use service::envelope::{Method, Personal};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One method of a recipient's chain.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum WireMethod {
    /// The link is mailed to their address.
    EmailLink,
    /// A code of nine digits, by mail.
    EmailCode,
    /// A code of six digits, as a text message.
    SmsCode,
    /// A code of six digits, spoken in a call.
    VoiceCode,
    /// A question that only they can answer.
    Secret {
        /// The question.
        #[serde(default)]
        question: String,
        /// The answer; where it is left out, the one given before stays.
        answer: Option<String>,
        /// From the answers of this API; ignored.
        #[serde(default)]
        answer_set: bool,
    },
    /// A PIN that you told them by another way.
    Pin {
        /// Four to twelve letters or digits; where it is left out, the one given before stays.
        pin: Option<String>,
        /// From the answers of this API; ignored.
        #[serde(default)]
        pin_set: bool,
    },
    /// Your own application signed them in.
    Custom {
        /// Name of the application.
        #[serde(default)]
        provider: String,
        /// What it says of that; goes into the audit trail.
        #[serde(default)]
        data: BTreeMap<String, String>,
    },
    /// The application in whose pages they act has authenticated them.
    Host {
        /// How that application names them.
        client_user_id: Option<String>,
    },
    /// A code of an authenticator app.
    Totp,
    /// A passkey.
    Passkey,
    /// Sign-in at your identity provider.
    Oidc {
        /// How the provider names them (`sub`); where it is left out, their address has to be the same there and here.
        subject: Option<String>,
    },
}

impl WireMethod {
    /// As the rules name it. The first answer and the first PIN of a chain are taken out, to be kept apart.
    pub(crate) fn into_method(self, answer: &mut Option<String>, pin: &mut Option<String>) -> Method {
        match self {
            Self::EmailLink => Method::EmailLink,
            Self::EmailCode => Method::EmailCode,
            Self::SmsCode => Method::SmsCode,
            Self::VoiceCode => Method::VoiceCode,
            Self::Secret { question, answer: given, .. } => {
                *answer = answer.take().or(given);
                Method::Secret { question: question.into(), answer: None }
            }
            Self::Pin { pin: given, .. } => {
                *pin = pin.take().or(given);
                Method::Pin { pin: None }
            }
            Self::Custom { provider, data } => Method::Custom { provider, data: Personal::Known(data) },
            Self::Host { client_user_id } => Method::Host { client_user_id },
            Self::Totp => Method::Totp,
            Self::Passkey => Method::Passkey,
            Self::Oidc { subject } => Method::Oidc { subject: subject.map(Into::into) },
        }
    }
}

/// One method of a recipient's chain, without what is secret in it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "method", rename_all = "snake_case")]
pub(crate) enum MethodAnswer {
    EmailLink,
    EmailCode,
    SmsCode,
    VoiceCode,
    Secret {
        question: String,
        /// An answer was given.
        answer_set: bool,
    },
    Pin {
        /// A PIN was given.
        pin_set: bool,
    },
    Custom {
        provider: String,
        data: BTreeMap<String, String>,
    },
    Host {
        client_user_id: Option<String>,
    },
    Totp,
    Passkey,
    Oidc {
        /// How the provider names them, where you said so.
        subject: Option<String>,
    },
}

impl From<&Method> for MethodAnswer {
    fn from(method: &Method) -> Self {
        match method {
            Method::EmailLink => Self::EmailLink,
            Method::EmailCode => Self::EmailCode,
            Method::SmsCode => Self::SmsCode,
            Method::VoiceCode => Self::VoiceCode,
            Method::Secret { question, answer } => {
                Self::Secret { question: question.text().to_owned(), answer_set: answer.is_some() }
            }
            Method::Pin { pin } => Self::Pin { pin_set: pin.is_some() },
            Method::Custom { provider, data } => {
                Self::Custom { provider: provider.clone(), data: data.known().cloned().unwrap_or_default() }
            }
            Method::Host { client_user_id } => Self::Host { client_user_id: client_user_id.clone() },
            Method::Totp => Self::Totp,
            Method::Passkey => Self::Passkey,
            Method::Oidc { subject } => {
                Self::Oidc { subject: subject.as_ref().map(|it| it.text().to_owned()) }
            }
        }
    }
}

//! Why a passkey ceremony does not go on.

use std::fmt;

use webauthn_rs::prelude::WebauthnError;

/// Why a passkey ceremony does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasskeyRefusal {
    /// Browsers offer no passkeys under this public URL. Remedy: `https` and a host name.
    PublicUrl,
    /// The state is not that of such a ceremony. Usual cause: it was kept for the other kind, or by another version.
    State,
    /// The browser's answer cannot be read.
    Answer,
    /// The person has no passkey yet.
    NoCredential,
    /// The passkey is none of this person's, or was removed in the meantime.
    UnknownCredential,
    /// The device is enrolled already.
    AlreadyEnrolled,
    /// The answer was given on another site. Usual cause: a site that pretends to be this one.
    OtherSite,
    /// The answer is to another challenge. Usual cause: an old page, or an answer that is sent again.
    OtherChallenge,
    /// The device did not ask the person for their finger, face or PIN.
    NotVerified,
    /// The device's counter went back or stands still: there may be a copy of the passkey.
    Cloned,
    /// The signature or something else of the answer is not right.
    Invalid,
}

impl PasskeyRefusal {
    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::PublicUrl => "passkey_public_url",
            Self::State => "passkey_state",
            Self::Answer => "passkey_answer",
            Self::NoCredential => "passkey_none",
            Self::UnknownCredential => "passkey_unknown",
            Self::AlreadyEnrolled => "passkey_already_enrolled",
            Self::OtherSite => "passkey_other_site",
            Self::OtherChallenge => "passkey_other_challenge",
            Self::NotVerified => "passkey_not_verified",
            Self::Cloned => "passkey_cloned",
            Self::Invalid => "passkey_invalid",
        }
    }
}

impl From<WebauthnError> for PasskeyRefusal {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::MismatchedChallenge | WebauthnError::ChallengeNotFound => Self::OtherChallenge,
            WebauthnError::InvalidRPOrigin
            | WebauthnError::InvalidRPIDHash
            | WebauthnError::CredentialCrossOrigin => Self::OtherSite,
            WebauthnError::UserNotPresent | WebauthnError::UserNotVerified => Self::NotVerified,
            WebauthnError::CredentialNotFound => Self::UnknownCredential,
            // The last is what 0.6.2 says of an excluded device. It says the same of a key of an algorithm that was not
            // offered, which no browser brings.
            WebauthnError::CredentialExcludedFromRequest
            | WebauthnError::CredentialAlreadyExists
            | WebauthnError::CredentialAlteredAlgFromRequest => Self::AlreadyEnrolled,
            WebauthnError::CredentialPossibleCompromise => Self::Cloned,
            WebauthnError::ParseBase64Failure(_)
            | WebauthnError::ParseCBORFailure(_)
            | WebauthnError::ParseJSONFailure(_)
            | WebauthnError::ParseNOMFailure
            | WebauthnError::ParseInsufficientBytesAvailable => Self::Answer,
            _ => Self::Invalid,
        }
    }
}

impl fmt::Display for PasskeyRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::PublicUrl => {
                "Passkeys need a public URL with https and a host name; correct the configuration."
            }
            Self::State | Self::OtherChallenge => "This attempt is over; reload the page and try again.",
            Self::Answer => "The browser's answer cannot be read; reload the page, or use another browser.",
            Self::NoCredential => "There is no passkey yet; enrol one first.",
            Self::UnknownCredential => "This passkey is not enrolled here; use another one.",
            Self::AlreadyEnrolled => "This device is enrolled already; use it, or enrol another one.",
            Self::OtherSite => {
                "The passkey was used on another site; open the link from your mail and try there."
            }
            Self::NotVerified => {
                "The device has to ask for your finger, face or PIN; switch that on, or use another device."
            }
            Self::Cloned => "This passkey may have been copied; remove it and enrol the device again.",
            Self::Invalid => "The passkey does not fit; try again, or use another one.",
        })
    }
}

impl std::error::Error for PasskeyRefusal {}

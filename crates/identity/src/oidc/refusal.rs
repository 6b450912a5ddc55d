//! Why a sign-in at the identity provider does not count.

use std::fmt;

/// Why a sign-in at the identity provider does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OidcRefusal {
    /// The discovery document cannot be read, or an address in it is none or not encrypted. Usual cause: the issuer in
    /// the settings is not one.
    Discovery,
    /// The keys of the provider cannot be read.
    Keys,
    /// Somebody else than the provider in the settings speaks. Usual cause: a slash more or less at the end of the issuer.
    OtherIssuer,
    /// The answer is not for this attempt. Usual cause: an old page, an answer that is sent again, or one that somebody
    /// else's browser brings.
    OtherAttempt,
    /// The person turned back, or the provider does not let them in.
    Denied,
    /// The provider answers with an error or with nothing that can be read.
    ProviderFailed,
    /// The provider does not accept our client id and secret. Remedy: correct the settings.
    ClientRefused,
    /// The token is no signed one, or signed in a way that is not accepted: RS256 and ES256 are.
    Algorithm,
    /// The provider publishes no key that fits. Remedy: fetch the keys once more.
    UnknownKey,
    /// The signature is not right.
    Signature,
    /// The token is for another application.
    OtherAudience,
    /// The ID token belongs to another access token than the one that came with it.
    OtherAccessToken,
    /// The token has expired.
    Expired,
    /// The token is from the future. Usual cause: a clock that is wrong by more than five minutes.
    NotYetValid,
    /// The person was to prove themselves anew, and the provider does not say that they did.
    NotProvedAgain,
    /// The claims cannot be read, or do not say who it is.
    Claims,
}

impl OidcRefusal {
    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::Discovery => "oidc_discovery",
            Self::Keys => "oidc_keys",
            Self::OtherIssuer => "oidc_other_issuer",
            Self::OtherAttempt => "oidc_other_attempt",
            Self::Denied => "oidc_denied",
            Self::ProviderFailed => "oidc_provider_failed",
            Self::ClientRefused => "oidc_client_refused",
            Self::Algorithm => "oidc_algorithm",
            Self::UnknownKey => "oidc_unknown_key",
            Self::Signature => "oidc_signature",
            Self::OtherAudience => "oidc_other_audience",
            Self::OtherAccessToken => "oidc_other_access_token",
            Self::Expired => "oidc_expired",
            Self::NotYetValid => "oidc_not_yet_valid",
            Self::NotProvedAgain => "oidc_not_proved_again",
            Self::Claims => "oidc_claims",
        }
    }
}

impl fmt::Display for OidcRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Discovery => "The identity provider's discovery document cannot be used; check the issuer.",
            Self::Keys => "The identity provider's keys cannot be read; try again later.",
            Self::OtherIssuer => "Another identity provider answered than the one set up; check the issuer.",
            Self::OtherAttempt | Self::Expired => "This attempt is over; start signing in again.",
            Self::Denied => "The identity provider did not sign you in; try again, or ask its administrator.",
            Self::ProviderFailed => "The identity provider failed; try again later.",
            Self::ClientRefused => {
                "The identity provider does not know this application; check client id and secret."
            }
            Self::Algorithm => {
                "The identity provider signs in a way that is not accepted; set it to RS256 or ES256."
            }
            Self::UnknownKey | Self::Signature | Self::OtherAccessToken => {
                "The identity provider's answer is not signed as it says; start signing in again."
            }
            Self::OtherAudience => {
                "The identity provider's answer is for another application; check the client id."
            }
            Self::NotYetValid => "The identity provider's clock is ahead of ours; set the clocks right.",
            Self::NotProvedAgain => {
                "The identity provider has to ask for your password anew; sign out there and try again."
            }
            Self::Claims => "The identity provider does not say who you are; ask its administrator.",
        })
    }
}

impl std::error::Error for OidcRefusal {}

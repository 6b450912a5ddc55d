//! Who signed in, after everything about the ID token is right.

use super::keys::signed_claims;
use super::{Attempt, Client, OidcRefusal, Provider};

/// How far the provider's clock may be from ours, in seconds.
const LEEWAY_S: f64 = 300.0;
/// How long ago a proof may lie that was asked for anew, in seconds: the time of one visit to the provider.
const AGAIN_S: f64 = 600.0;
/// OpenID Connect Core 1.0, 2: a subject is no longer.
const LONGEST_SUBJECT: usize = 255;

/// Who signed in, in the words of the provider. Only `issuer` and `subject` together name a person for good: an address
/// can pass to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person, to this provider.
    pub subject: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether the provider has seen that the address is theirs. An address without this proves nothing.
    pub email_verified: bool,
    /// Their name.
    pub name: Option<String>,
    /// When they proved themselves to the provider, in seconds from 1970, where it says so.
    pub proved_at_s: Option<u64>,
}

impl Attempt {
    /// Checks the ID token that came for this attempt, with the provider's keys (`jwks`, the document under
    /// [`Provider::jwks_uri`]) and the time in seconds from 1970 (OpenID Connect Core 1.0, 3.1.3.7).
    ///
    /// [`OidcRefusal::UnknownKey`] and [`OidcRefusal::Signature`] can mean that the keys have changed since they were
    /// fetched: fetch them once more and ask again.
    pub fn identity(
        &self,
        provider: &Provider,
        client: &Client,
        token: &str,
        jwks: &str,
        now_s: u64,
    ) -> Result<Identity, OidcRefusal> {
        let claims = signed_claims(token, jwks)?;
        #[expect(clippy::cast_precision_loss, reason = "seconds stay exact for 285 million years")]
        let now_s = now_s as f64;
        if claims.iss != provider.issuer {
            return Err(OidcRefusal::OtherIssuer);
        }
        let for_us = claims.aud.contains(&client.id);
        // 3.1.3.7, 4 and 5: a token for several says whose it is.
        let several = claims.aud.len() > 1 && claims.azp.is_none();
        if !for_us || several || claims.azp.is_some_and(|party| party != client.id) {
            return Err(OidcRefusal::OtherAudience);
        }
        if now_s >= claims.exp + LEEWAY_S {
            return Err(OidcRefusal::Expired);
        }
        let from = claims.nbf.into_iter().chain(claims.iat).fold(f64::MIN, f64::max);
        if now_s + LEEWAY_S < from {
            return Err(OidcRefusal::NotYetValid);
        }
        if !self.is_nonce(claims.nonce.as_deref()) {
            return Err(OidcRefusal::OtherAttempt);
        }
        if self.is_again() && claims.auth_time.is_none_or(|proved| proved + AGAIN_S + LEEWAY_S < now_s) {
            return Err(OidcRefusal::NotProvedAgain);
        }
        if claims.sub.is_empty() || claims.sub.len() > LONGEST_SUBJECT {
            return Err(OidcRefusal::Claims);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of floats saturates"
        )]
        let proved_at_s = claims.auth_time.map(|proved| proved as u64);
        Ok(Identity {
            issuer: claims.iss,
            subject: claims.sub,
            email: claims.email,
            email_verified: claims.email_verified,
            name: claims.name,
            proved_at_s,
        })
    }
}

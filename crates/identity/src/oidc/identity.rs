//! Who signed in, after everything about the ID token is right.

use super::claims::UserInfo;
use super::keys::signed_claims;
use super::{Attempt, Client, OidcRefusal, Provider, Tokens};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

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
    /// What else the provider says of them.
    others: BTreeMap<String, Value>,
}

impl Identity {
    /// What the provider says of them under this name, where it is a text. Of an address, only one that is verified.
    pub fn claim(&self, name: &str) -> Option<&str> {
        match name {
            "sub" => Some(self.subject.as_str()),
            "email" => self.email.as_deref().filter(|_| self.email_verified),
            "name" => self.name.as_deref(),
            other => self.others.get(other).and_then(Value::as_str),
        }
        .filter(|it| !it.is_empty())
    }
}

impl Identity {
    /// With what the provider says under [`Provider::userinfo_endpoint`]: most put a person's address there alone (OpenID
    /// Connect Core 1.0, 5.4). What the ID token says stays. Refused where it speaks of somebody else (5.3.2).
    pub fn with_userinfo(mut self, answer: &str) -> Result<Self, OidcRefusal> {
        let said: UserInfo = serde_json::from_str(answer).map_err(|_| OidcRefusal::Claims)?;
        if said.sub != self.subject {
            return Err(OidcRefusal::Claims);
        }
        if self.email.is_none() {
            (self.email, self.email_verified) = (said.email, said.email_verified);
        }
        self.name = self.name.or(said.name);
        for (name, value) in said.others {
            self.others.entry(name).or_insert(value);
        }
        Ok(self)
    }
}

impl Attempt {
    /// Checks the tokens that came for this attempt, with the provider's keys (`jwks`, the document under
    /// [`Provider::jwks_uri`]) and the time in seconds from 1970 (OpenID Connect Core 1.0, 3.1.3.7).
    ///
    /// [`OidcRefusal::UnknownKey`] and [`OidcRefusal::Signature`] can mean that the keys have changed since they were
    /// fetched: fetch them once more and ask again.
    pub fn identity(
        &self,
        provider: &Provider,
        client: &Client,
        tokens: &Tokens,
        jwks: &str,
        now_s: u64,
    ) -> Result<Identity, OidcRefusal> {
        let claims = signed_claims(&tokens.id, jwks)?;
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
        // 3.1.3.8: RS256 and ES256 both go with SHA-256, of which the left half is taken.
        if let (Some(hash), Some(access)) = (&claims.at_hash, &tokens.access) {
            let digest = Sha256::digest(access.as_bytes());
            if URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default()) != *hash {
                return Err(OidcRefusal::OtherAccessToken);
            }
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
            others: claims.others,
        })
    }
}

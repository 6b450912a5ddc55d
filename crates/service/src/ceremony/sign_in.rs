//! The recipient signs in at the tenant's identity provider: they are led there, and come back to the page they left.
//!
//! The browser brings the provider's answer to its page, which posts it with the tokens of its link and of its visit. So
//! the one who comes in is the one who was led away: whoever holds another's link could otherwise send them the
//! provider's address, and be let in by their sign-in.

use super::challenge::{Admission, Also};
use super::visit::Visit;
use crate::error::Error;
use crate::identity_provider::{TOKENS_BYTES_MAX, missing, unreachable};
use crate::server::Service;
use crate::vault;
use crate::world::{self, to_micros};
use deliver::webhook::{Fetched, Inquiry, WebhookFault};
use envelope::commands::begin_challenge::BeginChallenge;
use envelope::commands::identity::ATTEMPTS_MAX;
use envelope::{Command, Envelope, Method, MethodKind, Refusal};
use identity::oidc::{Attempt, Client, Identity, OidcRefusal, Provider, Tokens};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::identity_providers::IdentityProviderRow;
use store::sign_in_attempts::{self, SignInAttemptRow};
use subtle::ConstantTimeEq;

/// They are back by then, or begin anew.
const AWAY: SignedDuration = SignedDuration::from_mins(10);

/// A sign-in that begins.
pub(super) struct NewAttempt {
    /// Where the browser goes.
    pub(super) address: String,
    /// HMAC of the state.
    digest: String,
    /// What is kept of it, sealed.
    sealed: Vec<u8>,
}

/// What is kept of a sign-in that has begun.
#[derive(Serialize, Deserialize)]
struct Begun {
    attempt: Attempt,
    issuer: String,
}

impl Service {
    pub(super) async fn begin_sign_in(&self, visit: &Visit) -> Result<Admission, Error> {
        let state = self.load(&visit.scope).await?.envelope;
        let recipient = state.recipient(visit.recipient).ok_or(Error::NotFound { what: "recipient" })?;
        // Nobody who is not asked to makes us ask a provider.
        let asked = state.asked_of(visit.recipient, &self.context_of(visit)).ok_or(Refusal::NothingAsked)?;
        if asked.method.kind() != MethodKind::Oidc {
            return Err(Refusal::AuthenticationMissing { method: asked.method.kind() }.into());
        }
        if visit.is_over() {
            return Err(Error::LinkEnded);
        }
        let row = self.provider_of(visit).await?;
        let provider = self.discovered(&row.issuer).await?;
        let attempt = Attempt::new(world::bytes::<96>(self.random()), asked.again);
        let client = self.client_of(&row).await?;
        // Who was somebody else there would be so again, without ever being asked.
        let anew = asked.attempts_left < ATTEMPTS_MAX;
        let address = attempt.authorization_url(&provider, &client, Some(&recipient.language), anew)?;
        let digest = self.attempt_digest(&attempt);
        let key = self.data_key(&visit.scope.tenant).await?;
        let kept =
            serde_json::to_vec(&Begun { attempt, issuer: row.issuer.clone() }).map_err(Error::fault)?;
        let kept = zeroize::Zeroizing::new(kept);
        let sealed = vault::seal(&key, &label(&digest), &kept, self.random());
        let begin =
            BeginChallenge { recipient: visit.recipient, method: MethodKind::Oidc, destination: row.issuer };
        let attempt = NewAttempt { address, digest, sealed };
        self.admit(visit, Command::BeginChallenge(begin), &Also::SignIn(&attempt)).await
    }

    /// Ties a sign-in to the visit in which it has begun.
    pub(super) async fn keep_attempt(
        &self,
        tx: &mut Tx<'_>,
        visit: &Visit,
        number: Option<u16>,
        attempt: &NewAttempt,
    ) -> Result<(), Error> {
        let tenant = visit.scope.tenant.as_str();
        let now = self.now();
        sign_in_attempts::forget(tx, tenant, to_micros(now)).await?;
        let row = SignInAttemptRow {
            tenant: tenant.to_owned(),
            digest: attempt.digest.clone(),
            envelope: visit.scope.envelope.clone(),
            recipient: i64::from(visit.recipient),
            visit: number.map(i64::from).ok_or_else(|| Error::fault("a sign-in begins in a visit"))?,
            sealed: attempt.sealed.clone(),
            expires_at: to_micros(now.checked_add(AWAY).unwrap_or(jiff::Timestamp::MAX)),
        };
        Ok(sign_in_attempts::insert(tx, &row).await?)
    }

    /// Whether who came back with this query is the recipient, and what is told of them. Their attempt is used up by it.
    ///
    /// # Errors
    /// Where nobody can say who they are: they turned back, the provider failed, the answer is not right. None of that is
    /// counted against them.
    pub(super) async fn who_signed_in(
        &self,
        visit: &Visit,
        state: &Envelope,
        method: &Method,
        query: &str,
    ) -> Result<(bool, String), Error> {
        let begun = self.take_attempt(visit, query).await?;
        let row = self.provider_of(visit).await?;
        // The tenant has another provider by now.
        if row.issuer != begun.issuer {
            return Err(OidcRefusal::OtherAttempt.into());
        }
        let provider = self.discovered(&row.issuer).await?;
        let client = self.client_of(&row).await?;
        let code = begun.attempt.code(&provider, query)?;
        let tokens = self.exchange(&begun.attempt, &provider, &client, &code).await?;
        let now_s = u64::try_from(self.now().as_second()).unwrap_or_default();
        let judge = |keys: &str| begun.attempt.identity(&provider, &client, &tokens, keys, now_s);
        let identity = self.by_keys(&provider, judge).await.inspect_err(|error| {
            tracing::warn!(issuer = row.issuer, code = error.code(), "an ID token was refused");
        })?;
        let identity = self.completed(identity, method, &row, &provider, &tokens).await?;
        let address = state.recipient(visit.recipient).map_or("", |it| it.email.text());
        let right = self.is_same(method, address, &identity, &row);
        Ok((right, format!("{} · {}", identity.issuer, masked(&identity.subject))))
    }

    /// Asks the provider for what its ID token leaves out, where that is compared. One that does not say it at all is not
    /// set up rightly; that is nobody's wrong answer.
    async fn completed(
        &self,
        identity: Identity,
        method: &Method,
        row: &IdentityProviderRow,
        provider: &Provider,
        tokens: &Tokens,
    ) -> Result<Identity, Error> {
        let names = |identity: &Identity| {
            let unverified = row.claim == "email" && identity.email.is_some();
            unverified || identity.claim(&row.claim).is_some()
        };
        if matches!(method, Method::Oidc { subject: Some(_) }) || names(&identity) {
            return Ok(identity);
        }
        let silent = || {
            tracing::warn!(
                issuer = row.issuer,
                claim = row.claim,
                "an identity provider does not tell the claim"
            );
            Error::from(OidcRefusal::Claims)
        };
        let (Some(url), Some(access)) = (&provider.userinfo_endpoint, &tokens.access) else {
            return Err(silent());
        };
        let headers = vec![
            ("accept".to_owned(), "application/json".to_owned()),
            ("authorization".to_owned(), format!("Bearer {access}")),
        ];
        let inquiry = Inquiry { url: url.clone(), headers, body: None, longest: TOKENS_BYTES_MAX };
        match self.inner.caller.fetch(&inquiry).await {
            Ok(Fetched { status: 200, body }) => {
                let identity = identity.with_userinfo(&body)?;
                if names(&identity) { Ok(identity) } else { Err(silent()) }
            }
            Ok(_) => Err(unreachable(url, WebhookFault::Status)),
            Err(fault) => Err(unreachable(url, fault)),
        }
    }

    /// Compares in constant time whom the provider names with whom the sender means.
    fn is_same(
        &self,
        method: &Method,
        address: &str,
        identity: &Identity,
        row: &IdentityProviderRow,
    ) -> bool {
        let (said, meant) = match method {
            Method::Oidc { subject: Some(subject) } => (identity.subject.clone(), subject.text().to_owned()),
            // Addresses that differ in capitals alone are one person's.
            _ => (
                identity.claim(&row.claim).unwrap_or_default().trim().to_lowercase(),
                address.trim().to_lowercase(),
            ),
        };
        let digest = |text: &str| self.inner.vault.digest("signed-in", text);
        let same = digest(&said).as_bytes().ct_eq(digest(&meant).as_bytes());
        // A value that was erased, or never given, is nobody's.
        bool::from(same) && !meant.is_empty()
    }

    async fn provider_of(&self, visit: &Visit) -> Result<IdentityProviderRow, Error> {
        self.identity_provider_row(&visit.scope.tenant).await?.ok_or_else(missing)
    }

    async fn take_attempt(&self, visit: &Visit, query: &str) -> Result<Begun, Error> {
        let other = || Error::from(OidcRefusal::OtherAttempt);
        let state = Attempt::state_in(query).ok_or_else(other)?;
        let digest = self.inner.vault.digest("sign-in-attempt", &state);
        let (tenant, envelope, digest) =
            (visit.scope.tenant.as_str(), visit.scope.envelope.as_str(), digest.as_str());
        let of = (i64::from(visit.recipient), visit.number.map(i64::from).ok_or_else(other)?);
        let now = to_micros(self.now());
        let taken = self
            .store()
            .write(move |tx| {
                Box::pin(async move { sign_in_attempts::take(tx, tenant, digest, envelope, of, now).await })
            })
            .await
            .map_err(Error::Fault)?;
        let sealed = taken.ok_or_else(other)?;
        let key = self.data_key(tenant).await?;
        let opened = vault::open(&key, &label(digest), &sealed)
            .ok_or_else(|| Error::fault("a sign-in that has begun cannot be opened"))?;
        serde_json::from_slice(&opened).map_err(Error::fault)
    }

    /// The code for the tokens.
    async fn exchange(
        &self,
        attempt: &Attempt,
        provider: &Provider,
        client: &Client,
        code: &str,
    ) -> Result<Tokens, Error> {
        let request = attempt.token_request(provider, client, code);
        let inquiry = Inquiry {
            body: Some(request.body()),
            headers: request.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            url: request.url,
            longest: TOKENS_BYTES_MAX,
        };
        let fetched = match self.inner.caller.fetch(&inquiry).await {
            Ok(Fetched { status: 500.., .. }) => Err(WebhookFault::Status),
            other => other,
        };
        let answer = fetched.map_err(|fault| {
            self.forget_discovery(&provider.issuer);
            unreachable(&provider.token_endpoint, fault)
        })?;
        Tokens::read(&answer.body).map_err(|refusal| {
            tracing::warn!(issuer = provider.issuer, code = refusal.code(), "a code was not exchanged");
            refusal.into()
        })
    }

    fn attempt_digest(&self, attempt: &Attempt) -> String {
        self.inner.vault.digest("sign-in-attempt", attempt.state())
    }
}

fn label(digest: &str) -> String {
    format!("sign-in-attempt/{digest}")
}

/// So much of a subject that its provider's administrator recognises it, and others learn little.
fn masked(subject: &str) -> String {
    if subject.chars().count() < 6 {
        return "•••".to_owned();
    }
    let shown: String = subject.chars().take(2).collect();
    format!("{shown}•••")
}

//! Who works on a draft: a caller of the tenant, or somebody without an account by the address for editing that one
//! draft. Only routes that ask for one of these let the second in: everything else asks for a [`Caller`], which they are not.

use crate::App;
use crate::caller::Caller;
use crate::client::Client;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use service::edit_links::{Holder, Whence};
use service::envelope::Actor;
use service::{Error, Mode, Scope};

/// Name of the scheme in the `Authorization` header. It is no `Bearer`: what is a key elsewhere is none here, and the token
/// comes by no cookie, so that no other site can have it sent.
const SCHEME: &str = "EditLink";

/// Who was let in.
pub(crate) enum Drafter {
    /// A program with its key, or a user at the desk.
    Caller(Caller),
    /// Somebody without an account.
    Holder(Holder),
}

impl Drafter {
    /// The envelope of this id, as far as it is theirs.
    pub(crate) fn scope(&self, envelope: String) -> Result<Scope, Error> {
        match self {
            Self::Caller(caller) => Ok(caller.scope(envelope)),
            Self::Holder(holder) if holder.scope().envelope == envelope => Ok(holder.scope().clone()),
            Self::Holder(_) => Err(Error::NotFound { what: "envelope" }),
        }
    }

    /// As the events name them.
    pub(crate) fn actor(&self) -> &Actor {
        match self {
            Self::Caller(caller) => &caller.actor,
            Self::Holder(holder) => holder.actor(),
        }
    }

    pub(crate) fn tenant(&self) -> &str {
        match self {
            Self::Caller(caller) => &caller.tenant,
            Self::Holder(holder) => &holder.scope().tenant,
        }
    }

    pub(crate) fn mode(&self) -> Option<Mode> {
        match self {
            Self::Caller(caller) => caller.mode,
            Self::Holder(holder) => holder.scope().mode,
        }
    }

    /// The draft that their uploads are for, where they work on one alone.
    pub(crate) fn held(&self) -> Option<&str> {
        match self {
            Self::Caller(_) => None,
            Self::Holder(holder) => Some(&holder.scope().envelope),
        }
    }

    /// Refuses an upload that is not theirs, where not all of the tenant's are.
    pub(crate) async fn reads(&self, app: &App, upload: &str) -> Result<(), Error> {
        match self {
            Self::Caller(_) => Ok(()),
            Self::Holder(holder) => app.service.held_upload(holder, upload).await,
        }
    }
}

impl FromRequestParts<App> for Drafter {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Some(token) = token(&parts.headers).map(str::to_owned) else {
            return Ok(Self::Caller(Caller::from_request_parts(parts, app).await?));
        };
        let whence = whence(parts, app).await;
        Ok(Self::Holder(app.service.edit_link_holder(&token, whence).await?))
    }
}

/// The token of an address for editing, however that stands.
pub(crate) struct EditToken {
    pub(crate) token: String,
    pub(crate) whence: Whence,
}

impl FromRequestParts<App> for EditToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(&parts.headers).ok_or(Error::NotAuthenticated)?.to_owned();
        Ok(Self { token, whence: whence(parts, app).await })
    }
}

async fn whence(parts: &mut Parts, app: &App) -> Whence {
    let Ok(client) = Client::from_request_parts(parts, app).await;
    Whence { address: client.address, user_agent: client.user_agent }
}

/// The token of an `Authorization: EditLink` header.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(token.trim())
}

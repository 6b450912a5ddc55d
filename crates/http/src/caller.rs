//! Who asks: a program with a key, or a user with a session.

use crate::App;
use crate::client::Client;
use crate::drafter;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, Method, StatusCode, header, request::Parts};
use service::contacts::Reader;
use service::envelope::{Actor, Sender};
use service::templates::Asker;
use service::tenant_settings::Settler;
use service::webhooks::Holder;
use service::{Error, Mode, Scope};

/// Name of the desk's cookie.
pub(crate) const COOKIE: &str = "countersign_session";
/// A request of the desk that changes something carries this header: another site cannot send it.
const DESK_HEADER: &str = "x-countersign-desk";

/// The key of this request was looked up before it came to its route, and this is the answer to it: looked up again it
/// would count as a second guess.
#[derive(Clone)]
pub(crate) struct NotLetIn(pub(crate) Error);

/// A caller that was let in.
pub(crate) struct Caller {
    pub(crate) tenant: String,
    /// What the caller may see; both for a user.
    pub(crate) mode: Option<Mode>,
    pub(crate) actor: Actor,
    /// Whose pages may frame the signers' page of what the caller makes, whatever the draft says.
    pub(crate) frame_origins: Vec<String>,
}

impl Caller {
    /// The envelope of this id, as far as the caller may see it.
    pub(crate) fn scope(&self, envelope: String) -> Scope {
        Scope { tenant: self.tenant.clone(), envelope, mode: self.mode }
    }

    /// The caller as one who asks about webhooks.
    pub(crate) fn holder(&self) -> Holder {
        Holder { tenant: self.tenant.clone(), mode: self.mode }
    }

    /// The caller as one who sets what holds for the tenant.
    pub(crate) fn settler(&self) -> Settler<'_> {
        Settler { tenant: &self.tenant, mode: self.mode, actor: &self.actor }
    }

    /// The caller as one who asks about contacts.
    pub(crate) fn reader(&self) -> Reader {
        Reader { tenant: self.tenant.clone(), mode: self.mode }
    }

    /// The caller as one who asks about templates.
    pub(crate) fn asker(&self) -> Asker {
        Asker { tenant: self.tenant.clone(), mode: self.mode, actor: self.actor.clone() }
    }

    /// Whether it is about tests: a key is told by its mode, the desk says so itself.
    pub(crate) fn test(&self, said: Option<bool>) -> bool {
        self.mode.map_or(said.unwrap_or(false), |mode| mode == Mode::Test)
    }

    /// Refuses whoever is no admin at the desk; gives their id.
    pub(crate) async fn admin(&self, app: &App) -> Result<&str, Error> {
        let user = match &self.actor {
            Actor::User { user, .. } => Some(user.as_str()),
            _ => None,
        };
        app.service.admin(&self.tenant, user).await?;
        user.ok_or(Error::NotAuthenticated)
    }

    /// Who sends: the user, or the owner of the tenant for a program.
    pub(crate) async fn sender(&self, app: &App) -> Result<Sender, Error> {
        let row = match &self.actor {
            Actor::User { user, .. } => app.service.user(&self.tenant, user).await?,
            _ => app.service.owner(&self.tenant).await?,
        };
        Ok(Sender { user: row.user, name: row.name.into(), email: row.email.into() })
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Ok(client) = Client::from_request_parts(parts, app).await;
        if drafter::token(&parts.headers).is_some() {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "edit_link_elsewhere",
                "An address for editing opens its own draft and nothing else; ask for this with a key.",
            ));
        }
        if let Some(key) = bearer(&parts.headers) {
            if let Some(NotLetIn(why)) = parts.extensions.get() {
                return Err(why.clone().into());
            }
            let key = app.service.authenticate_key(key, &client.address).await?;
            let actor = Actor::ApiKey { key: key.id, address: client.address.into() };
            let mode = Some(key.mode);
            return Ok(Self { tenant: key.tenant, mode, actor, frame_origins: key.frame_origins });
        }
        let token = cookie(&parts.headers, COOKIE).ok_or(Error::NotAuthenticated)?;
        let session = app.service.authenticate_session(token).await?;
        if parts.method != Method::GET && !parts.headers.contains_key(DESK_HEADER) {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "desk_header_missing",
                "A change with the desk's cookie needs the header X-Countersign-Desk: 1; add it.",
            ));
        }
        let actor = Actor::User {
            user: session.user,
            address: client.address.into(),
            user_agent: client.user_agent.into(),
        };
        Ok(Self { tenant: session.tenant, mode: None, actor, frame_origins: Vec::new() })
    }
}

/// The token of an `Authorization: Bearer` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// A cookie of this name.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

//! Signing in at the desk.

use crate::App;
use crate::caller::{COOKIE, Caller, cookie};
use crate::json::Json;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use service::Error;
use service::envelope::Actor;
use service::identity_provider::redirect_uri;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(request))
        .routes(routes!(confirm))
        .routes(routes!(session, sign_out))
        .layer(axum::extract::DefaultBodyLimit::max(1 << 16))
}

/// Whom to send a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInRequest {
    email: String,
}

/// The token of a one-time link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmRequest {
    token: String,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
struct SessionAnswer {
    user: SignedInUser,
    tenant: TenantAnswer,
    /// Nothing leaves this server; see `/dev/outbox`.
    dev: bool,
    /// Where browsers come back from an identity provider: register it there, letter by letter.
    oidc_redirect_uri: String,
}

#[derive(Serialize, ToSchema)]
struct SignedInUser {
    id: String,
    name: String,
    email: String,
    /// `owner`, `admin` or `member`.
    role: String,
}

#[derive(Serialize, ToSchema)]
struct TenantAnswer {
    name: String,
}

/// Ask for a link to sign in.
///
/// The answer does not tell whether the address is known. At most one mail a minute and five an hour go to one address.
#[utoipa::path(
    post, path = "/v1/sign-in", tag = "desk", request_body = SignInRequest, responses((status = 202))
)]
async fn request(
    State(app): State<App>,
    Json(request): Json<SignInRequest>,
) -> Result<(StatusCode, axum::Json<serde_json::Value>), Problem> {
    app.service.request_sign_in(&request.email).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(serde_json::json!({}))))
}

/// Sign in with the token of a one-time link; sets the desk's cookie.
#[utoipa::path(
    post, path = "/v1/sign-in/confirm", tag = "desk", request_body = ConfirmRequest,
    responses((status = 200, body = SessionAnswer), (status = 410, body = Problem))
)]
async fn confirm(State(app): State<App>, Json(request): Json<ConfirmRequest>) -> Result<Response, Problem> {
    let (session, token) = app.service.confirm_sign_in(&request.token).await?;
    let answer = answer(&app, &session.tenant, &session.user).await?;
    let secure = if app.service.settings().public_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200{secure}");
    Ok(([(header::SET_COOKIE, cookie)], axum::Json(answer)).into_response())
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/v1/session", tag = "desk",
    responses((status = 200, body = SessionAnswer), (status = 401, body = Problem))
)]
async fn session(State(app): State<App>, caller: Caller) -> Result<axum::Json<SessionAnswer>, Problem> {
    let Actor::User { user, .. } = &caller.actor else { return Err(Error::NotAuthenticated.into()) };
    Ok(axum::Json(answer(&app, &caller.tenant, user).await?))
}

/// Sign out.
#[utoipa::path(delete, path = "/v1/session", tag = "desk", responses((status = 204)))]
async fn sign_out(State(app): State<App>, headers: HeaderMap, _: Caller) -> Result<Response, Problem> {
    if let Some(token) = cookie(&headers, COOKIE) {
        app.service.end_session(token).await?;
    }
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

async fn answer(app: &App, tenant: &str, user: &str) -> Result<SessionAnswer, Problem> {
    let user = app.service.user(tenant, user).await?;
    Ok(SessionAnswer {
        user: SignedInUser { id: user.user, name: user.name, email: user.email, role: user.role },
        tenant: TenantAnswer { name: app.service.tenant_name(tenant).await? },
        dev: app.service.settings().dev,
        oidc_redirect_uri: redirect_uri(&app.service.settings().public_url),
    })
}

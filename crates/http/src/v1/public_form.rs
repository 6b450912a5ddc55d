//! `/v1/public-form`: what a visitor of a public link asks. The link's token comes in the header, as at a signer's page.

use crate::App;
use crate::caller::bearer;
use crate::client::Client;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::template_link::{FormAnswer, FormStart, FormStarted};
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use service::Error;
use service::templates::Visitor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(start))
        .layer(axum::extract::DefaultBodyLimit::max(1 << 16))
}

/// The token of a public link, and from where it is asked.
struct Opened {
    token: String,
    address: String,
}

impl FromRequestParts<App> for Opened {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let token = bearer(&parts.headers).ok_or(Error::NotAuthenticated)?;
        Ok(Self { token: token.to_owned(), address: client.address })
    }
}

/// Read what stands behind a public link. Nothing of the documents is told.
#[utoipa::path(
    get, path = "/v1/public-form", tag = "public form",
    responses((status = 200, body = FormAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 410, body = Problem))
)]
async fn read(State(app): State<App>, opened: Opened) -> Result<axum::Json<FormAnswer>, Problem> {
    Ok(axum::Json(app.service.public_form(&opened.token, &opened.address).await?.into()))
}

/// Start an envelope as a visitor of a public link.
///
/// The answer leads to the visitor's page, where a code that is sent to their address is asked first. Whoever gives the
/// same address again comes back to what they began.
#[utoipa::path(
    post, path = "/v1/public-form/start", tag = "public form", request_body = FormStart,
    responses((status = 201, body = FormStarted), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 410, body = Problem), (status = 422, body = Problem),
              (status = 429, body = Problem))
)]
async fn start(
    State(app): State<App>,
    opened: Opened,
    Json(said): Json<FormStart>,
) -> Result<(StatusCode, axum::Json<FormStarted>), Problem> {
    let FormStart { name, email, language, password } = said;
    let visitor = Visitor { name, email, language, password, address: opened.address };
    let url = app.service.start_form(&opened.token, visitor).await?;
    Ok((StatusCode::CREATED, axum::Json(FormStarted { url })))
}

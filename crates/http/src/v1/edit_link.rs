//! `/v1/edit-link`: how an address for editing stands, and the way from it to the signing. Its token comes as
//! `Authorization: EditLink …`; with it, the routes of one draft and its uploads are open too.

use crate::App;
use crate::drafter::EditToken;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use service::edit_links::OpenedEditLink;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(sign))
        .layer(axum::extract::DefaultBodyLimit::max(1 << 10))
}

/// How an address for editing stands.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct EditLinkState {
    /// `open`, `sent`, `discarded`, `ended` or `expired`.
    state: &'static str,
    /// Id of the draft, while it is open.
    envelope: Option<String>,
    /// Where the browser goes afterwards.
    return_url: Option<String>,
    /// Origins that may show the page in a frame and are told what happens in it.
    frame_origins: Vec<String>,
    /// Its holder is the next to sign.
    signs_next: bool,
}

impl From<OpenedEditLink> for EditLinkState {
    fn from(it: OpenedEditLink) -> Self {
        let OpenedEditLink { standing, envelope, return_url, frame_origins, signs_next } = it;
        Self { state: standing.word(), envelope, return_url, frame_origins, signs_next }
    }
}

/// The way to the holder's own page.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct SigningAnswer {
    /// Leads them to it.
    url: String,
}

/// Read how an address for editing stands.
#[utoipa::path(
    get, path = "/v1/edit-link", tag = "edit link",
    responses((status = 200, body = EditLinkState), (status = 401, body = Problem), (status = 404, body = Problem))
)]
async fn read(State(app): State<App>, asked: EditToken) -> Result<Json<EditLinkState>, Problem> {
    Ok(Json(app.service.opened_edit_link(&asked.token, &asked.whence).await?.into()))
}

/// Go on to sign what was sent by an address for editing.
#[utoipa::path(
    post, path = "/v1/edit-link/sign", tag = "edit link",
    responses((status = 201, body = SigningAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem), (status = 410, body = Problem))
)]
async fn sign(
    State(app): State<App>,
    asked: EditToken,
) -> Result<(StatusCode, Json<SigningAnswer>), Problem> {
    let url = app.service.sign_as_holder(&asked.token, asked.whence).await?;
    Ok((StatusCode::CREATED, Json(SigningAnswer { url })))
}

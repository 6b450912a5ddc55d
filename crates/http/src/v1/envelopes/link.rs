//! `POST /v1/envelopes/{envelope}/recipients/{recipient}/links`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// A link.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct LinkAnswer {
    /// Leads the recipient to their page.
    url: String,
}

/// Make a fresh signing link.
///
/// For those who take the person to the page themselves, in a frame or by a redirect. At the desk a user
/// gets their own link only.
#[utoipa::path(
    post, path = "/v1/envelopes/{envelope}/recipients/{recipient}/links", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope"),
           ("recipient" = u16, Path, description = "Number of the recipient, from 1")),
    responses((status = 201, body = LinkAnswer), (status = 403, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(super) async fn link(
    State(app): State<App>,
    caller: Caller,
    Path((envelope, recipient)): Path<(String, u16)>,
) -> Result<(StatusCode, Json<LinkAnswer>), Problem> {
    let url = app.service.signing_link(&caller.scope(envelope), &caller.actor, recipient).await?;
    Ok((StatusCode::CREATED, Json(LinkAnswer { url })))
}

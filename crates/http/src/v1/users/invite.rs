//! `POST /v1/users`

use crate::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::user::{UserAnswer, UserRequest};
use axum::extract::State;
use axum::http::StatusCode;

/// Invite a colleague, who is mailed a link to sign in. Admins do this at the desk; a key cannot.
#[utoipa::path(
    post, path = "/v1/users", tag = "users", request_body = UserRequest,
    responses((status = 201, body = UserAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn invite(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<UserRequest>,
) -> Result<(StatusCode, axum::Json<UserAnswer>), Problem> {
    let by = caller.admin(&app).await?;
    let made = app.service.invite_user(&caller.tenant, by, request.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(made.into())))
}

//! `POST /v1/api-keys`

use crate::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::api_key::{ApiKeyRequest, NewApiKeyAnswer};
use axum::extract::State;
use axum::http::StatusCode;
use service::Mode;

/// Make a key for a program; it is shown this once. For admins at the desk.
#[utoipa::path(
    post, path = "/v1/api-keys", tag = "api-keys", request_body = ApiKeyRequest,
    responses((status = 201, body = NewApiKeyAnswer), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 422, body = Problem))
)]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Json(request): Json<ApiKeyRequest>,
) -> Result<(StatusCode, axum::Json<NewApiKeyAnswer>), Problem> {
    caller.admin(&app).await?;
    let mode = if request.live { Mode::Live } else { Mode::Test };
    let made = app.service.create_labelled_api_key(&caller.tenant, mode, &request.label).await?;
    Ok((StatusCode::CREATED, axum::Json(NewApiKeyAnswer { id: made.id, api_key: made.api_key })))
}

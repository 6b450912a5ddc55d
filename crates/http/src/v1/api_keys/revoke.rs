//! `DELETE /v1/api-keys/{key}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use service::Error;

/// End a key at once, and for good. For admins at the desk.
#[utoipa::path(
    delete, path = "/v1/api-keys/{key}", tag = "api-keys",
    params(("key" = String, Path, description = "Id of the key, as the list shows it")),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 404, body = Problem))
)]
pub(super) async fn revoke(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.admin(&app).await?;
    match app.service.revoke_api_key(&caller.tenant, &key).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Error::NotFound { what: "key in use" }.into()),
    }
}

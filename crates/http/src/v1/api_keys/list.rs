//! `GET /v1/api-keys`

use crate::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::v1::wire::api_key::ApiKeyList;
use axum::Json;
use axum::extract::State;

/// List the keys of programs, oldest first, without the keys themselves. For admins at the desk.
#[utoipa::path(
    get, path = "/v1/api-keys", tag = "api-keys",
    responses((status = 200, body = ApiKeyList), (status = 401, body = Problem), (status = 403, body = Problem))
)]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<ApiKeyList>, Problem> {
    caller.admin(&app).await?;
    let keys = app.service.api_keys(&caller.tenant).await?;
    Ok(Json(ApiKeyList { items: keys.into_iter().map(Into::into).collect() }))
}

//! `/v1/settings/defaults`

use crate::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use crate::v1::wire::defaults::WireDefaults;
use axum::extract::State;

/// Read what drafts begin with.
#[utoipa::path(
    get, path = "/v1/settings/defaults", tag = "settings", operation_id = "read_draft_defaults",
    responses((status = 200, body = WireDefaults), (status = 401, body = Problem))
)]
pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
) -> Result<axum::Json<WireDefaults>, Problem> {
    Ok(axum::Json(app.service.draft_defaults(&caller.tenant).await?.into()))
}

/// Set what drafts begin with that say nothing themselves.
///
/// A draft takes it when it is made; drafts and envelopes that are there stay as they are. Given whole: what is left
/// out is as where nothing was ever set. A test key cannot change it.
#[utoipa::path(
    put, path = "/v1/settings/defaults", tag = "settings", operation_id = "change_draft_defaults",
    request_body = WireDefaults,
    responses((status = 200, body = WireDefaults), (status = 401, body = Problem), (status = 403, body = Problem),
              (status = 422, body = Problem))
)]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Json(defaults): Json<WireDefaults>,
) -> Result<axum::Json<WireDefaults>, Problem> {
    let set = app.service.set_draft_defaults(caller.settler(), &defaults.into()).await?;
    Ok(axum::Json(set.into()))
}

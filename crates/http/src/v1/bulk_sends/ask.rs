//! `POST /v1/bulk-sends/{bulk}/start`, `/pause`, `/resume` and `/cancel`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::bulk::BulkAnswer;
use axum::Json;
use axum::extract::State;
use service::bulk::BulkAsk;

async fn asked(app: &App, caller: &Caller, bulk: &str, ask: BulkAsk) -> Result<Json<BulkAnswer>, Problem> {
    Ok(Json(app.service.ask_bulk(&caller.asker(), bulk, ask).await?.into()))
}

/// Begin to send.
#[utoipa::path(
    post, path = "/v1/bulk-sends/{bulk}/start", tag = "bulk",
    params(("bulk" = String, Path, description = "Id of the bulk sending")),
    responses((status = 200, body = BulkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn start(
    State(app): State<App>,
    caller: Caller,
    Path(bulk): Path<String>,
) -> Result<Json<BulkAnswer>, Problem> {
    asked(&app, &caller, &bulk, BulkAsk::Start).await
}

/// Hold it; the row that is under way is sent.
#[utoipa::path(
    post, path = "/v1/bulk-sends/{bulk}/pause", tag = "bulk",
    params(("bulk" = String, Path, description = "Id of the bulk sending")),
    responses((status = 200, body = BulkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn pause(
    State(app): State<App>,
    caller: Caller,
    Path(bulk): Path<String>,
) -> Result<Json<BulkAnswer>, Problem> {
    asked(&app, &caller, &bulk, BulkAsk::Pause).await
}

/// Let it go on.
#[utoipa::path(
    post, path = "/v1/bulk-sends/{bulk}/resume", tag = "bulk",
    params(("bulk" = String, Path, description = "Id of the bulk sending")),
    responses((status = 200, body = BulkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn resume(
    State(app): State<App>,
    caller: Caller,
    Path(bulk): Path<String>,
) -> Result<Json<BulkAnswer>, Problem> {
    asked(&app, &caller, &bulk, BulkAsk::Resume).await
}

/// Call it off. What was sent stays sent; what waits is forgotten.
#[utoipa::path(
    post, path = "/v1/bulk-sends/{bulk}/cancel", tag = "bulk",
    params(("bulk" = String, Path, description = "Id of the bulk sending")),
    responses((status = 200, body = BulkAnswer), (status = 401, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem))
)]
pub(super) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Path(bulk): Path<String>,
) -> Result<Json<BulkAnswer>, Problem> {
    asked(&app, &caller, &bulk, BulkAsk::Cancel).await
}

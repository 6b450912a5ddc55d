//! `GET /v1/bulk-sends/{bulk}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::bulk::BulkAnswer;
use axum::Json;
use axum::extract::State;

/// Read how far a bulk sending has come.
#[utoipa::path(
    get, path = "/v1/bulk-sends/{bulk}", tag = "bulk",
    params(("bulk" = String, Path, description = "Id of the bulk sending")),
    responses((status = 200, body = BulkAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(bulk): Path<String>,
) -> Result<Json<BulkAnswer>, Problem> {
    Ok(Json(app.service.bulk(&caller.asker(), &bulk).await?.into()))
}

//! `GET /v1/bulk-sends/{bulk}/results.csv`

use crate::App;
use crate::caller::Caller;
use crate::download;
use crate::json::Path;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;

/// Download what became of each row: its number, its envelope, its status and why it failed.
#[utoipa::path(
    get, path = "/v1/bulk-sends/{bulk}/results.csv", tag = "bulk",
    params(("bulk" = String, Path, description = "Id of the bulk sending")),
    responses((status = 200, content_type = "text/csv"), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn results(
    State(app): State<App>,
    caller: Caller,
    Path(bulk): Path<String>,
) -> Result<Response, Problem> {
    let csv = app.service.bulk_results(&caller.asker(), &bulk).await?;
    Ok(download::file(csv, "text/csv; charset=utf-8", "results.csv"))
}

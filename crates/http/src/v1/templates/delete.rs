//! `DELETE /v1/templates/{template}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;

/// Delete a template with all its versions. Envelopes that were made from it stay.
#[utoipa::path(
    delete, path = "/v1/templates/{template}", tag = "templates",
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
) -> Result<StatusCode, Problem> {
    app.service.delete_template(&caller.asker(), &template).await?;
    Ok(StatusCode::NO_CONTENT)
}

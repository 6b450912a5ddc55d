//! `PUT /v1/templates/{template}`

use crate::App;
use crate::caller::Caller;
use crate::json::{Json, Path};
use crate::problem::Problem;
use crate::v1::wire::template::{TemplateAnswer, TemplateRequest};
use axum::extract::State;
use service::templates::TemplateChange;

/// Change a template: another name, or a new version.
///
/// What a version holds is never changed. With `version`, a template that somebody else changed meanwhile is refused.
#[utoipa::path(
    put, path = "/v1/templates/{template}", tag = "templates", request_body = TemplateRequest,
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 200, body = TemplateAnswer), (status = 401, body = Problem),
              (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(super) async fn revise(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
    Json(mut request): Json<TemplateRequest>,
) -> Result<axum::Json<TemplateAnswer>, Problem> {
    let source = request.source(&caller.frame_origins)?;
    let change = TemplateChange { name: request.name, source, version: request.version };
    let view = app.service.revise_template(&caller.asker(), &template, change).await?;
    Ok(axum::Json(TemplateAnswer::from(&view)))
}

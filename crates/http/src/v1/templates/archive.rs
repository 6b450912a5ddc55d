//! `POST /v1/templates/{template}/archive` and `/restore`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use crate::v1::wire::template::TemplateAnswer;
use axum::Json;
use axum::extract::State;

/// Take a template out of the list. It cannot be used until it is put back.
#[utoipa::path(
    post, path = "/v1/templates/{template}/archive", tag = "templates",
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 200, body = TemplateAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
) -> Result<Json<TemplateAnswer>, Problem> {
    let view = app.service.archive_template(&caller.asker(), &template, true).await?;
    Ok(Json(TemplateAnswer::from(&view)))
}

/// Put a template back into the list.
#[utoipa::path(
    post, path = "/v1/templates/{template}/restore", tag = "templates",
    params(("template" = String, Path, description = "Id of the template")),
    responses((status = 200, body = TemplateAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn restore(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
) -> Result<Json<TemplateAnswer>, Problem> {
    let view = app.service.archive_template(&caller.asker(), &template, false).await?;
    Ok(Json(TemplateAnswer::from(&view)))
}

//! `GET /v1/templates/{template}`

use crate::App;
use crate::caller::Caller;
use crate::json::{Path, Query};
use crate::problem::Problem;
use crate::v1::wire::template::TemplateAnswer;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// A version; the newest where it is left out.
    pub(super) version: Option<i64>,
}

/// Read a template, with one of its versions.
#[utoipa::path(
    get, path = "/v1/templates/{template}", tag = "templates",
    params(("template" = String, Path, description = "Id of the template"), Which),
    responses((status = 200, body = TemplateAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<TemplateAnswer>, Problem> {
    let view = app.service.template(&caller.asker(), &template, which.version).await?;
    Ok(Json(TemplateAnswer::from(&view)))
}

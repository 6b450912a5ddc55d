//! `GET /v1/templates/{template}/form-fields`

use super::get::Which;
use crate::App;
use crate::caller::Caller;
use crate::json::{Path, Query};
use crate::problem::Problem;
use crate::v1::wire::template::FormFieldList;
use axum::Json;
use axum::extract::State;

/// List what a use of the template can fill beforehand, with types and options.
#[utoipa::path(
    get, path = "/v1/templates/{template}/form-fields", tag = "templates",
    params(("template" = String, Path, description = "Id of the template"), Which),
    responses((status = 200, body = FormFieldList), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn form_fields(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<FormFieldList>, Problem> {
    let view = app.service.template(&caller.asker(), &template, which.version).await?;
    Ok(Json(FormFieldList::from(&view)))
}

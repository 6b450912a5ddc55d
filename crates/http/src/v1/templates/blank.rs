//! `GET /v1/templates/{template}/bulk-file`

use crate::App;
use crate::caller::Caller;
use crate::download;
use crate::json::{Path, Query};
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct What {
    /// `csv` where it is left out, or `xlsx`.
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// A version; the newest where it is left out.
    version: Option<i64>,
}

#[derive(Clone, Copy, Default, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Format {
    #[default]
    Csv,
    Xlsx,
}

/// Download the empty list of a template, to be filled in for a bulk sending.
#[utoipa::path(
    get, path = "/v1/templates/{template}/bulk-file", tag = "templates",
    params(("template" = String, Path, description = "Id of the template"), What),
    responses((status = 200, content_type = "text/csv"), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn blank(
    State(app): State<App>,
    caller: Caller,
    Path(template): Path<String>,
    Query(what): Query<What>,
) -> Result<Response, Problem> {
    let sheet = what.format == Format::Xlsx;
    let blank = app.service.blank_list(&caller.asker(), &template, what.version, sheet).await?;
    let (kind, end) = match what.format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    };
    Ok(download::file(blank.bytes, kind, &format!("{}.{end}", blank.name)))
}

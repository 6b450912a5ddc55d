//! `GET /v1/templates`

use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::template::TemplateList;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use service::templates::TemplateWish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Those that were archived, in place of the others.
    #[serde(default)]
    archived: bool,
    /// With a desk session only: those of tests, or the others.
    #[serde(default)]
    test: bool,
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// List templates, newest change first.
#[utoipa::path(
    get, path = "/v1/templates", tag = "templates", params(Filter),
    responses((status = 200, body = TemplateList), (status = 400, body = Problem), (status = 401, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<TemplateList>, Problem> {
    let Filter { archived, test, limit, cursor } = filter;
    let wish = TemplateWish { test, archived, limit, cursor };
    Ok(Json(app.service.templates(&caller.asker(), wish).await?.into()))
}

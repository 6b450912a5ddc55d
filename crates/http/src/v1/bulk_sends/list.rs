//! `GET /v1/bulk-sends`

use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::bulk::BulkList;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use service::bulk::BulkWish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// With a desk session only: those of tests, or the others.
    #[serde(default)]
    test: bool,
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// List bulk sendings, newest first.
#[utoipa::path(
    get, path = "/v1/bulk-sends", tag = "bulk", params(Filter),
    responses((status = 200, body = BulkList), (status = 400, body = Problem), (status = 401, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<BulkList>, Problem> {
    let Filter { test, limit, cursor } = filter;
    Ok(Json(app.service.bulks(&caller.asker(), BulkWish { test, limit, cursor }).await?.into()))
}

//! `GET /v1/envelopes`

use super::filter::Filter;
use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::envelope::EnvelopeList;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use service::envelopes::Wish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Paging {
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// List envelopes, newest change first.
#[utoipa::path(
    get, path = "/v1/envelopes", tag = "envelopes", params(Filter, Paging),
    responses((status = 200, body = EnvelopeList), (status = 400, body = Problem), (status = 401, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(Paging { limit, cursor }): Query<Paging>,
) -> Result<Json<EnvelopeList>, Problem> {
    let wish = Wish { limit, cursor, ..filter.wish(&caller)? };
    let page = app.service.list_envelopes(&caller.tenant, wish).await?;
    Ok(Json(EnvelopeList::from(page)))
}

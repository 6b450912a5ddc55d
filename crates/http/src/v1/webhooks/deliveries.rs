//! `GET /v1/webhooks/{webhook}/deliveries`

use crate::App;
use crate::caller::Caller;
use crate::json::{Path, Query};
use crate::problem::Problem;
use crate::v1::wire::webhook::DeliveryList;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use service::webhooks::DeliveryState;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those that are `pending`, `delivered` or `failed`.
    state: Option<String>,
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// Read what a subscription was told and what it answered, newest first.
#[utoipa::path(
    get, path = "/v1/webhooks/{webhook}/deliveries", tag = "webhooks",
    params(("webhook" = String, Path, description = "Id of the subscription"), Filter),
    responses((status = 200, body = DeliveryList), (status = 400, body = Problem),
              (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn deliveries(
    State(app): State<App>,
    caller: Caller,
    Path(webhook): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Json<DeliveryList>, Problem> {
    let state = match filter.state.as_deref().filter(|it| !it.is_empty()) {
        Some(word) => Some(DeliveryState::of_word(word).ok_or_else(unknown_state)?),
        None => None,
    };
    let (limit, cursor) = (filter.limit, filter.cursor.as_deref());
    let page = app.service.webhook_deliveries(&caller.holder(), &webhook, state, limit, cursor).await?;
    Ok(Json(DeliveryList::from(page)))
}

fn unknown_state() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "query_malformed",
        "A delivery is `pending`, `delivered` or `failed`; ask for one of these states.",
    )
}

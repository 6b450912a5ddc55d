//! `GET /v1/webhooks`

use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::webhook::WebhookList;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// List subscriptions, newest first.
///
/// A key sees those of its own mode; the desk sees all.
#[utoipa::path(
    get, path = "/v1/webhooks", tag = "webhooks", params(Page),
    responses((status = 200, body = WebhookList), (status = 401, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<Page>,
) -> Result<Json<WebhookList>, Problem> {
    let found = app.service.webhooks(&caller.holder(), page.limit, page.cursor.as_deref()).await?;
    Ok(Json(WebhookList::from(found)))
}

//! `GET /v1/choice-lists/{list}`

use crate::App;
use crate::caller::Caller;
use crate::json::Path;
use crate::problem::Problem;
use axum::Json;
use serde::Serialize;
use service::envelope::ChoiceList;
use service::envelope::values::lists;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(choice_list))
}

/// The entries of a built-in list.
#[derive(Serialize, ToSchema)]
struct ChoiceListAnswer {
    /// What people read and what programs are told, in the order in which it is offered.
    items: Vec<&'static str>,
}

/// List what a drop-down with a built-in list offers.
#[utoipa::path(
    get, path = "/v1/choice-lists/{list}", tag = "envelopes",
    params(("list" = ChoiceList, Path, description = "The list, as `choices.list` of a field names it")),
    responses((status = 200, body = ChoiceListAnswer), (status = 401, body = Problem), (status = 404, body = Problem))
)]
async fn choice_list(_: Caller, Path(list): Path<ChoiceList>) -> Json<ChoiceListAnswer> {
    Json(ChoiceListAnswer { items: lists::of(list) })
}

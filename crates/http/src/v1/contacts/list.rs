//! `GET /v1/contacts`

use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::contact::ContactList;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use service::contacts::ContactWish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those with these letters in name, address, company or telephone, whatever their accents and capitals.
    q: Option<String>,
    /// With a desk session only: the address book of tests.
    test: Option<bool>,
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// List contacts, by name.
#[utoipa::path(
    get, path = "/v1/contacts", tag = "contacts", params(Filter),
    responses((status = 200, body = ContactList), (status = 400, body = Problem), (status = 401, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<ContactList>, Problem> {
    let wish = ContactWish {
        test: caller.test(filter.test),
        words: filter.q,
        limit: filter.limit,
        cursor: filter.cursor,
    };
    Ok(Json(app.service.contacts(&caller.tenant, wish).await?.into()))
}

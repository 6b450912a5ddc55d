//! `GET /v1/envelopes`

use crate::App;
use crate::caller::Caller;
use crate::json::Query;
use crate::problem::Problem;
use crate::v1::wire::envelope::EnvelopeList;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use service::Mode;
use service::envelope::Shelf;
use service::envelopes::Wish;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those of this status.
    status: Option<String>,
    /// Only what is kept there: `desk` where it is left out, `archive`, `trash`, or `deleted`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    shelf: Shelf,
    /// Only those with these letters in title, name or address.
    q: Option<String>,
    /// With a desk session only: test envelopes, or live ones.
    test: Option<bool>,
    /// So many at most; 25 where it is left out, 100 is the most.
    limit: Option<u32>,
    /// From the answer before.
    cursor: Option<String>,
}

/// List envelopes, newest change first.
#[utoipa::path(
    get, path = "/v1/envelopes", tag = "envelopes", params(Filter),
    responses((status = 200, body = EnvelopeList), (status = 401, body = Problem))
)]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<Filter>,
) -> Result<Json<EnvelopeList>, Problem> {
    let asked = filter.test.map(|test| if test { Mode::Test } else { Mode::Live });
    let page = app
        .service
        .list_envelopes(
            &caller.tenant,
            Wish {
                mode: caller.mode.or(asked),
                status: filter.status.filter(|it| !it.is_empty()),
                shelf: filter.shelf,
                words: filter.q,
                limit: filter.limit,
                cursor: filter.cursor,
            },
        )
        .await?;
    Ok(Json(EnvelopeList::from(page)))
}

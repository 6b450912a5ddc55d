//! `GET /v1/envelopes/{envelope}/events`

use crate::App;
use crate::caller::Caller;
use crate::json::{Path, Query};
use crate::problem::Problem;
use crate::v1::wire::event::{EventAnswer, EventList};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Language {
    /// Language of the sentences; `en` where it is left out.
    #[param(example = "de")]
    language: Option<String>,
}

/// Read the trail of an envelope.
#[utoipa::path(
    get, path = "/v1/envelopes/{envelope}/events", tag = "envelopes",
    params(("envelope" = String, Path, description = "Id of the envelope"), Language),
    responses((status = 200, body = EventList), (status = 400, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn events(
    State(app): State<App>,
    caller: Caller,
    Path(envelope): Path<String>,
    Query(language): Query<Language>,
) -> Result<Json<EventList>, Problem> {
    let language = language.language.as_deref().unwrap_or("en");
    let events = app.service.events(&caller.scope(envelope), language).await?;
    Ok(Json(EventList { items: events.iter().map(EventAnswer::from).collect() }))
}
